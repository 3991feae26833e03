"""Where the bubble stands: above her, else beside, else below; never off the screen, with a tail that points at her.

Pure. Lengths are pixels of the desktop.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from overlay.desktop.geometry import Arrangement, Rect, monitor_of

FACE = 0.27
"""How far down her picture her face is, as a part of its height."""


class Side(StrEnum):
    """Where the bubble stands, seen from her. Its tail is on the opposite side of the bubble."""

    ABOVE = "above"
    LEFT = "left"
    RIGHT = "right"
    BELOW = "below"


@dataclass(frozen=True, slots=True)
class Place:
    """The rectangle of the bubble without its tail, the side, and where along that side its tail begins."""

    body: Rect
    side: Side
    tail_at: int
    """the middle of the tail's root: pixels from the left edge of the body, or from the upper one"""


def place_bubble(size: tuple[int, int], her: Rect, monitors: Arrangement, tail: int, corner: int) -> Place:
    """The place of a bubble of this size, whose tail is `tail` long and keeps `corner` away from its corners.

    Where there is room nowhere, it covers a part of her rather than leave the screen.
    """
    work = monitor_of(her, monitors).work
    width, height = size
    x = _clamped(her.x + her.width // 2 - width // 2, width, work.x, work.right)
    y = _clamped(her.y + round(her.height * FACE) - height // 2, height, work.y, work.bottom)
    above, below = Rect(x, her.y - tail - height, width, height), Rect(x, her.bottom + tail, width, height)
    left, right = Rect(her.x - tail - width, y, width, height), Rect(her.right + tail, y, width, height)
    beside = [(Side.LEFT, left), (Side.RIGHT, right)]
    if work.right - her.right > her.x - work.x:
        beside.reverse()
    candidates = [(Side.ABOVE, above), *beside, (Side.BELOW, below)]
    side, body = next(((side, body) for side, body in candidates if work.covers(body)), candidates[0])
    body = body.moved_to(_clamped(body.x, width, work.x, work.right), _clamped(body.y, height, work.y, work.bottom))
    if side in (Side.ABOVE, Side.BELOW):
        return Place(body, side, _off_corners(her.x + her.width // 2 - body.x, width, corner))
    return Place(body, side, _off_corners(her.y + round(her.height * FACE) - body.y, height, corner))


def place_entry(size: tuple[int, int], her: Rect, monitors: Arrangement) -> Rect:
    """Where the user types to her: over her lower edge, as close as the screen allows."""
    work = monitor_of(her, monitors).work
    width, height = size
    x = _clamped(her.x + her.width // 2 - width // 2, width, work.x, work.right)
    y = _clamped(her.bottom - height - height // 4, height, work.y, work.bottom)
    return Rect(x, y, width, height)


def _off_corners(at: int, length: int, corner: int) -> int:
    """Where the tail's root is along a side; in the middle of one that is all corners."""
    return length // 2 if length < 2 * corner else max(corner, min(at, length - corner))


def _clamped(at: int, length: int, least: int, most: int) -> int:
    return max(least, min(at, most - length))
