"""Units, their other names and classes; people and their posts."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Literal

from sqlalchemy import delete, insert
from sqlmodel import Session, col, select

from tracker.domain.people import Directory, Leave, Person, Post, Route, Staff
from tracker.domain.thai.numerals import squeeze
from tracker.store import addresses, leaves
from tracker.store.finding import numbered
from tracker.store.tables import PersonRow, PostRow, UnitAliasRow, UnitGroupRow, UnitRow


def unit_named(session: Session, name: str) -> UnitRow | None:
    """Return the unit that a name means: its own name or a confirmed alias. Never guesses."""
    key = squeeze(name)
    found = session.exec(select(UnitRow).where(UnitRow.key == key)).one_or_none()
    if found is None and (alias := session.get(UnitAliasRow, key)):
        found = session.get(UnitRow, alias.unit_id)
    return found


def ensure_unit(session: Session, name: str) -> UnitRow:
    """Return the unit that a name means; a unit of that name is made when there is none."""
    found = unit_named(session, name)
    if found is None:
        found = UnitRow(name=" ".join(name.split()), key=squeeze(name))
        session.add(found)
        session.flush()
    return found


def units(session: Session) -> list[UnitRow]:
    """Return every unit in the order of its name."""
    return list(session.exec(select(UnitRow).order_by(col(UnitRow.name))))


def unit_names(session: Session) -> dict[int, str]:
    """Return the name of each unit by its id."""
    return {row.id: row.name for row in units(session) if row.id is not None}


def units_by_key(session: Session) -> dict[str, UnitRow]:
    """Return the unit that each known name means, by the name's key."""
    known = {row.id: row for row in units(session)}
    named = {row.key: row for row in known.values()}
    return {**{alias.key: known[alias.unit_id] for alias in aliases(session)}, **named}


def aliases(session: Session) -> list[UnitAliasRow]:
    """Return every confirmed alias."""
    return list(session.exec(select(UnitAliasRow).order_by(col(UnitAliasRow.name))))


def groups(session: Session) -> list[UnitGroupRow]:
    """Return every membership of a unit in a class."""
    return list(session.exec(select(UnitGroupRow).order_by(col(UnitGroupRow.name), col(UnitGroupRow.id))))


def members_of(session: Session, class_name: str) -> list[UnitRow]:
    """Return the units of a class, empty when nobody has said who they are."""
    query = (
        select(UnitRow)
        .join(UnitGroupRow, col(UnitGroupRow.unit_id) == col(UnitRow.id))
        .where(UnitGroupRow.key == squeeze(class_name))
        .order_by(col(UnitRow.id))
    )
    return list(session.exec(query))


def join_group(session: Session, class_name: str, unit_id: int) -> bool:
    """Make a unit a member of a class; False when it was one."""
    key = squeeze(class_name)
    query = select(UnitGroupRow).where(UnitGroupRow.key == key, UnitGroupRow.unit_id == unit_id)
    if session.exec(query).first():
        return False
    session.add(UnitGroupRow(key=key, name=" ".join(class_name.split()), unit_id=unit_id))
    session.flush()
    return True


def people(session: Session) -> list[PersonRow]:
    """Return everybody in the order of their name."""
    return list(session.exec(select(PersonRow).order_by(col(PersonRow.name))))


def people_named(session: Session, name: str) -> list[PersonRow]:
    """Return everybody of that name, blanks evened out."""
    return list(session.exec(select(PersonRow).where(PersonRow.key == squeeze(name))))


def units_of(session: Session, person_ids: Collection[int]) -> dict[int, list[str]]:
    """Return the names of the units that some people have, had or will have posts in."""
    query = select(PostRow.person_id, UnitRow.name).join(UnitRow, col(UnitRow.id) == col(PostRow.unit_id)).distinct()
    found: dict[int, list[str]] = {}
    for person_id, name in session.exec(query.where(col(PostRow.person_id).in_(person_ids)).order_by(UnitRow.name)):
        found.setdefault(person_id, []).append(name)
    return found


def posts(session: Session) -> list[PostRow]:
    """Return every post, past and future ones too."""
    return list(session.exec(select(PostRow).order_by(col(PostRow.id))))


def add_posts(session: Session, new: Iterable[tuple[int, PostRow]]) -> None:
    """Store posts of people by their numbers, all in one statement: nobody waits for the numbers of the posts."""
    names = ("unit_id", "role", "position", "supervisor_id", "since", "until")
    rows = [{"person_id": person_id, **{name: getattr(post, name) for name in names}} for person_id, post in new]
    if rows:
        session.connection().execute(insert(PostRow), rows)


def posts_of(session: Session, person_id: int) -> list[PostRow]:
    """Return the posts of one person, past and future ones too."""
    return list(session.exec(select(PostRow).where(PostRow.person_id == person_id).order_by(col(PostRow.id))))


def posts_in(session: Session, unit_id: int) -> Sequence[PostRow]:
    """Return the posts of one unit."""
    return session.exec(select(PostRow).where(PostRow.unit_id == unit_id)).all()


def directory(session: Session, day: date) -> Directory:
    """Return everybody with the posts that they hold, and who stands in for whom, on a day."""
    return staff(session).on(day)


def staff(session: Session) -> Staff:
    """Return everybody with all their posts and leaves."""
    away = (Leave(row.person_id, row.substitute_id, row.since, row.until) for row in leaves.leaves(session))
    off = addresses.off(session)
    everybody = (as_person(row, off) for row in people(session))
    return Staff(tuple(everybody), tuple(map(as_post, posts(session))), tuple(away))


def as_person(row: PersonRow, off: Mapping[int, frozenset[Route]]) -> Person:
    """Return the domain value of a row; `off` are the addresses that are not used, by the person's id."""
    assert row.id is not None  # noqa: S101 - a row that was read has an id
    lang: Literal["th", "en"] = "en" if row.lang == "en" else "th"
    unused = off.get(row.id, frozenset())
    return Person(row.id, row.name, row.email, row.line, tuple(row.channels), lang, unused)


def as_post(row: PostRow) -> Post:
    """Return the domain value of a row."""
    return Post(
        row.person_id,
        row.unit_id,
        row.role,  # type: ignore[arg-type]  # a CHECK constraint holds it to the roles
        row.position,
        row.supervisor_id,
        row.since,
        row.until,
    )


def person(session: Session, person_id: int) -> PersonRow:
    """Return one person; raises NotFound with what to do."""
    return numbered(session, PersonRow, person_id, what="person", listing="tracker people list")


def name_of(session: Session, person_id: int) -> str:
    """Return the name of a person."""
    return person(session, person_id).name


def hand_names_over(session: Session, unit: UnitRow, to: UnitRow) -> None:
    """Let the aliases and memberships of a unit be those of another."""
    for alias in aliases(session):
        if alias.unit_id == unit.id:
            alias.unit_id = to.id or 0
    for membership in groups(session):
        if membership.unit_id == unit.id:
            join_group(session, membership.name, to.id or 0)
    session.flush()


def drop_unit(session: Session, unit: UnitRow) -> None:
    """Remove a unit that nothing refers to any more, with its aliases and memberships."""
    for table in (UnitAliasRow, UnitGroupRow):
        session.execute(delete(table).where(col(table.unit_id) == unit.id))
    session.flush()
    session.delete(unit)
    session.flush()
