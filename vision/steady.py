"""A value that does not flicker: something new counts when it was seen several times over a while; pure.

What the value is, and how long each has to hold, is not known here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Hold:
    """What is asked of something new before it counts."""

    seconds: float
    """it was seen for so long, and nothing else in between"""
    looks: int = 2
    """it was seen so many times in a row"""


@dataclass(frozen=True, slots=True)
class Steady(Generic[T]):
    """What counts now, and what may become it. Made new by each look."""

    value: T
    candidate: T | None = None
    """what was seen last, while it is not what counts"""
    since: float = 0.0
    """when the candidate was seen first"""
    looks: int = 0
    """how often, without anything else in between"""

    @property
    def unsettled(self) -> bool:
        """Whether something else than what counts was seen last."""
        return self.looks > 0

    def seen(self, what: T, at: float, hold: Hold) -> Steady[T]:
        """Return what counts after `what` was seen at `at` (seconds, never going back)."""
        if what == self.value:
            return Steady(self.value)
        again = self.looks > 0 and what == self.candidate
        since, looks = (self.since, self.looks + 1) if again else (at, 1)
        if looks >= hold.looks and at - since >= hold.seconds:
            return Steady(what)
        return Steady(self.value, what, since, looks)
