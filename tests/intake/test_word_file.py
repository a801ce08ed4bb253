import docx
import pytest
from docx.oxml.ns import qn

from tests.intake.files import TABLE, add_table, element, plan_docx, plan_txt, saved
from tracker.intake import read_document, read_plan
from tracker.intake.layout import Paragraph, Table
from tracker.intake.word_file import read_word


@pytest.fixture
def document():
    return docx.Document()


def blocks(document):
    return read_word("plan.docx", saved(document))


def texts(document) -> list[str]:
    return [one.text for one in blocks(document) if isinstance(one, Paragraph)]


def cells(document, table: int = 0) -> list[list[tuple[str, ...]]]:
    tables = [one for one in blocks(document) if isinstance(one, Table)]
    return [[cell.parts for cell in row.cells] for row in tables[table].rows]


def numbering(document, kind: str, pattern: str) -> None:
    """Make the style "List Number" count in another way."""
    for level in document.part.numbering_part.element.iter(qn("w:lvl")):
        if level.find(qn("w:pStyle")) is not None and level.find(qn("w:pStyle")).get(qn("w:val")) == "ListNumber":
            level.find(qn("w:numFmt")).set(qn("w:val"), kind)
            level.find(qn("w:lvlText")).set(qn("w:val"), pattern)


def test_a_plan_reads_from_word_as_it_does_from_text(tmp_path):
    word, text = tmp_path / "a", tmp_path / "b"
    word.write_bytes(plan_docx())
    text.write_bytes(plan_txt())
    assert read_document(word).source.format == "docx"
    assert [(m.title, m.steps, m.responsible, m.timeframe) for m in read_plan(word).measures] == [
        (m.title, m.steps, m.responsible, m.timeframe) for m in read_plan(text).measures
    ]
    assert read_plan(word).fiscal_year == 2569


def test_paragraphs_and_tables_keep_their_order_and_lines_count_up(document):
    document.add_paragraph("ก่อน")
    document.add_paragraph("")
    add_table(document, [["ก", "ข"], ["ค", "ง"]])
    document.add_paragraph("หลัง")
    before, table, after = blocks(document)
    assert (before.line, [row.line for row in table.rows], after.line) == (1, [3, 4], 5)


def test_a_cell_merged_over_rows_stands_once_and_the_plan_inherits_it(document, tmp_path):
    table = add_table(document, [*TABLE, ["๓. อบรม", "- จัดอบรม", "", "ม.ค. ๖๙", ""]])
    table.cell(2, 2).merge(table.cell(3, 2))
    assert cells(document)[2][2] == ("กองคลัง", "สำนักปลัด")
    assert cells(document)[3][2] == ()
    path = tmp_path / "plan"
    path.write_bytes(saved(document))
    assert [one.unit for one in read_plan(path).measures[2].responsible] == ["กองคลัง", "สำนักปลัด"]


def test_a_cell_merged_over_columns_keeps_the_columns_after_it_in_place(document):
    table = add_table(document, [["ก", "ข", "ค"], ["ง", "จ", "ฉ"]])
    table.cell(0, 0).merge(table.cell(0, 1))
    assert cells(document) == [[("ก", "ข"), (), ("ค",)], [("ง",), ("จ",), ("ฉ",)]]


def test_columns_that_a_hand_drew_a_hair_apart_are_one(document):
    table = add_table(document, [["ก", "ข", "ค"], ["ง", "จ", "ฉ"]])
    for column, width in zip(table._tbl.tblGrid.gridCol_lst, ("2000", "60", "3000"), strict=True):
        column.set(qn("w:w"), width)
    table.cell(0, 0).merge(table.cell(0, 1))
    table.cell(1, 1).merge(table.cell(1, 2))
    assert cells(document) == [[("ก", "ข"), ("ค",)], [("ง",), ("จ", "ฉ")]]


@pytest.mark.parametrize(
    ("kind", "pattern", "marks"),
    [
        ("thaiNumbers", "%1.", ["๑.", "๒.", "๓."]),
        ("decimal", "%1)", ["1)", "2)", "3)"]),
        ("decimal", "มาตรการที่ %1", ["มาตรการที่ 1", "มาตรการที่ 2", "มาตรการที่ 3"]),
        ("thaiLetters", "(%1)", ["(ก)", "(ข)", "(ค)"]),
        ("lowerRoman", "%1.", ["i.", "ii.", "iii."]),
    ],
)
def test_numbers_that_word_counts_by_itself_are_printed(document, kind, pattern, marks):
    numbering(document, kind, pattern)
    for words in ("สำรวจ", "ประชุม", "สรุป"):
        document.add_paragraph(words, style="List Number")
    assert texts(document) == [f"{mark} {w}" for mark, w in zip(marks, ("สำรวจ", "ประชุม", "สรุป"), strict=True)]


