"""Which desktop answers here: X11, Windows, macOS or a scripted one; and what each of them can be asked."""

from __future__ import annotations

import importlib
import os
import sys
from typing import Protocol, cast

from alisa.runtime.errors import MissingError
from vision.desktop.window import Monitor, Window


class Desktop(Protocol):
    """The desktop, asked every second or two, always from the same thread; each question is cheap.

    A question about what is gone is answered with None; a desktop that is gone itself raises MissingError.
    """

    def active(self) -> Window | None:
        """Return the window that the user works with; None: there is none, or it is the desktop itself."""

    def monitors(self) -> tuple[Monitor, ...]:
        """Return all monitors, never none."""

    def close(self) -> None:
        """Let go of what was opened to ask."""


def open_desktop(platform: str = sys.platform) -> Desktop:
    """Return this system's desktop. Raises MissingError where there is none to look at."""
    if platform in ("win32", "darwin"):
        module = importlib.import_module("vision.desktop." + ("windows" if platform == "win32" else "macos"))
        return cast("Desktop", module.open_desktop())
    if not os.environ.get("DISPLAY"):
        raise no_screen("DISPLAY is not set" if not os.environ.get("WAYLAND_DISPLAY") else "Wayland without XWayland")
    from vision.desktop.x11 import X11Desktop

    return X11Desktop()


def no_screen(reason: str) -> MissingError:
    """Return the error for a desktop that cannot be looked at."""
    return MissingError(
        "screen_missing",
        f"There is no screen to look at: {reason}.",
        "Start Alisa from within your desktop. On Wayland the eyes see programs only through XWayland.",
    )
