"""A speaker as a sink: what is written goes out through PortAudio, and how much of it was heard is known.

The audio callback takes a block, tells the reference of it, and never waits. What the device is, and whether
it is there, is its keeper's business.
"""

from __future__ import annotations

import asyncio
import time
from types import TracebackType
from typing import Any, Self

import numpy as np

from voice.audio.clips import Samples
from voice.audio.devices import Device
from voice.audio.keeper import Keeper
from voice.audio.playback import Playback
from voice.audio.rates import FRAMES_PER_SECOND, FrameResampler
from voice.audio.reference import Reference
from voice.audio.steady import SteadyClock
from voice.audio.streams import FRAME_SECONDS, State

RATE = 48000
"""what is written; a device of another rate gets it resampled block by block"""
_LATE_SECONDS = 0.015
"""a device that holds more than this is emptied to fall silent at once, instead of fading"""
_LONGEST_DELAY_SECONDS = 2.0


class Speaker:
    """The speaker whose name has `wanted` in it; the system's for an empty name."""

    def __init__(self, wanted: str = "") -> None:
        self.rate = RATE
        self.reference = Reference(RATE)
        self._playback = Playback(RATE)
        self._keeper = Keeper("output", wanted, self._opened, self._changed)
        self._clock = SteadyClock(FRAME_SECONDS)
        self._delay = 0.0
        self._restarting = False

    @property
    def state(self) -> State:
        """How it does."""
        return self._keeper.state

    @property
    def device(self) -> Device | None:
        """The device that was opened last."""
        return self._keeper.device

    @property
    def delay_seconds(self) -> float:
        """How long a block takes from here to the ear, as the device says."""
        return self._delay

    def write(self, samples: Samples) -> int:
        """Say this after all before. Returns the position of its first sample."""
        return self._playback.write(samples)

    def played(self) -> int:
        """Return the position that is heard now."""
        return self._playback.played(time.monotonic())

    def pending(self) -> int:
        """Return how many samples are written and not yet heard."""
        return self._playback.pending(time.monotonic())

    def clear(self, fade_seconds: float = 0.01) -> int:
        """Fall silent at once. Returns the position at which the sound ends."""
        if self.state is not State.LIVE or self._delay <= _LATE_SECONDS:
            return self._playback.clear(fade_seconds)
        if self.pending():
            self._restarting = True  # nothing may be given to a device that is about to be emptied
            self._keeper.restart()
        return self._playback.cut(time.monotonic())

    def gain(self, target: float, seconds: float = 0.0) -> None:
        """Go to this loudness evenly over so many seconds."""
        self._playback.gain(target, seconds)

    async def drained(self) -> None:
        """Wait until all that was written is heard or cleared."""
        while left := self.pending():  # noqa: ASYNC110 (the end is known in time, not as an event)
            await asyncio.sleep(max(left / self.rate, FRAME_SECONDS / 2))

    async def __aenter__(self) -> Self:
        """Open it; for a device that is not there, what is written waits. Raises MissingError `no_portaudio`."""
        await asyncio.to_thread(self._keeper.start)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await asyncio.to_thread(self._keeper.stop)

    # --- called from the threads of the keeper and of PortAudio --------------------------------------

    def _opened(self, _device: Device, rate: int, _channels: int) -> dict[str, Any]:
        resampler = FrameResampler(RATE, rate)
        clock = self._clock = SteadyClock(FRAME_SECONDS)
        size = RATE // FRAMES_PER_SECOND
        trailing = False

        def callback(out: Any, _frames: int, times: Any, _status: Any) -> None:
            nonlocal trailing
            now = time.monotonic()
            delay = min(max(times.outputBufferDacTime - times.currentTime, 0.0), _LONGEST_DELAY_SECONDS)
            at = clock.at(now, times.currentTime, times.currentTime + delay)
            self._delay = at - now
            self._keeper.calls += 1
            if self._restarting or (self._playback.empty and not trailing):
                self._playback.pass_by(size)
                out.fill(0.0)
                return
            block = np.empty(size, np.float32)
            trailing = self._playback.take(block, at + resampler.delay_seconds)
            self.reference.add(block, at + resampler.delay_seconds)
            out[:] = resampler.feed(block)[:, None]

        return {"callback": callback}

    def _changed(self, _state: State) -> None:
        self._clock.restart()
        self._restarting = False
