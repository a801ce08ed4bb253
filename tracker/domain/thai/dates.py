"""Buddhist-era dates: how people write them and how we write to people.

B.E. year = C.E. year + 543. A year from 2400 to 2700 is B.E.; a two-digit year is B.E. 25xx.
"""

import re
from datetime import date, datetime

from schedules.calendars import BANGKOK, ERA
from tracker.domain.thai.numerals import arabic, thai

MONTHS = ("มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม").split()
SHORT_MONTHS = "ม.ค. ก.พ. มี.ค. เม.ย. พ.ค. มิ.ย. ก.ค. ส.ค. ก.ย. ต.ค. พ.ย. ธ.ค.".split()
OTHER_MONTHS = {
    **{name.removesuffix("ยน").removesuffix("คม").removesuffix("พันธ์"): n for n, name in enumerate(MONTHS, start=1)},
    "กุมภาพันธุ์": 2,
    "กรกฏาคม": 7,
    "พฤษจิกายน": 11,
}
"""Months as people also call them, and as they often misspell them."""
WEEKDAYS = "จันทร์ อังคาร พุธ พฤหัสบดี ศุกร์ เสาร์ อาทิตย์".split()

_FIRST_BE, _LAST_BE = 2400, 2700
_HOW_TO_WRITE = "write it as 31 มี.ค. 2566, 31/03/2566 or 2023-03-31"
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_SLASHED = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{2}|\d{4})")
_WORDED = re.compile(r"(?:วัน\S*?ที่\s*)?(\d{1,2})\s*([ก-๙.]+?)\s*(?:พ\.\s*ศ\.)?\s*(\d{2}|\d{4})")


def year_ce(year: int) -> int:
    """Return the C.E. year of a B.E. year (2400-2700, or two digits for 25xx); ValueError on any other."""
    if 0 <= year <= 99:  # noqa: PLR2004 - two digits
        return 2500 + year - ERA
    if _FIRST_BE <= year <= _LAST_BE:
        return year - ERA
    raise ValueError(f"{year} is not a Buddhist-era year: {_HOW_TO_WRITE}")


def month_number(name: str) -> int | None:
    """Return 1-12 for a Thai month, long, short or colloquial, with or without its dots; None for any other word."""
    bare = name.replace(".", "").replace(" ", "")
    for number, (full, short) in enumerate(zip(MONTHS, SHORT_MONTHS, strict=True), start=1):
        if bare in (full, short.replace(".", "")):
            return number
    return OTHER_MONTHS.get(bare)


def parse_day(text: str) -> date:
    """Return the day that a person wrote: `31 มี.ค. 2566`, `31/03/2566`, Thai digits, or ISO `2023-03-31`.

    ISO dates are Gregorian. Raises ValueError, with how to write it, on anything doubtful.
    """
    plain = " ".join(arabic(text).split())
    try:
        if found := _ISO.fullmatch(plain):
            return _iso(*map(int, found.groups()))
        if found := _SLASHED.fullmatch(plain):
            day, month, year = map(int, found.groups())
            return date(year_ce(year), month, day)
        if (found := _WORDED.fullmatch(plain)) and (month_of := month_number(found[2])):
            return date(year_ce(int(found[3])), month_of, int(found[1]))
    except ValueError as error:
        raise ValueError(f"“{text}” is not a date ({error}): {_HOW_TO_WRITE}") from None
    raise ValueError(f"“{text}” is not a date: {_HOW_TO_WRITE}")


def _iso(year: int, month: int, day: int) -> date:
    if year >= _FIRST_BE:
        raise ValueError("an ISO date is Gregorian")
    return date(year, month, day)


def long_day(day: date) -> str:
    """Return `๓๑ มีนาคม ๒๕๖๖`."""
    return f"{thai(day.day)} {MONTHS[day.month - 1]} {thai(day.year + ERA)}"


def weekday_day(day: date) -> str:
    """Return `วันศุกร์ที่ ๓๑ มีนาคม ๒๕๖๖`."""
    return f"วัน{WEEKDAYS[day.weekday()]}ที่ {long_day(day)}"


def short_day(day: date) -> str:
    """Return `31 มี.ค. 2566`."""
    return f"{day.day} {SHORT_MONTHS[day.month - 1]} {day.year + ERA}"


def short_moment(instant: datetime) -> str:
    """Return `31 มี.ค. 2566 08:30`, as the clocks of Bangkok show it."""
    local = instant.astimezone(BANGKOK)
    return f"{short_day(local.date())} {local:%H:%M}"
