"""Bringing back from one database file what another lacks: the undo of a clearing, and the rescue of a damaged file.

Ids are never given twice, so a row whose id is missing is a row that is missing: whatever the target holds stays
as it is, and nothing that was said since is touched. The source may be damaged (each table is read from both
ends up to the broken place) and of an older schema (only columns that both have are taken). Which file to take
from is not decided here.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from alisa.protocol.tags import Cause, Emotion, EndReason
from backend.storage import habit_salvage, thought_salvage
from backend.storage.failures import READING_ERRORS, is_damage
from backend.storage.files import Mode, connected
from backend.storage.text import storable

MAX_ID = 10**12
"""No history is that long: a greater id is garbage, and would be the last that SQLite could give."""

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Taken:
    """What was brought over."""

    messages: int
    complete: bool
    """False when a part of the source could not be read"""


def strange_row(database: Path) -> str:
    """Return which table holds a row that history never wrote; empty when none does. Raises sqlite3.Error."""
    with connected(database, "rw") as connection:
        checks = {
            "turns": _is_turn, "messages": _is_message, "reminders": habit_salvage.is_reminder,
            "habits": habit_salvage.is_habits, "thoughts": thought_salvage.is_thought,
            "initiative_wishes": thought_salvage.is_wish,
        }  # fmt: skip
        for table, is_ours in checks.items():
            cursor = connection.execute(f"SELECT * FROM {table}")  # noqa: S608 - one of our own words
            names = [column[0] for column in cursor.description]
            if not all(is_ours(dict(zip(names, values, strict=True))) for values in cursor):
                return f"there is a strange row in {table}"
        lonely = connection.execute("PRAGMA foreign_key_check").fetchone()
    return "a row refers to one that is gone" if lonely else ""


def merge(
    source: Path, target: Path, mode: Mode, *, whole_turns_only: bool = False, wait_seconds: float = 5.0
) -> Taken:
    """Bring into `target` every conversation, turn and message of `source` that it lacks, or nothing at all.

    `whole_turns_only` is for a source that is older than the target: in a turn that the target still holds, a message
    that it lacks was taken back on purpose.
    Raises sqlite3.Error for whatever is wrong with the target, and for a source that cannot even be opened.
    """
    with connected(source, mode) as old, connected(target, "rw", wait_seconds=wait_seconds) as new:
        old.text_factory = lambda raw: storable(raw.decode("utf-8", "replace"))
        new.execute("PRAGMA foreign_keys=ON")
        new.execute("BEGIN IMMEDIATE")
        taken = _Rescue(old, new, whole_turns_only=whole_turns_only).run()
        new.execute("COMMIT")
        return taken


class _Rescue:
    """One run over the tables; it lives no longer than `merge`."""

    def __init__(self, old: sqlite3.Connection, new: sqlite3.Connection, *, whole_turns_only: bool) -> None:
        self._old = old
        self._new = new
        self._whole_turns_only = whole_turns_only
        self._complete = True
        self._conversations: dict[int, int] = {
            number: number for (number,) in new.execute("SELECT id FROM conversations")
        }
        """the target's id for an id of the source"""

    def run(self) -> Taken:
        for row in self._rows("conversations"):
            self._take_conversation(row)
        came = {
            row["id"]
            for row in self._rows("turns")
            if _is_turn(row) and self._place(row) and self._insert("turns", row)
        }
        messages = 0
        for row in self._rows("messages"):
            wanted = row.get("turn_id") in came or not self._whole_turns_only
            if wanted and _is_message(row) and self._place(row):
                self._stand_in_turn(row)
                messages += self._insert_message(row)
        for part in (habit_salvage, thought_salvage):
            part.take(self._rows_if_there, self._new, older=self._whole_turns_only)
        self._raise_sequences()
        return Taken(messages, self._complete)

    def _rows(self, table: str, key: str = "id") -> Iterator[Row]:
        """Walk a table from its first row and, where a page is broken, from its last one back to there.

        `key` is the column that numbers its rows; `rowid` for a table whose rows have no number of ours.
        """
        columns = sorted(self._columns(self._new, table) & self._columns(self._old, table))
        if key == "rowid" and columns:
            columns = [key, *columns]
        if key not in columns:
            self._complete = False
            return
        last = 0
        for order in ("ASC", "DESC"):
            # the names are our own schema's: they were compared with the target's above
            query = f"SELECT {', '.join(columns)} FROM {table} WHERE {key} > ? ORDER BY {key} {order}"  # noqa: S608
            try:
                for values in self._old.execute(query, (last,)):
                    row = dict(zip(columns, values, strict=True))
                    if isinstance(row[key], int) and 0 < row[key] < MAX_ID:
                        last = max(last, row[key]) if order == "ASC" else last
                        yield row
            except READING_ERRORS as error:
                if not is_damage(error):
                    raise
                self._complete = False
            else:
                return

    def _rows_if_there(self, table: str, key: str = "id") -> Iterator[Row]:
        """The same for a table that a file of an older schema lacks, and rightly so."""
        return self._rows(table, key) if self._columns(self._old, table) else iter(())

    def _columns(self, connection: sqlite3.Connection, table: str) -> set[str]:
        try:
            return {str(name) for (name,) in connection.execute("SELECT name FROM pragma_table_info(?)", (table,))}
        except READING_ERRORS as error:
            if connection is self._old and is_damage(error):
                return set()
            raise

    def _take_conversation(self, row: Row) -> None:
        if all(isinstance(row.get(name), str) for name in ("name", "mode", "persona", "created_at")):
            wanted = {name: value for name, value in row.items() if name != "id"}
            self._insert("conversations", wanted)
            found = self._new.execute("SELECT id FROM conversations WHERE name = ?", (row["name"],)).fetchone()
            self._conversations[row["id"]] = found[0]

    def _place(self, row: Row) -> bool:
        """Give the row the target's id of its conversation; is there one?"""
        row["conversation_id"] = self._conversations.get(row["conversation_id"])
        return row["conversation_id"] is not None

    def _stand_in_turn(self, message: Row) -> None:
        """Where a message is readable and its turn is not, a plain turn takes its place."""
        turn = {
            "id": message["turn_id"],
            "conversation_id": message["conversation_id"],
            "cause": Cause.USER,
            "origin": "",
            "began_at": message["at"],
            "ended_at": message["at"],
            "reason": EndReason.INTERRUPTED,
        }
        self._insert("turns", turn)

    def _insert_message(self, row: Row) -> int:
        """Insert a message; one whose id is another's here (the files went apart) gets a new one."""
        other = {name: value for name, value in row.items() if name != "id"}
        return self._insert("messages", row) or self._insert("messages", other)

    def _insert(self, table: str, row: Mapping[str, Any]) -> int:
        """Insert a row unless it is there or breaks a rule of the schema; how many were inserted?"""
        names, marks = ", ".join(row), ", ".join("?" * len(row))
        statement = f"INSERT OR IGNORE INTO {table} ({names}) VALUES ({marks})"  # noqa: S608 - names of our schema
        return self._new.execute(statement, tuple(row.values())).rowcount

    def _raise_sequences(self) -> None:
        """Never give an id again that the source had given, even if its row is gone."""
        given: list[tuple[object, object]] = []
        try:
            if "seq" in self._columns(self._old, "sqlite_sequence"):
                given = self._old.execute("SELECT name, seq FROM sqlite_sequence").fetchall()
        except READING_ERRORS as error:
            if not is_damage(error):
                raise
            self._complete = False
        for table, last in given:
            if table in ("turns", "messages", "reminders", "thoughts") and isinstance(last, int) and last < MAX_ID:
                raise_sequence(self._new, str(table), last)


