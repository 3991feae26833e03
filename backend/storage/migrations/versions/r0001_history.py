"""Conversations, turns, messages, and the full-text index over what was said."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the first tables."""
    op.create_table(
        "conversations",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("name", sa.String, nullable=False, unique=True),
        sa.Column("mode", sa.String, nullable=False),
        sa.Column("persona", sa.String, nullable=False),
        sa.Column("created_at", sa.String, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "turns",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("conversation_id", sa.Integer, sa.ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False),
        sa.Column("cause", sa.String, nullable=False),
        sa.Column("source", sa.String),
        sa.Column("origin", sa.String, nullable=False),
        sa.Column("began_at", sa.String, nullable=False),
        sa.Column("ended_at", sa.String),
        sa.Column("reason", sa.String),
        sa.Column("timings", sa.JSON),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_turns_conversation_id", "turns", ["conversation_id"])
    op.create_index("ix_turns_open", "turns", ["id"], sqlite_where=sa.text("ended_at IS NULL"))
    op.create_table(
        "messages",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("turn_id", sa.Integer, sa.ForeignKey("turns.id", ondelete="CASCADE"), nullable=False),
        sa.Column("conversation_id", sa.Integer, sa.ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False),
        sa.Column("role", sa.String, nullable=False),
        sa.Column("text", sa.String, nullable=False),
        sa.Column("emotion", sa.String),
        sa.Column("origin", sa.String, nullable=False),
        sa.Column("interrupted", sa.Boolean, nullable=False),
        sa.Column("at", sa.String, nullable=False),
        sa.CheckConstraint("role IN ('user', 'assistant')", name="role"),
        sa.UniqueConstraint("turn_id", "role"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_messages_conversation_id", "messages", ["conversation_id"])
    op.create_index("ix_messages_conversation_id_turn_id_role", "messages", ["conversation_id", "turn_id", "role"])
    _create_search()


def _create_search() -> None:
    """The index keeps no copy of the text; the triggers tell it the old text where a row changes or goes.

    https://www.sqlite.org/fts5.html#external_content_tables
    """
    op.execute(
        "CREATE VIRTUAL TABLE messages_fts USING fts5("
        "text, content='messages', content_rowid='id', tokenize='porter unicode61 remove_diacritics 2')"
    )
    forget = "INSERT INTO messages_fts(messages_fts, rowid, text) VALUES ('delete', old.id, old.text);"
    learn = "INSERT INTO messages_fts(rowid, text) VALUES (new.id, new.text);"
    op.execute(f"CREATE TRIGGER messages_after_insert AFTER INSERT ON messages BEGIN {learn} END")
    op.execute(f"CREATE TRIGGER messages_after_delete AFTER DELETE ON messages BEGIN {forget} END")
    op.execute(f"CREATE TRIGGER messages_after_update AFTER UPDATE OF id, text ON messages BEGIN {forget} {learn} END")
