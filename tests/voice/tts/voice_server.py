"""Voice servers on this machine that speak the APIs of OpenAI and ElevenLabs; their sound is a tone."""

from __future__ import annotations

import asyncio
import base64
import io
import json
import wave
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from aiohttp import web

from tests.voice.tts.edge_service import mp3

RATE = 24000
SECONDS = 0.8


def tone() -> np.ndarray:
    return (0.5 * np.sin(np.arange(round(SECONDS * RATE)) * 2 * np.pi * 300 / RATE)).astype(np.float32)


def pcm() -> bytes:
    return (tone() * 32767).astype("<i2").tobytes()


def wav(channels: int = 1) -> bytes:
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setnchannels(channels)
        sound.setsampwidth(2)
        sound.setframerate(RATE)
        sound.writeframes(np.repeat(np.frombuffer(pcm(), "<i2"), channels).tobytes())
    return file.getvalue()


@dataclass
class VoiceServer:
    """Where it listens, what it was asked, and how it behaves."""

    url: str = ""
    asked: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    sends: str = "pcm"
    """pcm, wav, stereo, mp3, html"""
    status: int = 200
    refuses_pcm: bool = False
    pause: asyncio.Event = field(default_factory=asyncio.Event)
    """when it is cleared, the server waits in the middle"""
    hang_up: bool = False

    async def openai(self, request: web.Request) -> web.StreamResponse:
        asked = await request.json()
        self.asked.append(asked)
        self.headers.append(dict(request.headers))
        if self.status != 200:
            return web.Response(status=self.status, text="secret words of the server")
        if self.refuses_pcm and asked["response_format"] == "pcm":
            return web.Response(status=400)
        kind = "wav" if self.refuses_pcm else self.sends
        sound = {"pcm": pcm, "wav": wav, "stereo": lambda: wav(2), "html": lambda: b"<html>" * 100}.get(
            kind, lambda: mp3(tone(), RATE)
        )()
        return await self._send(request, [sound[begin : begin + 999] for begin in range(0, len(sound), 999)])

    async def elevenlabs(self, request: web.Request) -> web.StreamResponse:
        asked = await request.json()
        self.asked.append({**asked, "voice": request.match_info["voice"], **request.query})
        self.headers.append(dict(request.headers))
        if self.status != 200:
            return web.Response(status=self.status)
        text, sound = asked["text"], pcm()
        each = SECONDS / len(text)
        lines = []
        half = len(sound) // 4 * 2
        for begin, end, data in ((0, len(text) // 2, sound[:half]), (len(text) // 2, len(text), sound[half:])):
            alignment = {
                "characters": list(text[begin:end]),
                "character_start_times_seconds": [place * each for place in range(begin, end)],
                "character_end_times_seconds": [(place + 1) * each for place in range(begin, end)],
            }
            told = {"audio_base64": base64.b64encode(data).decode(), "alignment": alignment}
            lines.append(json.dumps(told).encode() + b"\n")
        whole = b"".join(lines)
        return await self._send(request, [whole[begin : begin + 777] for begin in range(0, len(whole), 777)])

    async def voices(self, request: web.Request) -> web.Response:
        if request.path.endswith("/audio/voices"):
            return web.json_response({"voices": ["af_heart", {"id": "af_sky"}]})
        return web.json_response({"voices": [{"voice_id": "abc", "name": "Sarah", "labels": {"gender": "female"}}]})

    async def _send(self, request: web.Request, pieces: list[bytes]) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        for place, piece in enumerate(pieces):
            await response.write(piece)
            if place == len(pieces) // 2:
                if self.hang_up:
                    assert request.transport is not None
                    request.transport.abort()
                    return response
                await self.pause.wait()
        await response.write_eof()
        return response


@asynccontextmanager
async def voice_server() -> AsyncIterator[VoiceServer]:
    """A server on a free port."""
    server = VoiceServer()
    server.pause.set()
    app = web.Application()
    app.router.add_post("/v1/audio/speech", server.openai)
    app.router.add_post("/v1/text-to-speech/{voice}/stream/with-timestamps", server.elevenlabs)
    app.router.add_get("/v1/audio/voices", server.voices)
    app.router.add_get("/v1/voices", server.voices)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    server.url = f"http://127.0.0.1:{runner.addresses[0][1]}/v1"
    try:
        yield server
    finally:
        server.pause.set()
        await runner.cleanup()
