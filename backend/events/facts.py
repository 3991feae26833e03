"""What happened in the hub: facts, in the past tense, on one bus.

Every fact names its conversation. `turn` is the id of a turn, unique in the whole
database and growing. Nobody answers a fact; whoever wants something submits a command.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from alisa.protocol.tags import Cause, Channel, Emotion, EndReason, Source


@dataclass(frozen=True, slots=True)
class Fact:
    """Something happened in a conversation."""

    conversation: str


class Verdict(StrEnum):
    """How a remark was received."""

    WELCOME = "welcome"
    """the user answered it"""
    IGNORED = "ignored"
    DISMISSED = "dismissed"
    """the user waved it away"""


# --- a turn ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class UserSpoke(Fact):
    """The user's words were taken and are stored: from now on they are not lost."""

    turn: int
    text: str
    source: Source
    origin: str
    """the name of the client that brought them"""
    at: datetime


@dataclass(frozen=True, slots=True)
class TurnBegan(Fact):
    """The hub began to work on a reply."""

    turn: int
    cause: Cause
    at: datetime
    channel: Channel | None = None


@dataclass(frozen=True, slots=True)
class TokenStreamed(Fact):
    """The next piece of the reply, clean of markup, never empty."""

    turn: int
    text: str


@dataclass(frozen=True, slots=True)
class EmotionFelt(Fact):
    """How she feels about this turn; at most once a turn."""

    turn: int
    emotion: Emotion


@dataclass(frozen=True, slots=True)
class SentenceReady(Fact):
    """A speakable piece of the reply is complete."""

    turn: int
    text: str


@dataclass(frozen=True, slots=True)
class TurnFailed(Fact):
    """The reply failed; a `TurnEnded` with reason `error` follows at once."""

    turn: int
    code: str
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class TurnEnded(Fact):
    """The turn is over and stored. `text` is what stands in history."""

    turn: int
    cause: Cause
    reason: EndReason
    text: str
    emotion: Emotion
    at: datetime
    timings: Mapping[str, float] = field(default_factory=dict)
    """milliseconds by name: `queued`, `context`, `first_token`, `total`; and counts: `tokens`,
    `prompt_tokens`, `cached_tokens` where the model server tells them"""


# --- state -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ModeChanged(Fact):
    """The conversation has another mode."""

    mode: str
    origin: str


@dataclass(frozen=True, slots=True)
class StatusChanged(Fact):
    """A part of Alisa changed its state. For every client: `conversation` is empty."""

    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class MuteChanged(Fact):
    """The user wants her silent, or to hear her again. For every client: `conversation` is empty."""

    muted: bool


@dataclass(frozen=True, slots=True)
class HistoryCleared(Fact):
    """The user had the conversation forgotten; empty: all of them."""


# --- what clients told one another through the hub -------------------------------------------


@dataclass(frozen=True, slots=True)
class SpeechBegan(Fact):
    """A voice began to play a reply."""

    turn: int | None
    origin: str


@dataclass(frozen=True, slots=True)
class SpeechFinished(Fact):
    """A voice stopped playing a reply; not `completed`: the user cut it off."""

    turn: int | None
    heard: str
    completed: bool
    origin: str


@dataclass(frozen=True, slots=True)
class CutIn(Fact):
    """The user cut in on a reply that runs no more, but may still be playing; `turn` None: on whichever does."""

    turn: int | None
    origin: str


@dataclass(frozen=True, slots=True)
class ReplyAmended(Fact):
    """Less of a reply was heard than was written: history holds this much of it now."""

    turn: int
    text: str


@dataclass(frozen=True, slots=True)
class MouthMoved(Fact):
    """How far the mouth is open, 0 to 1."""

    opening: float
    origin: str


@dataclass(frozen=True, slots=True)
class PartialHeard(Fact):
    """A transcript that is still in progress."""

    text: str
    origin: str


@dataclass(frozen=True, slots=True)
class SightChanged(Fact):
    """What an eye sees now: `face`, `screen` or `system`, and the fields of the message that told it."""

    eye: str
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Snoozed(Fact):
    """The user wishes to be left alone until then."""

    until: datetime


# --- speaking of her own accord ----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class DecisionMade(Fact):
    """She considered to speak of her own accord, and did or did not."""

    at: datetime
    spoke: bool
    kind: str
    """what she would have spoken about, such as `silence` or `stuck`; empty: nothing was there to say"""
    gate: str
    """the gate that held her back, such as `quiet_hours`; empty: none"""
    reason: str
    """the same for a person: why she is silent, or why she spoke"""
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RemarkJudged(Fact):
    """How something that she said unasked was received."""

    kind: str
    turn: int
    said_at: datetime
    app: str
    """the application in which the user was; empty: not known"""
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class ReminderDue(Fact):
    """The moment has come that the user wanted to be told of."""

    reminder: int
    text: str
    due: datetime


@dataclass(frozen=True, slots=True)
class FeedbackGiven(Fact):
    """What the user thought of a turn."""

    turn: int | None
    value: int
