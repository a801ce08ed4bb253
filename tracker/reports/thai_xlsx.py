"""Sheets of workbooks that reports are written as: Thai dates, links, wrapped texts, printed on A4."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from math import ceil
from typing import Any

from tracker.domain.messages.lines import cells
from tracker.reports.o43 import Proof
from tracker.reports.o43_words import proof_words
from tracker.reports.thai_docx import FONT, clean, link_target

Cell = str | int | float | date | Proof | None

_ERA_DATE = "[$-107041E]d mmm yyyy"
"""Shows a date in Thai and in the Buddhist era, while it stays a date to sort and filter by."""
_GROUND = "D9E2EC"
_LETTERS = 14.0
_LINE, _TALLEST = 24.0, 400.0
"""Heights in points: of letters, of one line, and of a row (a program allows 409)."""
_FILLED = 0.85
"""How full a line becomes, for words are not torn apart."""


def new_book(title: str, agency: str) -> Any:
    """Return a workbook without a sheet yet."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    book.properties.title, book.properties.creator = clean(title), clean(agency)
    return book


def add_sheet(
    book: Any, name: str, titles: Sequence[str], columns: Mapping[str, int], rows: Iterable[Sequence[Cell]]
) -> None:
    """Add a sheet: titles (the last is not bold), a header that stays and is printed on each page, rows.

    `columns` are the header's words with the width of each.
    """
    from openpyxl.styles import Border, PatternFill, Side
    from openpyxl.utils import get_column_letter

    sheet = book.create_sheet(name)
    for number, line in enumerate(titles, start=1):
        _write(sheet.cell(number, 1), line)
        sheet.cell(number, 1).font = _font(bold=number < len(titles))
        sheet.row_dimensions[number].height = _LINE
    top = sheet.max_row + 1
    thin = Side(style="thin", color="8793A1")
    header, widths = list(columns), list(columns.values())
    for number, row in enumerate([header, *rows], start=top):
        for column, value in enumerate(row, start=1):
            cell = sheet.cell(number, column)
            _put(cell, value)
            cell.border = Border(thin, thin, thin, thin)
        sheet.row_dimensions[number].height = _height(row, widths)
    for column, width in enumerate(widths, start=1):
        sheet.cell(top, column).font = _font(bold=True)
        sheet.cell(top, column).fill = PatternFill("solid", fgColor=_GROUND)
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = sheet.cell(top + 1, 1)
    sheet.auto_filter.ref = f"A{top}:{get_column_letter(len(header))}{max(sheet.max_row, top)}"
    _print_well(sheet, top)


def _height(row: Sequence[Cell], widths: Sequence[int]) -> float:
    """Return the height (points) in which all of a row's wrapped texts are seen: few programs work it out."""
    texts = (
        (proof_words(value) if isinstance(value, Proof) else value, width)
        for value, width in zip(row, widths, strict=False)
    )
    lines = (
        sum(ceil(max(cells(line), 1) / (width * _FILLED)) for line in text.splitlines() or [""])
        for text, width in texts
        if isinstance(text, str)
    )
    return min(_LINE * max(lines, default=1), _TALLEST)


def _put(cell: Any, value: Cell) -> None:
    from openpyxl.styles import Alignment

    cell.font = _font()
    if isinstance(value, Proof):
        if value.url and (target := link_target(value.url)):
            cell.hyperlink = target
            cell.font = _font(underline="single", color="174A85")
        value = proof_words(value)
    if isinstance(value, str):
        _write(cell, value)
    else:
        cell.value = value
    if isinstance(value, date):
        cell.number_format = _ERA_DATE
    if isinstance(value, float):
        cell.number_format = "0.0#"  # 90.0 beside 84.15, not 90
    cell.alignment = Alignment(vertical="top", wrap_text=True)


def _write(cell: Any, words: str) -> None:
    cell.value = clean(words)  # which is cut at the 32,767 letters that a cell holds
    cell.data_type = "s"  # words that begin with = are words, not a formula


def _font(**look: Any) -> Any:
    from openpyxl.styles import Font

    return Font(name=FONT, size=_LETTERS, **look)


def _print_well(sheet: Any, top: int) -> None:
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"{top}:{top}"
    sheet.oddFooter.right.text = "หน้า &P จาก &N"
    sheet.page_margins.left = sheet.page_margins.right = 0.4
