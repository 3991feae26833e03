"""What she said unasked and what the user wished outlive damage, so that no limit is exceeded after a healing."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta

from alisa.runtime.clock import ManualClock
from alisa.runtime.paths import Home
from backend.settings import StorageSettings
from backend.storage import backups, integrity
from backend.storage.database import Database
from backend.storage.history import History
from backend.storage.thoughts import ThoughtRecords
from tests.backend.storage.steps import NOW, chatter, talk
from tests.backend.storage.test_thoughts import THOUGHT

LATER = replace(THOUGHT, turn=8, said_at=NOW + timedelta(hours=1))


async def test_healing_brings_both_back(home: Home, settings: StorageSettings, clock: ManualClock) -> None:
    """From the backup and from the damaged file, whose wishes are the newer ones."""
    database = await Database.open(home, settings, clock)
    history, records = History(database), ThoughtRecords(database)
    await records.keep(THOUGHT)
    await records.wish("snoozed_until", "then")
    await talk(history, ("hi", "Hm."))
    await database.back_up(backups.Reason.DAILY)
    await records.judge(7, "dismissed")
    await records.keep(LATER)
    await records.wish("snoozed_until", "even later")
    await records.wish("off:silence", "you")
    await chatter(history, 40)
    await database.close()
    raw = bytearray(home.database.read_bytes())
    raw[-4096:] = bytes(4096)  # the last page, far behind the small tables
    home.database.write_bytes(raw)
    integrity.mark_suspect(home.database)
    database = await Database.open(home, settings, clock)
    assert "damaged" in database.notices[0]
    records = ThoughtRecords(database)
    assert await records.since(NOW - timedelta(days=1)) == [replace(THOUGHT, verdict="dismissed"), LATER]
    assert await records.wishes() == {"snoozed_until": "even later", "off:silence": "you"}
    await database.close()


async def test_undoing_a_clearing_keeps_the_wishes_of_now(
    home: Home, settings: StorageSettings, clock: ManualClock
) -> None:
    """What was said comes back; a snooze that has ended since does not."""
    database = await Database.open(home, settings, clock)
    history, records = History(database), ThoughtRecords(database)
    await talk(history, ("hi", "Hm."))
    await records.keep(THOUGHT)
    await records.wish("snoozed_until", "then")
    cleared = await history.clear()
    await records.forget()
    await records.wish("snoozed_until", None)
    assert cleared.backup is not None
    await history.restore_backup(cleared.backup)
    assert await records.since(NOW - timedelta(days=1)) == [THOUGHT]
    assert await records.wishes() == {}
    await database.close()


async def test_a_strange_thought_is_left_behind(home: Home, settings: StorageSettings, clock: ManualClock) -> None:
    """A row that nobody wrote so is damage; what is good comes over."""
    database = await Database.open(home, settings, clock)
    await ThoughtRecords(database).keep(THOUGHT)
    await ThoughtRecords(database).keep(LATER)
    await database.close()
    with closing(sqlite3.connect(home.database)) as connection:
        connection.execute("UPDATE thoughts SET said_at = 'no moment' WHERE turn = 8")
        connection.commit()
    integrity.mark_suspect(home.database)
    database = await Database.open(home, settings, clock)
    assert "damaged" in database.notices[0]
    assert await ThoughtRecords(database).since(NOW - timedelta(days=1)) == [THOUGHT]
    await database.close()
