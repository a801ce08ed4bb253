"""Next year's plan from this year's measures, to be confirmed by a person. Pure."""

import calendar
import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from tracker.domain.plans import Assessment, Document, Measure, Obligation, Plan, PlanWarning
from tracker.domain.thai.dates import MONTHS, SHORT_MONTHS, WEEKDAYS, short_day
from tracker.domain.thai.numerals import arabic, thai

CODE = "rollover"
"""The code of every warning that asks for a moved date to be confirmed."""

_WEEKEND = 5
_FEBRUARY = 2
_YEAR = r"(?<![\d๐-๙])(25\d\d|๒๕[๐-๙]{2})(?![\d๐-๙])"
_YEARS = re.compile(rf"{_YEAR}(?:(\s*(?:-|–|ถึง)\s*){_YEAR})?")
_SHORT_YEAR = re.compile(
    rf"((?:{'|'.join(map(re.escape, (*MONTHS, *SHORT_MONTHS)))})\s*)(\d\d|[๐-๙]{{2}})(?![\d๐-๙])"  # `ม.ค. ๖๙`
)


def roll_over(plan: Plan, fiscal_year: int) -> Plan:
    """Return the plan as it would be in a later fiscal year (B.E.).

    Each day keeps its place in the year, and the end of February stays the end of February; years in words move too.
    The letter, the score and the doubts of the old document are left out. A warning for each row that has a moved date
    names it, so that `plan import` shows what nobody has confirmed. Raises ValueError when the plan's own fiscal year
    is not before that one.
    """
    if plan.fiscal_year is None or plan.fiscal_year >= fiscal_year:
        raise ValueError(f"the plan is of fiscal year {plan.fiscal_year}, which is not before {fiscal_year}")
    years = fiscal_year - plan.fiscal_year
    words = partial(_words, years=years, near=plan.fiscal_year)
    after = replace(
        plan,
        document=Document(),
        fiscal_year=fiscal_year,
        assessment=Assessment(),
        measures=tuple(_measure(each, years, words) for each in plan.measures),
        obligations=tuple(_obligation(each, years, words) for each in plan.obligations),
    )
    return replace(after, warnings=(*_of_measures(plan.measures, after.measures), *_of_obligations(plan, after)))


def moved(day: dt.date, years: int) -> dt.date:
    """Return the same day some years later; the last day of February becomes that of the other year."""
    year = day.year + years
    if day.month == _FEBRUARY and day.day == calendar.monthrange(day.year, day.month)[1]:
        return dt.date(year, _FEBRUARY, calendar.monthrange(year, _FEBRUARY)[1])
    return day.replace(year=year)


def _measure(measure: Measure, years: int, words: "partial[str]") -> Measure:
    runs = measure.timeframe
    if runs:
        runs = replace(runs, text=words(runs.text), start=moved(runs.start, years), end=moved(runs.end, years))
    return replace(
        measure,
        title=words(measure.title),
        steps=tuple(map(words, measure.steps)),
        monitoring=measure.monitoring and words(measure.monitoring),
        timeframe=runs,
    )


def _obligation(obligation: Obligation, years: int, words: "partial[str]") -> Obligation:
    due, start, end = (day and moved(day, years) for day in (obligation.due, obligation.start, obligation.end))
    return replace(obligation, due=due, start=start, end=end, phrase=words(obligation.phrase))


def _words(text: str, *, years: int, near: int) -> str:
    """Return a text with each year around the plan's own moved.

    Other years stay, such as those of a law, and so does a span of more than two years, which names a longer plan.
    """

    def shifted(digits: str, century: int) -> str:
        year = century + int(arabic(digits))
        if abs(year - near) > 1:
            return digits
        later = str(year + years)[-len(digits) :]
        return later if digits.isascii() else thai(later)

    def span(found: re.Match[str]) -> str:
        first, between, last = found.groups()
        if last is None:
            return shifted(first, 0)
        if int(arabic(last)) - int(arabic(first)) > 1:
            return found[0]
        return shifted(first, 0) + between + shifted(last, 0)

    text = _YEARS.sub(span, text)
    return _SHORT_YEAR.sub(lambda found: found[1] + shifted(found[2], 2500), text)


def _of_measures(before: tuple[Measure, ...], after: tuple[Measure, ...]) -> Iterator[PlanWarning]:
    for old, new in zip(before, after, strict=True):
        if old.timeframe and new.timeframe:
            days = [(old.timeframe.start, new.timeframe.start), (old.timeframe.end, new.timeframe.end)]
            yield _to_confirm(f"ระยะเวลาของมาตรการลำดับที่ {new.seq}", days, new.line)


def _of_obligations(before: Plan, after: Plan) -> Iterator[PlanWarning]:
    spans = {each.seq: each.timeframe for each in after.measures}
    for old, new in zip(before.obligations, after.obligations, strict=True):
        runs = [spans[seq] for seq in new.measures if spans.get(seq)]
        pairs = [(old.due, new.due)]
        if not any(span and (span.start, span.end) == (new.start, new.end) for span in runs):
            pairs += [(old.start, new.start), (old.end, new.end)]  # else they stand with the measure already
        if days := [(was, is_) for was, is_ in pairs if was and is_]:
            of = ", ".join(map(str, new.measures)) or "-"
            yield _to_confirm(f"กำหนดของงาน “{new.phrase}” (มาตรการลำดับที่ {of})", days, new.line)


def _to_confirm(what: str, days: list[tuple[dt.date, dt.date]], line: int) -> PlanWarning:
    said = ", ".join(f"{short_day(was)} เป็น {short_day(is_)}{_day_off(is_)}" for was, is_ in dict.fromkeys(days))
    return PlanWarning(CODE, f"{what} เลื่อนมาจากปีก่อน: {said} โปรดยืนยันหรือแก้ไข แล้วลบข้อสังเกตนี้", line)


def _day_off(day: dt.date) -> str:
    return f" (ตรงกับวัน{WEEKDAYS[day.weekday()]})" if day.weekday() >= _WEEKEND else ""
