"""Which rung of a task has come due: a pure function of the task, the instant and the calendar."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from schedules.calendars import WorkCalendar
from schedules.ladders import Rung
from tracker.domain.tasks import Task


@dataclass(frozen=True, slots=True)
class Due:
    """What is to be said about a task now, and when to look again.

    `rung` is the newest rung that has come due and was not decided before (None: nothing to say);
    `superseded` are the older missed ones. `reached` is the index to keep on the task. `next_at` (UTC) is the
    next instant at which something comes due, None when `why_none` holds.
    """

    rung: Rung | None
    superseded: tuple[Rung, ...]
    reached: int
    next_rung: Rung | None
    next_at: datetime | None
    why_none: str | None = None


def due(task: Task, *, now: datetime, calendar: WorkCalendar) -> Due:
    """Return what is due for a task at an instant; nothing for a task that is not open.

    Never tests a day for equality: a rung missed for any reason is found by the next look.
    """
    if task.status != "open":
        return Due(None, (), task.reached, None, None, f"the task is {task.status}")
    rungs = task.ladder.rungs
    instants = [rung.instant(task.due, calendar) for rung in rungs]
    held_until = _promise_ends(task, calendar)
    holding = held_until is not None and now < held_until
    come = [i for i in range(task.reached + 1, len(rungs)) if instants[i] <= now] if not holding else []
    reached = come[-1] if come else task.reached
    if reached + 1 == len(rungs):
        return Due(_at(rungs, come), _before(rungs, come), reached, None, None, "the last rung was reached")
    upcoming = instants[reached + 1]
    next_at = max(upcoming, held_until) if holding and held_until else upcoming
    return Due(_at(rungs, come), _before(rungs, come), reached, rungs[reached + 1], next_at)


def _promise_ends(task: Task, calendar: WorkCalendar) -> datetime | None:
    """Return when a promise no longer holds notices back: the opening of the working day after its date."""
    if task.promised is None:
        return None
    return calendar.opening(calendar.same_or_after(task.promised + timedelta(days=1)))


def _at(rungs: tuple[Rung, ...], come: list[int]) -> Rung | None:
    return rungs[come[-1]] if come else None


def _before(rungs: tuple[Rung, ...], come: list[int]) -> tuple[Rung, ...]:
    return tuple(rungs[i] for i in come[:-1])


def pending(task: Task, *, now: datetime, calendar: WorkCalendar) -> tuple[Rung | None, datetime | None]:
    """Return the rung that will be said next and its instant (UTC), which has passed when it waits for a sweep.

    A task opened late waits with its newest rung that has come due, not with the first of the ladder.
    """
    found = due(task, now=now, calendar=calendar)
    if found.rung is None:
        return found.next_rung, found.next_at
    return found.rung, found.rung.instant(task.due, calendar)
