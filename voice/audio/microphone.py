"""A microphone as a source: PortAudio's blocks become frames of 10 ms at 16 kHz, with the time they were heard.

The audio callback only copies and signals; all else happens where the frames are asked for. What the device
is, and whether it is there, is its keeper's business.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections import deque
from collections.abc import AsyncIterator
from types import TracebackType
from typing import Any, Self

import numpy as np

from voice.audio import buffers
from voice.audio.clips import Samples
from voice.audio.devices import Device
from voice.audio.keeper import Keeper
from voice.audio.preroll import PreRoll
from voice.audio.rates import FrameResampler
from voice.audio.steady import SteadyClock
from voice.audio.streams import FRAME, FRAME_SECONDS, PRE_ROLL_SECONDS, RATE, Frame, State

_WAITING_FRAMES = 300
"""three seconds; a listener that is later than that misses the oldest"""
_AT_REST_FRAMES = 3
"""are told of at once while nothing is urgent: a wake-up for each costs a percent of a core"""
_BURST_SECONDS = 0.1
"""sound servers deliver several frames at once, and then none for so long"""
_LONGEST_DELAY_SECONDS = 1.0
"""what a device says about its delay beyond this is not believed"""


class Microphone:
    """The microphone whose name has `wanted` in it; the system's for an empty name."""

    def __init__(self, wanted: str = "") -> None:
        self.muted = False
        self.urgent = True
        self._keeper = Keeper("input", wanted, self._opened, self._changed, lambda: buffers.MICROPHONE)
        self._past = PreRoll(round(PRE_ROLL_SECONDS / FRAME_SECONDS))
        self._waiting: deque[tuple[Samples, float, FrameResampler]] = deque(maxlen=_WAITING_FRAMES)
        self._signalled = False
        self._arrived = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None

    @property
    def state(self) -> State:
        """How it does."""
        return self._keeper.state

    @property
    def device(self) -> Device | None:
        """The device that was opened last."""
        return self._keeper.device

    @property
    def level(self) -> float:
        """How loud it is now, in dBFS."""
        return self._past.level

    def pre_roll(self, seconds: float = PRE_ROLL_SECONDS) -> Samples:
        """Return what was yielded last."""
        return self._past.newest(round(seconds / FRAME_SECONDS))

    async def __aenter__(self) -> Self:
        """Open it; a device that is not there is waited for while iterating. Raises MissingError `no_portaudio`."""
        self._loop = asyncio.get_running_loop()
        await asyncio.to_thread(self._keeper.start)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await asyncio.to_thread(self._keeper.stop)

    async def __aiter__(self) -> AsyncIterator[Frame]:
        while self.state is not State.ENDED:
            self._signalled = False
            while self._waiting:
                samples, at, resampler = self._waiting.popleft()
                frame = np.zeros(FRAME, np.float32) if self.muted else resampler.feed(samples)
                self._past.add(frame)
                yield Frame(frame, at - resampler.delay_seconds)
            await self._arrived.wait()
            self._arrived.clear()

    # --- called from the threads of the keeper and of PortAudio --------------------------------------

    def _opened(self, _device: Device, rate: int, _channels: int) -> dict[str, Any]:
        resampler, clock = FrameResampler(rate, RATE), SteadyClock(FRAME_SECONDS, _BURST_SECONDS, 0.003)

        def callback(data: Any, _frames: int, times: Any, _status: Any) -> None:
            now = time.monotonic()
            delay = min(max(times.currentTime - times.inputBufferAdcTime, 0.0), _LONGEST_DELAY_SECONDS)
            self._keeper.called()
            at = clock.at(now, times.currentTime, times.currentTime - delay)
            self._waiting.append((data[:, 0].copy(), at, resampler))
            if not self._signalled and (self.urgent or len(self._waiting) >= _AT_REST_FRAMES):
                self._signalled = True
                self._signal()

        return {"callback": callback}

    def _changed(self, _state: State) -> None:
        self._signal()

    def _signal(self) -> None:
        if self._loop is not None:
            with contextlib.suppress(RuntimeError):  # the loop is closed: nobody listens any more
                self._loop.call_soon_threadsafe(self._arrived.set)
