"""What a person sees of people and posts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from schedules.calendars import bangkok_day
from tracker.domain.masking import mask_address
from tracker.domain.people import Person, Route
from tracker.store import addresses, people
from tracker.store.tables import AddressOffRow
from tracker.usecases.services import Services


@dataclass(frozen=True, slots=True)
class RouteView:
    """One channel and address of a person; `since` and `why` are set when it is off."""

    channel: str
    address: str
    since: datetime | None = None
    why: str | None = None

    def line(self, *, reveal: bool) -> str:
        """Return it as one line."""
        shown = f"{self.channel} {self.address if reveal else mask_address(self.address)}"
        return shown if self.since is None else f"{shown} (off since {bangkok_day(self.since)}: {self.why})"

    def to_json(self, *, reveal: bool) -> dict[str, Any]:
        """Return it as JSON values; the masked address unless revealed."""
        shown = {"channel": self.channel, "address": self.address if reveal else mask_address(self.address)}
        return shown if self.since is None else {**shown, "since": self.since.isoformat(), "why": self.why}


@dataclass(frozen=True, slots=True)
class PostView:
    """A person in a post, with addresses in the person's order: those that are used, and those that are off."""

    id: int
    name: str
    unit: str
    role: str
    position: str | None
    supervisor: str | None
    routes: tuple[RouteView, ...]
    off: tuple[RouteView, ...]
    since: date | None
    until: date | None

    def reach(self, *, reveal: bool) -> str:
        """Return how the person is reached, masked unless revealed."""
        return "\n".join(each.line(reveal=reveal) for each in (*self.routes, *self.off))

    def to_json(self, *, reveal: bool) -> dict[str, Any]:
        """Return the view as JSON values."""
        return {
            "id": self.id,
            "name": self.name,
            "unit": self.unit,
            "role": self.role,
            "position": self.position,
            "supervisor": self.supervisor,
            "channels": [each.to_json(reveal=reveal) for each in self.routes],
            "off": [each.to_json(reveal=reveal) for each in self.off],
            "from": self.since.isoformat() if self.since else None,
            "until": self.until.isoformat() if self.until else None,
        }


def list_people(services: Services) -> list[PostView]:
    """Return every post with its holder, in the order of units and roles."""
    every = frozenset({"email", "line", *services.settings.channels})
    with services.store.reading() as session:
        staff = people.staff(session)
        known = {person.id: person for person in staff.people}
        off = addresses.rows_off(session)
        names = people.unit_names(session)
        views = [
            PostView(
                post.person_id,
                known[post.person_id].name,
                names[post.unit_id],
                post.role,
                post.position,
                known[post.supervisor_id].name if post.supervisor_id else None,
                tuple(RouteView(*route) for route in known[post.person_id].routes(every)),
                tuple(_off(known[post.person_id], every, off)),
                post.since,
                post.until,
            )
            for post in staff.posts
        ]
    return sorted(views, key=lambda view: (view.unit, view.role, view.name))


def _off(person: Person, every: frozenset[str], off: Mapping[tuple[int, Route], AddressOffRow]) -> Iterator[RouteView]:
    for route in person.named_routes(every):
        if found := off.get((person.id, route)):
            yield RouteView(*route, found.since, found.why)
