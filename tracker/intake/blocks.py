"""Measures written without a table, as blocks of labels and values ("มาตรการที่ ๑ … วิธีดำเนินการ … ผู้รับผิดชอบ …")."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from tracker.domain.indicators import indicator_of
from tracker.domain.thai.numerals import arabic
from tracker.domain.thai.phrases_joining import is_cut_off
from tracker.intake.block_headings import heading_lines
from tracker.intake.block_lines import FIELDS, BlockLine, begun_list, block_lines
from tracker.intake.bracketed import bracketed_rows
from tracker.intake.layout import Cell, Layout, Paragraph
from tracker.intake.measure_row import MeasureRow

_GROUPS = ("ตัวชี้วัด", "ด้าน", "ประเด็น", "ส่วน", "หมวด", "บท", "ตอน", "ยุทธศาสตร์", "กลยุทธ์")
_SIGNED = re.compile(r"\s*(?:\(?ลงชื่อ|\(\s*(?:นาย|นาง|ว่าที่|ดร|พล|ร้อย|พัน)|ประกาศ\s*ณ|จึงเรียน|จึงประกาศ|หมายเหตุ|ทั้งนี้|ภาคผนวก)")
_UNIT = re.compile(r"(?:สำนัก|กอง|กลุ่ม|ฝ่าย|งาน|ศูนย์|ทุก|ส่วน|หน่วย|คณะ|โรงเรียน|โรงพยาบาล|สถาบัน)")
_UNKNOWN = re.compile(r"[\s•*-]{0,4}[ก-๙][ก-๙/()\s]{2,40}?\s*:\s*\S")
"""A label of which nothing is known: it ends the part above it, not the measure."""

_LETTERS = "กขคงจฉชซฌญ"
_WRAPPED = 45
"""A line shorter than this was ended on purpose; a longer one may go on below."""


@dataclass(slots=True)
class _Block:
    """One measure while its lines are gathered; `place` is the field that a line without a label goes on with."""

    number: str | None
    title: str
    line: int
    group: int | None = None
    place: str = "title"
    reached: int = 0
    listed: BlockLine | None = None
    cells: dict[str, list[Paragraph]] = field(default_factory=dict)

    def is_measure(self) -> bool:
        """Whether it says what is to be done, and by whom, or how and when."""
        return bool(self.title) and ("owner" in self.cells or {"steps", "time"} <= self.cells.keys())

    def row(self) -> MeasureRow:
        """Return the block as if it were the row of a table; what stands unlabelled below the title is its steps."""
        parts = {**self.cells, "steps": self.cells.get("steps") or self.cells.get("lead", [])}
        steps, owner, time, monitor = (_cell(parts.get(name, ())) for name in FIELDS)
        named = next((one for part in self.cells.get("indicator", ()) if (one := indicator_of(part.text))), None)
        return MeasureRow(
            number=self.number,
            title=self.title,
            indicator=named or indicator_of(self.title) or self.group,
            steps=steps,
            owner=owner,
            time=time,
            monitor=monitor,
            line=self.line,
        )


@dataclass(frozen=True, slots=True)
class Blocks:
    """The measures of a document's paragraphs, and the lines that they take."""

    rows: tuple[MeasureRow, ...] = ()
    lines: frozenset[int] = frozenset()


def read_blocks(layout: Layout) -> Blocks:
    """Return the measures that stand in paragraphs, or in tables of two columns, as labels with values."""
    lines = block_lines(layout)
    headings = heading_lines(lines)
    blocks = list(_blocks(lines, headings))
    kept = [(block, taken) for block, taken in blocks if block.is_measure()]
    last = max((block.line for block, _ in kept), default=0)
    between = [(block, taken) for block, taken in blocks if block.title and kept[:1] and block.line < last]
    chosen = kept if len(kept) <= 1 else [one for one in between if one[0].line >= kept[0][0].line] + kept[-1:]
    return Blocks(tuple(block.row() for block, _ in chosen), frozenset(n for _, taken in chosen for n in taken))


def listed_measures(layout: Layout) -> Blocks:
    """Return the measures of a list with owners in brackets, for a document that has no others."""
    rows = bracketed_rows(block_lines(layout))
    return Blocks(rows, frozenset(row.line for row in rows))


