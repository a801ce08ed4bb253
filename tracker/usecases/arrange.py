"""What an agency says of its units and its days off."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from schedules.calendars import bangkok_day
from schedules.days_off import suggested
from tracker.domain.thai.numerals import squeeze
from tracker.errors import Refused
from tracker.store import audit, holidays, people, tasks
from tracker.store.tables import UnitAliasRow, UnitRow
from tracker.usecases.look_ahead import look_ahead
from tracker.usecases.open_tasks import open_for_all_plans
from tracker.usecases.services import Services
from tracker.usecases.unit_named import unit_named


@dataclass(frozen=True, slots=True)
class UnitView:
    """A unit with its other names, its classes, and who answers for it."""

    name: str
    aliases: tuple[str, ...]
    groups: tuple[str, ...]
    officers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DayOff:
    """A day and whether offices are closed; `source` is the library's suggestion or the agency's word."""

    day: date
    name: str
    off: bool
    source: str


def list_units(services: Services) -> list[UnitView]:
    """Return every unit."""
    today = bangkok_day(services.clock.now())
    with services.store.reading() as session:
        aliases, groups = people.aliases(session), people.groups(session)
        names = {person.id: person.name for person in people.people(session)}
        return [
            UnitView(
                unit.name,
                tuple(row.name for row in aliases if row.unit_id == unit.id),
                tuple(row.name for row in groups if row.unit_id == unit.id),
                tuple(
                    names[post.person_id]
                    for post in people.posts_in(session, unit.id or 0)
                    if post.role == "officer" and people.as_post(post).held_on(today)
                ),
            )
            for unit in people.units(session)
        ]


def name_alias(services: Services, alias: str, unit: str, *, actor: str) -> int:
    """Let another name mean a unit, and move the open tasks of that name to it; returns how many moved.

    Raises NotFound when there is no such unit, Refused when the other name is a unit with people of its own
    or means another unit already.
    """
    now = services.clock.now()
    with services.store.writing() as session:
        audit.hold(session)
        target = unit_named(session, unit)
        shadow = people.unit_named(session, alias)
        moved = 0
        if shadow is not None and shadow.id != target.id:
            if shadow.key != squeeze(alias):  # found by an alias: the unit that it names is not what was typed
                raise Refused(f"“{alias}” means {shadow.name} already: a name can mean one unit only.")
            moved = _take_over(session, shadow, target, now)
        if session.get(UnitAliasRow, squeeze(alias)) is None:
            session.add(UnitAliasRow(key=squeeze(alias), name=alias, unit_id=target.id or 0))
        audit.append(
            session,
            at=now,
            actor=actor,
            action="unit alias",
            detail={"alias": alias, "unit": target.name, "tasks": moved},
        )
    return moved


def rename_unit(services: Services, old: str, new: str, *, actor: str) -> str:
    """Give a unit another name and keep the one it had as an alias; its tasks and people stay. Returns the old name.

    Raises NotFound when there is no such unit, Refused when the new name is empty or means another unit.
    """
    now, name = services.clock.now(), " ".join(new.split())
    with services.store.writing() as session:
        audit.hold(session)
        unit = unit_named(session, old)
        before = unit.name
        _check_new_name(session, unit, name)
        if name != before:
            _rename(session, unit, name)
            audit.append(session, at=now, actor=actor, action="unit rename", detail={"before": before, "after": name})
    return before


def group_units(services: Services, group: str, units: list[str], *, actor: str) -> int:
    """Make units members of a class and open their tasks; returns the number of tasks opened."""
    now = services.clock.now()
    with services.store.writing() as session:
        audit.hold(session)
        for unit in units:
            people.join_group(session, group, unit_named(session, unit).id or 0)
        opened = open_for_all_plans(session, services.settings, now)
        audit.append(
            session,
            at=now,
            actor=actor,
            action="unit group",
            detail={"group": group, "units": units, "tasks": opened},
        )
    return opened


def days_off(services: Services, year: int) -> list[DayOff]:
    """Return the days off of a Gregorian year, suggested and the agency's own, and the suggestions it dropped."""
    with services.store.reading() as session:
        days = {day: DayOff(day, name, True, "suggested") for day, name in suggested(year).items()}
        for row in holidays.agency_days(session):
            if row.day.year == year:
                days[row.day] = DayOff(row.day, row.name, row.off, "agency")
    return [days[day] for day in sorted(days)]


def set_day_off(services: Services, day: date, name: str, *, off: bool, actor: str) -> int:
    """Keep what the agency says of a day, and look anew at every open task; returns how many moved."""
    now = services.clock.now()
    with services.store.writing() as session:
        audit.hold(session)
        holidays.set_day(session, day, name, off=off)
        session.flush()
        audit.append(
            session,
            at=now,
            actor=actor,
            action="holiday add" if off else "holiday remove",
            detail={"day": day.isoformat(), "name": name},
        )
        return _look_anew(session, services, now)


def _look_anew(session: Session, services: Services, now: datetime) -> int:
    """Look ahead anew for every open task; only those whose next notice moves are written."""
    calendar = holidays.calendar(session, services.settings.office_hours, bangkok_day(now))
    known = tasks.ladders(session)
    return sum(look_ahead(row, known, calendar, now) for row in tasks.open_tasks(session))


def _check_new_name(session: Session, unit: UnitRow, name: str) -> None:
    if not name:
        raise Refused(f"{unit.name} needs a name: give the new one after it.")
    other = people.unit_named(session, name)
    if other is not None and other.id != unit.id:
        raise Refused(
            f"“{name}” means {other.name}, which is another unit: to make the two one, say "
            f'`tracker unit alias "{unit.name}" "{other.name}"`.'
        )


def _rename(session: Session, unit: UnitRow, name: str) -> None:
    """Change a unit's name and key; a name it had, as such or as an alias, goes on to mean it."""
    if own := session.get(UnitAliasRow, squeeze(name)):
        session.delete(own)
    before = UnitAliasRow(key=unit.key, name=unit.name, unit_id=unit.id or 0)
    unit.name, unit.key = name, squeeze(name)
    session.flush()
    if before.key != unit.key:
        session.add(before)


def _take_over(session: Session, shadow: UnitRow, target: UnitRow, now: datetime) -> int:
    """Move the tasks of a unit that only a plan named to the unit that is meant, and let the name go."""
    if people.posts_in(session, shadow.id or 0):
        raise Refused(
            f"“{shadow.name}” is a unit with people of its own, so it cannot be another name of {target.name}."
        )
    moved, doubled = tasks.move_unit(session, shadow.id or 0, target.id or 0)
    why = f"{target.name} has the same task already"
    for row in doubled:
        if row.status in ("open", "submitted"):
            tasks.change(session, row, status="waived", closed_on=bangkok_day(now), next_rung=None, next_notice_at=None)
            audit.append(session, at=now, actor="tracker", action="task waive", task_id=row.id, reason=why)
    people.hand_names_over(session, shadow, target)
    people.drop_unit(session, shadow)
    return len(moved)
