"""Phrases that recur: by the day of the month, by month, week or year, and every so many days."""

import re
from dataclasses import replace

from tracker.domain.thai.phrases_grammar import (
    COUNT,
    MONTH,
    NUMBER,
    WEEKDAY,
    WEEKS,
    WORD,
    number,
    number_value,
    pattern,
)
from tracker.domain.thai.phrases_moments import Builder, Match
from tracker.domain.thai.phrases_reading import NOTHING, Offset, Precision, Reading, Rule

_EACH: dict[str, tuple[int, Precision]] = {"วัน": (1, "day"), "สัปดาห์": (7, "day"), "ปี": (365, "year")}
_ALTERNATE: dict[str, tuple[int, Precision]] = {
    "วัน": (2, "day"),
    "สัปดาห์": (14, "day"),
    "เดือน": (60, "month"),
    "ปี": (730, "year"),
}
_A_MONTH = Offset(30)
_LAST_DAY, _MIDDLE = 31, 15
_COUNT = re.compile(COUNT)
_STAGE = pattern(rf"รอบ {number('n')} วัน(?: ?(?P<working>ทำการ))?")
_RECEIPT = "วันที่ได้รับเรื่อง"
_WEEK = "|".join(WEEKS)
_ROUNDS_A_YEAR = {2: ("6-month", "12-month"), 4: ("3-month", "6-month", "9-month", "12-month")}


def _day_of_month(found: Match, fiscal_year: int | None) -> Reading:
    """`ทุกวันที่ ๕ และ ๒๐ ของเดือน`; of the next month it is a month later, and `ก่อน` leaves the day out."""
    groups = found.groupdict()
    days = [number_value(text) - bool(groups.get("before")) for text in _COUNT.findall(found["days"])]
    if not all(1 <= day <= _LAST_DAY for day in days):
        return NOTHING
    rule: Rule = "quarterly" if groups.get("quarter") else "monthly"
    offset = _A_MONTH if groups.get("next") else None
    first, *others = [Reading(rule, day=day, offset=offset, fiscal_year=fiscal_year) for day in days]
    return first.besides(*others)


def _monthly(found: Match, fiscal_year: int | None) -> Reading:
    groups = found.groupdict()
    reading = Reading("monthly", fiscal_year=fiscal_year)
    if groups.get("last"):
        return replace(reading, day="last", offset=_A_MONTH if groups.get("next") else None)
    return replace(reading, day=1 if groups.get("first") else _MIDDLE if groups.get("middle") else None)


def _first_days(found: Match, fiscal_year: int | None) -> Reading:
    """`ภายใน ๕ วันทำการแรกของเดือน` is counted from the month's beginning."""
    next_month = "เดือน" + found["next"] if found["next"] else None
    offset = Offset(number_value(found["n"]), bool(found["working"]), next_month)
    return Reading("monthly", offset=offset, fiscal_year=fiscal_year)


def _week_of_month(found: Match, fiscal_year: int | None) -> Reading:
    """`สัปดาห์แรกของเดือน` is its first seven days, `สุดท้าย` its last seven; the words keep the day of the week."""
    weeks = WEEKS.get(found["week"] or "")
    offset = Offset(weeks * 7, since=found["since"]) if weeks else None
    return Reading("monthly", offset=offset, fiscal_year=fiscal_year)


def _annual(_found: Match, fiscal_year: int | None) -> Reading:
    return Reading("annual", periods=("12-month",), fiscal_year=fiscal_year)


def _times_a_year(found: Match, fiscal_year: int | None) -> Reading:
    """`ปีละ ๒ ครั้ง` names the halves of the year and four times its quarters; any other number names no rounds."""
    count = found["times"] or found["count"]
    rounds = _ROUNDS_A_YEAR.get(number_value(count) if count else 1, ("12-month",))
    return Reading("annual", periods=rounds, fiscal_year=fiscal_year)


def _every_other(found: Match, _fiscal_year: int | None) -> Reading:
    each, precision = _ALTERNATE[found["unit"]]
    return Reading("relative", precision=precision, offset=Offset(each))


