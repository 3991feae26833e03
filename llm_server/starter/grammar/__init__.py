"""The grammar of dialogues that the starter model learns: themes as data, and the rules that expand them."""
