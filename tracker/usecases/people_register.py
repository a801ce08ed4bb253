"""Everybody and every unit in memory while a people file is taken in: no line of it costs a query."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlmodel import Session

from tracker.domain.thai.numerals import squeeze
from tracker.errors import Refused
from tracker.intake.people_file import PersonLine
from tracker.store import people
from tracker.store.tables import PersonRow, PostRow, UnitGroupRow, UnitRow
from tracker.usecases.person_named import nobody, several

Difference = tuple[str, Any, Any]
"""A field, what it was, and what it is."""


@dataclass(eq=False, slots=True)
class Somebody:
    """A person with posts by unit and role; `named` holds once a line of the file has spoken of them."""

    row: PersonRow
    posts: dict[tuple[int, str], PostRow] = field(default_factory=dict)
    named: bool = False


class Register:
    """Units, people and posts as they stand, and as the lines of a file change them; `store` writes what is new."""

    def __init__(self, session: Session, lines: Iterable[PersonLine]) -> None:
        self._session = session
        self._units = people.units_by_key(session)
        self._members = {(row.key, row.unit_id) for row in people.groups(session)}
        self._by_id = {row.id or 0: Somebody(row) for row in people.people(session)}
        self._by_name: dict[str, list[Somebody]] = {}
        self._by_email: dict[str, list[Somebody]] = {}
        self._in_file: dict[str, set[str]] = {}
        for post in people.posts(session):
            self._by_id[post.person_id].posts[post.unit_id, post.role] = post
        for somebody in self._by_id.values():
            self._enter(somebody)
        for line in lines:
            self._in_file.setdefault(_folded(line.email), set()).add(squeeze(line.name))
        self._names_in_file = {squeeze(line.name) for line in lines}
        self._new: list[Somebody] = []

    def unit(self, name: str) -> UnitRow | None:
        """Return the unit that a name means, None when there is none yet."""
        return self._units.get(squeeze(name))

    def unit_names(self) -> list[str]:
        """Return the name of every unit."""
        return [unit.name for unit in {id(unit): unit for unit in self._units.values()}.values()]

    def open_units(self, names: Iterable[str]) -> list[str]:
        """Store the units of some names that are not there yet and return their names."""
        new = {squeeze(name): UnitRow(name=" ".join(name.split()), key=squeeze(name)) for name in names}
        new = {key: unit for key, unit in new.items() if key not in self._units}
        self._session.add_all(new.values())
        self._session.flush()
        self._units |= new
        return [unit.name for unit in new.values()]

    def join_group(self, class_name: str, unit_id: int) -> None:
        """Make a unit a member of a class."""
        key = squeeze(class_name)
        if (key, unit_id) not in self._members:
            self._members.add((key, unit_id))
            self._session.add(UnitGroupRow(key=key, name=" ".join(class_name.split()), unit_id=unit_id))

    def same_person(self, line: PersonLine, unit_id: int) -> Somebody | None:
        """Return who a line speaks of, None for somebody new.

        The same name with the same e-mail address, or with a post in the same unit; or else the same address alone,
        which means a new name, unless the file itself gives the address to several people or still has the old name.
        """
        email = _folded(line.email)
        namesakes = self._named(line.name)
        for each in namesakes:
            if email and email == _folded(each.row.email):
                return each
        for each in namesakes:
            if any(unit == unit_id for unit, _ in each.posts):
                return each
        found = [each for each in self._by_email.get(email, []) if email and _folded(each.row.email) == email]
        alone = len(found) == 1 and len(self._in_file[email]) == 1
        return found[0] if alone and found[0].row.key not in self._names_in_file else None

    def add(self, name: str) -> Somebody:
        """Return a new person."""
        new = Somebody(PersonRow(name=name, key=squeeze(name), channels=[], lang="th"))
        self._new.append(new)
        self._enter(new)
        return new

    def changed(self, somebody: Somebody, differences: Iterable[Difference]) -> None:
        """Let a person be found by a new name or address."""
        if {"name", "email"} & {name for name, _, _ in differences}:
            self._enter(somebody)

    def store_people(self) -> None:
        """Store the people who are new, so that they have numbers."""
        self._session.add_all(each.row for each in self._new)
        self._session.flush()

    def store_posts(self) -> None:
        """Store the posts that are new; all people have numbers by now."""
        new = [
            (somebody, post)
            for somebody in (*self._by_id.values(), *self._new)
            for post in somebody.posts.values()
            if post.id is None
        ]
        people.add_posts(self._session, [(somebody.row.id or 0, post) for somebody, post in new])

    def supervisor(self, given: str, where: str) -> int:
        """Return the number of the one person of a name or number, known before or in this file."""
        if given.isdecimal() and (known := self._by_id.get(int(given))):
            return known.row.id or 0
        found = self._named(given)
        if len(found) == 1:
            return found[0].row.id or 0
        if not found:
            what, why = "nobody", nobody(given, (each.row.name for some in self._by_name.values() for each in some))
        else:
            rows = [each.row for each in found]
            what = f"{len(found)} people"
            why = several(given, rows, people.units_of(self._session, [row.id or 0 for row in rows]))
        raise Refused(f"{where}the supervisor “{given}” is {what} in this file or this home. {why}")

    def sharing(self, line_ids: Collection[str]) -> Iterator[list[str]]:
        """Yield the names of people who have one of some LINE ids in common, which is one person's alone."""
        having: dict[str, list[str]] = {}
        for each in (*self._by_id.values(), *self._new):
            if each.row.line in line_ids:
                having.setdefault(each.row.line or "", []).append(each.row.name)
        return (names for names in having.values() if len(names) > 1)

    def name_of(self, person_id: int | None) -> str | None:
        """Return the name of somebody who was known before, None for nobody."""
        known = self._by_id.get(person_id or 0)
        return known.row.name if known else None

    def _named(self, name: str) -> list[Somebody]:
        """Return the people who have a name now: one that was changed stays in the index."""
        key = squeeze(name)
        return [each for each in self._by_name.get(key, []) if each.row.key == key]

    def _enter(self, somebody: Somebody) -> None:
        row = somebody.row
        for index, key in ((self._by_name, row.key), (self._by_email, _folded(row.email))):
            if key and somebody not in index.setdefault(key, []):
                index[key].append(somebody)


def _folded(email: str | None) -> str:
    return (email or "").casefold()
