"""Whether a person on macOS wants to be left alone: `ioreg` and `pmset` are asked, which need no permission.

A call is guessed from what keeps the machine awake: an audio input that runs does. Whether a Focus is on is told to
no program without full access to the disk, so it is not asked. Written after Apple's documentation and what these
programs print; it was not run on macOS.
"""

from __future__ import annotations

import plistlib
import re
import subprocess
from collections.abc import Callable, Sequence
from typing import Any

from vision.desktop.busy import Busy, Every

ANSWER_SECONDS = 3.0
CALL_SECONDS, LOCKED_SECONDS = 8.0, 5.0
IDLE = ("ioreg", "-a", "-r", "-d", "1", "-c", "IOHIDSystem")
SESSIONS = ("ioreg", "-a", "-n", "Root", "-d", "1")
AWAKE = ("pmset", "-g", "assertions")
_INPUT = re.compile(r"coreaudiod.*(?:Microphone|InputDevice|audio-in)", re.IGNORECASE)

Run = Callable[[Sequence[str]], bytes]


class MacBusy:
    """Asks what the system's own programs print."""

    def __init__(self, run: Run | None = None) -> None:
        self._run = run or _run
        self._call_due, self._locked_due = Every(CALL_SECONDS), Every(LOCKED_SECONDS)
        self._call = self._locked = False
        self._idle = 0.0

    def ask(self, now: float) -> Busy:
        if self._call_due.due(now):
            self._call = hears(self._run(AWAKE))
        if self._locked_due.due(now):
            self._locked = is_locked(self._run(SESSIONS))
            self._idle = idle_seconds(self._run(IDLE))
        return Busy(call=self._call, locked=self._locked, idle_seconds=self._idle)

    def close(self) -> None:
        """Nothing is held open."""


def create() -> MacBusy:
    """Return the sense."""
    return MacBusy()


def hears(assertions: bytes) -> bool:
    """Does a microphone keep the machine awake?"""
    return _INPUT.search(assertions.decode("utf-8", "replace")) is not None


def is_locked(listed: bytes) -> bool:
    """Read the console's users: is the screen of one of them locked?"""
    root = _plist(listed)
    users = root.get("IOConsoleUsers", []) if isinstance(root, dict) else []
    return any(bool(user.get("CGSSessionScreenIsLocked")) for user in users if isinstance(user, dict))


def idle_seconds(listed: bytes) -> float:
    """Read HIDIdleTime, in nanoseconds."""
    root = _plist(listed)
    rows = root if isinstance(root, list) else [root]
    times = [row["HIDIdleTime"] for row in rows if isinstance(row, dict) and isinstance(row.get("HIDIdleTime"), int)]
    return min(times, default=0) / 1e9


def _plist(content: bytes) -> Any:
    try:
        return plistlib.loads(content)
    except (plistlib.InvalidFileException, ValueError):
        return {}
    except Exception:  # noqa: BLE001 - expat's error is of no public class
        return {}


def _run(argv: Sequence[str]) -> bytes:
    try:
        return subprocess.run(list(argv), capture_output=True, timeout=ANSWER_SECONDS, check=False).stdout
    except (OSError, subprocess.SubprocessError):
        return b""
