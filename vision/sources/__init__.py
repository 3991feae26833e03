"""Where the webcam's pictures come from, chosen by name."""
