"""Links a person with what reaches them, and with the supervisor to whom their tasks are escalated."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from schedules.calendars import bangkok_day
from tracker.errors import Refused
from tracker.intake.people_file import reached_by
from tracker.store import addresses, audit, people
from tracker.store.tables import PersonRow
from tracker.usecases.people_register import Difference
from tracker.usecases.person_named import person_named
from tracker.usecases.services import Services


@dataclass(frozen=True, slots=True)
class Linked:
    """What a link changed, and what a person should know about it."""

    id: int
    name: str
    changed: tuple[Difference, ...]
    remarks: tuple[str, ...]


def link_person(
    services: Services, person: str, told: Mapping[str, str], *, supervisor: str | None = None, actor: str
) -> Linked:
    """Store what is told of `email`, `line`, `channels` and `lang`, and the supervisor; an empty text takes it away.

    The supervisor goes for every post that has not ended. Raises Refused when nothing is told, something is not
    written as it must be, or the LINE id is linked to somebody else: an id is one person's alone.
    """
    now = services.clock.now()
    if not told and supervisor is None:
        raise Refused("Nothing was given to link: add --email, --line, --channels, --lang or --supervisor.")
    email, line_id, channels, lang = reached_by(told, services.settings.channels)
    given = {"email": email, "line": line_id, "channels": list(channels), "lang": lang or "th"}
    with services.store.writing() as session:
        audit.hold(session)
        row = people.person(session, person_named(session, person))
        _check_line_id(session, row, line_id)
        values = {name: value for name, value in given.items() if name in told and getattr(row, name) != value}
        changed = [(name, getattr(row, name), value) for name, value in values.items()]
        for name, value in values.items():
            setattr(row, name, value)
        if supervisor is not None:
            changed += _supervise(session, row, supervisor, now)
        session.flush()
        if changed:
            detail = {"person": row.id, "set": [name for name, _, _ in changed]}
            audit.append(session, at=now, actor=actor, action="people link", detail=detail)
        return Linked(row.id or 0, row.name, tuple(changed), tuple(_remarks(session, services, row)))


def _check_line_id(session: Session, row: PersonRow, line_id: str | None) -> None:
    others = [each for each in people.people(session) if line_id and each.line == line_id and each.id != row.id]
    if others:
        raise Refused(
            f"That LINE id is linked to {others[0].name} (person {others[0].id}): take it away there first with "
            f'`tracker people link {others[0].id} --line ""`.'
        )


def _supervise(session: Session, row: PersonRow, supervisor: str, now: datetime) -> list[Difference]:
    """Let the posts of somebody that have not ended name a supervisor, or none."""
    above = person_named(session, supervisor) if supervisor else None
    if above == row.id:
        raise Refused(f"{row.name} cannot be their own supervisor: name somebody else with --supervisor.")
    today = bangkok_day(now)
    going_on = [post for post in people.posts_of(session, row.id or 0) if post.until is None or post.until > today]
    if not going_on:
        raise Refused(f"{row.name} holds no post, so nobody supervises them: `tracker people add` gives one.")
    name = people.name_of(session, above) if above else None
    changed: dict[int | None, Difference] = {}
    for post in going_on:
        if post.supervisor_id != above:
            before = people.name_of(session, post.supervisor_id) if post.supervisor_id else None
            changed[post.supervisor_id] = ("supervisor", before, name)
            post.supervisor_id = above
    return list(changed.values())


def _remarks(session: Session, services: Services, row: PersonRow) -> Iterator[str]:
    person = people.as_person(row, addresses.off(session))
    if not person.routes(frozenset({"email", "line", *services.settings.channels})):
        yield f"{row.name} cannot be reached by anything now: what is due goes to the next audience up."
    sharing = [each.name for each in people.people(session) if each.email and each.email == row.email]
    if len(sharing) > 1:
        yield f"This e-mail address is that of {len(sharing)} people: {', '.join(sharing)}."
