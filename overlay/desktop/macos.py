"""A macOS desktop: monitors from CoreGraphics, the room that menu bar and Dock leave from AppKit, windows in front.

The system's own libraries are called through ctypes; pyobjc is not needed. Written after Apple's documentation and
type-checked; it was not run on macOS. Nothing here needs a permission: bounds of windows are told to everybody,
only their names and pictures are not, and those are not asked for.
"""

from __future__ import annotations

import ctypes
import os
import platform
import sys
from collections.abc import Iterator
from typing import Any

from overlay.desktop.geometry import Monitor, Rect
from overlay.desktop.monitors import turned_over, within
from overlay.desktop.system import Program

_FRAMEWORKS = "/System/Library/Frameworks/{0}.framework/{0}"
_MOST_DISPLAYS = 32
_ON_SCREEN_ONLY, _NO_DESKTOP = 1, 16
"""kCGWindowListOptionOnScreenOnly, kCGWindowListExcludeDesktopElements."""
_NORMAL_LAYER = 0
_INT32 = 3
"""kCFNumberSInt32Type."""


class _CGRect(ctypes.Structure):
    _fields_ = (("x", ctypes.c_double), ("y", ctypes.c_double), ("width", ctypes.c_double), ("height", ctypes.c_double))


if sys.platform == "darwin":

    class MacDesktop:
        """Asks the system anew each time; nothing is held open."""

        def __init__(self) -> None:
            self._graphics = _graphics()
            self._foundation = _foundation()
            self._screens = _Screens()

        def monitors(self) -> tuple[Monitor, ...]:
            displays = (ctypes.c_uint32 * _MOST_DISPLAYS)()
            count = ctypes.c_uint32(0)
            self._graphics.CGGetActiveDisplayList(_MOST_DISPLAYS, displays, ctypes.byref(count))
            first = self._graphics.CGMainDisplayID()
            found = [(number, _rect(self._graphics.CGDisplayBounds(number))) for number in displays[: count.value]]
            found = found or [(first, _rect(self._graphics.CGDisplayBounds(first)))]
            works = self._screens.work_areas()
            return tuple(Monitor(f"display-{n}", area, within(area, works), primary=n == first) for n, area in found)

        def active(self) -> int | None:
            return next((number for number, layer, owner, _ in self._windows() if _is_program(layer, owner)), None)

        def program(self, window: int) -> Program | None:
            area = next((area for number, *_, area in self._windows() if number == window), None)
            if area is None:
                return None
            return Program(area, full_screen=any(area.covers(monitor.area) for monitor in self.monitors()), shown=True)

        def close(self) -> None:
            """Nothing is held open."""

        def _windows(self) -> Iterator[tuple[int, int, int, Rect]]:
            """Return number, layer, owner and area of each window that is seen, from front to back."""
            listed = self._graphics.CGWindowListCopyWindowInfo(_ON_SCREEN_ONLY | _NO_DESKTOP, 0)
            if not listed:
                return
            try:
                for at in range(self._foundation.CFArrayGetCount(listed)):
                    told = self._foundation.CFArrayGetValueAtIndex(listed, at)
                    number, layer, owner = (
                        self._number(told, name) for name in ("kCGWindowNumber", "kCGWindowLayer", "kCGWindowOwnerPID")
                    )
                    bounds = _CGRect()
                    shape = self._foundation.CFDictionaryGetValue(told, _constant(self._graphics, "kCGWindowBounds"))
                    if shape and self._graphics.CGRectMakeWithDictionaryRepresentation(shape, ctypes.byref(bounds)):
                        yield number, layer, owner, _rect(bounds)
            finally:
                self._foundation.CFRelease(listed)

        def _number(self, told: int, name: str) -> int:
            value = ctypes.c_int32(0)
            number = self._foundation.CFDictionaryGetValue(told, _constant(self._graphics, name))
            if number:
                self._foundation.CFNumberGetValue(number, _INT32, ctypes.byref(value))
            return value.value

    class _Screens:
        """AppKit's screens, asked through the Objective-C runtime."""

        def __init__(self) -> None:
            ctypes.CDLL(_FRAMEWORKS.format("AppKit"))
            self._runtime = ctypes.CDLL("/usr/lib/libobjc.dylib")
            self._runtime.objc_getClass.restype = ctypes.c_void_p
            self._runtime.sel_registerName.restype = ctypes.c_void_p

        def work_areas(self) -> list[Rect]:
            """Return what menu bar and Dock leave of each screen."""
            screens = self._send(ctypes.c_void_p, self._runtime.objc_getClass(b"NSScreen"), b"screens")
            count = self._send(ctypes.c_ulong, screens, b"count") if screens else 0
            listed = [self._send(ctypes.c_void_p, screens, b"objectAtIndex:", at) for at in range(count)]
            if not listed:
                return []
            height = self._send(_CGRect, listed[0], b"frame").height
            frames = [self._send(_CGRect, screen, b"visibleFrame") for screen in listed]
            return [turned_over(frame.x, frame.y, frame.width, frame.height, height) for frame in frames]

        def _send(self, result: Any, receiver: int, selector: bytes, *numbers: int) -> Any:
            """Send a message. On Intel, a result as wide as a rectangle comes by an entry of its own."""
            by_memory = result is _CGRect and platform.machine() == "x86_64"
            name = "objc_msgSend_stret" if by_memory else "objc_msgSend"
            kinds = [ctypes.c_void_p, ctypes.c_void_p, *(ctypes.c_ulong for _ in numbers)]
            send = ctypes.CFUNCTYPE(result, *kinds)((name, self._runtime))
            return send(receiver, self._runtime.sel_registerName(selector), *numbers)

    def _graphics() -> Any:
        graphics = ctypes.CDLL(_FRAMEWORKS.format("CoreGraphics"))
        graphics.CGDisplayBounds.argtypes = (ctypes.c_uint32,)
        graphics.CGDisplayBounds.restype = _CGRect
        graphics.CGMainDisplayID.restype = ctypes.c_uint32
        graphics.CGWindowListCopyWindowInfo.argtypes = (ctypes.c_uint32, ctypes.c_uint32)
        graphics.CGWindowListCopyWindowInfo.restype = ctypes.c_void_p
        graphics.CGRectMakeWithDictionaryRepresentation.argtypes = (ctypes.c_void_p, ctypes.POINTER(_CGRect))
        graphics.CGRectMakeWithDictionaryRepresentation.restype = ctypes.c_bool
        return graphics

    def _foundation() -> Any:
        foundation = ctypes.CDLL(_FRAMEWORKS.format("CoreFoundation"))
        foundation.CFArrayGetCount.argtypes = (ctypes.c_void_p,)
        foundation.CFArrayGetCount.restype = ctypes.c_long
        foundation.CFArrayGetValueAtIndex.argtypes = (ctypes.c_void_p, ctypes.c_long)
        foundation.CFArrayGetValueAtIndex.restype = ctypes.c_void_p
        foundation.CFDictionaryGetValue.argtypes = (ctypes.c_void_p, ctypes.c_void_p)
        foundation.CFDictionaryGetValue.restype = ctypes.c_void_p
        foundation.CFNumberGetValue.argtypes = (ctypes.c_void_p, ctypes.c_long, ctypes.c_void_p)
        foundation.CFRelease.argtypes = (ctypes.c_void_p,)
        return foundation

    def _constant(library: Any, name: str) -> int | None:
        return ctypes.c_void_p.in_dll(library, name).value

    def _is_program(layer: int, owner: int) -> bool:
        return layer == _NORMAL_LAYER and owner != os.getpid()

    def _rect(rect: _CGRect) -> Rect:
        return Rect(round(rect.x), round(rect.y), round(rect.width), round(rect.height))
