"""How good the starter model is: prompts written by hand, outside the grammar, asked through the real llama.cpp server."""
