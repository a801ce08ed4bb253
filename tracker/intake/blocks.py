"""Measures written without a table, as blocks of labels and values ("มาตรการที่ ๑ … วิธีดำเนินการ … ผู้รับผิดชอบ …")."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from tracker.domain.indicators import indicator_of
from tracker.domain.thai.numerals import arabic, squeeze
from tracker.intake.headers import column_role
from tracker.intake.items import numbered
from tracker.intake.layout import Cell, Layout, Paragraph
from tracker.intake.measure_row import MeasureRow

_START = re.compile(
    r"[\s\d.)(]{0,8}(?:มาตรการ|แนวทาง|กิจกรรม|โครงการ)\s?(?:ที่\s?|ข้อ\s?(?:ที่)?\s?)(\d{1,2}(?:\.\d{1,2})?)[\s:.)]*(.{0,300})"
)
_TITLE = re.compile(r"[\s\d.)(]{0,8}(?:ชื่อ)?(?:มาตรการ|กิจกรรม|โครงการ)\s*:\s*(.{2,300})")
_NAMED = re.compile(r"(?:มาตรการ|แนวทาง|กิจกรรม|โครงการ)(?:ที่|ข้อ)?\s?(?:ที่)?\s?(?:\d{1,2}(?:\.\d{1,2})?)?")
_NUMBERED = re.compile(r"\d{1,2}[.)]\s*\D.{4,200}")
_LABEL = re.compile(r"[-•●*\s]{0,4}(?:\d{1,2}(?:\.\d{1,2}){0,2}[.)]?\s)?\s*([^:\d]{4,44}?)\s*(?::\s*(.*))?")
_INLINE = re.compile(r"\s+(?=[ก-๙/()]{4,40}\s?:\s)")
_MARK = re.compile(r"\s*(?:[-•●▪]|\(?\d{1,2}[.)])")
_BARE = re.compile(
    r"(?:ขั้นตอน|วิธี|แนวทาง|กระบวนการ)(?:การ)?(?:และวิธีการ|/วิธีการ)?(?:ดำเนินการ|ดำเนินงาน|ปฏิบัติ(?:งาน)?)?"
    r"|(?:หน่วยงาน|ส่วนราชการ|ผู้|ส่วนงาน|ฝ่าย)(?:ที่|ผู้)?(?:รับผิดชอบ|ดำเนินการ)(?:หลัก)?"
    r"|(?:กำหนด|ห้วง|ช่วง|ระยะ)(?:ระยะ)?เวลา(?:ใน)?(?:การ)?(?:ดำเนินการ|ดำเนินงาน|ปฏิบัติ|แล้วเสร็จ)?"
    r"|(?:แนวทาง|วิธี)?(?:การ)?(?:กำกับ|ติดตาม|รายงาน|ประเมิน)(?:การ)?(?:กำกับ|ติดตาม|รายงาน|ประเมิน|ผล|และ|/|การ){0,8}"
    r"|วัตถุประสงค์|เป้าหมาย|ตัวชี้วัด(?:ความสำเร็จ)?|งบประมาณ|ผลที่คาดว่าจะได้รับ|หลักการและเหตุผล|สถานที่(?:ดำเนินการ)?"
)
_FIELDS = ("steps", "owner", "time", "monitor")


@dataclass(slots=True)
class _Block:
    """One measure while its lines are gathered; `place` is the field that a line without a label goes on with."""

    number: str | None
    title: str
    line: int
    place: str = "title"
    reached: int = 0
    cells: dict[str, list[str]] = field(default_factory=dict)

    def is_measure(self) -> bool:
        """Whether it says what is to be done, and by whom, or how and when."""
        return bool(self.title) and ("owner" in self.cells or {"steps", "time"} <= self.cells.keys())

    def row(self) -> MeasureRow:
        """Return the block as if it were the row of a table."""
        steps, owner, time, monitor = (Cell(tuple(self.cells.get(name, ()))) for name in _FIELDS)
        return MeasureRow(
            number=self.number,
            title=self.title,
            indicator=indicator_of(self.title),
            steps=steps,
            owner=owner,
            time=time,
            monitor=monitor,
            line=self.line,
        )


def measure_blocks(layout: Layout) -> tuple[MeasureRow, ...]:
    """Return the measures that stand in paragraphs, or in tables of two columns, as labels with values."""
    blocks: list[_Block] = []
    for line in _lines(layout):
        _take(line, blocks)
    return tuple(block.row() for block in blocks if block.is_measure())


def _lines(layout: Layout) -> Iterator[Paragraph]:
    for block in layout.blocks:
        if isinstance(block, Paragraph):
            yield from (Paragraph(piece, block.line) for piece in _INLINE.split(block.text))
            continue
        for row in block.rows:
            filled = [cell for cell in row.cells if cell.parts]
            if len(filled) == 2 and (_role(filled[0].text) or _NAMED.fullmatch(arabic(filled[0].text))):  # noqa: PLR2004
                yield Paragraph(f"{filled[0].text} : {filled[1].parts[0]}", row.line)
                yield from (Paragraph(part, row.line) for part in filled[1].parts[1:])


def _take(line: Paragraph, blocks: list[_Block]) -> None:
    current = blocks[-1] if blocks else None
    text = arabic(line.text)
    if started := _started(text, line, current):
        blocks.append(started)
        return
    if current is None:
        return
    label = _LABEL.fullmatch(text)
    role = _label_role(label, listed=current.place == "steps" and bool(_MARK.match(text)))
    if label and role:
        current.place, current.reached = role, line.line
        if label[2]:
            _add(current, line.text[label.start(2) :])
        elif role in _FIELDS:
            current.cells.setdefault(role, [])
    elif current.place and _goes_on(line, current):
        current.reached = line.line
        _add(current, line.text)
    else:
        current.place = ""


def _started(text: str, line: Paragraph, current: _Block | None) -> _Block | None:
    """Return a new block when a line begins one: named as a measure, or numbered where no list is open."""
    if found := _START.fullmatch(text):
        return _Block(found[1], line.text[found.start(2) :].strip(), line.line, reached=line.line)
    if found := _TITLE.fullmatch(text):
        number, _ = numbered(line.text)
        return _Block(number, line.text[found.start(1) :].strip(), line.line, reached=line.line)
    apart = current is None or (current.place != "steps" and line.line > current.reached + 1)
    if apart and _NUMBERED.fullmatch(text) and not _label_role(_LABEL.fullmatch(text), listed=False):
        number, title = numbered(line.text)
        return _Block(number, title, line.line, reached=line.line)
    return None


def _goes_on(line: Paragraph, current: _Block) -> bool:
    """Say whether a line belongs to the part above it; only a list goes on after a blank line."""
    listed = current.place == "steps" and bool(_MARK.match(arabic(line.text)))
    return listed or not current.cells.get(current.place) or line.line <= current.reached + 1


def _add(block: _Block, text: str) -> None:
    if block.place == "title":
        block.title = f"{block.title} {text}".strip()
    elif block.place in _FIELDS:
        block.cells.setdefault(block.place, []).append(text.strip())


def _label_role(label: re.Match[str] | None, *, listed: bool) -> str:
    """Return what a line's label names; without a colon it must be the bare words, and no item of a list."""
    if label is None or (
        label[2] is None and ":" not in label[0] and (listed or not _BARE.fullmatch(squeeze(label[1])))
    ):
        return ""
    return _role(label[1])


def _role(text: str) -> str:
    """Return which part of a measure a label names; one that is none of ours ("วัตถุประสงค์") ends the part before."""
    key = squeeze(text)
    if key.startswith(("หลักการ", "สถานที่")):
        return "other"
    role = column_role(key)
    return role if role in (*_FIELDS, "other", "indicator") else ""
