"""Time plans: columns of months and quarters whose cells are ticked, crossed, drawn or only coloured."""

import docx
import openpyxl
import pytest
from openpyxl.styles import PatternFill

from tests.intake.files import element, saved
from tracker.intake import read_plan
from tracker.intake.periods import period_label
from tracker.intake.ticks import strokes_of, ticked_times

MONTHS = ["ต.ค.", "พ.ย.", "ธ.ค.", "ม.ค."]
HEADER = ["ที่", "มาตรการ", "วิธีการ", "ผู้รับผิดชอบ", *MONTHS]
ROWS = [
    [1, "ทำป้ายบอกทาง", "ออกแบบ", "กองช่างสมมติ"],
    [2, "อบรมผู้ตรวจรับ", "จัดอบรม", "กองคลังสมมติ"],
]
TITLE = "มาตรการส่งเสริมความโปร่งใส ประจำปีงบประมาณ พ.ศ. ๒๕๖๙ เทศบาลตำบลสมมติ"
BAR = PatternFill("solid", fgColor="4472C4")


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("ต.ค.", "ต.ค."),
        ("ตค", "ต.ค."),
        ("เดือนตุลาคม ๒๕๖๘", "เดือนตุลาคม ๒๕๖๘"),
        ("ต.ค. (2568)", "ต.ค. 2568"),
        ("ไตรมาสที่ ๑", "ไตรมาสที่ ๑"),
        ("ไตรมาสแรก", "ไตรมาส 1"),
        ("Q2/69", "ไตรมาส 2/2569"),
        ("ไตรมาส 1 (ต.ค.-ธ.ค. 68)", "ต.ค. 68 - ธ.ค. 68"),
        ("ไตรมาสที่ 2 (ม.ค. - มี.ค.)", "ม.ค. - มี.ค."),
        ("ต.ค.-ธ.ค. ๖๘", "ต.ค. ๖๘ - ธ.ค. ๖๘"),
        ("ต.ค. - มี.ค. 69", "ต.ค. 68 - มี.ค. 69"),
        ("ต.ค. ๒๕๖๘ - มี.ค. ๒๕๖๙", "ต.ค. ๒๕๖๘ - มี.ค. ๒๕๖๙"),
        ("ครึ่งปีหลัง", "เม.ย. - ก.ย."),
        ("ระยะเวลา (ต.ค. 68 - ก.ย. 69)", None),
        ("1 ต.ค. 68 - 30 ก.ย. 69", None),
        ("มาตรการ", None),
        ("", None),
    ],
)
def test_a_header_cell_names_a_month_a_quarter_or_a_span_of_months(text, label):
    assert period_label(text) == label


@pytest.mark.parametrize(
    ("marks", "times"),
    [
        (["✓", "", "", "/"], "ต.ค., ม.ค."),
        (["ü", "ü", "", ""], "ต.ค. - พ.ย."),
        (["<-", "-", "->", ""], "ต.ค. - ธ.ค."),
        (["", "x", "X", ""], "พ.ย. - ธ.ค."),
        (["–", "–", "", ""], "ต.ค. - พ.ย."),
        (["✓", "-", "-", "✓"], "ต.ค., ม.ค."),
        (["✓", "x", "x", "x"], "ต.ค."),
        (["-", "-", "-", "-"], ""),
        (["", "0", "ไม่มี", ""], ""),
    ],
)
def test_a_dash_or_a_cross_is_a_mark_only_where_nothing_else_is(marks, times):
    assert ticked_times(MONTHS, marks, strokes_of(marks)) == times


@pytest.mark.parametrize(
    ("marks", "times"),
    [
        (["/", "/", "", ""], "ไตรมาส 1 - ไตรมาส 2"),
        (["/", "/", "", "/"], "ต.ค. - มี.ค., ก.ค. - ก.ย."),
        (["/", "", "/", ""], "ไตรมาส 1, ไตรมาส 3"),
    ],
)
def test_quarters_with_a_gap_are_told_by_their_months(marks, times):
    assert ticked_times([f"ไตรมาส {n}" for n in range(1, 5)], marks) == times


def test_quarters_of_a_year_are_told_by_months_of_that_year():
    assert ticked_times(["ไตรมาส 4/2568", "ไตรมาส 1/2569"], ["/", "/"]) == "ก.ค. 2568 - ธ.ค. 2568"


