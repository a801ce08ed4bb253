import datetime as dt

import pytest

from tests.intake.files import HEADER, ROWS, TABLE, TITLE, grid, pdf, plan_pdf, plan_txt, text
from tracker.errors import Refused
from tracker.intake import read_document, read_plan
from tracker.intake.layout import Paragraph, Table
from tracker.intake.pdf_file import read_pdf

WIDTHS = [120, 110, 80, 120, 90]
SCAN = "q 500 0 0 700 40 40 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \x00 EI Q\n"


def blocks(*pages: str, **options):
    return read_pdf("plan.pdf", pdf(*pages, **options))


def texts(*pages: str, **options) -> list[str]:
    return [one.text for one in blocks(*pages, **options) if isinstance(one, Paragraph)]


def tables(*pages: str) -> list[list[list[tuple[str, ...]]]]:
    found = [one for one in blocks(*pages) if isinstance(one, Table)]
    return [[[cell.parts for cell in row.cells] for row in table.rows] for table in found]


def test_a_plan_reads_from_pdf_as_it_does_from_text(tmp_path):
    drawn, typed = tmp_path / "a", tmp_path / "b"
    drawn.write_bytes(plan_pdf())
    typed.write_bytes(plan_txt())
    assert read_document(drawn).source.format == "pdf"
    plan = read_plan(drawn)
    assert [(m.number, m.title, m.steps, m.responsible, m.timeframe) for m in plan.measures] == [
        (m.number, m.title, m.steps, m.responsible, m.timeframe) for m in read_plan(typed).measures
    ]
    assert dt.date(2026, 4, 30) in {duty.due for duty in plan.obligations}
    assert plan.fiscal_year == 2569


def test_paragraphs_and_tables_come_in_reading_order_and_stand_on_their_pages():
    table = grid(60, 650, [90, 90], [["หนึ่ง", "สอง"], ["สาม", "สี่"]])
    page = text(60, 700, "ก่อนตารางมีข้อความ") + table + text(60, 500, "หลังตาราง")
    before, table, after, second = blocks(page, text(60, 700, "หน้าที่สองมีข้อความ"))
    assert (before.text, after.text) == ("ก่อนตารางมีข้อความ", "หลังตาราง")
    assert [row.text for row in table.rows] == ["หนึ่ง สอง", "สาม สี่"]
    assert (before.line, table.rows[0].line, second.line) == (1, 1, 2)


def test_lines_that_wrap_are_one_paragraph_and_short_ones_are_not():
    wide = "ตามที่ได้กำหนดมาตรการส่งเสริมคุณธรรมและความโปร่งใสจึงขอให้รายงานผลภายในวันที่ ๑๖"
    page = text(60, 700, wide, 12) + text(60, 680, "มีนาคม ๒๕๖๙ ต่อไป", 12) + text(60, 640, "เรียน ผู้อำนวยการกอง", 12)
    assert texts(page) == [f"{wide} มีนาคม ๒๕๖๙ ต่อไป", "เรียน ผู้อำนวยการกอง"]


def test_words_far_apart_on_one_line_are_two_paragraphs():
    assert texts(text(60, 700, "ที่ บส ๗๑๐๐๑/ว ๔๒") + text(350, 700, "สำนักงานเทศบาลตำบล")) == [
        "ที่ บส ๗๑๐๐๑/ว ๔๒",
        "สำนักงานเทศบาลตำบล",
    ]


def test_list_items_units_and_wrapped_words_of_a_cell_are_told_apart():
    row = [
        "๑. เพิ่มช่องทางการสื่อสารกับประชาชน",
        "- สำรวจช่องทาง\n- เผยแพร่ข้อมูลทางเว็บไซต์",
        "กองช่าง\nสำนักปลัด",
        "ธ.ค.๖๘ - ก.พ.๖๙",
        "๑. รายงาน ๒. สรุป\n๓. เผยแพร่",
    ]
    (table,) = tables(grid(40, 700, [100, 140, 70, 60, 100], [HEADER, row]))
    assert table[1] == [
        ("๑. เพิ่มช่องทางการสื่อสารกับประชาชน",),
        ("- สำรวจช่องทาง", "- เผยแพร่ข้อมูลทางเว็บไซต์"),
        ("กองช่าง", "สำนักปลัด"),
        ("ธ.ค.๖๘ - ก.พ.๖๙",),
        ("๑. รายงาน", "๒. สรุป", "๓. เผยแพร่"),
    ]


def test_a_cell_merged_over_rows_stands_in_its_first_row():
    page = "60 650 90 50 re S 150 650 90 50 re S 60 675 m 150 675 l S\n"
    page += text(65, 682, "แถวแรกของตาราง", 9) + text(65, 658, "แถวสอง", 9) + text(155, 668, "รวมสองแถว", 9)
    assert tables(page) == [[[("แถวแรกของตาราง",), ("รวมสองแถว",)], [("แถวสอง",), ()]]]


