"""The starter model: a grammar of dialogues, and the trainer that turns it into a GGUF file of under 5 MB.

Nothing here runs when Alisa runs. `python -m llm_server.starter build` makes `data/models/starter.gguf` again.
"""
