"""Backups of the database: whole, checked, named by time and reason, and not too many.

A backup is made with SQLite's online backup in one step: a snapshot that blocks neither readers nor the writer.
Which moments deserve one, and what comes back from it, is not decided here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from alisa.runtime.errors import StorageError, UsageError
from backend.storage.failures import DAMAGED, told
from backend.storage.files import companion, connected, header_problem, make_private, sync
from backend.storage.integrity import page_problem

_STAMP = "%Y%m%dT%H%M%SZ"
_NAME = re.compile(r"alisa-(\d{8}T\d{6}Z)(?:-(\d+))?-([a-z]+)\.db")


class Reason(StrEnum):
    """Why a backup was made."""

    DAILY = "daily"
    MIGRATION = "migration"
    CLEARING = "clearing"
    """just before history was cleared: the undo"""
    CLEARED = "cleared"
    """just after: so that healing a damaged file never brings back what the user had forgotten"""


@dataclass(frozen=True, slots=True)
class Backup:
    """One finished backup."""

    path: Path
    at: datetime
    number: int
    """tells apart the backups of one second"""
    reason: Reason

    @property
    def name(self) -> str:
        """The name by which a person asks for it."""
        return self.path.name


def make(database: Path, folder: Path, reason: Reason, now: datetime) -> Backup:
    """Copy the database as it is now, check the copy and return it.

    Raises StorageError; `database_damaged` when the copy, and so the database, has a broken page.
    """
    with told():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = _free_name(folder, reason, now)
        part = path.with_suffix(".part")
        try:
            part.unlink(missing_ok=True)
            make_private(part)
            with connected(database, "ro") as source, connected(part, "rw") as copy:
                source.backup(copy)
                copy.execute("PRAGMA journal_mode=DELETE").fetchone()  # one file, whole by itself
            wrong = page_problem(part, "immutable")
            if wrong:
                raise StorageError(DAMAGED, f"The history file is damaged ({wrong}).", "Restart Alisa: she heals it.")
            sync(part)
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
            companion(part, "-journal").unlink(missing_ok=True)
    found = _parse(path)
    assert found is not None, path  # noqa: S101 - the name was made three lines above
    return found


def available(folder: Path) -> list[Backup]:
    """Return all backups, newest first."""
    try:
        found = [backup for path in folder.iterdir() if (backup := _parse(path))]
    except FileNotFoundError:
        return []
    return sorted(found, key=lambda backup: (backup.at, backup.number), reverse=True)


def named(folder: Path, name: str) -> Backup:
    """Return the backup of this name; raises UsageError, naming those that exist, where there is none."""
    found = available(folder)
    for backup in found:
        if backup.name == name:
            return backup
    names = ", ".join(backup.name for backup in found[:5])
    raise UsageError(
        "no_such_backup",
        f"There is no backup named {name!r}.",
        f"These exist: {names}." if names else "There are no backups yet.",
    )


def newest_good(folder: Path) -> Backup | None:
    """Return the newest backup that is whole, the ones made to undo a clearing left out."""
    for backup in available(folder):
        if backup.reason is not Reason.CLEARING and not problem(backup):
            return backup
    return None


def problem(backup: Backup) -> str:
    """Return what is wrong with a backup; empty when it is whole. Raises sqlite3.Error and OSError."""
    if backup.path.stat().st_size == 0:
        return "it is empty"
    return header_problem(backup.path) or page_problem(backup.path, "immutable")


def prune(folder: Path, keep: int) -> None:
    """Remove all but the newest `keep`, the undos of clearings counted apart; never raises OSError."""
    undo = [backup for backup in available(folder) if backup.reason is Reason.CLEARING]
    other = [backup for backup in available(folder) if backup.reason is not Reason.CLEARING]
    for backup in undo[keep:] + other[keep:]:
        try:
            backup.path.unlink(missing_ok=True)
        except OSError:
            continue  # open in another program: the next time will do


def due(folder: Path, now: datetime) -> bool:
    """Is today's backup still to be made? Days are counted in UTC."""
    daily = (backup for backup in available(folder) if backup.reason is Reason.DAILY)
    return not any(backup.at.date() == now.astimezone(UTC).date() for backup in daily)


def _free_name(folder: Path, reason: Reason, now: datetime) -> Path:
    stamp = now.astimezone(UTC).strftime(_STAMP)
    taken = [backup.number for backup in available(folder) if backup.at.strftime(_STAMP) == stamp]
    number = f"-{max(taken) + 1}" if taken else ""
    return folder / f"alisa-{stamp}{number}-{reason}.db"


def _parse(path: Path) -> Backup | None:
    match = _NAME.fullmatch(path.name)
    if match is None:
        return None
    try:
        at = datetime.strptime(match[1], _STAMP).replace(tzinfo=UTC)
        return Backup(path, at, int(match[2] or 1), Reason(match[3]))
    except ValueError:
        return None
