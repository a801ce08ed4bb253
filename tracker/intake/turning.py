"""Tables that lie on their side, set upright: a measure or an indicator in each column, and what is said of it below.

The interpreter then reads them as any other table. A row of the upright table stands where the first thing said of it
does: a score on its own line, a measure where its title is.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest

from tracker.domain.indicators import named_indicators, score_value
from tracker.domain.thai.numerals import arabic, squeeze
from tracker.intake.headers import column_role, measure_columns
from tracker.intake.layout import Cell, Layout, Paragraph, Row, Table

_LONGEST, _LEAST_SCORES, _LEAST_PARTS, _LEAST_WIDTH = 80, 2, 3, 3
_PARTS = frozenset({"steps", "owner", "time", "monitor"})


def upright(layout: Layout) -> Layout:
    """Return the layout with its tables upright; those that stand already stay as they are."""
    return replace(layout, blocks=tuple(one for block in layout.blocks for one in _upright(block)))


def _upright(block: Paragraph | Table) -> Iterator[Paragraph | Table]:
    if isinstance(block, Paragraph):
        yield block
    elif _holds_measures(block):
        yield Table(tuple(_turned([_spread(row) for row in block.rows])))
    else:
        yield from _with_scores_upright(block)


def _holds_measures(table: Table) -> bool:
    """Say whether the first column names the parts of a measure, once each, and the others hold a measure each."""
    width = max(len(row.cells) for row in table.rows)
    labels = [_role(row, 0) for row in table.rows]
    parts = [label for label in labels if label in _PARTS]
    if width < _LEAST_WIDTH or len(set(parts)) < _LEAST_PARTS or len(parts) > len(set(parts)) or "owner" not in parts:
        return False
    if "title" not in labels or any(_role(row, n) in _PARTS for row in table.rows for n in range(1, width)):
        return False
    return measure_columns(table.rows[0]) is None


def _role(row: Row, place: int) -> str:
    text = row.cells[place].text if place < len(row.cells) else ""
    return column_role(squeeze(text)) if text and len(text) <= _LONGEST else ""


def _spread(row: Row) -> Row:
    """Return a row with what stands in a merged cell in each of the columns that it covers."""
    cells, over, end = list(row.cells), Cell(), 0
    for n, cell in enumerate(row.cells):
        if cell.parts or n >= end:
            over, end = cell, n + cell.span
        cells[n] = replace(over, span=1)
    return Row(tuple(cells), row.line)


def _with_scores_upright(table: Table) -> Iterator[Table]:
    """Yield a table of scores in parts, one for each row of indicators that it has; any other as it is."""
    heads = [n for n, row in enumerate(table.rows) if _names_indicators(row)]
    parts = [table.rows[a:b] for a, b in zip_longest(heads, heads[1:])]
    if not any(map(_has_scores, parts)):
        yield table
        return
    if heads[0]:
        yield Table(table.rows[: heads[0]])
    yield from (Table(tuple(_turned(part)) if _has_scores(part) else part) for part in parts)


def _names_indicators(row: Row) -> bool:
    """Say whether a row names several indicators, one in a cell, and gives none of their scores."""
    texts = [arabic(cell.text) for cell in row.cells if cell.parts]
    names = [named_indicators(text) for text in texts if len(text) <= _LONGEST]
    named = {found[0].id for found in names if len(found) == 1}
    return len(named) >= _LEAST_SCORES and all(score_value(text) is None for text in texts)


def _has_scores(rows: Sequence[Row]) -> bool:
    places = [n for n, cell in enumerate(rows[0].cells) if named_indicators(arabic(cell.text))]
    return any(sum(_has_score(row, n) for n in places) >= _LEAST_SCORES for row in rows[1:])


def _has_score(row: Row, place: int) -> bool:
    return place < len(row.cells) and score_value(row.cells[place].text) is not None


def _turned(rows: Sequence[Row]) -> Iterator[Row]:
    for n, cells in enumerate(zip_longest(*(row.cells for row in rows), fillvalue=Cell())):
        scored = (row.line for row in rows[1:] if _has_score(row, n))
        titled = (row.line for row in rows if _role(row, 0) == "title")
        yield Row(cells, next(scored, next(titled, rows[0].line)))
