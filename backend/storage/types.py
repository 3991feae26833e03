"""What the hub keeps, as values: what repositories take and give."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from alisa.protocol.tags import Cause, Emotion

StoredRole = Literal["user", "assistant"]


@dataclass(frozen=True, slots=True)
class StoredMessage:
    """One message of history. A turn has at most one of the user's and one of hers."""

    id: int
    turn: int
    conversation: str
    role: StoredRole
    text: str
    """clean of markup"""
    emotion: Emotion | None
    cause: Cause
    origin: str
    """which client brought it, or the engine and model that wrote it"""
    interrupted: bool
    at: datetime
    """UTC, aware"""


@dataclass(frozen=True, slots=True)
class PendingTurn:
    """A turn whose user message is stored and that has no ending: the hub died or the model was away."""

    turn: int
    conversation: str
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ConversationInfo:
    """One named conversation."""

    name: str
    mode: str
    persona: str
    messages: int
    first_at: datetime | None
    last_at: datetime | None


@dataclass(frozen=True, slots=True)
class HistorySummary:
    """All of history in a few numbers."""

    messages: int
    from_user: int
    from_her: int
    interrupted: int
    """how many of hers were cut off"""
    turns: int
    """how many turns hold a message"""
    first_at: datetime | None
    last_at: datetime | None
    emotions: Mapping[Emotion, int]
    """how often she felt what; only the emotions that occurred"""
    conversations: tuple[ConversationInfo, ...]
    database_bytes: int
    backups: tuple[str, ...] = ()
    """the names of the backups, newest first"""


@dataclass(frozen=True, slots=True)
class Cleared:
    """What a clearing took away, and the backup that brings it back (`restore_backup`)."""

    messages: int
    backup: str | None
    """None when there was nothing to clear"""


@dataclass(frozen=True, slots=True)
class Restored:
    """What came back from a backup."""

    messages: int
    backup: str


@dataclass(frozen=True, slots=True)
class StorageCondition:
    """How storage is doing, for the health report."""

    state: Literal["ready", "failing", "closed"]
    since: datetime
    last_error: str = ""
    """the last failure in words, even when it is over; empty when there was none"""
    detail: Mapping[str, object] = field(default_factory=dict)
