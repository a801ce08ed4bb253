"""Erases a person on request: the Personal Data Protection Act B.E. 2562 (2019), section 33."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from schedules.calendars import bangkok_day
from tracker.domain.counting import counted
from tracker.domain.people import Post, Staff
from tracker.domain.thai.dates import short_day
from tracker.errors import Refused
from tracker.store import audit, erasure, leaves, messages, notices, people, tasks
from tracker.store.tables import PersonRow
from tracker.usecases.person_named import person_named
from tracker.usecases.services import Services

_WHY = "the recipient was erased"
_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Erased:
    """What was erased: messages that were emptied, other texts that were rewritten.

    `remains` names, by table, the rows that still hold the name: the trail, whose chain would break, and the agency's
    own documents. `compacted` is False when old pages of a SQLite file could not be cleared.
    """

    id: int
    messages: int
    texts: int
    remains: Mapping[str, list[Any]]
    compacted: bool


def who_to_erase(services: Services, person: str) -> tuple[int, str]:
    """Return number and name of somebody who can be erased, to be confirmed; raises what `erase_person` does."""
    today = bangkok_day(services.clock.now())
    with services.store.reading() as session:
        row = people.person(session, person_named(session, person))
        _check(session, services, row, today)
        return row.id or 0, row.name


def erase_person(services: Services, person_id: int, *, reason: str, actor: str) -> Erased:
    """Take somebody's name and addresses out of everything but the trail, which gets an entry with who, when and why.

    The number stays, so that what was decided and sent can still be counted and the trail still verifies: its
    entries name people by number. Raises Refused when work would be left to nobody: open tasks name the person,
    nobody else of the role can be reached, or the person acts for somebody on leave.
    """
    now = services.clock.now()
    if not reason.strip():
        raise Refused('An erasure needs a reason, which is kept in the audit trail: add --reason "...".')
    with services.store.writing() as session:
        audit.hold(session)
        row = people.person(session, person_id)
        _check(session, services, row, bangkok_day(now))
        traces = erasure.traces_of(session, row)
        _give_back(session, person_id, now)
        emptied = erasure.forget(session, row, _WHY)
        texts = erasure.rewrite(session, traces)
        audit.append(
            session,
            at=now,
            actor=actor,
            action="people erase",
            reason=traces.pattern().sub(erasure.INSTEAD, reason),
            detail={"person": person_id, "messages": emptied, "texts": texts},
        )
        remains = erasure.remaining(session, traces)
    return Erased(person_id, emptied, texts, remains, services.store.compact())


def _give_back(session: Session, person_id: int, now: datetime) -> None:
    """Let the next check tell others what waited for somebody."""
    waiting = [row.id or 0 for row in erasure.waiting_for(session, person_id)]
    for carried in messages.carried_by(session, waiting).values():
        notices.withdraw(session, carried, now, _WHY)
        notices.give_back(session, carried)


def _check(session: Session, services: Services, row: PersonRow, today: date) -> None:
    if erasure.being_sent(session, row.id or 0):
        raise Refused(f"A message to {row.name} is being sent just now: repeat in a minute.")
    named = [str(task.id) for task in tasks.naming(session, row.id or 0)]
    if named:
        more = f" and {len(named) - _SHOWN} more" if len(named) > _SHOWN else ""
        raise Refused(
            f"{row.name} is named as the owner of tasks {', '.join(named[:_SHOWN])}{more}, not done yet: give them "
            f"to somebody first with `tracker task assign {' '.join(named[:_SHOWN])} --to PERSON`."
        )
    for leave in leaves.leaves(session):
        if leave.substitute_id == row.id and leave.until > today:
            raise Refused(
                f"{row.name} acts for {people.name_of(session, leave.person_id)} until {short_day(leave.until)}: "
                f"end that first with `tracker leave end {leave.id}`."
            )
    every = frozenset({"email", "line", *services.settings.channels})
    staff = people.staff(session)
    for post, what in _needed(session, staff, row.id or 0, today):
        reachable = {person.id for person in staff.people if person.routes(every)}
        others = {each.person_id for each in _like(staff, post, today)} - {row.id}
        if row.id in reachable and not others & reachable:
            unit = people.unit_names(session)[post.unit_id]
            raise Refused(
                f"{row.name} is the only {post.role} of {unit} who can be reached, and {what}: name a successor first "
                f'with `tracker people add NAME --unit "{unit}" --role {post.role} --email ADDRESS`.'
            )


def _needed(session: Session, staff: Staff, person_id: int, today: date) -> Iterator[tuple[Post, str]]:
    """Yield the posts of somebody that tasks rest on, and what rests on each."""
    open_tasks = tasks.tasks(session, statuses=("open", "submitted"))
    for post in staff.posts:
        if post.person_id != person_id or (post.until is not None and post.until <= today):
            continue
        if post.role == "coordinator":
            yield post, "every fault is told to that role"
            continue
        of_unit = post.role in ("officer", "supervisor")
        resting = [task for task in open_tasks if not of_unit or task.unit_id == post.unit_id]
        if resting:
            yield post, f"{counted(len(resting), 'open task rests', 'open tasks rest')} on that"


def _like(staff: Staff, post: Post, today: date) -> Iterator[Post]:
    """Yield the posts that do what a post does: of its role and unit, or of its role alone when it is above units."""
    for each in staff.posts:
        same_unit = post.role in ("executive", "coordinator") or each.unit_id == post.unit_id
        if each.role == post.role and same_unit and (each.until is None or each.until > today):
            yield each
