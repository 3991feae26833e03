"""Our own connection to the X server, beside Tk's: what Tk cannot ask or do there.

The connection survives errors: what the server complains of (a window that is gone, say) is logged once a
kind. When the server itself is gone, `closed` is true and what is asked of it comes to nothing.
"""

from __future__ import annotations

import contextlib
import tkinter as tk
from collections.abc import Iterator
from typing import Any

from Xlib import X, display, error
from Xlib.ext import shape

from alisa.runtime.logs import get_logger
from overlay.surface.surface import SurfaceError

log = get_logger(__name__)

_RED, _GREEN, _BLUE = 0xFF0000, 0x00FF00, 0x0000FF
_LEAST_SIGNIFICANT_FIRST = 0
_BITMAP_PAD = 32
"""Rows of pictures of one bit are as long as a multiple of this; more than any server asks for."""


class Connection:
    """A connection to the screen that Tk's windows are on."""

    def __init__(self, name: str) -> None:
        """Connect to a screen, named as in `winfo_screen()`. Raises SurfaceError."""
        try:
            self.x = display.Display(name)
        except (error.DisplayError, error.XError, OSError) as reason:
            raise SurfaceError(f"no connection to {name} ({reason})") from reason
        self.closed = False
        self._complained: set[str] = set()
        self.x.set_error_handler(self._complain)
        self._compositor = self.x.intern_atom(f"_NET_WM_CM_S{self.x.get_default_screen()}")

    # --- what the screen can do --------------------------------------------------------------------

    def is_composited(self) -> bool:
        """Does a compositor run? (It owns the selection that EWMH names.)"""
        owner = None
        with self.reaching():
            owner = self.x.get_selection_owner(self._compositor)
        return bool(owner)

    def has_alpha_visual(self) -> bool:
        """Is there a visual of 32 bits whose colours are in the order of our bytes?"""
        depths = (depth for depth in self.x.screen().allowed_depths if depth.depth == 32)
        return self._in_our_order() and any(self._is_ours(visual) for depth in depths for visual in depth.visuals)

    def has_shapes(self) -> bool:
        """Can windows have any outline, for the eye and (SHAPE 1.1) for the pointer?"""
        if not self.x.has_extension("SHAPE") or not self._in_our_order():
            return False
        version = self.x.shape_query_version()
        screen = self.x.screen()
        visuals = [visual for depth in screen.allowed_depths for visual in depth.visuals]
        root = next(visual for visual in visuals if visual.visual_id == screen.root_visual)
        modern = (version.major_version, version.minor_version) >= (1, 1)
        return modern and screen.root_depth == 24 and self._is_ours(root)

    def _in_our_order(self) -> bool:
        info = self.x.display.info
        return {info.image_byte_order, info.bitmap_format_bit_order} == {_LEAST_SIGNIFICANT_FIRST}

    @staticmethod
    def _is_ours(visual: Any) -> bool:
        masks = (visual.red_mask, visual.green_mask, visual.blue_mask)
        return bool(visual.visual_class == X.TrueColor) and masks == (_RED, _GREEN, _BLUE)

    # --- windows -----------------------------------------------------------------------------------

    def window(self, number: int) -> Any:
        """Return the window with this number."""
        return self.x.create_resource_object("window", number)

    def outermost(self, window: tk.Toplevel) -> Any:
        """Return the window that Tk puts around a Toplevel, which carries shape and properties. Raises SurfaceError.

        Tk makes it when the window is first shown, or when this list is asked for; asking for the pointer
        makes Tk's connection send what waits. So the shape is there before anything is seen.
        """
        window.wm_colormapwindows()
        window.winfo_pointerx()
        found = self.window(window.winfo_id())
        root = self.x.screen().root.id
        try:
            while (parent := found.query_tree().parent) and parent.id != root:
                found = parent
        except (error.XError, error.ConnectionClosedError) as reason:
            raise SurfaceError(f"Tk's window is not found ({reason})") from reason
        return found

    def cut(self, window: Any, kind: int, solid: Any | None) -> None:
        """Give a window the outline `solid` (a picture of mode "1"), or none at all: nothing of it is left.

        `kind` is `shape.SK.Bounding` for the eye or `shape.SK.Input` for the pointer.
        """
        if solid is None:
            window.shape_rectangles(shape.SO.Set, kind, 0, 0, 0, [])
            return
        width, height = solid.size
        padded = -(-width // _BITMAP_PAD) * _BITMAP_PAD
        bits = solid.crop((0, 0, padded, height)).tobytes("raw", "1;R")
        bitmap = window.create_pixmap(padded, height, 1)
        paint = bitmap.create_gc(foreground=1, background=0)
        for top, rows in self.strips(height, padded // 8):
            piece = bits[top * padded // 8 : (top + rows) * padded // 8]
            bitmap.put_image(paint, 0, top, padded, rows, X.XYBitmap, 1, 0, piece)
        window.shape_mask(shape.SO.Set, kind, 0, 0, bitmap)
        paint.free()
        bitmap.free()

    def strips(self, height: int, row_bytes: int) -> Iterator[tuple[int, int]]:
        """Divide a picture into strips (first row, rows), each of which fits into one request."""
        room = self.x.display.info.max_request_length * 4 - 64
        most = max(1, room // row_bytes)
        for top in range(0, height, most):
            yield top, min(most, height - top)

    # --- troubles ----------------------------------------------------------------------------------

    @contextlib.contextmanager
    def reaching(self) -> Iterator[None]:
        """Send what the block asks for. Errors end the block and are noted, not raised; so is the server's end."""
        try:
            yield
            self.x.flush()
        except (error.ConnectionClosedError, OSError) as reason:
            if not self.closed:
                self.closed = True
                log.warning("the X server is gone", reason=str(reason))
        except error.XError as reason:
            self._complain(reason, None)

    def _complain(self, reason: Any, request: Any) -> None:
        """Log an error of the server, each kind once: a window that is gone would repeat it with every frame."""
        del request
        kind = type(reason).__name__
        if kind not in self._complained:
            self._complained.add(kind)
            log.warning("the X server refused a request", error=kind, detail=str(reason))

    def close(self) -> None:
        """End the connection."""
        if not self.closed:
            self.closed = True
            with contextlib.suppress(error.ConnectionClosedError, OSError):
                self.x.close()
