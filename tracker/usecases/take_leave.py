"""Leave: who acts for whom from when until when."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from schedules.calendars import DAY, bangkok_day
from tracker.domain.thai.dates import short_day
from tracker.errors import Refused
from tracker.store import audit, leaves, people
from tracker.store.tables import LeaveRow
from tracker.usecases.person_named import person_named
from tracker.usecases.services import Services

_LONGEST = 366


@dataclass(frozen=True, slots=True)
class LeaveView:
    """A leave with the names of both; `until` is the first day on which the person is back."""

    id: int
    person: str
    substitute: str
    since: date
    until: date


def add_leave(
    services: Services, person: str, substitute: str, *, since: date, until: date, actor: str
) -> tuple[LeaveView, list[str]]:
    """Store a leave and return it with remarks on what a person should look at.

    Names or numbers of people. Raises Refused when somebody is not known, the span is no span, or the person is
    on leave already in a part of it.
    """
    now = services.clock.now()
    with services.store.writing() as session:
        audit.hold(session)
        row = _row(session, person_named(session, person), person_named(session, substitute), since, until)
        session.add(row)
        session.flush()
        view = _view(session, row)
        _keep(session, now, actor, "leave add", row)
        return view, list(_remarks(session, row, view))


def end_leave(services: Services, leave_id: int, *, actor: str) -> LeaveView:
    """End a leave: today when it has begun, or take it back whole when it has not; a past one stays as it was."""
    now = services.clock.now()
    today = bangkok_day(now)
    with services.store.writing() as session:
        audit.hold(session)
        row = leaves.leave(session, leave_id)
        if row.until <= today:
            raise Refused(f"Leave {leave_id} ended on {short_day(row.until)} already.")
        view = _view(session, row)
        if row.since < today:
            row.until = today
            view = _view(session, row)
        _keep(session, now, actor, "leave end", row)
        if row.since >= today:
            session.delete(row)
        return view


def list_leaves(services: Services, *, past: bool = False) -> list[LeaveView]:
    """Return the leaves that have not ended, or all, in the order of their beginning."""
    today = bangkok_day(services.clock.now())
    with services.store.reading() as session:
        return [_view(session, row) for row in leaves.leaves(session) if past or row.until > today]


def _row(session: Session, person_id: int, substitute_id: int, since: date, until: date) -> LeaveRow:
    name = people.name_of(session, person_id)
    if person_id == substitute_id:
        raise Refused(f"{name} cannot act for themselves: name somebody else with --substitute.")
    if not since < until:
        raise Refused(
            f"--until ({short_day(until)}) is the first day back, so it lies after --from ({short_day(since)})."
        )
    if (until - since).days > _LONGEST:
        raise Refused(f"A leave of over a year is a transfer: give {name}'s post an end in the people file instead.")
    if there := leaves.overlapping(session, person_id, since, until):
        raise Refused(
            f"{name} is on leave already from {short_day(there.since)} until {short_day(there.until)} "
            f"(leave {there.id}): end that one first with `tracker leave end {there.id}`."
        )
    return LeaveRow(person_id=person_id, substitute_id=substitute_id, since=since, until=until)


def _remarks(session: Session, row: LeaveRow, view: LeaveView) -> Iterator[str]:
    """Yield what makes a leave worth a second look: nobody reads for the person on its first day, or on a later one."""
    staff, day = people.staff(session), row.since
    said: set[int | None] = set()
    while day < row.until:
        recipient = staff.on(day).in_place_of(row.person_id)
        if recipient is None and None not in said:
            yield (
                f"From {day} on nobody acts for {view.person}: {view.substitute} is away too or has left, and so have "
                "their substitutes. What is due then goes to the next audience up."
            )
        elif recipient and recipient.person.id not in {row.substitute_id, *said}:
            yield f"From {day} on {recipient.person.name} acts, because {view.substitute} is on leave too."
        said.add(recipient.person.id if recipient else None)
        day += DAY


def _view(session: Session, row: LeaveRow) -> LeaveView:
    names = people.name_of(session, row.person_id), people.name_of(session, row.substitute_id)
    return LeaveView(row.id or 0, *names, row.since, row.until)


def _keep(session: Session, now: datetime, actor: str, action: str, row: LeaveRow) -> None:
    span = {"from": row.since.isoformat(), "until": row.until.isoformat()}
    detail = {"leave": row.id, "person": row.person_id, "substitute": row.substitute_id, **span}
    audit.append(session, at=now, actor=actor, action=action, detail=detail)
