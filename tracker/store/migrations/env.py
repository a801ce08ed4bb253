"""Runs migrations on the connection that `tracker.store.schema` hands over."""

from alembic import context
from sqlmodel import SQLModel

import tracker.store.tables  # noqa: F401 - fills the metadata

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=SQLModel.metadata,
    render_as_batch=connection.dialect.name == "sqlite",
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
