"""People, their posts, and who is meant by an audience on a given day."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, Protocol, get_args

from schedules.ladders import Audience

Role = Literal["officer", "supervisor", "executive", "coordinator"]
ROLES: tuple[Role, ...] = get_args(Role)
Level = Literal["owner", "supervisor", "executive", "coordinator"]
CLIMB: tuple[Level, ...] = get_args(Level)
"""From the lowest audience to the last resort: who is told when a lower one cannot be."""
Route = tuple[str, str]
"""A channel and an address on it."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who can be told. `channels` is ordered: "email", "line", or a whole Apprise URL.

    `off` are addresses that were refused for good: nothing is sent there.
    """

    id: int
    name: str
    email: str | None = None
    line: str | None = None
    channels: tuple[str, ...] = ()
    lang: Literal["th", "en"] = "th"
    off: frozenset[Route] = frozenset()

    def routes(self, available: frozenset[str]) -> tuple[Route, ...]:
        """Return (channel, address) pairs in the person's order, only those that can be used now."""
        return tuple(route for route in self.named_routes(available) if route not in self.off)

    def named_routes(self, available: frozenset[str]) -> tuple[Route, ...]:
        """Return the pairs that the people file names, those that are off too."""
        wanted = self.channels or ("email", "line")
        pairs = (_route(self, channel) for channel in wanted)
        return tuple((name, address) for name, address in pairs if address and name in available)


@dataclass(frozen=True, slots=True)
class Post:
    """What somebody is in a unit, from `since` until the day before `until` (None: no bound)."""

    person_id: int
    unit_id: int
    role: Role
    position: str | None = None
    supervisor_id: int | None = None
    since: date | None = None
    until: date | None = None

    def held_on(self, day: date) -> bool:
        """Say whether the post is held on a day."""
        return (self.since is None or self.since <= day) and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class Leave:
    """Somebody is away from `since` until the day before `until`; the substitute acts for them."""

    person_id: int
    substitute_id: int
    since: date
    until: date

    def covers(self, day: date) -> bool:
        """Say whether the person is away on a day."""
        return self.since <= day < self.until


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody to be told. `acting_for` is who is on leave, when a substitute is told in that person's place."""

    person: Person
    acting_for: int | None = None


class Owned(Protocol):
    """What has an owner: a task, a row of one, or several tasks that share unit and named person."""

    @property
    def unit_id(self) -> int:
        """Return the unit that owns it."""
        ...

    @property
    def owner_id(self) -> int | None:
        """Return the person who was named for it, if any."""
        ...


