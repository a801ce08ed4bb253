"""Tables without ruling lines, and prose set in columns."""

import re

import pytest

from tests.intake.files import HEADER, ROWS, TABLE, grid, pdf, plan_txt, text, wrapped
from tracker.intake import read_plan
from tracker.intake.layout import Paragraph, Table
from tracker.intake.pdf_file import read_pdf

WIDTHS = [120, 110, 80, 120, 90]
PROSE = (
    "ตามที่ได้กำหนดมาตรการส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน จึงขอให้ทุกกองรายงานผลการดำเนินการ "
    "พร้อมหลักฐานเชิงประจักษ์ให้สำนักปลัดทราบ และเผยแพร่ทางเว็บไซต์ของหน่วยงานตามแนวทางที่กำหนดไว้ในคู่มือ "
).replace(" ", "")


def bare(*args) -> str:
    """Draw a table as a word processor does, without its rules."""
    return re.sub(r".* re S\n", "", grid(*args))


def blocks(*pages: str):
    return read_pdf("plan.pdf", pdf(*pages))


def tables(*pages: str) -> list[list[list[tuple[str, ...]]]]:
    found = [one for one in blocks(*pages) if isinstance(one, Table)]
    return [[[cell.parts for cell in row.cells] for row in table.rows] for table in found]


def texts(*pages: str) -> list[str]:
    return [one.text for one in blocks(*pages) if isinstance(one, Paragraph)]


def set_in(x: float, top: float, width: float, words: str, size: float = 10, pitch: float = 15) -> str:
    lines = wrapped(words, width, size)
    return "".join(text(x, top - n * pitch, line, size) for n, line in enumerate(lines))


def test_a_plan_whose_table_has_no_rules_reads_as_the_ruled_one(tmp_path):
    drawn, typed = tmp_path / "a", tmp_path / "b"
    drawn.write_bytes(pdf(text(150, 780, "มาตรการส่งเสริมคุณธรรม") + bare(40, 720, WIDTHS, TABLE)))
    typed.write_bytes(plan_txt())
    assert [(m.number, m.title, m.steps, m.responsible, m.timeframe) for m in read_plan(drawn).measures] == [
        (m.number, m.title, m.steps, m.responsible, m.timeframe) for m in read_plan(typed).measures
    ]


def test_the_lines_of_a_cell_are_joined_and_items_are_told_apart():
    row = [
        "๑. เพิ่มช่องทางการสื่อสารกับประชาชน",
        "- สำรวจช่องทาง\n- เผยแพร่ข้อมูลทางเว็บไซต์",
        "กองช่าง\nสำนักปลัด",
        "ธ.ค.๖๘ - ก.พ.๖๙",
        "ที่ประชุม",
    ]
    (table,) = tables(bare(40, 700, [100, 140, 70, 80, 80], [HEADER, row, *ROWS]))
    assert table[1] == [
        ("๑. เพิ่มช่องทางการสื่อสารกับประชาชน",),
        ("- สำรวจช่องทาง", "- เผยแพร่ข้อมูลทางเว็บไซต์"),
        ("กองช่าง", "สำนักปลัด"),
        ("ธ.ค.๖๘ - ก.พ.๖๙",),
        ("ที่ประชุม",),
    ]
    assert [row[0][0][:2] for row in table[1:]] == ["๑.", "๑.", "๒."]


def test_paragraphs_above_and_below_stay_paragraphs():
    page = text(60, 760, "แผนของเทศบาลตำบลสมมติ ประจำปีงบประมาณ พ.ศ. ๒๕๖๙ ตามประกาศ", 10)
    page += bare(40, 700, WIDTHS, TABLE) + text(40, 400, "หมายเหตุ แก้ไขได้ตามความเหมาะสม", 10)
    before, table, after = blocks(page)
    assert isinstance(table, Table)
    assert (before.text[:4], after.text[:8]) == ("แผนข", "หมายเหตุ")


def test_scores_stand_beside_their_names():
    rows = [["ตัวชี้วัด", "คะแนน"], ["การปฏิบัติหน้าที่", "๙๐.๑๐"], ["การใช้งบประมาณ", "๘๒.๐๐"], ["การใช้อำนาจ", "๘๖.๕๕"]]
    (table,) = tables(bare(60, 700, [200, 60], rows))
    assert [[cell[0] for cell in row] for row in table] == rows


