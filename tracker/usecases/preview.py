"""What would leave in a span of time: the sweep's own functions, run on a copy; nothing is stored."""

import heapq
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from sqlmodel import Session

from schedules.calendars import WorkCalendar, bangkok_day
from tracker.domain.decisions import Notice, decide
from tracker.domain.messages import CoordinatorDay, OverdueTask, compose_coordinator_day
from tracker.domain.notices import due
from tracker.domain.tasks import Task
from tracker.store import holidays, marks, people, tasks
from tracker.store.tables import NoticeRow, TaskRow
from tracker.usecases.compose_messages import Writer
from tracker.usecases.services import Services
from tracker.usecases.tell_coordinators import MARK as DAILY

_DEFAULT_CHANNELS = frozenset({"email", "line"})


@dataclass(frozen=True, slots=True)
class Foretold:
    """One message that would leave at an instant (UTC) if nobody acts before."""

    at: datetime
    recipient: str
    channel: str
    subject: str
    notices: tuple[tuple[int, str, str], ...]


@dataclass(slots=True)
class _Rehearsal:
    """A copy of what a sweep looks at, moved forward from one instant to the next."""

    writer: Writer
    calendar: WorkCalendar
    rows: dict[int, TaskRow]
    tasks: dict[int, Task]
    agenda: list[tuple[datetime, int]] = field(default_factory=list)


def preview(services: Services, *, now: datetime, start: date, end: date) -> list[Foretold]:
    """Return every message that would leave from one day to another, both included, if nobody acts.

    Channels are those that are switched on; with none, e-mail and LINE are assumed, so that a plan can be
    looked at before the administrator has set anything up.
    """
    with services.store.reading() as session:
        rehearsal = _copy(session, services, now)
        before = marks.mark(session, DAILY)
        messages = list(_play(session, rehearsal, now, end, before))
    return [message for message in messages if start <= bangkok_day(message.at)]


def _copy(session: Session, services: Services, now: datetime) -> _Rehearsal:
    known = tasks.ladders(session)
    rows = {row.id: row for row in tasks.tasks(session, statuses=("open",)) if row.id is not None}
    writer = Writer.of(session, services, now, available=available_channels(services))
    writer.learn(rows)
    return _Rehearsal(
        writer,
        holidays.calendar(session, services.settings.office_hours, writer.today),
        rows,
        {task_id: tasks.as_task(row, known) for task_id, row in rows.items()},
    )


def available_channels(services: Services) -> frozenset[str]:
    """Return the channels that the settings switch on, e-mail and LINE when there are none."""
    settings = services.settings
    names = {"email": settings.email_url, "line": settings.line_token}
    on = {name for name, value in names.items() if value} | set(settings.channels)
    return frozenset(on) or _DEFAULT_CHANNELS


def _play(
    session: Session, copy: _Rehearsal, now: datetime, end: date, daily_before: datetime | None
) -> Iterator[Foretold]:
    """Yield the messages of each instant at which a sweep would have something to say."""
    for task in copy.tasks.values():
        _put_on_agenda(copy, task, now)
    for day in _days(bangkok_day(now), end):
        opening = copy.calendar.next_open(max(now, copy.calendar.opening(day)))
        if bangkok_day(opening) != day:
            continue
        copy.writer = replace(copy.writer, directory=people.directory(session, day), now=opening)
        yield from _say(copy)
        if daily_before is None or bangkok_day(daily_before) < day:
            yield from _daily(copy)


def _days(start: date, end: date) -> Iterator[date]:
    while start <= end:
        yield start
        start += timedelta(days=1)


def _put_on_agenda(copy: _Rehearsal, task: Task, now: datetime) -> None:
    found = due(task, now=now, calendar=copy.calendar)
    at = now if found.rung else found.next_at
    if at is not None:
        heapq.heappush(copy.agenda, (at, task.id))


def _say(copy: _Rehearsal) -> Iterator[Foretold]:
    """Yield the messages about everything on the agenda up to the writer's moment, and look ahead from there."""
    writer, come, ended = copy.writer, [], []
    while copy.agenda and copy.agenda[0][0] <= writer.now:
        come.append(copy.tasks[heapq.heappop(copy.agenda)[1]])
    decision = decide(come, writer.directory, now=writer.now, calendar=copy.calendar, available=writer.available)
    for step in decision.steps:
        copy.tasks[step.task_id] = replace(copy.tasks[step.task_id], reached=step.reached)
        ended += [copy.rows[step.task_id]] if step.next_at is None else []
        _put_on_agenda(copy, copy.tasks[step.task_id], writer.now)
    for notice in decision.notices:
        writer.spoken.setdefault((notice.task_id, notice.cycle), {}).setdefault(notice.rung.name, writer.now)
    for person_id, about in decision.by_person().items():
        yield _foretold(copy, person_id, about)
    writer.ended.extend(ended)


def _foretold(copy: _Rehearsal, person_id: int, about: list[Notice]) -> Foretold:
    writer = copy.writer
    pairs = [(_as_row(notice, writer.now), copy.rows[notice.task_id]) for notice in about]
    digest = writer.digest(person_id, pairs, reference="")
    said = tuple((notice.task_id, notice.rung.name, notice.audience) for notice in about)
    return Foretold(writer.now, _name(writer, person_id), writer.route(person_id)[0], digest.subject, said)


def _name(writer: Writer, person_id: int) -> str:
    return writer.directory.people[person_id].name


def _as_row(notice: Notice, at: datetime) -> NoticeRow:
    return NoticeRow(
        task_id=notice.task_id,
        cycle=notice.cycle,
        rung=notice.rung.name,
        person_id=notice.person_id,
        audience=notice.audience,
        meant_for=notice.meant_for,
        decided_at=at,
    )


def _daily(copy: _Rehearsal) -> Iterator[Foretold]:
    writer = copy.writer
    day = CoordinatorDay(
        overdue=tuple(
            OverdueTask(row.id or 0, writer.units[row.unit_id], row.title, row.due)
            for row in copy.rows.values()
            if row.due < writer.today
        )
    )
    for person in writer.directory.coordinators():
        if person.routes(writer.available):
            to = writer.addressee(person.id)
            digest = compose_coordinator_day(to, day, today=writer.today, agency=writer.agency, reference="")
            yield Foretold(writer.now, person.name, writer.route(person.id)[0], digest.subject, ())
