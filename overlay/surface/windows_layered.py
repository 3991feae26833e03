"""Windows: a layered window, each pixel with its own alpha (UpdateLayeredWindow).

Windows itself lets clicks fall through where she is fully transparent. Not run on Windows; tested with a stand-in
for the system's calls, see `windows.py`.
"""

from __future__ import annotations

import ctypes
import tkinter as tk

from PIL import Image

from overlay.surface.surface import Box, SurfaceError, borderless, inside, whole
from overlay.surface.windows import WS_EX_LAYERED, Bitmap, Desktop, desktop, styled

_PIXEL_BYTES = 4


class LayeredSurface:
    """Soft edges. Tk brings the events and moves the window; the system shows the picture."""

    name = "layered"
    translucent = True
    lost = False  # every Windows mixes windows, always

    def __init__(self, root: tk.Misc, size: tuple[int, int], system: Desktop | None = None) -> None:
        """Open it, hidden. Raises SurfaceError or TclError. `system` stands in for Windows in tests."""
        self.why = ""
        self._system = system or desktop()
        self._size = size
        self._opacity = 1.0
        self._click_through = False
        self._handle = 0
        self._refused = False
        self._bitmap: Bitmap | None = None
        self.window = borderless(root, size)
        try:
            self._bitmap = self._system.bitmap(size)
            self.window.update_idletasks()  # Tk makes the system's window now
            shown = self._show()
        except BaseException:
            self.close()
            raise
        if not shown:
            self.close()
            raise SurfaceError("Windows refused a layered window")
        self.window.bind("<Map>", self._on_map, add="+")

    def present(self, picture: Image.Image, changed: Box, mask: Image.Image | None = None) -> None:
        """Show the picture, see `Surface`."""
        del mask  # the system looks at alpha itself
        if picture.size != self._size:
            self.resize(*picture.size)
            changed = whole(picture.size)
        box = inside(changed, self._size)
        if box is None or self._bitmap is None:
            return
        self._write(picture.crop(box).tobytes("raw", "BGRa"), box, self._bitmap)
        self._show()

    def _write(self, data: bytes, box: Box, bitmap: Bitmap) -> None:
        """Copy the rows of a box into the system's picture."""
        x0, y0, x1, y1 = box
        row, stride = (x1 - x0) * _PIXEL_BYTES, self._size[0] * _PIXEL_BYTES
        start = bitmap.address + y0 * stride + x0 * _PIXEL_BYTES
        if row == stride:
            ctypes.memmove(start, data, len(data))
            return
        for index in range(y1 - y0):
            ctypes.memmove(start + index * stride, data[index * row : (index + 1) * row], row)

    def _show(self) -> bool:
        """Hand the picture over. Tk makes a new window of the system's at times: then it is dressed again."""
        if self._bitmap is None:
            return False
        handle = self._system.outermost(self.window.winfo_id())
        if handle != self._handle:
            self._handle = handle
            self._dress()
        done = self._system.update(handle, self._bitmap, self._size, self._opacity)
        if not done and not self._refused:
            # A window that once had one alpha for all of it takes no picture until it was not layered for a moment.
            self._system.set_style(handle, self._system.style(handle) & ~WS_EX_LAYERED)
            self._dress()
            done = self._system.update(handle, self._bitmap, self._size, self._opacity)
        self._refused = not done
        return done

    def _dress(self) -> None:
        style = styled(self._system.style(self._handle), layered=True, click_through=self._click_through)
        self._system.set_style(self._handle, style)

    def _on_map(self, event: tk.Event[tk.Misc]) -> None:
        if event.widget is self.window:
            self._show()

    def resize(self, width: int, height: int) -> None:
        """Change the size: the system's with the next picture, Tk's when it comes to rest."""
        if (width, height) == self._size or self._bitmap is None:
            return
        made = self._system.bitmap((width, height))
        self._bitmap.free()
        self._bitmap, self._size = made, (width, height)
        self.window.geometry(f"{width}x{height}")

    def set_click_through(self, on: bool) -> bool:
        """Let all clicks fall through, or only those beside her."""
        self._click_through = on
        self._dress()
        return on

    def set_opacity(self, opacity: float) -> None:
        """Show the whole of her fainter."""
        self._opacity = opacity
        self._show()

    def close(self) -> None:
        """Destroy the window and free its picture."""
        if self._bitmap is not None:
            self._bitmap.free()
            self._bitmap = None
        if hasattr(self, "window"):
            self.window.destroy()
