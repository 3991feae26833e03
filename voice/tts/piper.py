"""Piper: many small voices that run on this machine, through `piper-tts` in an environment of its own (it is GPL-3).

Where the model tells how long each phoneme lasts, words and phonemes come with their times.
"""

from __future__ import annotations

import importlib
from collections.abc import Mapping, Sequence
from typing import Any

from alisa.runtime.errors import EngineError
from voice.tts.aligning import words_of
from voice.tts.files import library_missing, needed
from voice.tts.speech import MAX_RATE, MIN_RATE, Output, PhonemeMark, SpeakRequest, VoiceInfo

_HINT = "`alisa models pull piper-alba` gets one; for another: alisa config set voice.tts_model PATH"


class Piper:
    """The engine `piper`. Options: `model` (the .onnx file; its .onnx.json lies beside it)."""

    notice = ""

    def __init__(self, options: Mapping[str, Any]) -> None:
        self._model = needed(options, "model", "The model of the voice Piper", _HINT)
        needed({"config": f"{self._model}.json"}, "config", "The description of the voice Piper", _HINT)
        try:
            self._library: Any = importlib.import_module("piper")
        except ImportError as error:
            raise library_missing("piper", "piper-tts", error) from error
        self._voice: Any = self._library.PiperVoice.load(str(self._model), download_dir=str(self._model.parent))

    def speak(self, request: SpeakRequest, out: Output) -> None:
        """Speak one sentence; see `SpeechEngine`. Raises EngineError for a speaker that is not there.

        `request.voice` is the name of the model, or one of its speakers by name or number. The pitch is not changed.
        """
        rate = min(max(request.rate, MIN_RATE), MAX_RATE)
        settings = self._library.SynthesisConfig(speaker_id=self._speaker(request.voice), length_scale=1 / rate)
        begun = 0.0
        told: list[PhonemeMark] = []
        for chunk in self._voice.synthesize(request.text, settings, include_alignments=True):
            if out.cancelled:
                return
            if not begun:
                out.format(chunk.sample_rate)
            marks = list(_phonemes(chunk, begun))
            told += [*marks, PhonemeMark(" ", begun, begun)] if marks else []
            for mark in marks:
                if mark.symbol.isalpha():
                    out.phoneme(mark.symbol, mark.start_s, mark.end_s)
            data = chunk.audio_int16_bytes
            begun += len(data) / 2 / chunk.sample_rate
            out.pcm(data)
        for word in words_of(request.text, told):
            out.word(word.text, word.start_s, word.end_s)

    def voices(self) -> Sequence[VoiceInfo]:
        """The speakers of the model; itself where it has just one."""
        speakers = self._voice.config.speaker_id_map or {}
        language = str(self._voice.config.espeak_voice)
        name = self._model.stem
        if not speakers:
            return [VoiceInfo(name, language, default=True)]
        return [VoiceInfo(speaker, language, "", name, default=number == 0) for speaker, number in speakers.items()]

    def _speaker(self, voice: str) -> int | None:
        if voice in ("", self._model.stem):
            return None
        speakers = self._voice.config.speaker_id_map or {}
        number = speakers.get(voice, int(voice) if voice.isdecimal() else None)
        if number is None or number >= max(1, self._voice.config.num_speakers):
            raise EngineError(
                "unknown_voice",
                f"This Piper model has no voice {voice!r}.",
                "See `alisa voices --engine piper`.",
            )
        return int(number)


def _phonemes(chunk: Any, begun: float) -> list[PhonemeMark]:
    """When each phoneme of a chunk is spoken, where the model tells."""
    marks, samples = [], 0
    for aligned in chunk.phoneme_alignments or ():
        end = samples + int(aligned.num_samples)
        marks.append(PhonemeMark(aligned.phoneme, begun + samples / chunk.sample_rate, begun + end / chunk.sample_rate))
        samples = end
    return marks


def create(options: Mapping[str, Any]) -> Piper:
    """The engine `piper`."""
    return Piper(options)
