"""The reader for PDF files with a text layer: paragraphs and ruled tables in reading order; `line` is the page."""

import shlex
from collections.abc import Iterator
from contextlib import closing
from typing import Any

from tracker.domain.plans import PlanWarning
from tracker.domain.thai.numerals import squeeze, thai
from tracker.errors import Refused
from tracker.intake.layout import Cell, Paragraph, Row, Table
from tracker.intake.limits import MOST_COLUMNS, Found, Progress, damage_refused, quiet, within_limits
from tracker.intake.pdf_flow import Block, content_of
from tracker.intake.pdf_lines import Line, cell_parts_of, lines_of, paragraphs_of
from tracker.intake.pdf_page import MOST_LETTERS, Glyph, Page, read_page
from tracker.intake.pdf_tables import Box, Grid, find_grids

_MOST_PAGES, _MOST_MARKS = 500, 800_000
_MARGIN = 0.11
_LEAST_LETTERS = 16
_FULL, _LOW, _WIDE = 0.9, 0.7, 0.8
_PASSWORD = 4  # FPDF_ERR_PASSWORD


def read_pdf(name: str, data: bytes, progress: Progress = quiet) -> tuple[Found, ...]:
    """Return the blocks of a PDF; Refused when it is locked, damaged, or a scan without a text layer.

    Page numbers, catchwords, and headers or footers after their first page are left out. A table cut by a page
    is two tables.
    """
    with damage_refused(_damaged(name)):
        return tuple(within_limits(name, _document(name, data, progress)))


def _damaged(name: str) -> str:
    return (
        f"{name} is a damaged PDF: print it to a new PDF in a PDF reader (run OCR when it is a scan), then read that."
    )


def _document(name: str, data: bytes, progress: Progress) -> Iterator[Found]:
    pages: list[list[Block]] = []
    pictures = []
    for page in _pages(name, data, progress):
        blocks = list(_page_blocks(page))
        pages.append(blocks)
        if page.pictured and not blocks:
            pictures.append(page.number)
    if sum(len(squeeze(one.text)) for page in pages for one in page) < _LEAST_LETTERS:
        command = shlex.join(["ocrmypdf", "-l", "tha+eng", name, f"ocr-{name}"])
        raise Refused(f"{name} has no text layer, it is a scan: run OCR first ({command}), then read ocr-{name}.")
    yield from content_of(pages)
    for number in pictures:
        message = f"หน้า {thai(number)} เป็นภาพสแกนที่ไม่มีตัวอักษร จึงไม่ได้อ่าน โปรดทำ OCR ก่อน (ocrmypdf -l tha+eng)"
        yield PlanWarning("scanned-page", message, number)


def _pages(name: str, data: bytes, progress: Progress) -> Iterator[Page]:
    """Yield the pages one at a time; each is closed before the next is opened, so that memory stays bounded."""
    import pypdfium2

    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code == _PASSWORD:
            raise Refused(f"{name} is locked with a password: save it without one, then read that file.") from None
        raise
    with closing(pdf):
        total = len(pdf)
        if total > _MOST_PAGES:
            raise Refused(f"{name} has {total} pages, more than any plan: give the pages of the plan alone.")
        marks = 0
        for n in range(total):
            with closing(pdf[n]) as raw:
                _refuse_if_crowded(name, n + 1, raw)
                page = read_page(raw, n + 1)
            marks += len(page.glyphs) + len(page.rules)
            if marks > _MOST_MARKS:
                raise Refused(f"{name} is longer than any plan: give the pages of the plan alone.")
            yield page
            progress(n + 1, total)


def _refuse_if_crowded(name: str, number: int, raw: Any) -> None:
    with closing(raw.get_textpage()) as text:
        if text.count_chars() > MOST_LETTERS:
            raise Refused(f"{name} page {number} holds more text than any page of a plan: give the plan's own pages.")


def _page_blocks(page: Page) -> Iterator[Block]:
    """Yield the blocks of a page from top to bottom."""
    grids = [grid for grid in find_grids(page.rules) if max(map(len, grid.rows)) > 1]
    loose: list[Glyph] = []
    inside: dict[int, list[Glyph]] = {n: [] for n in range(len(grids))}
    for glyph in page.glyphs:
        x, y = (glyph.x0 + glyph.x1) / 2, glyph.y - 0.25 * glyph.size
        home = next((n for n, grid in enumerate(grids) if grid.box.holds(x, y)), None)
        (loose if home is None else inside[home]).append(glyph)
    tables = [
        (grid.box.y0, Block(table, columns=_columns(grid)))
        for n, grid in enumerate(grids)
        if (table := _table(grid, inside[n], page.number))
    ]
    edges = [y for y, _ in tables]
    placed = tables + list(_paragraphs(lines_of(loose), edges, page))
    yield from (block for _, block in sorted(placed, key=lambda one: one[0]))


def _paragraphs(lines: list[Line], edges: list[float], page: Page) -> Iterator[tuple[float, Block]]:
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


_EMPTY = Cell()


def _columns(grid: Grid) -> tuple[float, ...]:
    """Return where the columns begin, by the row that has most of them."""
    widest = max(grid.rows, key=lambda row: sum(box is not None for box in row))
    return tuple(box.x0 for box in widest if box is not None)


def _cell(box: Box, glyphs: list[Glyph]) -> Cell:
    own = [one for one in glyphs if box.holds((one.x0 + one.x1) / 2, one.y - 0.25 * one.size)]
    return Cell(cell_parts_of(lines_of(own), box.x1))
