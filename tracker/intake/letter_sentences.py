"""The sentences around a plan as they are meant: wrapped lines joined, and a list of days with the words above it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tracker.domain.thai.numerals import arabic
from tracker.domain.thai.phrases import find_phrases
from tracker.domain.thai.phrases_grammar import MONTH
from tracker.intake.layout import Layout, Paragraph, Table

_MARK = r"[\s•*●▪–-]{0,4}(?:\(?\d{1,2}(?:\.\d{1,2}){0,2}[.)]?\s+|\(?\d{1,2}[.)]\s*)?"
_ITEM = re.compile(rf"{_MARK}(?:และ\s*)?(?:ครั้งที่|รอบ|งวด|ภายใน|ไม่เกิน|ไตรมาส|วันที่\s*\d|เดือน(?:{MONTH})).{{4,200}}")
_ASKS = re.compile(r"(?:รายงาน|แจ้งผล|ส่งผล|เผยแพร่)")
_LEADS = re.compile(r"(?:ดังนี้|ต่อไปนี้|คือ|ได้แก่|กำหนด(?:เวลา|การ)?|เวลา|ครั้ง|[:-])[\s:.–-]*$")
_WISHED = re.compile(r"ให้|โปรด|กรุณา|ขอความ|ต้อง")
_OPENS = re.compile(
    r"\s*(?:[-•*●▪–]|\(?\d{1,2}(?:\.\d{1,2}){0,2}[.)]\s*\D|\d{1,2}\.\d{1,2}\s|\(?[ก-ฮ][.)]\s|\((?:นาย|นาง|ลงชื่อ|ว่าที่|ดร|พล)|"
    r"เรื่อง\s|เรียน\s|อ้างถึง|สิ่งที่ส่งมา|จึงเรียน|จึงประกาศ|ทั้งนี้|อนึ่ง|หมายเหตุ|ประกาศ\s?ณ|สั่ง\s?ณ|ขอแสดง|โทร|ส่วนที่|หมวด|บทที่|ตัวชี้วัด|มาตรการ)"
)
_UNIT = re.compile(r"\s*(?:สำนัก|กอง|กลุ่ม|ฝ่าย|ศูนย์|หน่วย|งาน|คณะ|ผู้|หัวหน้า|เลขานุการ|โรงเรียน|วิทยาลัย|เทศบาล|องค์การ)")
_GOES_ON = re.compile(
    r"\s*(?:(?:ให้|ต่อ|ถึง|ไปยัง)\S{2,60}\s?(?:ทราบ|ภายใน|ไม่เกิน)|และ|หรือ|ภายใน|ไม่เกิน|ก่อน|พร้อม|โดย|ตามลำดับ|\((?:รอบ|ครั้ง)|พ\.ศ\.|2[4-7]\d\d(?!\d))"
)
_OPEN_END = re.compile(rf"(?:{MONTH}|ภายใน|วันที่|\d|เดือน|พ\.ศ\.|และ|ให้|ต่อ|แก่|ของ|กับ|โดย|ถึง|ที่)\s*$")
_BARE_DAY = re.compile(
    rf"(?:(?:คือ|ดังนี้|ได้แก่|ต่อไปนี้)[\s:]*(?:{_MARK})?|(?:ครั้ง|งวด)ที่\s*\d\s*[:(]?\s*|(?<=\d)\s*(?:และ|,)\s*)"
    rf"(?=(?:ใน)?วันที่\s*\d{{1,2}}\s*(?:เดือน\s*)?(?:{MONTH}))"
)
_WRAPPED, _PAGE, _MOST, _LIST_GAP, _COLUMNS = 55, 140, 1_500, 4, 4


@dataclass(frozen=True, slots=True)
class Sentence:
    """Lines that are one sentence; `listed` says that days stand in a list below the words that ask for something."""

    text: str
    places: tuple[tuple[int, int], ...]
    listed: bool = False

    def line_at(self, at: int) -> int:
        """Return the line on which the character at a place of the text stands."""
        return next((line for start, line in reversed(self.places) if start <= at), self.places[0][1])


def sentences(paragraphs: Iterable[Paragraph]) -> Iterator[Sentence]:
    """Yield the sentences of the text around the measures, in reading order."""
    held: list[Paragraph] = []
    listed = False
    for one in paragraphs:
        item = bool(held) and _is_item(held, one, listed=listed)
        if held and not item and (listed or not _is_wrapped(held[-1], one) or _length(held) > _MOST):
            yield _joined(held, listed=listed)
            held, listed = [], False
        held.append(one)
        listed = listed or item
    if held:
        yield _joined(held, listed=listed)


def schedule_rows(layout: Layout, taken: Iterable[int]) -> Iterator[Paragraph]:
    """Yield the rows of narrow tables that give the day of a round ("รอบ ๖ เดือน | ๕ เมษายน"), as lines of a list."""
    measured = set(taken)
    for block in layout.blocks:
        if not isinstance(block, Table) or any(row.line in measured for row in block.rows):
            continue
        for row in block.rows:
            cells = [cell.text for cell in row.cells if cell.parts]
            timed = any(found.reading.rule == "due" for found in find_phrases(row.text))
            if timed and 1 < len(cells) <= _COLUMNS and _ITEM.fullmatch(arabic(row.text)):
                yield Paragraph(row.text, row.line)


def _joined(held: list[Paragraph], *, listed: bool) -> Sentence:
    text, places = "", []
    for one in held:
        places.append((len(text) + bool(text), one.line))
        text = f"{text} {one.text}".strip()
    return Sentence(_with_deadlines(text) if _ASKS.search(text) else text, tuple(places), listed)


def _with_deadlines(text: str) -> str:
    """Return a sentence with "ภายใน" before the days that it lists bare ("… คือ วันที่ … และวันที่ …")."""
    plain, said, last, begun = arabic(text), "", 0, False
    for day in _BARE_DAY.finditer(plain):
        begun = begun or "และ" not in day[0]
        if begun:
            said += f"{text[last : day.end()]}ภายใน"
            last = day.end()
    return said + text[last:]


def _is_item(held: list[Paragraph], one: Paragraph, *, listed: bool) -> bool:
    """Say whether a line is a day of the list that the lines above lead in."""
    if one.line - held[-1].line > _LIST_GAP or not _ITEM.fullmatch(arabic(one.text)):
        return False
    if listed:
        return True
    above = " ".join(line.text for line in held)
    if not _ASKS.search(above) or any(found.reading.rule == "due" for found in find_phrases(above)):
        return False
    return bool(_LEADS.search(above) or (_WISHED.search(above) and one.line - held[-1].line == 1))


def _is_wrapped(above: Paragraph, one: Paragraph) -> bool:
    """Say whether a line goes on with the sentence above it, which the width of the page cut."""
    plain = arabic(one.text)
    if one.line - above.line != 1 or _OPENS.match(plain) or len(above.text) > _PAGE:
        return False
    if _GOES_ON.match(plain) or _OPEN_END.search(arabic(above.text)):
        return True
    return len(above.text) >= _WRAPPED and not _UNIT.match(plain)


def _length(held: list[Paragraph]) -> int:
    return sum(len(one.text) for one in held)
