"""espeak-ng, from the wheel that carries engine and data: the voice that is there from the first minute.

Spoken to through ctypes, since its events tell the time of every word and phoneme. It is GPL-3 and keeps
its state in globals, so it lives in a worker process. First sound after a few milliseconds.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from alisa.runtime.errors import EngineError, MissingError
from voice.tts.speech import MAX_PITCH_SEMITONES, MAX_RATE, MIN_RATE, Output, SpeakRequest, VoiceInfo

DEFAULT_VOICE = "en-us+f3"
"""American English, third female variant: the brightest of those that stay clear and unhurried."""
WORDS_A_MINUTE = 165
"""Its own default is 175; a little slower is easier to follow for a voice that nobody is used to."""
BUFFER_MS = 40
"""How much it makes before it hands it out: the first sound waits for this."""

# speak_lib.h
_SYNCHRONOUS = 2
_PHONEME_EVENTS, _PHONEMES_IN_IPA, _DONT_EXIT = 0x0001, 0x0002, 0x8000
_UTF8 = 1
_RATE, _PITCH = 1, 3
_EVENT_LIST_ENDS, _EVENT_WORD, _EVENT_PHONEME = 0, 1, 7
_NEUTRAL_PITCH, _PITCH_STEPS_AN_OCTAVE = 50, 50
_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")
"""A line break ends a clause, and 0x01 begins a command."""


class _Id(ctypes.Union):
    _fields_ = (("number", ctypes.c_int), ("name", ctypes.c_char_p), ("string", ctypes.c_char * 8))


class _Event(ctypes.Structure):
    _fields_ = (
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", _Id),
    )


class _Voice(ctypes.Structure):
    _fields_ = (
        ("name", ctypes.c_char_p),
        ("languages", ctypes.c_char_p),
        ("identifier", ctypes.c_char_p),
        ("gender", ctypes.c_ubyte),
        ("age", ctypes.c_ubyte),
        ("variant", ctypes.c_ubyte),
        ("xx1", ctypes.c_ubyte),
        ("score", ctypes.c_int),
        ("spare", ctypes.c_void_p),
    )


_Callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event))


class Espeak:
    """The engine `espeak`."""

    notice = ""

    def __init__(self, library: Any, data: Path) -> None:
        self._library = library
        self._data = data
        self._rate = library.espeak_Initialize(
            _SYNCHRONOUS, BUFFER_MS, str(data).encode(), _PHONEME_EVENTS | _PHONEMES_IN_IPA | _DONT_EXIT
        )
        if self._rate <= 0:
            raise EngineError("espeak_broken", "espeak-ng does not start.", "Install Alisa's libraries again.")
        self._sentence: _Sentence | None = None
        self._callback = _Callback(self._received)  # kept: the library holds no reference to it
        library.espeak_SetSynthCallback(self._callback)

    def speak(self, request: SpeakRequest, out: Output) -> None:
        """Speak one sentence; see `SpeechEngine`. Raises EngineError for a voice that is not there."""
        self._choose(request.voice or DEFAULT_VOICE)
        rate = min(max(request.rate, MIN_RATE), MAX_RATE)
        semitones = min(max(request.pitch, -MAX_PITCH_SEMITONES), MAX_PITCH_SEMITONES)
        pitch = _NEUTRAL_PITCH + round(semitones * _PITCH_STEPS_AN_OCTAVE / 12)
        self._library.espeak_SetParameter(_RATE, round(WORDS_A_MINUTE * rate), 0)
        self._library.espeak_SetParameter(_PITCH, min(max(pitch, 0), 99), 0)
        text = _CONTROL.sub(" ", request.text)
        data = text.encode("utf-8", "replace") + b"\0"
        out.format(self._rate)
        self._sentence = _Sentence(text, out, self._rate)
        try:
            self._library.espeak_Synth(data, len(data), 0, 0, 0, _UTF8, None, None)
            self._sentence.finish()
        finally:
            self._sentence = None

    def voices(self) -> Sequence[VoiceInfo]:
        """English with its female variants first, then a voice for each language."""
        self._library.espeak_ListVoices.restype = ctypes.POINTER(ctypes.POINTER(_Voice))
        listed = self._library.espeak_ListVoices(None)
        found = [VoiceInfo(DEFAULT_VOICE, "en-US", "female", "English (America)", default=True)]
        found += [
            VoiceInfo(f"en-us+{name}", "en-US", "female", "English (America)")
            for name in self._female_variants()
            if f"en-us+{name}" != DEFAULT_VOICE
        ]
        place = 0
        while listed[place]:
            voice = listed[place].contents
            language = voice.languages[1:].decode("utf-8", "replace")  # the first byte is a priority
            found.append(VoiceInfo(language, language, "", voice.name.decode("utf-8", "replace")))
            place += 1
        return found

    def _female_variants(self) -> list[str]:
        variants = sorted((self._data / "voices" / "!v").iterdir())
        return [path.name for path in variants if "gender female" in path.read_text("utf-8", errors="replace")]

    def _choose(self, voice: str) -> None:
        name, _, variant = voice.partition("+")
        known = not variant or (self._data / "voices" / "!v" / Path(variant).name).is_file()
        if not known or self._library.espeak_SetVoiceByName(f"{name}+{variant}".rstrip("+").encode()) != 0:
            raise EngineError(
                "unknown_voice", f"espeak-ng has no voice {voice!r}.", "`alisa voices --engine espeak` lists them."
            )

    def _received(self, samples: Any, count: int, events: Any) -> int:
        """Called by the library for each piece; returning 1 ends the sentence."""
        sentence = self._sentence
        if sentence is None:
            return 1
        try:
            return sentence.take(samples, count, events)
        except Exception as error:  # noqa: BLE001 (nothing may be raised through the library's C frames)
            sentence.failure = error
            return 1


class _Sentence:
    """What one sentence has become so far. Words and phonemes end where the next one begins."""

    def __init__(self, text: str, out: Output, rate: int) -> None:
        self.failure: Exception | None = None
        self._text = text
        self._out = out
        self._rate = rate
        self._samples = 0
        self._word: tuple[str, float] | None = None
        self._phoneme: tuple[str, float] | None = None

    def take(self, samples: Any, count: int, events: Any) -> int:
        if self._out.cancelled:
            return 1
        if samples and count > 0:
            self._out.pcm(ctypes.string_at(samples, count * 2))
            self._samples += count
        place = 0
        while events[place].type != _EVENT_LIST_ENDS:
            self._mark(events[place])
            place += 1
        return 0

    def finish(self) -> None:
        if self.failure is not None:
            raise self.failure
        if not self._out.cancelled:
            self._end_word(self._samples / self._rate)
            self._end_phoneme(self._samples / self._rate)

    def _mark(self, event: Any) -> None:
        at = event.audio_position / 1000
        if event.type == _EVENT_WORD:
            self._end_word(at)
            begin = event.text_position - 1
            self._word = (self._text[begin : begin + event.length], at)
        elif event.type == _EVENT_PHONEME:
            self._end_phoneme(at)
            symbol = event.id.string.decode("utf-8", "replace").strip("_:ˈˌ|")
            self._phoneme = (symbol, at) if symbol else None

    def _end_word(self, at: float) -> None:
        if self._word is not None and self._word[0].strip():
            self._out.word(self._word[0], self._word[1], at)
        self._word = None

    def _end_phoneme(self, at: float) -> None:
        if self._phoneme is not None:
            self._out.phoneme(*self._phoneme, at)
        self._phoneme = None


def create(_options: Mapping[str, Any]) -> Espeak:
    """The engine `espeak`; it has no options. Raises MissingError without its wheel."""
    try:
        import espeakng_loader

        library = ctypes.CDLL(espeakng_loader.get_library_path())
        data = Path(espeakng_loader.get_data_path())
    except (ImportError, OSError, RuntimeError) as error:
        raise MissingError(
            "espeak_missing",
            "The built-in voice (espeak-ng) is not installed.",
            "In Alisa's folder run: python -m pip install espeakng-loader",
        ) from error
    return Espeak(library, data)
