"""Any server with OpenAI's `/v1/audio/transcriptions`: hears what was said once it is over.

Unless the server is on this machine, what you say leaves it; `notice` says so. Sound without a voice in it is
not sent.
"""

from __future__ import annotations

import io
import ipaddress
import wave
from urllib.parse import urlsplit

import httpx
import numpy as np

from alisa.runtime.errors import EngineError, MissingError
from alisa.runtime.paths import Home
from voice.audio.clips import Samples, to_int16
from voice.settings import VoiceSettings
from voice.stt.guards import credible
from voice.stt.loudness import voiced_seconds
from voice.stt.recognizer import RATE, Transcript

DEFAULT_MODEL = "whisper-1"
CONNECT_SECONDS = 4.0
ANSWER_SECONDS = 20.0
_LEAST_VOICE_SECONDS = 0.1


def create(settings: VoiceSettings, home: Home) -> ServerRecognizer:  # noqa: ARG001 (all engines are made alike)
    """The engine for these settings. Raises MissingError where no usable server is named."""
    url = settings.stt_url.strip().rstrip("/")
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise MissingError(
            "stt_url_missing",
            "No server is named that could understand speech.",
            "Name one: alisa config set voice.stt_url http://127.0.0.1:9000/v1",
        )
    return ServerRecognizer(url, settings.stt_api_key, settings.stt_model or DEFAULT_MODEL, settings.language)


class ServerRecognizer:
    """A server, asked once for each utterance."""

    def __init__(
        self, url: str, key: str, model: str, language: str, *, answer_seconds: float = ANSWER_SECONDS
    ) -> None:
        self._host = urlsplit(url).hostname or url
        self.notice = "" if is_loopback(self._host) else f"What you say is sent to {self._host} to be understood."
        self.model = model
        self._url = f"{url}/audio/transcriptions"
        self._headers = {"Authorization": f"Bearer {key}"} if key else {}
        self._fields = {"model": model, "response_format": "json", "temperature": "0"}
        if language:
            self._fields["language"] = language.partition("-")[0].lower()
        self._timeout = httpx.Timeout(answer_seconds, connect=CONNECT_SECONDS)
        self._http: httpx.Client | None = None
        self._heard: list[Samples] = []

    def load(self) -> None:
        """Make the client; the server is not asked yet."""
        if self._http is None:
            self._http = httpx.Client(
                headers=self._headers, timeout=self._timeout, transport=httpx.HTTPTransport(retries=1)
            )

    def begin(self) -> None:
        self.load()
        self._heard = []

    def feed(self, samples: Samples) -> None:
        self._heard.append(samples)

    def partial(self) -> None:
        """Nothing: the server tells words only at the end."""

    def finish(self) -> Transcript:
        sound = np.concatenate([np.zeros(0, np.float32), *self._heard])
        self._heard = []
        seconds = len(sound) / RATE
        if voiced_seconds(sound) < _LEAST_VOICE_SECONDS:
            return Transcript("", 0.0, seconds)
        text = credible(self._ask(sound), sound)
        return Transcript(text, 1.0 if text else 0.0, seconds)

    def close(self) -> None:
        if self._http is not None:
            self._http.close()
            self._http = None

    def _ask(self, sound: Samples) -> str:
        """Return what the server understood. Raises EngineError."""
        self.load()
        assert self._http is not None  # noqa: S101
        files = {"file": ("speech.wav", _wav(sound), "audio/wav")}
        try:
            answer = self._http.post(self._url, data=self._fields, files=files)
        except httpx.TimeoutException as error:
            raise EngineError(
                "stt_too_slow",
                f"{self._host} did not say in time what it understood.",
                "Try a smaller model there, or another engine: alisa config set voice.stt auto",
            ) from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise EngineError(
                "stt_unreachable",
                f"{self._host} cannot be reached to understand speech.",
                "Does it run, and is voice.stt_url right? Without it: alisa config set voice.stt auto",
            ) from error
        if answer.status_code != 200:
            raise self._refusal(answer.status_code)
        try:
            text = answer.json()["text"]
        except (ValueError, KeyError, TypeError) as error:
            raise self._odd() from error
        if not isinstance(text, str):
            raise self._odd()
        return text

    def _refusal(self, status: int) -> EngineError:
        if status in (401, 403):
            return EngineError(
                "stt_not_allowed",
                f"{self._host} does not accept the key for understanding speech.",
                "Set the right one: alisa config set voice.stt_api_key KEY",
            )
        if status == 404:
            return EngineError(
                "stt_not_there",
                f"{self._host} has no /audio/transcriptions, or no model {self.model!r}.",
                "voice.stt_url should end in /v1; voice.stt_model names the model there.",
            )
        return EngineError(
            "stt_server_failed",
            f"{self._host} answered with error {status} instead of words.",
            "Look at that server's log, or choose another engine: alisa config set voice.stt auto",
        )

    def _odd(self) -> EngineError:
        return EngineError(
            "stt_odd_answer",
            f"{self._host} answered with something that is no transcript.",
            "Is voice.stt_url the address of an OpenAI-compatible server, with /v1 at its end?",
        )


def is_loopback(host: str) -> bool:
    """Return whether a host is this machine."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _wav(sound: Samples) -> bytes:
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(to_int16(sound))
    return buffer.getvalue()
