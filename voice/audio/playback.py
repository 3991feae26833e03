"""What is to be said, as a line of samples: how much of it was heard, how it fades, how loud it is. No device.

A writer adds samples, a device takes blocks and says when each will be heard. Positions count the samples
that were written: silence between them does not count, and what was cleared never happened.
"""

from __future__ import annotations

import threading
from collections import deque

import numpy as np

from voice.audio.clips import Samples

_BLOCKS = 512
"""how many blocks are remembered: with 10 ms each, a device may be five seconds late"""


class Playback:
    """A line of samples between a writer and a device, each in a thread of its own."""

    def __init__(self, rate: int) -> None:
        self.rate = rate
        self._lock = threading.Lock()
        self._waiting: deque[Samples] = deque()
        self._written = 0
        self._taken = 0
        self._blocks: deque[tuple[float, int, int]] = deque(maxlen=_BLOCKS)  # heard at, first position, samples
        self._gain = 1.0
        self._target = 1.0
        self._step = 0.0

    def write(self, samples: Samples) -> int:
        """Say this after all before. Returns the position of its first sample. The samples are not copied."""
        with self._lock:
            begin = self._written
            if len(samples):
                self._waiting.append(samples)
                self._written += len(samples)
            return begin

    def take(self, out: Samples, at: float) -> bool:
        """Fill a block that will be heard at this time, with silence where there is nothing. Is there something?"""
        with self._lock:
            filled = self._fill(out)
            if filled:
                self._blocks.append((at, self._taken, filled))
                self._taken += filled
            if self._gain != 1.0 or self._target != 1.0:
                self._shape(out)
        return filled > 0

    def played(self, now: float) -> int:
        """Return the position that is heard now."""
        with self._lock:
            return self._played(now)

    def pending(self, now: float) -> int:
        """Return how many samples are written and not yet heard."""
        with self._lock:
            return self._written - self._played(now)

    @property
    def empty(self) -> bool:
        """Has the device taken everything?"""
        return self._taken == self._written

    def clear(self, fade_seconds: float) -> int:
        """Drop what no device has taken, but for a short fade. Returns the position at which the sound ends."""
        with self._lock:
            tail = np.zeros(min(round(fade_seconds * self.rate), self._written - self._taken), np.float32)
            taken = self._fill(tail)
            self._waiting.clear()
            self._written = self._taken + taken
            if taken:
                self._waiting.append(tail * np.linspace(1.0, 0.0, taken, dtype=np.float32))
            return self._written

    def cut(self, now: float) -> int:
        """Drop everything that is not heard yet, the blocks that the device took included. Returns the position."""
        with self._lock:
            self._waiting.clear()
            self._written = self._taken = self._played(now)
            self._blocks.clear()
            return self._written

    def gain(self, target: float, seconds: float) -> None:
        """Go to this loudness evenly over so many seconds of what is taken."""
        with self._lock:
            self._target = max(0.0, target)
            self._step = (self._target - self._gain) / max(1.0, seconds * self.rate)

    def pass_by(self, samples: int) -> None:
        """Let so much silence pass without taking it: a loudness on its way arrives."""
        with self._lock:
            if self._gain != self._target:
                left = (self._target - self._gain) / self._step
                self._gain = self._target if left <= samples else self._gain + self._step * samples

    def _played(self, now: float) -> int:
        for at, position, samples in reversed(self._blocks):
            if at <= now:
                return position + min(samples, int((now - at) * self.rate + 0.5))
        return self._blocks[0][1] if self._blocks else self._taken

    def _fill(self, out: Samples) -> int:
        filled = 0
        while self._waiting and filled < len(out):
            head = self._waiting[0]
            count = min(len(head), len(out) - filled)
            out[filled : filled + count] = head[:count]
            filled += count
            if count == len(head):
                self._waiting.popleft()
            else:
                self._waiting[0] = head[count:]
        out[filled:] = 0.0
        return filled

    def _shape(self, out: Samples) -> None:
        """Apply the loudness, on its way to where it shall be."""
        if self._gain == self._target:
            out *= np.float32(self._gain)
        else:
            ramp = self._gain + self._step * np.arange(1, len(out) + 1, dtype=np.float32)
            low, high = sorted((self._gain, self._target))
            np.clip(ramp, low, high, out=ramp)
            out *= ramp
            self._gain = self._target if ramp[-1] == np.float32(self._target) else float(ramp[-1])
        if self._gain > 1.0 or self._target > 1.0:
            np.clip(out, -1.0, 1.0, out=out)