def _blocks(lines: Sequence[BlockLine], headings: Sequence[int]) -> Iterator[tuple[_Block, list[int]]]:
    """Yield each heading's block with the lines that it takes, up to the next heading or the end of its section."""
    group: int | None = None
    edges = [*headings, len(lines)]
    for n, (at, end) in enumerate(pairwise(edges)):
        group = _group(lines[(headings[n - 1] if n else 0) : at], group)
        head = lines[at]
        block = _Block(head.number, head.words, head.line, group, reached=head.line)
        taken = [head.line]
        for line in lines[at + 1 : end]:
            if not _takes(block, line, head.style):
                break
            taken.append(line.line)
            block.reached = line.line
        yield block, taken


def _group(above: Sequence[BlockLine], before: int | None) -> int | None:
    """Return the indicator that a heading of several measures ("ตัวชี้วัดที่ ๓ …") names among the lines above one."""
    for line in reversed(above):
        if line.style.startswith(_GROUPS) or (line.style and line.words.startswith(_GROUPS)):
            return indicator_of(line.words)
    return before


def _takes(block: _Block, line: BlockLine, heading: str) -> bool:
    """Add a line to a block; False when it ends the block instead."""
    if line.role:
        block.place, block.listed = line.role, begun_list(line)
        block.cells.setdefault(line.role, [])
        _add(block, line.value, line.line)
        return True
    if line.inside:
        _add(block, line.text, line.line)
        return True
    if line.way:
        block.place, block.listed = "steps", None
        _add(block, line.value, line.line)
        return True
    if line.style == "section" or _SIGNED.match(line.text):
        return False
    if line.style and line.style != "word":
        return _takes_item(block, line, heading)
    return _takes_text(block, line)


def _takes_item(block: _Block, line: BlockLine, heading: str) -> bool:
    if line.style.startswith(_GROUPS) or (_may_be_section(line.style, heading) and not _lists(block, line)):
        return False
    place = "lead" if block.place == "title" else block.place
    if place == "other":
        return True
    if place in ("owner", "time") and not block.listed and block.cells.get(place) and line.style != "-":
        return False
    block.place, block.listed = place, line
    _add(block, line.text, line.line)
    return True


def _may_be_section(style: str, heading: str) -> bool:
    """Say whether a numbered line may stand above or beside the measures: "๔. …" where they are "๓.๑ …"."""
    return style in (heading, "n.", "roman") or (style == "ก." and heading != "roman")


def _lists(block: _Block, line: BlockLine) -> bool:
    """Say whether a numbered line begins or goes on with a list inside the measure."""
    if block.listed is not None and block.listed.style == line.style:
        return _follows(block.listed.number or "", line.number or "")
    first = line.number in ("1", "ก") or (line.number or "").endswith(".1")
    return first and (not block.cells.get(block.place) or block.place in ("title", "lead", "steps"))


def _follows(number: str, other: str) -> bool:
    if number.isdigit() and other.isdigit():
        return int(other) == int(number) + 1
    return number in _LETTERS and other in _LETTERS and _LETTERS.index(other) == _LETTERS.index(number) + 1


def _takes_text(block: _Block, line: BlockLine) -> bool:
    """Add a line of running text, when it goes on with the part above it."""
    if block.place == "other":
        return True
    above = block.title if block.place == "title" else _last(block)
    near = line.line <= block.reached + 1
    if above and not near:
        return False
    if above and block.place in ("owner", "time", "monitor") and not line.style and _UNKNOWN.match(line.text):
        block.place = "other"
        return True
    if block.place == "title" and len(above) >= _WRAPPED:
        block.title = f"{above} {line.text.strip()}".strip()
    elif block.place == "title":
        block.place = "lead"
        _add(block, line.text, line.line)
    elif (
        not above
        or len(above) >= _WRAPPED
        or is_cut_off(above)
        or block.place in ("steps", "lead")
        or _is_owner(block, line)
    ):
        _add(block, line.text, line.line)
    else:
        return False
    return True


def _last(block: _Block) -> str:
    parts = block.cells.get(block.place)
    return parts[-1].text if parts else ""


def _is_owner(block: _Block, line: BlockLine) -> bool:
    return block.place == "owner" and bool(_UNIT.match(arabic(line.text.strip())))


def _add(block: _Block, text: str, line: int) -> None:
    if text.strip() and block.place in (*FIELDS, "lead", "indicator"):
        block.cells.setdefault(block.place, []).append(Paragraph(text.strip(), line))


def _cell(parts: Sequence[Paragraph]) -> Cell:
    return Cell(tuple(part.text for part in parts), lines=tuple(part.line for part in parts))
