"""Which rung of a task has come due: a pure function of the task, the instant and the calendar."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from schedules.calendars import WorkCalendar, bangkok_day
from schedules.ladders import Rung
from tracker.domain.tasks import Task

LAST_RUNG = "the last rung was reached"


@dataclass(frozen=True, slots=True)
class Due:
    """What is to be said about a task now, and when to look again.

    `rung` is the newest rung that has come due and was not decided before (None: nothing to say);
    `superseded` are the older missed ones. When even the newest came due too long ago, `rung` is None and all
    missed ones are `outdated`: withheld, and to be recorded with that reason. `reached` is the index to keep on
    the task, whatever was withheld. `next_at` (UTC) is the next instant at which something comes due, None when
    `why_none` holds.
    """

    rung: Rung | None
    superseded: tuple[Rung, ...]
    reached: int
    next_rung: Rung | None
    next_at: datetime | None
    why_none: str | None = None
    outdated: tuple[Rung, ...] = ()


def due(task: Task, *, now: datetime, calendar: WorkCalendar) -> Due:
    """Return what is due for a task at an instant; nothing for a task that is not open.

    Never tests a day for equality: a rung missed for any reason is found by the next look.
    """
    if task.status != "open":
        return Due(None, (), task.reached, None, None, f"the task is {task.status}")
    rungs, until = task.ladder.rungs, held_until(task, now=now, calendar=calendar)
    come, upcoming = ((), _first_instant(task, calendar)) if until else _come(task, now, calendar)
    rung, superseded, outdated = _sorted_out(task, come, now, calendar)
    reached = task.reached + len(come)
    if upcoming is None:
        return Due(rung, superseded, reached, None, None, LAST_RUNG, outdated)
    next_at = max(upcoming, until) if until else upcoming
    return Due(rung, superseded, reached, rungs[reached + 1], next_at, None, outdated)


def pending(task: Task, *, now: datetime, calendar: WorkCalendar) -> tuple[Rung | None, datetime | None]:
    """Return the rung that is next and the instant (UTC) to keep for it, which has passed when it waits for a sweep.

    A task opened late waits with its newest rung that has come due, not with the first of the ladder. What waits is
    kept with the instant since which it could have been said, which tells a rung that an extension or a reopening has
    just brought up from one that was missed for a month: see `waits_since`.
    """
    task = task if task.next_notice_at else replace(task, next_notice_at=now)
    found = due(task, now=now, calendar=calendar)
    waiting = found.rung or (found.outdated[-1] if found.outdated else None)
    if waiting is None:
        return found.next_rung, found.next_at
    return waiting, waits_since(task, waiting, now=now, calendar=calendar)


def waits_since(task: Task, rung: Rung, *, now: datetime, calendar: WorkCalendar) -> datetime:
    """Return the open instant (UTC) since which a missed rung could have been said.

    That is when it came due; or later, when the task was opened, when a promise ended, or when a person's act (extend,
    reopen, rebase) put the task where it stands, of which the instant kept for its next notice is the trace.
    """
    bounds = rung.instant(task.due, calendar), task.opened_at, task.next_notice_at, _promise_ends(task, calendar)
    return calendar.next_open(min(now, max(bound for bound in bounds if bound is not None)))


def held_until(task: Task, *, now: datetime, calendar: WorkCalendar) -> datetime | None:
    """Return when (UTC) a promise stops holding an open task's notices back, None when none does."""
    ends = _promise_ends(task, calendar)
    return ends if task.status == "open" and ends is not None and now < ends else None


def _promise_ends(task: Task, calendar: WorkCalendar) -> datetime | None:
    """Return when a promise no longer holds notices back: the opening of the working day after its date."""
    if task.promised is None:
        return None
    return calendar.opening(calendar.same_or_after(task.promised + timedelta(days=1)))


def _first_instant(task: Task, calendar: WorkCalendar) -> datetime | None:
    """Return when the rung after the one that was reached comes due, None when there is none."""
    rest = task.ladder.rungs[task.reached + 1 :]
    return rest[0].instant(task.due, calendar) if rest else None


def _come(task: Task, now: datetime, calendar: WorkCalendar) -> tuple[tuple[Rung, ...], datetime | None]:
    """Return the missed rungs in their order, and the instant of the one after them.

    Instants rise along a ladder, so that the first one to come ends the search: a sweep looks at many tasks.
    """
    come: list[Rung] = []
    for rung in task.ladder.rungs[task.reached + 1 :]:
        at = rung.instant(task.due, calendar)
        if at > now:
            return tuple(come), at
        come.append(rung)
    return tuple(come), None


def _sorted_out(
    task: Task, come: tuple[Rung, ...], now: datetime, calendar: WorkCalendar
) -> tuple[Rung | None, tuple[Rung, ...], tuple[Rung, ...]]:
    """Return of the missed rungs the one to say, the superseded ones and the outdated ones."""
    if not come:
        return None, (), ()
    since = waits_since(task, come[-1], now=now, calendar=calendar)
    if (bangkok_day(now) - bangkok_day(since)).days > task.ladder.catch_up_days:
        return None, (), come
    return come[-1], come[:-1], ()
