"""Where the agency stands: tasks by state and unit, and how far what is overdue has escalated."""

from collections import Counter
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from schedules.calendars import bangkok_day
from tracker.store import holidays, marks, messages, notices, people, tasks
from tracker.usecases.list_plans import Progress, all_progress
from tracker.usecases.list_tasks import TaskView, list_tasks
from tracker.usecases.nobody_home import NobodyHome, nobody_home
from tracker.usecases.services import Services
from tracker.usecases.sweep import MARK


@dataclass(frozen=True, slots=True)
class Status:
    """Counts by state, by unit and state, what is overdue with the highest audience told, and the outbox.

    `escalated` counts the overdue tasks by the highest audience told. `measures` is how far each measure has come;
    `unconfirmed_years` are the Gregorian years with open tasks whose days off nobody has confirmed; `alone` are the
    units whose open tasks nobody can be told of.
    """

    states: dict[str, int]
    units: dict[str, dict[str, int]]
    overdue: list[tuple[TaskView, str | None]]
    waiting: dict[str, int]
    last_sweep: datetime | None
    measures: list[Progress]
    unconfirmed_years: list[int]
    alone: tuple[NobodyHome, ...]

    @property
    def escalated(self) -> dict[str, int]:
        """Return how many overdue tasks each audience knows of at most; `nobody` where none was told yet."""
        return dict(Counter(level or "nobody" for _, level in self.overdue))

    def to_json(self) -> dict[str, Any]:
        """Return the status as JSON values."""
        return {
            "states": self.states,
            "units": self.units,
            "overdue": [{**view.to_json(), "escalated_to": level} for view, level in self.overdue],
            "messages_waiting": self.waiting,
            "last_sweep": self.last_sweep.isoformat() if self.last_sweep else None,
            "measures": [each.to_json() for each in self.measures],
            "unconfirmed_years": self.unconfirmed_years,
            "escalated": self.escalated,
            "nobody_home": [asdict(each) for each in self.alone],
        }


def status(services: Services, *, now: datetime) -> Status:
    """Return where the agency stands at an instant."""
    views = list_tasks(services, now=now)
    late = [view for view in views if view.overdue_days]
    units: dict[str, Counter[str]] = {}
    for view in views:
        units.setdefault(view.unit, Counter())[_state(view)] += 1
    with services.store.reading() as session:
        reached = notices.highest_audience(session, [view.row.id or 0 for view in late])
        return Status(
            dict(Counter(map(_state, views))),
            {unit: dict(counts) for unit, counts in sorted(units.items())},
            [(view, reached.get((view.row.id or 0, view.row.cycle))) for view in late],
            messages.claimable(session, now),
            marks.mark(session, MARK),
            all_progress(session),
            holidays.unconfirmed(session, tasks.years_of_open(session)),
            nobody_home(session, people.directory(session, bangkok_day(now)), services.settings.channel_names),
        )


def _state(view: TaskView) -> str:
    return "overdue" if view.overdue_days else view.row.status
