"""A damaged history is set aside, brought back from the newest good backup, and loses nothing that can be read."""

from __future__ import annotations

import shutil
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from alisa.runtime.clock import ManualClock
from alisa.runtime.errors import StorageError
from alisa.runtime.paths import Home
from backend.settings import StorageSettings
from backend.storage import backups, healing, integrity
from backend.storage.backups import Reason
from backend.storage.database import Database
from backend.storage.history import History
from tests.backend.storage.steps import NOW, ask, chatter, say, talk, texts
from tests.backend.storage.test_integrity import root_page
from tests.faults import scribbled, truncated

STORAGE = StorageSettings(busy_timeout_ms=50)


async def opened(home: Home, clock: ManualClock | None = None) -> tuple[Database, History]:
    database = await Database.open(home, STORAGE, clock or ManualClock())
    return database, History(database)


async def test_a_file_full_of_nonsense_is_replaced_by_the_newest_good_backup(home: Home) -> None:
    """The damaged file is kept under its name and time, the backup's words are there, and a sentence says so."""
    clock = ManualClock()
    database, history = await opened(home, clock)
    await talk(history, ("hi", "Hmph."), ("tea?", "Fine."))
    await database.back_up(Reason.DAILY)
    clock.advance(3600)
    await database.close()
    home.database.write_bytes(b"nonsense " * 1000)

    database, history = await opened(home, clock)
    assert texts(await history.page()) == ["hi", "Hmph.", "tea?", "Fine."]
    (notice,) = database.notices
    assert "not a SQLite file" in notice
    assert "alisa.corrupt-20261121-211400.db" in notice
    assert "4 messages came back from the backup of 21 November 2026, 20:14 UTC" in notice
    assert home.database.with_name("alisa.corrupt-20261121-211400.db").read_bytes().startswith(b"nonsense")
    assert await say(history, "next") > 1000, "ids that the lost file may have given are not given again"
    await database.close()
    database, _ = await opened(home, clock)
    assert database.notices == []
    await database.close()


async def test_what_came_after_the_backup_is_read_from_the_damaged_file(home: Home) -> None:
    """Only what stood on the broken page can be lost: newer messages are taken from the damaged file itself."""
    database, history = await opened(home)
    await chatter(history, 40)
    await database.back_up(Reason.DAILY)
    newer = await chatter(history, 40)
    await database.close()
    scribbled(home.database, root_page(home.database, "ix_messages_conversation_id"), b"\xff" * 200)
    integrity.mark_suspect(home.database)

    database, history = await opened(home)
    assert "80 messages came back" in database.notices[0]
    assert "80 messages from the damaged file itself" in database.notices[0]
    assert len(await history.page(limit=1000)) == 160
    assert await say(history, "next") == newer[-1] + 1
    await database.close()


async def test_without_a_backup_the_damaged_file_gives_what_it_can(home: Home) -> None:
    """On the first day there is no backup yet: what is readable is saved all the same."""
    database, history = await opened(home)
    await chatter(history, 40)
    await database.close()
    truncated(home.database, home.database.stat().st_size - 4096)

    database, history = await opened(home)
    assert "no good backup" in database.notices[0]
    assert len(await history.page(limit=1000)) >= 60
    await database.close()


async def test_nothing_readable_and_no_backup_is_a_new_beginning(home: Home) -> None:
    """She starts, with an empty history, and says what happened."""
    home.database.write_bytes(b"nonsense " * 1000)
    database, history = await opened(home)
    assert "begins anew" in database.notices[0]
    await talk(history, ("hi", "Hmph."))
    await database.close()


async def test_the_undo_of_a_clearing_is_never_brought_back(home: Home) -> None:
    """What the user had forgotten stays forgotten when the file breaks afterwards."""
    database, history = await opened(home)
    await talk(history, ("a secret", "I see."))
    await history.clear()
    await database.close()
    home.database.write_bytes(b"nonsense " * 1000)
    database, history = await opened(home)
    assert await history.page() == []
    await database.close()


async def test_a_log_that_is_left_goes_aside_with_its_file(home: Home) -> None:
    """The old log must never be played into the restored file."""
    database, history = await opened(home)
    await chatter(history, 5)
    await database.close()
    home.database.write_bytes(b"nonsense " * 1000)
    home.database.with_name("alisa.db-wal").write_bytes(b"old log")
    database, _ = await opened(home)
    await database.close()
    aside = [path.name for path in home.root.iterdir() if "corrupt" in path.name]
    assert {"alisa.corrupt-20261121-201400.db", "alisa.corrupt-20261121-201400.db-wal"} <= set(aside)