def _cadence(found: Match, fiscal_year: int | None) -> Reading:
    each, precision = _EACH[found["unit"] or "สัปดาห์"]
    count = number_value(found["n"]) if found.groupdict().get("n") else 1
    if found["unit"] == "ปี" and count == 1:
        return _annual(found, fiscal_year)
    return Reading("relative", precision=precision, offset=Offset(count * each, working=bool(found["working"] or "")))


def _stages(found: Match, _fiscal_year: int | None) -> Reading:
    """`รอบ ๑๕ วัน รอบ ๓๐ วัน` are stages of one matter, each later than the one before, counted from its receipt."""
    stages = [(number_value(stage["n"]), bool(stage["working"])) for stage in _STAGE.finditer(found[0])]
    days = [count for count, _ in stages]
    since = _RECEIPT if days == sorted(set(days)) else None
    first, *others = [Reading("relative", precision="day", offset=Offset(*stage, since)) for stage in stages]
    return first.besides(*others)


_AT_LEAST = r"(?:อย่างน้อย|ไม่น้อยกว่า|ไม่ต่ำกว่า)?"
_TIMES = rf"ละ ?{_AT_LEAST} ?(?:\d{{1,2}} ?[-–] ?)?(?:{NUMBER})? ?ครั้ง"
_EVERY = r"(?:ทุก|แต่ละ) ?(?:ๆ)? ?"
_NEXT = r"(?P<next>(?:ถัด|ต่อ)ไป|ถัดจาก(?:สิ้น)?(?:เดือน|ไตรมาส)(?:นั้น)?|ถัดมา)"
_BY = r"(?:ภายใน|ไม่เกิน|(?P<before>ก่อน)|ใน|ณ )?"
_NO_MONTH = rf"(?! ?(?:{MONTH}))"
_DAYS = (
    rf"วันที่ ?(?P<days>(?:\d{{1,2}}(?!\d| ?[/.-]\d)|(?:{WORD}){{1,3}})"
    rf"(?: ?(?:และ|กับ|,) ?(?:ภายใน)?(?:วันที่)? ?{COUNT}){{0,3}}){_NO_MONTH}"
)
_WEEKLY = (
    rf"(?:ใน)?(?:ของ)?(?:ทุก|ประจำ) ?(?:ๆ)? ?วัน{WEEKDAY}(?!ที่)(?:ของ(?:ทุก)?สัปดาห์)?|สัปดาห์{_TIMES}"
    r"|ครั้ง ?(?:/|ต่อ) ?สัปดาห์"
)
_OF_EVERY_MONTH = rf"(?: ?(?:ของ)?{_EVERY}เดือน)"

