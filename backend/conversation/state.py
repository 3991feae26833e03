"""How a conversation stands, for those who ask from outside."""

from __future__ import annotations

from dataclasses import dataclass

from alisa.protocol.tags import Cause, Emotion


@dataclass(frozen=True, slots=True)
class RunningTurn:
    """The turn that runs now."""

    turn: int
    cause: Cause
    text: str
    """what she has said so far"""
    emotion: Emotion | None


@dataclass(frozen=True, slots=True)
class ConversationState:
    """How a conversation stands now."""

    mode: str
    persona: str
    emotion: Emotion
    current_turn: int | None
    """the turn that runs now, or the last one that ended"""
    running: RunningTurn | None
