"""Days off that the agency adds or removes, the years that it has confirmed, and the calendar in force."""

from collections.abc import Iterable
from datetime import date, datetime

from sqlmodel import Session, col, select

from schedules.calendars import OfficeHours, WorkCalendar
from schedules.days_off import in_force
from tracker.store.tables import HolidayRow, HolidayYearRow

_YEARS_AROUND = 2


def agency_days(session: Session) -> list[HolidayRow]:
    """Return what the agency says of days, in their order."""
    return list(session.exec(select(HolidayRow).order_by(col(HolidayRow.day))))


def calendar(session: Session, hours: OfficeHours, around: date) -> WorkCalendar:
    """Return the calendar in force for the years around a day."""
    years = range(around.year - _YEARS_AROUND, around.year + _YEARS_AROUND + 1)
    return WorkCalendar(days_off(session, years), hours)


def days_off(session: Session, years: Iterable[int]) -> frozenset[date]:
    """Return the days off in force of some Gregorian years, and whatever the agency says of others."""
    return in_force(years, {row.day: row.off for row in agency_days(session)})


def set_day(session: Session, day: date, name: str, *, off: bool) -> None:
    """Keep what the agency says of a day, over the suggestion and over what it said before."""
    session.merge(HolidayRow(day=day, name=name, off=off))


def confirm_year(session: Session, year: int, at: datetime) -> None:
    """Keep that somebody has looked through the days off of a Gregorian year; saying it again keeps the last time."""
    session.merge(HolidayYearRow(year=year, confirmed_at=at))


def confirmed_at(session: Session, year: int) -> datetime | None:
    """Return when the days off of a Gregorian year were last confirmed, None when nobody did."""
    found = session.get(HolidayYearRow, year)
    return None if found is None else found.confirmed_at


def unconfirmed(session: Session, years: Iterable[int]) -> list[int]:
    """Return those of some Gregorian years whose days off nobody has confirmed, in their order."""
    confirmed = set(session.exec(select(HolidayYearRow.year)))
    return sorted(set(years) - confirmed)
