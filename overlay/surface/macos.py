"""macOS: a transparent window of Tk's, which keeps per-pixel alpha; clicks fall through by asking AppKit.

AppKit is reached through the Objective-C runtime, on the main thread, where Tk runs. Written after Apple's and
Tk's documentation; not run on macOS.
"""

from __future__ import annotations

import ctypes
import itertools
import platform
import tkinter as tk
from typing import Any

from PIL import Image

from alisa.runtime.logs import get_logger
from overlay.surface.surface import Box, SurfaceError
from overlay.surface.tk_window import TkSurface

log = get_logger(__name__)

_ALL_SPACES = 1 << 0
_STATIONARY = 1 << 4
"""NSWindowCollectionBehaviorCanJoinAllSpaces and …Stationary: on every desktop, left alone by Mission Control."""
_titles = itertools.count(1)


class MacSurface(TkSurface):
    """Soft edges."""

    name = "macos"
    translucent = True

    def __init__(self, root: tk.Misc, size: tuple[int, int]) -> None:
        self._click_through = False
        super().__init__(root, size, mode="RGBA", ground="systemTransparent")
        self.window.bind("<Map>", self._on_map, add="+")

    def _dress(self) -> None:
        self.window.title(f"Alisa {next(_titles)}")  # by which AppKit's window is found
        self.window.attributes("-transparent", True)

    def _piece(self, piece: Image.Image, mask: Image.Image, box: Box) -> Image.Image:
        del mask, box
        return piece.convert("RGBA")

    def _on_map(self, event: tk.Event[tk.Misc]) -> None:
        if event.widget is self.window:
            self._ask("setCollectionBehavior:", ctypes.c_ulong(_ALL_SPACES | _STATIONARY))
            if self._click_through:
                self._click_through = self._ask("setIgnoresMouseEvents:", ctypes.c_bool(True))

    def set_click_through(self, on: bool) -> bool:
        """Let all clicks fall through. AppKit knows the window once it was shown; until then this waits for that."""
        self._click_through = on
        if self.window.winfo_viewable():
            self._click_through = self._ask("setIgnoresMouseEvents:", ctypes.c_bool(on)) and on
        return self._click_through

    def _ask(self, selector: str, argument: Any) -> bool:
        """Send a message to AppKit's window; return whether it was found."""
        try:
            return _AppKit().tell(self.window.title(), selector, argument)
        except (SurfaceError, AttributeError, OSError) as reason:
            log.warning("AppKit cannot be asked", selector=selector, reason=str(reason))
            return False


class _AppKit:
    """The windows of this program, as AppKit knows them."""

    def __init__(self) -> None:
        if platform.system() != "Darwin":
            raise SurfaceError("this is not macOS")
        self._objc: Any = ctypes.CDLL("/usr/lib/libobjc.A.dylib")
        self._objc.objc_getClass.restype = ctypes.c_void_p
        self._objc.objc_getClass.argtypes = (ctypes.c_char_p,)
        self._objc.sel_registerName.restype = ctypes.c_void_p
        self._objc.sel_registerName.argtypes = (ctypes.c_char_p,)

    def tell(self, title: str, selector: str, argument: Any) -> bool:
        """Send the window with this title a message with one argument; False when there is none."""
        program = self._send(self._objc.objc_getClass(b"NSApplication"), "sharedApplication")
        windows = self._send(program, "windows")
        for index in range(self._send(windows, "count", result=ctypes.c_ulong) or 0):
            window = self._send(windows, "objectAtIndex:", ctypes.c_ulong(index))
            named = self._send(self._send(window, "title"), "UTF8String", result=ctypes.c_char_p)
            if named == title.encode():
                self._send(window, selector, argument, result=None)
                return True
        return False

    def _send(self, receiver: Any, selector: str, *arguments: Any, result: Any = ctypes.c_void_p) -> Any:
        """objc_msgSend, typed anew for each call: its real signature is that of the method."""
        signature = ctypes.CFUNCTYPE(result, ctypes.c_void_p, ctypes.c_void_p, *(type(each) for each in arguments))
        send = signature(("objc_msgSend", self._objc))
        return send(receiver, self._objc.sel_registerName(selector.encode()), *arguments)
