"""What the windows share that Tk itself paints: a canvas of tiles; a kind says what a piece of her looks like."""

from __future__ import annotations

import abc
import tkinter as tk

from PIL import Image

from overlay.surface.surface import Box, borderless, whole
from overlay.surface.tiles import Tiles


class TkSurface(abc.ABC):
    """A window that Tk paints, with a ground of one colour behind the canvas."""

    name: str
    translucent: bool
    lost = False  # what these windows need does not come and go

    def __init__(self, root: tk.Misc, size: tuple[int, int], *, mode: str, ground: str) -> None:
        """Open it, hidden. Raises SurfaceError or TclError."""
        self.why = ""
        self._size = size
        self.window = borderless(root, size, bg=ground)
        try:
            self._dress()
            self._tiles = Tiles(self.window, size, mode, ground)
        except BaseException:
            self.close()
            raise

    def present(self, picture: Image.Image, changed: Box, mask: Image.Image | None = None) -> None:
        """Show the picture, see `Surface`."""
        if picture.size != self._size:
            self.resize(*picture.size)
            changed = whole(picture.size)
        for tile in self._tiles.touched(changed):
            outline = (mask if mask is not None else picture.getchannel("a")).crop(tile)
            self._tiles.paste(self._piece(picture.crop(tile), outline, tile), tile)

    @abc.abstractmethod
    def _piece(self, piece: Image.Image, mask: Image.Image, box: Box) -> Image.Image:
        """The pixels that Tk shows for a piece of her, which lies in this box of the picture."""

    def _dress(self) -> None:  # noqa: B027 - most kinds need nothing
        """Ask the system for what makes this kind of window. Raises SurfaceError or TclError."""

    def resize(self, width: int, height: int) -> None:
        """Change the size."""
        if (width, height) != self._size:
            self._size = (width, height)
            self._tiles.resize(self._size)
            self.window.geometry(f"{width}x{height}")

    def set_click_through(self, on: bool) -> bool:
        """Impossible for a window of Tk's alone, unless a kind knows better."""
        del on
        return False

    def set_opacity(self, opacity: float) -> None:
        """Fade the whole window, where the desktop can."""
        self.window.attributes("-alpha", opacity)

    def close(self) -> None:
        """Destroy the window."""
        self.window.destroy()