@pytest.fixture
def sheet():
    sheet = openpyxl.Workbook().active
    for row in [[TITLE], [], HEADER, *ROWS]:
        sheet.append(row)
    return sheet


def times(sheet, tmp_path):
    path = tmp_path / "plan.xlsx"
    path.write_bytes(saved(sheet.parent))
    plan = read_plan(path)
    return [one.timeframe and (str(one.timeframe.start), str(one.timeframe.end)) for one in plan.measures], [
        one.code for one in plan.warnings
    ]


def fill(sheet, fill, *cells):
    for cell in cells:
        sheet[cell].fill = fill


def test_a_cell_filled_with_colour_is_a_mark_with_a_blank_in_it_or_without(sheet, tmp_path):
    fill(sheet, BAR, "E4", "F4", "G5")
    sheet["G5"] = " "
    found, codes = times(sheet, tmp_path)
    assert found == [("2025-10-01", "2025-11-30"), ("2025-12-01", "2025-12-31")]
    assert "no-period-mark" not in codes


def test_a_colour_behind_a_whole_row_or_a_whole_column_is_no_mark(sheet, tmp_path):
    fill(sheet, PatternFill("solid", fgColor="EEEEEE"), *[f"{column}4" for column in "ABCDEFGH"])
    fill(sheet, PatternFill("solid", fgColor="FFEECC"), "H3", "H4", "H5")
    fill(sheet, BAR, "E5")
    found, codes = times(sheet, tmp_path)
    assert found == [None, ("2025-10-01", "2025-10-31")]
    assert "no-period-mark" in codes


def test_white_is_no_colour_and_a_pattern_is_one(sheet, tmp_path):
    fill(sheet, PatternFill("solid", fgColor="FFFFFFFF"), "E4", "F4")
    fill(sheet, PatternFill("darkUp"), "G4")
    assert times(sheet, tmp_path)[0][0] == ("2025-12-01", "2025-12-31")


def test_where_ticks_stand_in_cells_without_colour_the_colour_says_nothing(sheet, tmp_path):
    sheet["E4"] = "✓"
    fill(sheet, BAR, "H4")
    assert times(sheet, tmp_path)[0][0] == ("2025-10-01", "2025-10-31")


def test_a_time_plan_without_any_mark_is_warned_of_once(sheet, tmp_path):
    found, codes = times(sheet, tmp_path)
    assert found == [None, None]
    assert codes.count("no-period-mark") == 1


def test_a_bar_in_a_word_table_is_a_mark(tmp_path):
    document = docx.Document()
    document.add_paragraph(TITLE)
    table = document.add_table(rows=2, cols=len(HEADER))
    for row, texts in zip(table.rows, [HEADER, [*map(str, ROWS[0]), "", "", "", ""]], strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    for cell in table.rows[1].cells[5:7]:
        cell._tc.get_or_add_tcPr().append(element('<w:shd w:val="clear" w:fill="8EAADB"/>'))
    path = tmp_path / "plan.docx"
    path.write_bytes(saved(document))
    (measure,) = read_plan(path).measures
    assert (str(measure.timeframe.start), str(measure.timeframe.end)) == ("2025-11-01", "2025-12-31")


def test_a_mark_in_a_merged_cell_stands_for_all_its_months(sheet, tmp_path):
    sheet["F4"] = "←→"
    sheet.merge_cells("F4:H4")
    fill(sheet, BAR, "E5")
    sheet.merge_cells("E5:F5")
    assert times(sheet, tmp_path)[0] == [("2025-11-01", "2026-01-31"), ("2025-10-01", "2025-11-30")]


def test_a_mark_in_a_merged_cell_of_a_word_table_stands_for_all_its_months(tmp_path):
    document = docx.Document()
    document.add_paragraph(TITLE)
    table = document.add_table(rows=2, cols=len(HEADER))
    for row, texts in zip(table.rows, [HEADER, [*map(str, ROWS[0]), "", "", "", ""]], strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    table.cell(1, 4).merge(table.cell(1, 6)).text = "<--->"
    path = tmp_path / "plan.docx"
    path.write_bytes(saved(document))
    (measure,) = read_plan(path).measures
    assert (str(measure.timeframe.start), str(measure.timeframe.end)) == ("2025-10-01", "2025-12-31")