MAY_RECUR = pattern(r"\d|ทุก|ราย|ละ|ประจำ|วัน|เดือน|ปี|สัปดาห์|อาทิตย์")
RECURRING_RULES: tuple[tuple[re.Pattern[str], Builder], ...] = (
    (pattern(rf"(?:ใน|ของ)?ทุก ?(?:ๆ)? ?{_DAYS}(?: ?(?:ของ)?(?:{_EVERY})?เดือน{_NO_MONTH}(?:{_NEXT})?)?"), _day_of_month),
    (pattern(rf"{_BY} ?{_DAYS} ?ของ(?:{_EVERY})?เดือน{_NO_MONTH}(?:{_NEXT})?{_OF_EVERY_MONTH}?"), _day_of_month),
    (pattern(rf"{_BY} ?{_DAYS} ?{_OF_EVERY_MONTH}"), _day_of_month),
    (pattern(rf"{_BY} ?{_DAYS} ?ของเดือนแรกของ(?:{_EVERY})?(?P<quarter>ไตรมาส)(?:{_NEXT})?"), _day_of_month),
    (pattern(rf"(?:ทุก|ราย) ?(?:ๆ)? ?เดือน ?[,(]? ?{_BY} ?{_DAYS}(?: ?ของเดือน(?:{_NEXT})?)? ?\)?"), _day_of_month),
    (
        pattern(rf"(?:ภายใน|ทุก ?(?:ๆ)?|ก่อน|ณ )? ?(?:วัน)?(?P<last>(?:สิ้น|ปลาย)เดือน)(?:{_NEXT})?{_OF_EVERY_MONTH}?"),
        _monthly,
    ),
    (
        pattern(
            rf"(?:ภายใน|ทุก ?(?:ๆ)?|ใน)? ?วัน(?:ทำการ)?(?:(?P<last>สุดท้าย)|(?P<first>แรก))ของ(?:{_EVERY})?เดือน{_NO_MONTH}"
            rf"(?:{_NEXT})?"
        ),
        _monthly,
    ),
    (pattern(rf"(?:ทุก|ภายใน) ?(?:(?P<first>ต้น)|(?P<middle>กลาง))เดือน{_OF_EVERY_MONTH}?"), _monthly),
    (pattern(rf"(?:ใน)?(?:(?P<first>ต้น)|(?P<middle>กลาง))เดือน{_OF_EVERY_MONTH}"), _monthly),
    (
        pattern(rf"(?:ภายใน)? ?{number('n')} วัน ?(?P<working>ทำการ)?(?:แรก)?ของ(?:{_EVERY})?เดือน{_NO_MONTH}{_NEXT}?"),
        _first_days,
    ),
    (
        pattern(
            rf"(?:ภายใน|ใน)?(?:ทุก)?(?P<since>(?:วัน{WEEKDAY}|(?:(?:วัน)?{WEEKDAY} )?สัปดาห์)(?:ที่)? ?(?P<week>{_WEEK})?) ?"
            rf"ของ(?:ทุก|แต่ละ)? ?เดือน(?:ถัดไป)?{_NO_MONTH}"
        ),
        _week_of_month,
    ),
    (
        pattern(
            rf"(?:เป็น)?(?:ประจำ)?(?:ของ|ใน)?(?:ทุก|ราย|แต่ละ) ?(?:ๆ)? ?เดือน|เดือน{_TIMES}|ครั้ง ?(?:/|ต่อ) ?เดือน"
            rf"|(?<!ประชุม)ประจำเดือน(?! ?(?:{MONTH}|ที่))"
        ),
        _monthly,
    ),
    (
        pattern(
            r"รายงาน[^\s]{0,60}ประจำ ?ปี(?! ?(?:งบ|พ|\d))"
            r"|(?:เป็น)?(?:ประจำ)?(?:ของ)?ทุก ?(?:ๆ)? ?ปี(?!งบประมาณ ?\d)(?:งบประมาณ)?|(?:เป็น)?ราย ?ปี(?:งบประมาณ)?"
        ),
        _annual,
    ),
    (
        pattern(
            rf"ปี(?:งบประมาณ)?ละ ?{_AT_LEAST} ?{number('times')}? ?(?:[-–] ?\d{{1,2}} ?)?ครั้ง"
            rf"|(?:อย่างน้อย )?{number('count')} ครั้ง ?(?:/|ต่อ) ?ปี"
        ),
        _times_a_year,
    ),
    (pattern(r"(?P<unit>วัน|สัปดาห์|เดือน|ปี) ?เว้น ?(?P=unit)"), _every_other),
    (pattern(rf"รอบ {NUMBER} วัน(?: ?ทำการ)?(?: ?(?:,|และ|/)? ?รอบ {NUMBER} วัน(?: ?ทำการ)?){{1,4}}"), _stages),
    (pattern(rf"(?:ทุก ?(?:ๆ)?|รอบ) {number('n')} (?P<unit>วัน|สัปดาห์|ปี)(?: (?P<working>ทำการ))?"), _cadence),
    (pattern(rf"(?:ทุก|ราย|ประจำ) ?(?:ๆ)? ?(?P<unit>สัปดาห์)(?P<working>)|{_WEEKLY}"), _cadence),
)
