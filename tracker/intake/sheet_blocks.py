"""From the rows of a sheet (workbook or CSV) to blocks: titles and notes are paragraphs, the rest tables."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tracker.intake.layout import Cell, Paragraph, Row, Table

_EMPTY = Cell()


@dataclass(slots=True)
class _Seen:
    """The columns of the table above when nothing but blank rows stands between."""

    last: int = -1


def sheet_blocks(rows: Iterable[Row]) -> Iterator[Paragraph | Table]:
    """Yield the blocks of a sheet whose rows come in order.

    A blank row ends a table. A row that fills one cell is a paragraph above a table, and below it when it stands
    in the first column; inside a table it is a row. Columns are counted from the sheet's first used one.
    """
    regions = list(_regions(rows))
    first = min((_used(row)[0] for region in regions for row in region), default=0)
    above = _Seen()
    for region in regions:
        yield from _region(region, first, above)


def _regions(rows: Iterable[Row]) -> Iterator[list[Row]]:
    region: list[Row] = []
    for row in rows:
        is_blank = not any(cell.parts for cell in row.cells)
        if region and (is_blank or row.line > region[-1].line + _height(region[-1])):
            yield region
            region = []
        if not is_blank:
            region.append(row)
    if region:
        yield region


def _height(row: Row) -> int:
    """Return how many lines a row may take: a quoted cell of a CSV goes over several."""
    return max(1, *(len(cell.parts) for cell in row.cells))


def _region(region: list[Row], first: int, above: _Seen) -> Iterator[Paragraph | Table]:
    wide = [n for n, row in enumerate(region) if len(_used(row)) > 1]
    start, end = (wide[0], wide[-1] + 1) if wide else (len(region), len(region))
    left = min((_used(row)[0] for row in region[start:end]), default=0)
    while end < len(region) and _used(region[end])[0] != left:
        end += 1
    yield from _paragraphs(region[:start])
    if start:
        above.last = -1
    if start < end:
        last = above.last = max(above.last, *(_used(row)[-1] for row in region[start:end]))
        yield Table(tuple(Row(_between(row.cells, first, last), row.line) for row in region[start:end]))
    if end < len(region):
        above.last = -1
        yield from _paragraphs(region[end:])


def _paragraphs(rows: Iterable[Row]) -> Iterator[Paragraph]:
    return (Paragraph(part, row.line) for row in rows for cell in row.cells for part in cell.parts)


def _used(row: Row) -> list[int]:
    return [n for n, cell in enumerate(row.cells) if cell.parts]


def _between(cells: tuple[Cell, ...], first: int, last: int) -> tuple[Cell, ...]:
    return cells[first : last + 1] + (_EMPTY,) * (last + 1 - max(first, len(cells)))
