"""Working days, fiscal years and office hours, all in Bangkok time. Pure arithmetic."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, timezone

BANGKOK = timezone(timedelta(hours=7), "Asia/Bangkok")
"""Thailand has had no daylight saving since 1920, so a fixed offset is exact."""

ERA = 543
SATURDAY = 5
DAY = timedelta(days=1)


def bangkok_day(instant: datetime) -> date:
    """Return the calendar day in Bangkok on which an aware instant falls."""
    return instant.astimezone(BANGKOK).date()


def fiscal_year_of(day: date) -> int:
    """Return the fiscal year (B.E.) of a day: year N runs 1 October N-1 to 30 September N."""
    return day.year + ERA + (1 if day.month >= 10 else 0)  # noqa: PLR2004 - October


def fiscal_year_bounds(year: int) -> tuple[date, date]:
    """Return the first and last day of a fiscal year (B.E.)."""
    return date(year - ERA - 1, 10, 1), date(year - ERA, 9, 30)


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """The part of a working day in which notices may leave, Bangkok time, the end excluded.

    An end of midnight means the end of the day.
    """

    opens: time = time(8, 30)
    closes: time = time(16, 30)

    def __post_init__(self) -> None:
        if self.closes != time(0) and self.opens >= self.closes:
            raise ValueError(f"office hours end ({self.closes:%H:%M}) before they begin ({self.opens:%H:%M})")

    def include(self, moment: time) -> bool:
        """Say whether the office is open at a time of day."""
        return self.opens <= moment and (self.closes == time(0) or moment < self.closes)


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """Working days (Monday to Friday less the holidays in force) and office hours."""

    holidays: frozenset[date] = frozenset()
    hours: OfficeHours = field(default_factory=OfficeHours)

    def is_working(self, day: date) -> bool:
        """Say whether offices work on a day."""
        return day.weekday() < SATURDAY and day not in self.holidays

    def same_or_before(self, day: date) -> date:
        """Return the day itself, or the last working day before it."""
        while not self.is_working(day):
            day -= DAY
        return day

    def same_or_after(self, day: date) -> date:
        """Return the day itself, or the first working day after it."""
        while not self.is_working(day):
            day += DAY
        return day

    def add_working(self, day: date, count: int) -> date:
        """Return the `count`-th working day after a day; the first day is not counted (B.E. 2539 Act s.64)."""
        for _ in range(count):
            day = self.same_or_after(day + DAY)
        return day

    def opening(self, day: date) -> datetime:
        """Return the instant (UTC) at which the office opens on a day."""
        return datetime.combine(day, self.hours.opens, BANGKOK).astimezone(UTC)

    def is_open(self, instant: datetime) -> bool:
        """Say whether notices may leave at an instant."""
        local = instant.astimezone(BANGKOK)
        return self.is_working(local.date()) and self.hours.include(local.time())

    def closing(self, day: date) -> datetime:
        """Return the instant (UTC) at which the office closes on a day."""
        past_midnight = DAY if self.hours.closes == time(0) else timedelta(0)
        return datetime.combine(day + past_midnight, self.hours.closes, BANGKOK).astimezone(UTC)

    def after_open(self, instant: datetime, span: timedelta) -> datetime:
        """Return the instant (UTC) at which the office has been open for a span since another instant."""
        at = self.next_open(instant)
        while at + span > (closes := self.closing(bangkok_day(at))):
            span -= closes - at
            at = self.next_open(closes)
        return at + span

    def next_open(self, instant: datetime) -> datetime:
        """Return the instant itself if the office is open, or else the next opening (UTC)."""
        if self.is_open(instant):
            return instant.astimezone(UTC)
        local = instant.astimezone(BANGKOK)
        day = local.date() if local.time() < self.hours.opens else local.date() + DAY
        return self.opening(self.same_or_after(day))
