"""Her picture as Tk itself shows it: a canvas of tiles, of which only those that changed are pasted again.

Tk cannot replace a part of a picture from Pillow, and a whole one costs a fifth of a core at 60 updates a second.
"""

from __future__ import annotations

import tkinter as tk
from itertools import product

from PIL import Image, ImageTk

from overlay.surface.surface import Box

TILE = 128
"""pixels; her face while she talks fits into a few of them"""


class Tiles:
    """A canvas that fills its window. `mode` is "RGB", or "RGBA" where the window is transparent."""

    def __init__(self, window: tk.Toplevel, size: tuple[int, int], mode: str, ground: str) -> None:
        self._mode = mode
        self._canvas = tk.Canvas(window, bd=0, highlightthickness=0, bg=ground, takefocus=0)
        self._canvas.pack(fill="both", expand=True)
        self._photos: dict[Box, ImageTk.PhotoImage] = {}
        self.resize(size)

    def resize(self, size: tuple[int, int]) -> None:
        """Make tiles for a picture of this size."""
        width, height = size
        self._canvas.delete("all")
        self._canvas.configure(width=width, height=height)
        self._photos = {}
        for x, y in product(range(0, width, TILE), range(0, height, TILE)):
            box = (x, y, min(x + TILE, width), min(y + TILE, height))
            photo = ImageTk.PhotoImage(self._mode, (box[2] - x, box[3] - y), master=self._canvas)
            self._canvas.create_image(x, y, image=photo, anchor="nw")
            self._photos[box] = photo

    def touched(self, changed: Box) -> list[Box]:
        """Return the boxes of the tiles that a change reaches."""
        x0, y0, x1, y1 = changed
        return [box for box in self._photos if box[0] < x1 and x0 < box[2] and box[1] < y1 and y0 < box[3]]

    def paste(self, piece: Image.Image, tile: Box) -> None:
        """Show a piece in the tile that has this box."""
        self._photos[tile].paste(piece)
