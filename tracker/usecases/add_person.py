"""Stores one person in one post, by the same rules as a line of a people file."""

from sqlmodel import Session

from tracker.errors import Refused
from tracker.intake.people_file import PersonLine
from tracker.store import audit, people
from tracker.store.tables import PersonRow
from tracker.usecases.import_people import PeopleImported, give_back_ended, take_in
from tracker.usecases.open_tasks import open_for_all_plans
from tracker.usecases.services import Services


def add_person(services: Services, line: PersonLine, *, actor: str, new_units: bool = False) -> PeopleImported:
    """Store a person in a post, or another post of somebody known; what the line does not say stays as it is.

    Raises Refused, beside what an import refuses, when somebody of that name is known in another unit and no
    e-mail address tells whether it is the same one.
    """
    now = services.clock.now()
    result = PeopleImported()
    with services.store.writing() as session:
        audit.hold(session)
        namesakes = people.people_named(session, line.name)
        take_in(session, [line], result, new_units=new_units)
        (done,) = result.lines
        if done.added and namesakes and not line.email:
            raise _undecided(session, line, namesakes[0])
        result.tasks_opened = open_for_all_plans(session, services.settings, now)
        give_back_ended(session, result, actor=actor, now=now)
        detail = {"person": done.person_id, "unit": line.unit, "role": line.role, "tasks": result.tasks_opened}
        audit.append(session, at=now, actor=actor, action="people add", detail=detail)
    return result


def _undecided(session: Session, line: PersonLine, known: PersonRow) -> Refused:
    units = ", ".join(people.units_of(session, [known.id or 0]).get(known.id or 0, ())) or "no unit"
    return Refused(
        f"“{line.name}” is person {known.id} ({units}) already: for a move say `tracker people transfer {known.id} "
        f'--to "{line.unit}"`, for one more post repeat with their --email, for a namesake with another --email.'
    )
