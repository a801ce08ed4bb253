"""Marks of a time plan that are no text: a bar is often nothing but a colour, or an arrow in a merged cell."""

from collections.abc import Sequence

from tracker.intake.layout import Cell, Row


def period_cells(row: Row, places: Sequence[int]) -> list[Cell]:
    """Return the cells of the places; one that is merged over several stands in each of them."""
    cells: list[Cell] = []
    over, end = Cell(), 0
    for n in places:
        own = row.cells[n] if n < len(row.cells) else Cell()
        if own.parts or n >= end:
            over, end = own, n + own.span
        cells.append(over)
    return cells


def bars_of(row: Row, places: Sequence[int], striped: frozenset[int]) -> list[bool]:
    """Return which of the places are filled with a colour that the rest of the row does not have."""
    background = {cell.shade for n, cell in enumerate(row.cells) if n not in places}
    cells = zip(places, period_cells(row, places), strict=True)
    return [n not in striped and bool(cell.shade) and cell.shade not in background for n, cell in cells]


def striped_columns(places: Sequence[int], header: Sequence[Row], body: Sequence[Row]) -> frozenset[int]:
    """Return the places that have their header's colour in every row: that is a decoration."""
    return frozenset(
        n for n in places if (shade := _shade(header[-1], n)) and all(_shade(row, n) == shade for row in body)
    )


def _shade(row: Row, place: int) -> str:
    return row.cells[place].shade if place < len(row.cells) else ""
