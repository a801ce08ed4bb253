import datetime as dt
import io
import zipfile

import openpyxl
import pytest

from tests.intake.files import HEADER, ROWS, TABLE, TITLE, plan_txt, plan_xlsx, saved
from tracker.domain.plans import PlanWarning
from tracker.errors import Refused
from tracker.intake import read_document, read_plan
from tracker.intake.layout import Paragraph, Table
from tracker.intake.workbook_file import read_workbook


@pytest.fixture
def book():
    return openpyxl.Workbook()


def read(book):
    return read_workbook("plan.xlsx", saved(book))


def shown(value, number_format: str = "General") -> str:
    book = openpyxl.Workbook()
    book.active.append(["ก", value])
    book.active["B1"].number_format = number_format
    (table,) = read(book)
    return table.rows[0].cells[1].text


def test_a_plan_reads_from_a_workbook_as_it_does_from_text(tmp_path):
    book, text = tmp_path / "a", tmp_path / "b"
    book.write_bytes(plan_xlsx())
    text.write_bytes(plan_txt())
    assert read_document(book).source.format == "xlsx"
    assert [(m.title, m.steps, m.responsible, m.timeframe) for m in read_plan(book).measures] == [
        (m.title, m.steps, m.responsible, m.timeframe) for m in read_plan(text).measures
    ]


def test_titles_above_the_header_are_paragraphs_and_rows_keep_their_numbers(book):
    book.active.append([])
    book.active.append([None, TITLE])
    for row in TABLE:
        book.active.append([None, *row])
    title, table = read(book)
    assert title == Paragraph(TITLE, 2)
    assert [row.line for row in table.rows] == [3, 4, 5]
    assert table.rows[0].cells[0].text == HEADER[0]


def test_a_note_below_a_table_is_a_paragraph_and_a_heading_inside_it_is_a_row(book):
    for row in [HEADER, ["ตัวชี้วัดที่ ๑ การปฏิบัติหน้าที่"], ROWS[0], [None, "- ต่อจากข้างบน"], ["หมายเหตุ แก้ไขได้"]]:
        book.active.append(row)
    table, note = read(book)
    assert [row.line for row in table.rows] == [1, 2, 3, 4]
    assert note == Paragraph("หมายเหตุ แก้ไขได้", 5)


def test_a_blank_row_ends_a_table(book):
    for row in [["ก", "ข"], [], ["ค", "ง"]]:
        book.active.append(row)
    assert [type(one) for one in read(book)] == [Table, Table]


def test_a_merged_cell_stands_in_its_first_place(book):
    for row in [*TABLE, ["๓. อบรม", "- จัด", None, "ม.ค. ๖๙"]]:
        book.active.append(row)
    book.active.merge_cells("C3:C4")
    (table,) = read(book)
    assert [row.cells[2].parts for row in table.rows][2:] == [("กองคลัง", "สำนักปลัด"), ()]


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (85.5, "General", "85.5"),
        (85.49999999999999, "General", "85.5"),
        (86.050000000000004, "General", "86.05"),
        (85.5, "0.00", "85.50"),
        (85.456, '0.0" คะแนน"', "85.5"),
        (12, "General", "12"),
        (3.0, "General", "3"),
        (1234567, "#,##0", "1234567"),
        (0.855, "0.0%", "85.5%"),
        (85.5, "0", "86"),
        (True, "General", "✓"),
        (dt.date(2023, 3, 31), "dd/mm/yyyy", "๓๑ มีนาคม ๒๕๖๖"),
        (dt.datetime(2023, 3, 31), "[$-107041E]d mmmm yyyy;@", "๓๑ มีนาคม ๒๕๖๖"),
        (dt.date(2566, 3, 31), "dd/mm/yyyy", "๓๑ มีนาคม ๒๕๖๖"),
        (dt.date(2023, 3, 1), "mmm-yy", "มีนาคม ๒๕๖๖"),
        (dt.time(16, 30), "hh:mm", "16:30"),
        ("๓๑ มี.ค. ๖๖", "General", "๓๑ มี.ค. ๖๖"),
    ],
)
def test_a_value_is_read_as_the_sheet_shows_it(value, number_format, text):
    assert shown(value, number_format) == text


