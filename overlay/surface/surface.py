"""What every kind of window for her can do, and the plain borderless window that all of them begin as."""

from __future__ import annotations

import tkinter as tk
from typing import Any, Protocol

from PIL import Image

Box = tuple[int, int, int, int]
"""x0, y0, x1, y1 in pixels of the window; the last two are just outside"""


class SurfaceError(Exception):
    """A kind of window cannot be had here; the text says why. The next kind is tried."""


class Surface(Protocol):
    """A window that shows one picture. It opens hidden: place it, then `window.deiconify()`.

    The window takes no keyboard focus by itself, has no frame and stands in no taskbar. All calls come from
    Tk's thread. Bind events to `window`; the coordinates of an event are those of the picture.
    """

    name: str
    """the kind, as in `KINDS`"""
    why: str
    """one sentence for people: why it is this kind"""
    translucent: bool
    """soft edges: each pixel has its own alpha"""
    window: tk.Toplevel

    @property
    def lost(self) -> bool:
        """Whether the desktop has changed so that another kind fits now: close this one and open anew.

        Costs at most one question to the X server; ask about once a second.
        """

    def present(self, picture: Image.Image, changed: Box, mask: Image.Image | None = None) -> None:
        """Show the picture (mode "RGBa": colours premultiplied by alpha), of which only `changed` differs.

        `mask` (mode "L") is her outline for the window's shape, where one is cut out; without it the
        picture's own alpha is taken. A picture of another size resizes the window.
        """

    def resize(self, width: int, height: int) -> None:
        """Change the window's size, in pixels; present the whole picture next."""

    def set_click_through(self, on: bool) -> bool:
        """Let all clicks fall through to what is below; return whether that is so now (False: impossible here)."""

    def set_opacity(self, opacity: float) -> None:
        """How solid she is, 0 to 1, where the desktop can show that."""

    def close(self) -> None:
        """Destroy the window and free what the system holds for it; closing twice is fine."""


def borderless(root: tk.Misc, size: tuple[int, int], **options: Any) -> tk.Toplevel:
    """Make a hidden window without a frame, always on top; `options` go to Tk's Toplevel.

    X11 desktops leave such a window (override-redirect) out of taskbar and pager, show it on all desktops
    and never give it the focus; Windows and macOS keep it out of their bars, too.
    """
    window = tk.Toplevel(root, bd=0, highlightthickness=0, takefocus=0, **options)
    window.withdraw()
    window.overrideredirect(True)
    window.title("Alisa")
    window.geometry(f"{size[0]}x{size[1]}")
    window.attributes("-topmost", True)
    return window


def whole(size: tuple[int, int]) -> Box:
    """Return the box around everything."""
    return (0, 0, *size)


def inside(box: Box, size: tuple[int, int]) -> Box | None:
    """Return the part of the box that lies in a picture of this size, or None."""
    x0, y0, x1, y1 = max(box[0], 0), max(box[1], 0), min(box[2], size[0]), min(box[3], size[1])
    return (x0, y0, x1, y1) if x0 < x1 and y0 < y1 else None
