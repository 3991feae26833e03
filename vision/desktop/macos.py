"""A macOS desktop: the frontmost window from CoreGraphics, through pyobjc where it is installed, else `osascript`.

Names of windows are told only to programs that may record the screen (System Settings, Privacy & Security), and
`osascript` asks for Accessibility; without them the program is known and its title is empty. Written after Apple's
documentation and type-checked; it was not run on macOS.
"""

from __future__ import annotations

import importlib
import json
import os
import subprocess
from collections.abc import Mapping, Sequence
from typing import Any

from vision.desktop.system import no_screen
from vision.desktop.window import Box, Monitor, Window, fills, tidy_title

ANSWER_SECONDS = 4.0
ASK = """
const events = Application("System Events")
const front = events.applicationProcesses.whose({frontmost: true})[0]
let told = {app: front.name(), pid: front.unixId(), title: "", box: null}
try {
  const window = front.windows[0]
  told.title = window.name()
  told.box = window.position().concat(window.size())
} catch (error) {}
JSON.stringify(told)
"""
"""JavaScript for Automation: the frontmost program and its first window."""
_ON_SCREEN_ONLY, _NO_DESKTOP = 1, 16
"""kCGWindowListOptionOnScreenOnly, kCGWindowListExcludeDesktopElements."""
_MOST_DISPLAYS = 16


class MacDesktop:
    """Asks the system anew each time; nothing is held open."""

    def __init__(self) -> None:
        try:
            self._quartz: Any = importlib.import_module("Quartz")
        except ImportError:
            self._quartz = None

    def active(self) -> Window | None:
        if self._quartz is not None:
            listed = self._quartz.CGWindowListCopyWindowInfo(_ON_SCREEN_ONLY | _NO_DESKTOP, 0)
            return frontmost(listed or (), self.monitors(), os.getpid())
        return from_script(_run(["osascript", "-l", "JavaScript", "-e", ASK]), self.monitors())

    def monitors(self) -> tuple[Monitor, ...]:
        if self._quartz is None:
            return (Monitor(_desktop_bounds(_run(["osascript", "-e", _BOUNDS])), primary=True),)
        _, displays, count = self._quartz.CGGetActiveDisplayList(_MOST_DISPLAYS, None, None)
        if not count:
            raise no_screen("no display is on")
        first = self._quartz.CGMainDisplayID()
        return tuple(Monitor(_rect(self._quartz.CGDisplayBounds(it)), it == first) for it in displays[:count])

    def close(self) -> None:
        """Nothing is held open."""


_BOUNDS = 'tell application "Finder" to get bounds of window of desktop'


def open_desktop() -> MacDesktop:
    """Return the desktop."""
    return MacDesktop()


def frontmost(listed: Sequence[Mapping[str, Any]], monitors: tuple[Monitor, ...], own: int) -> Window | None:
    """Return the first ordinary window (layer 0) that is not ours; CoreGraphics lists them from front to back."""
    for told in listed:
        if told.get("kCGWindowLayer", 0) != 0 or told.get("kCGWindowOwnerPID") == own:
            continue
        bounds = told.get("kCGWindowBounds") or {}
        left, top, width, height = (round(float(bounds.get(side, 0))) for side in ("X", "Y", "Width", "Height"))
        if width > 0 and height > 0:
            box = (left, top, width, height)
            return Window(
                title=tidy_title(str(told.get("kCGWindowName") or "")),
                app=str(told.get("kCGWindowOwnerName") or ""),
                pid=told.get("kCGWindowOwnerPID"),
                box=box,
                fullscreen=fills(box, monitors),
            )
    return None


def from_script(answer: str, monitors: tuple[Monitor, ...]) -> Window | None:
    """Read what `ASK` answers; without a window's place, the whole main monitor is taken."""
    try:
        told = json.loads(answer)
        app, pid, title, place = str(told["app"]), int(told["pid"]), str(told["title"] or ""), told["box"]
    except (ValueError, KeyError, TypeError):
        return None
    known = isinstance(place, list) and len(place) == 4 and all(isinstance(side, (int, float)) for side in place)
    box: Box = (round(place[0]), round(place[1]), round(place[2]), round(place[3])) if known else monitors[0].box
    return Window(tidy_title(title), app, pid, box, fullscreen=known and fills(box, monitors))


def _desktop_bounds(answer: str) -> Box:
    """Read `0, 0, 1440, 900`."""
    try:
        left, top, right, bottom = (int(side) for side in answer.split(","))
    except ValueError:
        return (0, 0, 1440, 900)
    return (left, top, right - left, bottom - top)


def _rect(rect: Any) -> Box:
    return (round(rect.origin.x), round(rect.origin.y), round(rect.size.width), round(rect.size.height))


def _run(argv: list[str]) -> str:
    try:
        done = subprocess.run(argv, capture_output=True, text=True, timeout=ANSWER_SECONDS, check=False)
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
