"""X11 with a compositor: a window of 32 bits, each pixel with its own alpha."""

from __future__ import annotations

import tkinter as tk

from PIL import Image

from overlay.surface.surface import Box
from overlay.surface.x11_window import X11Surface


class ArgbSurface(X11Surface):
    """Soft edges. X wants colours premultiplied by alpha, as the composer draws them."""

    name = "argb"
    translucent = True

    def __init__(self, root: tk.Misc, size: tuple[int, int]) -> None:
        super().__init__(root, size, 32, visual="truecolor 32", colormap="new")

    def _piece(self, picture: Image.Image, box: Box) -> Image.Image:
        return picture.crop(box)
