"""The blocks of one page of a PDF in reading order: tables with and without rules, columns of prose, paragraphs."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from tracker.intake.layout import Cell, Paragraph, Row, Table
from tracker.intake.limits import MOST_COLUMNS
from tracker.intake.pdf_bands import Band, Columns, Printed, pitch_of, printed_rows
from tracker.intake.pdf_bare import bare_table
from tracker.intake.pdf_columns import Found, Kind, bands_of
from tracker.intake.pdf_flow import Block, is_page_number
from tracker.intake.pdf_lines import Line, cell_parts_of, lines_of, paragraphs_of
from tracker.intake.pdf_page import Glyph, Page
from tracker.intake.pdf_tables import Box, Grid, find_grids

_MARGIN = 0.11
_FULL, _LOW, _WIDE = 0.9, 0.7, 0.8
_EMPTY = Cell()

Placed = tuple[float, Block]
"""A block and how far down the page it begins."""


def page_blocks(page: Page, above: Found | None = None) -> tuple[list[Block], Found | None]:
    """Return the blocks of a page from top to bottom, and the band of columns that it ends with.

    `above` is the band that the page before ended with: its table or its prose may go on.
    """
    grids = [grid for grid in find_grids(page.rules) if max(map(len, grid.rows)) > 1]
    loose, inside = _sorted_out(page.glyphs, grids)
    placed = [
        (grid.box.y0, Block(table, columns=_columns(grid)))
        for n, grid in enumerate(grids)
        if (table := _table(grid, inside[n], page.number))
    ]
    bands = bands_of([row for row in printed_rows(loose) if not _is_page_number(row, page)], above)
    for kind, band, columns in bands:
        placed += _bare(band, columns, page) if kind is Kind.TABLE else _prose(band, page)
    taken = {id(glyph) for _, band, _ in bands for row in band.rows for glyph in row.glyphs}
    edges = [y for y, _ in placed]
    placed += _paragraphs(lines_of(one for one in loose if id(one) not in taken), edges, page)
    placed.sort(key=lambda one: one[0])
    return [block for _, block in placed], _last_band(bands, placed)


def _last_band(bands: Sequence[Found], placed: Sequence[Placed]) -> Found | None:
    """Return the last band of a page, unless something but a margin's line stands below it."""
    end = next((y for y, block in reversed(placed) if not block.margin), 0.0)
    return bands[-1] if bands and bands[-1][1].top >= end else None


def _sorted_out(glyphs: Iterable[Glyph], grids: Sequence[Grid]) -> tuple[list[Glyph], dict[int, list[Glyph]]]:
    """Return the letters outside of all grids, and those inside of each."""
    loose: list[Glyph] = []
    inside: dict[int, list[Glyph]] = {n: [] for n in range(len(grids))}
    for glyph in glyphs:
        x, y = (glyph.x0 + glyph.x1) / 2, glyph.y - 0.25 * glyph.size
        home = next((n for n, grid in enumerate(grids) if grid.box.holds(x, y)), None)
        (loose if home is None else inside[home]).append(glyph)
    return loose, inside


def _is_page_number(row: Printed, page: Page) -> bool:
    """Say whether a line is but a number in a margin, which no table or column holds."""
    in_margin = not _MARGIN * page.height <= row.y <= (1 - _MARGIN) * page.height
    return in_margin and is_page_number("".join(one.text for one in row.glyphs))


def _bare(band: Band, columns: Columns, page: Page) -> list[Placed]:
    table = bare_table(band, page.rules, page.number)
    return [(band.top, Block(table, columns=columns.lefts))] if table.rows else []


def _prose(band: Band, page: Page) -> list[Placed]:
    """Return the paragraphs of prose in columns, read down one column after the other."""
    lines = _stacked(band)
    paragraphs = paragraphs_of(lines)
    right = max(line.x1 for line in lines)
    return [
        (
            band.top,
            Block(Paragraph(" ".join(words.split()), page.number), open=last is lines[-1] and last.x1 > _FULL * right),
        )
        for words, _, last in paragraphs
    ]


def _stacked(band: Band) -> list[Line]:
    """Return the lines of all columns as if they stood in one, so that a paragraph goes on in the next column."""
    pitch, bottom, stacked = pitch_of(band.rows), 0.0, list[Line]()
    for lines in filter(None, (band.lines_of_prose(n) for n in range(band.width))):
        left, down = min(line.x0 for line in lines), bottom - lines[0].y + pitch
        stacked += [replace(line, x0=line.x0 - left, x1=line.x1 - left, y=line.y + down) for line in lines]
        bottom = stacked[-1].y
    return stacked


def _paragraphs(lines: list[Line], edges: list[float], page: Page) -> Iterator[Placed]:
    right = max(_WIDE * page.width, *(line.x1 for line in lines)) if lines else 0.0
    for text, first, last in paragraphs_of(lines):
        top, bottom = first.y < _MARGIN * page.height, last.y > (1 - _MARGIN) * page.height
        margin = ("top" if top else "bottom") if top or bottom else ""
        is_open = last.x1 > _FULL * right and last.y > _LOW * page.height and all(y < last.y for y in edges)
        yield first.y - first.size, Block(Paragraph(" ".join(text.split()), page.number), margin, is_open)


def _table(grid: Grid, glyphs: list[Glyph], number: int) -> Table | None:
    rows = []
    for boxes in grid.rows:
        cells = tuple(_EMPTY if box is None else _cell(box, glyphs) for box in boxes[:MOST_COLUMNS])
        if any(cell.parts for cell in cells):
            rows.append(Row(cells, number))
    return Table(tuple(rows)) if rows else None


def _columns(grid: Grid) -> tuple[float, ...]:
    """Return where the columns begin, by the row that has most of them."""
    widest = max(grid.rows, key=lambda row: sum(box is not None for box in row))
    return tuple(box.x0 for box in widest if box is not None)


def _cell(box: Box, glyphs: list[Glyph]) -> Cell:
    own = [one for one in glyphs if box.holds((one.x0 + one.x1) / 2, one.y - 0.25 * one.size)]
    return Cell(cell_parts_of(lines_of(own), box.x1))
