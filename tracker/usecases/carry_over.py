"""Lets a task that is there go on under what a corrected plan says of it, in the caller's transaction."""

from datetime import datetime
from typing import Any

from sqlmodel import Session

from schedules.calendars import WorkCalendar
from tracker.domain.openings import Opening
from tracker.store import audit, tasks
from tracker.store.tables import TaskRow
from tracker.usecases.look_ahead import look_ahead

ACTOR = "plan import"


def carry_over(
    session: Session, row: TaskRow, opening: Opening, key: str, calendar: WorkCalendar, now: datetime
) -> bool:
    """Store what a plan says of a task now; True when that differs from what it said before.

    A corrected due date begins a new cycle of the ladder, unless a person has moved the date meanwhile under the
    same demand. A finished task stays exactly as it is.
    """
    if row.status not in ("open", "submitted"):
        return False
    said = {**_words(opening), "key": key}
    if row.key != key and row.due != opening.due:
        said |= _new_date(row, opening)
    before = {name: getattr(row, name) for name in said}
    changes = {name: value for name, value in said.items() if value != before[name]}
    if not changes:
        return False
    task_id = row.id
    tasks.change(session, row, **changes)
    if "due" in changes and row.status == "open":
        look_ahead(row, tasks.ladders(session), calendar, now)
    told = {name: [str(before[name]), str(value)] for name, value in changes.items() if name != "key"}
    audit.append(session, at=now, actor=ACTOR, action="task corrected", task_id=task_id, detail=told)
    return bool(told)


def _words(opening: Opening) -> dict[str, Any]:
    measure = opening.measure
    return {
        "title": opening.title,
        "phrase": opening.phrase,
        "line": opening.line,
        "place": opening.place,
        "basis": opening.basis,
        "measure_seq": measure.seq if measure else None,
        "measure_number": measure.number if measure else None,
        "measure_title": measure.title if measure else None,
    }


def _new_date(row: TaskRow, opening: Opening) -> dict[str, Any]:
    if row.status != "open":
        return {"due": opening.due}
    return {
        "due": opening.due,
        "cycle": row.cycle + 1,
        "reached": -1,
        "promised": None,
        "promised_at": None,
        "promises": 0,
    }
