"""Any system: she stands on a card of her own, light, with round corners and a thin line around it."""

from __future__ import annotations

import tkinter as tk

from PIL import Image, ImageDraw

from overlay.surface.flatten import over
from overlay.surface.surface import Box
from overlay.surface.tk_window import TkSurface

GROUND = "#f6f4ff"
LINE = "#6d5bd0"
AROUND = "#e9dcff"
"""what the round corners leave of the window, which stays a rectangle"""
_RADIUS = 18
_SMOOTH = 2
"""The card is drawn this many times larger, then made smaller: Pillow's curves have hard edges."""


class CardSurface(TkSurface):
    """Opaque. On Tk's X11 clicks always stop here."""

    name = "card"
    translucent = False

    def __init__(self, root: tk.Misc, size: tuple[int, int]) -> None:
        self._card = card(size)
        super().__init__(root, size, mode="RGB", ground=AROUND)

    def _piece(self, piece: Image.Image, mask: Image.Image, box: Box) -> Image.Image:
        del mask
        return over(piece, self._card.crop(box))

    def resize(self, width: int, height: int) -> None:
        """Change the size, and the card's."""
        if (width, height) != self._card.size:
            self._card = card((width, height))
        super().resize(width, height)


def card(size: tuple[int, int]) -> Image.Image:
    """Draw the empty card (mode "RGB")."""
    large = Image.new("RGB", (size[0] * _SMOOTH, size[1] * _SMOOTH), AROUND)
    edge = (0, 0, large.width - 1, large.height - 1)
    pen = ImageDraw.Draw(large)
    pen.rounded_rectangle(edge, _RADIUS * _SMOOTH, fill=GROUND, outline=LINE, width=_SMOOTH)
    return large.resize(size, Image.Resampling.BOX)
