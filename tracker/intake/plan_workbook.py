"""Reads the workbook that `tracker plan export` wrote, with a person's corrections: they win over any reading."""

from dataclasses import replace
from typing import Any

from tracker.domain.plan_sheets import FACTS, MEASURES, Cell, SheetError, are_plan_sheets, from_sheets
from tracker.domain.plans import Plan
from tracker.errors import Refused
from tracker.intake.doubts import NO_MEASURES
from tracker.intake.workbook_file import opened_workbook

_ROWS, _COLUMNS = 20_000, 30


def read_plan_workbook(name: str, data: bytes) -> Plan | None:
    """Return the plan in an exported workbook, None when the workbook is not one of ours.

    One that has lost its sheet of measures says so, as any other document without measures does.
    Raises Refused, naming sheet, row and column, on the first cell that cannot be read.
    """
    with opened_workbook(name, data) as book:
        if FACTS not in book.sheetnames:
            return None
        sheets = {sheet.title: _rows(name, sheet) for sheet in book.worksheets if hasattr(sheet, "iter_rows")}
    if not are_plan_sheets(sheets):
        return None
    try:
        plan = from_sheets(sheets)
    except SheetError as error:
        raise Refused(f"{name}: {error}.") from None
    return plan if MEASURES in sheets else replace(plan, warnings=(*plan.warnings, NO_MEASURES))


def _rows(name: str, sheet: Any) -> list[list[Cell]]:
    sheet.reset_dimensions()
    rows = [list(row) for row in sheet.iter_rows(max_row=_ROWS + 1, max_col=_COLUMNS, values_only=True)]
    if len(rows) > _ROWS and any(cell is not None for cell in rows[_ROWS]):
        raise Refused(f"{name}: sheet “{sheet.title}” has over {_ROWS:,} rows, as no plan has: remove the rest.")
    return rows[:_ROWS]
