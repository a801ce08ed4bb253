"""The reader for PDF files with a text layer: paragraphs and ruled tables in reading order; `line` is the page."""

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass

from tracker.domain.plans import PlanWarning
from tracker.domain.thai.numerals import arabic, squeeze, thai
from tracker.errors import Refused
from tracker.intake.layout import Cell, Paragraph, Row, Table
from tracker.intake.limits import MOST_COLUMNS, Found, Progress, damage_refused, quiet, within_limits
from tracker.intake.pdf_lines import Line, cell_parts_of, is_marked, joined, lines_of, paragraphs_of
from tracker.intake.pdf_page import Glyph, Page, read_page
from tracker.intake.pdf_tables import Box, Grid, find_grids

_MOST_PAGES = 1_000
_MARGIN = 0.11
_LEAST_LETTERS = 16
_PASSWORD = 4  # FPDF_ERR_PASSWORD
_PAGE_NUMBER = re.compile(r"[\s\-–—|/.]*(?:หน้า(?:ที่)?|page)?[\s\-–—|/.]*\d{1,4}(?:[\s\-–—|/.]*(?:จาก|of|/)?\s*\d{1,4})?[\s\-–—|/.]*", re.I)
_CATCHWORD = re.compile(r"\s*/\s?\S.{0,60}")
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class _Block:
    """A block with what decides whether it is noise or goes on from the page before."""

    block: Paragraph | Table
    margin: str = ""
    open: bool = False


def read_pdf(name: str, data: bytes, progress: Progress = quiet) -> tuple[Found, ...]:
    """Return the blocks of a PDF; Refused when it is locked, damaged, or a scan without a text layer.

    Page numbers, catchwords, and headers or footers after their first page are left out. A table cut by a page
    is two tables.
    """
    with damage_refused(_damaged(name)):
        return tuple(within_limits(name, _document(name, data, progress)))


def _damaged(name: str) -> str:
    return f"{name} is a damaged PDF: open it in a PDF reader, print it to a new PDF (run OCR when it is a scan), and read that."


def _document(name: str, data: bytes, progress: Progress) -> Iterator[Found]:
    pages: list[list[_Block]] = []
    pictures = []
    for page in _pages(name, data, progress):
        blocks = list(_page_blocks(page))
        pages.append(blocks)
        if page.pictured and not blocks:
            pictures.append(page.number)
    if sum(len(squeeze(_text(one.block))) for page in pages for one in page) < _LEAST_LETTERS:
        raise Refused(
            f"{name} has no text layer, it is a scan: run OCR first (ocrmypdf -l tha+eng {name} ocr-{name}), then read "
            f"ocr-{name}."
        )
    yield from _without_margins(pages)
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
        for n in range(total):
            with closing(pdf[n]) as page:
                yield read_page(page, n + 1)
            progress(n + 1, total)


def _page_blocks(page: Page) -> Iterator[_Block]:
    """Yield the blocks of a page from top to bottom."""
    grids = [grid for grid in find_grids(page.rules) if max(map(len, grid.rows)) > 1]
    loose: list[Glyph] = []
    inside: dict[int, list[Glyph]] = {n: [] for n in range(len(grids))}
    for glyph in page.glyphs:
        x, y = (glyph.x0 + glyph.x1) / 2, glyph.y - 0.25 * glyph.size
        home = next((n for n, grid in enumerate(grids) if grid.box.holds(x, y)), None)
        (loose if home is None else inside[home]).append(glyph)
    tables = [(grid.box.y0, _Block(table)) for n, grid in enumerate(grids) if (table := _table(grid, inside[n], page.number))]
    edges = [y for y, _ in tables]
    placed = tables + list(_paragraphs(lines_of(loose), edges, page))
    yield from (block for _, block in sorted(placed, key=lambda one: one[0]))


def _paragraphs(lines: list[Line], edges: list[float], page: Page) -> Iterator[tuple[float, _Block]]:
    right = max((line.x1 for line in lines), default=0.0)
    for text, first, last in paragraphs_of(lines):
        top, bottom = first.y < _MARGIN * page.height, last.y > (1 - _MARGIN) * page.height
        margin = ("top" if top else "bottom") if top or bottom else ""
        is_open = last.x1 > 0.9 * right and not any(y > last.y for y in edges)
        yield first.y - first.size, _Block(Paragraph(" ".join(text.split()), page.number), margin, is_open)


def _table(grid: Grid, glyphs: list[Glyph], number: int) -> Table | None:
    rows = []
    for boxes in grid.rows:
        cells = tuple(_EMPTY if box is None else _cell(box, glyphs) for box in boxes[:MOST_COLUMNS])
        if any(cell.parts for cell in cells):
            rows.append(Row(cells, number))
    return Table(tuple(rows)) if rows else None


_EMPTY = Cell()


def _cell(box: Box, glyphs: list[Glyph]) -> Cell:
    own = [one for one in glyphs if box.holds((one.x0 + one.x1) / 2, one.y - 0.25 * one.size)]
    return Cell(cell_parts_of(lines_of(own), box.x0, box.x1))


def _without_margins(pages: list[list[_Block]]) -> Iterator[Paragraph | Table]:
    """Yield what is content, a paragraph that a page cuts joined again."""
    times = Counter(_key(one) for page in pages for one in page if one.margin)
    said: set[str] = set()
    held: _Block | None = None
    for page in pages:
        kept = [one for one in page if not _is_noise(one, times, said)]
        for n, one in enumerate(kept):
            if n == 0 and held and _continues(held, one):
                held = _Block(Paragraph(joined(_text(held.block), _text(one.block)), held.block.line), open=one.open)  # type: ignore[union-attr]
                continue
            if held:
                yield held.block
            held = one
    if held:
        yield held.block


def _is_noise(one: _Block, times: Counter[str], said: set[str]) -> bool:
    if not one.margin:
        return False
    text, key = arabic(_text(one.block)), _key(one)
    repeated = times[key] > 1 and key in said
    said.add(key)
    catchword = one.margin == "bottom" and _CATCHWORD.fullmatch(text)
    return bool(repeated or catchword or _PAGE_NUMBER.fullmatch(text))


def _continues(above: _Block, below: _Block) -> bool:
    both = isinstance(above.block, Paragraph) and isinstance(below.block, Paragraph)
    return both and above.open and not is_marked(_text(below.block))


def _key(one: _Block) -> str:
    return one.margin + _DIGITS.sub("", squeeze(_text(one.block)))


def _text(block: Paragraph | Table) -> str:
    return block.text if isinstance(block, Paragraph) else " ".join(row.text for row in block.rows)
