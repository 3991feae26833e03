"""Which shape the tables have, and bringing an older file to today's.

Alembic does the work and is imported only when there is work: reading one row tells whether there is.
"""

from __future__ import annotations

import re
import sqlite3
import tempfile
from pathlib import Path

from alisa.runtime.errors import StorageError
from backend.storage.failures import UnreadableError
from backend.storage.files import Mode, connected

REVISIONS = ("0001", "0002", "0003")
"""Every revision in `migrations/versions`, oldest first; a test keeps this true."""
HEAD = REVISIONS[-1]

_NUMBER = re.compile("[0-9]{4}")
_SCRIPTS = Path(__file__).with_name("migrations")


def stored_revision(database: Path, mode: Mode = "rw", *, wait_seconds: float = 5.0) -> str | None:
    """Return the revision of a file, None for a new, empty one.

    Raises StorageError: `database_newer` where a later Alisa wrote it, `database_foreign` where it is another
    program's. Raises UnreadableError or sqlite3.Error where the file does not tell.
    """
    with connected(database, mode, wait_seconds=wait_seconds) as connection:
        tables = {str(row[0]) for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if not tables:
            if connection.execute("PRAGMA page_count").fetchone()[0] > 1:
                raise UnreadableError("its list of tables is gone")
            return None
        rows: list[tuple[object]] = []
        if "alembic_version" in tables:
            rows = connection.execute("SELECT version_num FROM alembic_version").fetchall()
    if len(rows) != 1 and tables >= {"turns", "messages"}:
        raise UnreadableError("its revision is gone")
    if len(rows) != 1:
        raise StorageError(
            "database_foreign",
            f"{database.name} is a database, but not one of Alisa's.",
            "Move the file away, or name another folder in ALISA_HOME.",
        )
    revision = str(rows[0][0])
    if not _NUMBER.fullmatch(revision):
        raise UnreadableError("its revision cannot be read")
    if revision not in REVISIONS:
        raise StorageError(
            "database_newer",
            "The history was written by a newer Alisa than this one; it is left untouched.",
            "Update Alisa, or name another folder in ALISA_HOME.",
        )
    return revision


def migrate(database: Path) -> None:
    """Bring a file to HEAD, all of it or nothing. Raises StorageError or a database error."""
    from alembic import command
    from alembic.config import Config
    from sqlalchemy import URL, NullPool, create_engine, event
    from sqlalchemy.engine.interfaces import DBAPIConnection

    engine = create_engine(URL.create("sqlite", database=str(database)), poolclass=NullPool)

    @event.listens_for(engine, "connect")
    def leave_transactions_to_us(connection: DBAPIConnection, _record: object) -> None:
        connection.isolation_level = None

    try:
        with engine.connect() as connection:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            config = Config()
            config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
            connection.commit()
    except Exception as error:
        if "no such module: fts5" in str(error):
            raise StorageError(
                "sqlite_without_search",
                f"The SQLite {sqlite3.sqlite_version} of this Python lacks full-text search (FTS5).",
                "Use a Python from python.org, Homebrew or your distribution.",
            ) from error
        raise
    finally:
        engine.dispose()


def differs(database: Path) -> bool:
    """Is the schema in a file of HEAD another than the one that the migrations make?"""
    with tempfile.TemporaryDirectory(prefix="alisa-") as folder:
        fresh = Path(folder) / "fresh.db"
        migrate(fresh)
        return _definitions(fresh) != _definitions(database)


def _definitions(database: Path) -> set[tuple[object, ...]]:
    with connected(database, "rw") as connection:
        return set(connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master"))
