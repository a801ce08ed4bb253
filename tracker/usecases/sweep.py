"""One check: what has come due is decided, written and put into the outbox, in one transaction."""

from array import array
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlmodel import Session

from schedules.calendars import WorkCalendar, bangkok_day
from tracker.domain.counting import counted
from tracker.domain.decisions import Decision, Notice, Suppression, decide
from tracker.domain.thai.dates import short_moment
from tracker.errors import Misconfigured
from tracker.store import audit, holidays, marks, messages, notices, tasks
from tracker.usecases.compose_messages import Writer
from tracker.usecases.pass_on import returned
from tracker.usecases.queue_messages import Order, queue
from tracker.usecases.services import Services
from tracker.usecases.standing import (
    DAILY,
    WEEKLY,
    daily_is_due,
    read_standing,
    unreached_incident,
    weekly_is_due,
    weeks_of,
)

MARK = "sweep"
DECIDED = "decided"
"""The mark of the last check that was made while the office was open, and so left nothing undecided."""
_FIRST_DAY = timedelta(days=1)
_CHUNK = 1000


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
            return f"office closed: nothing is decided before {short_moment(self.closed_until)}"
        waiting = ", ".join(f"{count} on {channel}" for channel, count in sorted(self.queued.items())) or "none"
        return (
            f"{counted(self.notices, 'notice')} in {counted(self.messages, 'new message')}, "
            f"{self.suppressed} superseded or withheld; to send now: {waiting}"
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
    """Decide in chunks, so that a hundred thousand tasks need no more memory than a thousand."""
    marks.set_mark(session, DECIDED, now)
    writer, decided = Writer.of(session, services, now), _Decided()
    ids, back = tasks.due_for_notice(session, now), notices.given_back(session)
    returns = [each for notice in back if (each := returned(writer, notice, tasks.task(session, notice.task_id)))]
    for start in range(0, max(len(ids), 1), _CHUNK):
        decision = decide(
            tasks.hold_due(session, ids[start : start + _CHUNK], now, writer.ladders),
            writer.directory,
            now=now,
            calendar=calendar,
            available=writer.available,
            returned=returns if start == 0 else (),
        )
        decided.store(writer, decision)
    notices.passed_on(session, back)
    told = queue(writer, _orders(writer, decided.about))
    marks.set_mark(session, MARK, now)
    return SweepResult(decided.notices, told, decided.withheld, queued=messages.claimable(session, now))


@dataclass(slots=True)
class _Decided:
    """What the decisions of one check come to: `about` holds the ids of each person's new notices."""

    notices: int = 0
    withheld: int = 0
    about: "dict[int, array[int]]" = field(default_factory=dict)

    def store(self, writer: Writer, decision: Decision) -> None:
        session, now = writer.session, writer.now
        new = notices.add_notices(session, decision.notices, now)
        notices.add_suppressions(session, [*decision.suppressions, *_said_before(decision.notices, new)], now)
        tasks.record_steps(session, decision.steps)
        for key, text in dict(unreached_incident(writer, each) for each in decision.unreached).items():
            notices.report_incident(session, key, text, now)
        for (_, _, _, person_id), notice_id in new.items():
            self.about.setdefault(person_id, array("q")).append(notice_id)
        self.notices += len(new)
        self.withheld += len(decision.suppressions)


def _said_before(wanted: list[Notice], new: Collection[notices.Key]) -> list[Suppression]:
    """Return the notices whose key exists already, such as a rung that an edited ladder moved to a later day."""
    return [
        Suppression(each.task_id, each.cycle, each.rung.name, f"person {each.person_id} was told of it before")
        for each in wanted
        if (each.task_id, each.cycle, each.rung.name, each.person_id) not in new
    ]


def _orders(writer: Writer, about: "dict[int, array[int]]") -> list[Order]:
    """Return one message for each person with everything that this check has for them: notices, digests, incidents."""
    session, now = writer.session, writer.now
    coordinators = [person.id for person in writer.coordinators()]
    untold = notices.untold_incidents(session) if coordinators else []
    since = (
        _begin(session, DAILY, now) if coordinators and daily_is_due(marks.mark(session, DAILY), writer.today) else None
    )
    weeks: Collection[int] = ()
    if weekly_is_due(marks.mark(session, WEEKLY), writer.today):
        weeks = weeks_of(writer, read_standing(writer))
        _begin(session, WEEKLY, now)
    for incident in untold:
        incident.told_at = now
    told = coordinators if since or untold else []
    return [
        Order(
            person_id,
            about.get(person_id, ()),
            since if person_id in told else None,
            incidents=bool(untold) and person_id in told,
            week=person_id in weeks,
        )
        for person_id in dict.fromkeys([*about, *told, *weeks])
    ]


def _begin(session: Session, name: str, now: datetime) -> datetime:
    """Keep that a digest was made, and return since when it tells."""
    before = marks.mark(session, name)
    marks.set_mark(session, name, now)
    return before or now - _FIRST_DAY
