"""The measures of a document: rows of its measure tables, whatever their columns are called or wherever cut."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import zip_longest

from tracker.domain.thai.numerals import arabic, squeeze
from tracker.intake.banners import banner_text
from tracker.intake.blocks import listed_measures, read_blocks
from tracker.intake.groups import Groups, is_section_heading, row_heading
from tracker.intake.headers import Columns, measure_columns
from tracker.intake.layout import Layout, Paragraph, Row, Table
from tracker.intake.measure_row import MeasureRow, draft_of, timed
from tracker.intake.owners import parted_owners
from tracker.intake.packing import unpacked
from tracker.intake.row_joining import below_header, goes_on, inherited, joined
from tracker.intake.subheaders import header_columns, is_second_row

__all__ = ["MeasureRow", "measure_rows"]

_TRIVIAL = re.compile(r"/.{0,60}|[-–\s]*\d{1,3}[-–\s]*|หน้า(?:ที่)?\s*\d{1,3}.{0,20}")
_REMARK = re.compile(r"หมายเหตุ.*|รวม(?:ทั้งสิ้น|ทั้งหมด)?|/.{0,60}\.{2,}")
_RESULTS = re.compile(r"(?:สรุป)?(?:รายงาน)?ผลการ(?:ดำเนิน|ปฏิบัติ|ขับเคลื่อน)\S{0,12}\s?ตาม(?:แผน|มาตรการ)")
_PLAN = re.compile(r"(?:แผน|มาตรการ|การกำหนดมาตรการ|การนำผล)")
_SHORT = 200
_LOOKED_AT = 400
"""How many rows below a header tell what its columns hold."""


@dataclass(slots=True)
class _Reading:
    """What is known while rows are walked: the header in force with its columns, and the measures so far."""

    columns: Columns | None = None
    header: str = ""
    groups: Groups = field(default_factory=Groups)
    fresh: bool = False
    cut: bool = False
    top: Row | None = None
    begun: int = 0
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
    rows = sorted([*state.measures, *read_blocks(layout).rows], key=lambda row: row.line)
    rows = rows or list(listed_measures(layout).rows)
    planned = [row for row in rows if not row.results] or rows
    measures = [timed(packed) for measure in _without_headings(planned) for packed in unpacked(measure)]
    owners = parted_owners([measure.owner for measure in measures])
    return tuple(replace(measure, owner=owner) for measure, owner in zip(measures, owners, strict=True))


def _read_paragraph(text: str, state: _Reading) -> None:
    """Note what a paragraph between tables says of the next one; a running title ends no table."""
    key, trivial = squeeze(text), _TRIVIAL.fullmatch(arabic(text))
    is_new = not trivial and (key not in state.seen or len(text) > _SHORT)
    if is_new:
        state.columns = None
        state.seen.add(key)
    if is_new or (not trivial and is_section_heading(text)):
        state.groups.pass_paragraph(text)
    if _RESULTS.match(text):
        state.reported = True
    elif _PLAN.match(text):
        state.reported = False


def _read_table(table: Table, state: _Reading) -> None:
    if state.columns and len(table.rows[0].cells) != state.columns.width and not measure_columns(table.rows[0]):
        state.columns = None
    state.cut = state.columns is not None
    state.groups.pass_table()
    for n, row in enumerate(table.rows):
        if columns := _header(row, n, table, state):
            _begin(row, columns, state)
        elif state.columns and not (state.fresh and is_second_row(row)) and not _is_remark(row):
            _read_row(row, state.columns, state)
            state.fresh = state.cut = False


def _begin(row: Row, columns: Columns, state: _Reading) -> None:
    """Take a header as the one in force; the same one again goes on with its table, behind a page's end."""
    words = squeeze(row.text)
    state.cut = words == state.header or columns == state.columns
    if not state.cut and state.top and len(state.top.cells) != columns.width:
        state.groups.end_table()
    above = state.measures[-1] if state.measures and state.top and state.cut else None
    if above and state.top and (rest := below_header(state.top, row)):
        state.measures[-1] = joined(above, draft_of(rest, columns), cut=True)
    else:
        state.top = row
    state.begun = state.begun if state.cut else len(state.measures)
    state.columns, state.fresh, state.header = columns, True, words


def _header(row: Row, place: int, table: Table, state: _Reading) -> Columns | None:
    """Return the columns of a row that is a header: the table's first, any when none is in force, or a repeated one."""
    may_be = row is table.rows[0] or state.columns is None
    if not may_be and squeeze(row.text) != state.header and measure_columns(row) != state.columns:
        return None
    return header_columns(row, table.rows[place + 1 : place + 1 + _LOOKED_AT])


def _is_remark(row: Row) -> bool:
    filled = [cell.text for cell in row.cells if cell.parts]
    return not filled or (
        len(filled) == 1 and bool(_REMARK.fullmatch(filled[0]) or _TRIVIAL.fullmatch(arabic(filled[0])))
    )


def _read_row(row: Row, columns: Columns, state: _Reading) -> None:
    banner = columns.banner and banner_text(row)
    if not banner and (heading := row_heading(row, columns)) is not None:
        state.groups.pass_heading(heading)
        return
    state.groups.pass_row(row, columns)
    draft = draft_of(row, columns)
    draft = replace(draft, indicator=state.groups.indicator_for(draft.title))
    if state.reported:
        draft = replace(draft, results=True)
    above = state.measures[-1] if state.measures else None
    if above and goes_on(draft, state.measures, state.begun, fresh=state.fresh, cut=state.cut):
        state.measures[-1] = joined(above, draft, cut=state.cut)
    elif draft.title:
        state.measures.append(inherited(draft, above, columns))


def _without_headings(rows: Iterable[MeasureRow]) -> Iterator[MeasureRow]:
    """Yield the rows without those that only head the numbers below them: "๑ ด้าน…" above "๑.๑ …"."""
    listed = list(rows)
    for row, below in zip_longest(listed, listed[1:]):
        heads = row.heading and row.number and below and (below.number or "").startswith(f"{row.number}.")
        if not heads:
            yield row
