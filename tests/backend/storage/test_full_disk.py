"""A disk that is full costs an error with a hint, never a word that was stored; she goes on reading."""

from __future__ import annotations

from pathlib import Path

import pytest

from alisa.runtime.clock import ManualClock
from alisa.runtime.errors import StorageError
from alisa.runtime.paths import Home
from backend.settings import StorageSettings
from backend.storage.backups import Reason, available
from backend.storage.database import Database
from backend.storage.files import companion
from backend.storage.history import History
from tests.backend.storage.steps import ask, chatter, say, texts
from tests.faults import file_size_limit, fill, full_disk, needs_posix

STORAGE = StorageSettings(busy_timeout_ms=50)


async def until_full(history: History) -> list[str]:
    """Speak until nothing more can be stored; return what was acknowledged."""
    said: list[str] = []

    async def go_on() -> None:
        for number in range(2000):
            text = f"message {number} " + "word " * 100
            await say(history, text)
            said.append(text)

    with pytest.raises(StorageError) as caught:
        await go_on()
    assert caught.value.code == "disk_full"
    assert "space" in caught.value.hint
    return said


@needs_posix
async def test_a_file_that_cannot_grow(database: Database, history: History, home: Home) -> None:
    """The user is told; what was acknowledged is there and can be read; with space again all goes on."""
    log = companion(home.database, "-wal")
    await chatter(history, 2)
    with file_size_limit(log.stat().st_size + 1_000_000):
        said = await until_full(history)
        assert len(said) > 5
        assert database.condition.state == "failing"
        assert texts(await history.page(limit=len(said))) == said
        assert len(await history.window("main", turns=10)) == 10
    said.append("space again")
    await say(history, said[-1])
    assert database.condition.state == "ready"
    assert texts(await history.page(limit=len(said))) == said
    assert ask(home.database, "PRAGMA integrity_check") == [("ok",)]


async def test_a_real_disk_that_is_full(tmp_path: Path) -> None:
    """The same on a file system without a free byte, over a backup, a restart, and up to when there is room again."""
    with full_disk(tmp_path / "disk", leaving_bytes=12_000_000):
        home = Home(tmp_path / "disk" / "home")
        database = await Database.open(home, STORAGE, ManualClock())
        history = History(database)
        await chatter(history, 50)
        fill(tmp_path / "disk", leaving_bytes=1_000_000)
        said = await until_full(history)
        assert len(said) > 5
        fill(tmp_path / "disk")
        before = len(await history.page(limit=1000))
        assert before == 100 + len(said)
        with pytest.raises(StorageError) as caught:
            await database.back_up(Reason.DAILY)
        assert caught.value.code == "disk_full"
        assert available(home.backups) == []
        assert list(home.backups.iterdir()) == []
        with pytest.raises(StorageError) as caught:
            await history.clear()
        assert caught.value.code == "disk_full"
        assert len(await history.page(limit=1000)) == before, "what cannot be backed up is not cleared"
        await database.close()

        database = await Database.open(home, STORAGE, ManualClock())
        history = History(database)
        assert len(await history.page(limit=1000)) == before, "she starts, and can be read"
        await database.close()
        (tmp_path / "disk" / ".ballast").unlink()
        database = await Database.open(home, STORAGE, ManualClock())
        history = History(database)
        await say(history, "space again")
        assert len(await history.page(limit=1000)) == before + 1
        assert database.notices == []
        await database.close()
