"""What the user wants to be reminded of, as it is kept: each is open until it was said or cancelled.

When one is due, and how it is said, is not known here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, exists, insert, select, update

from alisa.protocol.tags import Cause
from backend.storage.database import Database
from backend.storage.failures import UnreadableError
from backend.storage.habit_tables import reminders
from backend.storage.queries import HERS, conversation_id
from backend.storage.tables import messages, turns
from backend.storage.text import storable

MAX_LISTED = 1000


class Kind(StrEnum):
    """What the user asked for."""

    REMINDER = "reminder"
    TIMER = "timer"
    ALARM = "alarm"
    """to be woken"""


class State(StrEnum):
    """What became of it."""

    OPEN = "open"
    SAID = "said"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Reminder:
    """One thing that the user wants to be told, and when. Times are UTC, aware."""

    id: int
    conversation: str
    kind: Kind
    text: str
    """the user's own words; empty: there were none, as with a timer"""
    due: datetime
    made: datetime
    state: State = State.OPEN
    rung: datetime | None = None
    """when she was last asked to say it, while that has not ended"""
    settled: datetime | None = None


class ReminderRecords:
    """All reminders. Every method may raise StorageError (see `Database`)."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, conversation: str, kind: Kind, text: str, due: datetime, made: datetime) -> Reminder:
        """Keep a new one; it is committed when this returns."""
        conversation, text = storable(conversation), storable(text)
        row = {"conversation": conversation, "kind": kind, "text": text, "due_at": due, "made_at": made}

        def work(connection: Connection) -> int:
            key = connection.execute(insert(reminders), {**row, "state": State.OPEN}).inserted_primary_key
            assert key is not None  # noqa: S101 - a table with one integer key always gives it
            return int(key[0])

        number = await self._database.write(work)
        return Reminder(number, conversation, kind, text, due, made)

    async def open(self) -> list[Reminder]:
        """Return those that are still to be said, the next one first."""
        asked = select(reminders).where(reminders.c.state == State.OPEN).order_by(reminders.c.due_at, reminders.c.id)
        return await self._database.read(lambda connection: [_reminder(row) for row in connection.execute(asked)])

    async def newest(self, limit: int = 100) -> list[Reminder]:
        """Return the newest ones, whatever became of them, newest first."""
        asked = select(reminders).order_by(reminders.c.id.desc()).limit(min(limit, MAX_LISTED))
        return await self._database.read(lambda connection: [_reminder(row) for row in connection.execute(asked)])

    async def ring(self, number: int, at: datetime | None) -> None:
        """Note that she is being asked to say it now, or (None) that this came to nothing."""
        change = update(reminders).where(reminders.c.id == number).values(rung_at=at)
        await self._database.write(lambda connection: connection.execute(change))

    async def shift(self, number: int, by: timedelta) -> None:
        """Move one, with the moment at which it was made, as the clock was moved."""
        mine = select(reminders.c.due_at, reminders.c.made_at).where(reminders.c.id == number)

        def work(connection: Connection) -> None:
            if found := connection.execute(mine).first():
                moved = {"due_at": found.due_at + by, "made_at": found.made_at + by}
                connection.execute(update(reminders).where(reminders.c.id == number).values(moved))

        await self._database.write(work)

    async def settle(self, number: int, state: State, at: datetime) -> bool:
        """Close one; was it still open?"""
        mine = (reminders.c.id == number, reminders.c.state == State.OPEN)
        change = update(reminders).where(*mine).values(state=state, settled_at=at)
        return await self._database.write(lambda connection: connection.execute(change).rowcount > 0)

    async def was_said(self, reminder: Reminder) -> bool:
        """Did she say it in a turn that is over, although that could not be noted here any more?"""
        if reminder.rung is None:
            return False
        found = (
            select(messages.c.id)
            .join(turns, turns.c.id == messages.c.turn_id)
            .where(
                messages.c.conversation_id == conversation_id(reminder.conversation),
                messages.c.role == HERS,
                turns.c.cause == Cause.REMINDER,
                turns.c.began_at >= reminder.rung,
            )
        )
        return bool(await self._database.read(lambda connection: connection.scalar(select(exists(found)))))


def _reminder(row: Row[*tuple[Any, ...]]) -> Reminder:
    number, conversation, kind, text, due, made, state, rung, settled = row
    try:
        return Reminder(number, conversation, Kind(kind), text, due, made, State(state), rung, settled)
    except ValueError as error:
        raise UnreadableError(state) from error
