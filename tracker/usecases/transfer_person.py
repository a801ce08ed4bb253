"""Moves a person to another unit on a day: the present post ends, and a new one begins."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from schedules.calendars import bangkok_day
from tracker.domain.near_names import near
from tracker.domain.people import Role
from tracker.domain.thai.dates import short_day
from tracker.errors import NotFound, Refused
from tracker.store import audit, people, tasks
from tracker.store.tables import PersonRow, PostRow, UnitRow
from tracker.usecases.give_back_tasks import give_back_tasks
from tracker.usecases.import_people import Doubt
from tracker.usecases.open_tasks import open_for_all_plans
from tracker.usecases.person_named import person_named
from tracker.usecases.services import Services


@dataclass(frozen=True, slots=True)
class Transferred:
    """A move: which posts ended, what the new one is, and what became of what named the person."""

    id: int
    name: str
    since: date
    left: str
    ended: tuple[str, ...]
    unit: str
    role: str
    given_back: tuple[int, ...]
    kept: tuple[int, ...]
    let_go: int
    nobody_left: int
    tasks_opened: int


def transfer_person(
    services: Services,
    person: str,
    unit: str,
    *,
    actor: str,
    since: date | None = None,
    position: str | None = None,
    role: Role | None = None,
    leaving: str | None = None,
    new_units: bool = False,
) -> Transferred:
    """End somebody's posts in the unit that they leave and begin one in another, from a day on, today when not said.

    The posts are half-open: on that day the new one is held, and the old ones are not. Open tasks of the unit that
    is left do not move along: those that named the person are the unit's again, and so are told to its officers,
    to this person too until that day. Tasks of other units that name the person stay theirs.

    Raises Refused when it is not clear which post ends or which role the new one has.
    """
    now = services.clock.now()
    day = since or bangkok_day(now)
    with services.store.writing() as session:
        audit.hold(session)
        row = people.person(session, person_named(session, person))
        target = _target(session, unit, new_units=new_units)
        ended = _ending(session, row, day, leaving)
        left = session.get_one(UnitRow, ended[0].unit_id)
        new = _new_post(session, row, target, role or _role_of(row, ended), position, day)
        for post in ended:
            post.until = day
        session.flush()
        let_go = _let_go(session, ended) if left.id != target.id else 0
        given_back = []
        if left.id != target.id:
            given_back = give_back_tasks(session, row.id or 0, left.id or 0, actor=actor, now=now)
        opened = open_for_all_plans(session, services.settings, now)
        detail = {"person": row.id, "left": left.name, "to": target.name, "role": new.role, "from": day.isoformat()}
        audit.append(session, at=now, actor=actor, action="people transfer", detail=detail)
        return Transferred(
            row.id or 0,
            row.name,
            day,
            left.name,
            tuple(post.role for post in ended),
            target.name,
            new.role,
            tuple(task.id or 0 for task in given_back),
            tuple(task.id or 0 for task in tasks.naming(session, row.id or 0)),
            let_go,
            _nobody_left(session, left, day),
            opened,
        )


def _target(session: Session, name: str, *, new_units: bool) -> UnitRow:
    found = people.unit_named(session, name)
    if found is None and not new_units:
        other = near(name, (unit.name for unit in people.units(session)))
        if other:
            raise Refused(f"{Doubt(name, 0, other, None)}.")
        raise NotFound(
            f"There is no unit “{name}”: see the names with `tracker unit list`; if it is a new one, repeat with "
            "--new-units."
        )
    return found or people.ensure_unit(session, name)


def _ending(session: Session, row: PersonRow, day: date, leaving: str | None) -> list[PostRow]:
    """Return the posts that end: all that are held just before a day in the one unit, or in the unit `leaving`."""
    held = [post for post in people.posts_of(session, row.id or 0) if post.until is None or post.until > day]
    begun = [post for post in held if post.since is None or post.since < day]
    if leaving is not None:
        unit = people.unit_named(session, leaving)
        begun = [post for post in begun if unit and post.unit_id == unit.id]
    units = {post.unit_id: session.get_one(UnitRow, post.unit_id).name for post in begun}
    if not units:
        where = f" in {leaving}" if leaving else ""
        raise Refused(
            f"{row.name} holds no post{where} that could end on {short_day(day)}: see `tracker people list`; "
            "`tracker people add` gives a first post."
        )
    if len(units) > 1:
        names = ", ".join(units.values())
        raise Refused(f"{row.name} holds posts in {names}: say which one ends with --leaving UNIT.")
    return begun


def _role_of(row: PersonRow, ended: Sequence[PostRow]) -> str:
    roles = sorted({post.role for post in ended})
    if len(roles) > 1:
        raise Refused(f"{row.name} is {' and '.join(roles)} now: say what they will be with --role.")
    return roles[0]


def _new_post(session: Session, row: PersonRow, target: UnitRow, role: str, position: str | None, day: date) -> PostRow:
    """Return the post that begins; one that was held in that unit before goes on anew."""
    known = {(post.unit_id, post.role): post for post in people.posts_of(session, row.id or 0)}
    post = known.get((target.id or 0, role))
    if post is not None and (post.until is None or post.until > day):
        raise Refused(f"{row.name} is {role} of {target.name} already: give another unit with --to, or another --role.")
    if post is None:
        post = PostRow(person_id=row.id or 0, unit_id=target.id or 0, role=role)
    post.since, post.until, post.supervisor_id, post.position = day, None, None, position
    session.add(post)
    return post


def _let_go(session: Session, ended: Sequence[PostRow]) -> int:
    """Let those who named a head that leaves as supervisor be supervised by whoever heads the unit on the day.

    An executive is above several units, so nobody names one who leaves any more.
    """
    above = {post.role: post for post in ended if post.role != "coordinator"}
    let_go = 0
    for post in people.posts(session):
        for left in above.values():
            if post.supervisor_id == left.person_id and (left.role == "executive" or post.unit_id == left.unit_id):
                post.supervisor_id = None
                let_go += 1
    session.flush()
    return let_go


def _nobody_left(session: Session, left: UnitRow, day: date) -> int:
    """Return how many open tasks a unit has for which nobody in it answers from a day on."""
    if people.directory(session, day).unit_has_officer(left.id or 0):
        return 0
    return len(tasks.tasks(session, statuses=("open",), unit_id=left.id))
