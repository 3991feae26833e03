"""A recogniser that understands what a script says, for tests: utterance after utterance, word after word.

As an engine it takes its script from `voice.stt_model`: `hello there|what time is it`.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from alisa.runtime.paths import Home
from voice.audio.clips import Samples
from voice.settings import VoiceSettings
from voice.stt.recognizer import RATE, Transcript

WORDS_PER_SECOND = 3.0
_AUDIBLE = 1e-3


def create(settings: VoiceSettings, home: Home) -> ScriptedRecognizer:  # noqa: ARG001 (all engines are made alike)
    """The engine for these settings."""
    return ScriptedRecognizer([line.strip() for line in settings.stt_model.split("|") if line.strip()])


class ScriptedRecognizer:
    """Says the next line for each utterance that holds any sound, and nothing when there are no more."""

    notice = ""

    def __init__(self, lines: Sequence[str] = (), words_per_second: float = WORDS_PER_SECOND) -> None:
        self.lines = list(lines)
        self._pace = words_per_second
        self._sound = 0
        self._count = 0

    def load(self) -> None:
        """Nothing to do."""

    def begin(self) -> None:
        self._sound = self._count = 0

    def feed(self, samples: Samples) -> None:
        self._count += len(samples)
        self._sound += int(np.count_nonzero(np.abs(samples) > _AUDIBLE))

    def partial(self) -> str:
        """The words that fit into the sound so far."""
        words = self.lines[0].split() if self.lines else []
        return " ".join(words[: int(self._sound / RATE * self._pace)])

    def finish(self) -> Transcript:
        text = self.lines.pop(0) if self.lines and self._sound else ""
        seconds = self._count / RATE
        self._sound = self._count = 0
        return Transcript(text, 1.0 if text else 0.0, seconds)

    def close(self) -> None:
        """Nothing to do."""
