"""Who is meant by a name or a number that somebody typed. Every command asks here."""

from collections.abc import Iterable, Sequence

from sqlmodel import Session

from tracker.domain.near_names import nearest
from tracker.errors import NotFound, Refused
from tracker.store import people
from tracker.store.tables import PersonRow

_MOST_DIGITS = 9
"""A longer number is nobody's, and more than a database takes."""


def person_named(session: Session, given: str) -> int:
    """Return the number of the one person of a name, or of a number that somebody has.

    Raises Refused, with the numbers to choose from or the names that come nearest, when that is nobody or several.
    """
    if given.strip().isdecimal() and len(given.strip()) <= _MOST_DIGITS:
        return people.person(session, int(given)).id or 0
    found = people.people_named(session, given)
    if len(found) == 1:
        return found[0].id or 0
    if found:
        raise Refused(several(given, found, people.units_of(session, [row.id or 0 for row in found])))
    raise NotFound(nobody(given, (row.name for row in people.people(session))))


def several(given: str, found: Sequence[PersonRow], units: dict[int, list[str]]) -> str:
    """Return what to say of a name that several people have; `units` are those that each has a post in."""
    listed = ", ".join(f"{row.id} ({', '.join(units.get(row.id or 0, ())) or 'no unit'})" for row in found)
    return f"{len(found)} people are called “{given}”: give the number of the one that you mean, {listed}."


def nobody(given: str, names: Iterable[str]) -> str:
    """Return what to say of a name that nobody has; `names` are those that people have."""
    near = " or ".join(f"“{name}”" for name in nearest(given, names))
    meant = f"did you mean {near}? Or " if near else ""
    return f"Nobody is called “{given}”: {meant}give the number that `tracker people list` shows."
