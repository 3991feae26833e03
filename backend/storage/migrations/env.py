"""Alembic's way in: it runs the migrations over the connection and the transaction that `schema.migrate` opened."""

from __future__ import annotations

from alembic import context

from backend.storage import habit_tables  # noqa: F401 - it adds its tables
from backend.storage.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,
    render_as_batch=True,
)
context.run_migrations()
