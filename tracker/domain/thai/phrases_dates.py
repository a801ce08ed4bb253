"""Phrases that name days or months: deadlines (`ภายในวันที่ …`), ranges (`ม.ค.-ก.พ. ๖๖`), single months.

`ก่อนวันที่ ๓๐ เมษายน` leaves that day out, so it is due on the day before; `ก่อนสิ้นเดือน` is due on the last day.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from schedules.calendars import ERA
from tracker.domain.thai.dates import parse_day
from tracker.domain.thai.phrases_grammar import DASH, MONTH, be_year, moment, month_end, month_of, pattern
from tracker.domain.thai.phrases_reading import NOTHING, Reading

Match = re.Match[str]
Builder = Callable[[Match, int | None], Reading]

_MOST_FOLLOWERS = 3
_OCTOBER, _OLDEST, _NEWEST = 10, 1957, 2157


@dataclass(frozen=True, slots=True)
class _Moment:
    """A day or a month as printed; the year is B.E. and may be missing."""

    day: int | None
    month: int
    year: int | None

    def within(self, fiscal_year: int | None) -> "_Moment":
        """Return the moment with its year filled in from a fiscal year."""
        if self.year or not fiscal_year:
            return self
        return _Moment(self.day, self.month, fiscal_year - (self.month >= _OCTOBER))

    def first(self) -> date | None:
        return None if self.year is None else date(self.year - ERA, self.month, self.day or 1)

    def last(self) -> date | None:
        if self.year is None:
            return None
        return date(self.year - ERA, self.month, self.day) if self.day else month_end(self.year, self.month)


def _moment(found: Match, index: int) -> _Moment:
    if slashed := found[f"s{index}"]:
        day = parse_day(slashed)
        return _Moment(day.day, day.month, day.year + ERA)
    day_text, year_text, fiscal_text = found[f"d{index}"], found[f"y{index}"], found[f"f{index}"]
    printed = _Moment(
        int(day_text) if day_text else None, month_of(found[f"m{index}"]), be_year(year_text) if year_text else None
    )
    return printed.within(be_year(fiscal_text)) if fiscal_text else printed


def _doubtful(found: Match, index: int) -> Reading:
    """Offer what an impossible day or a year that is not B.E. may have meant; nothing is taken."""
    day_text, month, year_text = found[f"d{index}"], found[f"m{index}"], found[f"y{index}"]
    if month is None or year_text is None:
        return Reading("undated")
    year_be = int(year_text) if int(year_text) > _NEWEST else int(year_text) + ERA
    if not _OLDEST <= year_be - ERA <= _NEWEST:
        return Reading("undated")
    last = month_end(year_be, month_of(month))
    due = last if day_text is None else last.replace(day=min(int(day_text) or 1, last.day))
    return Reading("undated", alternatives=(Reading("due", due=due, precision="day" if day_text else "month"),))


def _deadline(found: Match, fiscal_year: int | None) -> Reading:
    try:
        printed = _moment(found, 1)
        moment_ = printed.within(fiscal_year)
        due = moment_.last()
        if due and found.groupdict().get("before") and not found.groupdict().get("end"):
            due = (moment_.first() or due) - timedelta(days=1)
    except ValueError:
        return _doubtful(found, 1)
    if found.groupdict().get("yearly"):
        return Reading("annual", due=due, precision="day" if printed.day else "month", fiscal_year=fiscal_year)
    return Reading("due", due=due, precision="day" if printed.day else "month")


def _range(found: Match, fiscal_year: int | None) -> Reading:
    try:
        first, last = _one_year(_moment(found, 1), _moment(found, 2), fiscal_year)
        start, end = first.first(), last.last()
    except ValueError:
        return Reading("undated")
    precision = "day" if first.day or last.day else "month"
    if found.groupdict().get("yearly"):
        return Reading("annual", start=start, end=end, precision="month", fiscal_year=fiscal_year)
    if start and end and start > end:
        return Reading("undated", alternatives=(Reading("window", start=end, end=start, precision="day"),))
    return Reading("window", start=start, end=end, precision="day" if precision == "day" else "month")


def _one_year(first: _Moment, last: _Moment, fiscal_year: int | None) -> tuple[_Moment, _Moment]:
    """One printed year covers both ends: `ม.ค.-ก.พ. ๖๖`; a range over New Year starts the year before."""
    turns = (first.month, first.day or 1) > (last.month, last.day or 31)
    if first.year is None and last.year is not None:
        first = _Moment(first.day, first.month, last.year - turns)
    elif last.year is None and first.year is not None:
        last = _Moment(last.day, last.month, first.year + turns)
    return first.within(fiscal_year), last.within(fiscal_year)


def _days_of_month(found: Match, fiscal_year: int | None) -> Reading:
    try:
        last = _moment(found, 2).within(fiscal_year)
        start, end = _Moment(int(found["d1"]), last.month, last.year).first(), last.last()
    except ValueError:
        return Reading("undated")
    return Reading("window", start=start, end=end, precision="day")


def _open(found: Match, fiscal_year: int | None) -> Reading:
    try:
        moment_ = _moment(found, 1).within(fiscal_year)
        return Reading("window", start=moment_.first(), precision="day" if moment_.day else "month")
    except ValueError:
        return Reading("undated")


def _yearly_pair(found: Match, fiscal_year: int | None) -> Reading:
    """`เดือนมีนาคมและเดือนกันยายน ของทุกปี` is owed twice a year; the second time stands beside the first."""
    try:
        first, last = (_moment(found, n).within(fiscal_year).last() for n in (1, 2))
    except ValueError:
        return Reading("undated")
    one = Reading("annual", due=first, precision="month", fiscal_year=fiscal_year)
    return one.besides(replace(one, due=last))


def followers(text: str, at: int, reading: Reading, fiscal_year: int | None) -> list[tuple[int, int, Reading]]:
    """Return the further days of `ภายใน มี.ค. ๖๙ และ ก.ย. ๖๙` with start and end; each is owed like the first."""
    more: list[tuple[int, int, Reading]] = []
    while reading.rule in ("due", "window") and len(more) < _MOST_FOLLOWERS:
        found = _ALSO.match(text, at)
        if not found or _TO.match(text, found.end()):
            break
        build = _deadline if reading.rule == "due" else _month_window
        more.append((at, found.end(), build(found, fiscal_year)))
        at = found.end()
    return more


def _month_window(found: Match, fiscal_year: int | None) -> Reading:
    """Return the whole month, of `ในเดือน…` in a sentence or alone in a column of times."""
    try:
        moment_ = _moment(found, 1).within(fiscal_year)
        return Reading("window", start=moment_.first(), end=moment_.last(), precision="day" if moment_.day else "month")
    except ValueError:
        return Reading("undated")


def _alone(found: Match, fiscal_year: int | None) -> Reading:
    """Return the deadline of a single day, or the window of a single month."""
    has_day = found["d1"] or found["s1"]
    return _deadline(found, fiscal_year) if has_day else _month_window(found, fiscal_year)


def _decoy(_found: Match, _fiscal_year: int | None) -> Reading:
    return NOTHING


_BY = (
    r"(?:ภายในหรือก่อน|ก่อนหรือภายใน|ภายใน|(?P<before>ก่อน)|ไม่เกิน|ไม่ช้ากว่า|ไม่ล่าช้ากว่า|อย่างช้า|"
    r"กำหนดส่ง|กำหนดแล้วเสร็จ|กำหนดรายงาน|ครบกำหนด|แล้วเสร็จ|ส่งรายงาน|(?<!ประชุม)ครั้งที่ \d{1,2}|งวดที่ \d{1,2})"
)
_YEARLY = r"(?: (?P<yearly>ของทุกปี|ทุกปี|ของแต่ละปี))?"

_END = r"(?P<end>วัน(?:ทำการ)?สุดท้ายของ|(?:วัน)?สิ้น(?:สุด)?)"
_DEADLINE = pattern(rf"{_BY} (?:ใน)?(?:ช่วง|ภายใน)? ?{_END}? {moment(1)}{_YEARLY}")
_TO = pattern(rf" {DASH}")
_ALSO = pattern(rf" (?:และ|กับ|,|/) (?:ภายใน|ใน)? {moment(1)}{_YEARLY}")


def printed_day(text: str) -> date | None:
    """Return the day that a text (Arabic digits) begins with, or None when it begins with none."""
    found = _DEADLINE.match("ภายใน" + text)
    return _deadline(found, None).due if found else None


_SPAN = r"(?:ตั้งแต่|ระหว่าง|ในช่วง|ช่วง|ห้วง|ภายใน)"
MAY_BE_DATE = re.compile(rf"{MONTH}|\d[/.-]\d")
DATE_RULES: tuple[tuple[re.Pattern[str], Builder], ...] = (
    (pattern(rf"(?:ลง|เมื่อ|ประกาศ ณ |สั่ง ณ |ให้ไว้ ณ |ณ ){moment(1)}"), _decoy),
    (pattern(rf"(?:มีผล)?(?:ใช้)?บังคับ(?:ใช้)? ?ตั้งแต่ ?{moment(1)}(?: เป็นต้น(?:ไป|มา))?"), _decoy),
    (
        pattern(rf"{_SPAN}? {moment(1)} (?:และสิ้นสุด)?{DASH} {moment(2)}{_YEARLY}"),
        _range,
    ),
    (pattern(rf"(?:ใน|ภายใน)? ?{moment(1)} ?(?:และ|กับ|,) ?{moment(2)} ?(?:ของ)?(?:ทุก|แต่ละ)ปี"), _yearly_pair),
    (pattern(rf"(?:ใน)?{moment(1)} ?(?P<yearly>ของทุกปี|ทุกปี|ของแต่ละปี)"), _deadline),
    (pattern(rf"(?P<yearly>ทุก) ?(?:ปี ?)?(?:ภายใน|ใน)? ?{_END}? ?{moment(1)}"), _deadline),
    (
        pattern(rf"{_SPAN}? (?:วันที่ )?(?P<d1>(?<![\d./])\d{{1,2}}) {DASH} {moment(2)}"),
        _days_of_month,
    ),
    (pattern(rf"(?:เริ่ม)?(?:ดำเนินการ)?(?:ตั้งแต่|นับตั้งแต่|เริ่ม) {moment(1)}(?: (?:เป็นต้นไป|จนถึงวันที่|จนถึง|ถึงวันที่))?"), _open),
    (pattern(rf"{moment(1)} เป็นต้นไป"), _open),
    (_DEADLINE, _deadline),
    (pattern(rf"(?:วัน)?สิ้น(?:สุด)? ?{moment(1)}"), _deadline),
    (pattern(rf"(?:ใน|ช่วง|ห้วง|ระหว่าง) ?(?:ช่วง ?)?เดือน {moment(1)}"), _month_window),
)
"""Patterns with what they mean; those that look like a deadline and are none stand among them."""

ALONE_RULES: tuple[tuple[re.Pattern[str], Builder], ...] = ((pattern(rf"(?:ใน)?(?:ช่วง)?{moment(1)}"), _alone),)
"""Read only when they are all that a column of times says; elsewhere such a date is the document's own."""
