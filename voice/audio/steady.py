"""A steady clock out of what an audio device says: when each block of a stream is heard, on this process's clock.

PortAudio tells times on a clock of its own; what lies between the two is measured at each call, of which the
promptest is right. The device's times themselves are off while it begins, and tremble a little after. Pure.
"""

from __future__ import annotations

_OTHER_CLOCK_SECONDS = 0.5
"""a call is never so late: one of the clocks was set"""
_BEGINNING = 4
"""the blocks that a device asks for before it really runs: their times are guesses"""


class SteadyClock:
    """Predicts the next block from the ones before, and lets measured times only pull at it."""

    def __init__(self, block_seconds: float, snap_seconds: float = 0.02, share: float = 0.1) -> None:
        """A stream that is more than `snap_seconds` off was interrupted; of less, this `share` is believed."""
        self._snap = snap_seconds
        self._share = share
        self._block = block_seconds
        self._between = float("inf")
        self._next = 0.0
        self._seen = 0

    def restart(self) -> None:
        """The stream begins anew."""
        self._seen = 0

    def at(self, now: float, current: float, event: float) -> float:
        """Return when this block is heard, on the clock of `now`.

        `current` and `event` are PortAudio's times of the call and of the block, all in seconds.
        """
        between = now - current
        if abs(between - self._between) > _OTHER_CLOCK_SECONDS:
            self._between, self._seen, self._next = between, 0, event + between
        self._between = min(self._between, between)
        measured = event + self._between
        self._seen += 1
        error = measured - self._next
        share = 1.0 if abs(error) > self._snap else max(self._share, 1.0 / max(1, self._seen - _BEGINNING))
        here = max(self._next + error * share, self._next - self._block)  # time never goes back
        self._next = here + self._block
        return here
