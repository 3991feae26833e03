"""Bringing back habits and reminders from one database file into another: what is newer wins, nothing doubles.

It is a part of `salvage.merge`, which reads the source and holds the transaction. A reminder that was said stays
said, one that history's clearing took away stays away, and habits that were forgotten are not remembered by an
older file.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

Row = dict[str, Any]
Rows = Callable[[str], Iterator[Row]]

TABLES = ("habits", "reminders")
_STATES = ("open", "said", "cancelled")
_KINDS = ("reminder", "timer", "alarm")


def is_habits(row: Mapping[str, Any]) -> bool:
    """Is this a row as the repository writes it? What the document says is not looked at: the habits know better."""
    return isinstance(row.get("document"), str) and _is_moment(row.get("saved_at"))


def is_reminder(row: Mapping[str, Any]) -> bool:
    """Is this a row as the repository writes it?"""
    return (
        all(isinstance(row.get(name), str) for name in ("conversation", "text"))
        and row.get("state") in _STATES
        and row.get("kind") in _KINDS
        and all(_is_moment(row.get(name)) for name in ("due_at", "made_at"))
        and all(row.get(name) is None or _is_moment(row[name]) for name in ("rung_at", "settled_at"))
    )


def take(rows: Rows, new: sqlite3.Connection, *, older: bool) -> None:
    """Bring over what `rows` reads from the source. `older`: the source is a backup from before the target's present.

    Raises sqlite3.Error for whatever is wrong with the target.
    """
    for row in rows("habits"):
        if is_habits(row):
            _take_habits(row, new, older=older)
    given = new.execute("SELECT seq FROM sqlite_sequence WHERE name = 'reminders'").fetchone()
    last = given[0] if given else 0
    for row in rows("reminders"):
        if is_reminder(row):
            _take_reminder(row, new, last if older else None)


def _take_habits(row: Row, new: sqlite3.Connection, *, older: bool) -> None:
    there = new.execute("SELECT saved_at FROM habits WHERE id = ?", (row["id"],)).fetchone()
    if there is None or (not older and str(there[0]) < row["saved_at"]):
        values = (row["id"], row["document"], row["saved_at"])
        new.execute("INSERT OR REPLACE INTO habits (id, document, saved_at) VALUES (?, ?, ?)", values)


def _take_reminder(row: Row, new: sqlite3.Connection, last_known: int | None) -> None:
    """`last_known`, for an older source: the greatest id that the target had given. What is missing up to there was
    taken away there, and what is there is as it should be."""
    there = new.execute("SELECT made_at, state FROM reminders WHERE id = ?", (row["id"],)).fetchone()
    if there is not None and there[0] == row["made_at"]:
        if last_known is None and there[1] == "open":
            change = (row["state"], row.get("settled_at"), row.get("rung_at"), row["id"])
            new.execute("UPDATE reminders SET state = ?, settled_at = ?, rung_at = ? WHERE id = ?", change)
        return
    if there is None and last_known is not None and row["id"] <= last_known:
        return
    if there is not None:  # the files went apart: another one has its id
        row = {name: value for name, value in row.items() if name != "id"}
    names, marks = ", ".join(row), ", ".join("?" * len(row))
    statement = f"INSERT OR IGNORE INTO reminders ({names}) VALUES ({marks})"  # noqa: S608 - names of our schema
    new.execute(statement, tuple(row.values()))


def _is_moment(value: object) -> bool:
    try:
        return isinstance(value, str) and datetime.fromisoformat(value).tzinfo is not None
    except ValueError:
        return False
