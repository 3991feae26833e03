"""A SQLite file seen from outside: the header and the length tell the crudest damage."""

from __future__ import annotations

import os
import sqlite3
import stat
from contextlib import closing
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath
from unittest import mock

import pytest

from backend.storage.files import connected, has_log, header_problem, make_private, uri
from tests.faults import needs_posix, scribbled, truncated


@pytest.fixture
def whole(tmp_path: Path) -> Path:
    """A database of a few pages, in a folder whose name needs quoting."""
    path = tmp_path / "what? 100% #1 é" / "a.db"
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE t (x)")
        connection.executemany("INSERT INTO t VALUES (?)", [("x" * 500,)] * 50)
    return path


def test_a_whole_file_has_no_problem(whole: Path) -> None:
    """A good file passes, and so does an empty one: SQLite takes it for new."""
    assert header_problem(whole) == ""
    truncated(whole, 0)
    assert header_problem(whole) == ""


def test_a_file_cut_short_is_noticed(whole: Path) -> None:
    """A page that is missing at the end shows without reading the file."""
    truncated(whole, whole.stat().st_size - 4096)
    assert "cut short" in header_problem(whole)
    truncated(whole, 50)
    assert "not a SQLite file" in header_problem(whole)


def test_a_foreign_file_is_noticed(whole: Path) -> None:
    """Other bytes at the start are no database, nor is an impossible page size."""
    scribbled(whole, 16, b"\x00\x03")
    assert "page size" in header_problem(whole)
    scribbled(whole, 0, b"PK\x03\x04")
    assert "not a SQLite file" in header_problem(whole)


def test_reading_leaves_nothing_behind(whole: Path) -> None:
    """`immutable` makes no files beside the database, and neither mode creates one that is not there."""
    with connected(whole, "immutable") as connection:
        assert connection.execute("SELECT count(*) FROM t").fetchone() == (50,)
    assert [path.name for path in whole.parent.iterdir()] == ["a.db"]
    with pytest.raises(sqlite3.OperationalError), connected(whole.with_name("none.db"), "rw") as connection:
        connection.execute("SELECT 1 FROM sqlite_master")
    assert not whole.with_name("none.db").exists()


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (PurePosixPath("/a b/100%?#.db"), "file:///a%20b/100%25%3F%23.db?mode=ro"),
        (PureWindowsPath("C:\\Users\\é\\a.db"), "file:///C:/Users/%C3%A9/a.db?mode=ro"),
        (PureWindowsPath("\\\\server\\share\\a.db"), "file:////server/share/a.db?mode=ro"),
    ],
)
def test_names_for_sqlite(path: PurePath, expected: str) -> None:
    """Odd characters, drives and network shares come through in the form that SQLite documents."""
    with mock.patch.object(type(path), "absolute", lambda self: self, create=True):
        assert uri(path, "ro") == expected  # type: ignore[arg-type]


def test_a_log_is_left_only_by_an_unclean_end(whole: Path) -> None:
    """The write-ahead log is there while the database is open, and gone once it was closed well."""
    with closing(sqlite3.connect(whole)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("INSERT INTO t VALUES (1)")
        connection.commit()
        assert has_log(whole)
    assert not has_log(whole)


@needs_posix
def test_the_file_and_its_companions_are_the_owners_alone(tmp_path: Path) -> None:
    """What was said is nobody else's to read, whatever the umask; a file that exists is left as it is."""
    path = tmp_path / "a.db"
    before = os.umask(0)
    try:
        make_private(path)
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("CREATE TABLE t (x)")
            modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in tmp_path.iterdir()}
    finally:
        os.umask(before)
    assert modes == dict.fromkeys(("a.db", "a.db-wal", "a.db-shm"), 0o600)
    size = path.stat().st_size
    make_private(path)
    assert path.stat().st_size == size
