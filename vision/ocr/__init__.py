"""From a picture of the screen to its words."""
