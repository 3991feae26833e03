"""What the user usually does, and when; how what she says unasked is received."""