def test_a_table_drawn_with_thin_bars_is_a_table():
    bars = "".join(f"{x} 650 0.5 50 re f\n" for x in (60, 150, 240)) + "".join(
        f"60 {y} 180 0.5 re f\n" for y in (650, 675, 700)
    )
    words = text(65, 682, "หนึ่งสอง", 9) + text(155, 682, "สามสี่", 9) + text(65, 658, "ห้าหก", 9) + text(155, 658, "เจ็ด", 9)
    assert tables(bars + words) == [[[("หนึ่งสอง",), ("สามสี่",)], [("ห้าหก",), ("เจ็ด",)]]]


def test_page_numbers_catchwords_and_repeated_headers_are_noise():
    pages = [
        text(200, 800, "แผนของเทศบาล")
        + text(60, 500, f"เนื้อหาของหน้าที่ {n} มีมากพอ")
        + text(290, 30, f"- {n} -")
        + text(400, 50, "/จะต่อ...")
        for n in ("๑", "๒", "๓")
    ]
    assert texts(*pages) == ["แผนของเทศบาล", *(f"เนื้อหาของหน้าที่ {n} มีมากพอ" for n in ("๑", "๒", "๓"))]


def test_a_table_on_the_next_page_is_a_table_of_its_own_and_the_plan_goes_on(tmp_path):
    pages = (
        grid(40, 700, WIDTHS, TABLE),
        grid(40, 800, WIDTHS, [["๓. อบรม", "- จัดอบรม", "กองช่าง", "ม.ค. ๖๙", "รายงาน"]]),
    )
    assert [len(table) for table in tables(*pages)] == [3, 1]
    path = tmp_path / "plan"
    path.write_bytes(pdf(*pages))
    assert [measure.number for measure in read_plan(path).measures] == ["1", "2", "3"]


def test_a_row_that_the_page_cuts_is_one_row():
    rest = ["", "- สรุปผล", "", "", "และรอบ ๑๒ เดือน"]
    (table,) = tables(grid(40, 700, WIDTHS, TABLE), grid(40, 800, WIDTHS, [rest]))
    assert table[2][1] == ("- จัดทำแบบฟอร์ม", "- แจ้งเวียน", "- สรุปผล")
    assert table[2][4] == ("รอบ ๖ เดือนและรอบ ๑๒ เดือน",)


def test_a_title_that_the_page_cuts_is_one_title():
    rest = ["ของหน่วยงาน", "", "", "", ""]
    (table,) = tables(grid(40, 700, WIDTHS, TABLE), grid(40, 800, WIDTHS, [rest]))
    assert table[2][0] == ("๒. จัดทำทะเบียนทรัพย์สินของหน่วยงาน",)
    assert len(table) == len(ROWS) + 1


def test_a_letter_that_the_font_does_not_name_before_sara_aa_is_a_sara_am():
    font = "2 beginbfrange <0020> <0E4C> <0020> <0E4E> <0E5B> <0E4E> endbfrange"
    assert texts(text(60, 700, "ส\u0e4dานักปลัดเทศบาลตำบล"), font=font) == ["สำนักปลัดเทศบาลตำบล"]


def test_blanks_in_the_place_of_sara_am_are_mended():
    assert texts(text(60, 700, "ส านักปลัด ก ำหนด จัดท าแผน")) == ["สำนักปลัด กำหนด จัดทำแผน"]


def test_a_letter_printed_twice_to_look_bold_is_read_once():
    assert texts(text(60, 700, TITLE) + text(60.4, 700, TITLE)) == [TITLE]


def test_a_tilted_watermark_is_left_out():
    tilted = "BT /F1 60 Tf 0.7 0.7 -0.7 0.7 100 200 Tm <0E230E480E320E07> Tj ET\n"
    assert texts(text(60, 700, TITLE) + tilted) == [TITLE]


def test_a_turned_page_is_read_as_it_is_shown():
    upright = "BT /F2 14 Tf 60 400 Td (Integrity plan of the agency) Tj ET 60 300 90 50 re S 150 300 90 50 re S "
    upright += "BT /F2 9 Tf 65 320 Td (Measures) Tj 90 0 Td (Owners) Tj ET"
    expected = blocks(upright)
    assert [type(one) for one in expected] == [Paragraph, Table]
    for turned, matrix in ((90, "0 1 -1 0 595 0"), (180, "-1 0 0 -1 595 842"), (270, "0 -1 1 0 0 842")):
        page = pdf(f"{matrix} cm {upright}").replace(b"/Type /Page /", f"/Type /Page /Rotate {turned} /".encode())
        assert read_pdf("plan.pdf", page) == expected


def test_a_scan_is_refused_with_the_command_that_makes_it_readable():
    with pytest.raises(Refused, match=r"run OCR first \(ocrmypdf -l tha\+eng plan\.pdf ocr-plan\.pdf\)"):
        blocks(SCAN, SCAN)


def test_a_scanned_page_among_others_is_told():
    *_, remark = blocks(text(60, 700, TITLE), SCAN)
    assert (remark.code, remark.line) == ("scanned-page", 2)


def test_reading_tells_how_far_it_is():
    told = []
    read_pdf("plan.pdf", pdf(*[text(60, 700, TITLE)] * 3), lambda done, total: told.append((done, total)))
    assert told == [(1, 3), (2, 3), (3, 3)]
