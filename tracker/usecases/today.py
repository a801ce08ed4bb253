"""What needs a coordinator today: what the digest, the status and the watch say, at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from schedules.calendars import bangkok_day
from tracker.delivery.broker import Broker
from tracker.domain.messages import IN_A_SECTION, CoordinatorDay
from tracker.domain.people import Level
from tracker.domain.some import Some
from tracker.domain.watch import Finding, findings
from tracker.store import notices, tasks
from tracker.store.tables import TaskRow
from tracker.usecases.compose_messages import Writer
from tracker.usecases.gather_facts import gather
from tracker.usecases.nobody_home import NobodyHome, nobody_home
from tracker.usecases.services import Services
from tracker.usecases.standing import read_day, read_standing

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Today:
    """What stands open: the coordinator's day, of the messages that failed those of a week.

    `states` counts tasks; `told` the overdue ones by the highest audience that was told; `coming` are due from today
    on within a week. `channels` are switched on; `findings` is what the watch has found.
    """

    day: date
    agency: str | None
    people: int
    states: Mapping[str, int]
    digest: CoordinatorDay
    told: Mapping[Level | None, int]
    coming: Some[TaskRow]
    alone: tuple[NobodyHome, ...]
    channels: tuple[str, ...]
    findings: tuple[Finding, ...]
    units: Mapping[int, str]


def today(services: Services, *, now: datetime) -> Today:
    """Return what needs a coordinator at an instant; nothing is stored."""
    settings, day = services.settings, bangkok_day(now)
    seen = findings(gather(services, Broker(settings.redis_url) if settings.redis_url else None))
    with services.store.reading() as session:
        writer = Writer.of(session, services, now, available=frozenset(settings.channel_names))
        return Today(
            day=day,
            agency=settings.agency,
            people=len(writer.directory.people),
            states=tasks.counts(session),
            digest=read_day(writer, read_standing(writer), since=now - WEEK, incidents=()),
            told=notices.overdue_by_audience(session, day),
            coming=tasks.due_between(session, day, day + WEEK - timedelta(days=1), IN_A_SECTION),
            alone=nobody_home(session, writer.directory, settings.channel_names),
            channels=settings.channel_names,
            findings=seen,
            units=writer.units,
        )
