"""What every message rests on, read once for all the senders of a process: who is who, and the calendar."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session

from schedules.calendars import WorkCalendar, bangkok_day
from tracker.store import audit, holidays
from tracker.usecases.compose_messages import Writer
from tracker.usecases.services import Services


@dataclass(frozen=True, slots=True)
class Ground:
    """The calendar and who is who, right up to an entry of the trail (`seen`); `asked` is what else it rests on."""

    seen: int
    calendar: WorkCalendar
    writer: Writer
    asked: tuple[object, ...]


def read_ground(session: Session, services: Services, now: datetime) -> Ground:
    """Return the ground of a moment, read anew on another day and when a person has done something since."""
    day, settings, shelf = bangkok_day(now), services.settings, services.shelf
    # And every five minutes, should somebody have changed the database by hand, past the trail.
    lately = int(now.timestamp()) // 300
    asked = day, lately, frozenset(services.channels), settings.agency, settings.office_hours, settings.home
    # The transaction begins here: on SQLite whoever held the shelf and then waited for the database's lock would wait
    # for one who held that lock and waits for the shelf. And what is done after this entry counts.
    seen = audit.newest(session)
    with shelf.lock:  # one reads for all: for each sender by itself it would take longer than to send
        kept: Ground | None = shelf.ground
        if kept is not None and kept.asked == asked:
            acted, newest = audit.acted_since(session, kept.seen)
            if not acted:  # moved on, so that nobody looks at the same entries again
                kept = shelf.ground = replace(kept, seen=newest)
                return kept
        calendar = holidays.calendar(session, settings.office_hours, day)
        kept = shelf.ground = Ground(seen, calendar, Writer.of(session, services, now), asked)
        return kept
