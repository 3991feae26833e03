"""Is a full-screen program in front, on her monitor? Then she steps aside until it is gone.

How a system tells about windows is not known here; neither is how she hides.
"""

from __future__ import annotations

from overlay.desktop.geometry import Rect
from overlay.desktop.system import Desktop, Program

_FILLS = 0.95
"""The share of a monitor that a program must cover: scaled desktops are off by a pixel or two."""


class FullScreenWatch:
    """Asks the desktop, and remembers which program was full screen last.

    A film goes on when the user works on another monitor: she comes back to this one only when the film is gone
    from it, or when the user turns to another window on it.
    """

    def __init__(self, desktop: Desktop) -> None:
        self._desktop = desktop
        self._last: int | None = None

    def in_front(self, area: Rect) -> bool:
        """Does a full-screen program show on the monitor with this area?"""
        active = self._desktop.active()
        program = None if active is None else self._desktop.program(active)
        if program is not None and _fills(program, area):
            self._last = active
            return True
        if self._last is None:
            return False
        if active == self._last or (program is not None and _is_on(program, area)):
            self._last = None
            return False
        film = self._desktop.program(self._last)
        if film is not None and _fills(film, area):
            return True
        self._last = None
        return False


def _fills(program: Program, area: Rect) -> bool:
    wanted = area.width * area.height * _FILLS
    return program.shown and program.full_screen and program.area.shares(area) >= wanted


def _is_on(program: Program, area: Rect) -> bool:
    """Is most of that program's window on this monitor?"""
    return program.area.shares(area) * 2 > program.area.width * program.area.height
