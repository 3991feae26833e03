"""What turns speech into words: recognisers behind one protocol, chosen by name."""
