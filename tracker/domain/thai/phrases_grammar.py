"""The words of time phrases as regular expressions: months, moments, numbers, connectors.

Every pattern is bounded (no nested repeats), so that reading stays linear in the text whatever it holds.
Patterns are written for text with Arabic digits; a blank in them matches up to nine blanks of any kind, and
sara am matches both ways in which it is stored.
"""

import re
from datetime import date, timedelta

from schedules.calendars import ERA
from tracker.domain.thai.dates import MONTHS, OTHER_MONTHS, SHORT_MONTHS, month_number, year_ce
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
WORD = "|".join([*_UNITS, *_SCALES])
_WORD_TOKEN = re.compile(WORD)

NUMBER = rf"(?:(?<![\d.,/])\d{{1,4}}(?!\d)|(?:{WORD}){{1,8}})(?: \([^()\n]{{1,30}}\))?"
"""Digits or words, with the same number once more in parentheses: `15`, `สิบห้า`, `15 (สิบห้า)`."""

COUNT = rf"(?:\d{{1,2}}(?!\d)|(?:{WORD}){{1,4}})"
"""A small number wherever it stands, as after the slash of `6/12 เดือน`."""


def _short(name: str) -> str:
    """Return a pattern for a short month with its dots, or without them before a digit; "ก.พ.ร." is none."""
    first, *rest = name.split(".")
    last = rest[0]
    return rf"{first}\s?\.\s?{last}(?!\.?[ก-ฮ]\.)\.?|{first}{last}(?=\.?\s?\d)\.?"


def _other(name: str) -> str:
    """Return a pattern for another name of a month; a colloquial one ("ตุลา") stands only before a number."""
    return rf"{name}(?=\.?\s?\d)" if any(full.startswith(name) for full in MONTHS) else r"\s?".join(name)


_BARE = "|".join(name.replace(".", "") for name in SHORT_MONTHS)
_ANY_SHORT = "|".join(rf"{first}\.?\s?{last}" for first, last, _ in (name.split(".") for name in SHORT_MONTHS))
_BETWEEN = r"(?:[-–—/,]|ถึง|และ)"
_IN_A_LIST = (
    rf"(?:{_BARE})(?=\.?\s?{_BETWEEN}\s?(?:{_ANY_SHORT}))\.?"
    rf"|(?:(?<=[-–—/,])|(?<=[-–—/,]\s)|(?<=ถึง)|(?<=ถึง\s)|(?<=และ)|(?<=และ\s))(?:{_BARE})(?=[.\s,)/-]|$)\.?"
)
"""A short month without its dots and without a number, among others of its kind: "มค. - มีค."."""

MONTH = "|".join(
    [
        *map(_other, OTHER_MONTHS),
        *(r"\s?".join(name) for name in MONTHS),
        *map(_short, SHORT_MONTHS),
        _IN_A_LIST,
    ],
)
"""A month, long or short; OCR breaks long names ("มี นา คม") and loses the dots of short ones."""

DASH = r"(?:[-–—~→➔➜]|[-=]+>|จนถึง|ถึง)"
WEEKDAY = "(?:จันทร์|อังคาร|พุธ|พฤหัส(?:บดี)?|ศุกร์|เสาร์|อาทิตย์)"
WEEKS = {"แรก": 1, "1": 1, "2": 2, "3": 3, "4": 4, "5": 5, "หนึ่ง": 1, "สอง": 2, "สาม": 3, "สี่": 4, "สุดท้าย": -1}
"""The weeks of a month as they are named; the last one counts from its end."""
ERA_WORD = r"(?:(?:พ ?\.? ?ศ ?\.?|พุทธศักราช) ?)?"
YEAR = rf"(?:(?:ของ|ประจำ)?ปี )?{ERA_WORD}"
FISCAL = rf"(?:ปี ?(?:งบ ?ประมาณ|งปม\.?|งบฯ?)|งบ ?ประมาณปี) {ERA_WORD}"
"""A fiscal year's words, written out or short: "ปีงบประมาณ พ.ศ.", "ปีงบฯ", "ปี งปม."."""


