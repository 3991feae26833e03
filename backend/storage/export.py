"""History on paper: messages as JSON or as Markdown, piece by piece: pure.

A renderer takes the messages one after the other, so that a long history need not be held in memory. Where the
messages come from and where the text goes is not known here.
"""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any, ClassVar, Literal, get_args

from alisa.runtime.errors import UsageError
from backend.storage.types import StoredMessage

Format = Literal["json", "markdown"]
FORMATS: tuple[Format, ...] = get_args(Format)

VERSION = 1
_LONG_PAUSE = timedelta(minutes=30)


def as_dict(message: StoredMessage) -> dict[str, Any]:
    """Return a message as other programs see it; the names and their order are relied upon."""
    return {
        "id": message.id,
        "turn": message.turn,
        "conversation": message.conversation,
        "role": message.role,
        "text": message.text,
        "emotion": message.emotion,
        "cause": message.cause,
        "origin": message.origin,
        "interrupted": message.interrupted,
        "at": message.at.isoformat(),
    }


class Renderer(ABC):
    """Something that turns messages into text; each conversation's messages come together, oldest first."""

    media_type: ClassVar[str]
    suffix: ClassVar[str]

    def __init__(self, at: datetime, her_name: str) -> None:
        self._at = at
        self._her_name = her_name

    @abstractmethod
    def begin(self) -> str:
        """Return what stands before the first message."""

    @abstractmethod
    def message(self, message: StoredMessage) -> str:
        """Return the piece for the next message."""

    @abstractmethod
    def end(self) -> str:
        """Return what stands after the last message."""


def renderer(form: str, at: datetime, her_name: str = "Alisa") -> Renderer:
    """Return a renderer for an export made at this time, in whose time zone the times to read are.

    Raises UsageError for a format that does not exist.
    """
    if form == "json":
        return JsonRenderer(at, her_name)
    if form == "markdown":
        return MarkdownRenderer(at, her_name)
    raise UsageError("unknown_format", f"There is no export format {form!r}.", f"Use one of: {', '.join(FORMATS)}.")


def render(form: str, messages: Iterable[StoredMessage], at: datetime, her_name: str = "Alisa") -> Iterator[str]:
    """Yield a whole export. Raises UsageError for a format that does not exist."""
    chosen = renderer(form, at, her_name)
    yield chosen.begin()
    for message in messages:
        yield chosen.message(message)
    yield chosen.end()


class JsonRenderer(Renderer):
    """One JSON object, one line for each message."""

    media_type = "application/json"
    suffix = "json"

    def __init__(self, at: datetime, her_name: str) -> None:
        super().__init__(at, her_name)
        self._first = True

    def begin(self) -> str:
        head = {"format": "alisa-history", "version": VERSION, "exported_at": self._at.isoformat()}
        return f'{json.dumps(head)[:-1]}, "messages": ['

    def message(self, message: StoredMessage) -> str:
        separator = "\n" if self._first else ",\n"
        self._first = False
        return separator + json.dumps(as_dict(message), ensure_ascii=False)

    def end(self) -> str:
        return "\n]}\n"


class MarkdownRenderer(Renderer):
    """A page to read: a heading for each conversation and day, each message a quotation that cannot break out."""

    media_type = "text/markdown; charset=utf-8"
    suffix = "md"

    def __init__(self, at: datetime, her_name: str) -> None:
        super().__init__(at, her_name)
        self._conversation: str | None = None
        self._last: datetime | None = None

    def begin(self) -> str:
        return f"# Conversations with {self._her_name}\n\nExported on {_day(self._at)} at {self._at:%H:%M}.\n"

    def message(self, message: StoredMessage) -> str:
        at = message.at.astimezone(self._at.tzinfo)
        pieces = []
        if message.conversation != self._conversation:
            self._conversation, self._last = message.conversation, None
            pieces.append(f"\n## {_one_line(message.conversation)}\n")
        if self._last is None or self._last.date() != at.date():
            pieces.append(f"\n### {at:%A} {_day(at)}\n")
        elif at - self._last > _LONG_PAUSE:
            pieces.append("\n---\n")
        self._last = at
        pieces.append(f"\n**{_who(message, self._her_name)}**, {at:%H:%M}\n\n{_quoted(message.text)}\n")
        return "".join(pieces)

    def end(self) -> str:
        return "" if self._conversation is not None else "\nNothing has been said yet.\n"


def _who(message: StoredMessage, her_name: str) -> str:
    if message.role == "user":
        return "You"
    notes = [note for note in (message.emotion, "interrupted" if message.interrupted else None) if note]
    return f"{her_name} ({', '.join(notes)})" if notes else her_name


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.splitlines() or [""])


def _one_line(name: str) -> str:
    return " ".join(name.split())


def _day(at: datetime) -> str:
    return f"{at.day} {at:%B %Y}"
