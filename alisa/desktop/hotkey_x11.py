"""The hotkey on X11: a passive grab on the root window (XGrabKey), on a connection of its own.

A grab holds for one exact set of modifiers, so the keys are grabbed with every combination of the locks (Caps Lock,
Num Lock, Scroll Lock). A key that is held repeats: the server then sends a release and a press with one timestamp.
"""

from __future__ import annotations

import contextlib
import os
import struct
from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any

from Xlib import XK, X
from Xlib.display import Display
from Xlib.error import BadAccess, CatchError, ConnectionClosedError, DisplayError, XError

from alisa.desktop.hotkey import Hotkey, Listener, Nobody, taken_elsewhere

FAILURES = (XError, ConnectionClosedError, DisplayError, OSError, struct.error)
"""What a question to the X server can end with."""
_KEYSYMS = {
    "space": "space", "tab": "Tab", "enter": "Return", "escape": "Escape", "backspace": "BackSpace",
    "insert": "Insert", "delete": "Delete", "home": "Home", "end": "End", "pageup": "Page_Up",
    "pagedown": "Page_Down", "up": "Up", "down": "Down", "left": "Left", "right": "Right", "pause": "Pause",
}  # fmt: skip
_REPEAT_MS = 20
"""A press so soon after a release is the server's repetition; no finger is that quick."""
_LOCKS = ("Num_Lock", "Scroll_Lock")


def open_listener(screen: str, hotkey: Hotkey, setting: str, env: Mapping[str, str] | None = None) -> Listener:
    """Grab the keys on this X screen; what keeps them from it is a sentence in `problem`."""
    try:
        on_wayland = "WAYLAND_DISPLAY" in (os.environ if env is None else env)
        return X11Listener(screen or None, hotkey, setting, on_wayland=on_wayland)
    except FAILURES as error:
        return Nobody(f"The hotkey does not work: {error}.")


class X11Listener:
    """Holds the grab until it is closed."""

    def __init__(self, screen: str | None, hotkey: Hotkey, setting: str, *, on_wayland: bool = False) -> None:
        self._hotkey = hotkey
        self._setting = setting
        self._display = Display(screen)
        self._root = self._display.screen().root
        self._grabbed: tuple[int, list[int]] | None = None
        self._released_at = -_REPEAT_MS - 1
        self._lost = False
        self.problem = self._grab()
        if on_wayland and not self.problem:
            self.problem = f"On Wayland, {hotkey} is heard only while a program that uses X11 has the focus."

    def fileno(self) -> int:
        return -1 if self._lost else int(self._display.fileno())

    def taken(self) -> bool:
        pressed = False
        try:
            for _ in range(self._display.pending_events()):
                pressed = self._is_press(self._display.next_event()) or pressed
        except FAILURES as error:
            self._lost = True
            self.problem = f"The hotkey no longer works: {error}."
        return pressed

    def close(self) -> None:
        with contextlib.suppress(*FAILURES):
            self._ungrab()
            self._display.close()

    def _is_press(self, event: Any) -> bool:
        if event.type == X.MappingNotify:
            self._display.refresh_keyboard_mapping(event)
            self._ungrab()
            self.problem = self._grab()
        elif event.type == X.KeyRelease:
            self._released_at = event.time
        elif event.type == X.KeyPress:
            return bool(event.time - self._released_at > _REPEAT_MS)
        return False

    def _grab(self) -> str:
        """Grab the keys with every combination of the locks; return the problem, if there is one."""
        keycode = self._display.keysym_to_keycode(XK.string_to_keysym(_keysym(self._hotkey.key)))
        if not keycode:
            return f"There is no key {self._hotkey.key} on this keyboard for the hotkey."
        masks = grab_masks(self._hotkey.modifiers, self._modifier_keys())
        refused = CatchError(BadAccess)
        for mask in masks:
            self._root.grab_key(keycode, mask, True, X.GrabModeAsync, X.GrabModeAsync, onerror=refused)
        self._display.sync()
        self._grabbed = keycode, masks
        if refused.get_error() is None:
            return ""
        self._ungrab()
        return taken_elsewhere(self._hotkey, self._setting)

    def _ungrab(self) -> None:
        if self._grabbed is not None:
            keycode, masks = self._grabbed
            for mask in masks:
                self._root.ungrab_key(keycode, mask)
            self._grabbed = None
            self._display.sync()

    def _modifier_keys(self) -> list[set[str]]:
        """Return, for each of the eight modifiers of X11, which of the keys that matter here set it."""
        names = ("Alt_L", "Alt_R", "Super_L", "Super_R", *_LOCKS)
        codes: dict[int, set[str]] = {}
        for name in names:
            for code, _ in self._display.keysym_to_keycodes(XK.string_to_keysym(name)):
                codes.setdefault(code, set()).add(name)
        mapping = self._display.get_modifier_mapping()
        return [set().union(*(codes.get(code, set()) for code in row if code)) for row in mapping]


def grab_masks(modifiers: frozenset[str], keys: Sequence[set[str]]) -> list[int]:
    """Return the modifier masks to grab: the wanted ones, with every combination of the locks.

    `keys` says for each of the eight modifiers (Shift, Lock, Control, Mod1 … Mod5) which keys set it.
    """
    wanted = 0
    usual = {"shift": X.ShiftMask, "ctrl": X.ControlMask, "alt": X.Mod1Mask, "super": X.Mod4Mask}
    for modifier in modifiers:
        prefix = {"alt": "Alt_", "super": "Super_"}.get(modifier)
        found = [1 << at for at, names in enumerate(keys) if prefix and any(name.startswith(prefix) for name in names)]
        wanted |= found[0] if found else usual[modifier]
    locks = [X.LockMask] + [1 << at for at, names in enumerate(keys) if names & set(_LOCKS)]
    locks = [lock for lock in dict.fromkeys(locks) if not lock & wanted]
    return [wanted | sum(chosen) for count in range(len(locks) + 1) for chosen in combinations(locks, count)]


def _keysym(key: str) -> str:
    return _KEYSYMS.get(key) or (key.upper() if key.startswith("f") and len(key) > 1 else key)
