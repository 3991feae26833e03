"""When the screen is looked at and when it is read: soon after something changed, seldom while nothing does. Pure.

A screen is read when what changed has come to rest, or has moved for long enough; and reading may take a small
share of the time only, however fast a film or a log runs by.
"""

from __future__ import annotations

from dataclasses import dataclass

FIRST_SECONDS, REST_SECONDS = 1.0, 4.0
"""Time between two looks: just after a change, and when nothing has changed for long."""
GROWTH = 1.3
SETTLE_SECONDS = 0.4
"""The next look when something moves: has it come to rest?"""
PATIENCE_SECONDS = 5.0
"""What moves for so long is read as it is."""
SHARE = 0.1
"""Of the time, reading may take so much."""
LONGEST_WAIT_SECONDS = 30.0


@dataclass(slots=True)
class Looks:
    """The rhythm of one eye."""

    _pause: float = FIRST_SECONDS
    _moving_since: float | None = None
    _read_again_at: float = 0.0

    def should_read(self, *, changed: bool, still: bool, now: float) -> bool:
        """Is it time to read, after a look that found this?"""
        if not changed:
            self._moving_since = None
            return False
        if self._moving_since is None:
            self._moving_since = now
        rested = still or now - self._moving_since >= PATIENCE_SECONDS
        return rested and now >= self._read_again_at

    def did_read(self, seconds: float, now: float) -> None:
        """Reading took so long."""
        self._moving_since = None
        self._pause = FIRST_SECONDS
        self._read_again_at = now + min(LONGEST_WAIT_SECONDS, seconds / SHARE)

    def switched(self) -> None:
        """Another window is in front: it is read as soon as it rests."""
        self._moving_since = None
        self._pause = FIRST_SECONDS
        self._read_again_at = 0.0

    def pause(self, *, unread: bool = False) -> float:
        """Return how many seconds pass until the next look."""
        if self._moving_since is not None:
            return SETTLE_SECONDS
        if unread:
            self._pause = FIRST_SECONDS
            return FIRST_SECONDS
        pause, self._pause = self._pause, min(REST_SECONDS, self._pause * GROWTH)
        return pause
