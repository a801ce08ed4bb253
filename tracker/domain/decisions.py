"""What a sweep says, to whom: pure, and the same for a real sweep and for a preview."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from schedules.calendars import WorkCalendar
from schedules.ladders import Rung
from tracker.domain.counting import counted
from tracker.domain.notices import Due, due
from tracker.domain.people import CLIMB, Directory, Level, Recipient, levels_of, next_level
from tracker.domain.tasks import Task


@dataclass(frozen=True, slots=True)
class Notice:
    """One rung that has come due for one recipient. `audience` is the role in which the person is told.

    `meant_for` is the audience that the ladder names, when it cannot be reached and this one is told instead;
    `acting_for` is the person on leave in whose place this one is told.
    """

    task_id: int
    cycle: int
    rung: Rung
    audience: Level
    person_id: int
    meant_for: Level | None = None
    acting_for: int | None = None


@dataclass(frozen=True, slots=True)
class Returned:
    """A notice that could not be told to its recipient, and goes to whoever can be told instead.

    `heard` are those who have a notice of the same rung; `lost` those of them whom no channel reaches.
    """

    task: Task
    rung: Rung
    audience: Level
    heard: frozenset[int]
    lost: frozenset[int]


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


def decide(
    tasks: Iterable[Task],
    directory: Directory,
    *,
    now: datetime,
    calendar: WorkCalendar,
    available: frozenset[str],
    returned: Iterable[Returned] = (),
) -> Decision:
    """Return what is to be said at an instant about tasks; `available` names the channels that can be used.

    `returned` are notices of earlier decisions that did not reach their recipient.
    """
    decision = Decision()
    passed_on: dict[tuple[int, int, str], set[int]] = {}
    # In the place of two who were not told may stand one person, who is told once, in the higher role.
    for each in sorted(returned, key=lambda each: CLIMB.index(each.audience), reverse=True):
        told = passed_on.setdefault((each.task.id, each.task.cycle, each.rung.name), set())
        _pass_on(decision, each, directory, available, told)
    for task in tasks:
        found = due(task, now=now, calendar=calendar)
        decision.steps.append(_step(task, found))
        decision.suppressions += _not_said(task, found, calendar)
        if found.rung is not None:
            _address(decision, task, found.rung, directory, available)
    return decision


def _step(task: Task, found: Due) -> Step:
    return Step(task.id, found.reached, found.next_rung.name if found.next_rung else None, found.next_at)


def _not_said(task: Task, found: Due, calendar: WorkCalendar) -> list[Suppression]:
    """Return the rungs that a decision passes over, each with its reason."""
    newest = found.rung or (found.outdated[-1] if found.outdated else None)
    passed = [
        Suppression(task.id, task.cycle, rung.name, f"superseded by {newest.name}")
        for rung in found.superseded
        if newest is not None
    ]
    return passed + [
        Suppression(
            task.id,
            task.cycle,
            rung.name,
            f"came due on {rung.day(task.due, calendar)}, over {counted(task.ladder.catch_up_days, 'day')} ago",
        )
        for rung in found.outdated
    ]


def _address(decision: Decision, task: Task, rung: Rung, directory: Directory, available: frozenset[str]) -> None:
    """Add a notice for everybody whom a rung means, each told once, in the highest role."""
    told: set[int] = set()
    for level in levels_of(rung.audience):
        actual, people = _reachable(level, task, directory, available)
        _add(decision, task, rung, level, actual, people, told)


def _pass_on(
    decision: Decision, back: Returned, directory: Directory, available: frozenset[str], told: set[int]
) -> None:
    """Add notices for those who can be told instead, unless they have heard of the same rung already."""
    told |= back.heard
    actual, people = _reachable(back.audience, back.task, directory, available, back.lost)
    _add(decision, back.task, back.rung, back.audience, actual, people, told)


def _add(
    decision: Decision,
    task: Task,
    rung: Rung,
    level: Level,
    actual: Level | None,
    people: tuple[Recipient, ...],
    told: set[int],
) -> None:
    """Add a notice for each of the people who was not told yet, and what the coordinator must know of the level."""
    if actual != level:
        decision.unreached.append(Unreached(task.id, task.unit_id, level, actual))
    if actual is None:
        reason = f"no {level} and nobody above can be reached"
        decision.suppressions.append(Suppression(task.id, task.cycle, rung.name, reason))
    for recipient in people:
        person_id = recipient.person.id
        if person_id not in told:
            told.add(person_id)
            meant_for = level if actual != level else None
            notice = Notice(task.id, task.cycle, rung, actual or level, person_id, meant_for, recipient.acting_for)
            decision.notices.append(notice)


def _reachable(
    level: Level, task: Task, directory: Directory, available: frozenset[str], lost: Collection[int] = ()
) -> tuple[Level | None, tuple[Recipient, ...]]:
    """Return the level itself, or the next one up in which somebody can be told, with those people."""
    actual: Level | None = level
    while actual is not None:
        people = tuple(
            recipient
            for recipient in directory.recipients(actual, task)
            if recipient.person.id not in lost and recipient.person.routes(available)
        )
        if people:
            return actual, people
        actual = next_level(actual)
    return None, ()
