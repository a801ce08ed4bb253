"""Phrases that run from one day or month to another, or from one on without end."""

import re
from dataclasses import replace
from datetime import date

from schedules.calendars import fiscal_year_bounds, fiscal_year_of
from tracker.domain.thai.phrases_grammar import DASH, FISCAL, be_year, moment, pattern, year
from tracker.domain.thai.phrases_moments import YEARLY, Builder, Match, Moment, filled, printed
from tracker.domain.thai.phrases_reading import Precision, Reading


def _range(found: Match, fiscal_year: int | None) -> Reading:
    try:
        first, last = printed(found, 1), printed(found, 2)
    except ValueError:
        return Reading("undated")
    return _from_to(first, last, fiscal_year, found.groupdict().get("yearly"))


def _days_of_month(found: Match, fiscal_year: int | None) -> Reading:
    try:
        last = printed(found, 2)
    except ValueError:
        return Reading("undated")
    return _from_to(Moment(int(found["d1"]), last.month, last.year), last, fiscal_year, found["yearly"])


def _from_to(first: Moment, last: Moment, fiscal_year: int | None, yearly: str | None) -> Reading:
    """One printed year covers both ends; a range over New Year starts the year before."""
    from_, to = first.until(last), last.since(first)
    try:
        start, end = from_.within(fiscal_year).first(), to.within(fiscal_year).last()
    except ValueError:
        return Reading("undated")
    precision: Precision = "day" if first.day or last.day else "month"
    if yearly:
        return Reading("annual", start=start, end=end, precision=precision, fiscal_year=fiscal_year)
    if start and end and start > end:
        return Reading("undated", alternatives=(Reading("window", start=end, end=start, precision="day"),))
    spanned = _whole_year(start, end) or filled(from_, fiscal_year)
    return Reading("window", start=start, end=end, precision=precision, fiscal_year=spanned)


def _whole_year(start: date | None, end: date | None) -> int | None:
    """Return the fiscal year that a range is from its first day to its last."""
    stated = fiscal_year_of(end) if end else None
    return stated if stated and (start, end) == fiscal_year_bounds(stated) else None


def _open(found: Match, fiscal_year: int | None) -> Reading:
    try:
        one = printed(found)
        start = one.within(fiscal_year).first()
    except ValueError:
        return Reading("undated")
    precision: Precision = "day" if one.day else "month"
    opened = Reading("window", start=start, precision=precision, fiscal_year=filled(one, fiscal_year))
    return _cut_off(opened, fiscal_year) if found.groupdict().get("cut") else opened


def _cut_off(opened: Reading, fiscal_year: int | None) -> Reading:
    """Return a range whose last day is cut off ("… จนถึงวันที่") up to the year's end, beside the open one."""
    end = fiscal_year_bounds(fiscal_year)[1] if fiscal_year else None
    if not end or not opened.start or opened.start > end:
        return opened
    return replace(opened, end=end, fiscal_year=fiscal_year).besides(opened)


def _to_fiscal_end(found: Match, fiscal_year: int | None) -> Reading:
    """`ตั้งแต่เดือนเมษายนจนถึงสิ้นปีงบประมาณ`."""
    stated = be_year(found["fy"]) if found["fy"] else fiscal_year
    end = fiscal_year_bounds(stated)[1] if stated else None
    opening = _open(found, stated) if found.groupdict().get("m1") or found.groupdict().get("s1") else Reading("window")
    return replace(opening, end=end, precision=opening.precision or "day", fiscal_year=stated)


def _until(found: Match, fiscal_year: int | None) -> Reading:
    """Return a window from the day of the order, which is not printed, to a day that is."""
    try:
        one = printed(found)
        end = one.within(fiscal_year).last()
    except ValueError:
        return Reading("undated")
    precision: Precision = "day" if one.day else "month"
    return Reading("window", end=end, precision=precision, fiscal_year=filled(one, fiscal_year))


def _from_now(_found: Match, _fiscal_year: int | None) -> Reading:
    """Return a window that opens on the day of the order, which is not printed: in effect without end."""
    return Reading("window", alternatives=(Reading("continuous"),))


_NOW = r"(?:ตั้งแต่|นับแต่|นับจาก|นับตั้งแต่|จาก)?บัดนี้(?:เป็นต้นไป)?"
_START = r"(?:เริ่ม(?:ต้น)?(?:ดำเนินการ)?(?:นับ)?(?:ตั้งแต่)?|(?:นับ)?ตั้งแต่)"
_SPAN = rf"(?:{_START}|ระหว่าง|ในช่วง|ช่วง|ห้วง|ภายใน)"
_TO = rf"(?:(?:และ)?(?:สิ้นสุด|เสร็จสิ้น)? ?{DASH}|(?:และ|,)? ?(?:สิ้นสุด|เสร็จสิ้น)(?:ใน)?)"
_YEAR_END = rf"(?:วัน)?สิ้น(?:สุด)? ?{FISCAL}(?:{year('fy')})?"

MAY_BE_NOW = re.compile("บัดนี้")
NOW_RULES: tuple[tuple[re.Pattern[str], Builder], ...] = (
    (pattern(rf"{_NOW} ,? ?{DASH} (?:วัน)?(?:สิ้น)?(?:สุด)? ?{moment(1)}"), _until),
    (pattern(rf"{_NOW} ,? ?{DASH} {_YEAR_END}"), _to_fiscal_end),
    (pattern(r"(?:ตั้งแต่|นับแต่|นับจาก|นับตั้งแต่)บัดนี้(?:เป็นต้นไป)?"), _from_now),
)
RANGE_RULES: tuple[tuple[re.Pattern[str], Builder], ...] = (
    (pattern(rf"{_SPAN}? (?:ต้น)? ?{moment(1)} {_TO} (?:(?:วัน)?สิ้น(?:สุด)?|ปลาย)? ?{moment(2)}{YEARLY}"), _range),
    (pattern(rf"ระหว่าง {moment(1)} (?:และ|กับ) {moment(2)}{YEARLY}"), _range),
    (pattern(rf"{_SPAN}? (?:วันที่ )?(?P<d1>(?<![\d./])\d{{1,2}}) {DASH} {moment(2)}{YEARLY}"), _days_of_month),
    (pattern(rf"{_START}? {moment(1)} {DASH} {_YEAR_END}"), _to_fiscal_end),
    (pattern(rf"{_START} {moment(1)}(?: (?:เป็นต้นไป|(?P<cut>(?:จน)?ถึง(?:วันที่)? ?$)))?"), _open),
    (pattern(rf"{moment(1)} เป็นต้นไป"), _open),
)
