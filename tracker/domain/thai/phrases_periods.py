"""Phrases that name fiscal periods: rounds of months, halves, quarters, years."""

import re
from dataclasses import replace
from datetime import date

from schedules.calendars import ERA, fiscal_year_bounds
from tracker.domain.thai.phrases_dates import Builder, Match
from tracker.domain.thai.phrases_grammar import (
    DASH,
    ERA_WORD,
    FISCAL,
    NUMBER,
    be_year,
    month_end,
    number_value,
    pattern,
    year,
)
from tracker.domain.thai.phrases_reading import NOTHING, Offset, Reading

PERIODS = ("3-month", "6-month", "9-month", "12-month")
_QUARTER_ENDS = (12, 3, 6, 9)
_ORDINALS = {"แรก": 1, "หนึ่ง": 1, "สอง": 2, "สาม": 3, "สี่": 4, "สุดท้าย": 4}
_MONTHS_A_QUARTER = 3


def _stated_year(found: Match, fiscal_year: int | None) -> int | None:
    groups = found.groupdict()
    for name in ("fy", "fy2"):
        if groups.get(name):
            return be_year(groups[name])
    return fiscal_year


def quarter_bounds(quarter: int, fiscal_year: int) -> tuple[date, date]:
    """Return the first and last day of a quarter (1-4) of a fiscal year (B.E.)."""
    last_month = _QUARTER_ENDS[quarter - 1]
    year_be = fiscal_year - (quarter == 1)
    return date(year_be - ERA, last_month - 2, 1), month_end(year_be, last_month)


def _span(first: int, last: int, fiscal_year: int | None) -> tuple[date | None, date | None]:
    if not fiscal_year:
        return None, None
    return quarter_bounds(first, fiscal_year)[0], quarter_bounds(last, fiscal_year)[1]


