"""What the user wants to be told, and when."""
