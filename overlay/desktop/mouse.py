"""What a hand on her means: a press that moves is a drag, one that does not is a poke; a wheel turns in notches.

Pure: it is told where the pointer is and says what to do. Which window, which buttons and which system, is not known.
"""

from __future__ import annotations

from dataclasses import dataclass

DRAG_PIXELS = 4
"""A pointer that moved less between press and release has not dragged her: hands tremble."""
_DELTA_PER_NOTCH = 120
"""Windows' WHEEL_DELTA; Tk reports it there, and fine wheels report parts of it."""


@dataclass(slots=True)
class Grip:
    """One press of the left button, until its release."""

    pointer: tuple[int, int]
    """where the pointer was when she was gripped"""
    corner: tuple[int, int]
    """where her upper left corner was then"""
    dragging: bool = False

    def pull(self, pointer: tuple[int, int]) -> tuple[int, int] | None:
        """Return where her corner goes with the pointer there; None while that is no drag."""
        dx, dy = pointer[0] - self.pointer[0], pointer[1] - self.pointer[1]
        if max(abs(dx), abs(dy)) >= DRAG_PIXELS:
            self.dragging = True
        return (self.corner[0] + dx, self.corner[1] + dy) if self.dragging else None


class Wheel:
    """Adds up what a wheel reports, until it makes whole notches."""

    def __init__(self, per_notch: int = _DELTA_PER_NOTCH) -> None:
        self._per_notch = per_notch
        self._rest = 0

    @classmethod
    def of(cls, windowing_system: str) -> Wheel:
        """Return the wheel of Tk's windowing system: `aqua` counts notches, the others 120ths of one."""
        return cls(1 if windowing_system == "aqua" else _DELTA_PER_NOTCH)

    def turn(self, delta: int) -> int:
        """Return how many whole notches this turn completes; up is positive. A change of direction starts anew."""
        if self._rest * delta < 0:
            self._rest = 0
        self._rest += delta
        notches = int(self._rest / self._per_notch)
        self._rest -= notches * self._per_notch
        return notches
