"""A relay between the hub and llama.cpp that notes when each piece passed, and can ask for long, slow replies.

It lets a benchmark compare, on one clock, when a piece left the model and when a client had it; and it lets a
test cut in while she speaks, which the starter model is too quick for.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import time
from collections.abc import AsyncIterator, Callable, Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit


@dataclass
class Relay:
    """One relay on loopback."""

    upstream: Callable[[], tuple[str, str]]
    """where llama.cpp listens now, and its key; asked for each request, since both change when it restarts"""
    endless: int | None = None
    """make replies exactly that many tokens long (llama.cpp's `ignore_eos`)"""
    pace_seconds: float = 0.0
    """let this much time pass between two pieces"""
    passed: list[tuple[float, bytes]] = field(default_factory=list)
    """when (`time.perf_counter`) what passed of replies, as it came; read afterwards, to cost no time now"""
    last_request: dict[str, Any] = field(default_factory=dict)
    """the last chat request, as the hub wrote it"""
    port: int = 0
    streams: set[asyncio.StreamWriter] = field(default_factory=set)
    """the replies under way"""
    handlers: set[asyncio.Task[None]] = field(default_factory=set)

    @property
    def url(self) -> str:
        """What to write into `llm.url`."""
        return f"http://127.0.0.1:{self.port}/v1"

    @contextlib.asynccontextmanager
    async def serve(self) -> AsyncIterator[Relay]:
        """Listen on a free port."""
        server = await asyncio.start_server(self._handle, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        async with server:
            yield self
            self.break_off()
            await asyncio.gather(*self.handlers)

    def break_off(self) -> None:
        """Cut every reply under way, as the end of the model's process does when it is slower than the starter."""
        for stream in self.streams:
            stream.transport.abort()

    async def _handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        handler = asyncio.current_task()
        assert handler is not None
        self.handlers.add(handler)
        handler.add_done_callback(self.handlers.discard)
        self.streams.add(writer)
        with contextlib.suppress(OSError, ValueError, asyncio.IncompleteReadError):  # the model may be away
            head = await reader.readuntil(b"\r\n\r\n")
            lines = head.decode("latin-1").split("\r\n")
            length = next((int(line[15:]) for line in lines if line.lower().startswith("content-length:")), 0)
            body = await reader.readexactly(length)
            chat = lines[0].startswith("POST") and "/chat/completions" in lines[0]
            if chat:
                body = self._rewrite(body)
            kept = [
                line for line in lines[1:] if line and not line.lower().startswith(("content-length", "connection"))
            ]
            url, key = self.upstream()
            ours = [f"authorization: Bearer {key}", f"content-length: {len(body)}", "connection: close"]
            request = "\r\n".join([lines[0], *kept, *ours, "", ""]).encode("latin-1") + body
            await self._forward(url, request, writer, chat)
        writer.close()
        with contextlib.suppress(OSError):
            await writer.wait_closed()
        self.streams.discard(writer)

    async def _forward(self, url: str, request: bytes, writer: asyncio.StreamWriter, chat: bool) -> None:
        address = urlsplit(url)
        upstream, out = await asyncio.open_connection(address.hostname, address.port)
        try:
            out.write(request)
            while data := await upstream.read(65536):
                if chat:
                    self.passed.append((time.perf_counter(), data))
                for piece in data.splitlines(keepends=True) if self.pace_seconds else [data]:
                    writer.write(piece)
                    await writer.drain()
                    if piece.startswith(b"data: "):
                        await asyncio.sleep(self.pace_seconds)
        finally:
            out.close()
            with contextlib.suppress(OSError):
                await out.wait_closed()

    def _rewrite(self, body: bytes) -> bytes:
        self.last_request = json.loads(body)
        if self.endless is None:
            return body
        return json.dumps(self.last_request | {"ignore_eos": True, "max_tokens": self.endless}).encode()


def pieces(passed: Iterable[tuple[float, bytes]]) -> list[tuple[float, str]]:
    """The words of a reply as llama.cpp streamed them, each with the time at which it had passed."""
    found: list[tuple[float, str]] = []
    rest = b""
    for at, data in passed:
        *lines, rest = (rest + data).split(b"\n")
        for line in lines:
            if line.startswith(b"data: {"):
                choices = json.loads(line[6:])["choices"]
                if choices and (text := choices[0]["delta"].get("content")):
                    found.append((at, text))
    return found
