"""When an obligation falls due in a fiscal year: once, by its rounds, or month by month. Pure."""

from collections.abc import Iterator
from datetime import date, timedelta

from schedules.calendars import WorkCalendar, fiscal_year_bounds
from schedules.reporting import ReportingPolicy
from tracker.domain.plans import Obligation, Timeframe
from tracker.domain.thai.dates import WEEKDAYS
from tracker.domain.thai.phrases import Offset, Reading, read_phrase

_A_MONTH, _A_WEEK, _MONTHS_A_YEAR = 30, 7, 12


def occasions(
    obligation: Obligation, fiscal_year: int, reporting: ReportingPolicy, runs: Timeframe | None = None
) -> Iterator[tuple[date, str | None]]:
    """Yield each due date of an obligation in a fiscal year (B.E.), with the period that it is for.

    Continuous, event-bound, vague and supervising duties have none. What is owed month by month, with no span of its
    own, is owed for the months in which its measure runs.
    """
    if obligation.kind == "supervise":
        return
    if obligation.rule in ("due", "window"):
        due = obligation.due or obligation.end
        if due is not None:
            yield due, obligation.periods[0] if len(obligation.periods) == 1 else None
    elif obligation.rule == "periodic":
        for period in obligation.periods:
            due = obligation.due if obligation.due and len(obligation.periods) == 1 else None
            yield due or reporting.due(period, fiscal_year), period
    elif obligation.rule == "annual":
        rounds = () if obligation.due else obligation.periods
        yield from ((obligation.due or reporting.due(one, fiscal_year), one) for one in rounds or ("12-month",))
    elif obligation.rule in ("monthly", "quarterly"):
        yield from _repeated(obligation, *_year_or_run(obligation, fiscal_year, runs))


def _year_or_run(
    obligation: Obligation, fiscal_year: int, runs: Timeframe | None
) -> tuple[date, date, Timeframe | None]:
    """Return the fiscal year's days, and the run of the measure if it bounds the obligation and touches the year."""
    first, last = fiscal_year_bounds(fiscal_year)
    bounds = runs and not (obligation.start or obligation.end) and runs.start <= last and runs.end >= first
    return first, last, runs if bounds else None


def _repeated(obligation: Obligation, first: date, last: date, runs: Timeframe | None) -> Iterator[tuple[date, str]]:
    """Yield the days of the months or quarters of a fiscal year: their ends, or the days that the words state.

    What is owed in the month after is about the month before it, which has to lie in the obligation's span.
    """
    reading = read_phrase(obligation.phrase)
    stated = next((one for one in (reading, *reading.alternatives) if one.rule == obligation.rule), None)
    months = 3 if obligation.rule == "quarterly" else 1
    for n in range(_MONTHS_A_YEAR // months):
        start = _month_after(first, n * months)
        end = _month_after(start, months) - timedelta(days=1)
        due = _day_owed(stated, start, end, months) if stated else end
        if runs and (end < runs.start or start > runs.end):
            continue
        if (obligation.start or first) <= min(due, end) <= (obligation.end or last):
            yield due, f"{end.year}-{end.month:02}" if months == 1 else f"quarter-{n + 1}"


def _day_owed(stated: Reading, start: date, end: date, months: int) -> date:
    """Return the day on which a month or quarter is owed; a day without its month tells nothing of a quarter."""
    offset = stated.offset
    is_later = bool(offset and (offset.days == _A_MONTH or "ถัด" in (offset.since or "")))
    if months > 1 and not is_later:
        return end
    first = _month_after(end, 1) if is_later else start
    last = _month_after(first, 1) - timedelta(days=1)
    if isinstance(stated.day, int):
        return first.replace(day=min(stated.day, last.day))
    if stated.day == "last" or not offset:
        return last
    return _counted(offset, first, last)


def _counted(offset: Offset, first: date, last: date) -> date:
    """Return the day that is counted from a month's beginning or from its end: `๕ วันทำการแรก`, `วันศุกร์สุดท้าย`."""
    weekday = next((n for n, name in enumerate(WEEKDAYS) if f"วัน{name}" in (offset.since or "")), None)
    if weekday is not None:
        ahead = (weekday - first.weekday()) % _A_WEEK + max(offset.days - _A_WEEK, 0)
        behind = (last.weekday() - weekday) % _A_WEEK
        return last - timedelta(days=behind) if offset.days < 0 else min(first + timedelta(days=ahead), last)
    if offset.days < 0:
        return last
    if offset.working:
        new_year = frozenset({date(first.year, 1, 1)})
        return WorkCalendar(new_year).add_working(first - timedelta(days=1), offset.days)
    return min(first + timedelta(days=offset.days - 1), last)


def _month_after(first: date, months: int) -> date:
    """Return the first day of the month that lies some months after the month of `first`."""
    years, month = divmod(first.month - 1 + months, _MONTHS_A_YEAR)
    return date(first.year + years, month + 1, 1)
