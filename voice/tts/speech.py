"""The values of speech synthesis: what is asked for, what comes back, what an engine is.

Standard library only: the worker processes import this, some of them in environments of their own.
Nothing here knows processes, pipes or a particular engine.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy as np
    from numpy.typing import NDArray

MIN_RATE, MAX_RATE = 0.5, 2.0
MAX_PITCH_SEMITONES = 12.0


@dataclass(frozen=True, slots=True)
class SpeakRequest:
    """One sentence to speak. The text is speakable already: no Markdown, no tags."""

    text: str
    voice: str = ""
    """the engine's own name of a voice; empty: the engine's default"""
    rate: float = 1.0
    """speed, 1.0 is the voice's own; engines clamp it to 0.5 … 2.0"""
    pitch: float = 0.0
    """semitones above (or below) the voice's own; -12 … 12. An engine that cannot ignores it"""


@dataclass(frozen=True, slots=True)
class Audio:
    """A piece of sound: float32, mono, -1 … 1, at `rate` samples a second."""

    samples: NDArray[np.float32]
    rate: int

    @property
    def seconds(self) -> float:
        """How long it lasts."""
        return len(self.samples) / self.rate


@dataclass(frozen=True, slots=True)
class WordMark:
    """A word of the sentence and when it is spoken, in seconds from the sentence's first sample."""

    text: str
    start_s: float
    end_s: float


@dataclass(frozen=True, slots=True)
class PhonemeMark:
    """A phoneme (IPA) and when it is spoken, in seconds from the sentence's first sample."""

    symbol: str
    start_s: float
    end_s: float


Mark: TypeAlias = WordMark | PhonemeMark
Speech: TypeAlias = Audio | Mark
"""What a sentence becomes: audio and marks as they are made. A mark may come after its audio, never after the end."""


@dataclass(frozen=True, slots=True)
class VoiceInfo:
    """A voice that an engine can speak with."""

    name: str
    language: str = ""
    """such as `en-US`"""
    gender: str = ""
    """`female`, `male` or unknown"""
    summary: str = ""
    default: bool = False


class Output(Protocol):
    """Where an engine puts what it makes, from the thread that it was called in."""

    @property
    def cancelled(self) -> bool:
        """Nobody wants the rest: the engine returns as soon as it can."""

    def on_cancel(self, callback: Callable[[], None]) -> None:
        """Call `callback` from another thread when the rest is no longer wanted (at once if that is so already)."""

    def format(self, rate: int) -> None:
        """Say the sample rate; before the first audio."""

    def pcm(self, data: bytes) -> None:
        """Hand out audio: 16-bit little-endian mono. Any number of bytes is right: odd ones wait for the next."""

    def word(self, text: str, start_s: float, end_s: float) -> None:
        """Hand out when a word is spoken."""

    def phoneme(self, symbol: str, start_s: float, end_s: float) -> None:
        """Hand out when a phoneme (IPA) is spoken."""


class SpeechEngine(Protocol):
    """What makes speech inside a worker. Its factory takes the options, a mapping; failures are AlisaErrors.

    All is called from one thread, one call at a time.
    """

    notice: str
    """a sentence that the user must know once ("What she says goes to …"); else empty"""

    def speak(self, request: SpeakRequest, out: Output) -> None:
        """Speak one sentence into `out`, piece by piece, and return at its end."""

    def voices(self) -> Sequence[VoiceInfo]:
        """Return the voices there are, the default one marked."""


class Converter(Protocol):
    """What changes a voice after an engine has spoken, in a worker as an engine is."""

    notice: str

    def convert(self, sound: bytes, rate: int, out: Output) -> None:
        """Change a whole sentence (16-bit little-endian mono) and hand it to `out`; it must last as long as before."""
