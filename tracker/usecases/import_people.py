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


def import_people(services: Services, lines: Sequence[PersonLine], *, file: str, actor: str) -> PeopleImported:
    """Store people and their posts; the same file twice changes nothing.

    Somebody is the same person when the name is the same and the e-mail address or the unit is too. Raises
    Refused, and stores nothing, when a supervisor is nobody, or more than one.
    """
    now = services.clock.now()
    result = PeopleImported()
    with services.store.writing() as session:
        known_units = len(people.units(session))
        rows = [_store_person(session, line, result) for line in lines]
        for line, row in zip(lines, rows, strict=True):
            _store_post(session, line, row, file)
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


def _store_person(session: Session, line: PersonLine, result: PeopleImported) -> PersonRow:
    unit = people.ensure_unit(session, line.unit)
    assert unit.id is not None  # noqa: S101 - it was flushed
    if line.unit_group:
        people.join_group(session, line.unit_group, unit.id)
    row = _same_person(session, line, unit.id)
    values: dict[str, Any] = {
        "name": line.name,
        "email": line.email,
        "line": line.line_id,
        "channels": list(line.channels),
        "lang": line.lang,
    }
    if row is None:
        row = PersonRow(**values, key=squeeze(line.name))
        result.added += 1
    elif any(getattr(row, key) != value for key, value in values.items()):
        for key, value in values.items():
            setattr(row, key, value)
        result.changed += 1
    else:
        result.same += 1
    session.add(row)
    session.flush()
    return row


def _same_person(session: Session, line: PersonLine, unit_id: int) -> PersonRow | None:
    for row in people.people_named(session, line.name):
        posts = session.exec(select(PostRow).where(PostRow.person_id == row.id)).all()
        if (row.email and row.email == line.email) or any(post.unit_id == unit_id for post in posts):
            return row
    return None


def _store_post(session: Session, line: PersonLine, person: PersonRow, file: str) -> None:
    unit = people.ensure_unit(session, line.unit)
    query = select(PostRow).where(PostRow.person_id == person.id, PostRow.unit_id == unit.id, PostRow.role == line.role)
    row = session.exec(query).one_or_none() or PostRow(person_id=person.id or 0, unit_id=unit.id or 0, role=line.role)
    row.position, row.since, row.until = line.position, line.since, line.until
    row.supervisor_id = _supervisor(session, line, file)
    session.add(row)


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
