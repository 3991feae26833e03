"""Work is whole: committed or not at all, finished whatever becomes of the caller, and its failures are in words."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from contextlib import closing
from datetime import timedelta
from unittest import mock

import pytest
from sqlalchemy import Connection

from alisa.runtime.clock import ManualClock, SystemClock
from alisa.runtime.errors import StorageError, UsageError
from alisa.runtime.paths import Home
from backend.settings import StorageSettings
from backend.storage import backups
from backend.storage.backups import Reason
from backend.storage.database import Database
from backend.storage.history import History
from tests.backend.storage.steps import NOW, ask, chatter, say, talk, texts
from tests.faults import scribbled

STORAGE = StorageSettings(busy_timeout_ms=50)


def insert(connection: Connection, name: str = "x") -> None:
    connection.exec_driver_sql(
        f"INSERT INTO conversations (name, mode, persona, created_at) VALUES ('{name}', '', '', '')"
    )


async def test_a_write_that_fails_changes_nothing(database: Database, home: Home) -> None:
    """A transaction is whole; a mistake in the program comes out as it is, and the next write works."""

    def work(connection: Connection) -> None:
        insert(connection)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await database.write(work)
    await database.write(lambda connection: insert(connection, "y"))
    assert ask(home.database, "SELECT name FROM conversations") == [("y",)]


async def test_a_write_is_finished_although_its_caller_is_cancelled(database: Database, home: Home) -> None:
    """Interrupting her in the very moment of storing does not lose what was being stored, nor what is told of it."""
    begun, go_on = asyncio.Event(), threading.Event()
    loop, told = asyncio.get_running_loop(), []

    def work(connection: Connection) -> str:
        loop.call_soon_threadsafe(begun.set)
        go_on.wait(10)
        insert(connection)
        return "done"

    caller = asyncio.create_task(database.write(work, told.append))
    await begun.wait()
    waiting = asyncio.create_task(database.write(lambda connection: insert(connection, "y"), told.append))
    await asyncio.sleep(0)
    caller.cancel()
    waiting.cancel()
    assert [type(each) for each in await asyncio.gather(caller, waiting, return_exceptions=True)] == [
        asyncio.CancelledError
    ] * 2
    go_on.set()
    await database.close()
    assert ask(home.database, "SELECT name FROM conversations ORDER BY name") == [("x",), ("y",)]
    assert told == ["done", None]


async def test_readers_do_not_wait_for_the_writer(database: Database) -> None:
    """While something is written the rest of history can be read, as it was before."""
    begun, go_on = asyncio.Event(), threading.Event()
    loop = asyncio.get_running_loop()

    def work(connection: Connection) -> None:
        insert(connection)
        loop.call_soon_threadsafe(begun.set)
        go_on.wait(10)

    writing = asyncio.create_task(database.write(work))
    await begun.wait()
    assert await History(database).conversations() == []
    go_on.set()
    await writing
    assert len(await History(database).conversations()) == 1


async def test_a_lock_of_another_program_is_told_and_passes(database: Database, home: Home) -> None:
    """A browser that holds the file costs an error with a hint; reading goes on; then all is well again."""
    history = History(database)
    await talk(history, ("hi", "Hmph."))
    with closing(sqlite3.connect(home.database, isolation_level=None)) as browser:
        browser.execute("BEGIN IMMEDIATE")
        with pytest.raises(StorageError) as caught:
            await say(history, "are you there?")
        assert caught.value.code == "database_locked"
        assert database.condition.state == "failing"
        assert "Another program" in database.condition.last_error
        assert texts(await history.page()) == ["hi", "Hmph."]
        assert database.condition.state == "failing", "reading well does not mean that writing works"
        browser.execute("ROLLBACK")
    await say(history, "are you there?")
    assert database.condition.state == "ready"
    assert texts(await history.page()) == ["hi", "Hmph.", "are you there?"]


async def test_what_was_asked_for_before_closing_is_done(home: Home) -> None:
    """Closing waits for the writes that were asked for; afterwards a sentence says that it is closed."""
    database = await Database.open(home, STORAGE, ManualClock())
    history = History(database)
    asked = [asyncio.create_task(say(history, str(number))) for number in range(20)]
    await asyncio.sleep(0)
    await database.close()
    await database.close()
    assert len(await asyncio.gather(*asked)) == 20
    assert database.condition.state == "closed"
    with pytest.raises(StorageError) as caught:
        await say(history, "too late")
    assert caught.value.code == "storage_closed"
    assert ask(home.database, "SELECT count(*) FROM messages") == [(20,)]
    assert not home.database.with_name("alisa.db-wal").exists()


async def test_the_days_first_start_makes_a_backup(home: Home) -> None:
    """One a day, in the background, and only the newest few are kept."""
    settings, clock = StorageSettings(backups=2), ManualClock()
    for day in range(4):
        for _ in range(2):
            database = await Database.open(home, settings, clock)
            await database.settled()
            await talk(History(database), (f"day {day}", "Hmph."))
            await database.close()
        clock.advance(timedelta(days=1).total_seconds())
    kept = [backup.name for backup in backups.available(home.backups)]
    assert kept == ["alisa-20261124T201400Z-daily.db", "alisa-20261123T201400Z-daily.db"]


async def test_a_backup_that_cannot_be_made_is_told_and_stops_nothing(home: Home) -> None:
    """She starts all the same, and says that today's backup is missing."""
    database = await Database.open(home, STORAGE, ManualClock())
    await talk(History(database), ("hi", "Hmph."))
    await database.close()
    full = StorageError("disk_full", "The disk is full.", "Free some space.")
    with mock.patch.object(backups, "make", side_effect=full):
        database = await Database.open(home, STORAGE, ManualClock(NOW + timedelta(days=1)))
        await database.settled()
    assert "Today's backup" in database.notices[0]
    assert "Free some space" in database.notices[0]
    assert database.condition.detail == {"notices": tuple(database.notices)}
    await database.close()


