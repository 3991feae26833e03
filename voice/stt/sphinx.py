"""pocketsphinx with the English model that comes with it: needs no download, tells words while they are said.

It searches while the sound comes in, so that at the end only its second, flatter search over what is left is to
be done (about 20 ms for each second that was spoken). Its idea of the room (cepstral means) and of how loud the
speaker is goes on from one utterance to the next.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from alisa.runtime.errors import EngineError
from alisa.runtime.paths import Home
from voice.audio.clips import Samples
from voice.settings import VoiceSettings
from voice.stt.guards import is_noise
from voice.stt.loudness import (
    LEAD_IN_DB,
    SILENCE_DB,
    frame_levels,
    gain_for,
    loudness,
    speech_seconds,
    without_lead_in,
)
from voice.stt.recognizer import RATE, Transcript
from voice.stt.vocabulary import dictionary_file

NOTICE = (
    "She understands you with the small recogniser that ships with her: good for short, clear English. "
    "For more, get a Whisper model: alisa models pull whisper-base"
)
ENGLISH_ONLY = (
    "The recogniser that ships with her understands English only. "
    "For other languages get a Whisper model: alisa models pull whisper-base"
)
_SPEECH_SECONDS = 0.3
"""So much of the first utterance is listened to for its loudness before it is searched for words."""
_MISJUDGED_DB = 9.0
"""When it was so much louder or softer than expected, it is searched once more: the words would be others."""
_MEMORY = 0.5
"""how much of what it knew of the speaker's loudness it keeps after an utterance"""


def create(settings: VoiceSettings, home: Home) -> SphinxRecognizer:
    """The engine for these settings. Nothing is loaded yet."""
    english = settings.language.lower().startswith("en")
    return SphinxRecognizer(home.models / "sphinx", settings.names, NOTICE if english else ENGLISH_ONLY)


class SphinxRecognizer:
    """One decoder, which carries from one utterance to the next what it learnt of room and speaker."""

    def __init__(self, folder: Path | None = None, names: list[str] | None = None, notice: str = "") -> None:
        self.notice = notice
        self._folder = folder
        self._names = names or []
        self._decoder: Any = None
        self._speaking = False
        self._head: list[Samples] | None = None
        self._heard: list[Samples] = []
        self._gain = 1.0
        self._level = SILENCE_DB
        """how loud the speaker was, as far as known"""
        self._expected = SILENCE_DB
        """how loud the utterance under way was taken to be"""

    def load(self) -> None:
        """Load model and dictionary: 0.3 s, 0.8 s the first time. Raises EngineError."""
        if self._decoder is not None:
            return
        from pocketsphinx import Decoder

        given = {} if self._folder is None else {"dict": dictionary_file(self._folder, self._names)}
        chosen = {name: str(value) for name, value in given.items() if value is not None}
        try:
            self._decoder = Decoder(samprate=float(RATE), loglevel="FATAL", **chosen)
        except (RuntimeError, ValueError) as error:
            raise EngineError(
                "stt_broken", "The recogniser that ships with Alisa cannot be loaded.", "Install Alisa again."
            ) from error

    def begin(self) -> None:
        self.load()
        if self._speaking:
            self._decoder.end_utt()
        self._decoder.start_utt()
        self._speaking = True
        self._heard = []
        self._head = []

    def feed(self, samples: Samples) -> None:
        if not self._speaking or not len(samples):
            return
        self._heard.append(samples)
        if self._head is None:
            self._decode(samples)
            return
        self._head.append(samples)
        head = np.concatenate(self._head)
        if self._level > SILENCE_DB:
            head = without_lead_in(head, self._level)
            begun = float(np.max(frame_levels(head), initial=SILENCE_DB)) > self._level - LEAD_IN_DB
        else:
            begun = speech_seconds(head) >= _SPEECH_SECONDS
        self._head = [head]
        if begun:
            self._decode_head()

    def partial(self) -> str:
        if not self._speaking or self._head is not None:
            return ""
        found = self._decoder.hyp()
        return _words(found.hypstr) if found else ""

    def finish(self) -> Transcript:
        if not self._speaking:
            return Transcript("", 0.0, 0.0)
        self._decode_head()
        self._decoder.end_utt()
        self._speaking = False
        heard = np.concatenate([np.zeros(0, np.float32), *self._heard])
        self._heard = []
        level = loudness(heard)
        if abs(level - self._expected) > _MISJUDGED_DB and gain_for(level) != self._gain:
            self._search_again(heard, level)
        found = self._decoder.hyp()
        text = _words(found.hypstr) if found else ""
        seconds = len(heard) / RATE
        if not text or is_noise(text, heard):
            return Transcript("", 0.0, seconds)
        self._learn(level)
        confidence = min(1.0, max(0.0, float(found.prob))) ** (1.0 / len(text.split()))
        return Transcript(text, confidence, seconds)

    def close(self) -> None:
        self._decoder, self._speaking, self._heard, self._head = None, False, [], None

    def _decode_head(self) -> None:
        """Choose the gain for this utterance, then search what was held back of it."""
        if self._head is None:
            return
        head, self._head = np.concatenate([np.zeros(0, np.float32), *self._head]), None
        self._expected = self._level if self._level > SILENCE_DB else loudness(head)
        self._gain = gain_for(self._expected)
        self._decode(without_lead_in(head, self._expected))

    def _search_again(self, heard: Samples, level: float) -> None:
        self._gain = gain_for(level)
        self._decoder.start_utt()
        self._decode(without_lead_in(heard, level))
        self._decoder.end_utt()

    def _decode(self, samples: Samples) -> None:
        if not len(samples):
            return
        pcm = np.clip(samples * np.float32(self._gain * 32767.0), -32767.0, 32767.0).astype("<i2")
        self._decoder.process_raw(pcm.tobytes())

    def _learn(self, level: float) -> None:
        self._level = level if self._level <= SILENCE_DB else self._level * _MEMORY + level * (1.0 - _MEMORY)


def _words(text: str) -> str:
    """Return a hypothesis without what the decoder writes for noises and other ways to say a word."""
    words = (word.partition("(")[0] for word in text.split() if word[0] not in "<[+")
    return " ".join(word for word in words if word)
