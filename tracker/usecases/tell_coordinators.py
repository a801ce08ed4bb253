"""The coordinator's daily digest, and word at once of what cannot wait; in the sweep's transaction."""

from datetime import datetime, timedelta

from schedules.calendars import bangkok_day
from tracker.delivery.redaction import mask_address
from tracker.domain.messages import (
    CoordinatorDay,
    Digest,
    FailedDelivery,
    OverdueTask,
    SubmittedTask,
    UnownedTask,
    compose_coordinator_day,
    compose_incidents,
)
from tracker.domain.people import Level, Person
from tracker.store import marks, notices, outbox, tasks
from tracker.store.tables import IncidentRow, MessageRow, TaskRow
from tracker.usecases.compose_messages import Writer, content_for
from tracker.usecases.queue_messages import new_retry_key, queue, short_reference, written

MARK = "daily"
_FIRST_DAY = timedelta(days=1)


def tell_coordinators(writer: Writer) -> int:
    """Queue the daily digest if today's was not made yet, or else the incidents that nobody was told of.

    Returns the number of messages. The caller has made sure that the office is open.
    """
    readers = [person for person in writer.directory.coordinators() if person.routes(writer.available)]
    incidents = notices.untold_incidents(writer.session)
    before = marks.mark(writer.session, MARK)
    daily = before is None or bangkok_day(before) < writer.today
    if not readers or not (daily or incidents):
        return 0
    if daily:
        _tell_day(writer, readers, incidents, since=before or writer.now - _FIRST_DAY)
    else:
        _tell_incidents(writer, readers, incidents)
    for incident in incidents:
        incident.told_at = writer.now
    return len(readers)


def _tell_day(writer: Writer, readers: list[Person], incidents: list[IncidentRow], *, since: datetime) -> None:
    day = _day(writer, incidents, since=since)
    for person in readers:
        retry_key = new_retry_key()
        digest = compose_coordinator_day(
            writer.addressee(person.id),
            day,
            today=writer.today,
            agency=writer.agency,
            reference=short_reference(retry_key),
        )
        _queue(writer, "daily", f"daily:{writer.today}:{person.id}", person, digest, retry_key)
    marks.set_mark(writer.session, MARK, writer.now)


def _tell_incidents(writer: Writer, readers: list[Person], incidents: list[IncidentRow]) -> None:
    for person in readers:
        retry_key = new_retry_key()
        digest = compose_incidents(
            writer.addressee(person.id),
            [incident.text for incident in incidents],
            today=writer.today,
            agency=writer.agency,
            reference=short_reference(retry_key),
        )
        _queue(writer, "incidents", f"incidents:{incidents[0].id}:{person.id}", person, digest, retry_key)


def _queue(writer: Writer, kind: str, key: str, person: Person, digest: Digest, retry_key: str) -> None:
    route = writer.route(person.id)
    content = content_for(route[0], digest, [], now=writer.now)
    row = MessageRow(key=key, kind=kind, person_id=person.id, retry_key=retry_key, **written(route, content))
    queue(writer.session, row, [], now=writer.now)


def _day(writer: Writer, incidents: list[IncidentRow], *, since: datetime) -> CoordinatorDay:
    """Return what happened since the last digest and what stands open."""
    active = tasks.tasks(writer.session, statuses=("open", "submitted"))
    overdue = [row for row in active if row.status == "open" and row.due < writer.today]
    reached = notices.highest_audience(writer.session, [row.id for row in overdue if row.id is not None])
    return CoordinatorDay(
        since=bangkok_day(since),
        sent=tuple(sorted(outbox.sent_since(writer.session, since).items())),
        failed=tuple(
            FailedDelivery(row.id or 0, row.channel, mask_address(row.address), row.error or "", _unit_of(row, writer))
            for row in outbox.dead_since(writer.session, since)
        ),
        unowned=tuple(_unowned(row, writer) for row in active if _nobody_answers(row, writer)),
        submitted=tuple(_submitted(row, writer) for row in active if row.status == "submitted"),
        overdue=tuple(_overdue(row, reached.get((row.id or 0, row.cycle)), writer) for row in overdue),
        incidents=tuple(incident.text for incident in incidents),
    )


def _unit_of(row: MessageRow, writer: Writer) -> str | None:
    unit_id = writer.directory.unit_of(row.person_id)
    return None if unit_id is None else writer.units[unit_id]


def _overdue(row: TaskRow, told: Level | None, writer: Writer) -> OverdueTask:
    return OverdueTask(row.id or 0, writer.units[row.unit_id], row.title, row.due, told, _follow_up(row, writer))


def _nobody_answers(row: TaskRow, writer: Writer) -> bool:
    return row.status == "open" and row.owner_id is None and not writer.directory.unit_has_officer(row.unit_id)


def _unowned(row: TaskRow, writer: Writer) -> UnownedTask:
    return UnownedTask(row.id or 0, writer.units[row.unit_id], row.title, row.due)


def _submitted(row: TaskRow, writer: Writer) -> SubmittedTask:
    return SubmittedTask(row.id or 0, writer.units[row.unit_id], row.title, row.due, row.submitted_on or row.due)


def _follow_up(row: TaskRow, writer: Writer) -> int:
    """Return the n of the newest ติดตามครั้งที่ n that was decided for a task, 0 for none."""
    rungs = writer.ladders[row.ladder].rungs
    return rungs[row.reached].follow_up if row.reached >= 0 else 0
