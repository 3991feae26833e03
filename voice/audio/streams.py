"""What a source and a sink of sound are, whatever is behind them: a device, a file, a script.

A source yields frames of 10 ms at 16 kHz, with the time at which each was heard. A sink takes samples
and knows, to the sample, how many of them were really heard. Both tell time in seconds on one clock
(the event loop's), so that what went out can be recognised in what comes in. Echo is taken out by
wrapping a source (`echo.py`).
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from enum import StrEnum
from types import TracebackType
from typing import Protocol, Self

from voice.audio.clips import Clip, Samples
from voice.audio.reference import Reference

RATE = 16000
"""samples per second between the rooms of `voice`"""
FRAME = 160
"""samples of a frame: 10 ms"""
FRAME_SECONDS = FRAME / RATE
PRE_ROLL_SECONDS = 0.5
"""how much of the past a source remembers: the beginning of a word that was recognised late"""


class State(StrEnum):
    """How a source or a sink does."""

    STARTING = "starting"
    LIVE = "live"
    AWAY = "away"
    """the device is not there; it is looked for"""
    ENDED = "ended"


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """10 ms of sound."""

    samples: Samples
    """shape (160,), 16 kHz"""
    at: float
    """when its first sample was heard, in seconds on the loop's clock"""


class Source(Protocol):
    """Something that hears. Enter it, iterate over it; the iteration ends when nothing can come any more.

    A device that goes away raises nothing: the state is AWAY, no frame comes, and later frames come again.
    """

    muted: bool
    """while true, frames of silence are yielded"""
    urgent: bool
    """whether each frame is wanted as it comes; otherwise a few may come together"""

    @property
    def state(self) -> State: ...

    @property
    def level(self) -> float:
        """How loud it is now, in dBFS: 0 is a full-scale square wave, -96 is silence."""

    def pre_roll(self, seconds: float = PRE_ROLL_SECONDS) -> Samples:
        """Return what was yielded last: at most so many seconds, and no more than is remembered."""

    async def __aenter__(self) -> Self: ...

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def __aiter__(self) -> AsyncIterator[Frame]: ...


class Sink(Protocol):
    """Something that speaks. Everything but entering and leaving may be called from any thread, and never blocks.

    Positions are samples since the sink was opened, at its `rate`: only what was written counts, not the
    silence in between, nor what `clear` took away.
    """

    rate: int
    """samples per second that `write` takes; it stays the same while the sink is open"""

    @property
    def state(self) -> State: ...

    @property
    def reference(self) -> Reference:
        """What goes out, for who must not hear it."""

    def write(self, samples: Samples) -> int:
        """Say this after all that was written before. Returns the position of its first sample."""

    def prepare(self) -> None:
        """Something will be written soon: a device that stands still after a long silence begins to run."""

    def played(self) -> int:
        """Return the position that is heard now: so many samples are out, the device's own delay included."""

    def pending(self) -> int:
        """Return how many samples are written and not yet heard."""

    def clear(self, fade_seconds: float = 0.01) -> int:
        """Fall silent at once, over a short fade. Returns the position at which the sound ends."""

    def gain(self, target: float, seconds: float = 0.0) -> None:
        """Go to this loudness (1 is as written, 0 is silence) evenly over so many seconds."""

    async def drained(self) -> None:
        """Wait until all that was written is heard or cleared."""

    async def __aenter__(self) -> Self: ...

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


class Recording(Protocol):
    """A sink that remembers: file and script."""

    def heard(self) -> Clip:
        """Return all that went out since it was opened, the silence in between included."""