class Directory:
    """Everybody, every post and every leave; answers who an audience is on a day."""

    def __init__(
        self, people: Iterable[Person], posts: Iterable[Post], day: date, leaves: Iterable[Leave] = ()
    ) -> None:
        self.people: Mapping[int, Person] = {person.id: person for person in people}
        self._substitutes = {leave.person_id: leave.substitute_id for leave in leaves if leave.covers(day)}
        self._told: dict[tuple[Level, int, int | None], tuple[Recipient, ...]] = {}
        held = [post for post in posts if post.held_on(day) and post.person_id in self.people]
        self._by_person: dict[int, list[Post]] = {}
        self._by_unit: dict[tuple[int, Role], list[Post]] = {}
        self._by_role: dict[Role, list[Post]] = {}
        for post in held:
            self._by_person.setdefault(post.person_id, []).append(post)
            self._by_unit.setdefault((post.unit_id, post.role), []).append(post)
            self._by_role.setdefault(post.role, []).append(post)

    def who(self, level: Level, task: Owned) -> tuple[Person, ...]:
        """Return the people that a level means for a task, on leave or not, each once; empty when there is nobody."""
        if level == "coordinator":
            return self._holders(self._by_role.get("coordinator", []))
        find = {"owner": self._owner_posts, "supervisor": self._supervisor_posts, "executive": self._executive_posts}
        return self._holders(find[level](task))

    def recipients(self, level: Level, task: Owned) -> tuple[Recipient, ...]:
        """Return whom to tell: the people that a level means, substitutes in the place of those on leave."""
        asked = level, task.unit_id, task.owner_id  # all that the answer rests on: a sweep asks it for many tasks
        if asked not in self._told:
            self._told[asked] = self._present(self.who(level, task))
        return self._told[asked]

    def coordinators(self) -> tuple[Person, ...]:
        """Return who coordinates on this day, substitutes in the place of those on leave."""
        holders = self._holders(self._by_role.get("coordinator", []))
        return tuple(recipient.person for recipient in self._present(holders))

    def position_of(self, person_id: int) -> str | None:
        """Return the position that a person's first post names, if any."""
        return next((post.position for post in self._by_person.get(person_id, []) if post.position), None)

    def unit_of(self, person_id: int) -> int | None:
        """Return the unit of a person's first post, if any."""
        return next((post.unit_id for post in self._by_person.get(person_id, [])), None)

    def unit_has_officer(self, unit_id: int) -> bool:
        """Say whether somebody in a unit answers for its tasks."""
        return bool(self._by_unit.get((unit_id, "officer")))

    def _present(self, people: Sequence[Person]) -> tuple[Recipient, ...]:
        """Return each once; who is told in their own right is not told as a substitute too."""
        found: dict[int, Recipient] = {}
        for person in people:
            recipient = self.in_place_of(person.id)
            if recipient and (recipient.acting_for is None or recipient.person.id not in found):
                found[recipient.person.id] = recipient
        return tuple(found.values())

    def in_place_of(self, person_id: int) -> Recipient | None:
        """Return who acts for somebody: a substitute's substitute when that one is away too, nobody in a circle."""
        seen, current = {person_id}, person_id
        while (substitute := self._substitutes.get(current)) is not None:
            if substitute in seen or substitute not in self._by_person:  # a circle, or somebody who has left
                return None
            seen.add(substitute)
            current = substitute
        return Recipient(self.people[current], None if current == person_id else person_id)

    def _holders(self, posts: Iterable[Post]) -> tuple[Person, ...]:
        return tuple(self.people[person_id] for person_id in dict.fromkeys(post.person_id for post in posts))

    def _owner_posts(self, task: Owned) -> Sequence[Post]:
        named = self._by_person.get(task.owner_id, []) if task.owner_id is not None else []
        return named or self._by_unit.get((task.unit_id, "officer"), [])

    def _supervisor_posts(self, task: Owned) -> Sequence[Post]:
        """Return whom the owners' posts name as supervisor, or else the supervisors of the unit."""
        named = self._named_by(self._owner_posts(task))
        return named or self._by_unit.get((task.unit_id, "supervisor"), [])

    def _executive_posts(self, task: Owned) -> Sequence[Post]:
        """Return the nearest executives above the supervisors, or else every executive."""
        seen: set[int] = set()
        posts = self._supervisor_posts(task)
        while posts := self._named_by([post for post in posts if post.person_id not in seen]):
            seen |= {post.person_id for post in posts}
            if found := [post for post in posts if post.role == "executive"]:
                return found
            posts = [post for post in posts if post.supervisor_id not in seen]
        return self._by_role.get("executive", [])

    def _named_by(self, posts: Sequence[Post]) -> list[Post]:
        """Return the posts of the supervisors whom posts name, with no post of the same person among them."""
        below = {post.person_id for post in posts}
        named = dict.fromkeys(post.supervisor_id for post in posts if post.supervisor_id not in below)
        return [post for person_id in named if person_id is not None for post in self._by_person.get(person_id, [])]


@dataclass(frozen=True, slots=True)
class Staff:
    """Everybody, with all their posts and leaves, past and future."""

    people: tuple[Person, ...]
    posts: tuple[Post, ...]
    leaves: tuple[Leave, ...]

    def on(self, day: date) -> Directory:
        """Return who is who on a day."""
        return Directory(self.people, self.posts, day, self.leaves)


def next_level(level: Level) -> Level | None:
    """Return the level above, None above the last resort."""
    position = CLIMB.index(level) + 1
    return CLIMB[position] if position < len(CLIMB) else None


def levels_of(audience: Sequence[Audience]) -> tuple[Level, ...]:
    """Return the levels of a rung's audience, the highest first."""
    return tuple(sorted(audience, key=CLIMB.index, reverse=True))


def _route(person: Person, channel: str) -> tuple[str, str | None]:
    if "://" in channel:
        return channel.split("://", 1)[0].lower(), channel
    return channel, {"email": person.email, "line": person.line}.get(channel)
