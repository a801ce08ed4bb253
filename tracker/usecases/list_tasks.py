"""What a person sees of tasks: listings, one task in full, and counts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from schedules.calendars import bangkok_day
from tracker.domain.next_step import NextStep, next_step
from tracker.domain.people import Directory
from tracker.errors import Refused
from tracker.store import audit, evidence, holidays, messages, notices, people, tasks
from tracker.store.tables import (
    AuditRow,
    EvidenceRow,
    MessageRow,
    NoticeRow,
    SuppressionRow,
    TaskRow,
)
from tracker.usecases.person_named import person_named
from tracker.usecases.services import Services
from tracker.usecases.unit_named import unit_named

FILTERS = ("open", "overdue", "submitted", "done", "waived")


@dataclass(frozen=True, slots=True)
class TaskView:
    """A task as it is listed; `overdue_days` counts calendar days, 0 when it is not overdue."""

    row: TaskRow
    unit: str
    owner: str | None
    overdue_days: int

    def to_json(self) -> dict[str, Any]:
        """Return the shape that `task list --json` promises."""
        row = self.row
        return {
            "id": row.id,
            "plan": row.plan_id,
            "measure": None
            if row.measure_seq is None
            else {"seq": row.measure_seq, "number": row.measure_number, "title": row.measure_title},
            "kind": row.kind,
            "period": row.period,
            "title": row.title,
            "unit": self.unit,
            "owner": self.owner,
            "due": row.due.isoformat(),
            "status": row.status,
            "overdue_days": self.overdue_days,
            "next_rung": row.next_rung,
            "next_notice_at": row.next_notice_at.isoformat() if row.next_notice_at else None,
            "basis": row.basis,
            "phrase": row.phrase,
        }


@dataclass(frozen=True, slots=True)
class TaskFile:
    """Everything that is known of one task."""

    view: TaskView
    next_step: NextStep
    notices: list[tuple[NoticeRow, str]]
    suppressions: list[SuppressionRow]
    messages: list[MessageRow]
    evidence: list[EvidenceRow]
    audit: list[AuditRow]


def list_tasks(
    services: Services,
    *,
    now: datetime,
    status: str | None = None,
    unit: str | None = None,
    owner: str | None = None,
    due_before: date | None = None,
) -> list[TaskView]:
    """Return the tasks that every given filter lets through, in the order of their due dates.

    `status` is one of FILTERS. Raises NotFound on a unit or owner that is not known.
    """
    if status is not None and status not in FILTERS:
        raise Refused(f"There is no status “{status}”: use one of {', '.join(FILTERS)}.")
    with services.store.reading() as session:
        unit_id = None if unit is None else unit_named(session, unit).id
        owner_id = None if owner is None else person_named(session, owner)
        statuses = None if status is None else ("open",) if status == "overdue" else (status,)
        rows = tasks.tasks(session, statuses=statuses, unit_id=unit_id, due_before=due_before)
        views = _views(session, rows, bangkok_day(now))
        if owner_id is not None:
            directory = people.directory(session, bangkok_day(now))
            known = tasks.ladders(session)
            theirs = {
                row.id
                for row in rows
                if owner_id in {person.id for person in directory.who("owner", tasks.as_task(row, known))}
            }
            views = [view for view in views if view.row.id in theirs]
    return [view for view in views if status != "overdue" or view.overdue_days]


def show_task(services: Services, task_id: int, *, now: datetime) -> TaskFile:
    """Return everything about one task; raises NotFound."""
    with services.store.reading() as session:
        row = tasks.task(session, task_id)
        said = notices.notices(session, task_id)
        names = {person.id: person.name for person in people.people(session)}
        calendar = holidays.calendar(session, services.settings.office_hours, bangkok_day(now))
        return TaskFile(
            _views(session, [row], bangkok_day(now))[0],
            next_step(tasks.as_task(row, tasks.ladders(session)), now, calendar),
            [(notice, names[notice.person_id]) for notice in said],
            notices.suppressions(session, task_id),
            messages.messages_carrying(session, [notice.id or 0 for notice in said]),
            evidence.of(session, task_id),
            audit.trail(session, task_id),
        )


def _views(session: Session, rows: list[TaskRow], today: date) -> list[TaskView]:
    names, directory = people.unit_names(session), people.directory(session, today)
    known = tasks.ladders(session)
    return [TaskView(row, names[row.unit_id], _owner(row, directory, known), _days_late(row, today)) for row in rows]


def _owner(row: TaskRow, directory: Directory, known: Mapping[str, Any]) -> str | None:
    owners = directory.who("owner", tasks.as_task(row, dict(known)))
    return ", ".join(person.name for person in owners) or None


def _days_late(row: TaskRow, today: date) -> int:
    return max(0, (today - row.due).days) if row.status == "open" else 0
