"""What both kinds of X11 window share: the connection, the picture on the server, the pointer's outline.

Clicks beside her fall through: the window's input region follows her outline, coarsely, and is empty when
all clicks are to fall through.
"""

from __future__ import annotations

import abc
import tkinter as tk
from typing import Any

from PIL import Image
from Xlib import Xatom
from Xlib.ext import shape

from overlay.surface.flatten import solid
from overlay.surface.surface import Box, SurfaceError, borderless, inside, whole
from overlay.surface.x11 import Connection
from overlay.surface.x11_picture import ServerPicture

_SAMPLES = 8
"""Her outline counts as changed for the pointer when it differs at one of the points of a grid, pixels apart."""


class X11Surface(abc.ABC):
    """A window that our own connection paints; Tk draws nothing in it, and brings the events."""

    name: str
    translucent: bool

    def __init__(self, root: tk.Misc, size: tuple[int, int], depth: int, **options: Any) -> None:
        """Open it, hidden. Raises SurfaceError or TclError."""
        self.why = ""
        self._size = size
        self._depth = depth
        self._click_through = False
        self._seen_outline = b""
        self._outline: Image.Image | None = None
        self._connection = Connection(root.winfo_screen())
        try:
            self.window = borderless(root, size, bg="", **options)  # bg="": Tk paints no background
            self.window.attributes("-type", "utility")
            self._check_depth()
            self._outer = self._connection.outermost(self.window)
            self._composited = self._connection.is_composited()
            self._inner = self._connection.window(self.window.winfo_id())
            with self._connection.reaching():
                # Compositors of the compton family would draw the shadow of a box around her.
                self._outer.change_property(self._connection.x.intern_atom("_COMPTON_SHADOW"), Xatom.CARDINAL, 32, [0])
                self._picture = ServerPicture(self._connection, self._inner, size, depth)
        except BaseException:
            self.close()
            raise
        self.window.bind("<Expose>", self._on_expose, add="+")
        self.window.bind("<Destroy>", self._on_destroy, add="+")

    def _check_depth(self) -> None:
        if self.window.winfo_depth() != self._depth:
            raise SurfaceError(f"Tk gave a window of {self.window.winfo_depth()} bits instead of {self._depth}")

    # --- showing -----------------------------------------------------------------------------------

    def present(self, picture: Image.Image, changed: Box, mask: Image.Image | None = None) -> None:
        """Show the picture, see `Surface`."""
        if picture.size != self._size:
            self.resize(*picture.size)
            changed = whole(picture.size)
        box = inside(changed, self._size)
        with self._connection.reaching():
            self._follow_outline(mask if mask is not None else picture.getchannel("a"))
            if box is not None:
                self._picture.put(self._piece(picture, box), box)

    @abc.abstractmethod
    def _piece(self, picture: Image.Image, box: Box) -> Image.Image:
        """The pixels of the box as the server wants them."""

    def _follow_outline(self, mask: Image.Image) -> None:
        """Let the pointer's outline follow hers, when it has changed noticeably."""
        columns, rows = (-(-length // _SAMPLES) for length in mask.size)
        seen = solid(mask.resize((columns, rows), Image.Resampling.NEAREST)).tobytes()
        if seen != self._seen_outline:
            self._seen_outline = seen
            self._outline = solid(mask)
            self._cut_for_pointer()

    def _cut_for_pointer(self) -> None:
        if self._click_through:
            self._connection.cut(self._outer, shape.SK.Input, None)
        elif self._outline is not None:
            self._connection.cut(self._outer, shape.SK.Input, self._outline)

    def _on_expose(self, event: tk.Event[tk.Misc]) -> None:
        if event.widget is self.window:
            with self._connection.reaching():
                self._picture.show()

    # --- changing ----------------------------------------------------------------------------------

    def resize(self, width: int, height: int) -> None:
        """Change the size. Tk does so when it next comes to rest: what is presented until then is there at once."""
        if (width, height) == self._size:
            return
        self._size = (width, height)
        self._seen_outline = b""
        with self._connection.reaching():
            self._picture.free()
            self._picture = ServerPicture(self._connection, self._inner, self._size, self._depth)
        self.window.geometry(f"{width}x{height}")

    def set_click_through(self, on: bool) -> bool:
        """Let all clicks fall through, or only those beside her: the next click does so already."""
        self._click_through = on
        with self._connection.reaching():
            self._cut_for_pointer()
            self._connection.x.sync()
        return on

    def set_opacity(self, opacity: float) -> None:
        """Ask the compositor for it; without one, she stays solid."""
        self.window.attributes("-alpha", opacity)

    @property
    def lost(self) -> bool:
        """Whether the compositor came or went since the window opened."""
        return not self._connection.closed and self._connection.is_composited() != self._composited

    def close(self) -> None:
        """Destroy the window; the server frees what our connection held."""
        self._connection.close()
        if hasattr(self, "window"):
            self.window.destroy()

    def _on_destroy(self, event: tk.Event[tk.Misc]) -> None:
        if event.widget is self.window:
            self._connection.close()
