import pytest

from tracker.intake import read_plan
from tracker.intake.layout import Cell, Row
from tracker.intake.row_joining import below_header


def row(*texts: str) -> Row:
    return Row(tuple(Cell((text,) if text else ()) for text in texts), 1)


HEADER = row("มาตรการ", "ขั้นตอน", "ผู้รับผิดชอบ", "ระยะเวลา")


@pytest.mark.parametrize(
    ("repeated", "rest"),
    [
        (row("มาตรการ", "ขั้นตอน ภายในวันที่ ๕", "ผู้รับผิดชอบ", "ระยะเวลา"), ["", "ภายในวันที่ ๕", "", ""]),
        (row("มาตรการภายใน", "ขั้นตอน", "ผู้รับผิดชอบกองสมมติ", "ระยะเวลา"), ["ภายใน", "", "กองสมมติ", ""]),
    ],
)
def test_the_end_of_a_row_that_stands_in_a_repeated_header_is_found(repeated, rest):
    found = below_header(HEADER, repeated)
    assert found is not None
    assert [cell.text for cell in found.cells] == rest


@pytest.mark.parametrize(
    "repeated",
    [
        HEADER,
        row("มาตรการ", "ขั้นตอน", "ผู้รับผิดชอบหลัก", "ระยะเวลาดำเนินการ"),
        row("มาตรการ", "ขั้นตอน", "ผู้รับผิดชอบ", "ระยะเวลา (ปีงบประมาณ ๒๕๖๙)"),
        row("โครงการ", "ขั้นตอน", "ผู้รับผิดชอบกองสมมติ", "ระยะเวลา"),
        row("มาตรการ", "ขั้นตอน", "ผู้รับผิดชอบกองสมมติ"),
    ],
)
def test_a_header_that_is_only_worded_otherwise_holds_no_row(repeated):
    assert below_header(HEADER, repeated) is None


def test_a_number_of_three_digits_begins_a_measure_below_a_repeated_header(tmp_path):
    header = "มาตรการ\tขั้นตอน\tผู้รับผิดชอบ\tระยะเวลา"
    rows = [f"{header}\n{n}. เรื่อง{n}\tทำ{n}\tกองช่าง\tม.ค. ๖๙" for n in range(1, 121)]
    path = tmp_path / "plan.txt"
    path.write_text("\n".join(["แผนของเทศบาลสมมติ ปีงบประมาณ พ.ศ. ๒๕๖๙", "", *rows]), encoding="utf-8")
    assert len(read_plan(path).measures) == 120
