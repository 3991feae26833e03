"""Everything that must be true before history is used, in order: alone, whole, of today's schema, in WAL mode.

It runs without an event loop, in a thread; what is done with the file afterwards is `database`'s business.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from alisa.runtime.errors import StorageError
from alisa.runtime.paths import Home
from backend.settings import StorageSettings
from backend.storage import backups, healing, integrity, schema
from backend.storage.failures import LOCKED, UnreadableError, is_damage, told
from backend.storage.files import companion, connected, header_problem, make_private


@dataclass(frozen=True, slots=True)
class Opened:
    """A database that is ready to be used by this process alone."""

    lock: FileLock
    """held until the database is closed; a process that dies lets go of it"""
    notices: tuple[str, ...]
    """what a person should know, in plain words"""
    backup_due: bool
    """is today's backup still to be made, and is there something to back up?"""


def open_for_use(home: Home, settings: StorageSettings, now: datetime) -> Opened:
    """Lock, check, heal, migrate. Raises StorageError."""
    with told():
        home.ensure()
        lock = _lock(home, settings)
        try:
            notices = _prepare(home, settings, now)
            due = backups.due(home.backups, now) and _holds_messages(home.database)
        except BaseException:
            lock.release()
            raise
    return Opened(lock, tuple(notices), due)


def check_for_reading(home: Home) -> None:
    """Raise StorageError where the file cannot be read as it is. Nothing is locked, healed or migrated."""
    with told():
        if not home.database.exists():
            raise StorageError("no_history", "There is no history yet.", "Say something first: `alisa chat`.")
        wrong = header_problem(home.database)
        revision = None if wrong else schema.stored_revision(home.database, "ro")
    if wrong or revision != schema.HEAD:
        raise StorageError(
            "history_not_ready",
            "The history cannot be read as it is: it is damaged, or was written by an older Alisa.",
            "Start Alisa once (`alisa up`): she puts it in order.",
        )


def _lock(home: Home, settings: StorageSettings) -> FileLock:
    """Let one process alone write history: a second hub would take the first one's open turns for a crash's."""
    lock = FileLock(companion(home.database, ".lock"), thread_local=False, mode=0o600)
    try:
        lock.acquire(timeout=settings.busy_timeout_ms / 1000, poll_interval=0.02)
    except Timeout:
        raise StorageError(
            LOCKED,
            "Another Alisa is using this history.",
            "Stop it with `alisa stop`, or give this one its own folder with ALISA_HOME.",
        ) from None
    return lock


def _prepare(home: Home, settings: StorageSettings, now: datetime) -> list[str]:
    database, wait_seconds = home.database, settings.busy_timeout_ms / 1000
    notices: list[str] = []
    healing.finish(database)
    if not database.exists() and backups.available(home.backups):
        notices.append(
            "The history begins anew: its file was gone. Backups are there; `alisa history restore` brings one back."
        )
    make_private(database)
    try:
        revision = _look(database, notices, wait_seconds)
    except Exception as error:
        if not is_damage(error):
            raise
        notices += healing.heal(database, home.backups, str(error), now)
        revision = schema.HEAD
    integrity.clear_suspicion(database)
    if revision != schema.HEAD:
        _migrate(home, settings, revision, now)
    with connected(database, "rw", wait_seconds=wait_seconds) as connection:
        connection.execute("PRAGMA journal_mode=WAL").fetchone()
    return notices


def _look(database: Path, notices: list[str], wait_seconds: float) -> str | None:
    """Look as closely as is called for and return the revision; raises UnreadableError or sqlite3.Error on damage."""
    wrong = integrity.problem(database)
    if wrong:
        raise UnreadableError(wrong)
    revision = schema.stored_revision(database, wait_seconds=wait_seconds)
    if integrity.is_suspect(database) and revision == schema.HEAD:
        wrong = integrity.deep_problem(database)
        if wrong:
            raise UnreadableError(wrong)
        if integrity.mend_search(database):
            notices.append("The search index of the history was damaged; it was built anew, and nothing was lost.")
    return revision


def _holds_messages(database: Path) -> bool:
    with connected(database, "rw") as connection:
        return bool(connection.execute("SELECT EXISTS (SELECT id FROM messages)").fetchone()[0])


def _migrate(home: Home, settings: StorageSettings, revision: str | None, now: datetime) -> None:
    if revision is not None:
        backups.make(home.database, home.backups, backups.Reason.MIGRATION, now)
        backups.prune(home.backups, settings.backups)
    schema.migrate(home.database)
