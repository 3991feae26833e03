"""What the eyes ask of the desktop: the window that the user works with, the monitors, and whether they are busy."""
