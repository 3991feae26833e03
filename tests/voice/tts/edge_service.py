"""A stand-in for the online service of edge-tts on this machine: it speaks the service's own protocol.

The voice behind it is the built-in one; what it says goes out as MP3 with the times of its words. What it was
asked is kept. Its faults: it can be silent, refuse, or break off after some bytes.
"""

from __future__ import annotations

import asyncio
import html
import io
import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import av
import numpy as np
from aiohttp import WSMsgType, web

from tests.voice.tts.spoken import Spoken, listen
from voice.tts.client import TtsWorker
from voice.tts.speech import SpeakRequest

_TICKS = 10_000_000
_SOUND_HEAD = b"X-RequestId:1\r\nContent-Type:audio/mpeg\r\nPath:audio\r\n"


@dataclass
class EdgeService:
    """Where it listens, what it was asked, and how it misbehaves."""

    url: str = ""
    voices_url: str = ""
    asked: list[str] = field(default_factory=list)
    silent: bool = False
    says_nothing: bool = False
    breaks_off_after: int | None = None

    async def talk(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        async for message in socket:
            if message.type == WSMsgType.TEXT and "Path:ssml" in message.data:
                self.asked.append(message.data)
                if self.silent:
                    await asyncio.Event().wait()
                await self._answer(socket, message.data)
        return socket

    async def list_voices(self, _: web.Request) -> web.Response:
        voice: dict[str, Any] = {
            "ShortName": "en-US-AriaNeural", "Locale": "en-US", "Gender": "Female", "Name": "x", "FriendlyName": "x",
            "Status": "GA", "SuggestedCodec": "mp3",
            "VoiceTag": {"ContentCategories": [], "VoicePersonalities": ["Warm"]},
        }  # fmt: skip
        return web.json_response([voice, {**voice, "ShortName": "de-DE-KatjaNeural", "Locale": "de-DE"}])

    async def _answer(self, socket: web.WebSocketResponse, ssml: str) -> None:
        text = html.unescape(re.sub(r"<[^>]+>", "", ssml.split("\r\n\r\n", 1)[1])).strip()
        await socket.send_str("X-RequestId:1\r\nPath:turn.start\r\n\r\n{}")
        if not self.says_nothing:
            spoken = await _speak(text)
            for word in spoken.words:
                await socket.send_str(_metadata(word.text, word.start_s, word.end_s))
            sound = mp3(spoken.samples, spoken.rate)
            for begin in range(0, len(sound), 1024):
                if self.breaks_off_after is not None and begin >= self.breaks_off_after:
                    await socket.close()
                    return
                data = sound[begin : begin + 1024]
                await socket.send_bytes(len(_SOUND_HEAD).to_bytes(2, "big") + _SOUND_HEAD + data)
        await socket.send_str("X-RequestId:1\r\nPath:turn.end\r\n\r\n{}")


@asynccontextmanager
async def edge_service() -> AsyncIterator[EdgeService]:
    """The service, listening on a free port."""
    service = EdgeService()
    app = web.Application()
    app.router.add_get("/edge/v1", service.talk)
    app.router.add_get("/voices", service.list_voices)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    service.url = f"ws://127.0.0.1:{port}/edge/v1?x=1"
    service.voices_url = f"http://127.0.0.1:{port}/voices?x=1"
    try:
        yield service
    finally:
        await runner.cleanup()


def mp3(samples: np.ndarray, rate: int) -> bytes:
    """MP3 as the service sends it: 24 kHz, 48 kbit/s, no tags."""
    file = io.BytesIO()
    container: Any = av.open(file, "w", format="mp3", options={"write_xing": "0", "id3v2_version": "0"})
    stream: Any = container.add_stream("libmp3lame", rate=24000)
    stream.layout, stream.bit_rate = "mono", 48000
    frame: Any = av.AudioFrame.from_ndarray((samples * 32767).astype(np.int16)[None], format="s16", layout="mono")
    frame.sample_rate = rate
    resampler = av.AudioResampler(stream.codec_context.format, "mono", 24000, 1152)
    for piece in [*resampler.resample(frame), *resampler.resample(None), None]:
        for packet in stream.encode(piece):
            container.mux(packet)
    container.close()
    return file.getvalue()


async def _speak(text: str) -> Spoken:
    worker = TtsWorker("espeak")
    try:
        return await listen(worker.speak(SpeakRequest(text)))
    finally:
        await worker.aclose()


def _metadata(text: str, start_s: float, end_s: float) -> str:
    boundary = {
        "Offset": int(start_s * _TICKS),
        "Duration": int((end_s - start_s) * _TICKS),
        "text": {"Text": html.escape(text), "Length": len(text), "BoundaryType": "WordBoundary"},
    }
    told = {"Metadata": [{"Type": "WordBoundary", "Data": boundary}]}
    head = "X-RequestId:1\r\nContent-Type:application/json; charset=utf-8\r\nPath:audio.metadata\r\n\r\n"
    return head + json.dumps(told)
