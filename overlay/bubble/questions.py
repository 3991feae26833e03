"""A question for consent, as values: what she wants to do, with every detail shown as data.

Pure. Nothing in a question is believed or obeyed: title and details are shown on lines of their own, bounded, with
what was left out counted, so that nobody approves what could not be seen. How it is answered is not known here.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from alisa.protocol.errors import UnreadableError
from alisa.protocol.messages import Action
from alisa.protocol.text import dump_json
from overlay.bubble.words import one_line

DEFAULT_SECONDS = 120.0
"""How long a question stands when it does not say so itself."""
_SHORTEST, _LONGEST = 5.0, 3600.0
EXPIRES = "expires_seconds"
"""The detail that says how long the question stands."""
MOST_QUESTIONS = 20
"""How many wait at a time; a flood is not kept."""
_TITLE_CHARS, _NAME_CHARS, _VALUE_CHARS = 160, 40, 240
_MOST_ROWS, _ALL_VALUES_CHARS = 8, 560
"""So much that the question has room on a small screen, buttons and all."""


@dataclass(frozen=True, slots=True)
class Question:
    """May she do this on your desktop?"""

    action: str
    token: str = field(repr=False)
    title: str
    details: tuple[tuple[str, str], ...]
    """name and value of each, as they are shown"""
    expires_at: float

    def is_like(self, other: Question | None) -> bool:
        """Whether both ask the same: told again, with a new token or a new term, it is the same question to the eye."""
        return other is not None and (self.action, self.title, self.details) == (
            other.action,
            other.title,
            other.details,
        )


def question_of(action: Action, now: float) -> Question:
    """The question that this message asks."""
    details = [(name, value) for name, value in action.details.items() if name != EXPIRES]
    most = min(_VALUE_CHARS, _ALL_VALUES_CHARS // max(1, min(len(details), _MOST_ROWS)))
    rows = [(_name(name), _value(value, most)) for name, value in details[:_MOST_ROWS]]
    if len(details) > _MOST_ROWS:
        rows.append(("…", f"and {len(details) - _MOST_ROWS} more"))
    title = one_line(action.title, _TITLE_CHARS) or one_line(action.action, _TITLE_CHARS) or "An action without a name"
    return Question(action.action, action.token, title, tuple(rows), now + _term(action.details))


def asked(questions: tuple[Question, ...], new: Question) -> tuple[Question, ...]:
    """The queue with this question: at its old place if it is asked again, at the end if there is room."""
    if any(question.action == new.action for question in questions):
        return tuple(new if question.action == new.action else question for question in questions)
    return (*questions, new) if len(questions) < MOST_QUESTIONS else questions


def _name(name: str) -> str:
    return one_line(name.replace("_", " "), _NAME_CHARS) or "…"


def _value(value: Any, most: int) -> str:
    if isinstance(value, str):
        return one_line(value, most) or "(nothing)"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value is None:
        return "(nothing)"
    try:
        return one_line(dump_json(value), most)
    except UnreadableError:
        return "(cannot be shown)"


def _term(details: Mapping[str, Any]) -> float:
    given = details.get(EXPIRES)
    if isinstance(given, bool) or not isinstance(given, (int, float)) or not math.isfinite(given):
        return DEFAULT_SECONDS
    return min(_LONGEST, max(_SHORTEST, float(given)))
