"""Windows without layered windows of ours: one colour is left out of the window (Tk's -transparentcolor).

Pixels are there or not, as in the shaped window of X11. Clicks beside her fall through. Not run on Windows.
"""

from __future__ import annotations

import tkinter as tk

from PIL import Image

from overlay.surface.flatten import OUTLINE, over, solid
from overlay.surface.surface import Box
from overlay.surface.tk_window import TkSurface
from overlay.surface.windows import desktop, styled

KEY = (48, 33, 104)
"""The colour that is left out: that of her lines but for one step, so that even a stray pixel of it is no fringe."""


class KeyedSurface(TkSurface):
    """Hard edges."""

    name = "keyed"
    translucent = False

    def __init__(self, root: tk.Misc, size: tuple[int, int]) -> None:
        self._key = "#{:02x}{:02x}{:02x}".format(*KEY)
        super().__init__(root, size, mode="RGB", ground=self._key)

    def _dress(self) -> None:
        self.window.attributes("-transparentcolor", self._key)

    def _piece(self, piece: Image.Image, mask: Image.Image, box: Box) -> Image.Image:
        del box
        return keyed(piece, mask)

    def set_click_through(self, on: bool) -> bool:
        """Let all clicks fall through, or only those beside her."""
        system = desktop()
        handle = system.outermost(self.window.winfo_id())
        system.set_style(handle, styled(system.style(handle), layered=True, click_through=on))
        return on


def keyed(piece: Image.Image, mask: Image.Image) -> Image.Image:
    """Her picture where she is solid, else the key; a pixel of hers that has the key's colour moves by one step."""
    hers = over(piece, Image.new("RGB", piece.size, OUTLINE))
    red, green, blue = hers.split()
    clash = None
    for band, value in zip((red, green, blue), KEY, strict=True):
        same = band.point([255 if level == value else 0 for level in range(256)], "1")
        clash = same if clash is None else Image.composite(same, Image.new("1", same.size), clash)
    hers.paste(OUTLINE, mask=clash)
    result = Image.new("RGB", piece.size, KEY)
    result.paste(hers, mask=solid(mask))
    return result
