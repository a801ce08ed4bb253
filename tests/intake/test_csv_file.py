import pytest

from tests.intake.files import ROWS, TABLE, TITLE, plan_csv, plan_txt
from tracker.intake import read_document, read_plan
from tracker.intake.csv_file import read_separated
from tracker.intake.documents import kind_of
from tracker.intake.layout import Paragraph


def plan_of(tmp_path, data: bytes):
    path = tmp_path / "plan.dat"
    path.write_bytes(data)
    return [(m.title, m.steps, m.responsible, m.timeframe) for m in read_plan(path).measures]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp874"])
def test_a_plan_reads_from_csv_as_it_does_from_text(tmp_path, delimiter, encoding):
    assert plan_of(tmp_path, plan_csv(delimiter, encoding)) == plan_of(tmp_path, plan_txt())


def test_a_quoted_cell_goes_over_several_lines_and_a_record_stands_where_it_starts():
    title, year, table = read_separated("plan.csv", plan_csv())
    assert title == Paragraph(TITLE, 1)
    assert year.line == 2
    assert [row.line for row in table.rows] == [3, 4, 6]
    assert table.rows[1].cells[1].parts == ("- สำรวจช่องทาง", "- เผยแพร่ข้อมูล")


def test_a_blank_line_ends_a_table():
    first, second = read_separated("plan.csv", "ก,ข,ค\nง,จ,ฉ\n\nช,ซ,ฌ\nญ,ฎ,ฏ\n".encode())
    assert (len(first.rows), second.rows[0].line) == (2, 4)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("ก,ข,ค\n๑,๒,๓\n", "csv"),
        ("ก;ข;ค\n๑;๒;๓\n", "csv"),
        ("ก\tข\n๑\t๒\n", "tsv"),
        ("มาตรการส่งเสริม\n\nก\tข\n๑\t๒\n", "txt"),
        ("มาตรการส่งเสริม ปี ๒๕๖๙\n\nด้วย กองช่าง, กองคลัง และสำนักปลัด\nจึงเรียนมา\n", "txt"),
        ("ก, ข, ค\n", "txt"),
        ("| ก | ข |\n|---|---|\n| ๑ | ๒ |\n", "txt"),
        ("แผน\nก,ข,ค\n๑,๒,๓\n๔,๕,๖\n", "csv"),
    ],
)
def test_separated_text_is_told_from_prose_by_its_records(text, kind):
    assert kind_of(text.encode()) == kind


def test_the_name_of_a_file_decides_nothing(tmp_path):
    path = tmp_path / "plan.docx"
    path.write_bytes(plan_csv())
    assert read_document(path).source.format == "csv"


def test_a_plan_of_two_measures_keeps_all_its_cells():
    table = read_separated("plan.csv", plan_csv())[2]
    assert [[" ".join(cell.parts) for cell in row.cells] for row in table.rows[1:]] == [
        [cell.replace("\n", " ") for cell in row] for row in ROWS
    ]
    assert len(table.rows) == len(TABLE)
