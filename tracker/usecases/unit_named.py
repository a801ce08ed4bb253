"""Which unit is meant by a name that somebody typed. Every command that needs one that is there asks here."""

from sqlmodel import Session

from tracker.domain.near_names import nearest
from tracker.errors import NotFound
from tracker.store import people
from tracker.store.tables import UnitRow


def unit_named(session: Session, given: str) -> UnitRow:
    """Return the unit of a name or alias; raises NotFound with the names that come nearest."""
    found = people.unit_named(session, given)
    if found is None:
        near = " or ".join(f"“{name}”" for name in nearest(given, people.unit_names(session).values()))
        meant = f"did you mean {near}? Or " if near else ""
        raise NotFound(f"There is no unit “{given}”: {meant}see the names with `tracker unit list`.")
    return found