def test_a_real_date_becomes_the_deadline_of_a_task(book, tmp_path):
    book.active.append(HEADER)
    book.active.append(["๑. จัดทำคู่มือ", "จัดทำ", "กองช่าง", dt.date(2026, 3, 31), "รายงาน"])
    path = tmp_path / "plan"
    path.write_bytes(saved(book))
    assert dt.date(2026, 3, 31) in {duty.due for duty in read_plan(path).obligations}


def test_a_formula_gives_its_kept_value_or_nothing_and_is_told(book):
    book.active.append(["ก", "=1+1", "ค"])
    table, remark = read(book)
    assert [cell.text for cell in table.rows[0].cells] == ["ก", "", "ค"]
    assert (remark.code, remark.line) == ("formula-without-value", 1)


def test_a_formula_with_its_kept_value_is_not_computed(book):
    book.active.append(["ก", "=1+1"])
    data = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(saved(book))) as old, zipfile.ZipFile(data, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"<v />", b"<v>85.5</v>").replace(b"<v></v>", b"<v>85.5</v>"))
    (table,) = read_workbook("plan.xlsx", data.getvalue())
    assert table.rows[0].cells[1].text == "85.5"


def test_sheets_come_in_order_under_their_names_and_hidden_ones_are_told(book):
    book.active.title = "แผน ๒๕๖๙"
    book.active.append(["ก", "ข"])
    book.create_sheet("Sheet2").append(["ค", "ง"])
    hidden = book.create_sheet("ร่าง")
    hidden.append(["จ", "ฉ"])
    hidden.sheet_state = "hidden"
    name, first, second, remark = read(book)
    assert name == Paragraph("แผน ๒๕๖๙", 1)
    assert [first.rows[0].text, second.rows[0].text] == ["ก ข", "ค ง"]
    assert isinstance(remark, PlanWarning)
    assert "ร่าง" in remark.message


def test_a_hidden_row_is_read(book):
    book.active.append(["ก", "ข"])
    book.active.append(["ค", "ง"])
    book.active.row_dimensions[2].hidden = True
    assert len(read(book)[0].rows) == 2


def test_an_error_value_is_empty(book):
    book.active.append(["ก", "#REF!", "ข"])
    assert [cell.text for cell in read(book)[0].rows[0].cells] == ["ก", "", "ข"]


def with_row(row: int, cell: str) -> bytes:
    """Return the plan's workbook with one cell far below it."""
    data = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(plan_xlsx())) as old, zipfile.ZipFile(data, "w") as new:
        for name in old.namelist():
            below = f'<row r="{row}"><c r="A{row}" {cell}</c></row></sheetData>'.encode()
            new.writestr(name, old.read(name).replace(b"</sheetData>", below))
    return data.getvalue()


@pytest.mark.parametrize("row", [100_001, 1_048_576])
def test_a_row_below_a_hundred_thousand_that_holds_something_is_refused_and_told(row):
    said = (
        rf"^plan\.xlsx: sheet “Sheet” holds something in row {row:,}, and .* at most 100,000 rows: move it up or delete"
    )
    with pytest.raises(Refused, match=said):
        read_workbook("plan.xlsx", with_row(row, 't="str"><v>๓. อบรม</v>'))


@pytest.mark.parametrize("cell", ['s="0">', 't="e"><v>#REF!</v>', 't="str"><v> </v>'])
def test_rows_far_below_that_hold_nothing_do_not_matter(cell):
    assert read_workbook("plan.xlsx", with_row(1_048_576, cell)) == read_workbook("plan.xlsx", plan_xlsx())


def test_row_one_hundred_thousand_is_read():
    *_, below = read_workbook("plan.xlsx", with_row(100_000, 't="str"><v>หมายเหตุ</v>'))
    assert below == Paragraph("หมายเหตุ", 100_000)


def test_more_sheets_than_a_plan_has_are_refused(book):
    for n in range(64):
        book.create_sheet(f"แผ่น {n}")
    with pytest.raises(Refused, match="has 65 sheets"):
        read(book)
