from hypothesis import given
from hypothesis import strategies as st

from tracker.intake.layout import Paragraph, Table
from tracker.intake.text import read_text


def blocks(text: str):
    return read_text("plan.txt", text.encode())


def cells(table: Table):
    return [[cell.parts for cell in row.cells] for row in table.rows]


def test_lines_with_tabs_on_adjacent_lines_are_one_table_and_a_blank_line_ends_it():
    first, second = blocks("ก\tข\nค\tง\n\nจ\tฉ\n")
    assert isinstance(first, Table)
    assert [row.line for row in first.rows] == [1, 2]
    assert isinstance(second, Table)
    assert second.rows[0].line == 4


def test_a_markdown_table_is_a_table_without_its_rule():
    (table,) = blocks("| มาตรการ | ผู้รับผิดชอบ |\n|---|:---:|\n| ก | กองช่าง |\n")
    assert cells(table) == [[("มาตรการ",), ("ผู้รับผิดชอบ",)], [("ก",), ("กองช่าง",)]]


def test_marks_of_markdown_are_not_text():
    assert blocks("## **มาตรการ** ที่หนึ่ง\n\\*\\*\\*\n.....\n") == (Paragraph("มาตรการ ที่หนึ่ง", 1),)


def test_sara_am_is_stored_in_one_way():
    assert blocks("ท\u0e4d\u0e32งาน") == (Paragraph("ท\u0e33งาน", 1),)


def test_an_empty_cell_keeps_its_place():
    (table,) = blocks("ก\t\tค")
    assert cells(table) == [[("ก",), (), ("ค",)]]


@given(st.text(alphabet="ก\t\n|<ul>/lip &amp;-*#๑. ", max_size=200))
def test_any_text_gives_blocks_in_the_order_of_its_lines(text):
    lines = [
        line
        for one in blocks(text or "ก")
        for line in ([one.line] if isinstance(one, Paragraph) else [r.line for r in one.rows])
    ]
    assert lines == sorted(set(lines))
