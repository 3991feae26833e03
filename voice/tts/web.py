"""Requests of voices that are made by a server, with limits, and what its refusals mean. A key is never shown."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from typing import Any
from urllib.parse import urlsplit

import httpx

from alisa.runtime.errors import EngineError

CONNECT_SECONDS = 4.0
MAX_ANSWER_BYTES = 64 * 1024 * 1024
_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_KEY_TROUBLE, _MISSING, _TOO_MUCH, _OK = (401, 403), 404, 429, 200


class Web:
    """One server. `silence_seconds`: how long it may send nothing."""

    def __init__(self, url: str, headers: Mapping[str, str], silence_seconds: float) -> None:
        self._url = url
        self._silence_seconds = silence_seconds
        self.host = urlsplit(url).hostname or url
        self.here = self.host in _LOOPBACK
        self.status = 0
        """of the last answer"""
        self._client = httpx.AsyncClient(
            headers={**headers, "Accept-Encoding": "identity"},
            timeout=httpx.Timeout(silence_seconds, connect=CONNECT_SECONDS),
            trust_env=not self.here,
            follow_redirects=False,
        )

    @property
    def notice(self) -> str:
        """What the user must know."""
        return "" if self.here else f"Her voice is made by a server: what she says is sent to {self.host}."

    async def post(self, path: str, body: Mapping[str, Any]) -> AsyncIterator[bytes]:
        """Yield the answer as it comes. Raises EngineError."""
        self.status = 0
        total = 0
        try:
            async with asyncio.timeout(CONNECT_SECONDS + self._silence_seconds) as limit:
                async with self._client.stream("POST", self._url + path, json=body) as response:
                    self.status = response.status_code
                    if response.status_code != _OK:
                        raise self._refusal(response.status_code)
                    async for data in response.aiter_bytes():
                        limit.reschedule(asyncio.get_running_loop().time() + self._silence_seconds)
                        total += len(data)
                        if total > MAX_ANSWER_BYTES:
                            raise self._refusal(0)
                        yield data
        except (httpx.HTTPError, httpx.InvalidURL, TimeoutError, OSError) as error:
            raise self._away(error) from None  # the request in its trace would carry the key

    async def get(self, path: str) -> Any:
        """Return the JSON that a short question is answered with. Raises EngineError."""
        try:
            response = await self._client.get(self._url + path)
            self.status = response.status_code
            if response.status_code != _OK:
                raise self._refusal(response.status_code)
            return json.loads(response.content)
        except (httpx.HTTPError, httpx.InvalidURL, ValueError, RecursionError) as error:
            raise self._away(error) from None

    def _refusal(self, status: int) -> EngineError:
        if status in _KEY_TROUBLE:
            return EngineError(
                "voice_key_refused",
                f"The voice server {self.host} does not accept the key.",
                "Set the right one: alisa config set voice.tts_api_key KEY",
            )
        if status == _TOO_MUCH:
            return EngineError(
                "voice_busy",
                f"The voice server {self.host} takes no more for now (too many requests, or a quota is used up).",
                "Wait a while, or choose another voice: `alisa voices`.",
            )
        hint = "Does the address end in /v1?" if status == _MISSING else "Are the model and the voice ones it has?"
        return EngineError(
            "voice_refused", f"The voice server {self.host} refused to speak (HTTP status {status}).", hint
        )

    def _away(self, error: Exception) -> EngineError:
        slow = isinstance(error, TimeoutError | httpx.TimeoutException)
        reason = "it took too long" if slow else type(error).__name__
        return EngineError(
            "voice_away",
            f"The voice server {self.host} cannot be reached: {reason}.",
            "Does it run, and is its address right?",
        )
