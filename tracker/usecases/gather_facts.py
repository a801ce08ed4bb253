"""Looks at every part of an installation: what the watch and the health check decide from."""

import shutil

from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from schedules.calendars import bangkok_day
from tracker.delivery.broker import Broker, ask_broker
from tracker.domain.watch import Bells, Facts, Part, Sweeps
from tracker.errors import Misconfigured, Refused, Unavailable
from tracker.store import holidays, marks, tasks
from tracker.store import watch as questions
from tracker.store.schema import require_current
from tracker.usecases.services import Services
from tracker.usecases.sweep import DECIDED, MARK


def gather(services: Services, broker: Broker | None) -> Facts:
    """Return everything that was seen; what does not answer is a fault in it, and nothing raises.

    Without a broker (None) only the database and the machine are looked at.
    """
    faults: dict[Part, str] = {}
    bells: tuple[Bells, ...] = ()
    try:
        bells = ask_broker(broker) if broker else ()
    except (Unavailable, Misconfigured) as fault:
        faults["broker"] = str(fault)
    try:
        require_current(services.store)
        with services.store.reading() as session:
            return _seen(session, services, faults, bells)
    except Refused as fault:
        faults["schema"] = str(fault)
    except Unavailable as fault:
        faults["database"] = str(fault)
    except DBAPIError as fault:  # such as a table that somebody dropped
        faults["database"] = f"The database cannot be used ({type(fault).__name__}): restore it from a backup."
    return Facts(services.clock.now(), faults=faults, free=_free(services), bells=bells)


def _seen(session: Session, services: Services, faults: dict[Part, str], bells: tuple[Bells, ...]) -> Facts:
    ended = marks.mark(session, MARK)
    written = (questions.newest_entry(session), ended)
    clock, now = questions.database_clock(session), services.clock.now()
    return Facts(
        now=now,
        calendar=holidays.calendar(session, services.settings.office_hours, bangkok_day(now)),
        faults=faults,
        free=_free(services),
        database_clock=clock,
        newest=max((at for at in written if at), default=None),
        sweeps=Sweeps.every(services.settings.sweep_every, ended=ended, decided=marks.mark(session, DECIDED)),
        bells=bells,
        work=questions.work(session, tasks.ladders(session), services.settings.channel_names, now),
    )


def _free(services: Services) -> int:
    """Return the free bytes of the home's disk; none when the home is not there."""
    try:
        return shutil.disk_usage(services.settings.home).free
    except OSError:
        return 0
