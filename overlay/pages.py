"""Opening the settings file in the system's own editor: without a shell, and without Tk having to wait.

Which settings there are is not known here; where the file is not there yet, `alisa config` makes it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
import tkinter as tk
from collections import deque
from collections.abc import Callable
from pathlib import Path

from alisa.runtime.paths import Home
from alisa.runtime.tasks import SUPERVISED
from overlay.desktop.waking import Bell, attend

MAKE_SECONDS = 60.0
OPEN_SECONDS = 5.0
"""An opener that still runs after this long is itself the editor."""
Tell = Callable[[str, str], None]
"""Say to the user what went wrong, and what to do."""


class SettingsFile:
    """The settings file, as the menu opens it."""

    def __init__(self, root: tk.Misc, home: Home, tell: Tell) -> None:
        self._home = home
        self._tell = tell
        self._bell = Bell()
        self._troubles: deque[tuple[str, str]] = deque()
        self._unattend = attend(root, self._bell, self._told)

    def open(self) -> None:
        """Show it to the user; returns at once."""
        threading.Thread(target=self._open, name="settings", daemon=True).start()

    def close(self) -> None:
        """It is not needed any more; an editor that is open stays."""
        self._unattend()
        self._bell.close()

    def _open(self) -> None:
        path = self._home.config_file
        if not (path.exists() or make_file(self._home)):
            trouble = ("The settings file could not be made.", "Run `alisa config edit` in a terminal.")
        elif not open_file(path):
            trouble = ("No editor was found for the settings.", f"They are in {path}.")
        else:
            return
        self._troubles.append(trouble)
        self._bell.ring()

    def _told(self) -> None:
        while self._troubles:
            self._tell(*self._troubles.popleft())


def make_file(home: Home) -> bool:
    """Have `alisa config` write the file, every setting with its default; did it?"""
    argv = [sys.executable, "-P", "-m", "alisa", "config", "path", "--make"]
    env = {**_environment(), "ALISA_HOME": str(home.root)}
    try:
        done = subprocess.run(
            argv, stdin=subprocess.DEVNULL, capture_output=True, timeout=MAKE_SECONDS, check=False, env=env
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0 and home.config_file.exists()


def open_file(path: Path) -> bool:
    """Hand the file to the first of the system's openers that takes it; did one?"""
    for opener in openers():
        try:
            process = subprocess.Popen(
                [*opener, str(path)], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                env=_environment(), start_new_session=sys.platform != "win32",
            )  # fmt: skip
        except OSError:
            continue
        try:
            if process.wait(OPEN_SECONDS) == 0:
                return True
        except subprocess.TimeoutExpired:
            threading.Thread(target=process.wait, name="editor", daemon=True).start()
            return True
    return False


def openers() -> list[list[str]]:
    """What opens a text file in a window on this system, best first."""
    if sys.platform == "win32":
        return [["notepad.exe"]]
    if sys.platform == "darwin":
        return [["open", "-t"]]
    known = (("xdg-open",), ("gio", "open"), ("gnome-text-editor",), ("gedit",), ("kate",), ("mousepad",))
    return [[program, *rest] for name, *rest in known if (program := shutil.which(name))]


def _environment() -> dict[str, str]:
    """Ours, without what makes a process end with its parent."""
    return {name: value for name, value in os.environ.items() if name != SUPERVISED}
