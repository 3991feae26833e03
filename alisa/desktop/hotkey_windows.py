"""The hotkey on Windows: RegisterHotKey, in a thread of its own that waits for the system's messages.

Written after the documentation of the Windows API and type-checked; it was not run on Windows.
"""

from __future__ import annotations

import ctypes
import sys
import threading

from alisa.desktop.bell import Bell
from alisa.desktop.hotkey import Hotkey, taken_elsewhere

MODIFIER_BITS = {"alt": 0x0001, "ctrl": 0x0002, "shift": 0x0004, "super": 0x0008}
"""MOD_ALT, MOD_CONTROL, MOD_SHIFT, MOD_WIN of winuser.h."""
NO_REPEAT = 0x4000
"""MOD_NOREPEAT: a key that is held calls once."""
_VIRTUAL_KEYS = {
    "backspace": 0x08, "tab": 0x09, "enter": 0x0D, "pause": 0x13, "escape": 0x1B, "space": 0x20, "pageup": 0x21,
    "pagedown": 0x22, "end": 0x23, "home": 0x24, "left": 0x25, "up": 0x26, "right": 0x27, "down": 0x28,
    "insert": 0x2D, "delete": 0x2E,
}  # fmt: skip
_F1 = 0x70


def codes(hotkey: Hotkey) -> tuple[int, int]:
    """Return the modifiers and the virtual key that RegisterHotKey takes."""
    modifiers = NO_REPEAT
    for name in hotkey.modifiers:
        modifiers |= MODIFIER_BITS[name]
    return modifiers, _virtual_key(hotkey.key)


def _virtual_key(key: str) -> int:
    if len(key) == 1:
        return ord(key.upper())
    return _VIRTUAL_KEYS[key] if key in _VIRTUAL_KEYS else _F1 + int(key[1:]) - 1


if sys.platform == "win32":
    from ctypes import wintypes

    _HOTKEY_MESSAGE = 0x0312
    _QUIT_MESSAGE = 0x0012
    _ALREADY_REGISTERED = 1409
    _START_SECONDS = 5.0

    class WindowsListener:
        """Holds the keys until it is closed."""

        def __init__(self, hotkey: Hotkey, setting: str) -> None:
            self.problem = ""
            self._hotkey = hotkey
            self._setting = setting
            self._bell = Bell()
            self._ready = threading.Event()
            self._thread_id = 0
            self._thread = threading.Thread(target=self._run, name="hotkey", daemon=True)
            self._thread.start()
            if not self._ready.wait(_START_SECONDS):
                self.problem = f"The system did not answer the wish for the keys {hotkey}."

        def fileno(self) -> int:
            return self._bell.fileno()

        def taken(self) -> bool:
            return self._bell.taken()

        def close(self) -> None:
            if self._thread_id:
                ctypes.WinDLL("user32").PostThreadMessageW(wintypes.DWORD(self._thread_id), _QUIT_MESSAGE, 0, 0)
            self._thread.join(_START_SECONDS)
            self._bell.close()

        def _run(self) -> None:
            """Register the keys and wait: both in one thread, since the message goes to the thread that registered."""
            user = ctypes.WinDLL("user32", use_last_error=True)
            user.RegisterHotKey.argtypes = (wintypes.HWND, ctypes.c_int, wintypes.UINT, wintypes.UINT)
            user.GetMessageW.argtypes = (ctypes.POINTER(wintypes.MSG), wintypes.HWND, wintypes.UINT, wintypes.UINT)
            modifiers, key = codes(self._hotkey)
            if not user.RegisterHotKey(None, 1, modifiers, key):
                taken = ctypes.get_last_error() == _ALREADY_REGISTERED
                self.problem = (
                    taken_elsewhere(self._hotkey, self._setting)
                    if taken
                    else f"Windows refused the keys {self._hotkey}."
                )
                self._ready.set()
                return
            self._thread_id = ctypes.WinDLL("kernel32").GetCurrentThreadId()
            self._ready.set()
            message = wintypes.MSG()
            while user.GetMessageW(ctypes.byref(message), None, 0, 0) > 0:
                if message.message == _HOTKEY_MESSAGE:
                    self._bell.ring()
            user.UnregisterHotKey(None, 1)
            self._thread_id = 0
