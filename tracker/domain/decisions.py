"""What a sweep says, to whom: pure, and the same for a real sweep and for a preview."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from schedules.calendars import WorkCalendar
from schedules.ladders import Rung
from tracker.domain.notices import Due, due
from tracker.domain.people import Directory, Level, Person, levels_of, next_level
from tracker.domain.tasks import Task


@dataclass(frozen=True, slots=True)
class Notice:
    """One rung that has come due for one recipient. `audience` is the role in which the person is told.

    `meant_for` is the audience that the ladder names, when it cannot be reached and this one is told instead.
    """

    task_id: int
    cycle: int
    rung: Rung
    audience: Level
    person_id: int
    meant_for: Level | None = None


@dataclass(frozen=True, slots=True)
class Suppression:
    """A decision not to send, with its reason."""

    task_id: int
    cycle: int
    rung: str
    reason: str


@dataclass(frozen=True, slots=True)
class Step:
    """Where a task stands on its ladder after a decision."""

    task_id: int
    reached: int
    next_rung: str | None
    next_at: datetime | None


@dataclass(frozen=True, slots=True)
class Unreached:
    """An audience of a task that could not be told, for the coordinator to mend."""

    task_id: int
    unit_id: int
    level: Level
    told_instead: Level | None


@dataclass(slots=True)
class Decision:
    """Everything that one look at the tasks decides."""

    notices: list[Notice] = field(default_factory=list)
    suppressions: list[Suppression] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    unreached: list[Unreached] = field(default_factory=list)

    def by_person(self) -> dict[int, list[Notice]]:
        """Return the notices of each recipient: one message each, whatever the number of tasks."""
        grouped: dict[int, list[Notice]] = {}
        for notice in self.notices:
            grouped.setdefault(notice.person_id, []).append(notice)
        return grouped


def decide(
    tasks: Iterable[Task],
    directory: Directory,
    *,
    now: datetime,
    calendar: WorkCalendar,
    available: frozenset[str],
) -> Decision:
    """Return what is to be said at an instant about tasks; `available` names the channels that can be used."""
    decision = Decision()
    for task in tasks:
        found = due(task, now=now, calendar=calendar)
        decision.steps.append(_step(task, found))
        if found.rung is None:
            continue
        decision.suppressions += [
            Suppression(task.id, task.cycle, rung.name, f"superseded by {found.rung.name}") for rung in found.superseded
        ]
        _address(decision, task, found.rung, directory, available)
    return decision


def _step(task: Task, found: Due) -> Step:
    return Step(task.id, found.reached, found.next_rung.name if found.next_rung else None, found.next_at)


def _address(decision: Decision, task: Task, rung: Rung, directory: Directory, available: frozenset[str]) -> None:
    """Add a notice for everybody whom a rung means, each told once, in the highest role."""
    told: set[int] = set()
    for level in levels_of(rung.audience):
        actual, people = _reachable(level, task, directory, available)
        if actual != level:
            decision.unreached.append(Unreached(task.id, task.unit_id, level, actual))
        if actual is None:
            reason = f"no {level} and nobody above can be reached"
            decision.suppressions.append(Suppression(task.id, task.cycle, rung.name, reason))
            continue
        for person in people:
            if person.id not in told:
                told.add(person.id)
                meant_for = level if actual != level else None
                decision.notices.append(Notice(task.id, task.cycle, rung, actual, person.id, meant_for))


def _reachable(
    level: Level, task: Task, directory: Directory, available: frozenset[str]
) -> tuple[Level | None, tuple[Person, ...]]:
    """Return the level itself, or the next one up in which somebody can be told, with those people."""
    actual: Level | None = level
    while actual is not None:
        people = tuple(person for person in directory.who(actual, task) if person.routes(available))
        if people:
            return actual, people
        actual = next_level(actual)
    return None, ()
