"""How neighbouring phrases become one: a round and its deadline, a month and its day, an event and what it starts."""

import re
from collections.abc import Iterable
from dataclasses import replace

from tracker.domain.thai.phrases_grammar import DASH
from tracker.domain.thai.phrases_reading import Found, Reading
from tracker.domain.thai.phrases_spans import FOUND_OUT

_NEAR, _SAME, _OCTOBER = 40, 14, 10
_STARTS = re.compile(r"[\s,]*(?:และ|แล้ว|โดย)?(?:ให้)?[^\s\d]{0,12}\s*")
_OPEN_END = re.compile(rf"(?:ถึง|ภายใน|ไม่เกิน|ตั้งแต่|ระหว่าง|วันที่|เดือน(?<!\dเดือน)(?<!\d เดือน)|{DASH})\s*$")
_SIGNAL = re.compile(r"^(?:เมื่อ|ภายหลังจาก|หลังจาก|ภายหลัง|หลัง)\s*")


def is_cut_off(text: str) -> bool:
    """Say whether a text ends in the middle of a time ("… จนถึงวันที่"), so that its next line goes on with it."""
    return bool(_OPEN_END.search(text[-_NEAR:]))


def joined(found: Iterable[Found], text: str) -> list[Found]:
    """Return the phrases, those that belong together as one with the text between them."""
    together: list[Found] = []
    for one in found:
        both = _one_reading(together[-1], one, text[together[-1].end : one.start]) if together else None
        if both:
            first = together.pop()
            together.append(Found(first.start, one.end, text[first.start : one.end], both))
        else:
            together.append(one)
    return together


def _one_reading(first: Found, second: Found, between: str) -> Reading | None:
    a, b = first.reading, second.reading
    if a.rule == "event" and b.rule == "relative":
        return _span_from_event(first, b, between)
    if "และ" in between or len(between) > _NEAR:
        return None
    if len(between) <= _SAME and (close := _close(a, b, between)):
        return close
    return _period_with_span(a, b)


def _close(a: Reading, b: Reading, between: str) -> Reading | None:
    if a.rule in ("monthly", "quarterly") and b.rule == "monthly" and b.day:
        return replace(a, day=b.day, offset=b.offset)
    return _every_year(a, b) or _period_with_due(a, b, between)


def _span_from_event(event: Found, span: Reading, between: str) -> Reading | None:
    """`เมื่อโครงการแล้วเสร็จ ภายใน ๓๐ วัน` counts from that event, unless the span says from where it counts."""
    if (
        event.reading.due
        or not span.offset
        or span.offset.since not in (None, FOUND_OUT)
        or not _STARTS.fullmatch(between)
    ):
        return None
    return replace(span, offset=replace(span.offset, since=_SIGNAL.sub("", event.text)))


def _every_year(a: Reading, b: Reading) -> Reading | None:
    """`เป็นประจำทุกปี (ต.ค. - ธ.ค.)`: a range without a year of its own comes back every year."""
    without_year = b.fiscal_year == a.fiscal_year and b.precision != "year"
    if a.rule == "annual" and not a.due and not a.start and b.rule == "window" and without_year:
        return replace(b, rule="annual")
    return None


def _period_with_due(a: Reading, b: Reading, between: str) -> Reading | None:
    if a.rule in ("periodic", "window") and a.periods and b.rule == "due" and not b.periods:
        return day_of_round(b, a)
    if a.rule == "due" and not a.periods and b.rule == "periodic" and between.strip() in ("(", ""):
        return day_of_round(a, b)
    return None


def day_of_round(day: Reading, round_: Reading) -> Reading:
    """Return a day as the one by which a round is due."""
    due = _after_the_year(round_, day)
    return replace(due, periods=round_.periods[-1:], fiscal_year=round_.fiscal_year, start=round_.start, end=round_.end)


def _after_the_year(period: Reading, due: Reading) -> Reading:
    """Return a report on the whole year that is due in October, with no year printed, as due after that year."""
    guessed = due.due and due.fiscal_year and due.fiscal_year == period.fiscal_year and due.due.month >= _OCTOBER
    if not guessed or not due.due or period.periods[-1:] != ("12-month",):
        return due
    return replace(due, due=due.due.replace(year=due.due.year + 1))


def _period_with_span(a: Reading, b: Reading) -> Reading | None:
    if a.rule == "periodic" and b.rule == "window" and b.precision != "year" and not b.periods:
        return replace(a, start=b.start or a.start, end=b.end or a.end)
    if a.rule == "window" and a.periods and b.rule == "window" and not b.periods:
        return replace(a, start=b.start or a.start, end=b.end or a.end, precision=b.precision)
    if a.rule == "window" and a.periods and b.rule == "periodic":
        return b
    return None
