"""What she asks of the desktop that she stands on, whatever system it is; and which answer fits this one.

How each system is asked stands in `x11`, `windows` and `macos`.
"""

from __future__ import annotations

import sys
import tkinter as tk
from dataclasses import dataclass
from typing import Protocol

from alisa.runtime.logs import get_logger
from overlay.desktop.geometry import Monitor, Rect

_log = get_logger("overlay.desktop")


@dataclass(frozen=True, slots=True)
class Program:
    """A window of somebody else, as far as she cares."""

    area: Rect
    full_screen: bool
    """it wants the whole screen for itself"""
    shown: bool
    """it can be seen now: not minimised, not on another virtual desktop"""


class Desktop(Protocol):
    """The desktop, asked about once a second; each question is cheap, and none of them raises."""

    def monitors(self) -> tuple[Monitor, ...]:
        """Return all monitors, never none."""

    def active(self) -> int | None:
        """Return the number of the window that the user works with, None if there is none or it is the desktop."""

    def program(self, window: int) -> Program | None:
        """Return that window, None if it is gone."""

    def close(self) -> None:
        """Let go of what was opened to ask."""


class PlainDesktop:
    """One screen, of which Tk knows the size, and no knowledge of other programs: where nothing better answers."""

    def __init__(self, root: tk.Misc) -> None:
        self._root = root

    def monitors(self) -> tuple[Monitor, ...]:
        area = Rect(
            self._root.winfo_vrootx(),
            self._root.winfo_vrooty(),
            self._root.winfo_screenwidth(),
            self._root.winfo_screenheight(),
        )
        return (Monitor("screen", area, area, primary=True),)

    def active(self) -> int | None:
        return None

    def program(self, window: int) -> Program | None:  # noqa: ARG002 - nothing is known of any
        return None

    def close(self) -> None:
        """Nothing was opened."""


def open_desktop(root: tk.Misc) -> Desktop:
    """Return the desktop that `root` is on; where the system cannot be asked, the plain one."""
    try:
        if root.tk.call("tk", "windowingsystem") == "x11":
            from overlay.desktop.x11 import X11Desktop

            return X11Desktop(root.winfo_screen())
        if sys.platform == "win32":
            from overlay.desktop.windows import WindowsDesktop

            return WindowsDesktop()
        if sys.platform == "darwin":
            from overlay.desktop.macos import MacDesktop

            return MacDesktop()
    except Exception as error:  # noqa: BLE001 - whatever keeps the system from answering, she stands on the plain one
        _log.warning("the desktop cannot be asked about monitors and programs", reason=str(error))
    return PlainDesktop(root)
