"""What would leave in a span of time: the sweep's own functions, run on a copy; nothing is stored."""

from datetime import date, datetime, timedelta

from sqlmodel import Session

from schedules.calendars import WorkCalendar, bangkok_day
from tracker.intake.limits import Progress, quiet
from tracker.store import channels, holidays, marks, messages, notices, people, tasks
from tracker.usecases.compose_messages import Writer
from tracker.usecases.pass_on import returned
from tracker.usecases.recheck import held
from tracker.usecases.rehearsal import Preview, Rehearsal, Waiting, play
from tracker.usecases.services import Services
from tracker.usecases.standing import (
    DAILY,
    WEEKLY,
)

_DAY = timedelta(days=1)
_DEFAULT_CHANNELS = frozenset({"email", "line"})


def preview(services: Services, *, now: datetime, start: date, end: date, progress: Progress = quiet) -> Preview:
    """Return every message that would leave from one day to another, both included, if nobody acts.

    Channels are those that are switched on; with none, e-mail and LINE are assumed, so that a plan can be
    looked at before the administrator has set anything up.
    """
    with services.store.reading() as session:
        copy = _copy(session, services, now)
        play(copy, now, end, progress)
    messages = [each for each in copy.found.messages if start <= bangkok_day(each.at) <= end]
    withheld = [each for each in copy.found.withheld if start <= bangkok_day(each.at) <= end]
    return Preview(messages, withheld)


def available_channels(services: Services) -> frozenset[str]:
    """Return the channels that the settings switch on, e-mail and LINE when there are none."""
    settings = services.settings
    names = {"email": settings.email_url, "line": settings.line_token}
    on = {name for name, value in names.items() if value} | set(settings.channels)
    return frozenset(on) or _DEFAULT_CHANNELS


def _copy(session: Session, services: Services, now: datetime) -> Rehearsal:
    writer = Writer.of(session, services, now, available=available_channels(services))
    rows = {row.id or 0: row for row in tasks.tasks(session, statuses=("open", "submitted"))}
    writer.learn(rows)
    writer.ended = tasks.past_last_rung(session)
    calendar = holidays.calendar(session, services.settings.office_hours, writer.today)
    back = [(notice, tasks.task(session, notice.task_id)) for notice in notices.given_back(session)]
    copy = Rehearsal(
        writer,
        people.staff(session),
        calendar,
        rows,
        {task_id: tasks.as_task(row, writer.ladders) for task_id, row in rows.items() if row.status == "open"},
        notices.highest_audience(session, rows),
        [incident.text for incident in notices.untold_incidents(session)],
        notices.incident_keys(session, since=writer.now - _DAY),
        [each for notice, row in back if (each := returned(writer, notice, row))],
        _waiting(writer, calendar),
        marks.mark(session, DAILY),
        marks.mark(session, WEEKLY),
    )
    session.expunge_all()  # the rehearsal moves rows forward, and none of that is to be stored
    return copy


def _waiting(writer: Writer, calendar: WorkCalendar) -> list[Waiting]:
    """Return the messages that stand in the outbox, each with the instant at which it can leave."""
    rows = messages.waiting(writer.session)
    carried = held(writer.session, [row.id or 0 for row in rows])
    paused = {row.channel: channels.paused_until(writer.session, row.channel, writer.now) for row in rows}
    return [
        Waiting(
            calendar.next_open(max(writer.now, row.next_attempt_at, paused[row.channel] or writer.now)),
            row,
            carried.about[row.id or 0],
            carried.said,
        )
        for row in rows
    ]
