"""Habits as JSON: one form for the database, the export and the import, versioned, and never believed blindly."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError, model_validator

from alisa.runtime.errors import UsageError
from backend.events.facts import Verdict
from backend.habits.fading import Faded
from backend.habits.model import DAYS, MAX_NAME_CHARS, PARTS_OF_DAY, SILENCES, Habits

FORMAT = "alisa-habits"
VERSION = 1
MAX_BYTES = 1024 * 1024
_MOST = 1e6

_HOURS = tuple(f"{hour:02d}" for hour in range(24))
_SHAPES: dict[str, tuple[tuple[str, ...] | None, ...]] = {
    "hours": (DAYS, _HOURS),
    "focus": (DAYS, _HOURS),
    "apps": (None,),
    "tasks": (None,),
    "follows": (None, None),
    "silences": (_HOURS, tuple(map(str, SILENCES))),
    "reception": (None, PARTS_OF_DAY, None, tuple(verdict.value for verdict in Verdict)),
}
"""What each kind of count is of: one of these words, or (None) any name."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", allow_inf_nan=False, strict=False)


class Count(_Strict):
    """How often or how long something was."""

    of: list[Annotated[str, Field(max_length=MAX_NAME_CHARS)]] = Field(min_length=1, max_length=4)
    count: float = Field(ge=0, le=_MOST)


class Counts(_Strict):
    """Counts as they stood at a moment."""

    as_of: AwareDatetime | None = None
    counts: list[Count] = Field(default=[], max_length=2000)


class Document(_Strict):
    """All habits."""

    format: Literal["alisa-habits"]
    version: Literal[1]
    began: AwareDatetime | None = None
    hours: Counts = Counts()
    focus: Counts = Counts()
    apps: Counts = Counts()
    tasks: Counts = Counts()
    follows: Counts = Counts()
    silences: Counts = Counts()
    reception: Counts = Counts()

    @model_validator(mode="after")
    def _of_their_shape(self) -> Document:
        for name, shape in _SHAPES.items():
            for item in getattr(self, name).counts:
                fits = len(item.of) == len(shape) and all(
                    words is None or word in words for word, words in zip(item.of, shape, strict=True)
                )
                if not fits:
                    raise ValueError(f"`{name}` counts nothing like {json.dumps(item.of)[:80]}")
        return self


def to_json(habits: Habits, *, indent: int | None = None) -> str:
    """The habits as text."""
    parts = {name: _counts(counts) for name, counts in habits.parts.items()}
    began = habits.began.isoformat() if habits.began else None
    return json.dumps(
        {"format": FORMAT, "version": VERSION, "began": began, **parts}, indent=indent, ensure_ascii=False
    )


def from_json(text: str, into: Habits) -> None:
    """Take over the habits that a text holds, instead of those that are there.

    Raises UsageError `habits_unreadable`, `habits_newer`: then nothing has changed.
    """
    try:
        value = json.loads(text) if len(text) <= MAX_BYTES else None
        newer = isinstance(value, dict) and value.get("format") == FORMAT and _number(value.get("version")) > VERSION
        if newer:
            raise UsageError("habits_newer", "These habits were written by a newer Alisa.", "Update Alisa first.")
        document = Document.model_validate(value)
    except (ValueError, RecursionError) as error:
        raise UsageError(
            "habits_unreadable", f"This is no export of habits: {_why(error)}.", "`alisa habits export FILE` makes one."
        ) from error
    into.forget()
    into.began = document.began
    for name, counts in into.parts.items():
        kept: Counts = getattr(document, name)
        counts.restore({tuple(item.of): item.count for item in kept.counts}, kept.as_of)


def _counts(counts: Faded) -> dict[str, Any]:
    as_of: datetime | None = counts.as_of
    kept = sorted(counts.kept().items())
    return {
        "as_of": as_of.isoformat() if as_of else None,
        "counts": [{"of": list(key), "count": count} for key, count in kept],
    }


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0


def _why(error: Exception) -> str:
    if not isinstance(error, ValidationError):
        return "it is not JSON" if isinstance(error, json.JSONDecodeError) else "it cannot be read"
    first = error.errors()[0]
    place = ".".join(str(part) for part in first["loc"])
    return f"{place}: {first['msg']}" if place else str(first["msg"])
