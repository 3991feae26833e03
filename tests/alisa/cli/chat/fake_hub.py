"""A hub for the chat to talk with: the real codec over a real WebSocket, and `/history` beside it.

Only what she says is made up. It keeps what was said, answers `resume`, and can go away and return.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import suppress
from http import HTTPStatus
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit

from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response

from alisa.protocol import Emotion, EndReason, Message, decode, encode
from alisa.protocol.messages import (
    EmotionShown,
    End,
    Error,
    Hello,
    Interrupt,
    Mode,
    Say,
    Status,
    Token,
    Turn,
    User,
    Welcome,
)
from alisa.runtime.paths import Home
from alisa.runtime.token import read_or_make_token

Answer = Callable[[str], AsyncIterator[Any]]


async def echo(text: str) -> AsyncIterator[Any]:
    """What she answers when a test does not care: an emotion, and what was said."""
    yield Emotion.HAPPY
    for word in ("You said: ", *text.split(" ")):
        yield word if word.endswith(" ") else word + " "


class FakeHub:
    """`async with FakeHub(home) as hub`. An answer yields an Emotion, words, or an Error."""

    def __init__(self, home: Home, answer: Answer = echo) -> None:
        self.answer = answer
        self.said: list[str] = []
        self.heard: list[Message] = []
        self.messages: list[dict[str, Any]] = []
        self.hellos: list[Hello] = []
        self.turn = 0
        self.running: asyncio.Task[None] | None = None
        self._home = home
        self._token = read_or_make_token(home)
        self._clients: dict[ServerConnection, str] = {}
        self._queue: asyncio.Queue[tuple[str, str, int]] = asyncio.Queue()
        self._server: Server | None = None
        self._sending: set[asyncio.Task[None]] = set()
        self._port = 0
        self._worker: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        await self.come()
        self._worker = asyncio.create_task(self._work())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for task in (self._worker, self.running):
            if task is not None:
                task.cancel()
        await self.go()

    async def come(self) -> None:
        """Listen, on the port of before."""
        self._server = await serve(self._serve, "127.0.0.1", self._port, process_request=self._door)
        self._port = self._server.sockets[0].getsockname()[1]
        url = f"http://127.0.0.1:{self._port}"
        self._home.hub_file.write_text(json.dumps({"url": url, "pid": 1, "created": 0.0}), encoding="utf-8")

    async def go(self) -> None:
        """Drop everybody and stop listening, as a hub that is killed."""
        if self._server is not None:
            for client in list(self._clients):
                client.transport.abort()
            self._server.close()
            await self._server.wait_closed()
            self._server = None

    def remember(self, turn: int, role: str, text: str, **more: Any) -> None:
        """Put a message into history."""
        row = {"id": len(self.messages) + 1, "turn": turn, "conversation": "main", "role": role, "text": text}
        row |= {"emotion": None, "cause": "user", "origin": "", "interrupted": False, "at": "2026-11-21T20:14:00+00:00"}
        self.messages.append(row | more)
        self.turn = max(self.turn, turn)

    def tell(self, conversation: str, *messages: Message) -> None:
        """Send to everybody in a conversation."""
        for client, where in list(self._clients.items()):
            if where == conversation:
                for message in messages:
                    self._later(_quietly(client, encode(message)))

    def _later(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._sending.add(task)
        task.add_done_callback(self._sending.discard)

    # --- one client -----------------------------------------------------------------------------

    def _door(self, connection: ServerConnection, request: Request) -> Response | None:
        if request.headers.get("Authorization") != f"Bearer {self._token}":
            body = json.dumps(
                {"code": "token_wrong", "message": "The token is not right.", "hint": "Run `alisa token`."}
            )
            return connection.respond(HTTPStatus.UNAUTHORIZED, body)
        parts = urlsplit(request.path)
        if parts.path != "/history":
            return None
        query = parse_qs(parts.query)
        rows = [row for row in self.messages if row["conversation"] == query["conversation"][0]]
        return connection.respond(HTTPStatus.OK, json.dumps({"messages": rows[-int(query["limit"][0]) :]}))

    async def _serve(self, client: ServerConnection) -> None:
        try:
            hello = decode(str(await client.recv()))
            assert isinstance(hello, Hello)
            self.hellos.append(hello)
            turn = self.turn or None
            await client.send(
                encode(Welcome("fake", hello.conversation, current_turn=turn, mode="calm", persona="alisa"))
            )
            await client.send(encode(Status({"llm": "ready"})))
            for message in self._missed(hello):
                await client.send(encode(message))
            self._clients[client] = hello.conversation
            async for frame in client:
                await self._handle(client, decode(str(frame)))
        except ConnectionClosed:
            pass
        finally:
            self._clients.pop(client, None)

    def _missed(self, hello: Hello) -> list[Message]:
        told: list[Message] = []
        for row in self.messages:
            if hello.resume is None or row["turn"] <= hello.resume or row["conversation"] != hello.conversation:
                continue
            if row["role"] == "user":
                told.append(User(row["text"], row["turn"]))
            else:
                reason = EndReason.INTERRUPTED if row["interrupted"] else EndReason.STOP
                told += [Turn(turn=row["turn"]), Token(row["text"], row["turn"]), End(reason, turn=row["turn"])]
        return told

    async def _handle(self, client: ServerConnection, message: Message | str | None) -> None:
        conversation = self._clients[client]
        assert isinstance(message, Message)
        self.heard.append(message)
        match message:
            case Say(text=text) if text == "too long":
                await client.send(encode(Error("message_too_long", "That is too long.", "Make it shorter.")))
            case Say(text=text):
                self.turn += 1
                self.said.append(text)
                self.remember(self.turn, "user", text, conversation=conversation)
                self.tell(conversation, User(text, self.turn))
                self._queue.put_nowait((conversation, text, self.turn))
            case Mode(mode="calm" | "teasing" | "serious"):
                self.tell(conversation, message)
            case Mode(mode=mode):
                await client.send(encode(Error("unknown_mode", f"There is no mode {mode}.", "Type /mode.")))
            case Interrupt() if self.running is not None:
                self.running.cancel()
            case _:
                pass

    async def _work(self) -> None:
        while True:
            conversation, text, turn = await self._queue.get()
            self.running = asyncio.create_task(self._reply(conversation, text, turn))
            await asyncio.wait([self.running])

    async def _reply(self, conversation: str, text: str, turn: int) -> None:
        self.tell(conversation, Turn(turn=turn))
        reply, reason = "", EndReason.STOP
        try:
            async for part in self.answer(text):
                match part:
                    case Emotion():
                        self.tell(conversation, EmotionShown(part, turn))
                    case Error():
                        self.tell(conversation, Error(part.code, part.message, part.hint, turn))
                        reason = EndReason.ERROR
                    case Status():
                        self.tell(conversation, part)
                    case _:
                        reply += part
                        self.tell(conversation, Token(part, turn))
        except asyncio.CancelledError:
            reason = EndReason.INTERRUPTED
        if reply:
            interrupted = reason is EndReason.INTERRUPTED
            self.remember(turn, "assistant", reply, conversation=conversation, interrupted=interrupted)
        self.tell(conversation, End(reason, turn=turn))


async def _quietly(client: ServerConnection, frame: str) -> None:
    with suppress(ConnectionClosed):
        await client.send(frame)
