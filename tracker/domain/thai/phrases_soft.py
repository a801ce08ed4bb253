"""Phrases without a day of their own: recurring, relative, continuous, bound to an event, vague, or no time."""

import re
from datetime import date, timedelta

from schedules.calendars import fiscal_year_bounds
from tracker.domain.thai.phrases_dates import Builder, Match, printed_day
from tracker.domain.thai.phrases_grammar import MONTH, NUMBER, WEEKDAY, number, number_value, pattern
from tracker.domain.thai.phrases_reading import NOTHING, Offset, Precision, Reading

_DAYS: dict[str, tuple[int, Precision]] = {
    "วัน": (1, "day"),
    "สัปดาห์": (7, "day"),
    "อาทิตย์": (7, "day"),
    "เดือน": (30, "month"),
    "ปี": (365, "year"),
}
_LAST_DAY = 31


def _monthly(found: Match, fiscal_year: int | None) -> Reading:
    groups = found.groupdict()
    day = int(groups["day"]) if groups.get("day") else 1 if groups.get("first") else None
    if day is not None and not 1 <= day <= _LAST_DAY:
        return NOTHING
    return Reading("monthly", day="last" if groups.get("last") else day, fiscal_year=fiscal_year)


def _annual(_found: Match, fiscal_year: int | None) -> Reading:
    return Reading("annual", periods=("12-month",), fiscal_year=fiscal_year)


def _relative(found: Match, _fiscal_year: int | None) -> Reading:
    unit, since = found["unit"], (found.groupdict().get("since") or "").strip()
    each, precision = _DAYS[unit]
    offset = Offset(number_value(found["n"]) * each, bool(found["working"]), since or None)
    return Reading("relative", due=_counted_from(offset), precision=precision, offset=offset)


def _counted_from(offset: Offset) -> date | None:
    """Calendar days from a day that is printed give a date; the first day is not counted (Act B.E. 2539 s.64)."""
    if not offset.since or offset.working:
        return None
    start = printed_day(offset.since)
    return start + timedelta(days=offset.days) if start else None


def _cadence(found: Match, _fiscal_year: int | None) -> Reading:
    each, precision = _DAYS[found["unit"] or "สัปดาห์"]
    days = number_value(found["n"]) if found.groupdict().get("n") else 1
    return Reading("relative", precision=precision, offset=Offset(days * each, working=bool(found["working"] or "")))


def _event(_found: Match, _fiscal_year: int | None) -> Reading:
    return Reading("event")


def _plan_end(_found: Match, fiscal_year: int | None) -> Reading:
    """Return the end of the plan, which is that of its fiscal year."""
    due = fiscal_year_bounds(fiscal_year)[1] if fiscal_year else None
    return Reading("event", due=due, fiscal_year=fiscal_year)


def _continuous(_found: Match, _fiscal_year: int | None) -> Reading:
    return Reading("continuous")


def _from_now(_found: Match, _fiscal_year: int | None) -> Reading:
    """Return a window that opens on the day of the order, which is not printed: in effect without end."""
    return Reading("window", alternatives=(Reading("continuous"),))


def _undated(_found: Match, _fiscal_year: int | None) -> Reading:
    return Reading("undated")


def _nothing(_found: Match, _fiscal_year: int | None) -> Reading:
    return NOTHING


_UNIT = r"(?:(?P<unit>วัน|สัปดาห์|อาทิตย์|เดือน|ปี)(?!ที่|งบ) ?(?P<working>ทำการ|ราชการ)?)"
_WEEKLY = rf"(?:ใน)?(?:ของ)?(?:ทุก|ประจำ) ?(?:ๆ)? ?วัน{WEEKDAY}(?!ที่)|สัปดาห์ละ (?:{NUMBER})? ?ครั้ง|ครั้ง ?(?:/|ต่อ) ?สัปดาห์"
_SINCE = (
    r"(?: (?:โดย)?(?:ให้)?(?:นับ|หลัง) ?(?:ถัด|ตั้ง)? ?(?:แต่|จาก)? ?"
    r"(?P<since>วันที่ \d{1,2} [^\s,;()]{1,20} \d{2,4}|[^\s,;()]{1,80}))?"
)

