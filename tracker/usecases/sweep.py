"""One check: what has come due is decided, written and put into the outbox, in one transaction."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session

from schedules.calendars import WorkCalendar, bangkok_day
from tracker.domain.decisions import Notice, Suppression, Unreached, decide
from tracker.errors import Misconfigured
from tracker.store import audit, holidays, marks, notices, outbox, tasks
from tracker.store.tables import NoticeRow, TaskRow
from tracker.usecases.compose_messages import Writer
from tracker.usecases.pass_on import returned
from tracker.usecases.queue_messages import assemble, queue
from tracker.usecases.services import Services
from tracker.usecases.standing import (
    DAILY,
    WEEKLY,
    daily_is_due,
    read_day,
    read_standing,
    unreached_incident,
    weekly_is_due,
    weeks_of,
)

MARK = "sweep"
DECIDED = "decided"
"""The mark of the last check that was made while the office was open, and so left nothing undecided."""
_FIRST_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class SweepResult:
    """What a check did. `queued` counts the messages of each channel that can be sent now, old ones too."""

    notices: int = 0
    messages: int = 0
    suppressed: int = 0
    closed_until: datetime | None = None
    queued: dict[str, int] = field(default_factory=dict)

    @property
    def summary(self) -> str:
        """Return one line for a log or a screen."""
        if self.closed_until:
            return f"office closed: nothing is decided before {self.closed_until.isoformat()}"
        waiting = ", ".join(f"{count} on {channel}" for channel, count in sorted(self.queued.items())) or "none"
        return (
            f"{self.notices} notices in {self.messages} new messages, {self.suppressed} superseded or withheld; "
            f"to send now: {waiting}"
        )


def sweep(services: Services) -> SweepResult:
    """Decide everything that has come due and queue one message for each recipient.

    Safe to repeat and to run twice at once. Outside office hours nothing is decided. Raises Misconfigured
    when no channel is switched on, and decides nothing then, so that nothing is lost.
    """
    if not services.channels:
        raise Misconfigured(
            "No channel is switched on, so nothing was decided: set TRACKER_EMAIL_URL or TRACKER_LINE_TOKEN."
        )
    now = services.clock.now()
    with services.store.writing() as session:
        marks.only_one(session, MARK)
        calendar = holidays.calendar(session, services.settings.office_hours, bangkok_day(now))
        if not calendar.is_open(now):
            marks.set_mark(session, MARK, now)
            return SweepResult(closed_until=calendar.next_open(now))
        audit.hold(session)
        return _decide_all(session, services, calendar, now)


def _decide_all(session: Session, services: Services, calendar: WorkCalendar, now: datetime) -> SweepResult:
    marks.set_mark(session, DECIDED, now)
    writer = Writer.of(session, services, now)
    rows = {row.id or 0: row for row in tasks.due_for_notice(session, now)}
    back = notices.given_back(session)
    rows_back = {each.task_id: tasks.task(session, each.task_id) for each in back}
    decision = decide(
        (tasks.as_task(row, writer.ladders) for row in rows.values()),
        writer.directory,
        now=now,
        calendar=calendar,
        available=writer.available,
        returned=[each for notice in back if (each := returned(writer, notice, rows_back[notice.task_id]))],
    )
    new = notices.add_notices(session, decision.notices, now)
    notices.passed_on(session, back)
    notices.add_suppressions(session, [*decision.suppressions, *_said_before(decision.notices, new)], now)
    tasks.record_steps(session, decision.steps)
    _report_unreached(writer, decision.unreached)
    messages = _tell(writer, new, rows_back | rows)
    marks.set_mark(session, MARK, now)
    return SweepResult(len(new), messages, len(decision.suppressions), queued=outbox.claimable(session, now))


def _said_before(wanted: list[Notice], new: list[NoticeRow]) -> list[Suppression]:
    """Return the notices whose key exists already, such as a rung that an edited ladder moved to a later day."""
    stored = {(row.task_id, row.cycle, row.rung, row.person_id) for row in new}
    return [
        Suppression(each.task_id, each.cycle, each.rung.name, f"person {each.person_id} was told of it before")
        for each in wanted
        if (each.task_id, each.cycle, each.rung.name, each.person_id) not in stored
    ]


def _tell(writer: Writer, new: list[NoticeRow], rows: dict[int, TaskRow]) -> int:
    """Queue one message for each person with everything that this check has for them; return their number."""
    writer.learn({notice.task_id for notice in new})
    about: dict[int, list[tuple[NoticeRow, TaskRow]]] = {}
    for notice in new:
        about.setdefault(notice.person_id, []).append((notice, rows[notice.task_id]))
    day_since, told = _digests(writer)
    parts = assemble(writer, about, **told)
    for person_id, each in parts.items():
        queue(writer, person_id, each, day_since=day_since)
    return len(parts)


def _digests(writer: Writer) -> tuple[datetime | None, dict[str, Any]]:
    """Return the start of the coordinator's day when its digest is due, and what digests and incidents say now."""
    session, day, weeks = writer.session, None, {}
    untold = notices.untold_incidents(session) if writer.coordinators() else []
    daily, weekly = marks.mark(session, DAILY), marks.mark(session, WEEKLY)
    since = daily or writer.now - _FIRST_DAY
    if writer.coordinators() and daily_is_due(daily, writer.today):
        day = read_day(writer, read_standing(writer), since=since, incidents=[incident.text for incident in untold])
        marks.set_mark(session, DAILY, writer.now)
    if weekly_is_due(weekly, writer.today):
        weeks = weeks_of(writer, read_standing(writer))
        marks.set_mark(session, WEEKLY, writer.now)
    for incident in untold:
        incident.told_at = writer.now
    texts = tuple(incident.text for incident in untold)
    return since if day else None, {"day": day, "incidents": texts, "weeks": weeks}


def _report_unreached(writer: Writer, unreached: list[Unreached]) -> None:
    for each in unreached:
        notices.report_incident(writer.session, *unreached_incident(writer, each), writer.now)
