"""Habits and reminders."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the two tables."""
    op.create_table(
        "habits",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("document", sa.String, nullable=False),
        sa.Column("saved_at", sa.String, nullable=False),
    )
    op.create_table(
        "reminders",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("conversation", sa.String, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("text", sa.String, nullable=False),
        sa.Column("due_at", sa.String, nullable=False),
        sa.Column("made_at", sa.String, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("rung_at", sa.String),
        sa.Column("settled_at", sa.String),
        sa.CheckConstraint("state IN ('open', 'said', 'cancelled')", name="state"),
        sa.CheckConstraint("kind IN ('reminder', 'timer', 'alarm')", name="kind"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_reminders_open", "reminders", ["due_at"], sqlite_where=sa.text("state = 'open'"))
