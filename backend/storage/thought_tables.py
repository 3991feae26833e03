"""The tables of what she said unasked: each thought with its trigger and its reception, and what the user has set.

A thought names its turn without leaning on it: what she said stands in history, why she said it stands here.
"""

from __future__ import annotations

from sqlalchemy import JSON, CheckConstraint, Column, Index, Integer, String, Table

from backend.storage.tables import Moment, metadata

thoughts = Table(
    "thoughts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("conversation", String, nullable=False),
    Column("turn", Integer, nullable=False),
    Column("kind", String, nullable=False),
    Column("key", String, nullable=False),
    Column("reason", String, nullable=False),
    Column("trigger", JSON, nullable=False),
    Column("channel", String, nullable=False),
    Column("app", String, nullable=False),
    Column("said_at", Moment, nullable=False),
    Column("verdict", String),
    CheckConstraint("channel IN ('badge', 'toast', 'voice')", name="channel"),
    CheckConstraint("verdict IN ('welcome', 'ignored', 'dismissed')", name="verdict"),
    sqlite_autoincrement=True,
)
Index(None, thoughts.c.said_at)
Index(None, thoughts.c.turn)

wishes = Table(
    "initiative_wishes",
    metadata,
    Column("name", String, primary_key=True),
    Column("value", String, nullable=False),
)
"""`snoozed_until`, and `off:KIND` with who turned it off."""
