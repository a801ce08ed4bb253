"""Rows of what only ever grows (messages, notices, the trail), for somebody to read: never all of them in memory."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from sqlalchemy import Select, func, literal, select, text, union_all
from sqlmodel import Session, col

from tracker.store.tables import (
    AuditRow,
    MessageNoticeRow,
    MessageRow,
    NoticeRow,
    PersonRow,
    SuppressionRow,
    WordingRow,
)
from tracker.store.tables.ledger import DEAD

T = TypeVar("T")

_PART = 500
"""Rows that are in memory together."""


@dataclass(frozen=True, slots=True)
class Listing(Generic[T]):
    """Rows in their order, to be read once while the transaction lasts; `total` is how many there are in all."""

    rows: Iterator[T]
    total: int


@dataclass(frozen=True, slots=True)
class Unsaid:
    """A decision not to send, or a notice that was withdrawn."""

    task_id: int
    cycle: int
    rung: str
    reason: str
    decided_at: datetime


def messages(session: Session, status: str | None, newest: int | None) -> tuple[Iterator[Sequence[MessageRow]], int]:
    """Return messages part by part, of one status or of all, or only the newest so many; and the total."""
    query = select(MessageRow)
    if status is not None:
        query = query.where(col(MessageRow.status) == status)
    return _parts(session, query, (col(MessageRow.id),), newest), _total(session, query)


def notices(session: Session, newest: int | None) -> tuple[Iterator[Sequence[NoticeRow]], int]:
    """Return notices part by part, as `messages` does."""
    query = select(NoticeRow)
    return _parts(session, query, (col(NoticeRow.id),), newest), _total(session, query)


def entries(session: Session, task_id: int | None, newest: int | None) -> tuple[Iterator[Sequence[AuditRow]], int]:
    """Return entries of the trail part by part, of one task or of all, as `messages` does."""
    query = select(AuditRow)
    if task_id is not None:
        query = query.where(col(AuditRow.task_id) == task_id)
    return _parts(session, query, (col(AuditRow.id),), newest), _total(session, query)


def unsaid(session: Session, newest: int | None) -> tuple[Iterator[Unsaid], int]:
    """Return decisions not to send and withdrawn notices, in the order of their instants; and the total."""
    decided, taken_back = SuppressionRow.__table__.c, NoticeRow.__table__.c  # type: ignore[attr-defined]
    both = union_all(
        select(
            decided.task_id, decided.cycle, decided.rung, decided.reason, decided.decided_at, literal(0).label("kind"),
            decided.id,
        ),
        select(
            taken_back.task_id, taken_back.cycle, taken_back.rung, literal("withdrawn: ") + taken_back.withdrawn_why,
            taken_back.withdrawn_at, literal(1), taken_back.id,
        ).where(taken_back.withdrawn_at.is_not(None)),
    ).subquery()  # fmt: skip
    query = select(both)
    found = _parts(session, query, (both.c.decided_at, both.c.kind, both.c.id), newest, columns=True)
    return (Unsaid(*row[:5]) for part in found for row in part), _total(session, query)


def names(session: Session, person_ids: Iterable[int]) -> dict[int, str]:
    """Return the names of some people; asked after the rows that speak of them, so that nobody is missing."""
    query = select(col(PersonRow.id), col(PersonRow.name)).where(col(PersonRow.id).in_(set(person_ids)))
    return {person_id: name for person_id, name in session.execute(query)}  # noqa: C416 - rows are no pairs to mypy


def ever_carried_by(session: Session, message_ids: Sequence[int]) -> dict[int, list[NoticeRow]]:
    """Return the notices of some messages, withdrawn ones too, by the message's id."""
    query = (
        select(col(MessageNoticeRow.message_id), NoticeRow)
        .join(NoticeRow, col(MessageNoticeRow.notice_id) == col(NoticeRow.id))
        .where(col(MessageNoticeRow.message_id).in_(message_ids))
        .order_by(col(NoticeRow.id))
    )
    carried: dict[int, list[NoticeRow]] = {}
    for message_id, row in session.execute(query):
        carried.setdefault(message_id, []).append(row)
    return carried


def subjects(session: Session, message_ids: Sequence[int]) -> dict[int, str]:
    """Return the subjects of those of some messages that were written, by the message's id."""
    query = select(col(WordingRow.message_id), col(WordingRow.subject)).where(
        col(WordingRow.message_id).in_(message_ids)
    )
    return {message_id: subject for message_id, subject in session.execute(query)}  # noqa: C416 - rows are no pairs to mypy


def dead(session: Session) -> list[MessageRow]:
    """Return the messages that were given up, in the order in which they were made."""
    return list(session.scalars(select(MessageRow).where(text(DEAD)).order_by(col(MessageRow.id))))


def _parts(
    session: Session, query: Select[Any], order: Sequence[Any], newest: int | None, *, columns: bool = False
) -> Iterator[Sequence[Any]]:
    read = session.execute if columns else session.scalars
    if newest is not None:
        yield list(read(query.order_by(*(each.desc() for each in order)).limit(newest)))[::-1]
        return
    # The driver hands the rows on as they are asked for; psycopg does so with a cursor of the server.
    yield from read(query.order_by(*order).execution_options(yield_per=_PART)).partitions()


def _total(session: Session, query: Select[Any]) -> int:
    total: int = session.execute(select(func.count()).select_from(query.subquery())).scalar_one()
    return total
