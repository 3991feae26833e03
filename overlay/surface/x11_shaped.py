"""X11 without a compositor: the window itself is cut out along her outline.

Pixels are there or not. Her soft edges are mixed with the colour of her lines, so no foreign colour fringes her.
"""

from __future__ import annotations

import tkinter as tk

from PIL import Image
from Xlib.ext import shape

from overlay.surface.flatten import OUTLINE, over, solid
from overlay.surface.surface import Box
from overlay.surface.x11_window import X11Surface


class ShapedSurface(X11Surface):
    """Hard edges. The outline is sent again only when it differs in at least one pixel."""

    name = "shaped"
    translucent = False

    def __init__(self, root: tk.Misc, size: tuple[int, int]) -> None:
        self._cut = b""
        super().__init__(root, size, 24)
        with self._connection.reaching():
            self._connection.cut(self._outer, shape.SK.Bounding, None)  # nothing is seen before the first picture

    def _piece(self, picture: Image.Image, box: Box) -> Image.Image:
        piece = picture.crop(box)
        return over(piece, Image.new("RGB", piece.size, OUTLINE))

    def _follow_outline(self, mask: Image.Image) -> None:
        outline = solid(mask)
        bits = outline.tobytes()
        if bits != self._cut:
            self._cut = bits
            self._connection.cut(self._outer, shape.SK.Bounding, outline)
        super()._follow_outline(mask)
