"""What our windows ask of Windows beyond Tk: honest pixels, styles, and pictures with alpha (UpdateLayeredWindow).

Names and numbers are those of winuser.h and wingdi.h. Written after the documentation of the Windows API and
type-checked for Windows; it was not run on Windows. The structures and the arithmetic of styles are tested elsewhere.
"""

from __future__ import annotations

import contextlib
import ctypes
import sys
from typing import Any, Protocol

from overlay.surface.surface import SurfaceError

WS_EX_TRANSPARENT = 0x00000020
WS_EX_TOOLWINDOW = 0x00000080
WS_EX_APPWINDOW = 0x00040000
WS_EX_LAYERED = 0x00080000
WS_EX_NOACTIVATE = 0x08000000
_GWL_EXSTYLE = -20
_GA_ROOT = 2
_AC_SRC_OVER = 0
_AC_SRC_ALPHA = 1
_ULW_ALPHA = 2
_BI_RGB = 0
_DIB_RGB_COLORS = 0
_PER_MONITOR_AWARE_V2 = -4
_PROCESS_PER_MONITOR_DPI_AWARE = 2


def styled(style: int, *, layered: bool, click_through: bool) -> int:
    """Return the extended style of her window: in no taskbar, never activated; the rest of `style` stays."""
    style = (style | WS_EX_TOOLWINDOW | WS_EX_NOACTIVATE) & ~(WS_EX_APPWINDOW | WS_EX_TRANSPARENT)
    if layered or click_through:  # only a layered window lets clicks through to windows of other programs
        style |= WS_EX_LAYERED
    if click_through:
        style |= WS_EX_TRANSPARENT
    return style


class Point(ctypes.Structure):
    """POINT"""

    _fields_ = (("x", ctypes.c_int32), ("y", ctypes.c_int32))


class Size(ctypes.Structure):
    """SIZE"""

    _fields_ = (("cx", ctypes.c_int32), ("cy", ctypes.c_int32))


class BlendFunction(ctypes.Structure):
    """BLENDFUNCTION"""

    _fields_ = (
        ("BlendOp", ctypes.c_uint8),
        ("BlendFlags", ctypes.c_uint8),
        ("SourceConstantAlpha", ctypes.c_uint8),
        ("AlphaFormat", ctypes.c_uint8),
    )


class BitmapInfoHeader(ctypes.Structure):
    """BITMAPINFOHEADER; at 32 bits without compression no colour table follows, so it serves as BITMAPINFO."""

    _fields_ = (
        ("biSize", ctypes.c_uint32),
        ("biWidth", ctypes.c_int32),
        ("biHeight", ctypes.c_int32),
        ("biPlanes", ctypes.c_uint16),
        ("biBitCount", ctypes.c_uint16),
        ("biCompression", ctypes.c_uint32),
        ("biSizeImage", ctypes.c_uint32),
        ("biXPelsPerMeter", ctypes.c_int32),
        ("biYPelsPerMeter", ctypes.c_int32),
        ("biClrUsed", ctypes.c_uint32),
        ("biClrImportant", ctypes.c_uint32),
    )


def blending(opacity: float) -> BlendFunction:
    """Per-pixel alpha, and the whole fainter by `opacity`, 0 to 1."""
    constant = round(255 * min(max(opacity, 0.0), 1.0))
    return BlendFunction(_AC_SRC_OVER, 0, constant, _AC_SRC_ALPHA)


def header(size: tuple[int, int]) -> BitmapInfoHeader:
    """A picture of 32 bits a pixel whose first row is the upper one (a negative height says so)."""
    width, height = size
    return BitmapInfoHeader(ctypes.sizeof(BitmapInfoHeader), width, -height, 1, 32, _BI_RGB)


class Bitmap(Protocol):
    """A picture in the system's memory: premultiplied blue, green, red, alpha; rows without padding."""

    address: int
    """of its first byte, in this process's memory"""
    device: int
    """handle of the device context that it is selected into"""

    def free(self) -> None:
        """Give the memory back."""


class Desktop(Protocol):
    """The calls that her windows need; `WindowsDesktop` is the real one."""

    def outermost(self, window_id: int) -> int:
        """The handle of the top-level window around Tk's."""

    def style(self, handle: int) -> int:
        """The extended style."""

    def set_style(self, handle: int, style: int) -> None:
        """Change it."""

    def bitmap(self, size: tuple[int, int]) -> Bitmap:
        """Make an empty picture. Raises SurfaceError."""

    def update(self, handle: int, bitmap: Bitmap, size: tuple[int, int], opacity: float) -> bool:
        """Show the picture in a layered window, which takes its size; return whether that worked."""


