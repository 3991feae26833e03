"""Kokoro: a natural voice that runs on this machine, through `kokoro-onnx` in an environment of its own.

Where the model tells how long each phoneme lasts, words and phonemes come with their times.
"""

from __future__ import annotations

import importlib
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from alisa.runtime.errors import EngineError
from voice.tts.aligning import words_of
from voice.tts.files import library_missing, needed
from voice.tts.speech import MAX_RATE, MIN_RATE, Output, PhonemeMark, SpeakRequest, VoiceInfo

DEFAULT_VOICE = "af_heart"
"""The one its makers grade best."""
_LANGUAGES = {
    "a": "en-us", "b": "en-gb", "e": "es", "f": "fr-fr", "h": "hi", "i": "it", "j": "ja", "p": "pt-br", "z": "cmn",
}  # fmt: skip
"""The first letter of a voice's name is its language, the second its gender."""
_GENDERS = {"f": "female", "m": "male"}
_MOST_THREADS = 4
_FULL_SCALE = 32767


class Kokoro:
    """The engine `kokoro`. Options: `model` (the .onnx file), `voices` (the .bin file)."""

    notice = ""

    def __init__(self, options: Mapping[str, Any]) -> None:
        hint = "`alisa models pull kokoro` gets it."
        model = needed(options, "model", "The model of the voice Kokoro", hint)
        voices = needed(options, "voices", "The file with the voices of Kokoro", hint)
        self._kokoro = _load(model, voices)

    def speak(self, request: SpeakRequest, out: Output) -> None:
        """Speak one sentence; see `SpeechEngine`. Raises EngineError for a voice that is not there.

        It is made whole, so its first sound comes at the end of the work. The pitch is not changed.
        """
        names = self._kokoro.get_voices()
        voice = request.voice or (DEFAULT_VOICE if DEFAULT_VOICE in names else names[0])
        if voice not in names:
            raise _unknown(voice)
        samples, rate, timings = self._kokoro.create_timed(
            request.text,
            voice=voice,
            speed=min(max(request.rate, MIN_RATE), MAX_RATE),
            lang=_LANGUAGES.get(voice[:1], "en-us"),
        )
        if out.cancelled:
            return
        out.format(rate)
        phonemes = [PhonemeMark(timing.phoneme, float(timing.start), float(timing.end)) for timing in timings]
        for word in words_of(request.text, phonemes):
            out.word(word.text, word.start_s, word.end_s)
        for phoneme in phonemes:
            if phoneme.symbol.isalpha():
                out.phoneme(phoneme.symbol, phoneme.start_s, phoneme.end_s)
        out.pcm((samples.clip(-1, 1) * _FULL_SCALE).astype("<i2").tobytes())

    def voices(self) -> Sequence[VoiceInfo]:
        """What is in the file of voices."""
        return [
            VoiceInfo(
                name,
                _LANGUAGES.get(name[:1], ""),
                _GENDERS.get(name[1:2], ""),
                name[3:].replace("_", " ").title(),
                default=name == DEFAULT_VOICE,
            )
            for name in self._kokoro.get_voices()
        ]


def _unknown(voice: str) -> EngineError:
    return EngineError("unknown_voice", f"Kokoro has no voice {voice!r}.", "`alisa voices --engine kokoro` lists them.")


def _load(model: Path, voices: Path) -> Any:
    try:
        kokoro_onnx = importlib.import_module("kokoro_onnx")
        onnxruntime = importlib.import_module("onnxruntime")
    except ImportError as error:
        raise library_missing("kokoro", "kokoro-onnx", error) from error
    session_options = onnxruntime.SessionOptions()
    session_options.intra_op_num_threads = max(1, min(_MOST_THREADS, (os.cpu_count() or 2) // 2))
    session_options.add_session_config_entry("session.intra_op.allow_spinning", "0")  # it is idle most of the time
    session = onnxruntime.InferenceSession(str(model), session_options, providers=["CPUExecutionProvider"])
    return kokoro_onnx.Kokoro.from_session(session, str(voices))


def create(options: Mapping[str, Any]) -> Kokoro:
    """The engine `kokoro`."""
    return Kokoro(options)
