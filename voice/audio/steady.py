"""A steady clock out of trembling times: when each block of a stream was, although devices tell it roughly. Pure."""

from __future__ import annotations

_SNAP_SECONDS = 0.08
"""a stream that is so far off was interrupted"""
_SLOWEST = 0.01
"""the share of an error that is believed once the clock has settled: drift is followed within a second"""


class SteadyClock:
    """Predicts the next block from the ones before, and lets measured times only pull at it."""

    def __init__(self, block_seconds: float) -> None:
        self._block = block_seconds
        self._next: float | None = None
        self._seen = 0

    def at(self, measured: float) -> float:
        """Return when this block really is, given when the device says that it is (both in seconds)."""
        if self._next is None or abs(measured - self._next) > _SNAP_SECONDS:
            self._seen, now = 1, measured
        else:
            self._seen += 1
            now = self._next + (measured - self._next) * max(_SLOWEST, 1.0 / self._seen)
        self._next = now + self._block
        return now