def raise_sequence(connection: sqlite3.Connection, table: str, last: int) -> None:
    """Let the next id of a table be greater than `last`. Raises sqlite3.Error."""
    changed = connection.execute("UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = ?", (last, table))
    if changed.rowcount == 0:
        connection.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", (table, last))


def _is_turn(row: Row) -> bool:
    return (
        _one_of(Cause, row.get("cause"))
        and _is_moment(row.get("began_at"))
        and (row.get("ended_at") is None or _is_moment(row["ended_at"]))
        and (row.get("reason") is None or _one_of(EndReason, row["reason"]))
    )


def _is_message(row: Row) -> bool:
    turn = row.get("turn_id")
    return (
        isinstance(turn, int)
        and 0 < turn < MAX_ID
        and isinstance(row.get("text"), str)
        and isinstance(row.get("origin"), str)
        and row.get("interrupted") in (0, 1)
        and (row.get("emotion") is None or _one_of(Emotion, row["emotion"]))
        and _is_moment(row.get("at"))
    )


def _one_of(words: type[StrEnum], value: object) -> bool:
    return isinstance(value, str) and value in set(words)


def _is_moment(value: object) -> bool:
    try:
        return isinstance(value, str) and datetime.fromisoformat(value).tzinfo is not None
    except ValueError:
        return False
