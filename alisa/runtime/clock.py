"""Time as an argument: what the time is, for logic that must not look at the wall itself.

Waiting is not here: `asyncio.sleep` waits, and the tests' event loop makes that virtual.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Something that knows what time it is."""

    def now(self) -> datetime:
        """The time of day, aware, in UTC."""
        ...

    def monotonic(self) -> float:
        """Seconds since an arbitrary moment; never goes back."""
        ...


class SystemClock:
    """The clock of the machine."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def monotonic(self) -> float:
        return time.monotonic()


class ManualClock:
    """A clock that stands still until it is moved, for tests."""

    def __init__(self, now: datetime = datetime(2026, 11, 21, 20, 14, tzinfo=UTC)) -> None:
        if now.tzinfo is None:
            raise ValueError("a clock needs an aware time")
        self._start = self._now = now.astimezone(UTC)

    def now(self) -> datetime:
        return self._now

    def monotonic(self) -> float:
        return (self._now - self._start).total_seconds()

    def advance(self, seconds: float) -> None:
        """Let this many seconds pass."""
        if seconds < 0:
            raise ValueError("time does not go back")
        self._now += timedelta(seconds=seconds)
