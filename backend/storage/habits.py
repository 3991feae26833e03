"""Where habits are kept: one document, and the moments from which a lost one can be learned anew.

What stands in the document is the habits' business.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, func, select
from sqlalchemy.dialects.sqlite import insert as upsert

from backend.storage import backups
from backend.storage.database import Database
from backend.storage.habit_tables import ONLY, habits
from backend.storage.queries import USERS
from backend.storage.tables import messages
from backend.storage.text import storable


class HabitRecords:
    """The document of the user's habits. Every method may raise StorageError (see `Database`)."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def load(self) -> str | None:
        """Return the document, None where none was ever kept."""
        asked = select(habits.c.document).where(habits.c.id == ONLY)
        return await self._database.read(lambda connection: connection.scalar(asked))

    async def save(self, document: str, at: datetime) -> None:
        """Keep this document instead of the one before."""
        row = {"document": storable(document), "saved_at": at}
        new = upsert(habits).values({"id": ONLY, **row}).on_conflict_do_update(index_elements=["id"], set_=row)
        await self._database.write(lambda connection: connection.execute(new))

    async def save_for_good(self, document: str, at: datetime) -> None:
        """Keep this document, in which something was forgotten: nothing of the older one stays in the file, and no
        healing brings it back."""
        await self.save(document, at)
        await self._database.empty_log()
        await self._database.back_up(backups.Reason.CLEARED)

    async def moments(self, limit: int) -> list[datetime]:
        """Return when the user said something, the newest `limit` times, oldest first."""
        asked = select(messages.c.at).where(messages.c.role == USERS).order_by(messages.c.id.desc()).limit(limit)

        def work(connection: Connection) -> list[datetime]:
            return list(connection.scalars(asked))[::-1]

        return await self._database.read(work)

    async def first_moment(self) -> datetime | None:
        """Return when the user said something for the first time."""
        asked = select(func.min(messages.c.at)).where(messages.c.role == USERS)
        return await self._database.read(lambda connection: connection.scalar(asked))
