"""Where she may stand: rectangles and monitors as values, and the rules that keep her in sight.

Pure: no window, no screen, no clock. Lengths are pixels of the desktop; the origin is the desktop's upper left
corner, right and down are positive, and both may be negative (a monitor to the left of the first one).

She stands on her *feet*, the middle of her lower edge: what stays in place when her size changes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

SNAP_PIXELS = 16
"""How near to an edge she is pulled to it."""
SMALLEST, LARGEST = 0.5, 3.0
"""The limits of her size; 1.0 is 256 by 384 pixels."""
SCALE_STEP = 0.1
"""What one notch of the wheel changes."""
_MARGIN = 24
"""How far from the corner she stands when nobody has placed her yet."""


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle on the desktop; `right` and `bottom` are the first column and row that no longer belong to it."""

    x: int
    y: int
    width: int
    height: int

    @property
    def right(self) -> int:
        return self.x + self.width

    @property
    def bottom(self) -> int:
        return self.y + self.height

    @property
    def size(self) -> tuple[int, int]:
        return self.width, self.height

    @property
    def feet(self) -> tuple[int, int]:
        """The middle of the lower edge."""
        return self.x + self.width // 2, self.bottom

    def moved_to(self, x: int, y: int) -> Rect:
        return Rect(x, y, self.width, self.height)

    def overlap(self, other: Rect) -> Rect:
        """Return what both share; its width and height are 0 where they share nothing."""
        x, y = max(self.x, other.x), max(self.y, other.y)
        return Rect(x, y, max(0, min(self.right, other.right) - x), max(0, min(self.bottom, other.bottom) - y))

    def shares(self, other: Rect) -> int:
        """Return how many pixels both share."""
        common = self.overlap(other)
        return common.width * common.height

    def covers(self, other: Rect) -> bool:
        """Does nothing of `other` stick out?"""
        return self.overlap(other) == other


@dataclass(frozen=True, slots=True)
class Monitor:
    """One screen of the desktop."""

    name: str
    area: Rect
    work: Rect
    """`area` without panels and docks, where those are known"""
    primary: bool = False


Arrangement = Sequence[Monitor]
"""All monitors, never none."""


def arrangement_key(monitors: Arrangement) -> str:
    """Return one name for this arrangement of monitors: the same screens at the same places give the same name."""
    areas = sorted({(m.area.x, m.area.y, m.area.width, m.area.height) for m in monitors})
    return " ".join(f"{width}x{height}{x:+d}{y:+d}" for x, y, width, height in areas)


def monitor_of(rect: Rect, monitors: Arrangement) -> Monitor:
    """Return the monitor that shows most of `rect`; where none does, the nearest one."""
    return max(monitors, key=lambda monitor: (rect.shares(monitor.area), -_distance(rect, monitor.area)))


def keep_in_sight(rect: Rect, monitors: Arrangement) -> Rect:
    """Return the nearest place at which a good part of her shows.

    On one monitor at least, half her width and half her height are seen (or all of that monitor, if it is smaller),
    and no more than a quarter of her is cut off above: her face is what one wants to see.
    """
    candidates = [_kept_on(rect, monitor.area) for monitor in monitors]
    return min(candidates, key=lambda kept: (kept.x - rect.x) ** 2 + (kept.y - rect.y) ** 2)


def snap(rect: Rect, monitor: Monitor, reach: int = SNAP_PIXELS) -> Rect:
    """Return `rect` pulled to the edges of its monitor, or of the panels there, that are within `reach` pixels."""
    columns = [edge for area in (monitor.work, monitor.area) for edge in (area.x, area.right - rect.width)]
    rows = [edge for area in (monitor.work, monitor.area) for edge in (area.y, area.bottom - rect.height)]
    return rect.moved_to(_pulled(rect.x, columns, reach), _pulled(rect.y, rows, reach))


def standing_at(feet: tuple[int, int], size: tuple[int, int]) -> Rect:
    """Return the rectangle of this size that stands there."""
    width, height = size
    return Rect(feet[0] - width // 2, feet[1] - height, width, height)


def first_place(size: tuple[int, int], monitors: Arrangement) -> Rect:
    """Return where she stands when nobody has placed her yet: the lower right corner of the first monitor."""
    work = next((monitor for monitor in monitors if monitor.primary), monitors[0]).work
    width, height = size
    return keep_in_sight(Rect(work.right - width - _MARGIN, work.bottom - height, width, height), monitors)


def rehomed(rect: Rect, before: Arrangement, after: Arrangement) -> Rect:
    """Return where she stands when the monitors change under her.

    Her monitor is still there (under its name): the same place on it, in proportion if its size changed.
    It is gone: the same place, in proportion, on the one that is nearest now.
    """
    old = monitor_of(rect, before)
    new = next((monitor for monitor in after if monitor.name == old.name), None) or monitor_of(rect, after)
    moved = rect.moved_to(
        _in_proportion(rect.x, rect.width, (old.work.x, old.work.width), (new.work.x, new.work.width)),
        _in_proportion(rect.y, rect.height, (old.work.y, old.work.height), (new.work.y, new.work.height)),
    )
    return keep_in_sight(moved, after)


def clamp_scale(scale: float) -> float:
    """Return the nearest size that she can have, in whole hundredths."""
    return round(min(LARGEST, max(SMALLEST, scale)), 2)


def scaled_by(scale: float, notches: int) -> float:
    """Return the size after the wheel turned by so many notches, up is positive; as many back give the size before."""
    return clamp_scale(scale + notches * SCALE_STEP)


def _kept_on(rect: Rect, area: Rect) -> Rect:
    """Return the nearest place at which enough of her shows on this monitor."""
    width, height = min(rect.width // 2, area.width), min(rect.height // 2, area.height)
    x = min(max(rect.x, area.x - (rect.width - width)), area.right - width)
    y = min(max(rect.y, area.y - rect.height // 4), area.bottom - height)
    return rect.moved_to(x, y)


def _pulled(value: int, edges: list[int], reach: int) -> int:
    nearest = min(edges, key=lambda edge: abs(edge - value))
    return nearest if abs(nearest - value) <= reach else value


def _in_proportion(at: int, length: int, old: tuple[int, int], new: tuple[int, int]) -> int:
    """Return the place along one axis that shares the room before and after her as it was shared on the old one."""
    old_start, old_length = old
    new_start, new_length = new
    old_room, new_room = old_length - length, new_length - length
    if old_room == new_room or old_room <= 0 or new_room <= 0:
        return new_start + at - old_start
    return new_start + round((at - old_start) * new_room / old_room)


def _distance(rect: Rect, area: Rect) -> int:
    """Return the square of how far the middle of `rect` lies outside of `area`."""
    x, y = rect.x + rect.width // 2, rect.y + rect.height // 2
    dx = max(area.x - x, 0, x - area.right)
    dy = max(area.y - y, 0, y - area.bottom)
    return dx * dx + dy * dy
