"""Puts tasks on the ladder that is in force for their kind; what was said is not said again."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session

from schedules.calendars import bangkok_day
from schedules.ladders import Ladder
from tracker.domain.notices import pending
from tracker.domain.tasks import Task
from tracker.errors import Refused
from tracker.store import audit, holidays, people, tasks
from tracker.store.tables import TaskRow
from tracker.usecases.policies import policy_in_force
from tracker.usecases.services import Services

_LIVE = ("open", "submitted")


@dataclass(frozen=True, slots=True)
class Footing:
    """Where a task stands: its ladder (fingerprint), the rung it has reached, and what is said next, and when."""

    ladder: str
    rung: str | None
    next_rung: str | None
    next_at: datetime | None


@dataclass(frozen=True, slots=True)
class Rebased:
    """What a new ladder changes for one task."""

    task_id: int
    unit: str
    title: str
    status: str
    before: Footing
    after: Footing


class _DryRun(Exception):  # not an error: it rolls the rehearsal back
    def __init__(self, moved: list[Rebased]) -> None:
        self.moved = moved


def rebase(
    services: Services, task_ids: Sequence[int], *, reason: str | None, actor: str, dry_run: bool = False
) -> list[Rebased]:
    """Put open and submitted tasks, all when none is named, on the ladder in force; returns those that moved.

    Tasks that are on it already stay as they are. Raises NotFound or Refused, and changes nothing, when one that is
    named is not there or is closed, or when no reason is given for more than a dry run.
    """
    if not dry_run and not (reason or "").strip():
        raise Refused('`ladder rebase` needs a reason, which is kept in the audit trail: add --reason "...".')
    try:
        with services.store.writing() as session:
            audit.hold(session)
            moved = _rebase_all(session, services, _chosen(session, task_ids), reason, actor)
            if dry_run:
                raise _DryRun(moved)
    except _DryRun as rehearsed:
        return rehearsed.moved
    return moved


def _chosen(session: Session, task_ids: Sequence[int]) -> list[TaskRow]:
    if not task_ids:
        return tasks.tasks(session, statuses=_LIVE)
    rows = [tasks.task(session, task_id) for task_id in dict.fromkeys(task_ids)]
    for row in rows:
        if row.status not in _LIVE:
            raise Refused(f"Task {row.id} is {row.status}, and a closed task keeps its ladder: leave it out.")
    return rows


def _rebase_all(
    session: Session, services: Services, rows: list[TaskRow], reason: str | None, actor: str
) -> list[Rebased]:
    now, policy = services.clock.now(), policy_in_force(services.settings)
    calendar = holidays.calendar(session, services.settings.office_hours, bangkok_day(now))
    known, units = tasks.ladders(session), people.unit_names(session)
    behind = [row for row in rows if known[row.ladder] != policy.of(row.kind)]
    kept = {kind: tasks.keep_ladder(session, policy.of(kind)) for kind in {row.kind for row in behind}}
    moved = []
    for row in behind:
        old = tasks.as_task(row, known)
        new = on_ladder(old, policy.of(row.kind))
        rung, at = pending(new, now=now, calendar=calendar)
        before = Footing(row.ladder, _rung_of(old), row.next_rung, row.next_notice_at)
        after = Footing(kept[row.kind], _rung_of(new), rung.name if rung else None, at)
        moved.append(Rebased(old.id, units[row.unit_id], row.title, row.status, before, after))
        _store(session, row, new, after)
        _record(session, moved[-1], reason, actor, now)
    return moved


def on_ladder(task: Task, ladder: Ladder) -> Task:
    """Return a task as it stands on another ladder, nothing kept yet for its next notice."""
    reached = ladder.place_of(task.ladder.rungs[task.reached]) if task.reached >= 0 else -1
    return replace(task, ladder=ladder, reached=reached, next_notice_at=None)


def _rung_of(task: Task) -> str | None:
    return task.ladder.rungs[task.reached].name if task.reached >= 0 else None


def _store(session: Session, row: TaskRow, new: Task, after: Footing) -> None:
    values = {"ladder": after.ladder, "reached": new.reached}
    tasks.change(session, row, **values, next_rung=after.next_rung, next_notice_at=after.next_at)


def _record(session: Session, moved: Rebased, reason: str | None, actor: str, now: datetime) -> None:
    before, after = moved.before, moved.after
    audit.append(
        session,
        at=now,
        actor=actor,
        action="task rebase",
        task_id=moved.task_id,
        reason=reason,
        detail={
            "before": before.ladder,
            "after": after.ladder,
            "stood_on": before.rung,
            "stands_on": after.rung,
        },
    )
