"""Handing a file to another program of the user's, which stays when this one ends: no shell, no waiting for it.

Which programs suit which file is known elsewhere; those for a page stand here.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterable, Sequence
from pathlib import Path

from alisa.runtime.tasks import SUPERVISED

OPEN_SECONDS = 5.0
"""An opener that still runs after this long is itself the program."""


def hand_over(path: Path, openers: Iterable[Sequence[str]]) -> bool:
    """Hand the file to the first opener that takes it; did one?"""
    for opener in openers:
        try:
            process = subprocess.Popen(
                [*opener, str(path)], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                env=environment(), start_new_session=sys.platform != "win32",
            )  # fmt: skip
        except OSError:
            continue
        try:
            if process.wait(OPEN_SECONDS) == 0:
                return True
        except subprocess.TimeoutExpired:
            threading.Thread(target=process.wait, name="opener", daemon=True).start()
            return True
    return False


def open_page(path: Path) -> bool:
    """Show an HTML file in the user's browser; could it be?"""
    if sys.platform == "win32":
        try:
            os.startfile(path)  # noqa: S606 - a file that we wrote, in the program that the user chose for pages
        except OSError:
            return False
        return True
    return hand_over(path, page_openers())


def page_openers() -> list[list[str]]:
    """What opens a page in a window, best first; nothing where there is no window to open it in."""
    if sys.platform == "darwin":
        return [["open"]]
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        return []
    known = (("xdg-open",), ("gio", "open"), ("x-www-browser",), ("firefox",), ("chromium",))
    return [[program, *rest] for name, *rest in known if (program := shutil.which(name))]


def environment() -> dict[str, str]:
    """Ours, without what makes a process end with its parent."""
    return {name: value for name, value in os.environ.items() if name != SUPERVISED}
