"""Writes the deadlines of tasks as a file for a calendar program."""

from dataclasses import dataclass
from pathlib import Path

from schedules.calendars import bangkok_day
from tracker.errors import Refused
from tracker.reports.calendar import Deadline, calendar_text
from tracker.usecases.list_tasks import TaskView, list_tasks
from tracker.usecases.services import Services
from tracker.usecases.write_file import write_file

ENDING = ".ics"


@dataclass(frozen=True, slots=True)
class CalendarWritten:
    """How many deadlines the file has, and how many that are off."""

    deadlines: int
    off: int


def write_calendar(
    services: Services, path: Path, *, unit: str | None = None, owner: str | None = None
) -> CalendarWritten:
    """Write the deadlines of open tasks, only those that every given filter lets through; replaces a file of that name.

    A task that is reported, done or waived before its due date comes as an event that is off: a calendar that has it
    from an earlier file drops it. Past ones are left out, for they mislead nobody. Raises NotFound on a unit or
    person that is not known; Refused on another ending, or when the file cannot be written.
    """
    if path.suffix.lower() != ENDING:
        raise Refused(f"A calendar is written as {ENDING}: name the file {path.stem or 'tracker'}{ENDING}.")
    now = services.clock.now()
    views = list_tasks(services, now=now, unit=unit, owner=owner)
    today = bangkok_day(now)
    found = [_deadline(view) for view in views if view.row.status == "open" or view.row.due >= today]
    text = calendar_text(found, now=now)
    write_file(path, lambda partial: partial.write_text(text, encoding="utf-8", newline=""))
    off = sum(deadline.off for deadline in found)
    return CalendarWritten(len(found) - off, off)


def _deadline(view: TaskView) -> Deadline:
    row = view.row
    return Deadline(row.id or 0, row.cycle, row.due, row.title, view.unit, off=row.status != "open")
