"""Keeps on a task what will be said about it next, and when."""

from datetime import datetime

from schedules.calendars import WorkCalendar
from schedules.ladders import Ladder
from tracker.domain.notices import pending
from tracker.store import tasks
from tracker.store.tables import TaskRow


def look_ahead(row: TaskRow, ladders: dict[str, Ladder], calendar: WorkCalendar, now: datetime) -> bool:
    """Set a task's next rung and its instant by its state, ladder and calendar; False when they were right.

    `ladders` holds the task's own by its fingerprint. The caller's transaction stores the row.
    """
    rung, at = pending(tasks.as_task(row, ladders), now=now, calendar=calendar)
    name = rung.name if rung else None
    if (name, at) == (row.next_rung, row.next_notice_at):
        return False
    row.next_rung, row.next_notice_at = name, at
    return True
