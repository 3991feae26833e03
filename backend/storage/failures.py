"""What SQLite says when it cannot, as errors that a person can act on.

SQLite's result codes: https://www.sqlite.org/rescode.html. What to do about a damaged database is not
decided here.
"""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from alisa.runtime.errors import StorageError

DAMAGED = "database_damaged"
LOCKED = "database_locked"
READ_ONLY = "database_readonly"
FULL = "disk_full"

_DISK_WRITE = {
    getattr(sqlite3, f"SQLITE_IOERR_{name}")
    for name in ("WRITE", "FSYNC", "DIR_FSYNC", "TRUNCATE", "SHMSIZE", "SHMOPEN", "SHMMAP")
}
"""The ways in which SQLite reports a disk, quota or file-size limit that is used up, beside SQLITE_FULL."""

_DAMAGE_IN_WORDS = ("Could not decode to UTF-8", "unsupported file format")
"""Damage that is told in words alone: Python's complaint about a text (what we store always has a UTF-8 form), and
SQLite's about the schema format in the header, which has been 4 since 2006."""

_SENTENCES: dict[int, tuple[str, str, str]] = {
    sqlite3.SQLITE_FULL: (
        FULL,
        "The disk is full: nothing more can be stored.",
        "Free some space; what was said so far is safe.",
    ),
    sqlite3.SQLITE_BUSY: (
        LOCKED,
        "Another program holds the history and does not let go of it.",
        "Close the program that has alisa.db open, then try again.",
    ),
    sqlite3.SQLITE_READONLY: (
        READ_ONLY,
        "The history cannot be written: its file or folder is read-only.",
        "Check who owns the folder (`alisa config path` shows it), or name another one in ALISA_HOME.",
    ),
    sqlite3.SQLITE_CORRUPT: (
        DAMAGED,
        "The history file is damaged.",
        "Restart Alisa: she sets the damaged file aside and restores the newest good backup.",
    ),
}
_SAME_AS = {
    sqlite3.SQLITE_LOCKED: sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_PERM: sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_CANTOPEN: sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_NOTADB: sqlite3.SQLITE_CORRUPT,
}


READING_ERRORS = (sqlite3.DatabaseError, UnicodeDecodeError)
"""What reading a damaged file raises: SQLite's complaint, or Python's when the complaint quotes bytes of the damage."""


class UnreadableError(Exception):
    """History never wrote this: the pages are in order, and what stands on them is not."""


@contextmanager
def told() -> Iterator[None]:
    """Turn whatever SQLite, SQLAlchemy or the file system raise inside into a StorageError."""
    try:
        yield
    except StorageError:
        raise
    except Exception as error:
        translated = translate(error)
        if translated is None:
            raise
        raise translated from error


def translate(error: BaseException) -> StorageError | None:
    """Return the StorageError for a failure of the database or its disk; None where it is something else."""
    sqlite = _sqlite_error(error)
    if sqlite is not None:
        return _from_sqlite(sqlite)
    if isinstance(error, (UnreadableError, UnicodeDecodeError)):
        return StorageError(*_SENTENCES[sqlite3.SQLITE_CORRUPT])
    if isinstance(error, OSError):
        return _from_system(error)
    return None


def is_damage(error: BaseException) -> bool:
    """Does this failure say that the file itself is damaged?"""
    translated = error if isinstance(error, StorageError) else translate(error)
    return translated is not None and translated.code == DAMAGED


def _from_sqlite(error: sqlite3.Error) -> StorageError:
    extended = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
    if str(error).startswith(_DAMAGE_IN_WORDS):
        extended = sqlite3.SQLITE_CORRUPT
    primary = extended & 0xFF
    if extended in _DISK_WRITE:
        return StorageError(
            FULL,
            "The disk is full, or refuses to be written.",
            "Free some space or check the disk; what was said so far is safe.",
        )
    code, message, hint = _SENTENCES.get(
        _SAME_AS.get(primary, primary),
        (
            "storage_failed",
            f"The history could not be read or written ({error}).",
            "Restart Alisa; `alisa doctor` checks the disk and the folder.",
        ),
    )
    return StorageError(code, message, hint)


def _from_system(error: OSError) -> StorageError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return StorageError(*_SENTENCES[sqlite3.SQLITE_FULL])
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return StorageError(*_SENTENCES[sqlite3.SQLITE_READONLY])
    return StorageError(
        "storage_failed",
        f"A file of the history could not be used ({error.strerror or type(error).__name__}).",
        "Check the disk and the folder (`alisa config path` shows it), then restart Alisa.",
    )


def _sqlite_error(error: BaseException | None) -> sqlite3.Error | None:
    """Find SQLite's own error under the wrappers that SQLAlchemy put around it."""
    for _ in range(8):
        if error is None or isinstance(error, sqlite3.Error):
            return error
        error = getattr(error, "orig", None) or error.__cause__
    return None
