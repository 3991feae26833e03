"""A SQLite database as files: opening it without an event loop, its companions, its first hundred bytes.

The file format: https://www.sqlite.org/fileformat2.html. The tables inside are not known here.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal
from urllib.parse import quote

Mode = Literal["ro", "rw", "rwc", "immutable"]

COMPANIONS = ("-wal", "-shm", "-journal")
_MAGIC = b"SQLite format 3\x00"


@contextmanager
def connected(path: Path, mode: Mode, *, wait_seconds: float = 5.0) -> Iterator[sqlite3.Connection]:
    """Open a database in autocommit mode and close it again.

    `ro` never writes into the file or its write-ahead log, `immutable` takes no locks and leaves no companions
    either: only for a file that nobody writes. Raises sqlite3.Error.
    """
    connection = sqlite3.connect(
        uri(path, mode),
        uri=True,
        timeout=wait_seconds,
        isolation_level=None,
        check_same_thread=False,
    )
    try:
        yield connection
    finally:
        connection.close()


def uri(path: Path, mode: Mode) -> str:
    """Return the name under which SQLite opens a file in this mode: https://www.sqlite.org/uri.html.

    Two slashes more than `as_uri` gives a network share (`//server/share`), which SQLite takes as a path only so.
    """
    name = quote(path.absolute().as_posix(), safe="/:")
    rooted = name if name.startswith("/") else f"/{name}"
    return f"file://{rooted}?{'immutable=1' if mode == 'immutable' else f'mode={mode}'}"


def companion(database: Path, suffix: str) -> Path:
    """Return the file beside a database: its write-ahead log (`-wal`), that log's index (`-shm`) …"""
    return database.with_name(database.name + suffix)


def has_log(database: Path) -> bool:
    """Is a write-ahead log left? The last one to close a database removes it: a log means an unclean end."""
    try:
        return companion(database, "-wal").stat().st_size > 0
    except FileNotFoundError:
        return False


def make_private(path: Path) -> None:
    """Create the file, empty, for its owner only, where it is not there yet; SQLite's companions inherit that.

    Raises OSError.
    """
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))


def sync(path: Path) -> None:
    """Bring a finished file onto the disk. Raises OSError."""
    descriptor = os.open(path, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def header_problem(database: Path) -> str:
    """Return what is wrong with the header and the length of the file; empty when nothing is.

    Costs one read of 100 bytes. With a write-ahead log the length may lag behind, so it is not judged then.
    """
    with database.open("rb") as file:
        header = file.read(100)
        size = os.fstat(file.fileno()).st_size
    if not header:
        return ""  # a file that was created and never written: SQLite takes it as a new database
    if len(header) < 100 or not header.startswith(_MAGIC):
        return "it is not a SQLite file"
    page = int.from_bytes(header[16:18], "big")
    page = 65536 if page == 1 else page
    if page < 512 or page & (page - 1):
        return "its page size is impossible"
    if not {header[18], header[19]} <= {1, 2}:  # SQLite takes a higher number as a file that may not be written
        return "its format version is impossible"
    if not has_log(database) and size < _length(header):
        return f"it is cut short: {size} of {_length(header)} bytes are there"
    return ""


def padded(database: Path, copy: Path) -> bool:
    """Copy a file that was cut short, with zeros for what is missing; was it? SQLite reads nothing of a short file.

    Raises OSError.
    """
    with database.open("rb") as file:
        header = file.read(100)
    if len(header) < 100 or database.stat().st_size >= _length(header):
        return False
    shutil.copyfile(database, copy)
    os.truncate(copy, _length(header))
    return True


def _length(header: bytes) -> int:
    """Return how long the file is by its header, in bytes; 0 where the header does not tell."""
    page = int.from_bytes(header[16:18], "big")
    pages = int.from_bytes(header[28:32], "big")
    counted = header[24:28] == header[92:96]  # only then is the page count valid
    return pages * (65536 if page == 1 else page) if counted else 0
