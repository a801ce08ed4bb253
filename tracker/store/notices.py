"""Notices, decisions not to send, and incidents."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, case, update
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, func, select

from tracker.domain.decisions import Notice, Suppression
from tracker.domain.people import CLIMB, Level
from tracker.store.inserting import insert_all
from tracker.store.tables import IncidentRow, MessageNoticeRow, MessageRow, NoticeRow, SuppressionRow, TaskRow
from tracker.store.types import MessageStatus

_NOTICE: Any = NoticeRow.__table__  # type: ignore[attr-defined]

Key = tuple[int, int, str, int]
"""What makes a notice: (task, cycle, rung, person)."""


def add_notices(session: Session, notices: Sequence[Notice], at: datetime) -> dict[Key, int]:
    """Store notices and return the ids of the new ones by their keys: one whose key exists already is left out.

    Only the sweep adds notices, and one at a time.
    """
    values = [
        {
            "task_id": notice.task_id,
            "cycle": notice.cycle,
            "rung": notice.rung.name,
            "person_id": notice.person_id,
            "audience": notice.audience,
            "meant_for": notice.meant_for,
            "acting_for_id": notice.acting_for,
            "pass_on": False,
            "decided_at": at,
        }
        for notice in notices
    ]
    if not values:
        return {}
    connection, before = session.connection(), session.exec(select(func.max(NoticeRow.id))).one() or 0
    insert_all(session, NoticeRow, values, known="leave")
    columns = (_NOTICE.c[name] for name in ("task_id", "cycle", "rung", "person_id", "id"))
    new = connection.execute(select_columns(*columns).where(_NOTICE.c.id > before))
    return {(task, cycle, rung, person): id_ for task, cycle, rung, person, id_ in new}


def add_suppressions(session: Session, suppressions: Sequence[Suppression], at: datetime) -> None:
    """Store decisions not to send; the same decision is kept once."""
    values = [
        {
            "task_id": each.task_id,
            "cycle": each.cycle,
            "rung": each.rung,
            "reason": each.reason,
            "decided_at": at,
        }
        for each in suppressions
    ]
    insert_all(session, SuppressionRow, values, known="leave")


def notices(session: Session, task_id: int | None) -> list[NoticeRow]:
    """Return the notices of a task in the order in which they were decided."""
    return list(session.exec(select(NoticeRow).where(NoticeRow.task_id == task_id).order_by(col(NoticeRow.id))))


def suppressions(session: Session, task_id: int) -> list[SuppressionRow]:
    """Return the decisions not to send about a task in the order in which they were made."""
    query = select(SuppressionRow).where(SuppressionRow.task_id == task_id)
    return list(session.exec(query.order_by(col(SuppressionRow.id))))


def notices_of(session: Session, message_id: int) -> list[NoticeRow]:
    """Return the notices that a message carries."""
    query = (
        select(NoticeRow)
        .join(MessageNoticeRow, col(MessageNoticeRow.notice_id) == col(NoticeRow.id))
        .where(MessageNoticeRow.message_id == message_id)
        .order_by(col(NoticeRow.id))
    )
    return list(session.exec(query))


def withdraw(session: Session, rows: Iterable[NoticeRow], at: datetime, why: str) -> None:
    """Mark notices as no longer to be said."""
    ids = [row.id for row in rows]
    statement = update(NoticeRow).where(col(NoticeRow.id).in_(ids), col(NoticeRow.withdrawn_at).is_(None))
    session.execute(statement.values(withdrawn_at=at, withdrawn_why=why))


def give_back(session: Session, rows: Iterable[NoticeRow]) -> None:
    """Ask the next check to tell others instead, because the recipient of notices is not told of them."""
    ids = [row.id for row in rows]
    session.execute(update(NoticeRow).where(col(NoticeRow.id).in_(ids)).values(pass_on=True))


def given_back(session: Session) -> list[NoticeRow]:
    """Return the notices that wait to be passed on to others."""
    return list(session.exec(select(NoticeRow).where(col(NoticeRow.pass_on)).order_by(col(NoticeRow.id))))


def passed_on(session: Session, rows: Iterable[NoticeRow]) -> None:
    """Keep that a check has looked at notices that were given back."""
    ids = [row.id for row in rows]
    session.execute(update(NoticeRow).where(col(NoticeRow.id).in_(ids)).values(pass_on=False))


def any_given_back(session: Session) -> bool:
    """Say whether notices wait to be passed on to others."""
    return session.exec(select(NoticeRow.id).where(col(NoticeRow.pass_on)).limit(1)).first() is not None


def heard(session: Session, row: NoticeRow) -> dict[int, bool]:
    """Return everybody who has a notice of the same rung, and whether every message with it is dead."""
    dead = func.min(case((col(MessageRow.status) == MessageStatus.DEAD, 1), else_=0))
    query = (
        select(NoticeRow.person_id, dead)
        .join(MessageNoticeRow, col(MessageNoticeRow.notice_id) == col(NoticeRow.id))
        .join(MessageRow, col(MessageRow.id) == col(MessageNoticeRow.message_id))
        .where(NoticeRow.task_id == row.task_id, NoticeRow.cycle == row.cycle, NoticeRow.rung == row.rung)
        .group_by(col(NoticeRow.person_id))
    )
    return {person_id: bool(lost) for person_id, lost in session.exec(query)}


def said_of(session: Session, task_ids: Iterable[int]) -> dict[tuple[int, int, int], set[str]]:
    """Return the rungs that each (person, task, cycle) was to be told of, withdrawn ones left out."""
    query = select(NoticeRow.person_id, NoticeRow.task_id, NoticeRow.cycle, NoticeRow.rung).where(
        col(NoticeRow.task_id).in_(set(task_ids)), col(NoticeRow.withdrawn_at).is_(None)
    )
    said: dict[tuple[int, int, int], set[str]] = {}
    for person_id, task_id, cycle, rung in session.exec(query):
        said.setdefault((person_id, task_id, cycle), set()).add(rung)
    return said


def as_said(session: Session, ids: Collection[int]) -> dict[int, str]:
    """Return some notices as the trail speaks of them: `task/cycle/rung/audience`."""
    columns = (_NOTICE.c[name] for name in ("id", "task_id", "cycle", "rung", "audience"))
    rows = session.execute(select_columns(*columns).where(_NOTICE.c.id.in_(ids))) if ids else ()
    return {id_: f"{task}/{cycle}/{rung}/{audience}" for id_, task, cycle, rung, audience in rows}


def spoken(session: Session, task_ids: Iterable[int]) -> dict[tuple[int, int], dict[str, datetime]]:
    """Return when each rung of each (task, cycle) was first said to anybody."""
    query = (
        select(NoticeRow.task_id, NoticeRow.cycle, NoticeRow.rung, func.min(NoticeRow.decided_at))
        .where(col(NoticeRow.task_id).in_(set(task_ids)))
        .group_by(col(NoticeRow.task_id), col(NoticeRow.cycle), col(NoticeRow.rung))
    )
    said: dict[tuple[int, int], dict[str, datetime]] = {}
    for task_id, cycle, rung, at in session.exec(query):
        said.setdefault((task_id, cycle), {})[rung] = at
    return said


def highest_audience(session: Session, task_ids: Iterable[int]) -> dict[tuple[int, int], Level]:
    """Return the highest audience that was told in each (task, cycle)."""
    query = select(NoticeRow.task_id, NoticeRow.cycle, NoticeRow.audience).where(
        col(NoticeRow.task_id).in_(list(task_ids))
    )
    highest: dict[tuple[int, int], Level] = {}
    for task_id, cycle, audience in session.exec(query.distinct()):
        known = highest.get((task_id, cycle))
        if known is None or CLIMB.index(audience) > CLIMB.index(known):
            highest[task_id, cycle] = audience  # type: ignore[assignment]  # held to the levels by a CHECK
    return highest


def overdue_by_audience(session: Session, today: date) -> dict[Level | None, int]:
    """Return how many open tasks past their due date were told to each audience at most; None is to nobody yet."""
    rank = func.max(case(*((col(NoticeRow.audience) == level, n) for n, level in enumerate(CLIMB)))).label("rank")
    told = and_(col(NoticeRow.task_id) == col(TaskRow.id), col(NoticeRow.cycle) == col(TaskRow.cycle))
    highest = (
        select_columns(col(TaskRow.id), rank)
        .outerjoin(NoticeRow, told)
        .where(col(TaskRow.status) == "open", col(TaskRow.due) < today)
        .group_by(col(TaskRow.id))
        .subquery()
    )
    counted = session.execute(select_columns(highest.c.rank, func.count()).group_by(highest.c.rank))
    return {None if rank is None else CLIMB[rank]: count for rank, count in counted}


def report_incident(session: Session, key: str, text: str, at: datetime) -> None:
    """Keep something that the coordinator must know; the same key is kept, and told, once."""
    insert_all(session, IncidentRow, [{"key": key, "text": text, "at": at}], known="leave")


def incident_keys(session: Session, *, since: datetime) -> set[str]:
    """Return the keys of the incidents that were reported from an instant on."""
    return set(session.exec(select(IncidentRow.key).where(IncidentRow.at >= since)))


def untold_incidents(session: Session) -> list[IncidentRow]:
    """Return the incidents that no message has told yet."""
    return list(
        session.exec(select(IncidentRow).where(col(IncidentRow.told_at).is_(None)).order_by(col(IncidentRow.id)))
    )


def incidents_told(session: Session, at: datetime) -> list[IncidentRow]:
    """Return the incidents that were told in the messages of one check."""
    return list(session.exec(select(IncidentRow).where(IncidentRow.told_at == at).order_by(col(IncidentRow.id))))
