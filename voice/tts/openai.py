"""Any server with OpenAI's `/v1/audio/speech`: OpenAI, Kokoro-FastAPI, Speaches, LocalAI and others.

Raw samples are asked for, so that the first are heard before the last are made; a server that sends WAV or MP3
instead is understood, too. It tells no times of words.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

from alisa.runtime.errors import EngineError, MissingError
from voice.tts.formats import Sound
from voice.tts.loop import Loop
from voice.tts.speech import MAX_RATE, MIN_RATE, Output, SpeakRequest, VoiceInfo
from voice.tts.web import Web

DEFAULT_MODEL = "tts-1"
DEFAULT_VOICE = "nova"
RAW_RATE = 24000
"""What `pcm` means in OpenAI's API."""
_OWN_VOICES = ("alloy", "ash", "coral", "echo", "fable", "nova", "onyx", "sage", "shimmer")
_REFUSES_FORMAT = (400, 415, 422)


class OpenAiVoice:
    """The engine `openai`. Options: `url` (ends in /v1), `api_key`, `model`, `silence_seconds`."""

    def __init__(self, options: Mapping[str, Any]) -> None:
        url = str(options.get("url", "")).rstrip("/")
        if not url:
            raise MissingError(
                "voice_url_missing",
                "No voice server is set.",
                "Name one: alisa config set voice.tts_url http://127.0.0.1:8880/v1",
            )
        key = options.get("api_key", "")
        self._web = Web(url, {"Authorization": f"Bearer {key}"} if key else {}, options.get("silence_seconds", 8.0))
        self._model = options.get("model") or DEFAULT_MODEL
        self._loop = Loop()
        self._format = "pcm"
        self.notice = self._web.notice

    def speak(self, request: SpeakRequest, out: Output) -> None:
        """Speak one sentence; see `SpeechEngine`. The pitch is not changed: the API knows none."""
        self._loop.speak(self._speak(request, out), out)

    def voices(self) -> Sequence[VoiceInfo]:
        """What the server lists (`/audio/voices`, where it has that), else the names that OpenAI knows."""
        names = self._loop.run(self._names()) or _OWN_VOICES
        return [VoiceInfo(name, default=name == DEFAULT_VOICE) for name in names]

    async def _speak(self, request: SpeakRequest, out: Output) -> None:
        asked = {
            "model": self._model,
            "input": request.text,
            "voice": request.voice or DEFAULT_VOICE,
            "response_format": self._format,
            "speed": min(max(request.rate, MIN_RATE), MAX_RATE),
        }
        sound = Sound(out, RAW_RATE)
        try:
            async for data in self._web.post("/audio/speech", asked):
                sound.feed(data)
        except EngineError:
            if self._web.status not in _REFUSES_FORMAT or self._format != "pcm":
                raise
            self._format = "wav"  # some servers know no raw samples
            await self._speak(request, out)
            return
        sound.finish()

    async def _names(self) -> list[str]:
        try:
            async with asyncio.timeout(5.0):
                listed = await self._web.get("/audio/voices")
        except (EngineError, TimeoutError):
            return []
        voices = listed.get("voices") if isinstance(listed, dict) else None
        found = [voice.get("id") or voice.get("name") if isinstance(voice, dict) else voice for voice in voices or ()]
        return [name for name in found if isinstance(name, str) and name]


def create(options: Mapping[str, Any]) -> OpenAiVoice:
    """The engine `openai`."""
    return OpenAiVoice(options)
