"""The names of months, quarters and half-years as a table's header prints them, and the months they stand for."""

import re
from collections.abc import Sequence

from tracker.domain.thai.dates import SHORT_MONTHS
from tracker.domain.thai.numerals import arabic, squeeze, thai
from tracker.domain.thai.phrases_grammar import MONTH, month_of

_ERA = r"(?:ปี(?:งบประมาณ)?|พ\.?\s?ศ\.?|[/\s(])"
_YEAR = r"(?P<y>\d{4}|\d{2})\)?"
_MONTH = re.compile(rf"(?:เดือน)?\s?(?P<m>{MONTH})(?:{_ERA}{{0,6}}{_YEAR})?")
_QUARTER = re.compile(
    rf"(?:ไตรมา[สศ]\s?(?:ที่)?|[Qq]\.?)\s?(?P<q>[1-4]|แรก|หนึ่ง|สอง|สาม|สี่|สุดท้าย)(?:{_ERA}{{1,6}}{_YEAR})?"
)
_RANGE = re.compile(
    rf"(?P<a>{MONTH})\s?(?P<ya>\d{{4}}|\d{{2}})?\s?(?:[-–—]|ถึง)\s?(?P<b>{MONTH})(?:{_ERA}{{0,6}}(?P<yb>\d{{4}}|\d{{2}}))?"
)
_AROUND = re.compile(
    r"(?:ไตรมา[สศ](?:ที่)?[1-4]|q\.?[1-4]|(?:รอบ|งวด|ช่วง|ระยะ)(?:ที่)?\d?|\d{1,2}เดือน|ครึ่งปี|เดือน|แรก|หลัง|ปี(?:งบประมาณ)?"
    r"|พ\.?ศ\.?|[()/:]|25\d\d|\d\d){0,8}"
)
_HALF = re.compile(r"(?:ครึ่งปี|(?:รอบ|ช่วง|งวด)?6เดือน)(?P<half>แรก|หลัง)")
_HALVES = {"แรก": "ต.ค. - มี.ค.", "หลัง": "เม.ย. - ก.ย."}
_ORDINALS = {"แรก": 1, "หนึ่ง": 1, "สอง": 2, "สาม": 3, "สี่": 4, "สุดท้าย": 4}
_BARE = {name.replace(".", ""): name for name in SHORT_MONTHS}
_YEARS = re.compile(r"(?:ปี|พ\.?ศ\.?|ประจำ|งบประมาณ|[\s(]){1,6}(?P<y>25\d\d)\)?")
_OCTOBER = 10
_JOIN = " - "


def period_label(text: str) -> str | None:
    """Return the name of a month, quarter or span of months that a header's cell is; None for any other cell.

    A quarter that says its months ("ไตรมาส 1 (ต.ค.-ธ.ค. 67)") is named by them.
    """
    words = " ".join(text.split())
    plain = arabic(words)
    if month := _MONTH.fullmatch(plain):
        return f"{month['m']} {month['y']}" if month["y"] and set("/(") & set(words) else words
    if (key := squeeze(words)) in _BARE:
        return _BARE[key]
    if half := _HALF.fullmatch(key):
        return _HALVES[half["half"]]
    if quarter := _QUARTER.fullmatch(plain):
        return _quarter_label(quarter, words)
    return _range_label(words, plain)


def is_half(text: str) -> bool:
    """Say whether a header's cell names half a year, which a report may be about as well as a measure's time."""
    return bool(_HALF.fullmatch(squeeze(text)))


def is_year(text: str) -> bool:
    """Say whether a header's cell is a year that stands above its months ("พ.ศ. ๒๕๖๙")."""
    return bool(_YEARS.fullmatch(arabic(text)))


def span(first: str, last: str, *, by_month: bool) -> str:
    """Return one name for the time from a label to a later one; `by_month` names no quarters."""
    if first == last:
        return _JOIN.join(_ends(first)) if by_month and _QUARTER.fullmatch(arabic(first)) else first
    named = _QUARTER.fullmatch(arabic(first)) and not by_month and not _year_of(first)
    return f"{first}{_JOIN}{last}" if named else f"{_ends(first)[0]}{_JOIN}{_ends(last)[1]}"


