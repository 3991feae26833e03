"""Sight, kept: every conversation's eyes as the bus tells of them.

It listens and answers; what follows from what is seen is not known here.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from alisa.runtime.clock import Clock
from backend.events.bus import Bus
from backend.events.facts import SightChanged, StatusChanged
from backend.sight import words
from backend.sight.seen import Seen, after_report, after_status, fresh

WEBCAM, SCREEN = "sight (webcam)", "sight (screen)"
"""How the notes are labelled for the model."""
MAIN = "main"
"""The conversation in which the eyes are, unless they were told otherwise."""


class Sight:
    """What is seen in every conversation."""

    def __init__(self, bus: Bus, clock: Clock) -> None:
        self._clock = clock
        self._seen: dict[str, Seen] = {}
        self._ends: tuple[Callable[[], None], ...] = (
            bus.subscribe(self._reported, SightChanged),
            bus.subscribe(self._told, StatusChanged),
        )

    def close(self) -> None:
        """Listen no longer."""
        for end in self._ends:
            end()

    def seen(self, conversation: str, now: datetime) -> Seen:
        """What is seen now, without what is stale: by the eyes of this conversation, else by those of the main one."""
        return fresh(self._seen.get(conversation) or self._seen.get(MAIN, Seen()), now)

    def notes(self, conversation: str, now: datetime) -> list[tuple[str, str]]:
        """What the model is told of it: labels and words."""
        seen = self.seen(conversation, now)
        told = ((WEBCAM, words.webcam(seen, now)), (SCREEN, words.screen(seen, now)))
        return [(label, text) for label, text in told if text]

    def _reported(self, fact: SightChanged) -> None:
        seen = self._seen.get(fact.conversation, Seen())
        self._seen[fact.conversation] = after_report(seen, fact.eye, fact.values, self._clock.now())

    def _told(self, fact: StatusChanged) -> None:
        for conversation, seen in self._seen.items():
            self._seen[conversation] = after_status(seen, fact.values)