def test_a_column_of_automatic_numbers_without_words_is_read(document):
    table = add_table(document, [["ที่", "มาตรการ"], ["", "ก"], ["", "ข"]])
    for row in table.rows[1:]:
        row.cells[0].paragraphs[0].style = "List Number"
    assert [row[0] for row in cells(document)] == [("ที่",), ("1.",), ("2.",)]


def test_paragraphs_and_bullets_of_a_cell_are_parts(document):
    add_table(document, [["- สำรวจ\n- ประชุม\nสรุป", "ข"]])
    assert cells(document) == [[("- สำรวจ", "- ประชุม", "สรุป"), ("ข",)]]


def test_deleted_and_hidden_words_are_gone_and_inserted_ones_stay(document):
    paragraph = document.add_paragraph("คง ")._p
    paragraph.append(element("<w:del><w:r><w:delText>ลบ</w:delText></w:r></w:del>"))
    paragraph.append(element("<w:moveFrom><w:r><w:t>ย้าย</w:t></w:r></w:moveFrom>"))
    paragraph.append(element("<w:r><w:rPr><w:vanish/></w:rPr><w:t>ซ่อน</w:t></w:r>"))
    paragraph.append(element("<w:ins><w:r><w:t>เพิ่ม</w:t></w:r></w:ins>"))
    assert texts(document) == ["คง เพิ่ม"]


def test_a_deleted_row_is_gone(document):
    table = add_table(document, [["ก", "ข"], ["ค", "ง"]])
    table.rows[0]._tr.get_or_add_trPr().append(element("<w:del/>"))
    assert cells(document) == [[("ค",), ("ง",)]]


def test_a_line_break_ends_a_line_and_a_tab_is_a_blank(document):
    document.add_paragraph("ที่ บส ๑/๒\tวันที่\nเรื่อง")
    assert blocks(document) == (Paragraph("ที่ บส ๑/๒ วันที่", 1), Paragraph("เรื่อง", 1))


def test_a_tick_of_wingdings_is_a_tick(document):
    run = element('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>')
    table = add_table(document, [["ไตรมาส ๑", "ไตรมาส ๒"], ["", ""]])
    table.cell(1, 1).paragraphs[0]._p.append(run)
    assert cells(document)[1] == [(), ("✓",)]


def test_a_text_box_is_read_once(document):
    box = "<w:txbxContent><w:p><w:r><w:t>ที่ บส ๗๑๐๐๑/ว ๔๒</w:t></w:r></w:p></w:txbxContent>"
    both = f"<mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
    run = element(f'<w:r><mc:AlternateContent xmlns:mc="m">{both}</mc:AlternateContent></w:r>')
    document.add_paragraph("เรียน")._p.append(run)
    assert texts(document) == ["เรียน", "ที่ บส ๗๑๐๐๑/ว ๔๒"]


def test_words_in_a_content_control_are_read(document):
    document.element.body.insert(
        0, element("<w:sdt><w:sdtContent><w:p><w:r><w:t>แผน</w:t></w:r></w:p></w:sdtContent></w:sdt>")
    )
    assert texts(document) == ["แผน"]


def test_a_letterhead_in_the_page_header_is_read_first_and_page_numbers_are_not(document):
    document.add_paragraph("เรื่อง")
    document.sections[0].header.paragraphs[0].text = "เทศบาลตำบลบางสมมติ"
    document.sections[0].footer.paragraphs[0].text = "- ๓ -"
    assert texts(document) == ["เทศบาลตำบลบางสมมติ", "เรื่อง"]


def test_a_table_inside_a_cell_is_text_of_that_cell(document):
    table = add_table(document, [["ก", "ข"]])
    inner = table.cell(0, 1).add_table(rows=2, cols=2)
    inner.cell(0, 0).text, inner.cell(0, 1).text, inner.cell(1, 0).text = "๑", "สอง", "๓"
    assert cells(document) == [[("ก",), ("ข", "๑ สอง", "๓")]]


def test_a_frame_of_one_cell_is_no_table(document):
    frame = document.add_table(rows=1, cols=1)
    frame.cell(0, 0).text = "บันทึกข้อความ"
    inner = frame.cell(0, 0).add_table(rows=1, cols=2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "ก", "ข"
    assert [type(one) for one in blocks(document)] == [Paragraph, Table]


def test_broken_sara_am_from_a_pasted_pdf_is_mended(document):
    document.add_paragraph("ส านักปลัด ก ำหนด")
    assert texts(document) == ["สำนักปลัด กำหนด"]
