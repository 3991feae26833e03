"""What a window shows, understood from its name and its words. Pure: no picture, no clock, no system."""

from vision.understanding.error import Found
from vision.understanding.understand import understand

__all__ = ["Found", "understand"]
