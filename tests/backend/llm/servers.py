"""A model server that misbehaves as a test tells it to, on a real loopback socket."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from alisa.runtime.clock import ManualClock
from alisa.runtime.paths import Home
from alisa.runtime.sections import LlmSettings
from backend.llm.openai import OpenAiModel
from backend.llm.types import ChatMessage, ChatRequest, Delta, Finished, TextDelta

REQUEST = ChatRequest([ChatMessage("user", "hello")], max_tokens=32, temperature=0.5)


@dataclass
class Asked:
    """One request as the server saw it."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Connection:
    """The server's side of one connection."""

    asked: Asked
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    def head(self, status: int = 200, kind: str = "text/event-stream", **headers: str) -> None:
        lines = [f"HTTP/1.1 {status} X", f"Content-Type: {kind}"]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        self.writer.write(("\r\n".join(lines) + "\r\n\r\n").encode())

    def stream_head(self) -> None:
        self.head(Transfer_Encoding="chunked")

    def chunk(self, payload: bytes) -> None:
        self.writer.write(b"%x\r\n%s\r\n" % (len(payload), payload))

    def event(self, *events: object) -> None:
        for event in events:
            text = event if isinstance(event, str) else json.dumps(event)
            self.chunk(f"data: {text}\n\n".encode())

    def end(self) -> None:
        self.writer.write(b"0\r\n\r\n")

    def answer(self, status: int, body: object, kind: str = "application/json", **headers: str) -> None:
        text = (body if isinstance(body, str) else json.dumps(body)).encode()
        self.head(status, kind, Content_Length=str(len(text)), **headers)
        self.writer.write(text)

    async def gone(self) -> None:
        """Wait until the client has let go."""
        while await self.reader.read(1024):
            pass


Handler = Callable[[Connection], Awaitable[None] | None]


@dataclass
class Server:
    """Answers each request with the next handler; the last one answers all that follow."""

    handlers: list[Handler]
    port: int = 0
    asked: list[Asked] = field(default_factory=list)
    connections: int = 0
    gone: asyncio.Event = field(default_factory=asyncio.Event)
    """a client let go of its connection while it was being answered"""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            asked = await _read_request(reader)
            self.asked.append(asked)
            handler = self.handlers.pop(0) if len(self.handlers) > 1 else self.handlers[0]
            done = handler(Connection(asked, reader, writer))
            if done is not None:
                await done
            await writer.drain()
        except (asyncio.IncompleteReadError, OSError):
            self.gone.set()
        finally:
            writer.close()


async def _read_request(reader: asyncio.StreamReader) -> Asked:
    head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
    method, path, _ = head[0].split(" ")
    headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in head[1:-2])}
    return Asked(method, path, headers, await reader.readexactly(int(headers.get("content-length", 0))))


@asynccontextmanager
async def server(*handlers: Handler) -> AsyncIterator[Server]:
    """A server with these handlers, while the block runs."""
    state = Server(list(handlers))
    listening = await asyncio.start_server(state.serve, "127.0.0.1", 0)
    state.port = listening.sockets[0].getsockname()[1]
    try:
        yield state
    finally:
        listening.close()


@asynccontextmanager
async def model_at(url: str, home: Home, **settings: Any) -> AsyncIterator[OpenAiModel]:
    """The client for that server, while the block runs."""
    made = OpenAiModel(LlmSettings(url=url, model="m", **settings), home, ManualClock())
    try:
        yield made
    finally:
        await made.aclose()


def said(*texts: str | None, finish: str | None = "stop") -> list[object]:
    """The events of a reply, as llama.cpp sends them."""
    events: list[object] = [{"choices": [{"index": 0, "delta": {"role": "assistant", "content": None}}]}]
    events += [{"choices": [{"index": 0, "delta": {"content": text}, "finish_reason": None}]} for text in texts]
    if finish:
        events.append({"choices": [{"index": 0, "delta": {}, "finish_reason": finish}]})
    return events


def says(*texts: str) -> Handler:
    """A handler that answers well."""

    def handler(connection: Connection) -> None:
        connection.stream_head()
        connection.event(*said(*texts), "[DONE]")
        connection.end()

    return handler


async def collect(deltas: AsyncIterator[Delta]) -> list[Delta]:
    return [delta async for delta in deltas]


def text_of(deltas: list[Delta]) -> str:
    assert isinstance(deltas[-1], Finished)
    return "".join(delta.text for delta in deltas if isinstance(delta, TextDelta))
