"""A damaged database is set aside and replaced by the newest good backup and all that can still be read.

Both are read row by row into a new file, so that whatever was wrong, with either, is not carried over.
The replacement is finished, beside the damaged file, before that is touched: a kill at any moment leaves
either the damaged file (marked as suspect, so that the next start heals it) or the replacement.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from backend.storage import backups, integrity, schema
from backend.storage.failures import READING_ERRORS
from backend.storage.files import COMPANIONS, companion, connected, make_private, padded, sync
from backend.storage.salvage import Taken, merge, raise_sequence

_UNREADABLE_GAP = 10_000
"""How many ids are skipped when the damaged file no longer tells which it had given."""


def finish(database: Path) -> None:
    """Finish or forget a healing that a kill cut off. Raises OSError."""
    replacement = _replacement(database)
    if not replacement.exists():
        return
    if database.exists():
        _remove(replacement)
    else:
        replacement.replace(database)


def heal(database: Path, folder: Path, wrong: str, now: datetime) -> list[str]:
    """Replace a damaged database; return what happened, in words.

    Raises StorageError, sqlite3.Error or OSError, and then the damaged file is where it was.
    """
    integrity.mark_suspect(database)
    good = backups.newest_good(folder)
    replacement = _replacement(database)
    _remove(replacement)
    make_private(replacement)
    schema.migrate(replacement)
    from_backup = merge(good.path, replacement, "immutable").messages if good is not None else 0
    rescued = _rescue(database, replacement)
    sync(replacement)
    aside = _move_aside(database, now)
    replacement.replace(database)
    integrity.clear_suspicion(database)
    return [_notice(wrong, aside, good, from_backup, rescued)]


def _rescue(damaged: Path, replacement: Path) -> Taken:
    """Take what is newer than the backup and still readable; a file that cannot be opened holds nothing."""
    copy = damaged.with_name(f"{damaged.name}.padded")
    try:
        cut_short = padded(damaged, copy)
        taken = merge(copy if cut_short else damaged, replacement, "immutable" if cut_short else "ro")
    except READING_ERRORS:
        taken = Taken(0, complete=False)
    finally:
        copy.unlink(missing_ok=True)
    if not taken.complete:
        with connected(replacement, "rw") as connection:
            for table in ("turns", "messages", "reminders"):
                highest = connection.execute("SELECT max(seq) FROM sqlite_sequence WHERE name = ?", (table,))
                raise_sequence(connection, table, (highest.fetchone()[0] or 0) + _UNREADABLE_GAP)
    return taken


def _move_aside(database: Path, now: datetime) -> Path:
    """Rename the damaged file and its companions.

    The log goes first: beside the replacement it would be played into the wrong file.
    """
    stamp = now.astimezone(UTC).strftime("%Y%m%d-%H%M%S")
    aside = database.with_name(f"{database.stem}.corrupt-{stamp}{database.suffix}")
    number = 1
    while aside.exists():
        number += 1
        aside = database.with_name(f"{database.stem}.corrupt-{stamp}-{number}{database.suffix}")
    for suffix in COMPANIONS:
        if companion(database, suffix).exists():
            companion(database, suffix).replace(companion(aside, suffix))
    database.replace(aside)
    return aside


def _notice(wrong: str, aside: Path, good: backups.Backup | None, from_backup: int, rescued: Taken) -> str:
    said = [f"The history file was damaged ({wrong}). It is kept as {aside.name}."]
    if good is not None:
        said.append(f"{_messages(from_backup)} came back from the backup of {good.at.day} {good.at:%B %Y, %H:%M} UTC")
        said[-1] += f", {_messages(rescued.messages)} from the damaged file itself." if rescued.messages else "."
    elif rescued.messages:
        said.append(f"There was no good backup; {_messages(rescued.messages)} could be read from the damaged file.")
    else:
        said.append("There was no good backup and nothing in it could be read: the history begins anew.")
    if not rescued.complete and good is not None:
        said.append("What was said after that backup may be incomplete.")
    return " ".join(said)


def _messages(count: int) -> str:
    return "1 message" if count == 1 else f"{count} messages"


def _replacement(database: Path) -> Path:
    return database.with_name(f"{database.name}.restoring")


def _remove(path: Path) -> None:
    for file in (path, *(companion(path, suffix) for suffix in COMPANIONS)):
        file.unlink(missing_ok=True)
