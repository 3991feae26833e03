"""What a recogniser of speech is, whatever is behind it.

A recogniser blocks; whoever calls it gives it a thread, and calls it from one thread at a time. Where the
sound comes from, and when an utterance is over, is not known here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from voice.audio.clips import Samples

RATE = 16000
"""samples per second that every recogniser is fed with"""


@dataclass(frozen=True, slots=True)
class Transcript:
    """What was understood."""

    text: str
    """its words; empty: nothing was said"""
    confidence: float
    """how sure the recogniser is, 0 to 1; only to be compared within one engine"""
    seconds: float
    """of sound that was listened to"""


class Recognizer(Protocol):
    """What makes words of speech. An utterance is begun, fed and finished; the next one may begin at any time."""

    notice: str
    """a sentence that the user should be told once; empty: none"""

    def load(self) -> None:
        """Do the slow part of getting ready; `begin` does it where it was not done. Raises AlisaError."""

    def begin(self) -> None:
        """An utterance begins; one that was not finished is forgotten."""

    def feed(self, samples: Samples) -> None:
        """It goes on with these samples, shape (n,), 16 kHz, in -1..1."""

    def partial(self) -> str | None:
        """What is understood so far; None where the engine tells words only at the end."""

    def finish(self) -> Transcript:
        """It is over. Raises EngineError where the engine could not do its work."""

    def close(self) -> None:
        """Let go of what it holds: memory, connections."""
