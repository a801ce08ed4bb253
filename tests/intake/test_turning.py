"""Tables that lie on their side: indicators or measures in columns, what is said of them in the rows below."""

import pytest

from tracker.domain.plans import Plan, Source
from tracker.intake.layout import Cell, Layout, Paragraph, Row, Table
from tracker.intake.reading import interpret

TOOLS = ("", "IIT", "", "", "EIT")
NAMES = ("ตัวชี้วัด", "การปฏิบัติหน้าที่", "การใช้งบประมาณ", "การใช้อำนาจ", "คุณภาพการดำเนินงาน", "คะแนนรวม")
TITLE = "มาตรการส่งเสริมคุณธรรม ประจำปีงบประมาณ พ.ศ. ๒๕๖๙ เทศบาลตำบลสมมติ"
PARTS = ("ขั้นตอน", "ผู้รับผิดชอบ", "ระยะเวลา")


def plan(*rows: tuple[str | Cell, ...]) -> Plan:
    cells = [[one if isinstance(one, Cell) else Cell((one,) if one else ()) for one in row] for row in rows]
    table = Table(tuple(Row(tuple(row), n) for n, row in enumerate(cells, start=2)))
    return interpret(Layout(Source("plan.txt", "", "txt"), (Paragraph(TITLE, 1), table)))


def scores(found: Plan) -> dict[int, tuple[float, int]]:
    return {one.id: (one.score, one.line) for one in found.assessment.indicators}


def test_scores_below_a_row_of_indicators_stand_on_their_own_line():
    found = plan(TOOLS, NAMES, ("คะแนน", "91.20", "88.45", "90.11", "93.40", "90.22"), ("ระดับ", "", "", "", "", "A"))
    assert scores(found) == {1: (91.2, 4), 2: (88.45, 4), 3: (90.11, 4), 6: (93.4, 4)}
    assert (found.assessment.score, found.assessment.grade) == (90.22, "A")


def test_the_newest_years_row_is_taken():
    years = (
        ("ปี ๒๕๖๗", "81.00", "82.00", "83.00", "84.00", "82.50"),
        ("ปี ๒๕๖๘", "91.00", "92.00", "93.00", "94.00", "92.50"),
    )
    found = plan(NAMES, *years)
    assert {id_: score for id_, (score, _) in scores(found).items()} == {1: 91.0, 2: 92.0, 3: 93.0, 6: 94.0}
    assert (found.assessment.score, found.assessment.fiscal_year) == (92.5, 2568)


def test_each_row_of_indicators_has_the_scores_below_it():
    found = plan(NAMES[:3], ("ผล", "91.20", "88.45"), NAMES[:1] + NAMES[3:5], ("ผล", "90.11", "93.40"))
    assert scores(found) == {1: (91.2, 3), 2: (88.45, 3), 3: (90.11, 5), 6: (93.4, 5)}


def test_a_row_that_names_indicators_above_words_is_no_table_of_scores():
    found = plan(NAMES[:4], ("ข้อค้นพบ", "บริการช้า", "ไม่เผยแพร่แผน", "มอบหมายงานไม่ชัด"))
    assert scores(found) == {}


def test_measures_in_columns_are_read_and_a_merged_cell_is_said_of_all_that_it_covers():
    found = plan(
        ("มาตรการ", "ทำป้ายบอกทาง", "ทบทวนแบบคำขอ"),
        ("ขั้นตอน", "ออกแบบ", "ประชุม"),
        ("ผู้รับผิดชอบ", Cell(("กองช่าง",), span=2), ""),
        ("ระยะเวลา", "ม.ค. ๖๙", "ภายในเดือนมีนาคม ๒๕๖๙"),
    )
    assert [(one.title, one.line, [owner.unit for owner in one.responsible]) for one in found.measures] == [
        ("ทำป้ายบอกทาง", 2, ["กองช่าง"]),
        ("ทบทวนแบบคำขอ", 2, ["กองช่าง"]),
    ]
    assert [str(one.due or one.end) for one in found.obligations if one.basis == "stated"] == [
        "2026-01-31",
        "2026-03-31",
    ]


@pytest.mark.parametrize(
    "rows",
    [
        [("มาตรการ", *PARTS), ("ทำป้าย", "ออกแบบ", "กองช่าง", "ม.ค. ๖๙"), ("ทบทวน", "ประชุม", "กองคลัง", "ก.พ. ๖๙")],
        [("มาตรการ", "ทำป้าย", "มาตรการ", "ทบทวน"), *((part, "ออกแบบ", part, "ประชุม") for part in PARTS)],
    ],
)
def test_a_table_that_stands_upright_and_cards_side_by_side_are_left_alone(rows):
    told = [one.title for one in plan(*rows).measures]
    assert "ออกแบบ" not in told
