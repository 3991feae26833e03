"""What the bubble shows at one moment, as a value: what a view is made of, and nothing of how it comes about."""

from __future__ import annotations

from dataclasses import dataclass

from overlay.bubble.notes import Note
from overlay.bubble.questions import Question


@dataclass(frozen=True, slots=True)
class View:
    """What shows at one moment."""

    words: str = ""
    note: Note | None = None
    question: Question | None = None
    waiting: int = 0
    """how many questions wait behind this one"""
    is_mark: bool = False
    """the words are a mark: there is something to read"""
    opacity: float = 1.0
    changes_in: float | None = None
    """seconds until time alone changes it; None: only an event will"""

    @property
    def is_empty(self) -> bool:
        return not self.words and self.note is None and self.question is None
