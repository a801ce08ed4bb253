"""Gathers the memo of a task's newest follow-up, and writes it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from sqlmodel import Session

from schedules.calendars import bangkok_day
from schedules.ladders import Rung
from tracker.domain.people import Directory
from tracker.errors import Refused
from tracker.reports.memo import Memo
from tracker.reports.memo_docx import write_memo as write_docx
from tracker.store import messages, notices, people, plans, tasks
from tracker.store.tables import TaskRow
from tracker.store.types import MessageStatus
from tracker.usecases.services import Services
from tracker.usecases.write_file import write_file


@dataclass(frozen=True, slots=True)
class _Told:
    """When a task was first spoken of, and when each follow-up was, by its number."""

    first: date
    follow_ups: Mapping[int, date]


def write_memo(services: Services, task_id: int, path: Path) -> Memo:
    """Write the memo as a Word document and return it; an older file of that name is replaced.

    Raises like `follow_up_memo`; Refused too on another ending, or when the file cannot be written.
    """
    if path.suffix.lower() != ".docx":
        raise Refused(f"A memo is written as a Word document: name the file {path.stem or 'memo'}.docx.")
    memo = follow_up_memo(services, task_id)
    write_file(path, lambda partial: write_docx(memo, partial))
    return memo


def follow_up_memo(services: Services, task_id: int) -> Memo:
    """Return the memo of the newest follow-up that was really sent in the task's cycle.

    Raises NotFound; Refused when the task is closed or reported, or when no follow-up was sent yet.
    """
    today = bangkok_day(services.clock.now())
    with services.store.reading() as session:
        row = tasks.task(session, task_id)
        if row.status != "open":
            raise Refused(
                f"Task {task_id} is {row.status}, so there is nothing to follow up: see `tracker task show {task_id}`."
            )
        told = _told(session, row)
        if told is None or not told.follow_ups:
            raise Refused(
                f"No follow-up of task {task_id} was sent yet, so there is none to write a memo of: "
                f"see its notices with `tracker task show {task_id}`."
            )
        units = people.unit_names(session)
        return _memo(row, told, plans.plan(session, row.plan_id).agency, units, people.directory(session, today), today)


def _told(session: Session, row: TaskRow) -> _Told | None:
    """Return what was said of a task in its cycle: only what a channel has accepted counts."""
    rungs = _rungs(session, row)
    said: dict[str, datetime] = {}
    rows = [each for each in notices.notices(session, row.id) if each.cycle == row.cycle]
    for message in messages.messages_carrying(session, [each.id or 0 for each in rows]):
        if message.status != MessageStatus.SENT or message.sent_at is None:
            continue
        for notice in notices.notices_of(session, message.id or 0):
            if notice.task_id == row.id and notice.cycle == row.cycle:
                said[notice.rung] = min(message.sent_at, said.get(notice.rung, message.sent_at))
    if not said:
        return None
    follow_ups = {rungs[name].follow_up: bangkok_day(at) for name, at in said.items() if rungs[name].follow_up}
    return _Told(bangkok_day(min(said.values())), dict(sorted(follow_ups.items())))


def _rungs(session: Session, row: TaskRow) -> dict[str, Rung]:
    """Return every rung by its name, the task's own first: an edited ladder keeps what older ones said readable."""
    known = tasks.ladders(session)
    return {rung.name: rung for ladder in (*known.values(), known[row.ladder]) for rung in ladder.rungs}


def _memo(row: TaskRow, told: _Told, agency: str, units: Mapping[int, str], directory: Directory, today: date) -> Memo:
    coordinator = next(iter(directory.coordinators()), None)
    heads = [directory.position_of(head.id) for head in directory.who("supervisor", row)]
    office = directory.unit_of(coordinator.id) if coordinator else None
    return Memo(
        agency=agency,
        sender=None if office is None else units[office],
        to=next(filter(None, heads), None) or f"หัวหน้า{units[row.unit_id]}",
        task_id=row.id or 0,
        title=row.title,
        unit=units[row.unit_id],
        measure=row.measure_title,
        due=row.due,
        days_late=(today - row.due).days,
        on=today,
        follow_up=max(told.follow_ups),
        first_notified_on=told.first,
        followed_on=tuple(told.follow_ups.values()),
        contact=f"ผู้ประสานงาน ITA {coordinator.name}" if coordinator else None,
    )