def prepare_process() -> None:
    """Ask Windows for true pixels instead of scaled ones; call this before Tk starts. Elsewhere nothing happens."""
    if sys.platform == "win32":
        # Newest first: Windows 10 1703, Windows 8.1, Windows Vista. One that is missing is an AttributeError.
        with contextlib.suppress(AttributeError, OSError):
            per_monitor = ctypes.c_void_p(_PER_MONITOR_AWARE_V2)
            if ctypes.WinDLL("user32").SetProcessDpiAwarenessContext(per_monitor):
                return
        with contextlib.suppress(AttributeError, OSError):
            if ctypes.WinDLL("shcore").SetProcessDpiAwareness(_PROCESS_PER_MONITOR_DPI_AWARE) == 0:
                return
        with contextlib.suppress(AttributeError, OSError):
            ctypes.WinDLL("user32").SetProcessDPIAware()


def desktop() -> Desktop:
    """Return the calls of this Windows. Raises SurfaceError elsewhere."""
    if sys.platform == "win32":
        return WindowsDesktop()
    raise SurfaceError("this is not Windows")


if sys.platform == "win32":
    from ctypes import wintypes

    class WindowsDesktop:
        """user32 and gdi32, with the types of their arguments: a handle cut to 32 bits fails rarely and oddly."""

        def __init__(self) -> None:
            self._user = ctypes.WinDLL("user32", use_last_error=True)
            self._gdi = ctypes.WinDLL("gdi32", use_last_error=True)
            user, pointer = self._user, ctypes.c_void_p
            user.GetAncestor.restype = wintypes.HWND
            user.GetAncestor.argtypes = (wintypes.HWND, wintypes.UINT)
            # 32-bit Windows has no function of the longer name
            self._get = getattr(user, "GetWindowLongPtrW", user.GetWindowLongW)
            self._get.restype = ctypes.c_ssize_t
            self._get.argtypes = (wintypes.HWND, ctypes.c_int)
            self._set = getattr(user, "SetWindowLongPtrW", user.SetWindowLongW)
            self._set.restype = ctypes.c_ssize_t
            self._set.argtypes = (wintypes.HWND, ctypes.c_int, ctypes.c_ssize_t)
            user.UpdateLayeredWindow.restype = wintypes.BOOL
            user.UpdateLayeredWindow.argtypes = (
                wintypes.HWND, wintypes.HDC, pointer, pointer, wintypes.HDC, pointer, wintypes.COLORREF, pointer,
                wintypes.DWORD,
            )  # fmt: skip

        def outermost(self, window_id: int) -> int:
            handle: int | None = self._user.GetAncestor(window_id, _GA_ROOT)
            return handle or window_id

        def style(self, handle: int) -> int:
            return int(self._get(handle, _GWL_EXSTYLE)) & 0xFFFFFFFF

        def set_style(self, handle: int, style: int) -> None:
            self._set(handle, _GWL_EXSTYLE, ctypes.c_int32(style).value)

        def bitmap(self, size: tuple[int, int]) -> Bitmap:
            return _DibSection(self._gdi, size)

        def update(self, handle: int, bitmap: Bitmap, size: tuple[int, int], opacity: float) -> bool:
            extent, origin, blend = Size(*size), Point(0, 0), blending(opacity)
            # No screen and no place: the default palette, and the window stays where Tk put it.
            done = self._user.UpdateLayeredWindow(
                handle, None, None, ctypes.byref(extent), bitmap.device, ctypes.byref(origin), 0, ctypes.byref(blend),
                _ULW_ALPHA,
            )  # fmt: skip
            return bool(done)

    class _DibSection:
        """A picture whose memory both we and the system can reach, selected into a device context."""

        def __init__(self, gdi: Any, size: tuple[int, int]) -> None:
            self._gdi = gdi
            gdi.CreateCompatibleDC.restype = wintypes.HDC
            gdi.CreateCompatibleDC.argtypes = (wintypes.HDC,)
            gdi.CreateDIBSection.restype = wintypes.HBITMAP
            gdi.CreateDIBSection.argtypes = (
                wintypes.HDC, ctypes.c_void_p, wintypes.UINT, ctypes.POINTER(ctypes.c_void_p), wintypes.HANDLE,
                wintypes.DWORD,
            )  # fmt: skip
            gdi.SelectObject.restype = wintypes.HGDIOBJ
            gdi.SelectObject.argtypes = (wintypes.HDC, wintypes.HGDIOBJ)
            gdi.DeleteObject.argtypes = (wintypes.HGDIOBJ,)
            gdi.DeleteDC.argtypes = (wintypes.HDC,)
            described, address = header(size), ctypes.c_void_p()
            self.device: int = gdi.CreateCompatibleDC(None)
            self._bitmap = gdi.CreateDIBSection(
                self.device, ctypes.byref(described), _DIB_RGB_COLORS, ctypes.byref(address), None, 0
            )
            if not self._bitmap or not address.value:
                gdi.DeleteDC(self.device)
                raise SurfaceError(f"Windows has no memory for a picture (error {ctypes.get_last_error()})")
            self.address: int = address.value
            self._before = gdi.SelectObject(self.device, self._bitmap)

        def free(self) -> None:
            self._gdi.SelectObject(self.device, self._before)
            self._gdi.DeleteObject(self._bitmap)
            self._gdi.DeleteDC(self.device)
