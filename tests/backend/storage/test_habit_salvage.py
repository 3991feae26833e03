"""Habits and reminders outlive damage, clearing and its undo: nothing is said twice, nothing forgotten comes back."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from alisa.protocol.tags import Cause
from alisa.runtime.clock import ManualClock
from alisa.runtime.errors import StorageError
from alisa.runtime.paths import Home
from backend.settings import StorageSettings
from backend.storage import backups, integrity, schema
from backend.storage.database import Database
from backend.storage.files import companion, make_private
from backend.storage.habits import HabitRecords
from backend.storage.history import History
from backend.storage.reminders import Kind, ReminderRecords, State
from backend.storage.salvage import merge
from tests.backend.storage.steps import NOW, answer, ask, chatter, say, talk

LATER = NOW + timedelta(hours=2)
STATES = "SELECT text, state FROM reminders ORDER BY id"


async def test_what_is_kept_comes_back(database: Database) -> None:
    """Reminders in the order in which they are due, the habits' document as it was."""
    reminders, habits = ReminderRecords(database), HabitRecords(database)
    late = await reminders.add("main", Kind.REMINDER, "call the dentist", LATER, NOW)
    soon = await reminders.add("main", Kind.TIMER, "", NOW + timedelta(minutes=5), NOW)
    assert await reminders.open() == [soon, late]
    assert await reminders.settle(soon.id, State.SAID, NOW)
    assert not await reminders.settle(soon.id, State.CANCELLED, NOW), "it is settled once"
    assert [item.state for item in await reminders.newest()] == [State.SAID, State.OPEN]
    assert await habits.load() is None
    await habits.save("{}", NOW)
    await habits.save('{"version": 1}', LATER)
    assert await habits.load() == '{"version": 1}'


@pytest.mark.parametrize("length", [40, 40_000])
async def test_what_is_forgotten_stands_nowhere_in_the_files(database: Database, home: Home, length: int) -> None:
    """Neither in the file nor in its log: not even for somebody who reads its bytes. Nor do cleared words."""
    habits, history = HabitRecords(database), History(database)
    await talk(history, ("my secret diary", "a secret answer"))
    await habits.save("secret" * length, NOW)
    await habits.save("secret" * (length + 300), LATER)
    await habits.save_for_good("{}", LATER)
    await history.clear()
    for file in (home.database, companion(home.database, "-wal")):
        assert (file.name, file.read_bytes().count(b"secret")) == (file.name, 0)


async def test_clearing_history_leaves_what_is_to_come(database: Database) -> None:
    """What was said goes with what it was said in; the undo brings the words back and rings nothing again."""
    history, reminders = History(database), ReminderRecords(database)
    await talk(history, ("remind me", "Fine."))
    said = await reminders.add("main", Kind.REMINDER, "said", LATER, NOW)
    await reminders.add("main", Kind.REMINDER, "to come", LATER, NOW)
    ringing = await reminders.add("main", Kind.REMINDER, "rings before the clearing is undone", LATER, NOW)
    await reminders.settle(said.id, State.SAID, NOW)
    cleared = await history.clear()
    await reminders.settle(ringing.id, State.SAID, LATER)
    assert cleared.backup is not None
    await history.restore_backup(cleared.backup)
    assert [(item.text, item.state) for item in await reminders.newest()][::-1] == [
        ("to come", State.OPEN), ("rings before the clearing is undone", State.SAID),
    ]  # fmt: skip


async def test_healing_brings_both_back(home: Home, settings: StorageSettings, clock: ManualClock) -> None:
    """From the backup and, where it is newer, from the damaged file: what was said since is not said again."""
    database = await Database.open(home, settings, clock)
    history, reminders, habits = History(database), ReminderRecords(database), HabitRecords(database)
    await reminders.add("main", Kind.REMINDER, "said after the backup", LATER, NOW)
    await reminders.add("main", Kind.REMINDER, "open", LATER, NOW)
    await habits.save("old", NOW)
    await talk(history, ("hi", "Hm."))
    await database.back_up(backups.Reason.DAILY)
    await reminders.settle(1, State.SAID, LATER)
    await reminders.add("main", Kind.REMINDER, "newer than the backup", LATER, NOW)
    await habits.save("new", LATER)
    await chatter(history, 40)
    await database.close()
    raw = bytearray(home.database.read_bytes())
    raw[-4096:] = bytes(4096)  # the last page, far behind the small tables
    home.database.write_bytes(raw)
    integrity.mark_suspect(home.database)
    database = await Database.open(home, settings, clock)
    assert "damaged" in database.notices[0]
    assert ask(home.database, STATES) == [
        ("said after the backup", "said"), ("open", "open"), ("newer than the backup", "open"),
    ]  # fmt: skip
    assert await HabitRecords(database).load() == "new"
    added = await ReminderRecords(database).add("main", Kind.TIMER, "", LATER, NOW)
    assert added.id > 3, "no id is given twice"
    await database.close()


