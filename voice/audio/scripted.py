"""A source that hears a script and a sink that remembers: real engines for tests, in real or in virtual time.

Time is the event loop's: with looptime a minute of sound passes in milliseconds. A scripted source may hear
a scripted sink, as a microphone hears the loudspeaker beside it.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from types import TracebackType
from typing import Self

import numpy as np

from voice.audio.clips import Clip, Samples
from voice.audio.levels import amplitude
from voice.audio.playback import Playback
from voice.audio.preroll import PreRoll
from voice.audio.rates import FRAMES_PER_SECOND, FrameResampler, resampled
from voice.audio.reference import Reference
from voice.audio.streams import FRAME, FRAME_SECONDS, PRE_ROLL_SECONDS, RATE, Frame, State

SINK_RATE = 48000


class ScriptedSink:
    """A sink that plays into memory. `heard()` is what was heard since it was opened."""

    def __init__(self, rate: int = SINK_RATE, now: Callable[[], float] | None = None) -> None:
        self.rate = rate
        self.state = State.STARTING
        self.reference = Reference(rate, refresh=self._advance)
        self._playback = Playback(rate)
        self._size = rate // FRAMES_PER_SECOND
        self._now = now or _loop_time
        self._began = self._last = 0.0
        self._blocks = 0
        self._trailing = False
        self._heard: list[tuple[int, Samples]] = []  # block number, its samples

    async def __aenter__(self) -> Self:
        self._began, self.state = self._now(), State.LIVE
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._advance()
        self.state = State.ENDED

    def write(self, samples: Samples) -> int:
        """Say this after all before. Returns the position of its first sample."""
        self._advance()
        return self._playback.write(samples)

    def prepare(self) -> None:
        """Nothing needs to be prepared."""

    def played(self) -> int:
        """Return the position that is heard now."""
        return self._playback.played(self._advance())

    def pending(self) -> int:
        """Return how many samples are written and not yet heard."""
        return self._playback.pending(self._advance())

    def clear(self, fade_seconds: float = 0.01) -> int:
        """Fall silent at once. Returns the position at which the sound ends."""
        self._advance()
        return self._playback.clear(fade_seconds)

    def gain(self, target: float, seconds: float = 0.0) -> None:
        """Go to this loudness evenly over so many seconds."""
        self._advance()
        self._playback.gain(target, seconds)

    async def drained(self) -> None:
        """Wait until all that was written is heard or cleared."""
        while left := self.pending():  # noqa: ASYNC110 (the end is known in time, not as an event)
            await asyncio.sleep(max(left / self.rate, FRAME_SECONDS / 10))

    def heard(self) -> Clip:
        """Return all that went out since the beginning, silence included."""
        self._advance()
        samples = np.zeros(self._blocks * self._size, np.float32)
        for number, block in self._heard:
            samples[number * self._size : (number + 1) * self._size] = block
        return Clip(samples, self.rate)

    def block(self, at: float) -> Samples | None:
        """Return the 10 ms that are heard around this time, or None where there is silence. For recent times."""
        self._advance()
        number = round((at - self._began) * FRAMES_PER_SECOND)
        for candidate, block in reversed(self._heard):
            if candidate <= number:
                return block if candidate == number else None
        return None

    def _advance(self) -> float:
        """Take the blocks that have begun since the last look. Returns the time."""
        if self.state is not State.LIVE:
            return self._last
        self._last = now = self._now()
        due = int((now - self._began) * FRAMES_PER_SECOND + 1e-6) + 1
        while self._blocks < due:
            if self._playback.empty and not self._trailing:
                self._skip(due)
                break
            block = np.empty(self._size, np.float32)
            at = self._began + self._blocks / FRAMES_PER_SECOND
            self._trailing = self._playback.take(block, at)
            self._heard.append((self._blocks, block))
            self.reference.add(block, at)
            self._blocks += 1
        return now

    def _skip(self, due: int) -> None:
        """Let silent blocks pass at once; only a loudness on its way has to be moved along."""
        self._playback.pass_by((due - self._blocks) * self._size)
        self._blocks = due


class ScriptedSource:
    """A source that hears what the script says, and what a test says meanwhile.

    `script` holds (seconds after the beginning, clip). With `ends_after` seconds the source ends; without,
    silence goes on for ever. `paced=False` does not wait for the time to pass.
    """

    def __init__(
        self, script: Iterable[tuple[float, Clip]] = (), *, ends_after: float | None = None, paced: bool = True
    ) -> None:
        self.muted = False
        self.urgent = True
        self.state = State.STARTING
        self._script = list(script)
        self._paced = paced
        self._frames = None if ends_after is None else int(np.ceil(ends_after / FRAME_SECONDS))
        self._sounds: list[tuple[int, Samples]] = []  # first sample, samples at 16 kHz
        self._past = PreRoll(round(PRE_ROLL_SECONDS / FRAME_SECONDS))
        self._began = 0.0
        self._frame = 0
        self._leak: _Leak | None = None

    @property
    def level(self) -> float:
        """How loud it is now, in dBFS."""
        return self._past.level

    def pre_roll(self, seconds: float = PRE_ROLL_SECONDS) -> Samples:
        """Return what was yielded last."""
        return self._past.newest(round(seconds / FRAME_SECONDS))

    def hear(self, clip: Clip, after_seconds: float = 0.0) -> float:
        """Let this be heard so long from now. Returns when it ends, on the loop's clock."""
        begin = self._frame * FRAME + round(after_seconds * RATE)
        samples = resampled(clip, RATE).samples
        self._sounds.append((begin, samples))
        return self._began + (begin + len(samples)) / RATE

    def leak(self, sink: ScriptedSink, decibels: float, delay_seconds: float = 0.06) -> None:
        """Let it hear a sink, so much louder (mostly less loud: negative) and later."""
        self._leak = _Leak(sink, amplitude(decibels), delay_seconds)

    def go_away(self) -> None:
        """Be like a device that was pulled out."""
        self.state = State.AWAY

    def come_back(self) -> None:
        """Be like that device, put in again."""
        self.state = State.LIVE

    def end(self) -> None:
        """Let the iteration end."""
        self._frames = self._frame

    async def __aenter__(self) -> Self:
        self._began, self.state = _loop_time(), State.LIVE
        for seconds, clip in self._script:
            self.hear(clip, seconds)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.state = State.ENDED

    async def __aiter__(self) -> AsyncIterator[Frame]:
        while self.state is not State.ENDED and (self._frames is None or self._frame < self._frames):
            at = self._began + self._frame * FRAME_SECONDS
            await asyncio.sleep(max(0.0, at + FRAME_SECONDS - _loop_time()) if self._paced else 0.0)
            samples = self._mixed(self._frame * FRAME, at)
            self._frame += 1
            if self.state is State.LIVE:
                self._past.add(samples)
                yield Frame(samples, at)
        self.state = State.ENDED

    def _mixed(self, begin: int, at: float) -> Samples:
        """Return what is heard in one frame: all sounds that overlap it, and the sink."""
        frame = np.zeros(FRAME, np.float32)
        for first, samples in self._sounds:
            low, high = max(begin, first), min(begin + FRAME, first + len(samples))
            if low < high:
                frame[low - begin : high - begin] += samples[low - first : high - first]
        self._sounds = [(first, samples) for first, samples in self._sounds if first + len(samples) > begin]
        if self._leak is not None:
            frame += self._leak.heard_at(at)
        return np.zeros(FRAME, np.float32) if self.muted else frame


class _Leak:
    """The way from a sink to a source: less loud, later, at 16 kHz."""

    def __init__(self, sink: ScriptedSink, factor: float, delay_seconds: float) -> None:
        self._sink = sink
        self._factor = np.float32(factor)
        self._delay = delay_seconds
        self._resampler = FrameResampler(sink.rate, RATE)
        self._silence = np.zeros(sink.rate // FRAMES_PER_SECOND, np.float32)

    def heard_at(self, at: float) -> Samples:
        block = self._sink.block(at - self._delay)
        return self._resampler.feed(self._silence if block is None else block) * self._factor


def _loop_time() -> float:
    return asyncio.get_running_loop().time()
