"""Keeps that somebody has looked through the days off of a year."""

from datetime import datetime

from schedules.calendars import ERA
from tracker.store import audit, holidays
from tracker.usecases.services import Services


def confirm_holidays(services: Services, year: int, *, actor: str) -> int:
    """Confirm the days off of a Gregorian year as they are in force; returns how many there are.

    Days that are added or removed later keep the confirmation: whoever changes them looks at them.
    """
    now = services.clock.now()
    with services.store.writing() as session:
        audit.hold(session)
        holidays.confirm_year(session, year, now)
        days = sum(day.year == year for day in holidays.days_off(session, (year,)))
        audit.append(
            session, at=now, actor=actor, action="holiday confirm", detail={"year": year + ERA, "days_off": days}
        )
    return days


def confirmed_at(services: Services, year: int) -> datetime | None:
    """Return when the days off of a Gregorian year were last confirmed, None when nobody did."""
    with services.store.reading() as session:
        return holidays.confirmed_at(session, year)