def number(name: str) -> str:
    """Return a named group that matches a number in digits or words."""
    return f"(?P<{name}>{NUMBER})"


def year(name: str) -> str:
    """Return a named group for a year of four or two digits, without the words before it; "ค.ศ." is part of it."""
    return (
        rf"(?P<{name}>ค ?\.? ?ศ ?\.? ?20\d\d|\d{{4}}(?!\d| ?[.:/]\d)|\d{{4}}(?= ?/ ?20\d\d)"
        rf"|25\s[4-9]\d(?!\d| ?[.:/]\d)|\d{{2}}(?!\d| ?(?:วัน|เดือน|ครั้ง|คน|ข้อ|[.:/]\d)))"
        r"(?: ?[/(] ?(?:ค\.ศ\. ?)?20\d\d\)?)?"
    )


def fiscal_year_words(name: str) -> str:
    """Return named groups for a fiscal year: the year itself, or `…_next` for "ถัดไป"."""
    return rf"(?:{year(name)}|(?P<{name}_next>ถัดไป|ต่อไป|หน้า))"


def moment(index: int) -> str:
    """Return a pattern for a day, or a month, with or without its year: groups d, m, y or f, or the slashed s.

    `f` is a fiscal year: "ธันวาคม ปีงบประมาณ ๒๕๖๙" lies in the calendar year before. `n` says "of the next year".
    """
    worded = (
        rf"(?:(?P<d{index}>(?<!\d)\d{{1,2}}(?!\d)) )?(?:(?:ของ)?เดือน )?(?P<m{index}>{MONTH})"
        rf"(?: {YEAR}{year(f'y{index}')}|,? ?(?:ของ|ใน|ประจำ)?{FISCAL}{year(f'f{index}')}"
        rf"|(?P<n{index}> ?(?:ของ|ใน)?ปี(?:งบประมาณ)? ?(?:ถัดไป|ต่อไป|หน้า)))?"
    )
    slashed = (
        rf"(?P<s{index}>(?<![\d/])\d{{1,2}}(?P<b{index}>\s?/\s?|-)\d{{1,2}}(?P=b{index})(?:\d{{4}}|\d{{2}})(?![\d/]|-\d+-)"
        r"|(?<![\d.])\d{1,2}\.\d{1,2}\.\d{4}(?![\d.])|(?<!\d)\d{4}-\d{1,2}-\d{1,2}(?!\d))"
    )
    return rf"(?:วัน ?(?:{WEEKDAY})?(?:ที่?)? )?(?:{worded}|{slashed})"


_AS_SEEN = {
    " ": r"\s{0,9}",
    "\u0e33": "(?:\\s?(?:\u0e33|\u0e4d\\s?\u0e32)|\\s\u0e32)",
    "ภายใน": r"ภาย\s?ใน",
    "วันที่": r"วัน\s?ที่?",
    "ไตรมาส": "ไตรมา[สศ]",
}
"""A blank is up to nine; sara am has two spellings, and PDF writers tear it off ("ก ำหนด", "ท าการ")."""


def pattern(source: str) -> re.Pattern[str]:
    """Compile a pattern: blanks are loose and bounded, and common words match as OCR and haste spell them."""
    for right, seen in _AS_SEEN.items():
        source = source.replace(right, seen)
    return re.compile(source)


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
    number_ = month_number("".join(name.split()))
    if number_ is None:
        raise ValueError(f"“{name}” is not a month")
    return number_


def month_end(year_be: int, month: int) -> date:
    """Return the last day of a month of a B.E. year."""
    after = date(year_be - ERA + month // 12, month % 12 + 1, 1)
    return after - timedelta(days=1)


def be_year(text: str) -> int:
    """Return the B.E. year of four or two digits, or of a year that says "ค.ศ."; ValueError when it is doubtful."""
    digits = int("".join(filter(str.isdigit, text)))
    return digits + ERA if "ศ" in text else year_ce(digits) + ERA
