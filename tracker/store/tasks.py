"""Tasks in the database: the sweep's question, listings, and compare-and-set changes."""

from array import array
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, or_, text, update
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, func, select

from schedules.ladders import Ladder, ladder_from_json
from tracker.domain.decisions import Step
from tracker.domain.some import Some
from tracker.domain.tasks import Late, Task, Title
from tracker.errors import Refused
from tracker.store.finding import numbered
from tracker.store.inserting import update_all
from tracker.store.tables import LadderRow, TaskRow
from tracker.store.tables.work import SILENT, SUBMITTED

_TASK: Any = TaskRow.__table__  # type: ignore[attr-defined]
_DECIDED_BY = (
    "id", "status", "due", "cycle", "ladder", "reached", "unit_id", "owner_id", "promised", "promises", "opened_at",
    "next_notice_at",
)  # fmt: skip
"""The columns that a decision rests on: a sweep of a hundred thousand tasks reads no others."""


def keep_ladder(session: Session, ladder: Ladder) -> str:
    """Store a ladder once and return its fingerprint."""
    fingerprint = ladder.fingerprint()
    if session.get(LadderRow, fingerprint) is None:
        session.add(LadderRow(fingerprint=fingerprint, body=ladder.to_json()))
        session.flush()
    return fingerprint


def ladders(session: Session) -> dict[str, Ladder]:
    """Return every ladder that a task was opened on, by fingerprint."""
    return {row.fingerprint: ladder_from_json(row.body) for row in session.exec(select(LadderRow))}


def as_task(row: TaskRow, known: dict[str, Ladder]) -> Task:
    """Return the part of a row that decisions need."""
    assert row.id is not None  # noqa: S101 - a row that was read has an id
    return Task(
        id=row.id,
        status=row.status,  # type: ignore[arg-type]  # a CHECK constraint holds it to the states
        due=row.due,
        cycle=row.cycle,
        ladder=known[row.ladder],
        reached=row.reached,
        unit_id=row.unit_id,
        owner_id=row.owner_id,
        promised=row.promised,
        promises=row.promises,
        opened_at=row.opened_at,
        next_notice_at=row.next_notice_at,
    )


def due_for_notice(session: Session, now: datetime) -> "array[int]":
    """Return the ids of the tasks whose next notice has come due, the longest waiting first (by the partial index)."""
    query = (
        select(TaskRow.id)
        .where(col(TaskRow.next_notice_at).is_not(None), col(TaskRow.next_notice_at) <= now)
        .order_by(col(TaskRow.next_notice_at), col(TaskRow.id))
    )
    return array("q", session.exec(query))  # type: ignore[arg-type]  # a row that was read has an id


def hold_due(session: Session, ids: Collection[int], now: datetime, known: dict[str, Ladder]) -> list[Task]:
    """Return those of some tasks whose next notice has come due, the longest waiting first.

    On PostgreSQL they are held until the transaction ends, and one that a person is acting on is left for the
    next look: else a sweep would write over that act.
    """
    query = (
        select(*(_TASK.c[name] for name in _DECIDED_BY))
        .where(_TASK.c.id.in_(ids), _TASK.c.next_notice_at <= now)
        .order_by(_TASK.c.next_notice_at, _TASK.c.id)
        .with_for_update(skip_locked=True)
    )
    return [as_task(row, known) for row in session.execute(query)]  # type: ignore[arg-type]  # the columns it reads


def past_last_rung(session: Session) -> list[TaskRow]:
    """Return the open tasks about which no rung is left to say."""
    return list(session.exec(select(TaskRow).where(text(SILENT)).order_by(col(TaskRow.due), col(TaskRow.id))))


def with_ids(session: Session, ids: Collection[int]) -> dict[int, TaskRow]:
    """Return some tasks by their ids."""
    return {row.id or 0: row for row in session.exec(select(TaskRow).where(col(TaskRow.id).in_(ids)))}


def overdue(session: Session, today: date, most: int) -> Some[TaskRow]:
    """Return the first of the open tasks past their due date, the latest last."""
    return _some(session, most, TaskRow.status == "open", TaskRow.due < today)


def unowned(session: Session, units: Sequence[int], most: int) -> Some[TaskRow]:
    """Return the first of the open tasks of some units (without an officer) that no person was named for."""
    return _some(
        session, most, TaskRow.status == "open", col(TaskRow.owner_id).is_(None), col(TaskRow.unit_id).in_(units)
    )


def submitted(session: Session, most: int) -> Some[TaskRow]:
    """Return the first of the tasks whose report waits for a check."""
    return _some(session, most, text(SUBMITTED))


def due_between(session: Session, first: date, last: date, most: int) -> Some[TaskRow]:
    """Return the first of the open tasks due on some days, both included."""
    return _some(session, most, TaskRow.status == "open", TaskRow.due >= first, TaskRow.due <= last)


def counts(session: Session) -> dict[str, int]:
    """Return how many tasks are in each state, states without any left out."""
    query = select_columns(_TASK.c.status, func.count()).group_by(_TASK.c.status)
    return {status: count for status, count in session.execute(query)}  # noqa: C416 - rows are no pairs to mypy


def _some(session: Session, most: int, *conditions: Any) -> Some[TaskRow]:
    count = session.exec(select(func.count()).select_from(TaskRow).where(*conditions)).one()
    query = select(TaskRow).where(*conditions).order_by(col(TaskRow.due), col(TaskRow.id)).limit(most)
    return Some(tuple(session.exec(query)) if count else (), count)


