"""Phrases that name a year: the fiscal one, the calendar one, and those that may be either."""

import re
from dataclasses import replace
from datetime import date

from schedules.calendars import ERA, fiscal_year_bounds
from tracker.domain.thai.phrases_grammar import (
    DASH,
    ERA_WORD,
    FISCAL,
    NUMBER,
    be_year,
    fiscal_year_words,
    pattern,
    year,
)
from tracker.domain.thai.phrases_moments import Builder, Match
from tracker.domain.thai.phrases_reading import NOTHING, Reading, Rule

_HALF_YEAR = (3, 31)


def _stated(found: Match, fiscal_year: int | None) -> int | None:
    groups = found.groupdict()
    if groups.get("fy"):
        return be_year(groups["fy"])
    return fiscal_year + 1 if fiscal_year and groups.get("fy_next") else fiscal_year


def _fiscal_window(found: Match, fiscal_year: int | None) -> Reading:
    stated = _stated(found, fiscal_year)
    last = be_year(found["fz"]) if found.groupdict().get("fz") else stated
    if not stated or not last:
        return Reading("window", precision="year")
    reading = Reading("window", start=fiscal_year_bounds(stated)[0], end=fiscal_year_bounds(last)[1], precision="year")
    return replace(reading, fiscal_year=stated) if last == stated else reading if last > stated else NOTHING


def _fiscal_end(found: Match, fiscal_year: int | None) -> Reading:
    stated = _stated(found, fiscal_year)
    due = fiscal_year_bounds(stated)[1] if stated else None
    rule: Rule = "annual" if found.groupdict().get("yearly") or found.groupdict().get("every") else "due"
    return Reading(rule, due=due, precision="day", fiscal_year=stated)


def _fiscal_middle(found: Match, fiscal_year: int | None) -> Reading:
    stated = _stated(found, fiscal_year)
    return Reading(
        "due", due=date(stated - ERA, *_HALF_YEAR) if stated else None, precision="month", fiscal_year=stated
    )


def _fiscal_beginning(found: Match, fiscal_year: int | None) -> Reading:
    """`ต้นปีงบประมาณ` is its first month or its first quarter; a person has to say which."""
    stated = _stated(found, fiscal_year)
    reading = Reading("window", precision="month", fiscal_year=stated)
    if not stated:
        return reading
    first = fiscal_year_bounds(stated)[0]
    return reading.besides(*(replace(reading, start=first, end=first.replace(month=n, day=31)) for n in (10, 12)))


def _calendar_end(found: Match, _fiscal_year: int | None) -> Reading:
    """`สิ้นปี พ.ศ. ๒๕๘๐` names a year of the era, so 31 December; the fiscal reading is offered beside it."""
    stated = be_year(found["cy"])
    reading = Reading("due", due=date(stated - ERA, 12, 31), precision="day")
    if found.groupdict().get("calendar"):
        return reading
    return reading.besides(Reading("due", due=fiscal_year_bounds(stated)[1], precision="day", fiscal_year=stated))


def _calendar_window(found: Match, _fiscal_year: int | None) -> Reading:
    stated = be_year(found["cy"]) - ERA
    return Reading("window", start=date(stated, 1, 1), end=date(stated, 12, 31), precision="year")


def _either_year(found: Match, fiscal_year: int | None) -> Reading:
    """`ภายในปี ๒๕๗๐`, `สิ้นปี`: the calendar year or the fiscal year; both are offered and none is taken.

    Without a printed year it may also be the end of the calendar year in which the fiscal year begins.
    """
    stated = be_year(found["cy"]) if found["cy"] else fiscal_year
    reading = Reading("annual" if found.groupdict().get("every") else "due", precision="year")
    if stated is None:
        return reading
    ends = [date(year_be - ERA, 12, 31) for year_be in ((stated,) if found["cy"] else (stated, stated - 1))]
    fiscal = replace(reading, due=fiscal_year_bounds(stated)[1], fiscal_year=stated)
    return reading.besides(replace(reading, due=ends[0]), fiscal, *(replace(reading, due=end) for end in ends[1:]))


def _either_window(found: Match, fiscal_year: int | None) -> Reading:
    stated = be_year(found["cy"])
    first, last = fiscal_year_bounds(stated)
    return Reading("window", precision="year").besides(
        _calendar_window(found, fiscal_year),
        Reading("window", start=first, end=last, precision="year", fiscal_year=stated),
    )


def _unsettled(_found: Match, _fiscal_year: int | None) -> Reading:
    """Leave open the days of a year or term of study, and of a length of time without its beginning."""
    return Reading("window")


def _label(_found: Match, _fiscal_year: int | None) -> Reading:
    return NOTHING


_ENDING = r"(?:ภายใน|ก่อน|เมื่อ|จนถึง|ณ)?(?:วัน)?(?:สิ้น(?:สุด)?|ปลาย)"
_YEARLY = r"(?: (?P<yearly>(?:ของ)?ทุก ?(?:ๆ)? ?ปี))?"
_FOUND = r"(?:ได้(?:รับ)?(?:ผล)?คะแนน|มี(?:ผล)?(?:คะแนน|การประเมิน)|ผลการประเมิน|พบว่า|ท่าน(?:เคย|ได้)|เคย)"
_AIMED = r"(?:ประเทศไทย|ค่าคะแนน|CPI|ดัชนี|อันดับ|ร้อยละ|ไม่ต่ำกว่า|แม่บท|ยุทธศาสตร์|เป้าหมาย)"

