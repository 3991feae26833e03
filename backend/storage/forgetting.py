"""What goes when the history is cleared: the words and all that was made of them. Within the caller's transaction."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, delete

from backend.storage import queries
from backend.storage.habit_tables import reminders
from backend.storage.tables import messages, turns
from backend.storage.thoughts import forget_thoughts

_REWRITE_THE_INDEX = "INSERT INTO messages_fts(messages_fts) VALUES ('optimize')"
"""Until then the words that were forgotten still stand in the index, marked as deleted:
https://www.sqlite.org/fts5.html#the_optimize_command"""


def forget(connection: Connection, name: str | None, now: datetime) -> int:
    """Remove one conversation, or all for None; how many messages were there?"""
    forget_thoughts(connection, name or "", now)
    over = delete(reminders).where(reminders.c.state != "open")
    said, asked = delete(messages), delete(turns)
    if name is not None:
        within = queries.conversation_id(name)
        over = over.where(reminders.c.conversation == name)
        said, asked = (
            said.where(messages.c.conversation_id == within),
            asked.where(turns.c.conversation_id == within),
        )
    gone = connection.execute(said).rowcount
    connection.execute(asked)
    connection.execute(over)
    connection.exec_driver_sql(_REWRITE_THE_INDEX)
    return gone
