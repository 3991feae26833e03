"""What more than one process needs of the desktop: the keys that are heard everywhere."""