MAY_BE_SOFT = re.compile(
    r"\d|ทุก|ราย|ละ|ประจ|แต่ละ|ภายใน|ไม่เกิน|พ้น|วัน|เดือน|ปี|สัปดาห์|อาทิตย์|เมื่อ|หาก|หลัง|ประชุม|ครั้ง|เสมอ|ต่อเนื่อง|"
    r"ตลอด|บัดนี้|กำหนด|ก\u0e4d\u0e32หนด|โดย|เวลา|โอกาส|เหมาะสม|อายุ|ย้อน"
)
SOFT_RULES: tuple[tuple[re.Pattern[str], Builder], ...] = (
    (pattern(r"(?:โทร(?:ศัพท์|สาร)?|[Tt]el|[Ff]ax)[.:]? ?[\d\s\-–,]{3,60}(?:ต่อ [\d\s\-]{1,12})?"), _nothing),
    (pattern(rf"(?:ไม่น้อยกว่า|ไม่ต่ำกว่า|มากกว่า|เกินกว่า|อายุ(?:[^\s\d]{{1,12}})?|ย้อนหลัง) {number('n')} {_UNIT}"), _nothing),
    (pattern(r"(?:ใน|ของ)?ทุก ?(?:ๆ)? ?วันที่ (?P<day>\d{1,2})(?: ?(?:ของ)?(?:ทุก)?(?:แต่ละ)?เดือน)?"), _monthly),
    (pattern(r"(?:ภายใน|ไม่เกิน)?วันที่ (?P<day>\d{1,2}) ?(?:ของ)(?:ทุก|แต่ละ)?เดือน(?:ถัดไป)?"), _monthly),
    (pattern(r"(?:ภายใน|ทุก|ก่อน)? ?(?:วัน)?(?P<last>สิ้นเดือน)(?:ของ)?(?:ทุกเดือน|แต่ละเดือน)?"), _monthly),
    (pattern(rf"(?:ภายใน|ทุก)? ?วัน(?:ทำการ)?(?P<last>สุดท้าย)ของ(?:ทุก|แต่ละ)? ?เดือน(?! ?(?:{MONTH}))"), _monthly),
    (pattern(r"(?:ทุก|ภายใน)(?P<first>ต้นเดือน)(?:ของ)?(?:ทุกเดือน|แต่ละเดือน)?"), _monthly),
    (
        pattern(
            r"(?:ทุก|ราย) ?(?:ๆ)? ?เดือน ?,? ?(?:ภายใน|ไม่เกิน|ก่อน)?วันที่ (?P<day>\d{1,2})(?!\d| ?[/.-]\d)(?: ?ของเดือนถัดไป)?"
        ),
        _monthly,
    ),
    (pattern(rf"(?:ภายใน)? ?{NUMBER} วัน(?:ทำการ)?แรกของ(?:ทุก|แต่ละ)? ?เดือน(?:ถัดไป)?"), _monthly),
    (
        pattern(
            rf"(?:ภายใน|ใน)?(?:ทุก)?(?:วัน{WEEKDAY}|สัปดาห์)(?:ที่)? ?(?:แรก|สุดท้าย|\d|สอง|สาม|สี่)? ?"
            r"ของ(?:ทุก|แต่ละ)? ?เดือน(?:ถัดไป)?"
        ),
        _monthly,
    ),
    (
        pattern(
            rf"(?:เป็น)?(?:ประจำ)?(?:ของ)?(?:ทุก|ราย|แต่ละ) ?(?:ๆ)? ?เดือน|เดือนละ (?:{NUMBER})? ?ครั้ง|ครั้ง ?(?:/|ต่อ) ?เดือน"
            rf"|(?<!ประชุม)ประจำเดือน(?! ?(?:{MONTH}|ที่))"
        ),
        _monthly,
    ),
    (
        pattern(
            r"รายงาน[^\s]{0,60}ประจำ ?ปี(?! ?(?:งบ|พ|\d))"
            r"|(?:เป็น)?(?:ประจำ)?(?:ของ)?ทุก ?(?:ๆ)? ?ปี(?!งบประมาณ ?\d)(?:งบประมาณ)?|ราย ?ปี"
            rf"|ปี(?:งบประมาณ)?ละ (?:{NUMBER})? ?ครั้ง|(?:อย่างน้อย )?{NUMBER} ครั้ง ?(?:/|ต่อ) ?ปี"
        ),
        _annual,
    ),
    (
        pattern(
            rf"(?:ภายใน|ไม่เกิน|(?:เมื่อ)?พ้น(?:กำหนด)?|ให้แล้วเสร็จใน)(?:กำหนด)?(?:ระยะ)?(?:เวลา)?(?:กำหนด)?"
            rf" {number('n')} {_UNIT}{_SINCE}"
        ),
        _relative,
    ),
    (pattern(rf"(?:ทุก ?(?:ๆ)?|รอบ) {number('n')} (?P<unit>วัน|สัปดาห์) ?(?P<working>ทำการ)?"), _cadence),
    (pattern(rf"(?:ทุก|ราย|ประจำ) ?(?:ๆ)? ?(?P<unit>สัปดาห์)(?P<working>)|{_WEEKLY}"), _cadence),
    (pattern(r"(?:เมื่อ|หลังจาก)สิ้นสุด(?:ของ)?แผน\S{0,20}"), _plan_end),
    (
        pattern(
            r"ใน(?:ที่|การ|วาระ)?(?:การ)?ประชุม[^\s,;()]{0,80}|(?:เมื่อ|หาก|ภายหลัง(?:จาก)?|หลังจาก|หลังการ)[^\n]{1,80}?แล้ว(?:เสร็จ)?"
            r"|ทุกครั้ง ?(?:ที่|หลัง|เมื่อ|ก่อน)[^\s]{1,60}"
            r"|เมื่อมีการ(?:เปลี่ยนแปลง|แก้ไข|ปรับปรุง|ร้องเรียน|โยกย้าย)[^\s]{0,40}"
            r"|เมื่อครบกำหนด(?:ระยะ)?(?:เวลา)?"
            r"|(?:เมื่อ|หลังจาก|หลัง)(?:ได้รับ|เสร็จสิ้น|สิ้นสุด)[^\s\d]{1,60}?(?=ภายใน|ไม่เกิน|[\s\d]|$)"
        ),
        _event,
    ),
    (
        pattern(
            r"(?:อย่าง|โดย)?(?:สม่ำเสมอ|ต่อเนื่อง) ?(?:และ)? ?(?:อย่าง)?(?:สม่ำเสมอ|ต่อเนื่อง)? ?(?:เป็นปัจจุบัน)?|ตลอดเวลา|ตลอดไป"
            r"|เป็นประจำ(?! ?(?:ทุก|ปี|ราย))|อยู่เสมอ|ทุกวัน(?!ที่| ?สิ้น)"
        ),
        _continuous,
    ),
    (
        pattern(
            r"(?:ให้แล้วเสร็จ)?(?:ภายใน|ทัน)(?:ระยะ)?(?:ห้วง)?(?:เวลา|กำหนด)(?:เวลา)?(?:ที่ ?กำหนด)?|โดยเร็ว|โดยด่วน"
            r"|ตาม(?:ที่)?(?:ระยะ|ห้วง)?(?:เวลา)?(?:ที่)?กำหนด(?:เวลา|การ)?(?:ไว้)?|ในโอกาสแรก|ตามความเหมาะสม"
        ),
        _undated,
    ),
    (pattern(r"(?:ตั้งแต่|นับแต่)บัดนี้(?:เป็นต้นไป)?"), _from_now),
)
