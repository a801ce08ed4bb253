"""The phrases in which Thai plans state a time, read into values.

Rounds, quarters and halves are those of the fiscal year; a two-digit year is B.E. 25xx; a month means its last
day when it is a deadline. What looks like a date and demands nothing reads as "none". What two readers may read
differently is never settled here: its readings stand under `alternatives`.
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from itertools import islice

from tracker.domain.thai import phrases_dates, phrases_periods, phrases_soft
from tracker.domain.thai.numerals import arabic
from tracker.domain.thai.phrases_dates import Builder
from tracker.domain.thai.phrases_reading import NOTHING, Found, Offset, Reading

__all__ = ["Found", "Offset", "Reading", "find_phrases", "read_phrase", "read_timeframe", "read_times"]

_GROUPS = (
    (phrases_dates.MAY_BE_DATE, phrases_dates.DATE_RULES),
    (phrases_periods.MAY_BE_PERIOD, phrases_periods.PERIOD_RULES),
    (phrases_soft.MAY_BE_SOFT, phrases_soft.SOFT_RULES),
)
"""Rules, and for each group a word or digit that its phrases cannot do without: most sentences have none."""

_RULES = tuple(rule for _, rules in _GROUPS for rule in rules)
_ALONE = (*phrases_periods.ALONE_RULES, *phrases_dates.ALONE_RULES)
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
_LIST = re.compile(r"\s*(?:,|และ)\s*")
_HALF = re.compile(r"(?:ใน|ช่วง)?\s?(?:ครึ่งปี|(?:6|หก)\s?เดือน)\s?(?:แรก|หลัง)")
_MOST, _NEAR, _SAME, _LONG = 4000, 40, 14, 4000


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
    return first.besides(*(other for other in others if _adds(first, other)))


def _lone(text: str, fiscal_year: int | None) -> Reading:
    """Read a fiscal year that stands alone as its window; a bare date demands nothing, but may have been meant to."""
    year = _alone(text, fiscal_year, phrases_periods.ALONE_RULES[:1])
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
    pieces = [_time(piece, fiscal_year) for piece in _LIST.split(text)]
    if len(pieces) > 1 and all(piece.rule != "none" for piece in pieces):
        return tuple(pieces)
    whole = _time(text, fiscal_year)
    return (whole,) if whole.rule != "none" else ()


def _time(text: str, fiscal_year: int | None) -> Reading:
    whole = _alone(text, fiscal_year, _ALONE)
    if whole.rule != "none":
        return whole
    if _HALF.fullmatch(arabic(text).strip()):
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
    plain = arabic(text)
    hits = sorted(_hits(plain), key=lambda hit: (hit[0], -hit[1], hit[2]))
    found: list[Found] = []
    reached = 0
    for start, end, order in hits[:_MOST]:
        if start < reached:
            continue
        match = _RULES[order][0].match(plain, start)
        reading = _read(_RULES[order][1], match, fiscal_year) if match else NOTHING
        spans = [(start, end, reading), *phrases_dates.followers(plain, end, reading, fiscal_year)]
        found.extend(_trimmed(text, *span) for span in spans)
        reached = spans[-1][1]
    return tuple(one for one in _joined(found, text) if one.reading.rule != "none")


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


def _trimmed(text: str, start: int, end: int, reading: Reading) -> Found:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Found(start, end, text[start:end], reading)


def _alone(text: str, fiscal_year: int | None, rules: tuple[tuple[re.Pattern[str], Builder], ...]) -> Reading:
    plain = arabic(text).strip()
    for rule, build in rules:
        if match := rule.fullmatch(plain):
            return _read(build, match, fiscal_year)
    return NOTHING


def _joined(found: list[Found], text: str) -> list[Found]:
    """Join a period with the date that belongs to it."""
    joined: list[Found] = []
    for one in found:
        both = joined and _one_reading(joined[-1], one, text[joined[-1].end : one.start])
        if both:
            first = joined.pop()
            joined.append(Found(first.start, one.end, text[first.start : one.end], both))
        else:
            joined.append(one)
    return joined


def _one_reading(first: Found, second: Found, between: str) -> Reading | None:
    a, b = first.reading, second.reading
    if "และ" in between or len(between) > _NEAR:
        return None
    if a.rule in ("monthly", "quarterly") and b.rule == "monthly" and b.day and len(between) <= _SAME:
        return replace(a, day=b.day)
    return _period_with_due(a, b, between) or _period_with_span(a, b)


def _period_with_due(a: Reading, b: Reading, between: str) -> Reading | None:
    if a.rule in ("periodic", "window") and a.periods and b.rule == "due" and not b.periods and len(between) <= _SAME:
        return replace(b, periods=a.periods[-1:], fiscal_year=a.fiscal_year, start=a.start, end=a.end)
    if a.rule == "due" and not a.periods and b.rule == "periodic" and between.strip() in ("(", ""):
        return replace(a, periods=b.periods[-1:], fiscal_year=b.fiscal_year, start=b.start, end=b.end)
    return None


def _period_with_span(a: Reading, b: Reading) -> Reading | None:
    if a.rule == "periodic" and b.rule == "window" and b.precision != "year" and not b.periods:
        return replace(a, start=b.start or a.start, end=b.end or a.end)
    if a.rule == "window" and a.periods and b.rule == "window" and not b.periods:
        return replace(a, start=b.start or a.start, end=b.end or a.end, precision=b.precision)
    if a.rule == "window" and a.periods and b.rule == "periodic":
        return b
    return None


def _adds(first: Reading, other: Reading) -> bool:
    """Say whether a further reading of the same phrase tells something that the first does not."""
    hard = ("due", "window", "periodic", "monthly", "quarterly", "relative")
    return other.rule in hard and other != first
