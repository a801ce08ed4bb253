"""Stores a people file: units, their classes, people and posts; and opens the tasks of new class members."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, select

from tracker.domain.thai.numerals import squeeze
from tracker.errors import Refused
from tracker.intake.people_file import PersonLine
from tracker.store import audit, people
from tracker.store.tables import PersonRow, PostRow
from tracker.usecases.open_tasks import open_for_all_plans
from tracker.usecases.services import Services


@dataclass(slots=True)
class PeopleImported:
    """What an import of people changed."""

    added: int = 0
    changed: int = 0
    same: int = 0
    units: int = 0
    tasks_opened: int = 0

    def count(self, stored: "_Stored") -> None:
        """Count one line of the file."""
        if stored.added:
            self.added += 1
        elif stored.changed:
            self.changed += 1
        else:
            self.same += 1


@dataclass(slots=True)
class _Stored:
    """What became of one line; `changed` holds when it says of the person or the post what was not so before."""

    line: PersonLine
    post: PostRow
    added: bool
    changed: bool


def import_people(services: Services, lines: Sequence[PersonLine], *, file: str, actor: str) -> PeopleImported:
    """Store people and their posts; the same file twice changes nothing.

    Somebody is the same person when the name is the same and the e-mail address or the unit is too. Raises
    Refused, and stores nothing, when a supervisor is nobody, or more than one.
    """
    now = services.clock.now()
    result = PeopleImported()
    with services.store.writing() as session:
        audit.hold(session)
        known_units = len(people.units(session))
        seen: set[int] = set()
        stored = [_store_line(session, line, seen) for line in lines]
        for each in stored:  # the last step, since a supervisor may stand on a later line
            each.changed |= _set(each.post, supervisor_id=_supervisor(session, each.line, file))
            result.count(each)
        session.flush()
        result.units = len(people.units(session)) - known_units
        result.tasks_opened = open_for_all_plans(session, services.settings, now)
        audit.append(
            session,
            at=now,
            actor=actor,
            action="people import",
            detail={
                "file": file,
                "added": result.added,
                "changed": result.changed,
                "tasks": result.tasks_opened,
            },
        )
    return result


def _store_line(session: Session, line: PersonLine, seen: set[int]) -> _Stored:
    """Store a person and a post; blanks on a further line of the same person leave what an earlier one said."""
    unit = people.ensure_unit(session, line.unit)
    assert unit.id is not None  # noqa: S101 - it was flushed
    if line.unit_group:
        people.join_group(session, line.unit_group, unit.id)
    person = _same_person(session, line, unit.id)
    added = person is None
    person = person or PersonRow(name=line.name, key=squeeze(line.name), channels=[])
    told = {"email": line.email, "line": line.line_id, "channels": list(line.channels)}
    if person.id in seen:
        told = {key: value for key, value in told.items() if value}
    changed = _set(person, name=line.name, lang=line.lang, **told)
    session.add(person)
    session.flush()
    assert person.id is not None  # noqa: S101 - it was flushed
    seen.add(person.id)
    post = _post(session, line, person.id, unit.id)
    changed |= _set(post, position=line.position, since=line.since, until=line.until)
    session.add(post)
    session.flush()
    return _Stored(line, post, added, changed)


def _set(row: PersonRow | PostRow, **values: Any) -> bool:
    """Set columns, and say whether any of them was different before."""
    different = {key: value for key, value in values.items() if getattr(row, key) != value}
    for key, value in different.items():
        setattr(row, key, value)
    return bool(different)


def _same_person(session: Session, line: PersonLine, unit_id: int) -> PersonRow | None:
    for row in people.people_named(session, line.name):
        posts = session.exec(select(PostRow).where(PostRow.person_id == row.id)).all()
        if (row.email and row.email == line.email) or any(post.unit_id == unit_id for post in posts):
            return row
    return None


def _post(session: Session, line: PersonLine, person_id: int, unit_id: int) -> PostRow:
    query = select(PostRow).where(PostRow.person_id == person_id, PostRow.unit_id == unit_id, PostRow.role == line.role)
    return session.exec(query).one_or_none() or PostRow(person_id=person_id, unit_id=unit_id, role=line.role)


def _supervisor(session: Session, line: PersonLine, file: str) -> int | None:
    if line.supervisor is None:
        return None
    found = people.people_named(session, line.supervisor)
    if len(found) != 1:
        how_many = "nobody" if not found else f"{len(found)} people"
        raise Refused(
            f"{file} line {line.line}: the supervisor “{line.supervisor}” is {how_many} in this file or this home: "
            "write the name exactly as on that person's own line."
        )
    return found[0].id
