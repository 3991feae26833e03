"""Whisper by faster-whisper: understands far more than the bundled recogniser, in many languages, once a model is here.

It hears an utterance as a whole, so words on the way come from trying again and again over what was said so
far. It never asks the network: the folder is checked before it is loaded.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from alisa.runtime.errors import EngineError
from alisa.runtime.paths import Home
from voice.audio.clips import Samples
from voice.settings import VoiceSettings
from voice.stt import models
from voice.stt.guards import Piece, credible, keep
from voice.stt.loudness import is_quiet, loudness
from voice.stt.partials import Agreement, worth_a_try
from voice.stt.recognizer import RATE, Transcript

_LEAST_SECONDS = 0.3
"""of sound, below which a try on the way is not worth it"""


def create(settings: VoiceSettings, home: Home) -> WhisperRecognizer:
    """The engine for these settings. Raises MissingError, UsageError, AlisaError where its model is not there."""
    memory, cores = _machine()
    folder = models.resolve(settings.stt_model, home.models, memory, cores)
    return WhisperRecognizer(folder, settings.language, models.threads_for(cores))


def _machine() -> tuple[int, int]:
    """Return the bytes of memory and the physical cores of this machine."""
    import psutil

    return int(psutil.virtual_memory().total), psutil.cpu_count(logical=False) or psutil.cpu_count() or 1


@dataclass
class _Said:
    """An utterance under way."""

    heard: list[Samples] = field(default_factory=list)
    count: int = 0
    """samples"""
    known: Agreement = field(default_factory=Agreement)
    result: Transcript | None = None
    """of the last try"""
    tried: int = 0
    """samples that the last try was over"""
    took: float = 0.0
    """seconds that it took"""
    speech_db: float = 0.0
    """how loud the speech in it was"""

    def sound(self) -> Samples:
        """Return all of it."""
        if len(self.heard) > 1:
            self.heard = [np.concatenate(self.heard)]
        return self.heard[0] if self.heard else np.zeros(0, np.float32)


class WhisperRecognizer:
    """One model. `clock` tells how long a try takes, in seconds."""

    def __init__(
        self, folder: Path, language: str = "en", threads: int = 1, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.notice = ""
        self.model = folder.name
        self._folder = folder
        self._language = language.partition("-")[0].lower()
        self._threads = threads
        self._clock = clock
        self._model: Any = None
        self._said = _Said()

    def load(self) -> None:
        """Load the model: a second or two. Raises EngineError, AlisaError."""
        if self._model is not None:
            return
        models.resolve(str(self._folder.absolute()), self._folder.parent, 0, 1)
        from faster_whisper import WhisperModel

        try:
            self._model = WhisperModel(
                str(self._folder),
                device="cpu",
                compute_type="int8",
                cpu_threads=self._threads,
                num_workers=1,
                local_files_only=True,
            )
        except Exception as error:
            raise EngineError(
                "stt_model_broken",
                f"The speech model {self._folder.name} cannot be loaded: {' '.join(str(error).split())[:200]}.",
                f"Get it again: alisa models remove {self._folder.name}, then alisa models pull {self._folder.name}",
            ) from error

    def begin(self) -> None:
        self.load()
        self._said = _Said()

    def feed(self, samples: Samples) -> None:
        if len(samples):
            self._said.heard.append(samples)
            self._said.count += len(samples)

    def partial(self) -> str:
        """Try again over all that was said so far, where that is worth it; return what is known."""
        said = self._said
        if said.count >= _LEAST_SECONDS * RATE and worth_a_try((said.count - said.tried) / RATE, said.took):
            began = self._clock()
            sound = said.sound()
            said.result = self._understand(sound)
            said.took = self._clock() - began
            said.tried = len(sound)
            said.speech_db = loudness(sound)
            said.known = said.known.after(said.result.text)
        return said.known.text

    def finish(self) -> Transcript:
        said, self._said = self._said, _Said()
        sound = said.sound()
        result = said.result
        if result is None or not is_quiet(sound[said.tried :], said.speech_db):
            result = self._understand(sound)
        return Transcript(result.text, result.confidence, len(sound) / RATE)

    def close(self) -> None:
        self._model = None
        self._said = _Said()

    def _understand(self, sound: Samples) -> Transcript:
        """Return the words of this sound. One try without chance; no text of before that it could repeat."""
        if not len(sound):
            return Transcript("", 0.0, 0.0)
        try:
            found, _ = self._model.transcribe(
                sound,
                language=self._language if self._model.model.is_multilingual else "en",
                beam_size=1,
                temperature=0.0,
                condition_on_previous_text=False,
                without_timestamps=True,
                no_speech_threshold=None,
                log_prob_threshold=None,
                compression_ratio_threshold=None,
            )
            pieces = [Piece(each.text, each.no_speech_prob, each.avg_logprob, each.compression_ratio) for each in found]
        except (RuntimeError, ValueError) as error:
            raise EngineError(
                "stt_failed",
                f"Whisper could not understand this: {' '.join(str(error).split())[:200]}.",
                "Say it again; if it stays so, get the model again with `alisa models pull`.",
            ) from error
        kept = [piece for piece in pieces if keep(piece)]
        text = credible(" ".join(piece.text.strip() for piece in kept), sound)
        sure = math.exp(sum(piece.logprob for piece in kept) / len(kept)) if text else 0.0
        return Transcript(text, min(1.0, sure), len(sound) / RATE)
