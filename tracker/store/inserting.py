"""Rows that are stored many at once, and INSERTs that meet what is there already.

On PostgreSQL many rows go as one JSON value: a statement for each costs it three times as much, most of which goes into
reading the table's CHECK constraints again. SQLite is in our own process and takes them one by one.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any, Literal

from sqlalchemy import JSON, Insert, Select, Table, Text, bindparam, cast, column, func, select, text, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel

Known = Literal["refuse", "leave", "replace"]
"""What becomes of a row whose key exists: an error, nothing, or its other columns are replaced (by primary key)."""

Row = Mapping[str, Any]


def insert_new(session: Session, table: type[SQLModel]) -> Any:
    """Return an INSERT that leaves out rows whose unique key exists, for whoever asks which were new (RETURNING)."""
    return _insert(_dialect_of(session), _table(table), "leave")


def insert_all(session: Session, table: type[SQLModel], rows: Sequence[Row], *, known: Known = "refuse") -> None:
    """Store rows that all name the same columns. What a column's default is has to be in them."""
    dialect = _dialect_of(session)
    if rows and dialect == "postgresql":
        names = tuple(rows[0])
        session.connection().execute(_insert_from_json(_table(table), names, known), _as_json(rows))
    elif rows:
        session.connection().execute(_insert(dialect, _table(table), known), rows)


def update_all(session: Session, table: type[SQLModel], rows: Sequence[Row]) -> None:
    """Store columns of rows that exist; each mapping has the row's `id` and the same columns."""
    if not rows:
        return
    target, names = _table(table), tuple(name for name in rows[0] if name != "id")
    if _dialect_of(session) == "postgresql":
        session.connection().execute(_update_from_json(target, names), _as_json(rows))
    else:
        one = update(target).where(target.c.id == bindparam("row")).values({name: bindparam(name) for name in names})
        session.connection().execute(one, [{"row": row["id"], **{name: row[name] for name in names}} for row in rows])


@lru_cache(maxsize=64)
def _insert_from_json(table: Table, names: tuple[str, ...], known: Known) -> Insert:
    statement: Any = _insert("postgresql", table, known)
    made: Insert = statement.from_select(names, _from_json(table, names), include_defaults=False)
    return made


@lru_cache(maxsize=64)
def _update_from_json(table: Table, names: tuple[str, ...]) -> Any:
    given = _from_json(table, ("id", *names)).subquery("given")
    return update(table).where(table.c.id == given.c.id).values({name: given.c[name] for name in names})


def _from_json(table: Table, names: tuple[str, ...]) -> Select[Any]:
    """Return a query of what the parameter `rows` holds, each column of the type that it has in the table."""
    given = cast(bindparam("rows", type_=Text), JSON)
    record = func.json_populate_recordset(text(f"NULL::{table.name}"), given)
    rows = record.table_valued(*(column(name) for name in names))
    return select(*(rows.c[name] for name in names))


def _as_json(rows: Sequence[Row]) -> dict[str, Any]:
    return {"rows": json.dumps(rows, ensure_ascii=False, default=_day_or_instant)}


def _day_or_instant(value: object) -> str:
    if not isinstance(value, date) or (isinstance(value, datetime) and value.tzinfo is None):
        raise ValueError(f"{type(value).__name__} cannot be stored: days and instants with a zone can.")
    return value.isoformat()


def _insert(dialect: str, table: Table, known: Known) -> Any:
    statement: Any = (postgresql if dialect == "postgresql" else sqlite).insert(table)
    if known == "leave":
        return statement.on_conflict_do_nothing()
    if known == "replace":
        others = {each.name: statement.excluded[each.name] for each in table.columns if not each.primary_key}
        return statement.on_conflict_do_update(index_elements=list(table.primary_key), set_=others)
    return statement


def _table(table: type[SQLModel]) -> Table:
    made: Table = table.__table__  # type: ignore[attr-defined]
    return made


def _dialect_of(session: Session) -> str:
    return session.get_bind().dialect.name
