"""The letter or memo around a plan: its number, date, subject and addressee; stamps and signatures are none."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from tracker.domain.plans import Document
from tracker.domain.thai.dates import parse_day
from tracker.domain.thai.numerals import arabic
from tracker.domain.thai.phrases_grammar import MONTH
from tracker.intake.layout import Layout, Paragraph

_CODE = r"[ก-ฮ]{1,4}\.?\s?[\d.]{2,12}(?:\.\d{1,3})*\s?/\s?(?:[ก-ฮ]\.?\s?)?[\d-]{1,8}"
_NUMBER = re.compile(rf"(?:.{{0,80}}\s)?ที่\s+({_CODE})(?:\s+วันที่\s+(.{{6,40}}))?\s*")
_BESIDE_OFFICE = re.compile(
    rf"ที่\s+({_CODE})()\s+(?:สำนัก|ศาลากลาง|ที่ว่าการ|ที่ทำการ|กระทรวง|กรม|กอง|จังหวัด|อำเภอ|เทศบาล|องค์การ|อบ[ตจ]|เมือง|กรุงเทพ|"
    r"มหาวิทยาลัย|วิทยาลัย|โรงเรียน|โรงพยาบาล|สถาบัน|ศูนย์|การ|บริษัท|ธนาคาร|คณะ|สภา|หน่วย|เขต)[^\d/]{2,100}"
)
_ORDER = re.compile(r"(?:ประกาศ|คำสั่ง)?\s*ที่\s+(\d{1,5}\s?/\s?2[4-7]\d\d)\s*")
_ORDERED = re.compile(r"\s*(?:คำสั่ง|ประกาศ|ระเบียบ)")
_DAY = re.compile(rf"(?:วันที่\s*)?(\d{{1,2}}\s*(?:เดือน\s*)?(?:{MONTH})\s*(?:พ\.\s*ศ\.)?\s*\d{{4}})\s*")
_ANNOUNCED = re.compile(
    rf"(?:ประกาศ|สั่ง|ให้ไว้)\s*ณ\s*วันที่\s*(\d{{1,2}}\s*(?:เดือน\s*)?(?:{MONTH})\s*(?:พ\.\s*ศ\.)?\s*\d{{4}})"
)
_STAMP = re.compile(r"รับ(?:ที่|เลขที่|วันที่)|เลขรับ|เลขที่รับ")
_STAMP_TIME = re.compile(r"เวลา\s*[\d.:]+")
_SUBJECT = re.compile(r"เรื่อง\s+(?!(?:เลข)?หน้า(?:ที่)?\s*$)(\S.*)")
_TO = re.compile(r"(?:เรียน|ถึง)\s+(\S.*)")
_YEAR = re.compile(r"2[4-7]\d\d(?!\d)")
_FIELD = re.compile(
    r"(?:(?:สั่ง|ประกาศ|ให้ไว้)\s*ณ|[\s.…_*=–-]+$|อาศัยอำนาจ|โดยที่|เรียน|ถึง|อ้างถึง|สิ่งที่ส่งมาด้วย|ที่|วันที่|ด้วย|ตามที่|เรื่อง|ส่วนราชการ|\d|[(])"
)
_MEMO = re.compile(r"\s*(?:ที่\s|วันที่\s|ส่วนราชการ|ส่วนงาน)")
_NEXT_FIELD = re.compile(r"\s+(?=(?:เรื่อง|เรียน)\s+\S)|\s{3,}(?=(?:ที่|วันที่)\s+\S)")
_CUT_YEAR = re.compile(r"(?:พ\s?\.\s?ศ\s?\.?|ปี|งบประมาณ)[\s.…]*$")
_DOTS = re.compile(r"\s*[.…_]{4,}\s*")
_REACH, _LONGEST, _SUBJECT_LINES, _ABOVE = 16, 200, 2, 3


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
    lines = [
        part
        for line in layout.lines()
        if len(line.text) <= _LONGEST or "เรื่อง" in line.text[:_REACH] or _MEMO.match(line.text)
        for part in _fields(line)
    ]
    letters = [_letter(lines, n, found) for n, one in enumerate(lines) if (found := _numbered(one))]
    whole = [letter for letter in letters if letter.document.number and not letter.document.number.endswith("-")]
    circulars = [letter for letter in whole if letter.is_circular]
    if chosen := [*circulars, *whole, *letters]:
        return chosen[0]
    return _announcement(lines)


def _announcement(lines: Sequence[Paragraph]) -> Letter:
    """Return an announcement or order: its day, subject, and the number of an order ("ที่ ๑๒/๒๕๖๘" below its name)."""
    announced = next((_day(found[1]) for one in lines if (found := _ANNOUNCED.search(arabic(one.text)))), None)
    ordered = next((n for n, one in enumerate(lines) if _is_order(lines, n, one)), None)
    if announced is None and ordered is None:
        return Letter(Document(), None, None)
    number = None if ordered is None else _order_number(lines[ordered].text)
    following = lines[ordered or 0 :]
    subject = next((n for n, one in enumerate(following) if _subject([one])), None)
    text = None if subject is None else _subject(following[subject:])
    return Letter(Document(number, announced, text), None, None if ordered is None else lines[ordered].line)


def _is_order(lines: Sequence[Paragraph], at: int, line: Paragraph) -> bool:
    above = lines[max(0, at - _ABOVE) : at + 1]
    return bool(_ORDER.fullmatch(arabic(line.text)) and any(_ORDERED.match(one.text) for one in above))


def _order_number(text: str) -> str | None:
    found = _ORDER.fullmatch(arabic(text))
    return text[found.start(1) : found.end(1)] if found else None


def _fields(line: Paragraph) -> list[Paragraph]:
    """Return the fields of a memo's head that stand on one line ("ที่ …  วันที่ …  เรื่อง …") as lines of their own."""
    if not _MEMO.match(line.text):
        return [line]
    return [Paragraph(part, line.line) for part in _NEXT_FIELD.split(line.text)]


