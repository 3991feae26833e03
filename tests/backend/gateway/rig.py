"""The gateway on a real port, with real WebSocket clients; only the conversation behind it is played by the test."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from alisa.protocol.codec import decode
from alisa.protocol.messages import Hello, Welcome
from alisa.protocol.tags import Cause, Emotion, EndReason, Source
from alisa.runtime.clock import ManualClock
from backend.events.bus import Bus
from backend.events.commands import Command
from backend.events.facts import (
    EmotionFelt,
    SentenceReady,
    TokenStreamed,
    TurnBegan,
    TurnEnded,
    UserSpoke,
)
from backend.gateway.admission import Rules
from backend.gateway.door import Door
from backend.gateway.fanout import Fanout
from backend.gateway.ledger import Ledger
from backend.gateway.peers import Peers
from backend.gateway.socket import Socket
from backend.gateway.welcome import Reception
from backend.storage.types import StoredMessage
from tests.backend.gateway.client import PATIENCE_SECONDS, Client, connected, listening

TOKEN = "test-token-" + "x" * 32
NOW = datetime(2026, 11, 21, 20, 14, tzinfo=UTC)


@dataclass
class View:
    """How the conversation of a test stands."""

    mode: str = "calm"
    persona: str = "alisa"
    emotion: Emotion = Emotion.CALM
    current_turn: int | None = None


@dataclass
class Behind:
    """Plays the conversation and history."""

    commands: list[Command] = field(default_factory=list)
    came: asyncio.Event = field(default_factory=asyncio.Event)
    refusal: Exception | None = None
    turns: list[list[StoredMessage]] = field(default_factory=list)
    asked_history: asyncio.Event = field(default_factory=asyncio.Event)
    answer_history: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.answer_history.set()

    async def submit(self, command: Command) -> None:
        if self.refusal is not None:
            raise self.refusal
        self.commands.append(command)
        self.came.set()

    async def ensure(self, conversation: str) -> None:
        pass

    def state(self, conversation: str) -> View:
        return View()

    async def turns_after(self, conversation: str, turn: int, limit: int = 200) -> list[list[StoredMessage]]:
        found = [messages for messages in self.turns if messages[0].turn > turn]
        self.asked_history.set()
        await self.answer_history.wait()
        return found

    async def command(self) -> Command:
        """The next command that came."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while not self.commands:
                self.came.clear()
                await self.came.wait()
        return self.commands.pop(0)


class Rig:
    """The gateway of one test."""

    def __init__(self, *, queue_frames: int = 1024, allow_guests: bool = False, tap: Any = None) -> None:
        self.behind = Behind()
        self.bus = Bus()
        self.clock = ManualClock(NOW)
        self.peers = Peers(queue_frames)
        self.ledger = Ledger()
        self.fanout = Fanout(self.bus, self.peers, self.ledger, tap)
        reception = Reception(self.behind, self.behind, self.peers, self.ledger, self.fanout, NOW)
        self.socket = Socket(self.behind, self.bus, self.peers, self.fanout, reception, self.clock)
        self.app = Door(self.socket, Rules(TOKEN, allow_guests=allow_guests))
        self.port = 0

    @contextlib.asynccontextmanager
    async def serve(self) -> AsyncIterator[Rig]:
        """Listen on a free port."""
        async with listening(self.app) as self.port:
            yield self

    @contextlib.asynccontextmanager
    async def plain(self, **options: Any) -> AsyncIterator[Client]:
        """A client that never introduces itself."""
        options.setdefault("headers", {"Authorization": f"Bearer {TOKEN}"})
        async with connected(self.port, **options) as client:
            yield client

    @contextlib.asynccontextmanager
    async def full(self, role: str = "chat", name: str = "", **hello: Any) -> AsyncIterator[Client]:
        """A client that has introduced itself and been welcomed."""
        async with self.plain() as client:
            await client.send(Hello(role, name, **hello))
            welcome = decode(await client.frame())
            assert isinstance(welcome, Welcome)
            await client.until("[STATUS]")
            yield client

    def speak(self, turn: int, *pieces: str, conversation: str = "main", end: bool = True, said: str = "hi") -> None:
        """She answers, as the driver would publish it."""
        for fact in (
            UserSpoke(conversation, turn, said, Source.TYPED, "test", NOW),
            TurnBegan(conversation, turn, Cause.USER, NOW),
            EmotionFelt(conversation, turn, Emotion.HAPPY),
            *(TokenStreamed(conversation, turn, piece) for piece in pieces),
        ):
            self.bus.publish(fact)
        if end:
            self.bus.publish(SentenceReady(conversation, turn, "".join(pieces)))
            self.end(turn, "".join(pieces), conversation=conversation)

    def end(self, turn: int, text: str = "", reason: EndReason = EndReason.STOP, conversation: str = "main") -> None:
        self.bus.publish(TurnEnded(conversation, turn, Cause.USER, reason, text, Emotion.HAPPY, NOW))


@contextlib.asynccontextmanager
async def gateway(**kwargs: Any) -> AsyncIterator[Rig]:
    """A gateway that listens."""
    async with Rig(**kwargs).serve() as rig:
        yield rig
