"""Before history is used it is this process's alone, whole, of today's schema; where not, a sentence says why."""

from __future__ import annotations

import asyncio
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from alisa.runtime.clock import ManualClock
from alisa.runtime.errors import StorageError
from alisa.runtime.paths import Home
from backend.settings import StorageSettings
from backend.storage import backups, schema
from backend.storage.database import Database
from backend.storage.history import History
from tests.backend.storage.steps import ask, talk, texts
from tests.faults import needs_posix

STORAGE = StorageSettings(busy_timeout_ms=50)


async def made(home: Home) -> None:
    database = await Database.open(home, STORAGE, ManualClock())
    await talk(History(database), ("hi", "Hmph."))
    await database.close()


async def test_a_new_home_gets_a_history(home: Home) -> None:
    """The first start makes the file, in WAL mode, without a word and without a backup of nothing."""
    database = await Database.open(home, STORAGE, ManualClock())
    await database.settled()
    assert database.notices == []
    assert ask(home.database, "PRAGMA journal_mode") == [("wal",)]
    assert backups.available(home.backups) == []
    await database.close()


async def test_two_at_once_are_refused(home: Home) -> None:
    """A second hub on one history would take the first one's open turns for a crash's."""
    first = await Database.open(home, STORAGE, ManualClock())
    with pytest.raises(StorageError) as caught:
        await Database.open(home, STORAGE, ManualClock())
    assert caught.value.code == "database_locked"
    assert "alisa stop" in caught.value.hint
    await first.close()
    await (await Database.open(home, STORAGE, ManualClock())).close()


async def test_a_process_that_died_holds_nothing(home: Home) -> None:
    """The lock of a killed hub is gone with it."""
    code = (
        "import asyncio, os, sys\n"
        "from pathlib import Path\n"
        "from alisa.runtime.clock import SystemClock\n"
        "from alisa.runtime.paths import Home\n"
        "from backend.settings import StorageSettings\n"
        "from backend.storage.database import Database\n"
        "async def main():\n"
        "    await Database.open(Home(Path(sys.argv[1])), StorageSettings(), SystemClock())\n"
        "    os._exit(7)\n"
        "asyncio.run(main())\n"
    )
    died = await asyncio.to_thread(subprocess.run, [sys.executable, "-c", code, str(home.root)])
    assert died.returncode == 7
    await (await Database.open(home, STORAGE, ManualClock())).close()


async def test_a_file_that_another_program_holds_is_named_so(home: Home) -> None:
    """SQLite's own lock, taken by a database browser, is waited for and then told; nothing is called damaged."""
    await made(home)
    with closing(sqlite3.connect(home.database)) as browser:
        browser.execute("PRAGMA locking_mode=EXCLUSIVE")
        browser.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StorageError) as caught:
            await Database.open(home, STORAGE, ManualClock())
    assert caught.value.code == "database_locked"
    await (await Database.open(home, STORAGE, ManualClock())).close()
    assert not list(home.root.glob("*corrupt*"))


async def test_an_older_file_is_backed_up_and_brought_to_today(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before a migration there is a backup; afterwards what was said is there."""
    await made(home)
    monkeypatch.setattr(schema, "REVISIONS", (*schema.REVISIONS, "0900"))
    monkeypatch.setattr(schema, "HEAD", "0900")

    def migrate(database: Path) -> None:
        with closing(sqlite3.connect(database)) as connection, connection:
            connection.execute("UPDATE alembic_version SET version_num = '0900'")

    monkeypatch.setattr(schema, "migrate", migrate)
    database = await Database.open(home, STORAGE, ManualClock())
    assert [backup.reason for backup in backups.available(home.backups)][-1:] == ["migration"]
    assert ask(home.database, "SELECT version_num FROM alembic_version") == [("0900",)]
    assert texts(await History(database).page()) == ["hi", "Hmph."]
    await database.close()


async def test_a_newer_file_stops_her_and_is_left_alone(home: Home) -> None:
    """A history of a later Alisa is not healed, migrated or moved."""
    await made(home)
    with closing(sqlite3.connect(home.database)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    before = home.database.read_bytes()
    with pytest.raises(StorageError) as caught:
        await Database.open(home, STORAGE, ManualClock())
    assert caught.value.code == "database_newer"
    assert home.database.read_bytes() == before
    with pytest.raises(StorageError):
        await Database.open_for_reading(home, STORAGE, ManualClock())


async def test_a_file_that_is_gone_is_told_when_there_are_backups(home: Home) -> None:
    """Nobody deletes a history by accident without hearing how it comes back."""
    database = await Database.open(home, STORAGE, ManualClock())
    await talk(History(database), ("hi", "Hmph."))
    made = await database.back_up(backups.Reason.DAILY)
    await database.close()
    home.database.unlink()
    database = await Database.open(home, STORAGE, ManualClock())
    assert "alisa history restore" in database.notices[0]
    history = History(database)
    assert (await history.restore_backup(made.name)).messages == 2
    assert texts(await history.page()) == ["hi", "Hmph."]
    await database.close()


@needs_posix
@pytest.mark.parametrize("made_before", [False, True])
async def test_a_folder_that_may_not_be_written_is_told(tmp_path: Path, made_before: bool) -> None:
    """A read-only home is one clear error. As root the rights of another user are taken on, in a child process."""
    home = Home(tmp_path / "home")
    if made_before:
        await made(home.ensure())
    else:
        home.root.mkdir()
    for path in [*home.root.rglob("*"), home.root]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    code = (
        "import asyncio, os, sys\n"
        "from pathlib import Path\n"
        "from alisa.runtime.clock import SystemClock\n"
        "from alisa.runtime.errors import StorageError\n"
        "from alisa.runtime.paths import Home\n"
        "from backend.settings import StorageSettings\n"
        "from backend.storage.database import Database\n"
        "os.geteuid() == 0 and os.seteuid(65534)\n"
        "try:\n"
        "    asyncio.run(Database.open(Home(Path(sys.argv[1])), StorageSettings(), SystemClock()))\n"
        "except StorageError as error:\n"
        "    print(error.code, bool(error.hint))\n"
    )
    for path in [tmp_path, *tmp_path.parents[:2]]:  # pytest's own folders: the other user has to get through
        path.chmod(path.stat().st_mode | 0o055)
    try:
        said = await asyncio.to_thread(
            subprocess.run, [sys.executable, "-c", code, str(home.root)], capture_output=True, text=True
        )
    finally:
        for path in [home.root, *home.root.rglob("*")]:
            path.chmod(0o755 if path.is_dir() else 0o644)
    assert said.stdout in ("database_readonly True\n", "cannot_write True\n"), said.stderr
