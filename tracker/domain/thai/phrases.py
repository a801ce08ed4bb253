"""The phrases in which Thai plans state a time, read into values.

Rounds, quarters and halves are those of the fiscal year; a two-digit year is B.E. 25xx; a month means its last
day when it is a deadline. What looks like a date and demands nothing reads as "none". What two readers may read
differently is never settled here: its readings stand under `alternatives`.
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import lru_cache
from itertools import islice

from tracker.domain.thai import (
    phrases_dates,
    phrases_periods,
    phrases_ranges,
    phrases_recurring,
    phrases_soft,
    phrases_spans,
    phrases_years,
)
from tracker.domain.thai.phrases_grammar import MONTH
from tracker.domain.thai.phrases_joining import joined
from tracker.domain.thai.phrases_moments import Builder
from tracker.domain.thai.phrases_reading import NOTHING, Found, Offset, Reading
from tracker.domain.thai.phrases_text import plain_text

__all__ = ["Found", "Offset", "Reading", "find_phrases", "read_phrase", "read_timeframe", "read_times"]

_GROUPS = (
    (phrases_dates.MAY_BE_DATE, phrases_ranges.RANGE_RULES + phrases_dates.DATE_RULES),
    (phrases_ranges.MAY_BE_NOW, phrases_ranges.NOW_RULES),
    (phrases_periods.MAY_BE_PERIOD, phrases_periods.PERIOD_RULES),
    (phrases_years.MAY_BE_YEAR, phrases_years.YEAR_RULES),
    (phrases_recurring.MAY_RECUR, phrases_recurring.RECURRING_RULES),
    (phrases_spans.MAY_BE_SPAN, phrases_spans.SPAN_RULES),
    (phrases_soft.MAY_BE_SOFT, phrases_soft.SOFT_RULES),
)
"""Rules, and for each group a word or digit that its phrases cannot do without: most sentences have none."""

_RULES = tuple(rule for _, rules in _GROUPS for rule in rules)
_ALONE = (*phrases_years.ALONE_RULES, *phrases_dates.ALONE_RULES)
_STRENGTH = (
    "due",
    "window",
    "periodic",
    "monthly",
    "quarterly",
    "relative",
    "annual",
    "event",
    "continuous",
    "undated",
    "none",
)
_HARD = ("due", "window", "periodic", "monthly", "quarterly", "relative")
_LIST = re.compile(rf"\s*(?:,|และ|/(?=\s?(?:เดือน\s?)?(?:{MONTH})))\s*")
_HALF = re.compile(r"(?:ใน|ช่วง)?\s?(?:ครึ่งปี|(?:6|หก)\s?เดือน)\s?(?:แรก|หลัง)")
_MOST, _LONG = 4000, 4000
_LEAP_YEARS = (2567, 2571)
"""Two years with all the days that a year can have, no two of which fall on the same day of the week."""


def read_phrase(text: str, fiscal_year: int | None = None) -> Reading:
    """Return how one phrase is read; "none" when it states no time or demands nothing.

    `fiscal_year` (B.E.) fills in what the phrase leaves out. When a phrase states several times, the strongest
    is returned and the others stand under its `alternatives`.
    """
    found = find_phrases(text, fiscal_year)
    if not found:
        return _lone(text, fiscal_year)
    readings = sorted((one.reading for one in found), key=lambda reading: _STRENGTH.index(reading.rule))
    first, others = readings[0], tuple(dict.fromkeys(readings[1:]))
    if first.rule == "annual" and fiscal_year is None and not _dates(first):
        first = _of_each_year(text, first)
    return first.besides(*(other for other in others if _adds(first, other)))


def _of_each_year(text: str, reading: Reading) -> Reading:
    """Return what comes back every year by month and day, unless the year decides on which day it is."""
    one, other = (read_phrase(text, year) for year in _LEAP_YEARS)
    if not _dates(one) or _month_days(one) != _month_days(other):
        return reading
    further = (_month_days(each) for each in one.alternatives if each.rule == "annual")
    yearly = replace(reading, month_days=_month_days(one), alternatives=())
    return yearly.besides(*(replace(yearly, month_days=days) for days in further if days))


def _month_days(reading: Reading) -> tuple[str, ...]:
    return tuple(f"--{day:%m-%d}" for day in _dates(reading))


def _dates(reading: Reading) -> tuple[date, ...]:
    return (reading.due,) if reading.due else tuple(day for day in (reading.start, reading.end) if day)


def _lone(text: str, fiscal_year: int | None) -> Reading:
    """Read a year that stands alone as its window; a bare date demands nothing, but may have been meant to."""
    year = _alone(text, fiscal_year, phrases_years.LONE_RULES)
    if year.rule != "none":
        return year
    date = _alone(text, fiscal_year, phrases_dates.ALONE_RULES)
    return NOTHING.besides(date) if date.due or date.end else NOTHING


def read_timeframe(text: str, fiscal_year: int | None = None) -> Reading:
    """Return how the cell of a column of times is read; the further times of a list stand under `alternatives`."""
    first, *others = read_times(text, fiscal_year) or (NOTHING,)
    return first.besides(*others)


def read_times(text: str, fiscal_year: int | None = None) -> tuple[Reading, ...]:
    """Return the times that the cell of a column of times lists.

    There a bare month, day or year is a time, not a label, and a half of the year is a window.
    """
    pieces = _LIST.split(text)
    if len(pieces) > 1 and (listed := _listed(pieces, text, fiscal_year)):
        return listed
    whole = _time(text, fiscal_year)
    return (whole,) if whole.rule != "none" else ()


def _listed(pieces: list[str], text: str, fiscal_year: int | None) -> tuple[Reading, ...]:
    """Return the readings of a list's pieces, none when one of them states no time.

    Months that follow "within" are owed as the first is; the year of one covers its neighbours without any.
    """
    if moments := phrases_dates.listed_times([plain_text(piece)[0].strip() for piece in pieces], fiscal_year):
        return moments
    found = find_phrases(text, fiscal_year)
    if len(found) == len(pieces) and all(one.reading.rule == "due" for one in found):
        return tuple(one.reading for one in found)
    readings = tuple(_time(piece, fiscal_year) for piece in pieces)
    return readings if all(one.rule != "none" for one in readings) else ()


def _time(text: str, fiscal_year: int | None) -> Reading:
    whole = _alone(text, fiscal_year, _ALONE)
    if whole.rule != "none":
        return whole
    if _HALF.fullmatch(plain_text(text)[0].strip()):
        half = read_phrase(text, fiscal_year)
        return replace(half, rule="window", precision="month")
    return read_phrase(text, fiscal_year)


def find_phrases(text: str, fiscal_year: int | None = None) -> tuple[Found, ...]:
    """Return every phrase in a text that states a time, in reading order, without overlaps.

    A round and the day by which it is due ("รอบ ๖ เดือน … ภายในเดือนเมษายน ๒๕๖๖") are one phrase. Only the first
    thousands of phrases of one text are looked at: no sentence has more.
    """
    return _remembered(text, fiscal_year) if len(text) < _LONG else _found(text, fiscal_year)


@lru_cache(maxsize=512)
def _remembered(text: str, fiscal_year: int | None) -> tuple[Found, ...]:
    """Return what was found before: the cells of one row are asked for again and again while it is read."""
    return _found(text, fiscal_year)


def _found(text: str, fiscal_year: int | None) -> tuple[Found, ...]:
    plain, places = plain_text(text)
    hits = sorted(_hits(plain), key=lambda hit: (hit[0], -hit[1], hit[2]))
    found: list[Found] = []
    reached = 0
    for start, end, order in hits[:_MOST]:
        if start < reached:
            continue
        match = _RULES[order][0].match(plain, start)
        reading = _read(_RULES[order][1], match, fiscal_year) if match else NOTHING
        if match and reading.offset and reading.offset.since and match.groupdict().get("since"):
            reading = _in_own_words(reading, reading.offset, text, [places[at] for at in range(*match.span("since"))])
        spans = [(start, end, reading), *phrases_dates.followers(plain, end, reading, fiscal_year)]
        found.extend(_trimmed(text, places[first], places[last - 1] + 1, read) for first, last, read in spans)
        reached = spans[-1][1]
    return tuple(one for one in joined(found, text) if one.reading.rule != "none")


def _hits(plain: str) -> Iterable[tuple[int, int, int]]:
    first = 0
    for may_be, rules in _GROUPS:
        for order, (rule, _) in enumerate(rules if may_be.search(plain) else (), start=first):
            yield from ((match.start(), match.end(), order) for match in islice(rule.finditer(plain), _MOST))
        first += len(rules)


def _read(build: Builder, match: re.Match[str], fiscal_year: int | None) -> Reading:
    try:
        return build(match, fiscal_year)
    except (ValueError, OverflowError):
        return Reading("undated")


def _in_own_words(reading: Reading, offset: Offset, text: str, places: list[int]) -> Reading:
    """Return a span with the words that it counts from as they are printed."""
    words = text[places[0] : places[-1] + 1].strip()
    return replace(reading, offset=replace(offset, since=words))


def _trimmed(text: str, start: int, end: int, reading: Reading) -> Found:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Found(start, end, text[start:end], reading)


def _alone(text: str, fiscal_year: int | None, rules: tuple[tuple[re.Pattern[str], Builder], ...]) -> Reading:
    plain = plain_text(text)[0].strip()
    for rule, build in rules:
        if match := rule.fullmatch(plain):
            return _read(build, match, fiscal_year)
    return NOTHING


def _adds(first: Reading, other: Reading) -> bool:
    """Say whether a further reading of the same phrase tells something that the first does not."""
    told = other.rule in _HARD or (other.rule == "annual" and (other.due or other.start))
    return bool(told) and _times(other) != _times(first)


def _times(reading: Reading) -> tuple[object, ...]:
    times = (reading.due, reading.start, reading.end)
    return (reading.rule, *times) if any(times) else (reading.rule, reading.periods, reading.day, reading.offset)
