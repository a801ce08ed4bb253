"""The words of time phrases as regular expressions: months, moments, numbers, connectors.

Every pattern is bounded (no nested repeats), so that reading stays linear in the text whatever it holds.
Patterns are written for text with Arabic digits; a blank in them matches up to nine blanks of any kind, and
sara am matches both ways in which it is stored.
"""

import re
from datetime import date, timedelta

from schedules.calendars import ERA
from tracker.domain.thai.dates import MONTHS, SHORT_MONTHS, year_ce
from tracker.domain.thai.numerals import compose_sara_am

_UNITS = {
    "หนึ่ง": 1,
    "เอ็ด": 1,
    "สอง": 2,
    "ยี่": 2,
    "สาม": 3,
    "สี่": 4,
    "ห้า": 5,
    "หก": 6,
    "เจ็ด": 7,
    "แปด": 8,
    "เก้า": 9,
}
_SCALES = {"พัน": 1000, "ร้อย": 100, "สิบ": 10}
_WORD = "|".join([*_UNITS, *_SCALES])
_WORD_TOKEN = re.compile(_WORD)

NUMBER = rf"(?:(?<![\d.,/])\d{{1,4}}(?!\d)|(?:{_WORD}){{1,8}})(?: \([^()\n]{{1,30}}\))?"
"""Digits or words, with the same number once more in parentheses: `15`, `สิบห้า`, `15 (สิบห้า)`."""


def _short(name: str) -> str:
    """Return a pattern for a short month with its dots, or without them before a digit; "ก.พ.ร." is none."""
    first, *rest = name.split(".")
    last = rest[0]
    return rf"{first}\s?\.\s?{last}(?!\.?[ก-ฮ]\.)\.?|{first}{last}(?=\.?\s?\d)\.?"


MONTH = "|".join([*(r"\s?".join(name) for name in MONTHS), *map(_short, SHORT_MONTHS)])
"""A month, long or short; OCR breaks long names ("มี นา คม") and loses the dots of short ones."""

YEAR = r"(?:(?:ของ|ประจำ)?ปี )?(?:พ ?\. ?ศ ?\.? ?)?"
DASH = r"(?:[-–—~→➔➜]|[-=]+>|จนถึง|ถึง)"
WEEKDAY = "(?:จันทร์|อังคาร|พุธ|พฤหัส(?:บดี)?|ศุกร์|เสาร์|อาทิตย์)"
ERA_WORD = r"(?:พ ?\. ?ศ ?\.? ?)?"
FISCAL = rf"ปี ?งบ ?ประมาณ {ERA_WORD}"


def number(name: str) -> str:
    """Return a named group that matches a number in digits or words."""
    return f"(?P<{name}>{NUMBER})"


def year(name: str) -> str:
    """Return a named group for a year of four or two digits, without the words before it."""
    return (
        rf"(?P<{name}>\d{{4}}(?!\d| ?[.:/]\d)|\d{{4}}(?= ?/ ?20\d\d)|\d{{2}}(?!\d| ?(?:วัน|เดือน|ครั้ง|คน|ข้อ|[.:/]\d)))"
        r"(?: ?[/(] ?(?:ค\.ศ\. ?)?20\d\d\)?)?"
    )


def moment(index: int) -> str:
    """Return a pattern for a day, or a month, with or without its year: groups d, m, y or f, or the slashed s.

    `f` is a fiscal year: "ธันวาคม ปีงบประมาณ ๒๕๖๙" lies in the calendar year before.
    """
    worded = (
        rf"(?:(?P<d{index}>(?<!\d)\d{{1,2}}(?!\d)) )?(?:เดือน )?(?P<m{index}>{MONTH})"
        rf"(?: {YEAR}{year(f'y{index}')}|,? ?(?:ของ|ใน|ประจำ)?{FISCAL}{year(f'f{index}')})?"
    )
    slashed = (
        rf"(?P<s{index}>(?<![\d/])\d{{1,2}}(?P<b{index}>[/-])\d{{1,2}}(?P=b{index})(?:\d{{4}}|\d{{2}})(?![\d/]|-\d+-)"
        r"|(?<![\d.])\d{1,2}\.\d{1,2}\.\d{4}(?![\d.])|(?<!\d)\d{4}-\d{2}-\d{2}(?!\d))"
    )
    return rf"(?:วัน(?:{WEEKDAY})?(?:ที่)? )?(?:{worded}|{slashed})"


def pattern(source: str) -> re.Pattern[str]:
    """Compile a pattern: blanks are loose and bounded, sara am has two spellings."""
    return re.compile(source.replace(" ", r"\s{0,9}").replace("\u0e33", "(?:\u0e33|\u0e4d\u0e32)"))


def number_value(text: str) -> int:
    """Return the value of a number matched by NUMBER; what stands in parentheses is not looked at."""
    head = compose_sara_am(text).split("(")[0].strip()
    return int(head) if head.isdigit() else _words_value(head)


def _words_value(text: str) -> int:
    total = held = 0
    for token in _WORD_TOKEN.findall(text):
        if token in _UNITS:
            held = _UNITS[token]
        else:
            total, held = total + max(held, 1) * _SCALES[token], 0
    return total + held


def month_of(name: str) -> int:
    """Return 1-12 for a month matched by MONTH."""
    bare = "".join(name.split()).replace(".", "")
    names = [*MONTHS, *(short.replace(".", "") for short in SHORT_MONTHS)]
    return names.index(bare) % 12 + 1


def month_end(year_be: int, month: int) -> date:
    """Return the last day of a month of a B.E. year."""
    after = date(year_be - ERA + month // 12, month % 12 + 1, 1)
    return after - timedelta(days=1)


def be_year(text: str) -> int:
    """Return the B.E. year of four or two digits; ValueError when it is doubtful."""
    return year_ce(int(text)) + ERA
