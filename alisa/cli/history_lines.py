"""What was said, as lines of a terminal: pure. Where it comes from is not known here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

from alisa.cli.chat.words import harmless

if TYPE_CHECKING:
    from backend.storage.backups import Backup
    from backend.storage.types import HistorySummary, StoredMessage

_REASONS = {
    "daily": "made at the first start of that day",
    "migration": "made before an update",
    "clearing": "made before history was cleared",
    "cleared": "made after history was cleared",
}


def message_lines(
    messages: Sequence[StoredMessage], zone: tzinfo | None, *, name_conversations: bool
) -> Iterator[tuple[str, str]]:
    """Yield lines and their style: a day wherever it changes, then time, speaker and words."""
    place = ("", "")
    for message in messages:
        at = message.at.astimezone(zone)
        here = (message.conversation if name_conversations else "", f"{at:%A} {day(at)}")
        if here != place:
            place = here
            yield " · ".join(harmless(part).replace("\n", " ") for part in reversed(here) if part), "strong"
        speaker = "You" if message.role == "user" else "Alisa"
        notes = [note for note in (message.emotion, "interrupted" if message.interrupted else None) if note]
        first, *rest = harmless(message.text).splitlines() or [""]
        aside = f"  ({', '.join(notes)})" if notes else ""
        yield f"  {at:%H:%M}  {speaker:5}  {first}{'' if rest else aside}", ""
        for line in rest:
            yield f"{'':16}{line}".rstrip(), ""
        if rest and aside:
            yield f"{'':14}{aside}", "faint"


def summary_lines(found: HistorySummary, zone: tzinfo | None) -> Iterator[str]:
    """Yield the numbers in sentences."""
    said, turns = _counted(found.messages, "message"), _counted(found.turns, "turn")
    yield f"{said} in {turns}: {found.from_user:,} yours, {found.from_her:,} hers."
    if found.first_at and found.last_at:
        yield f"From {day(found.first_at.astimezone(zone))} to {day(found.last_at.astimezone(zone))}."
    for info in found.conversations:
        mode = f", mode {harmless(info.mode)}" if info.mode else ""
        yield f"  {harmless(info.name)}: {_counted(info.messages, 'message')}{mode}"
    if found.emotions:
        yield f"She felt {', '.join(f'{emotion} ({often:,})' for emotion, often in found.emotions.items())}."
    yield f"{found.database_bytes / 1e6:.1f} MB on the disk, {_counted(len(found.backups), 'backup')}."


def backup_line(backup: Backup, zone: tzinfo | None) -> str:
    """Return the line of a backup: its name first, to be copied."""
    at = backup.at.astimezone(zone)
    return f"  {backup.name:40} {day(at)}, {at:%H:%M}, {_REASONS[backup.reason]}"


def _counted(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"


def day(at: datetime) -> str:
    """Return a date in words."""
    return f"{at.day} {at:%B %Y}"
