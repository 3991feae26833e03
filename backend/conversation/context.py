"""What she is told about the moment: notes from the clock, and later from her senses and her memory.

Contributors give notes; here they become the `[context]` block at the very end of the prompt, where what
changes does not spoil the server's cache. Foreign text is made harmless: one line each, no way out of the
block. Where the notes come from is not known here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from alisa.protocol.text import made_whole
from alisa.runtime.logs import get_logger

MAX_NOTE_CHARS = 400
MAX_BLOCK_CHARS = 2000
"""All notes together; the least important ones are left out."""

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_BOUNDARY = re.compile(r"\[(\s*/?\s*context\s*)\]", re.IGNORECASE)

log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class ContextNote:
    """One thing to know about the moment."""

    source: str
    """where it comes from, such as `memory` or `sight (screen)`"""
    text: str
    priority: int = 0
    """the higher, the later it is left out"""


Contributor = Callable[[str, datetime], Sequence[ContextNote]]
"""Gives the notes for a conversation at a time; must answer at once, from what it already knows."""


def gather(contributors: Sequence[Contributor], conversation: str, now: datetime) -> list[ContextNote]:
    """All notes. A contributor that fails is logged and passed over."""
    notes: list[ContextNote] = []
    for contributor in contributors:
        try:
            notes.extend(contributor(conversation, now))
        except Exception:
            log.exception("a context contributor failed", contributor=getattr(contributor, "__qualname__", "?"))
    return notes


def block(now: datetime, notes: Sequence[ContextNote] = ()) -> str:
    """The block for this moment, in the time zone of `now`: the clock, then the notes by importance."""
    lines = [f"time: {spoken_time(now)}"]
    room = MAX_BLOCK_CHARS
    for note in sorted(notes, key=lambda note: -note.priority):
        line = f"{_one_line(note.source)}: {_one_line(note.text)}"
        if len(line) <= room and note.text.strip():
            lines.append(line)
            room -= len(line)
    return "\n".join(["[context]", *lines, "[/context]", ""])


def spoken_time(now: datetime) -> str:
    """`Saturday 21 November 2026, 20:14`, in English whatever the system's language is."""
    return f"{_DAYS[now.weekday()]} {now.day} {_MONTHS[now.month - 1]} {now.year}, {now:%H:%M}"


def _one_line(text: str) -> str:
    visible = "".join(char if char.isprintable() else " " for char in made_whole(text))
    line = _BOUNDARY.sub(r"(\1)", " ".join(visible.split()))
    return line if len(line) <= MAX_NOTE_CHARS else line[: MAX_NOTE_CHARS - 1] + "…"
