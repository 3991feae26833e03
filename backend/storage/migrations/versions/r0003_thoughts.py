"""What she said unasked and why, and what the user wishes of it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the two tables."""
    op.create_table(
        "thoughts",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("conversation", sa.String, nullable=False),
        sa.Column("turn", sa.Integer, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("key", sa.String, nullable=False),
        sa.Column("reason", sa.String, nullable=False),
        sa.Column("trigger", sa.JSON, nullable=False),
        sa.Column("channel", sa.String, nullable=False),
        sa.Column("app", sa.String, nullable=False),
        sa.Column("said_at", sa.String, nullable=False),
        sa.Column("verdict", sa.String),
        sa.CheckConstraint("channel IN ('badge', 'toast', 'voice')", name="channel"),
        sa.CheckConstraint("verdict IN ('welcome', 'ignored', 'dismissed')", name="verdict"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_thoughts_said_at", "thoughts", ["said_at"])
    op.create_index("ix_thoughts_turn", "thoughts", ["turn"])
    op.create_table(
        "initiative_wishes",
        sa.Column("name", sa.String, primary_key=True),
        sa.Column("value", sa.String, nullable=False),
    )
