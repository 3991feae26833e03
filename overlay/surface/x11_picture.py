"""Her picture on the X server: one pixmap that the window is painted from, so that only what differs travels.

The pixmap is also the window's background. A window that grows, or is uncovered, is thus painted by the server
at once, without a flicker; the Expose event paints it again where a server took a copy of the background.
"""

from __future__ import annotations

from typing import Any

from PIL import Image
from Xlib import X

from overlay.surface.surface import Box, whole
from overlay.surface.x11 import Connection

_PIXEL_BYTES = 4
_ORDERS = {"RGBa": "BGRa", "RGB": "BGRX"}
"""The bytes of a pixel in the X server's memory, for each mode of a picture."""


class ServerPicture:
    """A pixmap of a window's size and depth. Use it inside `connection.reaching()`."""

    def __init__(self, connection: Connection, window: Any, size: tuple[int, int], depth: int) -> None:
        self._connection = connection
        self._window = window
        self._size = size
        self._depth = depth
        self._pixmap = window.create_pixmap(*size, depth)
        self._paint = self._pixmap.create_gc(foreground=0, background=0, graphics_exposures=False)
        self._pixmap.fill_rectangle(self._paint, 0, 0, *size)
        window.change_attributes(background_pixmap=self._pixmap)

    def put(self, piece: Image.Image, box: Box) -> None:
        """Send what lies in the box (mode "RGBa" for 32 bits, "RGB" for 24) and show it."""
        x0, y0, x1, y1 = box
        data = piece.tobytes("raw", _ORDERS[piece.mode])
        row = (x1 - x0) * _PIXEL_BYTES
        for top, rows in self._connection.strips(y1 - y0, row):
            strip = data[top * row : (top + rows) * row]
            self._pixmap.put_image(self._paint, x0, y0 + top, x1 - x0, rows, X.ZPixmap, self._depth, 0, strip)
        self.show(box)

    def show(self, box: Box | None = None) -> None:
        """Paint the window from the pixmap."""
        x0, y0, x1, y1 = box or whole(self._size)
        self._window.copy_area(self._paint, self._pixmap, x0, y0, x1 - x0, y1 - y0, x0, y0)

    def free(self) -> None:
        """Give the server its memory back."""
        self._paint.free()
        self._pixmap.free()
