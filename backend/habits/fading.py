"""Counts that fade: what happened long ago weighs less, by half in each half-life.

A count is kept as it stood at one moment and faded when it is read or added to, so how often somebody looks changes
nothing. Time is an argument. A clock that was set back a little loses nothing; one that was set back by more than a
day makes its new time the moment from which counts fade on.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

SET_BACK = timedelta(days=1)
NOTHING = 1e-6
"""A count that has faded below this is dropped."""

Key = tuple[str, ...]


class Faded:
    """Counts by key, at the most `most` of them: the smallest ones make room."""

    def __init__(self, half_life: timedelta, most: int) -> None:
        self.half_life = half_life
        self.most = most
        self.as_of: datetime | None = None
        self._counts: dict[Key, float] = {}

    def add(self, key: Key, amount: float, at: datetime) -> None:
        """Count something that happened at a time."""
        weight = 1.0
        if self.as_of is not None and self.as_of - SET_BACK < at < self.as_of:
            weight = self._fade(self.as_of - at)  # it came late, or the clock was set back a little
        else:
            self._pass_to(at)
        self._counts[key] = self._counts.get(key, 0.0) + amount * weight
        if len(self._counts) > self.most:
            del self._counts[min(self._counts, key=lambda each: (self._counts[each], each))]

    def get(self, key: Key, at: datetime) -> float:
        """A count as it stands at a time."""
        return self._counts.get(key, 0.0) * self._since(at)

    def items(self, at: datetime) -> Iterator[tuple[Key, float]]:
        """Every count as it stands at a time."""
        since = self._since(at)
        return ((key, count * since) for key, count in self._counts.items())

    def total(self, at: datetime) -> float:
        """All counts together."""
        return sum(self._counts.values()) * self._since(at)

    def clear(self) -> None:
        """Forget everything."""
        self._counts.clear()
        self.as_of = None

    def kept(self) -> Mapping[Key, float]:
        """The counts as they stood at `as_of`, for keeping them."""
        return dict(self._counts)

    def restore(self, counts: Mapping[Key, float], as_of: datetime | None) -> None:
        """Take over counts that were kept."""
        newest = sorted(counts.items(), key=lambda item: -item[1])[: self.most]
        self._counts, self.as_of = dict(newest), as_of

    def __len__(self) -> int:
        return len(self._counts)

    def _pass_to(self, at: datetime) -> None:
        if self.as_of is not None and at > self.as_of:
            fade = self._fade(at - self.as_of)
            faded = ((key, count * fade) for key, count in self._counts.items())
            self._counts = {key: count for key, count in faded if count > NOTHING}
        self.as_of = at

    def _since(self, at: datetime) -> float:
        return self._fade(at - self.as_of) if self.as_of is not None and at > self.as_of else 1.0

    def _fade(self, span: timedelta) -> float:
        return math.pow(0.5, span / self.half_life)
