"""The workbook of an exported plan, read back."""

import openpyxl

from tests.intake.files import plan_txt, saved
from tracker.domain.plan_sheets import MEASURES, OBLIGATIONS, to_sheets
from tracker.intake import read_plan


def test_an_exported_workbook_that_lost_its_sheet_of_measures_says_so(tmp_path):
    path = tmp_path / "plan.txt"
    path.write_bytes(plan_txt())
    book = openpyxl.Workbook()
    book.remove(book.active)
    sheets = to_sheets(read_plan(path))
    for name in sheets.keys() - {MEASURES, OBLIGATIONS}:
        sheet = book.create_sheet(name)
        for row in sheets[name]:
            sheet.append(row)
    exported = tmp_path / "plan.xlsx"
    exported.write_bytes(saved(book))
    plan = read_plan(exported)
    assert plan.measures == ()
    assert "no-measures" in [one.code for one in plan.warnings]