def test_labels_and_what_they_say_are_a_card():
    rows = [
        ["มาตรการที่ ๑", "ลดระยะเวลาจดทะเบียน"],
        ["ขั้นตอนการดำเนินงาน", "๑. ปรับผังงาน\n๒. อบรมเจ้าหน้าที่"],
        ["ผู้รับผิดชอบ", "ฝ่ายทะเบียน"],
        ["ระยะเวลาดำเนินการ", "ต.ค. ๖๘ - มี.ค. ๖๙"],
    ]
    (table,) = tables(bare(60, 700, [140, 200], rows))
    assert [row[0][0] for row in table] == [row[0] for row in rows]
    assert table[1][1] == ("๑. ปรับผังงาน", "๒. อบรมเจ้าหน้าที่")


def test_a_table_goes_on_over_the_page_without_its_header_and_a_cut_row_is_whole():
    rest = ["ของหน่วยงาน", "- สรุปผล", "", "", ""]
    third = ["๓. อบรมเจ้าหน้าที่", "- จัดอบรม", "กองช่าง", "ม.ค. ๖๙", "รายงาน"]
    pages = bare(40, 700, WIDTHS, TABLE), bare(40, 800, WIDTHS, [rest, third])
    first, second = tables(*pages)
    assert first[2][0] == ("๒. จัดทำทะเบียนทรัพย์สินของหน่วยงาน",)
    assert first[2][1][-1] == "- สรุปผล"
    assert [row[0] for row in second] == [("๓. อบรมเจ้าหน้าที่",)]


def test_level_rules_divide_rows_where_there_are_no_upright_ones():
    rows = [["ก" * 20, "ข" * 18, "ค" * 17], ["ง" * 20, "จ" * 18, "ฉ" * 17], ["ช" * 20, "ซ" * 18, "ญ" * 17]]
    lines = "".join(
        text(x, 700 - n * 15, cell, 9)
        for n, row in enumerate(rows)
        for x, cell in zip((40, 160, 280), row, strict=True)
    )
    rules = "".join(f"40 {y} m 360 {y} l S\n" for y in (712, 697, 682, 667))
    assert [len(table) for table in tables(lines + rules)] == [3]


@pytest.mark.parametrize(("columns", "width"), [(2, 240), (3, 155)])
def test_prose_in_columns_is_read_down_each_column(columns, width):
    whole = [f"{name}{PROSE * 2}" for name in ("หนึ่ง", "สอง", "สาม")[:columns]]
    page = "".join(set_in(40 + n * (width + 25), 760, width, words) for n, words in enumerate(whole))
    assert [said.replace(" ", "") for said in texts(page)] == [words.replace(" ", "") for words in whole]


def test_a_paragraph_goes_on_in_the_next_column():
    lines = wrapped(PROSE * 4, 240, 10)
    half = len(lines) // 2
    page = "".join(
        text(40 + (n >= half) * 265, 760 - (n % half) * 15, line, 10) for n, line in enumerate(lines[: 2 * half])
    )
    assert len(texts(page)) == 1


def test_prose_in_columns_goes_on_over_the_page_however_little_is_left():
    page = set_in(40, 760, 240, PROSE * 3) + set_in(305, 760, 240, PROSE * 3)
    rest = set_in(40, 760, 240, "ก" + PROSE) + set_in(305, 760, 240, "ปลาย")
    *_, last = texts(page, rest)
    assert last.endswith("ปลาย")


@pytest.mark.parametrize(
    "lines",
    [
        [("เรื่อง", "ขอส่งรายงานผล"), ("เรียน", "นายกเทศมนตรี"), ("อ้างถึง", "หนังสือที่ ว ๑๒")],
        [("๑.", "จัดทำประกาศ"), ("๒.", "เผยแพร่ทางเว็บไซต์"), ("๓.", "รายงานผล"), ("๔.", "สรุป")],
        [("(นายสมมติ หนึ่ง)", "(นายสมมติ สอง)"), ("นายกเทศมนตรี", "ปลัดเทศบาล"), ("๑ ม.ค. ๖๙", "๒ ม.ค. ๖๙")],
    ],
)
def test_a_letters_head_a_list_and_signatures_are_no_tables(lines):
    page = "".join(text(60, 700 - n * 20, a, 12) + text(220, 700 - n * 20, b, 12) for n, (a, b) in enumerate(lines))
    assert tables(page) == []


def test_one_column_of_prose_is_never_a_table():
    assert tables(set_in(60, 760, 470, PROSE * 6)) == []


def test_a_mark_that_is_drawn_after_later_letters_stands_on_its_own_letter():
    words, mark, back = "ความร้เรื่องทั่วไป".encode("utf-16-be").hex(), "0e39", 4500
    page = f"BT /F1 14 Tf 1 0 0 1 60 700 Tm [<{words}> {back} <{mark}>] TJ ET\n"
    assert texts(page) == ["ความรู้เรื่องทั่วไป"]
