"""Opening the settings for the user: the hub's page in a browser, or their file in an editor. Tk never waits.

Which settings there are is not known here; where the file is not there yet, `alisa config` makes it.
"""

from __future__ import annotations

import contextlib
import shutil
import subprocess
import sys
import threading
import tkinter as tk
from collections import deque
from collections.abc import Callable
from pathlib import Path

from alisa.link.doorway import KEEP_SECONDS, settings_link, write_doorway
from alisa.runtime.errors import AlisaError
from alisa.runtime.opening import environment, hand_over, open_page
from alisa.runtime.paths import Home
from overlay.desktop.waking import Bell, attend

MAKE_SECONDS = 60.0
Tell = Callable[[str, str], None]
"""Say to the user what went wrong, and what to do."""


class SettingsPage:
    """The settings, as the menu opens them: the hub's page, else the file."""

    def __init__(self, root: tk.Misc, home: Home, tell: Tell) -> None:
        self._home = home
        self._tell = tell
        self._bell = Bell()
        self._troubles: deque[tuple[str, str]] = deque()
        self._doorways: dict[Path, threading.Timer] = {}
        self._unattend = attend(root, self._bell, self._told)

    def open(self) -> None:
        """Show them to the user; returns at once."""
        threading.Thread(target=self._open, name="settings", daemon=True).start()

    def close(self) -> None:
        """They are not needed any more; a browser or an editor that is open stays."""
        for path, timer in list(self._doorways.items()):
            timer.cancel()
            self._remove(path)
        self._unattend()
        self._bell.close()

    def _open(self) -> None:
        trouble = None if self._open_page() else self._open_file()
        if trouble is not None:
            self._troubles.append(trouble)
            self._bell.ring()

    def _open_page(self) -> bool:
        try:
            link = settings_link(self._home)
            if link is None:
                return False
            path = write_doorway(self._home, link)
        except AlisaError:
            return False  # the file says what is wrong, or shows what there is
        timer = self._doorways[path] = threading.Timer(KEEP_SECONDS, self._remove, [path])
        timer.daemon = True
        timer.start()
        return open_page(path)

    def _open_file(self) -> tuple[str, str] | None:
        """Show the file; else what went wrong, and what to do."""
        path = self._home.config_file
        if not (path.exists() or make_file(self._home)):
            return "The settings file could not be made.", "Run `alisa config edit` in a terminal."
        if not hand_over(path, openers()):
            return "No editor was found for the settings.", f"They are in {path}."
        return None

    def _remove(self, path: Path) -> None:
        self._doorways.pop(path, None)
        with contextlib.suppress(OSError):
            path.unlink()

    def _told(self) -> None:
        while self._troubles:
            self._tell(*self._troubles.popleft())


def make_file(home: Home) -> bool:
    """Have `alisa config` write the file, every setting with its default; did it?"""
    argv = [sys.executable, "-P", "-m", "alisa", "config", "path", "--make"]
    env = {**environment(), "ALISA_HOME": str(home.root)}
    try:
        done = subprocess.run(
            argv, stdin=subprocess.DEVNULL, capture_output=True, timeout=MAKE_SECONDS, check=False, env=env
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0 and home.config_file.exists()


def openers() -> list[list[str]]:
    """What opens a text file in a window on this system, best first."""
    if sys.platform == "win32":
        return [["notepad.exe"]]
    if sys.platform == "darwin":
        return [["open", "-t"]]
    known = (("xdg-open",), ("gio", "open"), ("gnome-text-editor",), ("gedit",), ("kate",), ("mousepad",))
    return [[program, *rest] for name, *rest in known if (program := shutil.which(name))]