@pytest.mark.parametrize("change", ["state = 'maybe'", "due_at = 'no moment'"])
async def test_a_strange_reminder_is_left_behind(
    home: Home, settings: StorageSettings, clock: ManualClock, change: str
) -> None:
    """A row that nobody wrote so is damage; what is good comes over."""
    database = await Database.open(home, settings, clock)
    await ReminderRecords(database).add("main", Kind.REMINDER, "good", LATER, NOW)
    await ReminderRecords(database).add("main", Kind.REMINDER, "bad", LATER, NOW)
    await database.close()
    connection = sqlite3.connect(home.database)
    connection.execute("PRAGMA ignore_check_constraints=ON")
    connection.execute(f"UPDATE reminders SET {change} WHERE text = 'bad'")
    connection.commit()
    connection.close()
    integrity.mark_suspect(home.database)
    database = await Database.open(home, settings, clock)
    assert "damaged" in database.notices[0]
    assert [item.text for item in await ReminderRecords(database).newest()] == ["good"]
    await database.close()


async def test_habits_that_are_no_text_are_damage(home: Home, settings: StorageSettings, clock: ManualClock) -> None:
    """They are met, named, and healed at the next start: then they can be read, and be found to be nonsense."""
    database = await Database.open(home, settings, clock)
    await HabitRecords(database).save("{}", NOW)
    await talk(History(database), ("hi", "Hm."))
    await database.close()
    with closing(sqlite3.connect(home.database)) as connection, connection:
        connection.execute("UPDATE habits SET document = CAST(X'7BFF' AS TEXT)")
    database = await Database.open(home, settings, clock)
    with pytest.raises(StorageError):
        await HabitRecords(database).load()
    await database.close()
    database = await Database.open(home, settings, clock)
    assert "damaged" in database.notices[0]
    assert (await HabitRecords(database).load() or "").startswith("{")
    assert len(await History(database).page()) == 2
    await database.close()


async def test_what_she_said_before_a_kill_is_known(database: Database) -> None:
    """A turn of hers, begun after she was asked to remind, tells that she did."""
    history, reminders = History(database), ReminderRecords(database)
    made = await reminders.add("main", Kind.REMINDER, "go", NOW, NOW)
    await answer(history, await say(history, None, cause=Cause.REMINDER), "An older one.")
    await reminders.ring(made.id, NOW + timedelta(seconds=5))
    (asked,) = await reminders.open()
    assert not await reminders.was_said(asked)
    await reminders.ring(made.id, NOW - timedelta(seconds=5))
    (asked,) = await reminders.open()
    assert await reminders.was_said(asked)
    assert not await reminders.was_said(made), "she was never asked"


async def test_forgotten_habits_do_not_come_back(home: Home, settings: StorageSettings, clock: ManualClock) -> None:
    """Not from the undo of an older clearing, and not from healing: a backup without them is the newest."""
    database = await Database.open(home, settings, clock)
    habits, history = HabitRecords(database), History(database)
    await talk(history, ("hi", "Hm."))
    await habits.save("all of them", NOW)
    undo = await history.clear()
    clock.advance(1)
    await habits.save_for_good("none", LATER)
    assert undo.backup is not None
    await history.restore_backup(undo.backup)
    assert await habits.load() == "none"
    newest = backups.newest_good(home.backups)
    await database.close()
    assert newest is not None
    assert ask(newest.path, "SELECT document FROM habits") == [("none",)]


def test_a_file_of_the_first_schema_lacks_nothing(tmp_path: Path) -> None:
    """A backup from before there were habits is read as whole."""
    source, target = tmp_path / "old.db", tmp_path / "new.db"
    for path in (source, target):
        make_private(path)
        schema.migrate(path)
    connection = sqlite3.connect(source)
    connection.executescript("DROP TABLE habits; DROP TABLE reminders;")
    connection.close()
    assert merge(source, target, "ro").complete
