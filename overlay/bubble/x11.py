"""The little that Tk cannot do on X11: cut out a card's form, and hand the keyboard back to whom it belonged."""

from __future__ import annotations

import contextlib
import re
import tkinter as tk
from typing import Any

from PIL import Image
from Xlib import X, Xatom, error
from Xlib.ext import shape

from overlay.surface.surface import SurfaceError
from overlay.surface.x11 import Connection

_DPI = re.compile(r"^Xft\.dpi:\s*([0-9]+(?:\.[0-9]+)?)\s*$", re.MULTILINE)


class Server:
    """The X server, as far as cards need it. Raises SurfaceError where there is none that cuts out windows."""

    def __init__(self, name: str) -> None:
        self._connection = Connection(name)
        if not self._connection.has_shapes():
            self._connection.close()
            raise SurfaceError("the screen cannot cut out windows")

    def cut_out(self, window: tk.Toplevel, solid: Image.Image) -> None:
        """Give a window this form, a picture of mode "1"."""
        with contextlib.suppress(SurfaceError), self._connection.reaching():
            self._connection.cut(self._connection.outermost(window), shape.SK.Bounding, solid)

    def keyboard_owner(self) -> Any:
        """The window that has the keyboard now, for `give_keyboard`."""
        found = None
        with self._connection.reaching():
            found = self._connection.x.get_input_focus()
        return None if found is None else found.focus

    def take_keyboard(self, window: tk.Misc) -> None:
        """Give the keyboard to a window of ours that is shown. Tk itself does not do so for a borderless one."""
        window.update_idletasks()
        window.winfo_pointerx()  # now the server knows that it is shown
        root = self._connection.x.screen().root.id
        with contextlib.suppress(error.BadWindow), self._connection.reaching():
            found = self._connection.window(window.winfo_id())
            while (parent := found.query_tree().parent) and parent.id != root:
                found = parent
            self.give_keyboard(found)

    def give_keyboard(self, owner: Any) -> None:
        """Give the keyboard back to a window, if it is still there."""
        if owner is None or isinstance(owner, int):
            return
        with contextlib.suppress(error.BadWindow, error.BadDrawable), self._connection.reaching():
            if owner.get_attributes().map_state == X.IsViewable:
                owner.set_input_focus(X.RevertToPointerRoot, X.CurrentTime)

    def is_composited(self) -> bool:
        """Whether a compositor runs: without one, no window fades."""
        return self._connection.is_composited()

    def letters_dpi(self) -> float | None:
        """The dots per inch that the desktop wants letters to have, where it says so."""
        found = None
        with self._connection.reaching():
            found = self._connection.x.screen().root.get_full_property(Xatom.RESOURCE_MANAGER, Xatom.STRING)
        value = b"" if found is None else found.value
        match = _DPI.search(value.decode("latin-1") if isinstance(value, bytes) else str(value))
        return None if match is None else float(match[1])

    def close(self) -> None:
        """End the connection."""
        self._connection.close()
