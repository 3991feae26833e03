"""Opening and closing her eyes for the user: `alisa eyes`, run as a child. Tk never waits.

What the eyes are, and how they notice, is not known here.
"""

from __future__ import annotations

import subprocess
import sys
import threading
import tkinter as tk
from collections import deque
from collections.abc import Callable

from alisa.runtime.opening import environment
from alisa.runtime.paths import Home
from overlay.desktop.waking import Bell, attend

LIMIT_SECONDS = 60.0
Tell = Callable[[str, str], None]
"""Say to the user what went wrong, and what to do."""


class EyeLids:
    """The eyes, as the menu moves them."""

    def __init__(self, root: tk.Misc, home: Home, tell: Tell) -> None:
        self._home = home
        self._tell = tell
        self._bell = Bell()
        self._troubles: deque[tuple[str, str]] = deque()
        self._unattend = attend(root, self._bell, self._told)

    def set(self, eye: str, on: bool) -> None:
        """Open an eye (`webcam`, `screen`), or close it; returns at once."""
        threading.Thread(target=self._set, args=(eye, on), name="eyes", daemon=True).start()

    def close(self) -> None:
        """They are not moved any more from here."""
        self._unattend()
        self._bell.close()

    def _set(self, eye: str, on: bool) -> None:
        if not run(self._home, eye, on=on):
            deed = "opened" if on else "closed"
            command = f"`alisa eyes {'open' if on else 'close'} {eye}`"
            self._troubles.append((f"The {eye} eye could not be {deed}.", f"Run {command} in a terminal."))
            self._bell.ring()

    def _told(self) -> None:
        while self._troubles:
            self._tell(*self._troubles.popleft())


def run(home: Home, eye: str, *, on: bool) -> bool:
    """Have `alisa eyes` do it; did it?"""
    argv = [sys.executable, "-P", "-m", "alisa", "eyes", "open" if on else "close", eye]
    env = {**environment(), "ALISA_HOME": str(home.root)}
    try:
        done = subprocess.run(
            argv, stdin=subprocess.DEVNULL, capture_output=True, timeout=LIMIT_SECONDS, check=False, env=env
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
