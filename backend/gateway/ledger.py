"""What every conversation looks like from outside, reduced from the facts: for clients that join late.

It remembers the turn that runs (so far as it was told), which turns are open or over, what each eye saw and when, and
the latest state; what is finished stands in history and not here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from alisa.protocol.tags import Cause, Channel, Emotion
from alisa.runtime.clock import Clock, SystemClock
from backend.events.facts import (
    EmotionFelt,
    Fact,
    MuteChanged,
    SentenceReady,
    SightChanged,
    StatusChanged,
    TokenStreamed,
    TurnBegan,
    TurnEnded,
    TurnFailed,
    UserSpoke,
)

_REMEMBERED_ENDINGS = 256


@dataclass(slots=True)
class RunningTurn:
    """A turn that has begun and not ended: what was sent of it so far."""

    turn: int
    cause: Cause
    user_text: str | None = None
    """what the user said, where the turn answers it"""
    pieces: list[str] = field(default_factory=list)
    sentences: list[str] = field(default_factory=list)
    emotion: Emotion | None = None
    channel: Channel | None = None

    @property
    def text(self) -> str:
        """The reply so far."""
        return "".join(self.pieces)


class _Conversation:
    """One conversation's part of the ledger."""

    __slots__ = ("ended", "open", "running", "sight")

    def __init__(self) -> None:
        self.running: RunningTurn | None = None
        self.open: dict[int, str | None] = {}
        self.ended: dict[int, None] = {}
        self.sight: dict[str, tuple[datetime, Mapping[str, Any]]] = {}


class Ledger:
    """The conversations as their listeners know them."""

    def __init__(self, clock: Clock | None = None, *, muted: bool = False) -> None:
        self._clock = clock or SystemClock()
        self._conversations: dict[str, _Conversation] = {}
        self.status: dict[str, Any] = {}
        self.muted = muted

    def enter(self, fact: Fact) -> bool:
        """Take note of a fact; False for one that comes too late to be told: a piece of a turn that is over."""
        conversation = self._of(fact.conversation)
        match fact:
            case TokenStreamed(turn=turn) | SentenceReady(turn=turn) | EmotionFelt(turn=turn) | TurnFailed(turn=turn):
                if turn in conversation.ended:
                    return False
                _note_piece(conversation.running, fact)
            case UserSpoke(turn=turn, text=text):
                conversation.open[turn] = text
            case TurnBegan(turn=turn, cause=cause, channel=channel):
                conversation.running = RunningTurn(turn, cause, conversation.open.setdefault(turn), channel=channel)
            case TurnEnded(turn=turn):
                return _note_ending(conversation, turn)
            case MuteChanged(muted=muted):
                self.muted = muted
            case StatusChanged(values=values):
                self.status.update(values)
            case SightChanged(eye=eye, values=values) if values:
                conversation.sight[eye] = (self._clock.now(), values)
            case SightChanged(eye=eye):
                return conversation.sight.pop(eye, None) is not None
            case _:
                pass
        return True

    def running(self, conversation: str) -> RunningTurn | None:
        """The turn that runs now."""
        return self._of(conversation).running

    def any_running(self) -> int | None:
        """The latest turn that runs anywhere."""
        return max((c.running.turn for c in self._conversations.values() if c.running), default=None)

    def open_turns(self, conversation: str) -> frozenset[int]:
        """The turns that run or wait for their reply."""
        return frozenset(self._of(conversation).open)

    def has_ended(self, conversation: str, turn: int) -> bool:
        """Did this turn end since the hub was started, and not too long ago?"""
        return turn in self._of(conversation).ended

    def sight(self, conversation: str) -> Mapping[str, Mapping[str, Any]]:
        """What each eye saw last, and how many seconds ago."""
        now = self._clock.now()
        return {
            eye: {**values, "age_seconds": max(0, round((now - at).total_seconds()))}
            for eye, (at, values) in self._of(conversation).sight.items()
        }

    def _of(self, name: str) -> _Conversation:
        found = self._conversations.get(name)
        if found is None:
            found = self._conversations[name] = _Conversation()
        return found


def _note_piece(running: RunningTurn | None, fact: Fact) -> None:
    if running is None:
        return
    match fact:
        case TokenStreamed(turn=running.turn, text=text):
            running.pieces.append(text)
        case SentenceReady(turn=running.turn, text=text):
            running.sentences.append(text)
        case EmotionFelt(turn=running.turn, emotion=emotion):
            running.emotion = emotion
        case _:
            pass


def _note_ending(conversation: _Conversation, turn: int) -> bool:
    if turn in conversation.ended:
        return False
    conversation.open.pop(turn, None)
    conversation.ended[turn] = None
    if len(conversation.ended) > _REMEMBERED_ENDINGS:
        del conversation.ended[next(iter(conversation.ended))]
    if conversation.running is not None and conversation.running.turn == turn:
        conversation.running = None
    return True
