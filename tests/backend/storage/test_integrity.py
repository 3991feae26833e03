"""Damage is found where it is to be looked for, and the search index mends itself."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from backend.storage import integrity, schema
from backend.storage.files import make_private
from tests.backend.storage.steps import ask
from tests.backend.storage.test_salvage import put
from tests.faults import scribbled


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "alisa.db"
    make_private(path)
    schema.migrate(path)
    put(path, range(1, 60))
    return path


def root_page(database: Path, name: str) -> int:
    """Where a table or index begins in the file, in bytes."""
    found = ask(database, f"SELECT rootpage FROM sqlite_master WHERE name = '{name}'")
    return (int(str(found[0][0])) - 1) * 4096


def test_every_page_is_checked_after_an_unclean_end(database: Path) -> None:
    """The usual start reads the header alone; a log that was left has every page read."""
    scribbled(database, root_page(database, "messages"), b"\xff" * 100)
    assert integrity.problem(database) == ""
    database.with_name("alisa.db-wal").write_bytes(b"what a crash left")
    assert integrity.problem(database)


def test_suspicion_is_a_mark_beside_the_file(database: Path) -> None:
    """It stays until it is cleared, however often the process starts."""
    assert not integrity.is_suspect(database)
    integrity.mark_suspect(database)
    assert integrity.is_suspect(database)
    integrity.clear_suspicion(database)
    assert not integrity.is_suspect(database)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE messages SET emotion = 'hungry' WHERE id = 7",
        "UPDATE messages SET at = 'yesterday' WHERE id = 7",
        "UPDATE turns SET cause = '' WHERE id = 7",
        "UPDATE messages SET conversation_id = 9 WHERE id = 7",
        "DROP INDEX ix_turns_open",
        "DROP TRIGGER messages_after_insert",
    ],
)
def test_on_suspicion_what_stands_on_the_pages_is_checked_too(database: Path, change: str) -> None:
    """Pages that are in order may hold rows and definitions that nobody wrote."""
    assert integrity.deep_problem(database) == ""
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute(change)
    assert integrity.page_problem(database, "ro") == ""
    assert integrity.deep_problem(database)


def test_a_lock_is_not_damage(database: Path) -> None:
    """A file that cannot be read now is not called damaged."""
    integrity.mark_suspect(database)
    with closing(sqlite3.connect(database)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            integrity.page_problem(database, "ro", wait_seconds=0.01)


def test_marking_never_fails(tmp_path: Path) -> None:
    """Where not even the mark can be written, nothing worse happens."""
    integrity.mark_suspect(tmp_path / "none" / "alisa.db")


def test_the_search_index_is_built_anew_when_it_differs(database: Path) -> None:
    """An index that lost words is noticed and rebuilt from the messages; a good one is left alone."""
    assert not integrity.mend_search(database)
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("INSERT INTO messages_fts(messages_fts) VALUES ('delete-all')")
    assert integrity.mend_search(database)
    assert ask(database, "SELECT count(*) FROM messages_fts WHERE messages_fts MATCH 'word'") == [(118,)]
    assert not integrity.mend_search(database)
