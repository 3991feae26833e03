"""Who has the floor in one conversation: what runs, what waits, and who must give way.

The user's messages are answered in the order in which they were stored; a turn that she began by
herself gives way to them at once, and never waits. How a turn is run is not known here.
"""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass, field
from typing import Protocol

from alisa.protocol.tags import Cause, Channel, Emotion
from backend.events.commands import Naming
from backend.persona import Mode, PersonaCard


@dataclass(frozen=True, slots=True)
class Asked:
    """A turn that is to be run: it has been opened in history."""

    turn: int
    cause: Cause
    words: str
    """what ends the prompt: the user's words, or a cue of ours"""
    accepted: float
    """when it was asked for, in the clock's monotonic seconds"""
    past_until: int | None = None
    """the past ends before this turn; None: before its own"""
    channel: Channel | None = None
    naming: Naming | None = None


class Running(Protocol):
    """A turn that runs."""

    asked: Asked
    ended: asyncio.Event
    """set when all of it is stored and told"""

    def interrupt(self, heard: str | None) -> bool:
        """End it; False when it is over already."""
        ...

    def leave_off(self) -> None:
        """End it because the hub is being stopped."""
        ...


@dataclass(eq=False, slots=True)
class Floor:
    """One conversation, as the driver holds it."""

    conversation: str
    persona: PersonaCard
    mode: Mode
    emotion: Emotion = Emotion.NEUTRAL
    last_turn: int | None = None
    """the newest turn that began to run"""
    has_past: bool = True
    """False until something is said in a new conversation, whose past need not be looked up"""
    running: Running | None = None
    waiting: deque[Asked] = field(default_factory=deque)
    entering: int = 0
    """messages of the user that are being stored now"""
    entrance: asyncio.Lock = field(default_factory=asyncio.Lock)
    """held while a turn is opened in history, so that turns wait in the order of their ids; it is fair"""
    worker: asyncio.Task[None] | None = None
    hopeless: set[int] = field(default_factory=set)
    """turns that failed in a way that trying again does not help"""

    def busy(self) -> bool:
        """Whether anything runs or is about to."""
        return self.running is not None or bool(self.waiting) or self.entering > 0

    def give_way(self) -> list[Asked]:
        """The user speaks: what she does of her own accord ends. Returns the turns that had not begun to run."""
        if self.running is not None and self.running.asked.cause is not Cause.USER:
            self.running.interrupt(None)
        overtaken = [asked for asked in self.waiting if asked.cause is not Cause.USER]
        for asked in overtaken:
            self.waiting.remove(asked)
        return overtaken
