"""Writes a plan as a workbook that a person can correct by hand and import again."""

from pathlib import Path
from typing import Any

from tracker.domain.plan_sheets import WORDS, Cell, to_sheets
from tracker.domain.plans import Plan

_WIDTHS = {"มาตรการ": 44, "ขั้นตอน": 60, "ผู้รับผิดชอบ": 28, "การกำกับติดตาม": 50, "ข้อความในแผน": 60, "ข้อสังเกต": 90, "ชื่อ": 36}
_WIDTH = 16


def write_plan_workbook(plan: Plan, path: Path) -> None:
    """Write the workbook; its first sheet is the plan as a whole, with a word and its value in each row."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    for name, rows in (sheets := to_sheets(plan)).items():
        sheet = book.create_sheet(name)
        for number, row in enumerate(rows, start=1):
            for column, value in enumerate(row, start=1):
                _put(sheet.cell(number, column), value)
        _dress(sheet, rows[0], has_header=name != next(iter(sheets)))
    book.save(path)


def _put(cell: Any, value: Cell) -> None:
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    from openpyxl.styles import Alignment

    cell.value = ILLEGAL_CHARACTERS_RE.sub("", value) if isinstance(value, str) else value
    if isinstance(value, str):
        cell.data_type = "s"  # a title that begins with = is a title, not a formula
    cell.alignment = Alignment(vertical="top", wrap_text=True)


def _dress(sheet: Any, header: list[Cell], *, has_header: bool) -> None:
    """Make a sheet easy to read: widths, a header that stays, and lists of the words that a column takes."""
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    if not has_header:
        sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 24, 70
        return
    sheet.freeze_panes = "A2"
    for column, word in enumerate(header, start=1):
        letter = get_column_letter(column)
        sheet.cell(1, column).font = Font(bold=True)
        sheet.column_dimensions[letter].width = _WIDTHS.get(str(word), _WIDTH)
        if str(word) in WORDS:
            choice = DataValidation(type="list", formula1=f'"{",".join(WORDS[str(word)].values())}"', allow_blank=True)
            choice.add(f"{letter}2:{letter}2000")
            sheet.add_data_validation(choice)
