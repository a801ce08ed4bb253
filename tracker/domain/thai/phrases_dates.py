"""Phrases that name days or months as deadlines (`ภายในวันที่ …`), single months, and decoys that look like them.

`ก่อนวันที่ ๓๐ เมษายน` leaves that day out, so it is due on the day before; `ก่อนสิ้นเดือน` is due on the last day.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from tracker.domain.thai.phrases_grammar import DASH, MONTH, NUMBER, WEEKDAY, WEEKS, moment, pattern
from tracker.domain.thai.phrases_moments import (
    ALSO,
    MOST_ALSO,
    YEARLY,
    Builder,
    Match,
    Moment,
    day_before,
    doubtful,
    filled,
    first_working,
    last_working,
    listed,
    printed,
)
from tracker.domain.thai.phrases_reading import NOTHING, Precision, Reading

_MIDDLE, _EARLY = 15, 10


def _precision(one: Moment) -> Precision:
    return "day" if one.day else "month"


def _deadline(found: Match, fiscal_year: int | None) -> Reading:
    try:
        one = listed(found)
        due = _owed_on(found.groupdict(), one.within(fiscal_year))
    except ValueError:
        return doubtful(found)
    if found.groupdict().get("yearly"):
        return Reading("annual", due=due, precision=_precision(one), fiscal_year=fiscal_year)
    return Reading("due", due=due, precision=_precision(one), fiscal_year=filled(one, fiscal_year))


def _owed_on(words: dict[str, str | None], one: Moment) -> date | None:
    """Return the day that is meant: the last working day, the day before, or simply the last day."""
    first, last, edge = one.first(), one.last(), words.get("end") or ""
    if not first or not last:
        return None
    if "แรก" in edge:
        return first_working(first) if "การ" in edge else first
    if "สุดท้าย" in edge and "การ" in edge:
        return last_working(last)
    return day_before(first) if words.get("before") and not edge else last


def _part_of_month(found: Match, fiscal_year: int | None) -> Reading:
    """`ปลายเดือน` is its end and `กลางเดือน` the 15th; how far `ต้นเดือน` goes a person has to say."""
    try:
        one = listed(found)
        last = one.within(fiscal_year).last()
    except ValueError:
        return Reading("undated")
    late = Reading("due", due=last, precision="month", fiscal_year=filled(one, fiscal_year))
    if not last or found["part"] == "ปลาย":
        return late
    if found["part"] == "กลาง":
        return replace(late, due=last.replace(day=_MIDDLE))
    return replace(late, due=None).besides(replace(late, due=last.replace(day=_EARLY)), late)


def _week_of(found: Match, fiscal_year: int | None) -> Reading:
    """`ภายในสัปดาห์แรกของเดือนมีนาคม ๒๕๖๙` is owed on its seventh day; without "within" the week is a window."""
    try:
        month = listed(found)
        first, last = month.within(fiscal_year).first(), month.within(fiscal_year).last()
    except ValueError:
        return Reading("undated")
    end = start = None
    if first and last:
        start, end = _week(WEEKS[found["week"]], first, last)
    reading = Reading("window", precision="day", fiscal_year=filled(month, fiscal_year))
    return replace(reading, rule="due", due=end) if found["by"] else replace(reading, start=start, end=end)


def _week(week: int, first: date, last: date) -> tuple[date, date]:
    """Return the seven days of a week of a month; the last ones when it counts from the end."""
    if week < 0:
        return last - timedelta(days=6), last
    return first + timedelta(days=7 * week - 7), min(first + timedelta(days=7 * week - 1), last)


def _times_a_year(found: Match, fiscal_year: int | None) -> Reading:
    """`เดือนมีนาคมและเดือนกันยายน ของทุกปี` is owed twice a year; the second time stands beside the first.

    With a printed year it is owed in that year only.
    """
    try:
        second = printed(found, 2) if found["m2"] or found["s2"] else None
        first = printed(found).until(second) if second else printed(found)
        last = first.within(fiscal_year).last()
        other = second.within(fiscal_year).last() if second else None
    except ValueError:
        return Reading("undated")
    reading = Reading("annual", due=last, precision=_precision(first), fiscal_year=fiscal_year)
    if first.year:
        reading = replace(reading, rule="due", fiscal_year=None)
    return reading.besides(replace(reading, due=other)) if second else reading


def followers(text: str, at: int, reading: Reading, fiscal_year: int | None) -> list[tuple[int, int, Reading]]:
    """Return the further days of `ภายใน มี.ค. ๖๙ และ ก.ย. ๖๙` with start and end; each is owed like the first."""
    more: list[tuple[int, int, Reading]] = []
    while reading.rule in ("due", "window", "annual") and reading.precision != "year" and len(more) < MOST_ALSO:
        found = ALSO.match(text, at)
        if not found or _TO.match(text, found.end()):
            break
        build = _month_window if reading.rule == "window" else _deadline
        also = build(found, fiscal_year)
        yearly = reading.rule == "annual" and also.rule == "due"
        more.append((at, found.end(), replace(also, rule="annual") if yearly else also))
        at = found.end()
    return more


def _month_window(found: Match, fiscal_year: int | None) -> Reading:
    """Return the whole month, of `ในเดือน…` in a sentence or alone in a column of times."""
    try:
        return _window_of(listed(found), fiscal_year)
    except ValueError:
        return Reading("undated")


def _window_of(one: Moment, fiscal_year: int | None) -> Reading:
    whole = one.within(fiscal_year)
    reading = Reading("window", precision=_precision(one), fiscal_year=filled(one, fiscal_year))
    return replace(reading, start=whole.first(), end=whole.last())


def _alone(found: Match, fiscal_year: int | None) -> Reading:
    """Return the deadline of a single day, or the window of a single month."""
    has_day = found["d1"] or found["s1"]
    return _deadline(found, fiscal_year) if has_day else _month_window(found, fiscal_year)


def listed_times(pieces: Sequence[str], fiscal_year: int | None) -> tuple[Reading, ...]:
    """Return the times of a list of bare days and months, none when a piece is anything else.

    A year covers the pieces before it that have none, and then those behind it: `ต.ค. / ม.ค. / เม.ย. ๖๙`.
    """
    found = [_ALONE.fullmatch(piece) for piece in pieces]
    try:
        moments = [printed(one) for one in found if one]
        if len(moments) < len(pieces):
            return ()
        for at in range(len(moments) - 1, 0, -1):
            moments[at - 1] = moments[at - 1].until(moments[at])
        for at in range(1, len(moments)):
            moments[at] = moments[at].since(moments[at - 1])
        return tuple(_time_of(one, fiscal_year) for one in moments)
    except ValueError:
        return ()


def _time_of(one: Moment, fiscal_year: int | None) -> Reading:
    if not one.day:
        return _window_of(one, fiscal_year)
    due = one.within(fiscal_year).last()
    return Reading("due", due=due, precision="day", fiscal_year=filled(one, fiscal_year))


def _decoy(_found: Match, _fiscal_year: int | None) -> Reading:
    return NOTHING


_CLOCK = r"(?:(?:เวลา)? ?\d{1,2}[.:]\d{2} ?น\.? ?(?:ของ)?)"
_BY = (
    rf"(?:(?:ภายใน|ก่อน|ไม่เกิน) ?{_CLOCK}|ภายในหรือก่อน|ก่อนหรือภายใน|ภายใน|(?P<before>ก่อน)|ไม่เกิน(?:กว่า)?|ไม่ช้ากว่า"
    r"|ไม่ล่าช้ากว่า|อย่างช้า|กำหนดส่ง(?:รายงาน|ข้อมูล|ผล|เอกสาร)?|กำหนดแล้วเสร็จ|กำหนดรายงาน|ครบกำหนด|แล้วเสร็จ|ส่งรายงาน|ปิดรับ[^\s\d]{0,20}?"
    rf"|(?<!ประชุม)(?:ครั้ง|งวด)ที่ \d{{1,2}}|จนถึง|(?<![ก-๙])ถึง|ใน(?=วัน ?(?:ที่|{WEEKDAY}))) ?:?"
)
_END = r"(?P<end>วัน(?:ทำการ|ราชการ)?(?:สุดท้าย|แรก)(?:ของ|ใน)|(?:วัน)?สิ้น(?:สุด)?)"
_DEADLINE = pattern(rf"{_BY} (?:ใน)?(?:ช่วง|ภายใน)? ?{_END}? {moment(1)}{YEARLY}")
_TO = pattern(rf" {DASH}")
_EACH_YEAR = rf"(?:(?:เป็น)?(?:ประจำ)?ทุก ?(?:ๆ)? ?ปี|ปี(?:งบประมาณ)?ละ (?:{NUMBER})? ?ครั้ง)"
_NO_RANGE = rf"(?!\.? (?:\d{{1,4}} )?{DASH})"


def printed_day(text: str) -> date | None:
    """Return the day that a text (Arabic digits) begins with, or None when it begins with none."""
    found = _DEADLINE.match("ภายใน" + text)
    return _deadline(found, None).due if found else None


MAY_BE_DATE = re.compile(rf"{MONTH}|\d\s?[/.-]\s?\d")
DATE_RULES: tuple[tuple[re.Pattern[str], Builder], ...] = (
    (pattern(rf"(?:ลง|เมื่อ|ประกาศ ณ |สั่ง ณ |ให้ไว้ ณ |ณ ){moment(1)}"), _decoy),
    (
        pattern(
            r"(?:(?<!จัด)การประชุม|ที่ประชุม|มติ)[^\s]{0,40} (?:สมัย[^\n]{1,30})?ครั้งที่ \d{1,3}(?: ?/ ?\d{2,4})? "
            rf"(?:เมื่อ|ใน|ลง)?{moment(1)}"
        ),
        _decoy,
    ),
    (pattern(rf"มติ[^\n]{{0,40}}?(?:เมื่อ|ใน|ลง)วันที่ ?{moment(1)}"), _decoy),
    (pattern(rf"(?:มีผล)?(?:ใช้)?บังคับ(?:ใช้)? ?ตั้งแต่ ?{moment(1)}(?: เป็นต้น(?:ไป|มา))?"), _decoy),
    (
        pattern(rf"(?:ใน|ภายใน)? ?{moment(1)} ?(?:และ|กับ|,) ?{moment(2)} ?(?:ของ)?(?:ทุก|แต่ละ)ปี"),
        _times_a_year,
    ),
    (
        pattern(
            rf"{_EACH_YEAR} ?[,(]? ?(?:ภายใน|ใน)?(?:ช่วง)? ?{_END}? ?{moment(1)}{_NO_RANGE}"
            rf"(?: ?(?:และ|กับ|,) ?(?:ภายใน|ใน)? ?{moment(2)}{_NO_RANGE})? ?\)?"
        ),
        _times_a_year,
    ),
    (pattern(rf"(?:ใน)?{moment(1)} ?(?P<yearly>(?:ของ)?ทุก ?(?:ๆ)? ?ปี|ของแต่ละปี)"), _deadline),
    (pattern(rf"(?P<yearly>ทุก) ?(?:ปี ?)?(?:ภายใน|ใน)? ?{_END}? ?{moment(1)}"), _deadline),
    (_DEADLINE, _deadline),
    (pattern(rf"(?:ณ )?{_END} ?{moment(1)}"), _deadline),
    (
        pattern(rf"(?:ภายใน|ใน|ก่อน|ไม่เกิน)?(?:ช่วง|ประมาณ)? ?(?P<part>ต้น|กลาง|ปลาย) ?{moment(1)}{_NO_RANGE}"),
        _part_of_month,
    ),
    (
        pattern(
            rf"(?:(?P<by>ภายใน|ไม่เกิน(?:กว่า)?)|ใน|ทุก)?(?:ช่วง)? ?สัปดาห์ ?(?:ที่)? ?(?P<week>{'|'.join(WEEKS)}) ?"
            rf"(?:ของ|ใน) ?{moment(1)}{_NO_RANGE}"
        ),
        _week_of,
    ),
    (pattern(rf"(?:ใน|ช่วง|ห้วง|ระหว่าง|ประมาณ) ?(?:ช่วง ?)?เดือน {moment(1)}"), _month_window),
)
"""Patterns with what they mean; those that look like a deadline and are none stand among them."""

_ALONE = pattern(rf"(?:ใน)?(?:ช่วง)?{moment(1)}")
ALONE_RULES: tuple[tuple[re.Pattern[str], Builder], ...] = ((_ALONE, _alone),)
"""Read only when they are all that a column of times says; elsewhere such a date is the document's own."""
