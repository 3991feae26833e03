"""The tables of what is known about the user beside history: habits, and what they want to be reminded of.

Neither names a turn: clearing history takes nothing away that is still to come. What habits are is not known
here: they are one document, kept as text.
"""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Index, Integer, String, Table, text

from backend.storage.tables import Moment, metadata

habits = Table(
    "habits",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("document", String, nullable=False),
    Column("saved_at", Moment, nullable=False),
)
"""One row at the most, with the id `ONLY`."""
ONLY = 1

reminders = Table(
    "reminders",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("conversation", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("text", String, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("state", String, nullable=False),
    Column("rung_at", Moment),
    Column("settled_at", Moment),
    CheckConstraint("state IN ('open', 'said', 'cancelled')", name="state"),
    CheckConstraint("kind IN ('reminder', 'timer', 'alarm')", name="kind"),
    sqlite_autoincrement=True,
)
Index("ix_reminders_open", reminders.c.due_at, sqlite_where=text("state = 'open'"))
