"""Whether a notice that was decided is still to be said: looked at again just before it leaves. Pure."""

from collections.abc import Collection
from datetime import date, datetime

from tracker.domain.tasks import Task


def why_withdrawn(
    task: Task,
    *,
    cycle: int,
    rung: str,
    decided_at: datetime,
    promised_at: datetime | None,
    today: date,
    said: Collection[str] = (),
) -> str | None:
    """Return why a notice is no longer to be said, None when it is.

    Nothing is decided while a promise holds, so whatever meets one was decided before it, whatever the clocks say.

    `said` are the rungs of which the same recipient has a notice in the same cycle: an older rung that waited,
    for a server or for the office to open, is not said after a newer one.
    """
    if task.status != "open":
        return f"the task is {task.status}"
    if task.cycle != cycle:
        return "the due date was extended"
    made_since = promised_at is not None and promised_at > decided_at
    if task.promised is not None and (task.promised >= today or made_since):
        return "the owner promised a date"
    newer = _newer_than(rung, task, said)
    return f"superseded by {newer}" if newer else None


def _newer_than(rung: str, task: Task, said: Collection[str]) -> str | None:
    """Return the newest rung said that stands above another on the task's ladder, if any."""
    names = [each.name for each in task.ladder.rungs]
    if rung not in names:
        return None
    above = [name for name in names[names.index(rung) + 1 :] if name in said]
    return above[-1] if above else None
