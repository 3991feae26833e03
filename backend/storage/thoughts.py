"""Where thoughts are kept: what she said unasked, what triggered it, how it was received; and the user's wishes.

Whether she speaks is decided elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from backend.storage.database import Database
from backend.storage.text import storable
from backend.storage.thought_tables import thoughts, wishes

COUNTS_FOR = timedelta(days=1)
"""So long a remark counts against a limit, whatever else of it was forgotten."""


@dataclass(frozen=True, slots=True)
class StoredThought:
    """One thing that she said unasked."""

    conversation: str
    turn: int
    kind: str
    key: str
    reason: str
    channel: str
    """`badge`, `toast` or `voice`"""
    app: str
    said_at: datetime
    trigger: Mapping[str, Any] = field(default_factory=dict)
    verdict: str | None = None


class ThoughtRecords:
    """Thoughts and wishes. Every method may raise StorageError (see `Database`)."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def keep(self, thought: StoredThought) -> None:
        """Keep a thought."""
        row = {
            "conversation": storable(thought.conversation), "turn": thought.turn, "kind": storable(thought.kind),
            "key": storable(thought.key), "reason": storable(thought.reason), "trigger": dict(thought.trigger),
            "channel": thought.channel, "app": storable(thought.app), "said_at": thought.said_at,
            "verdict": thought.verdict,
        }  # fmt: skip
        await self._database.write(lambda connection: connection.execute(insert(thoughts), row))

    async def judge(self, turn: int, verdict: str) -> None:
        """Note how a thought was received."""
        change = update(thoughts).where(thoughts.c.turn == turn).values(verdict=verdict)
        await self._database.write(lambda connection: connection.execute(change))

    async def drop(self, turn: int) -> None:
        """Forget a thought that never became words."""
        gone = delete(thoughts).where(thoughts.c.turn == turn)
        await self._database.write(lambda connection: connection.execute(gone))

    async def forget(self, conversation: str = "") -> None:
        """Forget the thoughts of a conversation; empty: all of them. See `forget_thoughts`."""
        now = self._database.clock.now()
        await self._database.write(lambda connection: forget_thoughts(connection, storable(conversation), now))
        await self._database.empty_log()

    async def since(self, moment: datetime) -> list[StoredThought]:
        """Return what she said unasked after a moment, oldest first."""
        asked = select(thoughts).where(thoughts.c.said_at > moment).order_by(thoughts.c.id)

        def work(connection: Connection) -> list[StoredThought]:
            return [_thought(row) for row in connection.execute(asked)]

        return await self._database.read(work)

    async def latest(self, conversation: str, turn: int | None = None) -> StoredThought | None:
        """Return her latest thought in a conversation, or that of a turn."""
        asked = select(thoughts).where(thoughts.c.reason != "").order_by(thoughts.c.id.desc()).limit(1)
        if turn is None:
            asked = asked.where(thoughts.c.conversation == storable(conversation))
        else:
            asked = asked.where(thoughts.c.turn == turn)

        def work(connection: Connection) -> StoredThought | None:
            row = connection.execute(asked).first()
            return None if row is None else _thought(row)

        return await self._database.read(work)

    async def wishes(self) -> dict[str, str]:
        """Return what the user has set, by name."""
        asked = select(wishes.c.name, wishes.c.value)

        def work(connection: Connection) -> dict[str, str]:
            return {str(name): str(value) for name, value in connection.execute(asked)}

        return await self._database.read(work)

    async def wish(self, name: str, value: str | None) -> None:
        """Keep a wish; None takes it back."""
        if value is None:
            gone = delete(wishes).where(wishes.c.name == name)
            await self._database.write(lambda connection: connection.execute(gone))
            return
        new = upsert(wishes).values(name=name, value=value)
        kept = new.on_conflict_do_update(index_elements=["name"], set_={"value": value})
        await self._database.write(lambda connection: connection.execute(kept))


def forget_thoughts(connection: Connection, conversation: str, now: datetime) -> None:
    """Forget the thoughts of a conversation; empty: all of them.

    Of those of the last day it stays known that something was said, and how it was received, or the limits would begin
    anew; what it was about does not.
    """
    mine = (thoughts.c.conversation == conversation,) if conversation else ()
    connection.execute(delete(thoughts).where(thoughts.c.said_at <= now - COUNTS_FOR, *mine))
    connection.execute(update(thoughts).where(*mine).values(key="", reason="", trigger={}, app=""))


def _thought(row: Row[Any]) -> StoredThought:
    return StoredThought(
        row.conversation, row.turn, row.kind, row.key, row.reason, row.channel, row.app, row.said_at, row.trigger,
        row.verdict,
    )  # fmt: skip
