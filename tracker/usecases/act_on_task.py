"""What a person does to tasks: all of it or nothing, each with its audit entry in the same transaction."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from schedules.calendars import WorkCalendar, bangkok_day
from tracker.domain.tasks import NEEDS_REASON, Act, check_promise, move
from tracker.domain.thai.dates import short_day
from tracker.errors import Refused
from tracker.store import audit, evidence, holidays, tasks
from tracker.store.tables import TaskRow
from tracker.usecases.look_ahead import look_ahead
from tracker.usecases.services import Services


@dataclass(frozen=True, slots=True)
class Said:
    """What goes with an act. `day` is the new due date of extend, or the promised date of ack."""

    actor: str
    reason: str | None = None
    day: date | None = None
    on: date | None = None
    owner_id: int | None = None
    result: str | None = None
    problems: str | None = None
    suggestions: str | None = None
    evidence: tuple[str, ...] = field(default=())


def act_on_tasks(services: Services, act: Act, task_ids: Sequence[int], said: Said) -> list[TaskRow]:
    """Do one act to some tasks and return them as they stand then.

    Raises Refused, and changes nothing at all, when any one of them does not allow it.
    """
    now = services.clock.now()
    _check_words(act, said, bangkok_day(now))
    kept = [evidence.take_in(services.settings.home, given) for given in said.evidence]
    with services.store.writing() as session:
        audit.hold(session)
        calendar = holidays.calendar(session, services.settings.office_hours, bangkok_day(now))
        rows = [tasks.task(session, task_id) for task_id in dict.fromkeys(task_ids)]
        for row in rows:
            _act(session, act, row, said, calendar, now)
            for each in kept:
                evidence.add(session, row.id or 0, each, now)
        session.flush()
        return [tasks.task(session, row.id or 0) for row in rows]


def _check_words(act: Act, said: Said, today: date) -> None:
    if act in NEEDS_REASON and not (said.reason or "").strip():
        raise Refused(f'`task {act}` needs a reason, which is kept in the audit trail: add --reason "...".')
    if said.on is not None and said.on > today:
        raise Refused(
            f"--on {short_day(said.on)} lies in the future: "
            f"give the day on which it was done, {short_day(today)} or before."
        )


def _act(session: Session, act: Act, row: TaskRow, said: Said, calendar: WorkCalendar, now: datetime) -> None:
    task_id, before = row.id or 0, {"status": row.status, "due": row.due.isoformat()}
    status = move(task_id, row.status, act)  # type: ignore[arg-type]  # a CHECK constraint holds it to the states
    values = {**_effects(session, act, row, said, now), "status": status}
    tasks.change(session, row, **values, next_rung=None, next_notice_at=None)
    if status == "open":
        look_ahead(row, tasks.ladders(session), calendar, now)
    audit.append(
        session,
        at=now,
        actor=said.actor,
        action=f"task {act}",
        task_id=task_id,
        reason=said.reason,
        detail={"before": before, "set": _plain(values), "evidence": list(said.evidence)},
    )


def _effects(session: Session, act: Act, row: TaskRow, said: Said, now: datetime) -> dict[str, Any]:
    """Return what an act changes beside the state; raises Refused when its date or person is not allowed."""
    today = bangkok_day(now)
    told = {
        key: value
        for key, value in (
            ("result", said.result),
            ("problems", said.problems),
            ("suggestions", said.suggestions),
        )
        if value is not None
    }
    if act == "submit":
        return {**told, "submitted_on": said.on or today}
    if act in ("done", "waive"):
        return {**told, "closed_on": said.on or today}
    if act == "reopen":
        return {"submitted_on": None, "closed_on": None}
    if act == "extend":
        return _extension(row, said.day)
    if act == "ack":
        return _promise(session, row, said.day, now)
    return {"owner_id": said.owner_id}


def _extension(row: TaskRow, to: date | None) -> dict[str, Any]:
    if to is None or to <= row.due:
        raise Refused(f"Task {row.id} is due on {short_day(row.due)}: extend it to a later day with --to.")
    return {
        "due": to,
        "cycle": row.cycle + 1,
        "reached": -1,
        "promised": None,
        "promised_at": None,
        "promises": 0,
    }


def _promise(session: Session, row: TaskRow, until: date | None, now: datetime) -> dict[str, Any]:
    if until is None:
        raise Refused(f"A promise for task {row.id} needs its date: add --until.")
    check_promise(tasks.as_task(row, tasks.ladders(session)), until, bangkok_day(now))
    return {"promised": until, "promised_at": now, "promises": row.promises + 1}


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value.isoformat() if isinstance(value, (date, datetime)) else value for key, value in values.items()}
