"""Her eyes: the webcam and the screen, one process."""
