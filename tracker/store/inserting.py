"""INSERTs that meet what is there already."""

from typing import Any

from sqlalchemy import Insert
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel


def insert_new(session: Session, table: type[SQLModel]) -> Any:
    """Return an INSERT that leaves out rows whose unique key exists; both databases have it, each its own."""
    statement: Insert = _dialect(session).insert(table).on_conflict_do_nothing()
    return statement


def upsert(session: Session, table: type[SQLModel]) -> Any:
    """Return an INSERT of whole rows, which takes the place of a row with the same primary key."""
    rows: Any = table.__table__  # type: ignore[attr-defined]
    statement = _dialect(session).insert(rows)
    others = {column.name: statement.excluded[column.name] for column in rows.columns if not column.primary_key}
    return statement.on_conflict_do_update(index_elements=list(rows.primary_key), set_=others)


def _dialect(session: Session) -> Any:
    return postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
