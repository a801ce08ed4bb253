"""Phrases that name fiscal periods: rounds of months, halves, quarters."""

import re
from dataclasses import replace
from datetime import date
from typing import Literal

from schedules.calendars import ERA
from tracker.domain.thai.phrases_grammar import (
    COUNT,
    DASH,
    ERA_WORD,
    FISCAL,
    NUMBER,
    be_year,
    fiscal_year_words,
    month_end,
    number_value,
    pattern,
    year,
)
from tracker.domain.thai.phrases_moments import Builder, Match
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
    return fiscal_year + 1 if fiscal_year and groups.get("fy_next") else fiscal_year


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
    every = found.groupdict().get("every")
    months = {number_value(text) for text in re.findall(COUNT, found["rounds"])}
    if not months <= {3, 6, 9, 12}:
        return _every(months, fiscal_year) if every and len(months) == 1 else NOTHING
    if every and len(months) == 1:
        months = {n for n in (3, 6, 9, 12) if n % min(months) == 0}
    if every and min(months) == _MONTHS_A_QUARTER and len(months) == len(PERIODS):
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
    runs = _runs(found["quarters"])
    if not runs:
        return NOTHING
    (first, last), *others = runs
    if found["yearly"]:
        return replace(_quarter_window(first, last, stated), rule="annual")
    if found["at"]:
        return replace(_quarter_window(first, last, stated), rule="periodic", precision=None, periods=_last_of(last))
    if found["by"] or found["ends"]:
        return _quarter_end(first, last, stated, rule="due" if found["by"] else "periodic")
    return _quarter_window(first, last, stated).besides(*(_quarter_window(a, b, stated) for a, b in others))


def _runs(text: str) -> list[tuple[int, int]]:
    """Return the quarters of a list as runs without gaps: "1, 2 และ 4" is 1-2 and 4; nothing when one cannot be."""
    numbers = [_quarter_number(word) for word in _QUARTER_WORD.findall(text)]
    if _RANGE.search(text) and len(numbers) > 1:
        return [(numbers[0], numbers[-1])] if numbers[0] <= numbers[-1] else []
    runs: list[tuple[int, int]] = []
    for number in sorted(set(numbers)):
        follows = runs and runs[-1][1] == number - 1
        runs.append((runs.pop()[0], number) if follows else (number, number))
    return runs


def _last_of(last: int) -> tuple[str, ...]:
    return (PERIODS[last - 1],)


def _quarter_end(first: int, last: int, stated: int | None, *, rule: Literal["due", "periodic"]) -> Reading:
    """`ภายในไตรมาสที่ ๒` is owed when it ends; `สิ้นสุดไตรมาสที่ ๒` is the period that ends then."""
    start, end = _span(first, last, stated)
    return Reading(rule, due=end, start=start, end=end, precision="month", periods=_last_of(last), fiscal_year=stated)


def _quarter_window(first: int, last: int, stated: int | None) -> Reading:
    start, end = _span(first, last, stated)
    return Reading(
        "window", start=start, end=end, precision="month", periods=PERIODS[first - 1 : last], fiscal_year=stated
    )


def _quarter_number(text: str) -> int:
    return _ORDINALS[text] if text in _ORDINALS else int(text)


def _label(_found: Match, _fiscal_year: int | None) -> Reading:
    return NOTHING


_OF_YEAR = rf"(?: \)?,? (?:ของ|ประจำ|ใน|สำหรับ)? ?(?:{FISCAL}|ปี ?{ERA_WORD}){fiscal_year_words('fy')})?"
_AND = r"(?: (?:(?:และ|กับ|หรือ|,|/|-) )?)"
_MONTHS = rf"{NUMBER}(?: เดือน)?(?:{_AND}(?:(?:รอบ|ทุก|ราย|ระยะ) )?{COUNT}(?: เดือน)?){{0,3}}"
_HALF = r"ครึ่ง(?:ปี)? ?(?:งบประมาณ)? ?"
_QUARTER = r"(?:[1-4](?!\d)|แรก|หนึ่ง|สอง|สาม|สี่|สุดท้าย)"
_QUARTER_WORD = re.compile(_QUARTER)
_RANGE = pattern(DASH)
_NEXT_QUARTER = rf"(?: (?:{DASH}|และ|กับ|,|หรือ) |\s)(?:(?:ไตรมาส ?(?:ที่)?|Q) )?{_QUARTER}(?! ?เดือน)"
_QUARTERS = rf"(?P<quarters>{_QUARTER}(?:{_NEXT_QUARTER}){{0,3}})"

MAY_BE_PERIOD = re.compile(r"เดือน|ปี|ไตรมา|Q|งบ|รอบ")
PERIOD_RULES: tuple[tuple[re.Pattern[str], Builder], ...] = (
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
            rf"(?:รอบ|ระยะ(?:เวลา)?)? ?(?P<rounds>{_MONTHS})(?<=เดือน){_OF_YEAR}"
        ),
        _round,
    ),
    (
        pattern(
            rf"(?<!\d)(?P<rounds>(?:(?:[369]|สาม|หก|เก้า)(?: เดือน)?{_AND}){{1,3}}(?:12|สิบสอง) เดือน)(?! ?ที่){_OF_YEAR}"
        ),
        _round,
    ),
    (
        pattern(rf"(?:ใน)?(?:รอบ|ช่วง|ระยะ)? (?:6|หก) เดือน ?(?P<which>แรก|หลัง){_OF_YEAR}"),
        _half,
    ),
    (
        pattern(
            rf"{_HALF}แรก ?(?:/|,|และ|-) ?(?:{_HALF})?หลัง{_OF_YEAR}"
            r"|(?:ทุก|ราย) ?(?:ๆ)? ?ครึ่ง ?ปี(?:งบประมาณ)?(?! ?(?:แรก|หลัง))"
        ),
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
        pattern(
            r"(?:เป็น)?(?:ประจำ)?(?:ในแต่ละ|ราย|ทุก|แต่ละ|รอบ) ?(?:ๆ)? ?(?:สิ้น)?ไตรมาส|ประจำไตรมาส"
            rf"|ไตรมาสละ ?(?:อย่างน้อย|ไม่น้อยกว่า)? (?:{NUMBER})? ?ครั้ง|{NUMBER} ครั้ง ?(?:/|ต่อ) ?ไตรมาส"
            rf"|(?:ภายใน|ก่อน|เมื่อ)?(?:วัน)?สิ้น(?:สุด)?(?:ของ)?(?:ทุก|แต่ละ)?ไตรมาส(?! ?(?:ที่)? ?{_QUARTER})"
        ),
        _quarterly,
    ),
    (
        pattern(
            r"(?:ใน)?(?:(?P<at>ณ ?(?:วัน)?(?:สิ้น)?(?:สุด)?)|(?P<by>(?:ภายใน|ก่อน|เมื่อ)(?:วัน)?สิ้น(?:สุด)?|สิ้น(?!สุด)|ภายใน)"
            rf"|(?P<ends>สิ้นสุด))? ?(?:ไตรมาส ?(?:ที่)?|(?<![A-Za-z])Q) ?{_QUARTERS}(?: / ?(?P<fy2>\d{{4}}))?{_OF_YEAR}"
            r"(?P<yearly> ?(?:ของ)?(?:ทุก|แต่ละ)ปี)?"
        ),
        _quarter,
    ),
)
