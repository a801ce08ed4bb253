"""Spans counted from an event: `ภายใน ๑๕ วันทำการ นับแต่…`, `ก่อนวันประชุม ๗ วัน`."""

import re
from datetime import date, timedelta

from schedules.calendars import ERA, fiscal_year_bounds
from tracker.domain.thai.phrases_dates import printed_day
from tracker.domain.thai.phrases_grammar import DASH, be_year, month_end, number, number_value, pattern
from tracker.domain.thai.phrases_moments import Builder, Match
from tracker.domain.thai.phrases_reading import Offset, Precision, Reading

_DAYS: dict[str, tuple[int, Precision]] = {
    "วัน": (1, "day"),
    "สัปดาห์": (7, "day"),
    "อาทิตย์": (7, "day"),
    "เดือน": (30, "month"),
    "ปี": (365, "year"),
}
_MONTHS = {"เดือน": 1, "ปี": 12}
_HALVES: dict[str, tuple[int, Precision]] = {
    "วัน": (1, "day"),
    "สัปดาห์": (4, "day"),
    "อาทิตย์": (4, "day"),
    "เดือน": (15, "day"),
    "ปี": (180, "month"),
}
_HOURS_A_DAY, _NEAR = 24, 10
_KNOWN = re.compile(r"(?<!รับ)ทราบ\s*$")
FOUND_OUT = "วันที่พบหรือทราบเรื่อง"
"""From where "…ให้ทราบภายใน ๑๕ วัน" counts when nothing else is said: nobody can tell before he knows."""
_YEAR_END = pattern(r"(?:วัน)?สิ้น(?:สุด)?ปี ?งบ ?ประมาณ(?: (?:พ ?\.? ?ศ ?\.?)? ?(\d{4}))?")


def _relative(found: Match, fiscal_year: int | None) -> Reading:
    groups = found.groupdict()
    unit, count, half = groups.get("unit") or "วัน", groups.get("n"), groups.get("half")
    each, precision = _DAYS[unit]
    extra = _HALVES[unit] if half else (0, precision)
    days = (number_value(count) if count else 0) * each + extra[0]
    since = (groups.get("since") or "").strip() or (FOUND_OUT if _KNOWN.search(_before_it(found)) else None)
    offset = Offset(days, bool(groups.get("working")), since)
    months = 0 if half or not count else number_value(count) * _MONTHS.get(unit, 0)
    due = None if offset.working else _counted_from(offset, months, fiscal_year)
    return Reading("relative", due=due, precision=extra[1] if half else precision, offset=offset)


def _before_it(found: Match) -> str:
    return found.string[max(0, found.start() - _NEAR) : found.start()]


def _counted_from(offset: Offset, months: int, fiscal_year: int | None) -> date | None:
    """Calendar time from a day that is printed gives a date; the first day is not counted (Act B.E. 2539 s.64)."""
    start = _known_day(offset.since, fiscal_year) if offset.since else None
    if not start:
        return None
    return _months_after(start, months) if months else start + timedelta(days=offset.days)


def _known_day(since: str, fiscal_year: int | None) -> date | None:
    if not (ends := _YEAR_END.fullmatch(since)):
        return printed_day(since)
    stated = be_year(ends[1]) if ends[1] else fiscal_year
    return fiscal_year_bounds(stated)[1] if stated else None


def _months_after(day: date, months: int) -> date:
    """Return the same day of a later month, or its last day when it has none such."""
    year, month = day.year + (day.month - 1 + months) // 12, (day.month - 1 + months) % 12 + 1
    last = month_end(year + ERA, month)
    return last.replace(day=min(day.day, last.day))


