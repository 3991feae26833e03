"""Bringing back what she said unasked, and the user's wishes about it, from one database file into another.

It is a part of `salvage.merge`, which reads the source and holds the transaction. A thought that is missing is brought
back, so that no limit is exceeded after a healing. A wish is the newer file's to say.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Protocol

Row = dict[str, Any]
_CHANNELS = ("badge", "toast", "voice")
_VERDICTS = (None, "welcome", "ignored", "dismissed")


class Rows(Protocol):
    """Reads a table of the source; `key` is the column that numbers its rows."""

    def __call__(self, table: str, key: str = "id") -> Iterator[Row]: ...


def is_thought(row: Mapping[str, Any]) -> bool:
    """Is this a row as the repository writes it?"""
    words = ("conversation", "kind", "key", "reason", "trigger", "app")
    return (
        all(isinstance(row.get(name), str) for name in words)
        and isinstance(row.get("turn"), int)
        and row.get("channel") in _CHANNELS
        and row.get("verdict") in _VERDICTS
        and _is_moment(row.get("said_at"))
    )


def is_wish(row: Mapping[str, Any]) -> bool:
    """Is this a row as the repository writes it?"""
    return all(isinstance(row.get(name), str) for name in ("name", "value"))


def take(rows: Rows, new: sqlite3.Connection, *, older: bool) -> None:
    """Bring over what `rows` reads from the source. `older`: the source is a backup from before the target's present.

    Raises sqlite3.Error for whatever is wrong with the target.
    """
    for row in rows("thoughts"):
        if is_thought(row):
            _take_thought(row, new)
    for row in () if older else rows("initiative_wishes", key="rowid"):
        if is_wish(row):
            statement = "INSERT OR REPLACE INTO initiative_wishes (name, value) VALUES (?, ?)"
            new.execute(statement, (row["name"], row["value"]))


def _take_thought(row: Row, new: sqlite3.Connection) -> None:
    there = new.execute("SELECT said_at FROM thoughts WHERE id = ?", (row["id"],)).fetchone()
    if there is not None and there[0] == row["said_at"]:
        change = "UPDATE thoughts SET verdict = coalesce(verdict, ?) WHERE id = ?"
        new.execute(change, (row.get("verdict"), row["id"]))
        back = "UPDATE thoughts SET key = ?, reason = ?, \"trigger\" = ?, app = ? WHERE id = ? AND reason = ''"
        new.execute(back, (row["key"], row["reason"], row["trigger"], row["app"], row["id"]))
        return
    if there is not None:  # the files went apart: another one has its id
        row = {name: value for name, value in row.items() if name != "id"}
    names, marks = ", ".join(row), ", ".join("?" * len(row))
    statement = f"INSERT OR IGNORE INTO thoughts ({names}) VALUES ({marks})"  # noqa: S608 - names of our schema
    new.execute(statement, tuple(row.values()))


def _is_moment(value: object) -> bool:
    try:
        return isinstance(value, str) and datetime.fromisoformat(value).tzinfo is not None
    except ValueError:
        return False
