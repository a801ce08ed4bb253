"""One check: what has come due is decided, written and put into the outbox, in one transaction."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel import Session

from schedules.calendars import WorkCalendar, bangkok_day
from tracker.domain.decisions import Decision, Unreached, decide
from tracker.errors import Misconfigured
from tracker.store import audit, holidays, marks, notices, outbox, tasks
from tracker.store.tables import MessageRow, NoticeRow, TaskRow
from tracker.usecases.compose_messages import About, Writer
from tracker.usecases.queue_messages import new_retry_key, queue, short_reference, written
from tracker.usecases.services import Services
from tracker.usecases.tell_coordinators import tell_coordinators

ACTOR = "sweep"
MARK = "sweep"


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
    writer = Writer.of(session, services, now)
    known = tasks.ladders(session)
    rows = {row.id: row for row in tasks.due_for_notice(session, now) if row.id is not None}
    decision = decide(
        (tasks.as_task(row, known) for row in rows.values()),
        writer.directory,
        now=now,
        calendar=calendar,
        available=writer.available,
    )
    _report_unreached(writer, decision.unreached)
    messages = _queue_all(writer, decision, rows)
    notices.add_suppressions(session, decision.suppressions, now)
    tasks.record_steps(session, decision.steps)
    messages += tell_coordinators(writer)
    marks.set_mark(session, MARK, now)
    return SweepResult(
        len(decision.notices), messages, len(decision.suppressions), queued=outbox.claimable(session, now)
    )


def _queue_all(writer: Writer, decision: Decision, rows: dict[int, TaskRow]) -> int:
    """Store the notices and one message for each recipient; return the number of messages."""
    new = notices.add_notices(writer.session, decision.notices, writer.now)
    writer.learn({notice.task_id for notice in new})
    by_person: dict[int, list[tuple[NoticeRow, TaskRow]]] = {}
    for notice in new:
        by_person.setdefault(notice.person_id, []).append((notice, rows[notice.task_id]))
    for person_id, about in by_person.items():
        _queue_one(writer, person_id, about)
    return len(by_person)


def _queue_one(writer: Writer, person_id: int, about: About) -> None:
    retry_key, route = new_retry_key(), writer.route(person_id)
    notice_ids = [notice.id for notice, _ in about if notice.id is not None]
    row = queue(
        writer.session,
        MessageRow(
            key=f"notices:{notice_ids[0]}",
            kind="notices",
            person_id=person_id,
            retry_key=retry_key,
            **written(route, writer.content(person_id, about, channel=route[0], reference=short_reference(retry_key))),
        ),
        notice_ids,
        now=writer.now,
    )
    said = [f"{notice.task_id}/{notice.cycle}/{notice.rung}/{notice.audience}" for notice, _ in about]
    audit.append(
        writer.session,
        at=writer.now,
        actor=ACTOR,
        action="message queued",
        detail={"message": row.id, "person": person_id, "channel": route[0], "notices": said},
    )


def _report_unreached(writer: Writer, unreached: list[Unreached]) -> None:
    """Keep, once a day for each unit and audience, that somebody could not be told."""
    for each in unreached:
        unit = writer.units[each.unit_id]
        if each.told_instead:
            text = f"หน่วยงาน “{unit}” ไม่มี{_WHO[each.level]}ที่ติดต่อได้ ระบบจึงแจ้ง{_WHO[each.told_instead]}แทน"
        else:
            text = f"หน่วยงาน “{unit}” ไม่มีผู้ใดที่ติดต่อได้ในทุกระดับ จึงยังไม่มีผู้ได้รับแจ้ง"
        key = f"unreached:{writer.today}:{each.unit_id}:{each.level}"
        notices.report_incident(writer.session, key, text, writer.now)


_WHO = {
    "owner": "เจ้าหน้าที่ผู้รับผิดชอบ",
    "supervisor": "หัวหน้าส่วน",
    "executive": "ผู้บริหาร",
    "coordinator": "ผู้ประสานงาน",
}
