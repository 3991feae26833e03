"""What she may speak up about, as values: kinds, how pressing they are, and one thing that could be said now.

Pure vocabulary. When a candidate arises stands in `candidates`, whether it is said in `policy`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum, StrEnum

from alisa.protocol.tags import Cause
from backend.events.commands import Naming
from backend.events.facts import Verdict


class Kind(StrEnum):
    """What a remark is about."""

    SILENCE = "silence"
    """nobody has spoken for a while"""
    BACK = "back"
    """the user came back after a real absence"""
    AWAY = "away"
    """the user looks away for long"""
    STUCK = "stuck"
    """an error stays on the screen"""
    BREAK = "break"
    """a long stretch of work"""
    LATE = "late"
    """the quiet hours are near"""
    THREAD = "thread"
    """the user wanted to come back to something"""


class Urgency(IntEnum):
    """How much of the user's attention a remark asks for."""

    LOW = 1
    MEDIUM = 2
    HIGH = 3


@dataclass(frozen=True, slots=True)
class Candidate:
    """One thing that could be said now."""

    kind: Kind
    key: str
    """what it is about: nothing with the same key is said twice within a fortnight"""
    reason: str
    """why, for a person; goes on: "because …" """
    cue: str
    """our own words to the model"""
    weight: float
    """how much it is worth to somebody who wants it, 0 to 1: the prior of the seed system"""
    urgency: Urgency = Urgency.LOW
    cause: Cause = Cause.IDLE
    grounds: frozenset[str] = frozenset()
    """what it rests on; the words on the screen alone are not enough"""
    needs_breakpoint: bool = True
    looks_for_eyes: bool = True
    """whether it is lost on somebody who looks away"""
    details: Mapping[str, object] = field(default_factory=dict)
    naming: Naming | None = None
    """what her words have to name, whatever the model writes"""


SCREEN_TEXT = "screen text"
"""The ground that never suffices."""


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that she said unasked."""

    at: datetime
    kind: str
    key: str
    turn: int
    app: str = ""
    verdict: Verdict | None = None
    """None: it is not known yet how it was received"""
