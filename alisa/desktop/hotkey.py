"""Keys that are heard from anywhere: how they are written, and who listens for them on this system.

`parse` is pure. On macOS nobody listens: a global hotkey there needs the permission to watch the whole keyboard,
which is more than she should ask for.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import Protocol

MODIFIERS = ("ctrl", "alt", "shift", "super")
_OTHER_NAMES = {
    "control": "ctrl", "strg": "ctrl", "option": "alt", "opt": "alt",
    "win": "super", "windows": "super", "cmd": "super", "command": "super", "meta": "super",
    "esc": "escape", "return": "enter", "del": "delete", "ins": "insert", "pgup": "pageup", "pgdn": "pagedown",
}  # fmt: skip
NAMED_KEYS = (
    "space", "tab", "enter", "escape", "backspace", "insert", "delete", "home", "end", "pageup", "pagedown",
    "up", "down", "left", "right", "pause",
)  # fmt: skip
_FUNCTION_KEYS = tuple(f"f{number}" for number in range(1, 25))


@dataclass(frozen=True, slots=True)
class Hotkey:
    """One key, pressed while modifiers are held."""

    modifiers: frozenset[str]
    """of MODIFIERS"""
    key: str
    """a letter, a digit, `f1` to `f24`, or one of NAMED_KEYS"""

    def __str__(self) -> str:
        return "+".join([name for name in MODIFIERS if name in self.modifiers] + [self.key])


class Listener(Protocol):
    """Waits for the keys."""

    problem: str
    """One sentence when the keys cannot be waited for, or not everywhere; else empty."""

    def fileno(self) -> int:
        """Return what becomes readable when they are pressed; -1 when they never will be."""

    def taken(self) -> bool:
        """Have they been pressed since the last time that this was asked? Never waits."""

    def close(self) -> None:
        """Give the keys back."""


def parse(text: str) -> Hotkey:
    """Return the keys that `text` names, such as `ctrl+alt+a`. Raises ValueError with a sentence for the user."""
    names = [_OTHER_NAMES.get(name, name) for name in (part.strip() for part in text.lower().split("+"))]
    if not all(names):
        raise ValueError("should be keys with + between them, such as ctrl+alt+a")
    *modifiers, key = names
    if unknown := [name for name in modifiers if name not in MODIFIERS]:
        raise ValueError(f"knows no modifier {unknown[0]!r}; there are {', '.join(MODIFIERS)}, then one key")
    if key in MODIFIERS:
        raise ValueError(f"needs a key after {text.strip()}, such as {'+'.join(names)}+a")
    if not _is_key(key):
        raise ValueError(f"knows no key {key!r}; take a letter, a digit, f1 to f24, or {', '.join(NAMED_KEYS[:4])} …")
    if not set(modifiers) - {"shift"}:
        raise ValueError(f"needs ctrl, alt or super with {key!r}, or you could not type it any more")
    return Hotkey(frozenset(modifiers), key)


def listen(text: str, *, setting: str, x11: str | None) -> Listener:
    """Wait for these keys from now on. Never raises: what does not work stands in `problem`; no keys, no problem.

    `setting` holds the keys, for the sentence that says how to choose others. `x11`: the X screen to wait on, empty
    for the usual one; None: there is none.
    """
    if not text.strip():
        return Nobody("")
    try:
        hotkey = parse(text)
    except ValueError as error:
        return Nobody(f"The hotkey {error}.")
    if sys.platform == "win32":
        from alisa.desktop.hotkey_windows import WindowsListener

        return WindowsListener(hotkey, setting)
    if x11 is not None:
        from alisa.desktop.hotkey_x11 import open_listener

        return open_listener(x11, hotkey, setting)
    return Nobody("There is no global hotkey on this system.")


class Nobody:
    """Nobody waits for any keys."""

    def __init__(self, problem: str) -> None:
        self.problem = problem

    def fileno(self) -> int:
        return -1

    def taken(self) -> bool:
        return False

    def close(self) -> None:
        """There is nothing to give back."""


def taken_elsewhere(hotkey: Hotkey, setting: str) -> str:
    """Return the sentence for keys that another program has."""
    return f"Another program has the keys {hotkey}; choose others with `alisa config set {setting} KEYS`."


def _is_key(name: str) -> bool:
    return (len(name) == 1 and name.isascii() and name.isalnum()) or name in NAMED_KEYS or name in _FUNCTION_KEYS
