"""Whatever can be read of another file comes over, and nothing that is here is touched."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backend.storage import schema
from backend.storage.files import make_private
from backend.storage.salvage import MAX_ID, merge
from tests.backend.storage.steps import NOW, ask

MESSAGES = "SELECT turn_id, role, text FROM messages ORDER BY turn_id, role DESC"


def new(path: Path) -> Path:
    make_private(path)
    schema.migrate(path)
    return path


def put(database: Path, turns: range, *, conversation: str = "main", size: int = 20) -> None:
    """Store whole turns with ids of our choice."""
    at = NOW.isoformat()
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute(
            "INSERT OR IGNORE INTO conversations (name, mode, persona, created_at) VALUES (?, 'calm', 'alisa', ?)",
            (conversation, at),
        )
        (within,) = connection.execute("SELECT id FROM conversations WHERE name = ?", (conversation,)).fetchone()
        for turn in turns:
            connection.execute(
                "INSERT INTO turns (id, conversation_id, cause, source, origin, began_at, ended_at, reason)"
                " VALUES (?, ?, 'user', 'typed', 'chat', ?, ?, 'stop')",
                (turn, within, at, at),
            )
            for role in ("user", "assistant"):
                connection.execute(
                    "INSERT INTO messages (turn_id, conversation_id, role, text, origin, interrupted, at)"
                    " VALUES (?, ?, ?, ?, 'chat', 0, ?)",
                    (turn, within, role, f"{role} {turn} " + "word " * size, at),
                )


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return new(tmp_path / "source.db")


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return new(tmp_path / "target.db")


def test_what_is_missing_comes_and_what_is_there_stays(source: Path, target: Path) -> None:
    """Two histories become one; a turn that both hold stays as the target has it; search finds what came."""
    put(source, range(1, 6))
    put(target, range(4, 8), size=0)
    taken = merge(source, target, "ro")
    assert (taken.messages, taken.complete) == (6, True)
    assert [row[0] for row in ask(target, MESSAGES)] == [turn for turn in range(1, 8) for _ in range(2)]
    assert ask(target, "SELECT text FROM messages WHERE turn_id = 4 AND role = 'user'") == [("user 4 ",)]
    assert ask(target, "SELECT count(*) FROM messages_fts WHERE messages_fts MATCH 'word'") == [(6,)]
    assert merge(source, target, "ro").messages == 0


def test_conversations_are_matched_by_name(source: Path, target: Path) -> None:
    """The same number may be another conversation in the other file; the name decides."""
    put(target, range(1, 2), conversation="work")
    put(source, range(10, 11), conversation="main")
    put(source, range(11, 12), conversation="work")
    merge(source, target, "ro")
    found = "SELECT name, turn_id FROM messages JOIN conversations c ON c.id = conversation_id WHERE role = 'user'"
    assert sorted(ask(target, found)) == [("main", 10), ("work", 1), ("work", 11)]


def test_an_older_source_brings_whole_turns_only(source: Path, target: Path) -> None:
    """A message that was taken back in a turn that stands does not return with a restored backup."""
    put(source, range(1, 3))
    put(target, range(1, 2))
    with closing(sqlite3.connect(target)) as connection, connection:
        connection.execute("DELETE FROM messages WHERE role = 'assistant'")
    assert merge(source, target, "ro", whole_turns_only=True).messages == 2
    assert [row[:2] for row in ask(target, MESSAGES)] == [(1, "user"), (2, "user"), (2, "assistant")]


def test_ids_are_never_given_twice(source: Path, target: Path) -> None:
    """The target goes on counting from the highest id that either file ever gave."""
    put(source, range(500, 501))
    with closing(sqlite3.connect(source)) as connection, connection:
        connection.execute("DELETE FROM messages")
        connection.execute("DELETE FROM turns")
    merge(source, target, "ro")
    assert ask(target, "SELECT seq FROM sqlite_sequence WHERE name = 'turns'") == [(500,)]


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE turns SET cause = 'garbage'",
        "UPDATE turns SET began_at = 'yesterday'",
        "UPDATE turns SET reason = x'00ff'",
        f"UPDATE turns SET id = {MAX_ID} WHERE id = 2",
        "UPDATE turns SET conversation_id = 77",
        "UPDATE messages SET at = 5",
        "UPDATE messages SET at = '2026-01-01'",
        "UPDATE messages SET emotion = 'hungry'",
        "UPDATE messages SET interrupted = 7",
        "UPDATE messages SET text = x'00'",
        f"UPDATE messages SET turn_id = {MAX_ID + 1} WHERE id = 1",
    ],
)
def test_garbage_is_left_behind(source: Path, target: Path, change: str) -> None:
    """A row that history could never have written is not taken; the rest is, and history can read it all."""
    put(source, range(1, 3))
    with closing(sqlite3.connect(source)) as connection, connection:
        connection.execute(change)
    merge(source, target, "ro", whole_turns_only="turns" in change)
    assert ask(target, "PRAGMA foreign_key_check") == []
    assert len(ask(target, MESSAGES)) <= 3


def test_a_message_whose_turn_cannot_be_read_still_comes(source: Path, target: Path) -> None:
    """A stand-in takes the place of a turn that is gone."""
    put(source, range(1, 3))
    with closing(sqlite3.connect(source)) as connection, connection:
        connection.execute("PRAGMA foreign_keys=OFF")
        connection.execute("DELETE FROM turns WHERE id = 2")
    assert merge(source, target, "ro").messages == 4
    assert ask(target, "SELECT cause, reason FROM turns WHERE id = 2") == [("user", "interrupted")]


def test_an_older_schema_gives_what_it_has(source: Path, target: Path) -> None:
    """Columns that the source lacks are left to their defaults; a table that it lacks is none."""
    put(source, range(1, 3))
    with closing(sqlite3.connect(source)) as connection, connection:
        connection.execute("ALTER TABLE turns DROP COLUMN timings")
    assert merge(source, target, "ro").messages == 4
    empty = source.with_name("empty.db")
    sqlite3.connect(empty).close()
    with closing(sqlite3.connect(empty)) as connection, connection:
        connection.execute("CREATE TABLE other (x)")
    taken = merge(empty, target, "ro")
    assert (taken.messages, taken.complete) == (0, False)


def test_a_failure_leaves_the_target_as_it_was(source: Path, target: Path) -> None:
    """A merge is one transaction: when the target cannot take it all, it takes nothing."""
    put(source, range(1, 50))
    with closing(sqlite3.connect(target)) as connection, connection:
        connection.execute(
            "CREATE TRIGGER no BEFORE INSERT ON messages WHEN new.turn_id = 40 BEGIN SELECT raise(ABORT, 'no'); END"
        )
    with pytest.raises(sqlite3.IntegrityError):
        merge(source, target, "ro")
    assert ask(target, "SELECT count(*) FROM turns") == [(0,)]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.data())
def test_any_broken_page_costs_only_what_was_on_it(tmp_path: Path, data: st.DataObject) -> None:
    """Whichever page is overwritten with whatever: what comes over is whole, and was said; the rest is not invented."""
    pristine, target_of = tmp_path / "pristine.db", tmp_path / "fresh.db"
    if not pristine.exists():
        put(new(pristine), range(1, 120))
        new(target_of)
    said = set(ask(pristine, MESSAGES))
    damaged, target = tmp_path / "damaged.db", tmp_path / "target.db"
    raw = bytearray(pristine.read_bytes())
    page = data.draw(st.integers(1, len(raw) // 4096 - 1))
    junk = data.draw(st.binary(min_size=1, max_size=64))
    at = page * 4096 + data.draw(st.integers(0, 4096 - len(junk)))
    raw[at : at + len(junk)] = junk
    damaged.write_bytes(raw)
    shutil.copyfile(target_of, target)
    with suppress(sqlite3.DatabaseError):  # the schema itself was hit: such a source holds nothing
        merge(damaged, target, "ro")
    came = ask(target, MESSAGES)
    assert ask(target, "PRAGMA integrity_check") == [("ok",)]
    assert ask(target, "PRAGMA foreign_key_check") == []
    strange = [row for row in came if row not in said]
    assert len(strange) <= 40  # the words on the page that was hit may have changed; no other's
    assert len({row[:2] for row in came}) == len(came)