def _periodic(months: set[int], fiscal_year: int | None, first: int = 1) -> Reading:
    periods = tuple(period for n, period in enumerate(PERIODS, start=1) if n * _MONTHS_A_QUARTER in months)
    start, end = _span(first, max(months) // _MONTHS_A_QUARTER, fiscal_year)
    return Reading("periodic", start=start, end=end, periods=periods, fiscal_year=fiscal_year)


def _round(found: Match, fiscal_year: int | None) -> Reading:
    """`รอบ ๖ เดือน` is October to March of the fiscal year, never six months from today."""
    stated = _stated_year(found, fiscal_year)
    months = {number_value(text) for text in re.findall(NUMBER, found["rounds"])}
    if not months <= {3, 6, 9, 12}:
        return _every(months, fiscal_year) if found["every"] and len(months) == 1 else NOTHING
    if found["every"] and len(months) == 1:
        months = {n for n in (3, 6, 9, 12) if n % min(months) == 0}
    if found["every"] and min(months) == _MONTHS_A_QUARTER and len(months) == len(PERIODS):
        return _quarterly(found, fiscal_year)
    return _periodic(months, stated)


def _every(months: set[int], fiscal_year: int | None) -> Reading:
    """`ทุก ๑ เดือน` is monthly; a number of months that no fiscal round has is a cadence of its own."""
    count = min(months)
    if count == 1:
        return Reading("monthly", fiscal_year=fiscal_year)
    return Reading("relative", precision="month", offset=Offset(30 * count)) if count else NOTHING


def _both_halves(found: Match, fiscal_year: int | None) -> Reading:
    return _periodic({6, 12}, _stated_year(found, fiscal_year))


def _half(found: Match, fiscal_year: int | None) -> Reading:
    stated = _stated_year(found, fiscal_year)
    if found["which"] in ("แรก", "1", "ปี"):
        return _periodic({6}, stated)
    return _periodic({12}, stated, first=3)


def _half_due(found: Match, fiscal_year: int | None) -> Reading:
    """`ภายใน ๖ เดือนแรก` is owed when that half of the fiscal year ends."""
    half = _half(found, fiscal_year)
    return replace(half, rule="due", due=half.end, precision="month")


def _quarterly(_found: Match, fiscal_year: int | None) -> Reading:
    start, end = _span(1, 4, fiscal_year)
    return Reading("quarterly", start=start, end=end, periods=PERIODS, fiscal_year=fiscal_year)


def _quarter(found: Match, fiscal_year: int | None) -> Reading:
    stated = _stated_year(found, fiscal_year)
    first = _quarter_number(found["q1"])
    last = _quarter_number(found["q2"]) if found["q2"] else first
    if not 1 <= first <= last <= len(PERIODS):
        return NOTHING
    if found["apart"] and last > first + 1:
        return _quarter_window(first, first, stated).besides(_quarter_window(last, last, stated))
    if found["by"]:
        end = _span(first, last, stated)[1]
        return Reading("due", due=end, precision="month", periods=(PERIODS[last - 1],), fiscal_year=stated)
    return _quarter_window(first, last, stated)


def _quarter_window(first: int, last: int, stated: int | None) -> Reading:
    start, end = _span(first, last, stated)
    return Reading(
        "window", start=start, end=end, precision="month", periods=PERIODS[first - 1 : last], fiscal_year=stated
    )


def _quarter_number(text: str) -> int:
    return _ORDINALS[text] if text in _ORDINALS else int(text)


def _fiscal_window(found: Match, fiscal_year: int | None) -> Reading:
    stated = _stated_year(found, fiscal_year)
    start, end = _span(1, 4, stated)
    return Reading("window", start=start, end=end, precision="year", fiscal_year=stated)


def _fiscal_end(found: Match, fiscal_year: int | None) -> Reading:
    stated = _stated_year(found, fiscal_year)
    return Reading("due", due=_span(1, 4, stated)[1], precision="day", fiscal_year=stated)


def _calendar_end(found: Match, _fiscal_year: int | None) -> Reading:
    """`สิ้นปี พ.ศ. ๒๕๘๐` names a year of the era, so 31 December; the fiscal reading is offered beside it."""
    stated = be_year(found["cy"])
    reading = Reading("due", due=date(stated - ERA, 12, 31), precision="day")
    return reading.besides(Reading("due", due=fiscal_year_bounds(stated)[1], precision="day", fiscal_year=stated))


def _either_year(found: Match, fiscal_year: int | None) -> Reading:
    """`ภายในปี ๒๕๗๐`, `สิ้นปี`: the calendar year or the fiscal year; both are offered and none is taken."""
    stated = be_year(found["cy"]) if found.groupdict().get("cy") else fiscal_year
    if stated is None:
        return Reading("due", precision="year")
    return Reading("due", precision="year").besides(
        Reading("due", due=date(stated - ERA, 12, 31), precision="year"),
        Reading("due", due=fiscal_year_bounds(stated)[1], precision="year", fiscal_year=stated),
    )


def _either_window(found: Match, _fiscal_year: int | None) -> Reading:
    stated = be_year(found["cy"])
    first, last = fiscal_year_bounds(stated)
    return Reading("window", precision="year").besides(
        Reading("window", start=date(stated - ERA, 1, 1), end=date(stated - ERA, 12, 31), precision="year"),
        Reading("window", start=first, end=last, precision="year", fiscal_year=stated),
    )


def _label(_found: Match, _fiscal_year: int | None) -> Reading:
    return NOTHING


_OF_YEAR = rf"(?: \)?,? (?:ของ|ประจำ|ใน|สำหรับ)? ?{FISCAL}{year('fy')})?"
_AND = r"(?: (?:และ|กับ|หรือ|,|/|-)? )"
_MONTHS = rf"{NUMBER} (?:เดือน)?(?:{_AND}(?:รอบ|ทุก|ราย|ระยะ)? ?{NUMBER} (?:เดือน)?){{0,3}}"
_HALF = r"ครึ่ง(?:ปี)? ?(?:งบประมาณ)? ?"
_QUARTER = r"(?P<{}>[1-4](?!\d)|แรก|หนึ่ง|สอง|สาม|สี่|สุดท้าย)"

MAY_BE_PERIOD = re.compile(r"เดือน|ปี|ไตรมาส|Q|งบ|รอบ")
PERIOD_RULES: tuple[tuple[re.Pattern[str], Builder], ...] = (
    (pattern(rf"(?:เป้าหมาย|ยุทธศาสตร์)[^\n]{{0,40}}?ภายในปี ?{ERA_WORD}\d{{4}}"), _label),
    (pattern(rf"ภายในปี ?{ERA_WORD}\d{{4}} ?(?:ของ|ตาม)?(?:แผน)?(?:แม่บท|ยุทธศาสตร์|เป้าหมาย)"), _label),
    (
        pattern(
            rf"(?:ใน|ของ)?(?:รอบ|ช่วง|ระยะ)? ?(?:เวลา)? ?(?:{NUMBER} )?"
            r"(?:ไตรมาส|เดือน|ปี(?:งบประมาณ)?) ?ที่(?:ผ่าน|แล้ว)(?:มา)?"
        ),
        _label,
    ),
    (
        pattern(
            rf"(?:(?:ประจำ|ใน|ของ)?(?:ปี)? ?งบ ?ประมาณ {ERA_WORD}{year('fy2')} \(?)? "
            rf"(?:รอบ(?:ระยะเวลา)?|(?P<every>ทุก ?(?:ๆ)?|ราย)|ครอบคลุม(?:ใน)?(?:ระยะ)?(?:เวลา)?|ห้วง"
            rf"|ระยะ(?= {NUMBER} เดือน{_AND}(?:ระยะ|\d))) "
            rf"(?:รอบ )?(?P<rounds>{_MONTHS})(?<=เดือน){_OF_YEAR}"
        ),
        _round,
    ),
    (
        pattern(rf"(?:ใน)?(?:รอบ|ช่วง|ระยะ)? (?:6|หก) เดือน ?(?P<which>แรก|หลัง){_OF_YEAR}"),
        _half,
    ),
    (
        pattern(rf"{_HALF}แรก ?(?:/|,|และ|-) ?(?:{_HALF})?หลัง{_OF_YEAR}|(?:ทุก|ราย) ?(?:ๆ)? ?ครึ่ง ?ปี(?! ?(?:แรก|หลัง))"),
        _both_halves,
    ),
    (pattern(rf"(?:รอบ)?{_HALF}(?P<which>แรก|หลัง){_OF_YEAR}"), _half),
    (pattern(rf"ภายใน ?(?:{_HALF}|(?:6|หก) เดือน ?)(?P<which>แรก|หลัง){_OF_YEAR}"), _half_due),
    (pattern(rf"รอบครึ่ง ?(?P<which>ปี){_OF_YEAR}"), _half),
    (
        pattern(
            rf"รอบ(?:การประเมิน|การรายงาน)?(?:ที่)? ?(?P<which>แรก|หลัง|สอง|1|2) ?"
            rf"(?:(?:ของ|ประจำ)? ?{FISCAL}{year('fy')}|(?=\())"
        ),
        _half,
    ),
    (
        pattern(r"(?:เป็น)?(?:ประจำ)?(?:ราย|ทุก|แต่ละ) ?(?:ๆ)? ?(?:สิ้น)?ไตรมาส|ประจำไตรมาส|ไตรมาสละ (?:\d{1,2}|หนึ่ง)? ?ครั้ง"),
        _quarterly,
    ),
    (
        pattern(
            rf"(?:ใน)?(?P<by>(?:ภายใน|ก่อน|เมื่อ)?สิ้น(?:สุด)?|ภายใน|ณ )? ?"
            rf"(?:ไตรมาส ?(?:ที่)?|(?<![A-Za-z])Q) ?{_QUARTER.format('q1')}"
            rf"(?: (?:{DASH}|(?P<apart>และ|,)) (?:(?:ไตรมาส(?:ที่)?|Q) )?{_QUARTER.format('q2')})?"
            rf"(?: / ?(?P<fy2>\d{{4}}))?{_OF_YEAR}"
        ),
        _quarter,
    ),
    (pattern(rf"(?:ใน|ตลอด|ระหว่าง)(?:รอบ|ช่วง)? ?{FISCAL}{year('fy')}"), _fiscal_window),
    (pattern(r"(?:ตลอด|ทั้ง)(?:ทั้ง)?(?:ปี|ปีงบประมาณ)(?! ?\d)"), _fiscal_window),
    (pattern(rf"(?:ภายใน|(?:ภายใน|ก่อน|เมื่อ)?(?:วัน)?สิ้น(?:สุด)?) ?{FISCAL}(?:{year('fy')})?"), _fiscal_end),
    (pattern(rf"(?:เมื่อ|ภายใน)?สิ้น(?:สุด)?ปี ?พ ?\. ?ศ ?\.? {year('cy')}"), _calendar_end),
    (pattern(rf"(?:เมื่อ|ภายใน)?สิ้น(?:สุด)?ปี(?! ?งบ)(?: {year('cy')})?"), _either_year),
    (pattern(rf"ภายในปี ?{ERA_WORD}{year('cy')}"), _either_year),
    (pattern(rf"ประจำ ?{FISCAL}{year('fy')}"), _label),
)

ALONE_RULES: tuple[tuple[re.Pattern[str], Builder], ...] = (
    (pattern(rf"(?:ใน)? ?{FISCAL}(?:{year('fy')})?"), _fiscal_window),
    (pattern(rf"ประจำ ?{FISCAL}(?:{year('fy')})?"), _fiscal_window),
    (pattern(rf"(?:ใน|ประจำ)? ?ปี ?{ERA_WORD}{year('cy')}"), _either_window),
    (pattern(rf"{ERA_WORD}(?P<cy>2[4-7]\d\d)"), _either_window),
)
"""Read only when they are all that a column of times says; elsewhere they are labels."""
