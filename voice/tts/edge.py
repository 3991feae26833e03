"""edge-tts: natural voices of an online service, free of charge. What she says leaves the machine.

Only the asynchronous interface is used, and never without a time limit: without a network the other one hangs.
The MP3 that comes is decoded as it arrives; words come with their times.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

from alisa.runtime.errors import EngineError
from voice.tts.formats import Mp3Reader
from voice.tts.loop import Loop
from voice.tts.speech import MAX_PITCH_SEMITONES, MAX_RATE, MIN_RATE, Output, SpeakRequest, VoiceInfo

DEFAULT_VOICE = "en-US-AriaNeural"
"""Clear and warm; one of the first, so that it will be there."""
NOTICE = "Her voice is made online (edge-tts): what she says is sent to Microsoft."
CONNECT_SECONDS = 3
SILENCE_SECONDS = 4.5
"""How long nothing may come. Below the worker's own limits, so that it is told what happened."""
_VOICES_SECONDS = 10.0
_TICKS_A_SECOND = 10_000_000
_HERTZ = 200.0
"""The pitch of a woman's voice, about: the service takes changes in hertz."""


class Edge:
    """The engine `edge`. Options: `url` and `voices_url` (another service that speaks the same protocol)."""

    notice = NOTICE

    def __init__(self, options: Mapping[str, Any]) -> None:
        import edge_tts

        self._library: Any = edge_tts
        if options.get("url"):
            self._library.communicate.WSS_URL = options["url"]
        if options.get("voices_url"):
            self._library.voices.VOICE_LIST = options["voices_url"]
        self._loop = Loop()

    def speak(self, request: SpeakRequest, out: Output) -> None:
        """Speak one sentence; see `SpeechEngine`."""
        self._loop.speak(self._speak(request, out), out)

    def voices(self) -> Sequence[VoiceInfo]:
        """Ask the service. Raises EngineError when it is away."""
        listed = self._loop.run(self._voices())
        return [
            VoiceInfo(
                str(voice["ShortName"]),
                str(voice.get("Locale", "")),
                str(voice.get("Gender", "")).lower(),
                ", ".join(voice.get("VoiceTag", {}).get("VoicePersonalities", ())),
                default=voice["ShortName"] == DEFAULT_VOICE,
            )
            for voice in listed
        ]

    async def _speak(self, request: SpeakRequest, out: Output) -> None:
        sound: Mp3Reader | None = None
        try:
            async with asyncio.timeout(SILENCE_SECONDS) as limit:
                async for piece in self._communication(request).stream():
                    limit.reschedule(asyncio.get_running_loop().time() + SILENCE_SECONDS)
                    if piece["type"] == "audio":
                        sound = sound or Mp3Reader(out)
                        sound.feed(piece["data"])
                    elif piece["type"] == "WordBoundary":
                        begin = piece["offset"] / _TICKS_A_SECOND
                        out.word(piece["text"], begin, begin + piece["duration"] / _TICKS_A_SECOND)
        except Exception as error:
            raise self._trouble(error, request) from error
        if sound is not None:
            sound.finish()

    def _communication(self, request: SpeakRequest) -> Any:
        rate = min(max(request.rate, MIN_RATE), MAX_RATE)
        semitones = min(max(request.pitch, -MAX_PITCH_SEMITONES), MAX_PITCH_SEMITONES)
        try:
            return self._library.Communicate(
                request.text,
                request.voice or DEFAULT_VOICE,
                rate=f"{round((rate - 1) * 100):+d}%",
                pitch=f"{round(_HERTZ * (2 ** (semitones / 12) - 1)):+d}Hz",
                boundary="WordBoundary",
                connect_timeout=CONNECT_SECONDS,
                receive_timeout=round(SILENCE_SECONDS) + 1,
            )
        except ValueError as error:
            raise EngineError(
                "unknown_voice", f"edge-tts has no voice {request.voice!r}.", "`alisa voices --engine edge` lists them."
            ) from error

    async def _voices(self) -> list[dict[str, Any]]:
        try:
            async with asyncio.timeout(_VOICES_SECONDS):
                found: list[dict[str, Any]] = await self._library.list_voices()
                return found
        except Exception as error:
            raise _away(error) from error

    def _trouble(self, error: Exception, request: SpeakRequest) -> EngineError:
        if isinstance(error, EngineError):
            return error
        if isinstance(error, self._library.exceptions.NoAudioReceived):
            return EngineError(
                "no_speech",
                f"edge-tts made no sound of this sentence with the voice {request.voice or DEFAULT_VOICE!r}.",
                "`alisa voices --engine edge` lists its voices.",
            )
        if isinstance(error, self._library.exceptions.EdgeTTSException):
            return EngineError(
                "voice_refused",
                "The online voice (edge-tts) answered in a way that cannot be used.",
                "A newer edge-tts may help; `alisa voices` lists other voices.",
            )
        return _away(error)


def _away(error: Exception) -> EngineError:
    cause = getattr(error, "os_error", error)  # aiohttp's own words hold the address of an object
    reason = "it took too long" if isinstance(error, TimeoutError) else getattr(cause, "strerror", None) or ""
    return EngineError(
        "voice_away",
        f"The online voice (edge-tts) cannot be reached: {reason or type(error).__name__}.",
        "Is this machine online? `alisa voices` shows which voices need no network.",
    )


def create(options: Mapping[str, Any]) -> Edge:
    """The engine `edge`."""
    return Edge(options)
