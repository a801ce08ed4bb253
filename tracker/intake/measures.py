"""The measures of a document: rows of its measure tables, whatever their columns are called or wherever cut."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import partial

from tracker.domain.indicators import indicator_of, named_indicators
from tracker.domain.thai.numerals import arabic, squeeze
from tracker.intake.headers import Columns, goes_with_header, measure_columns
from tracker.intake.items import inline_numbers, numbered
from tracker.intake.layout import Cell, Layout, Paragraph, Row, Table

_TRIVIAL = re.compile(r"/.{0,60}|[-–\s]*\d{1,3}[-–\s]*|หน้า(?:ที่)?\s*\d{1,3}.{0,20}")
_DITTO = frozenset({'"', "”", "“", "''", ",,", "〃", "เช่นเดียวกัน"})
_LEAST_PACKED = 8
_EMPTY = Cell()


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """A measure as its row (or rows) print it; `inherited` names the cells that stood once for several rows."""

    number: str | None
    title: str
    indicator: int | None
    steps: Cell
    owner: Cell
    time: Cell
    monitor: Cell
    line: int
    inherited: tuple[str, ...] = ()


@dataclass(slots=True)
class _Reading:
    """What is known while rows are walked: the columns in force and the measures so far."""

    columns: Columns | None = None
    group: int | None = None
    fresh: bool = False
    measures: list[MeasureRow] = field(default_factory=list)


def measure_rows(layout: Layout) -> tuple[MeasureRow, ...]:
    """Return the measures of all measure tables in reading order.

    A table cut by a page goes on under its repeated header, or without one when only a catchword or a page
    number stands between; a row without a title goes on with the measure above it.
    """
    state = _Reading()
    for block in layout.blocks:
        if isinstance(block, Paragraph):
            if not _TRIVIAL.fullmatch(arabic(block.text)):
                state.columns = None
        else:
            _read_table(block, state)
    return tuple(packed for measure in state.measures for packed in _unpacked(measure))


def _read_table(table: Table, state: _Reading) -> None:
    if state.columns and len(table.rows[0].cells) != state.columns.width and not measure_columns(table.rows[0]):
        state.columns = None
    for row in table.rows:
        columns = measure_columns(row)
        if columns and (row is table.rows[0] or state.columns in (None, columns)):
            state.columns, state.fresh = columns, True
        elif state.columns and not (state.fresh and goes_with_header(row)) and any(cell.parts for cell in row.cells):
            _read_row(row, state.columns, state)
            state.fresh = False


def _read_row(row: Row, columns: Columns, state: _Reading) -> None:
    number, title = _name(row, columns)
    filled = [cell for cell in row.cells if cell.parts]
    if len(filled) == 1 and title and _is_group(title, number):
        state.group = indicator_of(title)
        return
    draft = MeasureRow(
        number=number,
        title=title,
        indicator=_linked(row, columns) or indicator_of(title) or state.group,
        steps=_cell(row, columns.steps),
        owner=_cell(row, columns.owner),
        time=_cell(row, columns.time),
        monitor=_cell(row, columns.monitor),
        line=row.line,
    )
    above = state.measures[-1] if state.measures else None
    if above and _goes_on(draft, above, fresh=state.fresh):
        state.measures[-1] = _joined(above, draft)
    elif title:
        state.measures.append(_inherited(draft, above, columns))


def _name(row: Row, columns: Columns) -> tuple[str | None, str]:
    number, title = numbered(_cell(row, columns.title).text)
    if columns.number is not None:
        printed = re.fullmatch(r"\(?(\d{1,2}(?:\.\d{1,2})*)[.)]*", squeeze(_cell(row, columns.number).text))
        number = printed[1] if printed else number
    return number, title


def _cell(row: Row, column: int | None) -> Cell:
    return row.cells[column] if column is not None and column < len(row.cells) else _EMPTY


def _linked(row: Row, columns: Columns) -> int | None:
    named = {one.id for n in (columns.indicator, columns.issue) for one in named_indicators(_cell(row, n).text)}
    return named.pop() if len(named) == 1 else None


def _is_group(title: str, number: str | None) -> bool:
    """Say whether a lone cell is a heading inside the table ("ตัวชี้วัดที่ ๑ การปฏิบัติหน้าที่")."""
    return title.startswith(("ตัวชี้วัด", "ด้าน", "แบบวัด", "แบบตรวจ")) or (number is None and bool(named_indicators(title)))


def _goes_on(draft: MeasureRow, above: MeasureRow, *, fresh: bool) -> bool:
    if not draft.title:
        return True
    return fresh and draft.number is None and above.number is not None and not draft.owner.parts


def _joined(above: MeasureRow, below: MeasureRow) -> MeasureRow:
    return replace(
        above,
        title=f"{above.title} {below.title}".strip(),
        steps=Cell(above.steps.parts + below.steps.parts),
        owner=Cell(above.owner.parts + below.owner.parts),
        time=Cell(above.time.parts + below.time.parts),
        monitor=Cell(above.monitor.parts + below.monitor.parts),
    )


def _inherited(draft: MeasureRow, above: MeasureRow | None, columns: Columns) -> MeasureRow:
    """Fill in the cells that were printed once for several rows."""
    cells = {"owner": draft.owner, "time": draft.time, "monitor": draft.monitor}
    taken = {
        name: getattr(above, name)
        for name, cell in cells.items()
        if above and getattr(columns, name) is not None and (not cell.parts or squeeze(cell.text) in _DITTO)
        if getattr(above, name).parts
    }
    return replace(draft, **taken, inherited=tuple(taken))


def _unpacked(measure: MeasureRow) -> Iterator[MeasureRow]:
    """Yield the measures that were packed into one row as "๑. … ๒. …"; mostly there is one."""
    printed = f"{measure.number}. {measure.title}" if measure.number == "1" else measure.title
    titles = inline_numbers(printed)
    if len(titles) < 2 or any(len(title) < _LEAST_PACKED for title in titles):  # noqa: PLR2004
        yield measure
        return
    for n, title in enumerate(titles):
        number, words = numbered(title)
        share = partial(_share, index=n, count=len(titles))
        yield replace(
            measure,
            number=number,
            title=words,
            indicator=indicator_of(words),
            steps=share(measure.steps),
            owner=share(measure.owner),
            time=share(measure.time),
            monitor=share(measure.monitor),
        )


def _share(cell: Cell, index: int, count: int) -> Cell:
    """Return a packed cell's part for one measure, or the whole cell when it is not packed alike."""
    parts = inline_numbers(cell.text) if len(cell.parts) == 1 else cell.parts
    return Cell((parts[index],)) if len(parts) == count else cell
