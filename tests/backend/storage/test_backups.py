"""Backups are whole, checked, named, found again, and not too many."""

from __future__ import annotations

import os
import sqlite3
import stat
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from alisa.runtime.errors import StorageError, UsageError
from backend.storage import backups
from backend.storage.backups import Reason
from tests.backend.storage.steps import NOW, ask
from tests.faults import needs_posix, scribbled


@pytest.fixture
def live(tmp_path: Path) -> Path:
    path = tmp_path / "alisa.db"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("CREATE TABLE t (x)")
        connection.executemany("INSERT INTO t VALUES (?)", [("x" * 500,)] * 200)
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "backups"


def test_a_backup_holds_what_the_log_holds(live: Path, folder: Path) -> None:
    """What is committed but still in the write-ahead log is in the backup; what is not committed is not."""
    with closing(sqlite3.connect(live)) as writer:
        writer.execute("INSERT INTO t VALUES ('committed')")
        writer.commit()
        writer.execute("INSERT INTO t VALUES ('not yet')")
        made = backups.make(live, folder, Reason.DAILY, NOW)
    assert made.name == "alisa-20261121T201400Z-daily.db"
    assert ask(made.path, "SELECT count(*), max(x) FROM t WHERE x != 'x'") == [(201, "x" * 500)]
    assert [path.name for path in folder.iterdir()] == [made.name]


def test_a_broken_page_never_becomes_a_backup(live: Path, folder: Path) -> None:
    """A backup of a damaged database is refused, and nothing is left of the attempt."""
    scribbled(live, 2 * 4096, b"\xff" * 300)
    with pytest.raises(StorageError) as caught:
        backups.make(live, folder, Reason.DAILY, NOW)
    assert caught.value.code == "database_damaged"
    assert list(folder.iterdir()) == []


def test_backups_of_one_second_do_not_meet(live: Path, folder: Path) -> None:
    """Each has a name of its own, and they are listed newest first."""
    made = [backups.make(live, folder, reason, NOW) for reason in (Reason.CLEARING, Reason.CLEARED, Reason.DAILY)]
    made.append(backups.make(live, folder, Reason.DAILY, NOW + timedelta(days=1)))
    assert backups.available(folder) == made[::-1]


def test_the_oldest_go(live: Path, folder: Path) -> None:
    """The newest few are kept; the undos of clearings are counted by themselves."""
    (folder.parent / "notes.txt").write_text("mine")
    for day in range(6):
        backups.make(live, folder, Reason.DAILY, NOW + timedelta(days=day))
        backups.make(live, folder, Reason.CLEARING, NOW + timedelta(days=day))
    (folder / "alisa-keepsake.db").write_text("not one of ours")
    backups.prune(folder, 2)
    assert sorted(path.name for path in folder.iterdir()) == [
        "alisa-20261125T201400Z-2-clearing.db",
        "alisa-20261125T201400Z-daily.db",
        "alisa-20261126T201400Z-2-clearing.db",
        "alisa-20261126T201400Z-daily.db",
        "alisa-keepsake.db",
    ]


def test_the_newest_good_one_is_found(live: Path, folder: Path) -> None:
    """A backup that rotted since is passed over, and so is the undo of a clearing: that was to be forgotten."""
    good, rotten, _undo = (
        backups.make(live, folder, reason, NOW + timedelta(hours=hours))
        for hours, reason in enumerate((Reason.DAILY, Reason.CLEARED, Reason.CLEARING))
    )
    scribbled(rotten.path, 4096, b"\xff" * 2000)
    assert backups.newest_good(folder) == good
    rotten.path.write_bytes(b"")
    good.path.write_bytes(b"no database")
    assert backups.newest_good(folder) is None
    assert backups.newest_good(folder / "none") is None


def test_one_is_due_each_day(live: Path, folder: Path) -> None:
    """The day's first start makes one; other backups of that day do not count."""
    assert backups.due(folder, NOW)
    backups.make(live, folder, Reason.CLEARING, NOW)
    assert backups.due(folder, NOW)
    backups.make(live, folder, Reason.DAILY, NOW)
    assert not backups.due(folder, NOW.replace(hour=23, minute=59))
    assert backups.due(folder, datetime(2026, 11, 22, 0, 0, 1, tzinfo=UTC))


def test_a_name_that_does_not_exist_is_answered_with_those_that_do(live: Path, folder: Path) -> None:
    """A wrong name is wrong use; it is never a path."""
    made = backups.make(live, folder, Reason.DAILY, NOW)
    assert backups.named(folder, made.name) == made
    for name in ("none.db", "../alisa.db", str(live), ""):
        with pytest.raises(UsageError) as caught:
            backups.named(folder, name)
        assert made.name in caught.value.hint


@needs_posix
def test_backups_are_the_owners_alone(live: Path, folder: Path) -> None:
    """Nobody else may read a backup."""
    before = os.umask(0)
    try:
        made = backups.make(live, folder, Reason.DAILY, NOW)
    finally:
        os.umask(before)
    assert stat.S_IMODE(made.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