def _numbered(line: Paragraph) -> re.Match[str] | None:
    plain = arabic(line.text)
    return _NUMBER.fullmatch(plain) or _BESIDE_OFFICE.fullmatch(plain)


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
        if found and not _is_stamped(head, n):
            days.append(_day(found[1]))
    return next((day for day in reversed(days) if day), None)


def _is_stamped(head: Sequence[Paragraph], at: int) -> bool:
    """Say whether a day belongs to a stamp: "รับที่ …" beside it, or the time below it.

    The time ends a stamp, so that a day that stands bare below it is the letter's own.
    """
    near = [k for k in (at - 1, at + 1) if 0 <= k < len(head) and abs(head[k].line - head[at].line) <= 1]
    texts = {k - at: arabic(head[k].text) for k in near}
    bare = not head[at].text.lstrip().startswith("วันที่")
    times = any(_STAMP_TIME.match(text) for k, text in texts.items() if k > 0 or not bare)
    return times or any(_STAMP.match(text) for text in texts.values())


def _subject(lines: Sequence[Paragraph]) -> str | None:
    """Return the subject with the lines on which it goes on; a year cut off from its words belongs to it."""
    found = _SUBJECT.match(lines[0].text)
    if not found:
        return None
    subject = _DOTS.sub(" ", found[1])
    for above, one in pairwise(lines[: _SUBJECT_LINES + 1]):
        cut = _CUT_YEAR.search(subject)
        near = one.line == above.line + 1
        if not near or (_FIELD.match(arabic(one.text)) and not (cut and _YEAR.match(arabic(one.text)))):
            break
        if found[1].endswith(" "):
            break
        text = _DOTS.sub(" ", one.text).strip()
        subject = f"{subject.rstrip()} {text}" if cut else f"{subject}{text}"
    return subject.rstrip()


def _day(text: str) -> date | None:
    try:
        return parse_day(text.replace("เดือน", " "))
    except ValueError:
        return None