_TERM = r"ภาค(?:เรียน|การศึกษา)(?: ?(?:ที่)? ?(?:\d|ต้น|ปลาย|แรก|หลัง|ฤดูร้อน))?(?: ?/ ?\d{2,4})?"
_STUDY_YEAR = rf"ปี ?การศึกษา {ERA_WORD}(?:\d{{4}})?(?: ?[/-] ?\d{{4}})?"
_STUDY = rf"(?:ช่วง)?(?:{_TERM}(?: (?:ของ)?{_STUDY_YEAR})?|{_STUDY_YEAR})"

MAY_BE_YEAR = re.compile(r"ภาค|ปี|พ\s?\.?\s?ศ|พุทธ")
YEAR_RULES: tuple[tuple[re.Pattern[str], Builder], ...] = (
    (pattern(rf"(?:เป้าหมาย|ยุทธศาสตร์|ร้อยละ)[^\n]{{0,60}}?ภายในปี ?{ERA_WORD}\d{{4}}"), _label),
    (pattern(rf"ภายในปี ?{ERA_WORD}\d{{4}}[^\n]{{0,40}}?{_AIMED}"), _label),
    (pattern(rf"(?:ใน|จาก)?(?:รอบ)? ?(?:{FISCAL}|ปี ?{ERA_WORD}){year('fy')}[^\n]{{0,40}}?{_FOUND}"), _label),
    (
        pattern(rf"(?:ใน|ตลอด|ทั้ง|ระหว่าง|ตั้งแต่)(?:ระหว่าง|รอบ|ช่วง|ทั้ง|ระยะเวลา)? ?{FISCAL}{fiscal_year_words('fy')}"),
        _fiscal_window,
    ),
    (
        pattern(
            rf"(?:ใน|ระหว่าง|ตั้งแต่|ตลอด)(?:ระหว่าง|รอบ|ช่วง|ระยะเวลา)? ?{FISCAL}{year('fy')} "
            rf"{DASH} (?:{FISCAL}|{ERA_WORD}){year('fz')}"
        ),
        _fiscal_window,
    ),
    (pattern(rf"(?:ตลอด|ทั้ง|ระหว่าง)(?:ทั้ง|ระหว่าง|ระยะเวลา)? ?{FISCAL}(?! ?\d)"), _fiscal_window),
    (pattern(rf"(?:ตลอด|ทั้ง)(?:ทั้ง)?{_STUDY}"), _unsettled),
    (pattern(r"(?:ตลอด|ทั้ง)(?:ทั้ง)?ปี(?! ?(?:\d|พ ?\.? ?ศ|พุทธ|งบ|งป|ปฏิทิน|(?:การ)?ศึกษา))"), _fiscal_window),
    (pattern(rf"(?:ตลอด|ทั้ง)(?:ทั้ง)?ปี ?{ERA_WORD}{year('cy')}"), _either_window),
    (pattern(rf"(?:ใน|ตลอด|ทั้ง)?(?:ทั้ง)?ปี ?ปฏิทิน {ERA_WORD}{year('cy')}"), _calendar_window),
    (pattern(rf"(?:ภายใน|{_ENDING}) ?ปี ?(?P<calendar>ปฏิทิน) {ERA_WORD}{year('cy')}"), _calendar_end),
    (
        pattern(rf"(?:(?P<every>ทุก) ?(?:ๆ)? ?)?(?:ภายใน|{_ENDING}) ?{FISCAL}(?:{fiscal_year_words('fy')})?{_YEARLY}"),
        _fiscal_end,
    ),
    (pattern(rf"(?:ใน|ช่วง|ภายใน)?กลาง ?{FISCAL}(?:{fiscal_year_words('fy')})?"), _fiscal_middle),
    (pattern(rf"(?:ใน|ช่วง|ภายใน)?ต้น ?{FISCAL}(?:{fiscal_year_words('fy')})?"), _fiscal_beginning),
    (pattern(rf"(?:เมื่อ|ภายใน|ก่อน)?สิ้น(?:สุด)?ปี ?(?:พ ?\.? ?ศ ?\.?|พุทธศักราช) {year('cy')}"), _calendar_end),
    (pattern(rf"(?:(?P<every>ทุก) ?(?:ๆ)? ?)?{_ENDING}ปี(?! ?(?:งบ|งป|ปฏิทิน))(?: {year('cy')})?"), _either_year),
    (pattern(rf"ภายในปี ?{ERA_WORD}{year('cy')}"), _either_year),
    (pattern(rf"ประจำ ?{FISCAL}{year('fy')}"), _label),
)

LONE_RULES: tuple[tuple[re.Pattern[str], Builder], ...] = (
    (pattern(rf"(?:ใน)? ?{FISCAL}(?:{fiscal_year_words('fy')})?"), _fiscal_window),
    (pattern(rf"{FISCAL}{year('fy')} {DASH} (?:{FISCAL}|{ERA_WORD}){year('fz')}"), _fiscal_window),
    (pattern(rf"(?:ใน)? ?ปี ?{ERA_WORD}{year('cy')}"), _either_window),
)
"""Read only when they are all that a phrase says; in a sentence they are labels."""

ALONE_RULES: tuple[tuple[re.Pattern[str], Builder], ...] = (
    *LONE_RULES,
    (pattern(rf"ประจำ ?{FISCAL}(?:{fiscal_year_words('fy')})?"), _fiscal_window),
    (pattern(rf"ประจำ ?ปี ?{ERA_WORD}{year('cy')}"), _either_window),
    (pattern(rf"{ERA_WORD}(?P<cy>2[4-7]\d\d)"), _either_window),
    (pattern(rf"(?:ใน|ภายใน|ประจำ)? ?{_STUDY}"), _unsettled),
    (pattern(rf"(?:ระยะ|ใช้)?(?:เวลา)? ?(?:ประมาณ|ไม่เกิน)? ?{NUMBER} (?:วัน|สัปดาห์|เดือน|ปี)(?:ทำการ)?"), _unsettled),
)
"""Read only when they are all that a column of times says."""
