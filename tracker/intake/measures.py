"""The measures of a document: rows of its measure tables, whatever their columns are called or wherever cut."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import zip_longest

from tracker.domain.indicators import indicator_of, named_indicators
from tracker.domain.thai.numerals import arabic, squeeze
from tracker.intake.blocks import measure_blocks
from tracker.intake.headers import Columns, measure_columns
from tracker.intake.items import numbered
from tracker.intake.layout import Cell, Layout, Paragraph, Row, Table
from tracker.intake.measure_row import MeasureRow, draft_of, timed
from tracker.intake.packing import unpacked
from tracker.intake.subheaders import header_columns, is_second_row

__all__ = ["MeasureRow", "measure_rows"]

_TRIVIAL = re.compile(r"/.{0,60}|[-–\s]*\d{1,3}[-–\s]*|หน้า(?:ที่)?\s*\d{1,3}.{0,20}")
_REMARK = re.compile(r"หมายเหตุ.*|รวม(?:ทั้งสิ้น|ทั้งหมด)?|/.{0,60}\.{2,}")
_RESULTS = re.compile(r"(?:สรุป)?(?:รายงาน)?ผลการ(?:ดำเนิน|ปฏิบัติ|ขับเคลื่อน)\S{0,12}\s?ตาม(?:แผน|มาตรการ)")
_PLAN = re.compile(r"(?:แผน|มาตรการ|การกำหนดมาตรการ|การนำผล)")
_DITTO = frozenset({'"', "”", "“", "''", ",,", "〃", "เช่นเดียวกัน"})
_SHORT = 200


@dataclass(slots=True)
class _Reading:
    """What is known while rows are walked: the header in force with its columns, and the measures so far."""

    columns: Columns | None = None
    header: str = ""
    group: int | None = None
    fresh: bool = False
    reported: bool = False
    measures: list[MeasureRow] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)


def measure_rows(layout: Layout) -> tuple[MeasureRow, ...]:
    """Return the measures of all measure tables, and those written as labelled blocks, in reading order.

    A table cut by a page goes on under its repeated header, or without one when only a catchword, a page number
    or a running title stands between; a row without a title goes on with the measure above it. A report of what
    was done is passed over when the document also holds a plan.
    """
    state = _Reading()
    for block in layout.blocks:
        if isinstance(block, Paragraph):
            _read_paragraph(block.text, state)
        else:
            _read_table(block, state)
    rows = sorted([*state.measures, *measure_blocks(layout)], key=lambda row: row.line)
    planned = [row for row in rows if not row.results] or rows
    return tuple(timed(packed) for measure in _without_headings(planned) for packed in unpacked(measure))


def _read_paragraph(text: str, state: _Reading) -> None:
    """Note what a paragraph between tables says of the next one; a running title ends no table."""
    key = squeeze(text)
    if not _TRIVIAL.fullmatch(arabic(text)) and (key not in state.seen or len(text) > _SHORT):
        state.columns = None
        state.seen.add(key)
    if _RESULTS.match(text):
        state.reported = True
    elif _PLAN.match(text):
        state.reported = False


def _read_table(table: Table, state: _Reading) -> None:
    if state.columns and len(table.rows[0].cells) != state.columns.width and not measure_columns(table.rows[0]):
        state.columns = None
    for row, below in zip_longest(table.rows, table.rows[1:]):
        if columns := _header(row, below, table, state):
            state.columns, state.fresh, state.header = columns, True, squeeze(row.text)
        elif state.columns and not (state.fresh and is_second_row(row)) and not _is_remark(row):
            _read_row(row, state.columns, state)
            state.fresh = False


def _header(row: Row, below: Row | None, table: Table, state: _Reading) -> Columns | None:
    """Return the columns of a row that is a header: the table's first, any when none is in force, or a repeated one."""
    may_be = row is table.rows[0] or state.columns is None
    if not may_be and squeeze(row.text) != state.header and measure_columns(row) != state.columns:
        return None
    return header_columns(row, below)


def _is_remark(row: Row) -> bool:
    filled = [cell.text for cell in row.cells if cell.parts]
    return not filled or (
        len(filled) == 1 and bool(_REMARK.fullmatch(filled[0]) or _TRIVIAL.fullmatch(arabic(filled[0])))
    )


def _read_row(row: Row, columns: Columns, state: _Reading) -> None:
    draft = draft_of(row, columns, state.group)
    if (heading := _heading(row, columns)) is not None:
        state.group = indicator_of(heading)
        return
    if state.reported:
        draft = replace(draft, results=True)
    above = state.measures[-1] if state.measures else None
    if above and _goes_on(draft, above, fresh=state.fresh):
        state.measures[-1] = _joined(above, draft)
    elif draft.title:
        state.measures.append(_inherited(draft, above, columns))


def _heading(row: Row, columns: Columns) -> str | None:
    """Return the words of a row that only heads the rows below it, its number aside; None for any other row."""
    filled = [n for n, cell in enumerate(row.cells) if cell.parts and (n != columns.number or n == 0)]
    if len(filled) > 1 and filled[0] == columns.number:
        filled = filled[1:]
    if len(filled) != 1 or filled[0] not in (0, columns.title):
        return None
    number, title = numbered(row.cells[filled[0]].text)
    return title if _is_group(title, number) else None


def _is_group(title: str, number: str | None) -> bool:
    """Say whether a lone cell is a heading inside the table ("ตัวชี้วัดที่ ๑ การปฏิบัติหน้าที่")."""
    return title.startswith(("ตัวชี้วัด", "ด้าน", "แบบวัด", "แบบตรวจ")) or (number is None and bool(named_indicators(title)))


def _goes_on(draft: MeasureRow, above: MeasureRow, *, fresh: bool) -> bool:
    if not draft.title:
        return True
    return fresh and draft.number is None and above.number is not None and not draft.owner.parts


def _joined(above: MeasureRow, below: MeasureRow) -> MeasureRow:
    own_time = "time" not in above.inherited or not below.time.parts
    return replace(
        above,
        title=f"{above.title} {below.title}".strip(),
        steps=Cell(above.steps.parts + below.steps.parts),
        owner=Cell(above.owner.parts + below.owner.parts),
        time=Cell(above.time.parts + below.time.parts) if own_time else below.time,
        monitor=Cell(above.monitor.parts + below.monitor.parts),
        heading=above.heading and below.heading,
    )


def _inherited(draft: MeasureRow, above: MeasureRow | None, columns: Columns) -> MeasureRow:
    """Fill in the cells that were printed once for several rows; ticks that are missing stay missing."""
    cells = {"owner": draft.owner, "time": draft.time, "monitor": draft.monitor}
    taken = {
        name: getattr(above, name)
        for name, cell in cells.items()
        if above and getattr(columns, name) is not None and (not cell.parts or squeeze(cell.text) in _DITTO)
        if getattr(above, name).parts
    }
    return replace(draft, **taken, inherited=tuple(taken))


def _without_headings(rows: Iterable[MeasureRow]) -> Iterator[MeasureRow]:
    """Yield the rows without those that only head the numbers below them: "๑ ด้าน…" above "๑.๑ …"."""
    listed = list(rows)
    for row, below in zip_longest(listed, listed[1:]):
        heads = row.heading and row.number and below and (below.number or "").startswith(f"{row.number}.")
        if not heads:
            yield row