def numbered_periods(parts: Sequence[str], *, quarters: bool) -> tuple[str, ...]:
    """Return the months of the fiscal year that bare numbers are, or `quarters`, if 1 to 4 may be; () for others."""
    numbers = [squeeze(part).strip("()") for part in parts]
    if quarters and numbers == ["1", "2", "3", "4"]:
        return tuple(f"ไตรมาส {number}" for number in numbers)
    if numbers == [str((n + 9) % 12 + 1) for n in range(12)]:
        return tuple(SHORT_MONTHS[int(number) - 1] for number in numbers)
    return ()


def with_year(labels: Sequence[str], above: str) -> tuple[str, ...]:
    """Return the labels with the year that the header above them prints.

    A year above October to September is a fiscal one; a year above a part of the quarters is left out, since it
    may be either.
    """
    year = _YEARS.search(arabic(above))
    if not year or any(_year_of(label) for label in labels):
        return tuple(labels)
    months = [_MONTH.fullmatch(arabic(label)) for label in labels]
    quarters = [_QUARTER.fullmatch(arabic(label)) for label in labels]
    if all(quarters) and ("งบประมาณ" in above or len(labels) == len(_ORDINALS) - 2):
        return tuple(f"ไตรมาส {one['q']}/{year['y']}" for one in quarters if one)
    if not all(months):
        return tuple(labels)
    numbers = [month_of(one["m"]) for one in months if one]
    fiscal = "งบประมาณ" in above or (_OCTOBER in numbers and min(numbers[numbers.index(_OCTOBER) :]) < _OCTOBER)
    return tuple(
        f"{label} {int(year['y']) - (fiscal and number >= _OCTOBER)}"
        for label, number in zip(labels, numbers, strict=True)
    )


def _quarter_label(quarter: re.Match[str], words: str) -> str:
    number = _ORDINALS.get(quarter["q"])
    if number is None and not quarter["y"]:
        return words
    year = f"/{_full(quarter['y'])}" if quarter["y"] else ""
    return f"ไตรมาส {number or quarter['q']}{year}"


def _range_label(words: str, plain: str) -> str | None:
    found = _RANGE.search(plain)
    if not found or not _AROUND.fullmatch(squeeze(f"{words[: found.start()]} {words[found.end() :]}")):
        return None
    a, b = words[found.start("a") : found.end("a")], words[found.start("b") : found.end("b")]
    last = words[found.start("yb") : found.end("yb")] if found["yb"] else ""
    first = words[found.start("ya") : found.end("ya")] if found["ya"] else last
    if last and not found["ya"] and month_of(found["a"]) > month_of(found["b"]):
        first = _year_before(last)
    return _JOIN.join(f"{month} {year}".strip() for month, year in ((a, first), (b, last)))


def _year_before(year: str) -> str:
    before = f"{int(arabic(year)) - 1:0{len(year)}d}"
    return before if arabic(year) == year else thai(before)


def _ends(label: str) -> tuple[str, str]:
    """Return the first and the last month of a label, with their years when it has one."""
    if _JOIN in label:
        first, last = label.split(_JOIN)
        return first, last
    quarter = _QUARTER.fullmatch(arabic(label))
    if not quarter:
        return label, label
    start = (_ORDINALS.get(quarter["q"]) or int(quarter["q"])) * 3 + 6
    year = quarter["y"] and int(_full(quarter["y"])) - (start % 12 >= _OCTOBER - 1)
    first, last = (f"{SHORT_MONTHS[n % 12]} {year or ''}".strip() for n in (start, start + 2))
    return first, last


def _full(year: str) -> str:
    return year if len(year) > 2 else f"25{year}"  # noqa: PLR2004


def _year_of(label: str) -> str | None:
    plain = arabic(label)
    found = _MONTH.fullmatch(plain) or _QUARTER.fullmatch(plain)
    return found["y"] if found else None
