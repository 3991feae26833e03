"""A speaker as a sink: what is written goes out through PortAudio, and how much of it was heard is known.

The audio callback takes a block, tells the reference of it, and never waits. What the device is, and whether
it is there, is its keeper's business.
"""

from __future__ import annotations

import asyncio
import threading
import time
from types import TracebackType
from typing import Any, Self

import numpy as np

from voice.audio.buffers import Growing
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
_LEAD_SECONDS = 0.02
"""microphones have been seen to tell their times up to 11 ms wrong (PulseAudio)"""
_REST_BLOCKS = 1000
"""after ten seconds of silence the device stands still, until something is written or expected"""
_CALM_BLOCKS = 30
"""of silence, before a device is opened anew with another buffer"""
_LONGEST_DELAY_SECONDS = 2.0

_growing = Growing()


class Speaker:
    """The speaker whose name has `wanted` in it; the system's for an empty name."""

    def __init__(self, wanted: str = "") -> None:
        self.rate = RATE
        self.reference = Reference(RATE, _LEAD_SECONDS)
        self._playback = Playback(RATE)
        self._keeper = Keeper("output", wanted, self._opened, self._changed, lambda: _growing.buffer)
        self._clock = SteadyClock(FRAME_SECONDS)
        self._delay = 0.0
        self._power = threading.Lock()
        self._resting = False
        """nothing is given to a device that is about to be emptied, or stands still"""

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
        begin = self._playback.write(samples)
        self.prepare()
        return begin

    def prepare(self) -> None:
        """Something will be written soon: let the device run, if it stands still."""
        with self._power:
            if self._resting:
                self._keeper.wake()

    def played(self) -> int:
        """Return the position that is heard now."""
        return self._playback.played(time.monotonic())

    def pending(self) -> int:
        """Return how many samples are written and not yet heard."""
        return self._playback.pending(time.monotonic())

    def clear(self, fade_seconds: float = 0.01) -> int:
        """Fall silent at once. Returns the position at which the sound ends."""
        if self.state is not State.LIVE:
            return self._playback.clear(0.0)
        if self._delay <= _LATE_SECONDS:
            return self._playback.clear(fade_seconds)
        with self._power:
            if self.pending() and not self._resting:
                self._resting = True
                self._keeper.rest()
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
        trailing = changes = False
        silent = 0

        def callback(out: Any, _frames: int, times: Any, status: Any) -> None:
            nonlocal trailing, silent, changes
            now = time.monotonic()
            delay = min(max(times.outputBufferDacTime - times.currentTime, 0.0), _LONGEST_DELAY_SECONDS)
            at = clock.at(now, times.currentTime, times.currentTime + delay)
            self._delay = at - now
            self._keeper.called()
            if self._resting or (self._playback.empty and not trailing):
                silent += 1
                self._playback.pass_by(size)
                out.fill(0.0)
                if silent == _REST_BLOCKS:
                    silent = 0
                    self._rest()
                elif changes and silent == _CALM_BLOCKS:
                    changes = False
                    self._keeper.open_anew()
                return
            silent = 0
            changes = _growing.sounded(FRAME_SECONDS, dry=bool(status.output_underflow)) or changes
            block = np.empty(size, np.float32)
            trailing = self._playback.take(block, at + resampler.delay_seconds)
            self.reference.add(block, at + resampler.delay_seconds)
            out[:] = resampler.feed(block)[:, None]

        return {"callback": callback}

    def _rest(self) -> None:
        with self._power:
            if self._playback.empty and not self._resting:
                self._resting = True
                self._keeper.rest()

    def _changed(self, state: State) -> None:
        with self._power:
            self._clock.restart()
            self._playback.pass_by(self.rate)  # a loudness on its way has arrived meanwhile
            if state is State.LIVE:
                _growing.began()
                self._resting = self._resting and not self._keeper.awake
