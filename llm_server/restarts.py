"""When a model server that ended is started again, and when it is given up. Pure: time is an argument."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Limits:
    """The numbers of the policy, in seconds where they are times."""

    first_pause: float = 0.25
    longest_pause: float = 10.0
    failed_starts: int = 4
    """so many failed starts in a row: given up"""
    window: float = 60.0
    ends_in_window: int = 40
    """so many ends within the window although it got ready each time: given up, too"""


@dataclass(slots=True)
class Restarts:
    """Counts the ends of the servers that ran one model."""

    limits: Limits = field(default_factory=Limits)
    _failed: int = 0
    _ends: list[float] = field(default_factory=list)

    def after_failed_start(self) -> float | None:
        """Return how long to wait before the next try, or None: no more tries."""
        self._failed += 1
        if self._failed >= self.limits.failed_starts:
            return None
        return min(self.limits.longest_pause, self.limits.first_pause * 2.0 ** (self._failed - 1))

    def after_end(self, now: float) -> float | None:
        """Return how long to wait after a server that had been ready has ended, or None: no more tries.

        Somebody was talking with her: the first try comes at once.
        """
        self._failed = 0
        self._ends = [*(at for at in self._ends if at > now - self.limits.window), now]
        return None if len(self._ends) >= self.limits.ends_in_window else 0.0
