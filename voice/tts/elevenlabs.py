"""ElevenLabs: an online service with a key of one's own. What she says leaves the machine.

The stream tells the time of every letter, hence of every word.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from alisa.runtime.errors import EngineError, MissingError
from voice.tts.loop import Loop
from voice.tts.speech import Output, SpeakRequest, VoiceInfo
from voice.tts.web import Web

URL = "https://api.elevenlabs.io/v1"
DEFAULT_MODEL = "eleven_flash_v2_5"
"""The one with the shortest wait."""
DEFAULT_VOICE = "EXAVITQu4vr4xnSDxMaL"
"""Sarah, one of those that every account has."""
RATE = 24000
_MIN_SPEED, _MAX_SPEED = 0.7, 1.2
"""What the service takes."""


class ElevenLabs:
    """The engine `elevenlabs`. Options: `api_key`, `model`, `url`, `silence_seconds`."""

    def __init__(self, options: Mapping[str, Any]) -> None:
        key = options.get("api_key", "")
        if not key:
            raise MissingError(
                "voice_key_missing",
                "ElevenLabs needs a key.",
                "Get one from your account there, then: alisa config set voice.tts_api_key KEY",
            )
        self._web = Web(options.get("url") or URL, {"xi-api-key": key}, options.get("silence_seconds", 6.0))
        self._model = options.get("model") or DEFAULT_MODEL
        self._loop = Loop()
        self.notice = self._web.notice

    def speak(self, request: SpeakRequest, out: Output) -> None:
        """Speak one sentence; see `SpeechEngine`. The pitch is not changed: the service knows none."""
        self._loop.speak(self._speak(request, out), out)

    def voices(self) -> Sequence[VoiceInfo]:
        """The voices of the account. Raises EngineError."""
        listed = self._loop.run(self._web.get("/voices"))
        voices = listed.get("voices", ()) if isinstance(listed, dict) else ()
        return [
            VoiceInfo(
                str(voice.get("voice_id", "")),
                gender=str((voice.get("labels") or {}).get("gender", "")),
                summary=str(voice.get("name", "")),
                default=voice.get("voice_id") == DEFAULT_VOICE,
            )
            for voice in voices
        ]

    async def _speak(self, request: SpeakRequest, out: Output) -> None:
        voice = quote(request.voice or DEFAULT_VOICE, safe="")
        asked = {
            "text": request.text,
            "model_id": self._model,
            "voice_settings": {"speed": min(max(request.rate, _MIN_SPEED), _MAX_SPEED)},
        }
        out.format(RATE)
        words, waiting = _Words(out), b""
        path = f"/text-to-speech/{voice}/stream/with-timestamps?output_format=pcm_{RATE}"
        async for data in self._web.post(path, asked):
            *lines, waiting = (waiting + data).split(b"\n")
            for line in lines:
                self._take(line, words, out)
        self._take(waiting, words, out)
        words.finish()

    def _take(self, line: bytes, words: _Words, out: Output) -> None:
        if not line.strip():
            return
        try:
            told = json.loads(line)
            sound = base64.b64decode(told.get("audio_base64") or "")
            words.take(told.get("alignment") or {})
        except (ValueError, TypeError, AttributeError, KeyError, RecursionError) as error:
            raise EngineError(
                "voice_refused",
                "ElevenLabs answered in a way that cannot be used.",
                "Try again, or choose another: `alisa voices`.",
            ) from error
        out.pcm(sound)


class _Words:
    """Letters with their times, put together to words."""

    def __init__(self, out: Output) -> None:
        self._out = out
        self._word = ""
        self._start = self._end = 0.0

    def take(self, alignment: Mapping[str, Any]) -> None:
        names = ("characters", "character_start_times_seconds", "character_end_times_seconds")
        for letter, start, end in zip(*(alignment.get(name, ()) for name in names), strict=False):
            if letter.isspace():
                self.finish()
                continue
            if not self._word:
                self._start = float(start)
            self._word, self._end = self._word + letter, float(end)

    def finish(self) -> None:
        if self._word:
            self._out.word(self._word, self._start, self._end)
        self._word = ""


def create(options: Mapping[str, Any]) -> ElevenLabs:
    """The engine `elevenlabs`."""
    return ElevenLabs(options)
