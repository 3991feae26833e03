"""The engine `scripted`: tones instead of words, at known times, with the faults that a test asks for.

Each word is a tone of `word_ms`, its phonemes are its letters. Options: `rate` (samples a second), `word_ms`,
`first_audio_ms` (how long it thinks), `chunk_ms` (how much sound comes at a time), `real_time` (no faster than it is
heard), `fail` (each sentence fails), `hang_after_words`, `exit_after_words`, `print` (what it prints to stdout
by every way there is), `deaf` (does not look whether it was cancelled), `notice`.
"""

from __future__ import annotations

import array
import math
import os
import sys
import threading
from collections.abc import Mapping, Sequence
from typing import Any

from alisa.runtime.errors import EngineError
from voice.tts.speech import Output, SpeakRequest, VoiceInfo

_VOICES = {"low": 220.0, "high": 440.0}
_LOUDNESS = 8000


class Scripted:
    """The engine `scripted`; the options are those of the module."""

    def __init__(self, options: Mapping[str, Any]) -> None:
        self._options = options
        self.notice: str = options.get("notice", "")
        self._rate: int = options.get("rate", 16000)

    def speak(self, request: SpeakRequest, out: Output) -> None:
        """Speak one sentence; see `SpeechEngine`."""
        options = self._options
        if options.get("print"):
            self._print(options["print"])
        self._wait(options.get("first_audio_ms", 0) / 1000)
        if options.get("fail"):
            raise EngineError("scripted_failure", "The script says that this fails.")
        out.format(self._rate)
        word_seconds = options.get("word_ms", 200) / 1000 / request.rate
        frequency = _VOICES.get(request.voice or "high", 440.0) * 2 ** (request.pitch / 12)
        for place, word in enumerate(request.text.split()):
            if place == options.get("hang_after_words"):
                threading.Event().wait()
            if place == options.get("exit_after_words"):
                os._exit(70)
            if out.cancelled and not options.get("deaf"):
                return
            self._say(word, place * word_seconds, word_seconds, frequency, out)

    def voices(self) -> Sequence[VoiceInfo]:
        """Two: a high one and a low one."""
        return [VoiceInfo("high", "en-US", "female", default=True), VoiceInfo("low", "en-US", "male")]

    def _say(self, word: str, start: float, seconds: float, frequency: float, out: Output) -> None:
        out.word(word, start, start + seconds)
        for place, letter in enumerate(word):
            begin = start + seconds * place / len(word)
            out.phoneme(letter.lower(), begin, start + seconds * (place + 1) / len(word))
        chunk = max(1, round(self._rate * self._options.get("chunk_ms", 40) / 1000))
        left = round(seconds * self._rate)
        while left > 0 and not (out.cancelled and not self._options.get("deaf")):
            count = min(chunk, left)
            wave = array.array(
                "h", (int(_LOUDNESS * math.sin(math.tau * frequency * n / self._rate)) for n in range(count))
            )
            if sys.byteorder == "big":
                wave.byteswap()
            out.pcm(wave.tobytes())
            left -= count
            if self._options.get("real_time"):
                self._wait(count / self._rate)

    def _print(self, text: str) -> None:
        """Pollute standard output as badly behaved libraries do."""
        print(text, flush=True)  # noqa: T201 (that is the fault)
        os.write(1, text.encode())

    def _wait(self, seconds: float) -> None:
        if seconds > 0:
            threading.Event().wait(seconds)


class ScriptedConverter:
    """The converter `scripted_converter`: everything at half the loudness. Options: `fail`, `notice`."""

    def __init__(self, options: Mapping[str, Any]) -> None:
        self._options = options
        self.notice: str = options.get("notice", "")

    def convert(self, sound: bytes, rate: int, out: Output) -> None:
        """Convert a whole sentence; see `Converter`."""
        if self._options.get("fail"):
            raise EngineError("scripted_failure", "The script says that this fails.")
        samples = array.array("h", sound)
        if sys.byteorder == "big":
            samples.byteswap()
        halved = array.array("h", (sample // 2 for sample in samples))
        if sys.byteorder == "big":
            halved.byteswap()
        out.format(rate)
        out.pcm(halved.tobytes())


def create(options: Mapping[str, Any]) -> Scripted:
    """The engine `scripted`."""
    return Scripted(options)


def create_converter(options: Mapping[str, Any]) -> ScriptedConverter:
    """The converter `scripted_converter`."""
    return ScriptedConverter(options)