@pytest.mark.parametrize("step", ["merge", "sync", "_move_aside"])
async def test_a_kill_during_healing_is_healed_at_the_next_start(home: Home, step: str) -> None:
    """Whenever the process ends during a healing, the next start finishes it and nothing more is lost."""
    database, history = await opened(home)
    await chatter(history, 20)
    await database.back_up(Reason.DAILY)
    await database.close()
    scribbled(home.database, root_page(home.database, "messages"), b"\xff" * 300)
    integrity.mark_suspect(home.database)

    class Killed(BaseException):
        pass

    with mock.patch.object(healing, step, side_effect=Killed), pytest.raises(Killed):
        healing.heal(home.database, home.backups, "test", NOW)
    database, history = await opened(home)
    assert len(await history.page(limit=1000)) == 40
    await database.close()


async def test_a_kill_between_the_two_renames_is_finished(home: Home) -> None:
    """The damaged file is gone already, the replacement is not in its place yet: it goes there."""
    database, history = await opened(home)
    await talk(history, ("hi", "Hmph."))
    await database.close()
    home.database.replace(home.database.with_name("alisa.db.restoring"))
    database, history = await opened(home)
    assert texts(await history.page()) == ["hi", "Hmph."]
    assert not home.database.with_name("alisa.db.restoring").exists()
    await database.close()


async def test_damage_met_while_running_is_told_and_healed_at_the_next_start(home: Home) -> None:
    """A page that breaks under a running hub gives an error that says what to do, and a restart does it."""
    database, history = await opened(home)
    await chatter(history, 200)
    await database.back_up(Reason.DAILY)
    root = root_page(home.database, "messages")
    await database.close()
    database, history = await opened(home)
    scribbled(home.database, root, b"\xff" * 3000)
    with pytest.raises(StorageError) as caught:
        await history.page(limit=1000)
    assert caught.value.code == "database_damaged"
    assert "Restart Alisa" in caught.value.hint
    assert database.condition.state == "failing"
    await database.close()
    database, history = await opened(home)
    assert "came back from the backup" in database.notices[0]
    assert len(await history.page(limit=1000)) == 400
    await database.close()


async def test_a_search_index_that_broke_costs_nothing(home: Home) -> None:
    """The index alone is rebuilt: no backup is needed and no message touched."""
    database, history = await opened(home)
    await chatter(history, 20)
    spoil = "UPDATE messages_fts_data SET block = zeroblob(length(block)) WHERE id > 10"
    await database.write(lambda connection: connection.exec_driver_sql(spoil))
    await database.close()
    integrity.mark_suspect(home.database)
    database, history = await opened(home)
    assert "search index" in database.notices[0]
    assert len(await history.page(query="cats", limit=1000)) == 20
    await database.close()


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home with a backup of 30 turns and 30 turns more."""
    import asyncio

    async def grow(home: Home) -> None:
        database, history = await opened(home)
        await chatter(history, 30)
        await database.back_up(Reason.DAILY)
        await chatter(history, 30)
        await database.close()

    home = Home(tmp_path_factory.mktemp("grown")).ensure()
    asyncio.run(grow(home))
    return home


@pytest.mark.parametrize("at", range(16, 100))
async def test_any_byte_of_the_header_may_break(grown: Home, tmp_path: Path, at: int) -> None:
    """Not every damage of the header is called damage by SQLite; she starts all the same, with what was backed up."""
    home = Home(tmp_path / "home")
    shutil.copytree(grown.root, home.root)
    scribbled(home.database, 1290, b"\x00\x00\x80")  # in a table's definition, which complaints quote
    before = home.database.read_bytes()[at]
    scribbled(home.database, at, bytes([before ^ 0x05]))
    integrity.mark_suspect(home.database)
    database, history = await opened(home)
    kept = {row[0] for row in ask(backups.available(home.backups)[0].path, "SELECT text FROM messages")}
    assert kept <= set(texts(await history.page(limit=1000)))
    await database.close()


@hypothesis_settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
async def test_whichever_page_breaks_she_starts_and_the_backup_is_safe(
    grown: Home, tmp_path: Path, data: st.DataObject
) -> None:
    """Whatever is overwritten in the file: she starts, and all that the backup held is there."""
    import tempfile

    home = Home(Path(tempfile.mkdtemp(dir=tmp_path)))
    shutil.copytree(grown.root, home.root, dirs_exist_ok=True)
    pages = home.database.stat().st_size // 4096
    for _ in range(data.draw(st.integers(1, 3))):
        junk = data.draw(st.binary(min_size=1, max_size=200))
        at = data.draw(st.integers(0, pages - 1)) * 4096 + data.draw(st.integers(0, 4096 - len(junk)))
        scribbled(home.database, at, junk)
    integrity.mark_suspect(home.database)
    database, history = await opened(home)
    found = await history.page(limit=1000)
    if database.notices:
        kept = {row[0] for row in ask(backups.available(home.backups)[0].path, "SELECT text FROM messages")}
        assert kept <= set(texts(found))
    assert await say(history, "still here?") > 60
    await database.close()
