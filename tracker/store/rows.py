"""Every row of every table as plain JSON values: out of one engine, and into the other."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import islice
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Connection,
    Date,
    Integer,
    String,
    column,
    insert,
    inspect,
    select,
    table,
    text,
)
from sqlalchemy import func as sql
from sqlalchemy.types import TypeEngine
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

from tracker.errors import Refused
from tracker.store.tables import AuditRow

_METADATA = AuditRow.metadata  # of every table
_TYPES: Mapping[str, TypeEngine[Any]] = {
    "instant": UTCDateTime(),
    "day": Date(),
    "truth": Boolean(),
    "whole": BigInteger(),
    "json": JSON(),
    "text": String(),
}
"""What a column holds, by the word that a backup has for it."""
_AT_ONCE = 500
"""Rows that are read or written together."""
_UNTOLD = ("mark", "mailbox")
"""Tables that fill by themselves as soon as a service runs, before anybody has told it anything."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A table's name and its columns, each with the word for what it holds."""

    name: str
    columns: tuple[tuple[str, str], ...]

    def __post_init__(self) -> None:
        if unknown := {word for _, word in self.columns} - _TYPES.keys():
            raise ValueError(f"nothing is known of columns that hold “{min(unknown)}”")


def shapes() -> list[Shape]:
    """Return every table of the present schema, those that others refer to first."""
    tables = _METADATA.sorted_tables
    return [Shape(one.name, tuple((each.name, _word(each)) for each in one.columns)) for one in tables]


def read_rows(connection: Connection, shape: Shape) -> Iterator[list[Any]]:
    """Yield the rows of a table by its primary key, as JSON values in the order of the shape's columns.

    A few at a time are in memory. Raises Refused when one holds what does not belong there.
    """
    own, outward = _METADATA.tables[shape.name], [_OUTWARD.get(word) for _, word in shape.columns]
    query = select(own).order_by(*own.primary_key).execution_options(yield_per=_AT_ONCE)
    try:
        for row in connection.execute(query):
            yield [
                value if value is None or not turn else turn(value) for value, turn in zip(row, outward, strict=True)
            ]
    except (ValueError, TypeError) as fault:
        raise Refused(f"A row of the table {shape.name} cannot be read ({fault}): somebody wrote into it.") from None


def write_rows(connection: Connection, shape: Shape, rows: Iterable[dict[str, Any]]) -> None:
    """Add rows, as `Inward` returns them, to a table."""
    target, waiting = table(shape.name, *(column(name, _TYPES[word]) for name, word in shape.columns)), iter(rows)
    while values := list(islice(waiting, _AT_ONCE)):
        connection.execute(insert(target), values)


class Inward:
    """Turns JSON values into what a table's columns take."""

    def __init__(self, shape: Shape) -> None:
        self._shape = shape

    def row(self, values: Any) -> dict[str, Any]:
        """Return a row by its columns' names; raises ValueError when a value is none that its column holds."""
        columns = self._shape.columns
        if not isinstance(values, list) or len(values) != len(columns):
            raise ValueError(f"a row of the table {self._shape.name} has not {len(columns)} values")
        return {
            name: None if value is None else self._value(name, word, value)
            for (name, word), value in zip(columns, values, strict=True)
        }

    def _value(self, name: str, word: str, value: Any) -> Any:
        kind, turn = _INWARD[word]
        if type(value) not in kind:
            raise ValueError(f"“{name}” of the table {self._shape.name} holds no {word}")
        return turn(value) if turn else value


def has_data(connection: Connection) -> bool:
    """Say whether anybody has told this database anything yet; False also when it was never made."""
    there = set(inspect(connection).get_table_names())
    names = [one.name for one in _METADATA.sorted_tables if one.name in there and one.name not in _UNTOLD]
    return any(connection.execute(select(text("1")).select_from(table(name)).limit(1)).first() for name in names)


def tables_there(connection: Connection) -> set[str]:
    """Return the names of the tables that hold data."""
    return set(inspect(connection).get_table_names()) - {"alembic_version"}


def hold_still(connection: Connection) -> None:
    """Let nobody else change or read anything until the transaction ends; SQLite's writer is alone anyway."""
    if connection.dialect.name == "postgresql" and (there := sorted(tables_there(connection))):
        quote = connection.dialect.identifier_preparer.quote
        connection.execute(text(f"LOCK TABLE {', '.join(map(quote, there))} IN ACCESS EXCLUSIVE MODE"))


def count_on(connection: Connection) -> None:
    """Let PostgreSQL number new rows after those that came with their numbers; SQLite does so by itself."""
    if connection.dialect.name != "postgresql":
        return
    for one in _METADATA.sorted_tables:
        for key in one.primary_key:
            sequence = connection.execute(select(sql.pg_get_serial_sequence(one.name, key.name))).scalar()
            if sequence:
                highest = select(sql.max(key)).scalar_subquery()
                connection.execute(select(sql.setval(sequence, sql.coalesce(highest, 1), highest.is_not(None))))


def _word(each: Column[Any]) -> str:
    for kind, word in _WORDS:
        if isinstance(each.type, kind):
            return word
    raise TypeError(f"A backup has no word for the column {each.table.name}.{each.name}.")


_WORDS: tuple[tuple[type[TypeEngine[Any]], str], ...] = (
    (UTCDateTime, "instant"),
    (Date, "day"),
    (Boolean, "truth"),
    (Integer, "whole"),
    (JSON, "json"),
    (AutoString, "text"),
    (String, "text"),
)


def _instant(value: str) -> datetime:
    instant = datetime.fromisoformat(value)
    if instant.tzinfo is None:
        raise ValueError(f"“{value}” has no zone")
    return instant.astimezone(UTC)


_OUTWARD: Mapping[str, Callable[[Any], Any]] = {"instant": datetime.isoformat, "day": date.isoformat}
_INWARD: Mapping[str, tuple[tuple[type, ...], Callable[[Any], Any] | None]] = {
    "instant": ((str,), _instant),
    "day": ((str,), date.fromisoformat),
    "truth": ((bool,), None),
    "whole": ((int,), None),
    "json": ((dict, list, str, int, float, bool), None),
    "text": ((str,), None),
}
