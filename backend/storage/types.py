"""What the hub keeps, as values: what repositories take and give."""

from __future__ import annotations

from dataclasses import dataclass
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
