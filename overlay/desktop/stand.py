"""Where she stands now, and why: put there by hand, remembered, or moved because the monitors changed.

The place is a value of geometry; what shows her there is not known here. Her feet are where somebody put them, even
while a large picture has to be kept in sight elsewhere: made small again, she stands on them as before.
"""

from __future__ import annotations

from collections.abc import Callable

from overlay.desktop.geometry import (
    Arrangement,
    Monitor,
    Rect,
    arrangement_key,
    clamp_scale,
    first_place,
    keep_in_sight,
    monitor_of,
    rehomed,
    snap,
    standing_at,
)
from overlay.desktop.placement import Place, Placements

Sizes = Callable[[float], tuple[int, int]]
"""How large her picture is at a scale, in pixels."""


class Stand:
    """Her place on the desktop."""

    def __init__(self, placements: Placements, monitors: Arrangement, sizes: Sizes, scale: float) -> None:
        self._placements = placements
        self._sizes = sizes
        self._monitors = tuple(monitors)
        self._stood: dict[str, Place] = {}
        place = placements.recall(self._key)
        self.scale = place.scale if place else clamp_scale(placements.latest_scale or scale)
        self._feet = (place.x, place.y) if place else first_place(sizes(self.scale), self._monitors).feet
        self.place = self._in_sight()

    @property
    def monitors(self) -> tuple[Monitor, ...]:
        return self._monitors

    @property
    def monitor(self) -> Monitor:
        """The monitor that she is on."""
        return monitor_of(self.place, self._monitors)

    def drag_to(self, x: int, y: int) -> None:
        """Follow the hand; nothing keeps her until it lets go."""
        self.place = self.place.moved_to(x, y)

    def drop(self, snap_pixels: int) -> None:
        """Stay where the hand let go: pulled to an edge that is near, a good part of her in sight."""
        dropped = self.place
        if snap_pixels:
            dropped = snap(dropped, self.monitor, snap_pixels)
        self.place = keep_in_sight(dropped, self._monitors)
        self._feet = self.place.feet
        self.remember()

    def resize(self, scale: float) -> None:
        """Have another size, on the same feet."""
        self.scale = clamp_scale(scale)
        self.place = self._in_sight()

    def rearrange(self, monitors: Arrangement) -> bool:
        """Find a place on monitors that have changed: the one she had on them before, if any. Has it changed?"""
        if tuple(monitors) == self._monitors:
            return False
        before, place, scale = self._monitors, self.place, self.scale
        self._stood[self._key] = Place(*self._feet, self.scale)
        self._monitors = tuple(monitors)
        known = self._stood.get(self._key) or self._placements.recall(self._key)
        if known is not None:
            self.scale, self._feet = known.scale, (known.x, known.y)
        else:
            self._feet = rehomed(self.place, before, self._monitors).feet
        self.place = self._in_sight()
        return (self.place, self.scale) != (place, scale)

    def remember(self) -> None:
        """Keep place and size for this arrangement of monitors, over the end of this process."""
        self._placements.remember(self._key, Place(*self._feet, self.scale))

    @property
    def _key(self) -> str:
        return arrangement_key(self._monitors)

    def _in_sight(self) -> Rect:
        return keep_in_sight(standing_at(self._feet, self._sizes(self.scale)), self._monitors)