def _hours(found: Match, _fiscal_year: int | None) -> Reading:
    """Return the days in which so many hours end."""
    days = -(-number_value(found["n"]) // _HOURS_A_DAY)
    return Reading("relative", precision="day", offset=Offset(days, since=(found["since"] or "").strip() or None))


def _next_day(found: Match, _fiscal_year: int | None) -> Reading:
    return Reading("relative", precision="day", offset=Offset(1, working=bool(found["working"])))


def _before(found: Match, _fiscal_year: int | None) -> Reading:
    """`ก่อนวันประชุม ๗ วัน` is counted back from the event."""
    each, precision = _DAYS[found["unit"]]
    since = found["since"].strip() if found["since"] else None
    return Reading(
        "relative",
        precision=precision,
        offset=Offset(-number_value(found["n"]) * each, bool(found["working"]), since),
    )


_UNIT = r"(?:(?P<unit>วัน|สัปดาห์|อาทิตย์|เดือน|ปี)(?!ที่|งบ)(?: (?P<working>ทำการ|ราชการ))?)"
_SINCE = (
    r"(?: (?:โดย)?(?:ให้)?(?:นับ|หลัง) ?(?:ถัด|ตั้ง)? ?(?:แต่|จาก)? ?"
    r"(?P<since>วันที่ ?\d{1,2} [^\s,;()]{1,20} \d{2,4}|(?:วัน)?สิ้น(?:สุด)?ปี ?งบ ?ประมาณ(?: (?:พ ?\.? ?ศ ?\.?)? ?\d{4})?"
    r"|[^\s,;()]{1,80}))?"
)
_WITHIN = (
    r"(?:ภายใน|ไม่เกิน(?:กว่า)?|(?:เมื่อ)?พ้น(?:กำหนด)?|เมื่อครบ(?:กำหนด)?|ให้แล้วเสร็จใน)(?:กำหนด)?(?:ระยะ)?(?:เวลา)?(?:กำหนด)?"
)
_AT_LEAST = r"(?:อย่างน้อย|ไม่น้อยกว่า|ไม่ต่ำกว่า|ล่วงหน้า|เป็นเวลา)"

MAY_BE_SPAN = pattern(r"ภายใน|นับ|หลัง|ไม่เกิน|พ้น|ครบ|แล้วเสร็จ|ก่อน|ล่วงหน้า")
SPAN_RULES: tuple[tuple[re.Pattern[str], Builder], ...] = (
    (
        pattern(rf"{_WITHIN} (?:\d{{1,3}} {DASH} )?{number('n')} {_UNIT}(?P<half>ครึ่ง)?{_SINCE}"),
        _relative,
    ),
    (
        pattern(rf"นับ(?:ถัด|ตั้ง)?(?:แต่|จาก) ?(?P<since>[^\s\d,;()]{{2,60}}?) ?(?:ภายใน|ไม่เกิน) {number('n')} {_UNIT}"),
        _relative,
    ),
    (
        pattern(
            rf"(?:ภายหลัง|หลัง)(?:จาก)?(?P<since>[^\s\d,;()]{{2,60}}?) ?(?:ภายใน|ไม่เกิน)? ?{number('n')} {_UNIT}(?!แรก)"
        ),
        _relative,
    ),
    (pattern(rf"{_WITHIN} (?P<half>ครึ่ง) ?(?P<unit>เดือน|ปี)(?!แรก|หลัง| ?งบ){_SINCE}"), _relative),
    (pattern(rf"{_WITHIN} {number('n')} ?(?:ชั่วโมง|ชม\.){_SINCE}"), _hours),
    (pattern(r"(?:ภายใน|ใน)วัน(?P<working>ทำการ|ราชการ)?ถัดไป"), _next_day),
    (
        pattern(rf"ก่อน(?P<since>(?!วันที่|สิ้น|เวลา)[^\s\d,;()]{{2,60}}?) ?(?:{_AT_LEAST} ?){{0,2}}{number('n')} {_UNIT}"),
        _before,
    ),
    (
        pattern(rf"ล่วงหน้า(?:เป็นเวลา)? ?{_AT_LEAST}? ?{number('n')} {_UNIT}(?: ?ก่อน(?P<since>[^\s,;()]{{1,60}}))?"),
        _before,
    ),
)
