"""The columns of a Word table: cells span grid lines, and tables drawn by hand have grid lines a hair apart."""

from collections.abc import Iterable, Iterator
from typing import Any

from tracker.intake.word_text import child, local, number

_HAIR = 170  # twentieths of a point: 3 mm, under the width of any column that holds a word
_WIDEST = 63  # Word's own limit


def grid_rows(table: Any, rows: Iterable[tuple[Any, list[Any]]]) -> Iterator[list[list[Any]]]:
    """Yield each row as its columns, each the cells that start in it (none where a merged cell covers it).

    A column is where some row starts a cell; starts less than 3 mm apart are one column.
    """
    placed = [list(_placed(row, cells)) for row, cells in rows]
    edges = _edges(table)
    starts = sorted({start for row in placed for start, _ in row})
    column, columns, above = -1, {}, None
    for start in starts:
        if above is None or edges is None or _at(edges, start) - _at(edges, above) >= _HAIR:
            column += 1
        columns[start], above = column, start
    for row in placed:
        slots: list[list[Any]] = [[] for _ in range(column + 1)]
        for start, cell in row:
            slots[columns[start]].append(cell)
        yield slots


def _placed(row: Any, cells: list[Any]) -> Iterator[tuple[int, Any]]:
    """Yield each cell with the grid column where it starts."""
    start = min(number(child(row, "trPr", "gridBefore")), _WIDEST)
    for cell in cells:
        yield start, cell
        start += max(1, min(number(child(cell, "tcPr", "gridSpan"), default=1), _WIDEST))


def _edges(table: Any) -> list[int] | None:
    """Return where each grid column begins, or None when the document does not say."""
    widths = [number(one, "w") for one in _children(child(table, "tblGrid")) if local(one) == "gridCol"]
    if not widths or min(widths) < 0 or not any(widths):
        return None
    edges = [0]
    for width in widths:
        edges.append(edges[-1] + width)
    return edges


def _at(edges: list[int], column: int) -> int:
    return edges[column] if column < len(edges) else edges[-1] + (column - len(edges) + 1) * 10 * _HAIR


def _children(element: Any | None) -> Iterable[Any]:
    return () if element is None else element
