"""Is a database file whole? What to do when it is not stands in `healing`.

How much is checked follows from how damage comes about. SQLite's log makes a killed process harmless, so the
usual start reads only the header. After an unclean end (a log is left: perhaps the machine lost power) and when a
running hub met damage (the file is marked as suspect) every page is checked, and on suspicion also what
stands on the pages: indexes, definitions, every row. And every backup is checked page by page when it is made, so
that once a day at least the whole file is known to be good.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from backend.storage import schema
from backend.storage.failures import READING_ERRORS, is_damage
from backend.storage.files import Mode, companion, connected, has_log, header_problem
from backend.storage.salvage import strange_row

_SUSPECT = ".suspect"
_CHECK_SEARCH = "INSERT INTO messages_fts(messages_fts, rank) VALUES ('integrity-check', 1)"
_REBUILD_SEARCH = "INSERT INTO messages_fts(messages_fts) VALUES ('rebuild')"
"""https://www.sqlite.org/fts5.html#special_insert_commands"""


def problem(database: Path) -> str:
    """Return what is wrong with this database, as far as its state asks for a look; empty when it is good.

    Raises sqlite3.Error and OSError for whatever is not damage: a lock, a missing right.
    """
    wrong = header_problem(database)
    if not wrong and has_log(database):
        wrong = page_problem(database, "rw")
    return wrong


def deep_problem(database: Path) -> str:
    """Check the pages, the indexes against the tables, the definitions and every row of a file of today's schema.

    Some seconds for 100 MB. Returns what is wrong, empty when nothing is. Raises sqlite3.Error.
    """
    wrong = page_problem(database, "rw", pragma="integrity_check")
    if not wrong and schema.differs(database):
        wrong = "a table is not as it was made"
    return wrong or strange_row(database)


def page_problem(
    database: Path,
    mode: Mode,
    *,
    pragma: Literal["quick_check", "integrity_check"] = "quick_check",
    wait_seconds: float = 5.0,
) -> str:
    """Check every page; return the first thing that is wrong, empty when nothing is. About 0.3 s for 100 MB."""
    try:
        with connected(database, mode, wait_seconds=wait_seconds) as connection:
            row = connection.execute(f"PRAGMA {pragma}(1)").fetchone()
    except READING_ERRORS as error:
        if is_damage(error):
            return str(error)
        raise
    said = str(row[0]) if row else "nothing came back"
    return "" if said == "ok" else said.splitlines()[-1]


def mark_suspect(database: Path) -> None:
    """Note beside the file that damage was met, so that the next start checks every page. Never raises."""
    try:
        companion(database, _SUSPECT).touch(mode=0o600)
    except OSError:
        return  # a disk that is full or gone: the damage will be met again


def is_suspect(database: Path) -> bool:
    """Did somebody meet damage in this file?"""
    return companion(database, _SUSPECT).exists()


def clear_suspicion(database: Path) -> None:
    """Forget the note. Raises OSError."""
    companion(database, _SUSPECT).unlink(missing_ok=True)


def mend_search(database: Path) -> bool:
    """Check the full-text index against the messages and build it anew where they differ; did they?

    `quick_check` does not look inside it, and nothing is lost with it. Raises sqlite3.Error.
    """
    with connected(database, "rw") as connection:
        try:
            connection.execute(_CHECK_SEARCH)
        except READING_ERRORS as error:
            if not is_damage(error):
                raise
            connection.execute(_REBUILD_SEARCH)
            return True
    return False
