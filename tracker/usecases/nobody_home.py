"""Which units have open tasks and nobody who can be told of them."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from sqlmodel import Session

from tracker.domain.people import Directory
from tracker.store import people, tasks

ANY_CHANNEL = frozenset({"email", "line"})
"""What is taken for switched on while nothing is: else every unit would be named for what is one fault."""


@dataclass(frozen=True, slots=True)
class NobodyHome:
    """A unit whose open tasks have no owner who can be told.

    `known` says that there is one; `off` names the first whose address was refused for good and is off.
    """

    unit: str
    tasks: int
    known: bool
    off: str | None = None

    @property
    def mend(self) -> str:
        """Return the command that comes next."""
        return f'tracker people address "{self.off}" --on' if self.off else "tracker people import people.csv"


@dataclass(frozen=True, slots=True)
class _Owner:
    unit_id: int
    owner_id: int | None


def nobody_home(session: Session, directory: Directory, available: Collection[str]) -> tuple[NobodyHome, ...]:
    """Return such units in the order of their names; `available` are the channels that are switched on."""
    usable = frozenset(available) or ANY_CHANNEL
    names, owed, known, off = people.unit_names(session), Counter[int](), set[int](), dict[int, str]()
    for unit_id, owner_id, count in tasks.open_by_owner(session):
        told = [each.person for each in directory.recipients("owner", _Owner(unit_id, owner_id))]
        if any(person.routes(usable) for person in told):
            continue
        owed[unit_id] += count
        known |= {unit_id} if told else set()
        for person in told:
            if person.named_routes(usable):  # all of which are off, or somebody could be told
                off.setdefault(unit_id, person.name)
    found = (NobodyHome(names[unit_id], count, unit_id in known, off.get(unit_id)) for unit_id, count in owed.items())
    return tuple(sorted(found, key=lambda each: each.unit))
