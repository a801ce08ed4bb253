"""The letter or memo around a plan: its number, date, subject and addressee; stamps and signatures are none."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tracker.domain.plans import Document
from tracker.domain.thai.dates import parse_day
from tracker.domain.thai.numerals import arabic
from tracker.domain.thai.phrases_grammar import MONTH
from tracker.intake.layout import Layout, Paragraph

_CODE = r"[ก-ฮ]{1,4}\.?\s?[\d.]{2,12}(?:\.\d{1,3})*\s?/\s?(?:[ก-ฮ]\.?\s?)?[\d-]{1,8}"
_NUMBER = re.compile(rf"(?:.{{0,80}}\s)?ที่\s+({_CODE})(?:\s+วันที่\s+(.{{6,40}}))?\s*")
_DAY = re.compile(rf"(?:วันที่\s*)?(\d{{1,2}}\s*(?:เดือน\s*)?(?:{MONTH})\s*(?:พ\.\s*ศ\.)?\s*\d{{4}})\s*")
_ANNOUNCED = re.compile(
    rf"(?:ประกาศ|สั่ง|ให้ไว้)\s*ณ\s*วันที่\s*(\d{{1,2}}\s*(?:เดือน\s*)?(?:{MONTH})\s*(?:พ\.\s*ศ\.)?\s*\d{{4}})"
)
_STAMP = re.compile(r"รับ(?:ที่|เลขที่|วันที่)|เลขรับ|เลขที่รับ|เวลา\s*[\d.:]+")
_SUBJECT = re.compile(r"เรื่อง\s+(\S.*)")
_TO = re.compile(r"(?:เรียน|ถึง)\s+(\S.*)")
_FIELD = re.compile(r"(?:เรียน|ถึง|อ้างถึง|สิ่งที่ส่งมาด้วย|ที่|วันที่|ด้วย|ตามที่|เรื่อง|ส่วนราชการ|\d|[(])")
_REACH, _LONGEST = 16, 200


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter of a document; `line` is where its number stands."""

    document: Document
    addressee: str | None
    line: int | None

    @property
    def is_circular(self) -> bool:
        """Whether it is a circular (ว), which is the one that the officers get."""
        return bool(self.document.number and re.search(r"/\s?ว", self.document.number))


def read_letter(layout: Layout) -> Letter:
    """Return the letter that carries the plan: the circular if there is one, or else the first that is numbered.

    Without any numbered letter only the date of an announcement ("ประกาศ ณ วันที่ …") is taken.
    """
    lines = [line for line in layout.lines() if len(line.text) <= _LONGEST or "เรื่อง" in line.text[:_REACH]]
    letters = [_letter(lines, n, found) for n, one in enumerate(lines) if (found := _numbered(one))]
    whole = [letter for letter in letters if letter.document.number and not letter.document.number.endswith("-")]
    circulars = [letter for letter in whole if letter.is_circular]
    if chosen := [*circulars, *whole, *letters]:
        return chosen[0]
    announced = next((_day(found[1]) for one in lines if (found := _ANNOUNCED.search(arabic(one.text)))), None)
    subject = next((n for n, one in enumerate(lines) if _SUBJECT.match(one.text)), None) if announced else None
    return Letter(Document(date=announced, subject=None if subject is None else _subject(lines[subject:])), None, None)


def _numbered(line: Paragraph) -> re.Match[str] | None:
    return _NUMBER.fullmatch(arabic(line.text))


def _letter(lines: Sequence[Paragraph], at: int, found: re.Match[str]) -> Letter:
    number = lines[at].text[found.start(1) : found.end(1)].strip()
    following = lines[at + 1 : at + 1 + _REACH]
    subject_at = next((n for n, one in enumerate(following) if _SUBJECT.match(one.text)), None)
    head = following if subject_at is None else following[:subject_at]
    written = _day(found[2]) if found[2] else _date_of(head)
    subject = None if subject_at is None else _subject(following[subject_at:])
    to = next((match[1] for one in following if (match := _TO.match(one.text))), None)
    return Letter(Document(number, written, subject), to, lines[at].line)


def _date_of(head: Sequence[Paragraph]) -> date | None:
    """Return the last day that stands alone before the subject; one inside a receiving stamp is passed over."""
    days = []
    for n, one in enumerate(head):
        found = _DAY.fullmatch(arabic(one.text))
        beside = [other.text for other in head[max(0, n - 1) : n + 2] if abs(other.line - one.line) <= 1]
        if found and not any(_STAMP.match(arabic(text)) for text in beside):
            days.append(_day(found[1]))
    return next((day for day in reversed(days) if day), None)


def _subject(lines: Sequence[Paragraph]) -> str | None:
    found = _SUBJECT.match(lines[0].text)
    if not found:
        return None
    goes_on = [one.text for one in lines[1:2] if one.line == lines[0].line + 1 and not _FIELD.match(arabic(one.text))]
    return "".join([found[1], *goes_on]) if goes_on and not found[1].endswith(" ") else found[1]


def _day(text: str) -> date | None:
    try:
        return parse_day(text.replace("เดือน", " "))
    except ValueError:
        return None
