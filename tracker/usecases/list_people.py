"""What a person sees of people and posts."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from tracker.delivery.redaction import mask_address
from tracker.store import people
from tracker.usecases.services import Services


@dataclass(frozen=True, slots=True)
class PostView:
    """A person in a post, with (channel, address) pairs in the person's order."""

    id: int
    name: str
    unit: str
    role: str
    position: str | None
    supervisor: str | None
    routes: tuple[tuple[str, str], ...]
    since: date | None
    until: date | None

    def reach(self, *, reveal: bool) -> str:
        """Return how the person is reached, masked unless revealed."""
        return "\n".join(f"{name} {address if reveal else mask_address(address)}" for name, address in self.routes)

    def to_json(self, *, reveal: bool) -> dict[str, Any]:
        """Return the view as JSON values."""
        return {
            "id": self.id,
            "name": self.name,
            "unit": self.unit,
            "role": self.role,
            "position": self.position,
            "supervisor": self.supervisor,
            "channels": [
                {"channel": name, "address": address if reveal else mask_address(address)}
                for name, address in self.routes
            ],
            "from": self.since.isoformat() if self.since else None,
            "until": self.until.isoformat() if self.until else None,
        }


def list_people(services: Services) -> list[PostView]:
    """Return every post with its holder, in the order of units and roles."""
    every = frozenset({"email", "line", *services.settings.channels})
    with services.store.reading() as session:
        known = {row.id: people.as_person(row) for row in people.people(session)}
        names = people.unit_names(session)
        views = [
            PostView(
                post.person_id,
                known[post.person_id].name,
                names[post.unit_id],
                post.role,
                post.position,
                known[post.supervisor_id].name if post.supervisor_id else None,
                known[post.person_id].routes(every),
                post.since,
                post.until,
            )
            for post in people.posts(session)
        ]
    return sorted(views, key=lambda view: (view.unit, view.role, view.name))
