"""What the gateway needs of the rooms behind it, and nothing more."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from alisa.protocol.tags import Emotion
from backend.events.commands import Command
from backend.storage.types import StoredMessage

Tap = Callable[[str, Sequence[str], str], None]
"""Told of every frame: `in` or `out`, the names of the clients, the frame in the full dialect."""


class ConversationView(Protocol):
    """How a conversation stands now."""

    @property
    def mode(self) -> str: ...
    @property
    def persona(self) -> str: ...
    @property
    def emotion(self) -> Emotion: ...
    @property
    def current_turn(self) -> int | None: ...


class Conversations(Protocol):
    """Where commands go, and where one asks how a conversation stands."""

    async def submit(self, command: Command) -> None:
        """Take a command, or raise AlisaError for whoever sent it."""
        ...

    async def ensure(self, conversation: str) -> None:
        """See to it that the conversation exists."""
        ...

    def state(self, conversation: str) -> ConversationView:
        """How an existing conversation stands now."""
        ...


class Past(Protocol):
    """What was said before."""

    async def turns_after(self, conversation: str, turn: int, limit: int = 200) -> list[list[StoredMessage]]:
        """The messages of each later turn, oldest first."""
        ...
