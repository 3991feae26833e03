"""Her own voice is taken out of what the microphone hears.

WebRTC's echo canceller (pywebrtc-audio) finds the way from the speaker to the microphone by itself, given what
was played at the time that each frame was heard. While nothing was played for a second it is not asked, and
costs nothing. What is said, and by whom, is not known here.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from types import TracebackType
from typing import Protocol, Self

import numpy as np

from alisa.runtime.engines import Engine, Registry
from voice.audio.clips import Samples
from voice.audio.levels import dbfs
from voice.audio.preroll import PreRoll
from voice.audio.reference import Reference
from voice.audio.streams import FRAME, FRAME_SECONDS, PRE_ROLL_SECONDS, RATE, Frame, Source, State
from voice.turns.double_talk import DoubleTalk

HANGOVER_SECONDS = 1.0
"""how long a room may reverberate, and a device be late"""
HEADSET_DB = -30.0
"""where she comes back less loud than this, there is nothing to remove"""
_AUDIBLE = 1e-8
"""the power of -80 dBFS: an echo below it need not be measured"""
_MEMORY = 0.99
"""share of the past in the measured reduction: it follows within a second"""

CANCELLERS = Registry(
    "echo canceller",
    (
        Engine("webrtc", "voice.audio.echo:WebRtc", summary="removes her voice from the microphone"),
        Engine("off", "voice.audio.echo:Off", summary="for headsets"),
    ),
    "alisa.echo",
)


class EchoCanceller(Protocol):
    """What removes a known sound from another, 10 ms at a time, both at 16 kHz."""

    def process(self, microphone: Samples, reference: Samples) -> Samples:
        """Return what the microphone would have heard without it, shapes (160,)."""


class WebRtc:
    """WebRTC's AEC3."""

    def __init__(self, delay_ms: int = 0) -> None:
        from pywebrtc_audio import AudioProcessor

        self._processor = AudioProcessor(sample_rate=RATE, echo_cancellation=True, stream_delay_ms=delay_ms)

    def process(self, microphone: Samples, reference: Samples) -> Samples:
        """Return what the microphone would have heard without it."""
        return np.asarray(self._processor.process(microphone, reference), np.float32)


class Off:
    """Nothing is removed."""

    def __init__(self, delay_ms: int = 0) -> None:
        del delay_ms

    def process(self, microphone: Samples, reference: Samples) -> Samples:
        """Return what the microphone heard."""
        del reference
        return microphone


def create(name: str, *, delay_ms: int = 0) -> EchoCanceller:
    """Return an echo canceller by its name. Raises UsageError for an unknown one."""
    canceller: EchoCanceller = CANCELLERS.create(name, delay_ms)
    return canceller


class WithoutEcho:
    """A source, without what a sink plays meanwhile."""

    def __init__(self, source: Source, reference: Reference, canceller: EchoCanceller) -> None:
        self.source = source
        self._reference = reference
        self._canceller = canceller
        self._past = PreRoll(round(PRE_ROLL_SECONDS / FRAME_SECONDS))
        self._before = 0.0
        self._after = 0.0
        self._double_talk = DoubleTalk()
        self.excess = 0.0
        """by how many dB the microphone hears more than her voice can explain; 0 where that cannot be said"""

    @property
    def muted(self) -> bool:
        """Whether frames of silence are yielded."""
        return self.source.muted

    @muted.setter
    def muted(self, value: bool) -> None:
        self.source.muted = value

    @property
    def urgent(self) -> bool:
        """Whether each frame is wanted as it comes."""
        return self.source.urgent

    @urgent.setter
    def urgent(self, value: bool) -> None:
        self.source.urgent = value

    @property
    def state(self) -> State:
        """How the source does."""
        return self.source.state

    @property
    def level(self) -> float:
        """How loud it is now without the echo, in dBFS."""
        return self._past.level

    @property
    def reduction_db(self) -> float | None:
        """How much less loud the frames of the last second with an echo became; None before the first."""
        if self._before <= _AUDIBLE:
            return None
        return float(10.0 * np.log10(self._before / max(self._after, 1e-12)))

    def pre_roll(self, seconds: float = PRE_ROLL_SECONDS) -> Samples:
        """Return what was yielded last."""
        return self._past.newest(round(seconds / FRAME_SECONDS))

    async def __aenter__(self) -> Self:
        await self.source.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.source.__aexit__(kind, error, trace)

    async def __aiter__(self) -> AsyncIterator[Frame]:
        async for heard in self.source:
            frame, self.excess = heard, 0.0
            if self._reference.sounded_since(heard.at - HANGOVER_SECONDS):
                frame = Frame(self._cleaned(heard), heard.at)
            self._past.add(frame.samples)
            yield frame

    def _cleaned(self, heard: Frame) -> Samples:
        played = self._reference.played_at(heard.at + self._reference.lead_seconds, FRAME)
        clean = self._canceller.process(heard.samples, played)
        self.excess = self._double_talk.feed(heard.at, dbfs(heard.samples), dbfs(played))
        coupling = self._double_talk.coupling_db
        if coupling is not None and coupling < HEADSET_DB:
            return heard.samples  # nothing of her comes back: a canceller would only take from the user's voice
        if float(np.dot(played, played)) / FRAME > _AUDIBLE:
            self._before = _followed(self._before, heard.samples)
            self._after = _followed(self._after, clean)
        return clean


def _followed(before: float, frame: Samples) -> float:
    return before * _MEMORY + (1.0 - _MEMORY) * float(np.dot(frame, frame)) / FRAME
