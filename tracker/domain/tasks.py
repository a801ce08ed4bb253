"""Tasks: states and legal moves as one table, and the part of a task that decisions need."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, get_args

from schedules.ladders import Ladder
from tracker.domain.counting import counted
from tracker.domain.thai.dates import short_day
from tracker.errors import Refused

Status = Literal["open", "submitted", "done", "waived"]
Act = Literal["submit", "done", "reopen", "waive", "extend", "ack", "assign"]
STATUSES: tuple[Status, ...] = get_args(Status)

MOVES: dict[Act, tuple[frozenset[Status], Status | None]] = {
    "submit": (frozenset({"open"}), "submitted"),
    "done": (frozenset({"open", "submitted"}), "done"),
    "reopen": (frozenset({"submitted", "done", "waived"}), "open"),
    "waive": (frozenset({"open", "submitted"}), "waived"),
    "extend": (frozenset({"open"}), None),
    "ack": (frozenset({"open"}), None),
    "assign": (frozenset({"open", "submitted"}), None),
}
"""For each act: the states it may start from, and the state it leads to (None: it stays)."""

NEEDS_REASON: frozenset[Act] = frozenset({"reopen", "waive", "extend"})


@dataclass(frozen=True, slots=True)
class Task:
    """One obligation of one owner for one period, as decisions see it.

    `reached` is the index of the newest rung decided in this cycle, -1 for none. `promised` is the date that
    an acknowledgement promised in this cycle. `opened_at` is its first opening; `next_notice_at` is the instant that
    is kept for its next notice, None when a person's act has just cleared it.
    """

    id: int
    status: Status
    due: date
    cycle: int
    ladder: Ladder
    reached: int
    unit_id: int
    owner_id: int | None = None
    promised: date | None = None
    promises: int = 0
    opened_at: datetime | None = None
    next_notice_at: datetime | None = None


Title = tuple[date, int, str]
"""A task in few words: due date, number, title."""


@dataclass(frozen=True, slots=True)
class Late:
    """Open tasks past their due date that share unit, named person, ladder (by fingerprint) and rung reached.

    `titles` are the first of all that are late of the same unit and person.
    """

    unit_id: int
    owner_id: int | None
    ladder: str
    reached: int
    count: int
    oldest: date
    titles: tuple[Title, ...]


def move(task_id: int, status: Status, act: Act) -> Status:
    """Return the state that an act leads to; raises Refused when the table does not allow it."""
    starts, leads_to = MOVES[act]
    if status not in starts:
        allowed = [name for name, (froms, _) in MOVES.items() if status in froms]
        raise Refused(f"Task {task_id} is {status}, so {act} is not possible; possible now: {', '.join(allowed)}.")
    return leads_to or status


def check_promise(task: Task, until: date, today: date) -> None:
    """Raise Refused when an owner may not promise that date: used up, in the past, or too far ahead."""
    ladder = task.ladder
    if task.promises >= ladder.promises:
        raise Refused(
            f"Task {task.id} was promised {task.promises} times already, which is the limit: "
            "extend its due date instead, with a reason."
        )
    if not today <= until:
        raise Refused(
            f"A promise for task {task.id} cannot lie in the past ({short_day(until)}): "
            f"give a date from {short_day(today)} on."
        )
    if (until - today).days > ladder.promise_days:
        most = counted(ladder.promise_days, "day")
        raise Refused(
            f"A promise for task {task.id} may lie at most {most} ahead, and {short_day(until)} is further: "
            "give an earlier date, or extend the due date with a reason."
        )