async def test_a_long_log_is_brought_into_the_file_beside_the_writer(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The log does not grow for ever while the hub runs."""
    monkeypatch.setattr("backend.storage.database._WRITES_PER_CHECKPOINT", 10)
    database = await Database.open(home, STORAGE, ManualClock())
    size = home.database.stat().st_size
    await chatter(History(database), 30)
    await database.close()
    assert home.database.stat().st_size > size
    with mock.patch.object(Database, "_checkpoint") as checkpoint:
        database = await Database.open(home, STORAGE, ManualClock())
        await chatter(History(database), 10)
        await database.close()
    assert checkpoint.call_count == 2


async def test_reading_beside_a_running_hub(database: Database, home: Home) -> None:
    """A second process may read, sees what is committed, and can write nothing."""
    history = History(database)
    await talk(history, ("hi", "Hmph."))
    reader = await Database.open_for_reading(home, STORAGE, SystemClock())
    assert texts(await History(reader).page()) == ["hi", "Hmph."]
    with pytest.raises(StorageError) as caught:
        await say(History(reader), "sneaky")
    assert caught.value.code == "database_readonly"
    await reader.close()
    await talk(history, ("more", "Fine."))


async def test_reading_what_is_not_there_or_not_in_order(home: Home) -> None:
    """Reading makes no file, and leaves a damaged one to the next start."""
    with pytest.raises(StorageError) as caught:
        await Database.open_for_reading(home, STORAGE, SystemClock())
    assert caught.value.code == "no_history"
    assert not home.database.exists()
    home.database.write_bytes(b"nonsense" * 100)
    with pytest.raises(StorageError) as caught:
        await Database.open_for_reading(home, STORAGE, SystemClock())
    assert caught.value.code == "history_not_ready"
    assert home.database.read_bytes() == b"nonsense" * 100


async def test_a_backup_that_rotted_is_not_restored(database: Database) -> None:
    """A damaged backup is named and nothing changes; one that does not exist is wrong use."""
    await talk(History(database), ("hi", "Hmph."))
    made = await database.back_up(Reason.DAILY)
    scribbled(made.path, 4096, b"\xff" * 2000)
    with pytest.raises(StorageError) as caught:
        await database.restore_backup(made.name, lambda _: None)
    assert caught.value.code == "backup_damaged"
    with pytest.raises(UsageError):
        await database.restore_backup("none.db", lambda _: None)


@pytest.mark.looptime
async def test_virtual_time_waits_for_the_disk(home: Home) -> None:
    """A test in virtual time may hold real conversations: no timer fires because a thread is at work."""
    database = await Database.open(home, STORAGE, ManualClock(NOW))
    history = History(database)
    async with asyncio.timeout(5):
        await chatter(history, 20)
    assert len(await history.page()) == 40
    await database.close()
