"""Finds what a number stands for. Every store function that takes a number from a person asks here."""

from typing import TypeVar

from sqlmodel import Session, SQLModel, col, select

from tracker.domain.near_numbers import nearest_numbers
from tracker.errors import NotFound

Row = TypeVar("Row", bound=SQLModel)

_LARGEST = 2**31 - 1
"""What the id of a row can be on PostgreSQL; a larger number is nothing's."""


def numbered(session: Session, table: type[Row], number: int, *, what: str, listing: str) -> Row:
    """Return the row of a number; raises NotFound with the numbers that come nearest, or where to see them."""
    found = session.get(table, number) if number <= _LARGEST else None
    if found is not None:
        return found
    near = nearest_numbers(number, session.exec(select(col(table.id))))  # type: ignore[attr-defined]  # each has one
    if not near:
        raise NotFound(f"There is no {what} {number}, and no other yet: `{listing}` shows them.")
    verb = "is" if len(near) == 1 else "are"
    raise NotFound(f"There is no {what} {number}: the nearest {verb} {', '.join(map(str, near))} (`{listing}`).")
