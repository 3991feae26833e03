"""What SQLite says is put into words that a person can act on."""

from __future__ import annotations

import errno
import sqlite3

import pytest
from sqlalchemy.exc import OperationalError

from alisa.runtime.errors import StorageError
from backend.storage.failures import is_damage, told, translate


def sqlite_error(code: int) -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("what SQLite said")
    error.sqlite_errorcode = code
    return error


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (sqlite3.SQLITE_FULL, "disk_full"),
        (sqlite3.SQLITE_IOERR_WRITE, "disk_full"),
        (sqlite3.SQLITE_IOERR_SHMSIZE, "disk_full"),
        (sqlite3.SQLITE_IOERR_READ, "storage_failed"),
        (sqlite3.SQLITE_BUSY, "database_locked"),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, "database_locked"),
        (sqlite3.SQLITE_LOCKED, "database_locked"),
        (sqlite3.SQLITE_READONLY, "database_readonly"),
        (sqlite3.SQLITE_READONLY_DBMOVED, "database_readonly"),
        (sqlite3.SQLITE_CANTOPEN, "database_readonly"),
        (sqlite3.SQLITE_CORRUPT, "database_damaged"),
        (sqlite3.SQLITE_CORRUPT_VTAB, "database_damaged"),
        (sqlite3.SQLITE_NOTADB, "database_damaged"),
        (sqlite3.SQLITE_CONSTRAINT, "storage_failed"),
    ],
)
def test_each_result_code_has_its_word_and_a_hint(code: int, expected: str) -> None:
    """Extended result codes fall to their kind, also under SQLAlchemy's wrapper; each says what to do next."""
    for error in (sqlite_error(code), OperationalError("SELECT", {}, sqlite_error(code))):
        found = translate(error)
        assert found is not None
        assert (found.code, bool(found.hint)) == (expected, True)


@pytest.mark.parametrize(
    ("number", "expected"),
    [(errno.ENOSPC, "disk_full"), (errno.EROFS, "database_readonly"), (errno.EACCES, "database_readonly"),
     (errno.EIO, "storage_failed")],
)  # fmt: skip
def test_the_file_system_speaks_the_same_words(number: int, expected: str) -> None:
    """A full or read-only disk has one code, whether SQLite or the system noticed it."""
    found = translate(OSError(number, "said the system"))
    assert found is not None
    assert found.code == expected


def test_what_is_not_storage_passes_through() -> None:
    """A mistake in the program is not dressed up as a failure of the disk."""
    assert translate(ValueError("a bug")) is None
    with pytest.raises(ValueError, match="a bug"), told():
        raise ValueError("a bug")


def test_an_error_that_is_told_keeps_its_words() -> None:
    """A StorageError passes through as it is, and knows whether it means damage."""
    with pytest.raises(StorageError) as caught, told():
        raise StorageError("database_damaged", "m", "h")
    assert caught.value.message == "m"
    assert is_damage(caught.value)
    assert not is_damage(ValueError("a bug"))
