"""Days off that the agency adds or removes, and the calendar in force."""

from datetime import date

from sqlmodel import Session, col, select

from schedules.calendars import OfficeHours, WorkCalendar
from schedules.days_off import in_force
from tracker.store.tables import HolidayRow

_YEARS_AROUND = 2


def agency_days(session: Session) -> list[HolidayRow]:
    """Return what the agency says of days, in their order."""
    return list(session.exec(select(HolidayRow).order_by(col(HolidayRow.day))))


def calendar(session: Session, hours: OfficeHours, around: date) -> WorkCalendar:
    """Return the calendar in force for the years around a day."""
    years = range(around.year - _YEARS_AROUND, around.year + _YEARS_AROUND + 1)
    agency = {row.day: row.off for row in agency_days(session)}
    return WorkCalendar(in_force(years, agency), hours)


def set_day(session: Session, day: date, name: str, *, off: bool) -> None:
    """Keep what the agency says of a day, over the suggestion and over what it said before."""
    session.merge(HolidayRow(day=day, name=name, off=off))