def late(session: Session, today: date, since: Mapping[str, int], named: int) -> list[Late]:
    """Return the open tasks past their due date, summed up by unit and named person.

    Only those that have reached, on a ladder (by fingerprint), at least the rung of that index in `since`; the
    titles of the first `named` of each sum come along.
    """
    if not since:
        return []
    reached = (and_(_TASK.c.ladder == ladder, _TASK.c.reached >= index) for ladder, index in since.items())
    late = and_(_TASK.c.status == "open", _TASK.c.due < today, or_(*reached))
    owner = _TASK.c.unit_id, _TASK.c.owner_id
    nth = func.row_number().over(partition_by=owner, order_by=(_TASK.c.due, _TASK.c.id)).label("nth")
    ranked = select_columns(*owner, _TASK.c.due, _TASK.c.id, _TASK.c.title, nth).where(late).subquery()
    first: dict[tuple[int, int | None], list[Title]] = {}
    for unit_id, owner_id, due, id_, title, _ in session.execute(select_columns(ranked).where(ranked.c.nth <= named)):
        first.setdefault((unit_id, owner_id), []).append((due, id_, title))
    sums = select_columns(*owner, _TASK.c.ladder, _TASK.c.reached, func.count(), func.min(_TASK.c.due)).where(late)
    grouped = session.execute(sums.group_by(*owner, _TASK.c.ladder, _TASK.c.reached))
    return [
        Late(unit_id, owner_id, ladder, index, count, oldest, tuple(sorted(first[unit_id, owner_id])))
        for unit_id, owner_id, ladder, index, count, oldest in grouped
    ]


def open_tasks(session: Session) -> list[TaskRow]:
    """Return the open tasks, held until the transaction ends."""
    return list(session.exec(select(TaskRow).where(TaskRow.status == "open").with_for_update()))


def open_by_owner(session: Session) -> list[tuple[int, int | None, int]]:
    """Return how many open tasks each (unit, named person) has."""
    owner = _TASK.c.unit_id, _TASK.c.owner_id
    counts = select_columns(*owner, func.count()).where(_TASK.c.status == "open").group_by(*owner)
    return [(unit_id, owner_id, count) for unit_id, owner_id, count in session.execute(counts)]


def years_of_open(session: Session) -> set[int]:
    """Return the Gregorian years in which open tasks are due."""
    days = select_columns(_TASK.c.due).where(_TASK.c.status == "open").distinct()
    return {due.year for due in session.scalars(days)}


def record_steps(session: Session, steps: Sequence[Step]) -> None:
    """Store where tasks stand on their ladders after a decision."""
    rows = [
        {
            "id": step.task_id,
            "reached": step.reached,
            "next_rung": step.next_rung,
            "next_notice_at": step.next_at,
        }
        for step in steps
    ]
    update_all(session, TaskRow, rows)


def task(session: Session, task_id: int) -> TaskRow:
    """Return one task; raises NotFound with what to do."""
    return numbered(session, TaskRow, task_id, what="task", listing="tracker task list")


def tasks(
    session: Session,
    *,
    statuses: Iterable[str] | None = None,
    unit_id: int | None = None,
    due_before: date | None = None,
    plan_id: int | None = None,
) -> list[TaskRow]:
    """Return tasks in the order of their due dates, only those that every given filter lets through."""
    query = select(TaskRow).order_by(col(TaskRow.due), col(TaskRow.id))
    if statuses is not None:
        query = query.where(col(TaskRow.status).in_(list(statuses)))
    if unit_id is not None:
        query = query.where(TaskRow.unit_id == unit_id)
    if due_before is not None:
        query = query.where(TaskRow.due < due_before)
    if plan_id is not None:
        query = query.where(TaskRow.plan_id == plan_id)
    return list(session.exec(query))


def naming(session: Session, person_id: int, unit_id: int | None = None) -> list[TaskRow]:
    """Return the tasks that are not done and name somebody as their owner, of one unit or of all."""
    query = select(TaskRow).where(col(TaskRow.status).in_(("open", "submitted")), TaskRow.owner_id == person_id)
    if unit_id is not None:
        query = query.where(TaskRow.unit_id == unit_id)
    return list(session.exec(query.order_by(col(TaskRow.id))))


def with_key(session: Session, plan_id: int, key: str) -> TaskRow | None:
    """Return the task of a plan that a demand and an owner opened, if there is one."""
    return session.exec(select(TaskRow).where(TaskRow.plan_id == plan_id, TaskRow.key == key)).one_or_none()


def change(session: Session, row: TaskRow, **values: Any) -> None:
    """Change a task only from the state that was read; raises Refused when somebody else was faster.

    A new cycle keeps nothing of what was to be said next in the one before: the caller looks ahead anew.
    """
    if "cycle" in values:
        values = {"next_rung": None, "next_notice_at": None, **values}
    statement = (
        update(TaskRow)
        .where(col(TaskRow.id) == row.id, col(TaskRow.status) == row.status, col(TaskRow.cycle) == row.cycle)
        .values(**values)
        .execution_options(synchronize_session=False)
    )
    changed = session.connection().execute(statement)
    if changed.rowcount != 1:
        raise Refused(f"Task {row.id} was changed by somebody else just now: look at it again and repeat.")
    session.expire(row)


def move_unit(session: Session, from_unit: int, to_unit: int) -> tuple[list[TaskRow], list[TaskRow]]:
    """Give the tasks of one unit to another; return those that moved, and those that the other had already.

    A demand that the other unit had already keeps a key of its own, for the caller to close.
    """
    moved: list[TaskRow] = []
    doubled: list[TaskRow] = []
    for row in session.exec(select(TaskRow).where(TaskRow.unit_id == from_unit)).all():
        key = f"{row.key.split(':')[0]}:{to_unit}"
        twin = with_key(session, row.plan_id, key) is not None
        row.unit_id, row.key = to_unit, f"{key}:{row.id}" if twin else key
        (doubled if twin else moved).append(row)
        session.add(row)
        session.flush()
    return moved, doubled
