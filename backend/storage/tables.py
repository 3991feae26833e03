"""The tables of history, as SQLAlchemy sees them. How they come to be stands in `migrations`.

Ids of turns and messages grow and are never given twice, not even after a clearing: clients resume by them.
A message repeats its turn's conversation so that the window and the pages of one conversation are each one
walk along an index.
"""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    TypeDecorator,
    UniqueConstraint,
    text,
)

from backend.storage.failures import UnreadableError

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Moment(TypeDecorator[datetime]):
    """An aware time, kept as ISO 8601 text in UTC with microseconds: readable, and sorted as text."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        """Return the text; raises ValueError for a time that does not know its zone."""
        del dialect
        return None if value is None else moment_text(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        """Return the time; raises UnreadableError for a text that is none."""
        del dialect
        try:
            return None if value is None else datetime.fromisoformat(value)
        except (TypeError, ValueError) as error:
            raise UnreadableError(value) from error


def moment_text(at: datetime) -> str:
    """Return the text under which a time is kept. Raises ValueError for a naive one."""
    if at.tzinfo is None:
        raise ValueError("a stored time must know its time zone")
    return at.astimezone(UTC).isoformat(timespec="microseconds")


conversations = Table(
    "conversations",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String, nullable=False, unique=True),
    Column("mode", String, nullable=False),
    Column("persona", String, nullable=False),
    Column("created_at", Moment, nullable=False),
    sqlite_autoincrement=True,
)

turns = Table(
    "turns",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("conversation_id", ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("cause", String, nullable=False),
    Column("source", String),
    Column("origin", String, nullable=False),
    Column("began_at", Moment, nullable=False),
    Column("ended_at", Moment),
    Column("reason", String),
    Column("timings", JSON),
    sqlite_autoincrement=True,
)
Index("ix_turns_open", turns.c.id, sqlite_where=text("ended_at IS NULL"))

messages = Table(
    "messages",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("turn_id", ForeignKey("turns.id", ondelete="CASCADE"), nullable=False),
    Column("conversation_id", ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("role", String, nullable=False),
    Column("text", String, nullable=False),
    Column("emotion", String),
    Column("origin", String, nullable=False),
    Column("interrupted", Boolean, nullable=False),
    Column("at", Moment, nullable=False),
    CheckConstraint("role IN ('user', 'assistant')", name="role"),
    UniqueConstraint("turn_id", "role"),
    Index(None, "conversation_id", "turn_id", "role"),
    sqlite_autoincrement=True,
)

FULL_TEXT = "messages_fts"
"""The FTS5 index over `messages.text`, kept by triggers; not a table that SQLAlchemy knows."""
