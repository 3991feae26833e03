"""What goes out of the speaker, on the clock of what comes in: the reference of an echo canceller.

The sink adds blocks with the time at which they leave it; the canceller asks what left at a time. Adding is
cheap and safe in an audio callback. How an echo is removed is not known here.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

import numpy as np

from voice.audio.clips import Samples
from voice.audio.rates import FRAMES_PER_SECOND, FrameResampler

_RATE = 16000
_KEPT_SECONDS = 2.0
"""the longest way from the sink to the ear (a Bluetooth headset: 0.3 s), with room to spare"""
_SLACK = 32
"""2 ms: times of a device tremble by so much; a stream that is less far off goes on without a seam"""


class Reference:
    """A ring of what was played, at 16 kHz, addressed by time."""

    def __init__(self, rate: int, lead_seconds: float = 0.0, refresh: Callable[[], object] = lambda: None) -> None:
        """`refresh` is called before reading, for a sink that nobody drives."""
        self.rate = rate
        self.lead_seconds = lead_seconds
        """how far it should be read ahead: an echo must never seem to come before its cause, however roughly the
        sink tells its times"""
        self._refresh = refresh
        self._last_sound = float("-inf")
        self._arrived: deque[tuple[float, Samples]] = deque(maxlen=int(_KEPT_SECONDS * FRAMES_PER_SECOND))
        self._resampler = FrameResampler(rate, _RATE)
        self._ring = np.zeros(int(_KEPT_SECONDS * _RATE), np.float32)
        self._end = 0  # the sample after the newest one
        self._next = 0  # the sample that the reader should ask for next

    def add(self, block: Samples, at: float) -> None:
        """Add 10 ms that leave the speaker at this time. Only what can be heard, and one silent block after it.

        `block` is kept: the caller writes into another one next time.
        """
        self._arrived.append((at, block))
        self._last_sound = at

    def sounded_since(self, at: float) -> bool:
        """Did anything leave the speaker since this time, in seconds on the loop's clock?"""
        self._refresh()
        return self._last_sound >= at

    def played_at(self, at: float, samples: int) -> Samples:
        """Return what left the speaker from this time on, shape (samples,) at 16 kHz. For one reader."""
        while self._arrived:
            self._place(*self._arrived.popleft())
        begin = _continued(round(at * _RATE), self._next)
        self._next = begin + samples
        index = np.arange(begin, begin + samples)
        known = (index < self._end) & (index >= self._end - len(self._ring))
        return np.where(known, self._ring[index % len(self._ring)], np.float32(0.0))

    def _place(self, at: float, block: Samples) -> None:
        """Put 10 ms into the ring, silence before them where there was none."""
        frame = self._resampler.feed(block)
        begin = _continued(round((at - self._resampler.delay_seconds) * _RATE), self._end)
        if begin + len(frame) <= self._end:
            return  # older than what is there: the device's clock jumped back
        size = len(self._ring)
        gap = np.arange(max(self._end, begin - size), begin)
        self._ring[gap % size] = 0.0
        self._ring[np.arange(begin, begin + len(frame)) % size] = frame
        self._end = begin + len(frame)


def _continued(index: int, expected: int) -> int:
    return expected if abs(index - expected) <= _SLACK else index
