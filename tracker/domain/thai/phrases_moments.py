"""A day or a month as it is printed, and what it is when its year is left out, doubtful or impossible."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from schedules.calendars import ERA, WorkCalendar
from tracker.domain.thai.dates import parse_day
from tracker.domain.thai.phrases_grammar import be_year, moment, month_end, month_of, pattern
from tracker.domain.thai.phrases_reading import Reading

Match = re.Match[str]
Builder = Callable[[Match, int | None], Reading]

YEARLY = r"(?: (?P<yearly>(?:ของ)?ทุก ?(?:ๆ)? ?ปี|ของแต่ละปี))?"
ALSO = pattern(rf" (?:และ|กับ|,|/) (?:ภายใน|ใน)? {moment(1)}{YEARLY}")
"""A further day that is owed like the one before it."""

MOST_ALSO = 3
_OCTOBER, _DECEMBER, _LAST, _OLDEST, _NEWEST = 10, 12, 31, 1957, 2157
_NUMBERS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Moment:
    """A day or a month as printed; the year is B.E. and may be missing, or be that after the plan's (`is_later`)."""

    day: int | None
    month: int
    year: int | None
    is_later: bool = False

    def within(self, fiscal_year: int | None) -> "Moment":
        """Return the moment with its year filled in from a fiscal year."""
        if self.year or not fiscal_year:
            return self
        return Moment(self.day, self.month, fiscal_year + self.is_later - (self.month >= _OCTOBER))

    def until(self, last: "Moment") -> "Moment":
        """Return the moment with the year of a later one that has it: `ม.ค.-ก.พ. ๖๖`; over New Year the one before."""
        if self.year or not last.year:
            return self
        turns = (self.month, self.day or 1) > (last.month, last.day or _LAST)
        return Moment(self.day, self.month, last.year - turns)

    def since(self, first: "Moment") -> "Moment":
        """Return the moment with the year of an earlier one that has it."""
        if self.year or not first.year:
            return self
        turns = (first.month, first.day or 1) > (self.month, self.day or _LAST)
        return Moment(self.day, self.month, first.year + turns)

    def first(self) -> date | None:
        """Return the first day, or None without a year; ValueError when there is no such day."""
        return None if self.year is None else date(self.year - ERA, self.month, self.day or 1)

    def last(self) -> date | None:
        """Return the last day, or None without a year; ValueError when there is no such day."""
        if self.year is None:
            return None
        return date(self.year - ERA, self.month, self.day) if self.day else month_end(self.year, self.month)


def printed(found: Match, index: int = 1) -> Moment:
    """Return a moment as it is printed; ValueError when its year is doubtful or it cannot be."""
    if slashed := found[f"s{index}"]:
        day = parse_day("".join(slashed.split()))
        return Moment(day.day, day.month, day.year + ERA)
    day_text, year_text, fiscal_text = found[f"d{index}"], found[f"y{index}"], found[f"f{index}"]
    bare = Moment(
        int(day_text) if day_text else None,
        month_of(found[f"m{index}"]),
        be_year(year_text) if year_text else None,
        is_later=bool(found[f"n{index}"]),
    )
    return bare.within(be_year(fiscal_text)) if fiscal_text else bare


def listed(found: Match) -> Moment:
    """Return a moment with the year that only a later one of its list prints: `๑๕ มีนาคม และ ๑๕ กันยายน ๒๕๖๙`."""
    one, at = printed(found), found.end()
    for _ in range(MOST_ALSO):
        after = None if one.year else ALSO.match(found.string, at)
        if not after:
            break
        one, at = one.until(printed(after)), after.end()
    return one


def doubtful(found: Match, index: int = 1) -> Reading:
    """Offer what an impossible day or a year that is not B.E. may have meant; nothing is taken."""
    day, month, year = _parts(found, index)
    if not month or not year or not 1 <= month <= _DECEMBER:
        return Reading("undated")
    year_be = year if year > _NEWEST else year + ERA
    if not _OLDEST <= year_be - ERA <= _NEWEST:
        return Reading("undated")
    last = month_end(year_be, month)
    due = last if day is None else last.replace(day=min(day or 1, last.day))
    return Reading("undated", alternatives=(Reading("due", due=due, precision="month" if day is None else "day"),))


def _parts(found: Match, index: int) -> tuple[int | None, int | None, int | None]:
    """Return day, month and year as printed, whatever they are."""
    if slashed := found[f"s{index}"]:
        numbers = [int(number) for number in _NUMBERS.findall(slashed)]
        day, month, year_printed = numbers if numbers[0] <= _LAST else reversed(numbers)
        return day, month, year_printed
    day_text, year_text = found[f"d{index}"], found[f"y{index}"]
    year = int("".join(_NUMBERS.findall(year_text))) if year_text else None
    return int(day_text) if day_text else None, month_of(found[f"m{index}"]), year


def last_working(day: date) -> date:
    """Return the day, or the working day before it; New Year's Eve is off, other holidays are the agency's to say."""
    return WorkCalendar(frozenset({date(day.year, _DECEMBER, _LAST)})).same_or_before(day)


def first_working(day: date) -> date:
    """Return the day, or the working day after it; New Year's Day is off, other holidays are the agency's to say."""
    return WorkCalendar(frozenset({date(day.year, 1, 1)})).same_or_after(day)


def filled(one: Moment, fiscal_year: int | None) -> int | None:
    """Return the fiscal year when it is what gives a moment its year, or else None."""
    return None if one.year or not fiscal_year else fiscal_year + one.is_later


def day_before(day: date) -> date:
    """Return the day before, for what is owed before a day."""
    return day - timedelta(days=1)
