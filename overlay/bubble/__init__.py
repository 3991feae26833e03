"""The speech bubble: what she says, what the product says, questions for consent, and a field to type to her."""

from overlay.bubble.text import Told
from overlay.bubble.window import BubbleWindow

__all__ = ["BubbleWindow", "Told"]
