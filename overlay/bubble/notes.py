"""What the product says in the bubble, as itself and never in her name: errors, the hub, the model, results.

Pure: from messages to notes with a beginning and an end, in seconds of one monotonic clock.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from alisa.protocol.messages import ActionResult, Error, Status
from overlay.bubble.questions import Question
from overlay.bubble.words import one_line, reading_seconds

AWAY_AFTER_SECONDS = 3.0
"""A hub that is back sooner was not missed."""
AWAY_SHOWN_SECONDS = 8.0
"""How long it says so; after that she dozes, which says enough."""
LOADING_AFTER_SECONDS = 0.5
LOADING_SHOWN_SECONDS = 120.0
DOWN_SHOWN_SECONDS = 20.0
BRIEF_SECONDS = 2.5
_MESSAGE_CHARS, _HINT_CHARS = 240, 240
_FAILURES = frozenset({"failed", "error", "refused", "blocked", "timeout"})


class Kind(StrEnum):
    """How a note looks."""

    QUIET = "quiet"
    TROUBLE = "trouble"


@dataclass(frozen=True, slots=True)
class Note:
    """One sentence of the product, and what to do next."""

    text: str
    hint: str = ""
    kind: Kind = Kind.QUIET
    start: float = 0.0
    until: float = 0.0

    def is_shown(self, now: float) -> bool:
        return self.start <= now < self.until


def told(text: str, hint: str, kind: Kind, now: float) -> Note:
    """A note that stands as long as it takes to read it."""
    text, hint = one_line(text, _MESSAGE_CHARS), one_line(hint, _HINT_CHARS)
    extra = 2.0 if kind is Kind.TROUBLE else 0.0
    seconds = max(BRIEF_SECONDS, reading_seconds(text) + (reading_seconds(hint) if hint else 0.0) + extra)
    return Note(text, hint, kind, now, now + seconds)


def of_error(error: Error, now: float) -> Note:
    """An error. The plain dialect has no words for it: then the product says what it can."""
    if not error.message.strip():
        return told("That did not work.", "Say it again, or look at `alisa status`.", Kind.TROUBLE, now)
    return told(error.message, error.hint, Kind.TROUBLE, now)


def of_result(result: ActionResult, question: Question | None, now: float) -> Note:
    """What became of an action."""
    name = question.title.rstrip(" ?") if question is not None else result.action.replace("_", " ")
    text = result.message.strip() or f"{name}: {result.outcome}"
    return told(text, "", Kind.TROUBLE if result.outcome in _FAILURES else Kind.QUIET, now)


def of_away(now: float) -> Note:
    """The hub went away just now."""
    start = now + AWAY_AFTER_SECONDS
    return Note(
        "The hub is away.",
        "She wakes when it is back; `alisa up` starts it.",
        Kind.QUIET,
        start,
        start + AWAY_SHOWN_SECONDS,
    )


def of_status(status: Status, now: float) -> tuple[Note, ...]:
    """What the parts of Alisa that cannot do their work at present say, the most important first."""
    notes = []
    detail = status.values.get("note")
    hint = one_line(detail, _HINT_CHARS) if isinstance(detail, str) else ""
    match status.values.get("llm"):
        case "loading":
            start = now + LOADING_AFTER_SECONDS
            notes.append(Note("The model is loading.", hint, Kind.QUIET, start, start + LOADING_SHOWN_SECONDS))
        case "down":
            hint = hint or "`alisa doctor` says why."
            notes.append(Note("The model is away.", hint, Kind.TROUBLE, now, now + DOWN_SHOWN_SECONDS))
        case _:
            pass
    if status.values.get("storage") == "failing":
        hint = "`alisa doctor` says why."
        notes.append(Note("What is said now cannot be kept.", hint, Kind.TROUBLE, now, now + DOWN_SHOWN_SECONDS))
    return tuple(notes)


def lines_of(status: Status) -> tuple[str, ...]:
    """What the hub tells in its own words: of reminders, and that she gives up speaking of something."""
    lines = (status.values.get(key) for key in ("reminder_note", "initiative_note"))
    return tuple(line for line in lines if isinstance(line, str) and line.strip())
