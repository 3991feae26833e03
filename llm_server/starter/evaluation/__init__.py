"""How good the starter model is: hand-written prompts from outside the grammar, asked through real llama.cpp."""
