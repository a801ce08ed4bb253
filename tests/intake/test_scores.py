"""The total and the grade of last year's result, in sentences and in tables."""

import pytest

from tracker.domain.plans import Assessment, Source
from tracker.intake.layout import Cell, Layout, Paragraph, Row, Table
from tracker.intake.scores import read_scores


def prose(*lines: str) -> Assessment:
    paragraphs = tuple(Paragraph(text, n) for n, text in enumerate(lines, start=1))
    return read_scores(Layout(Source("plan.pdf", "", "pdf"), paragraphs)).assessment


def table(*rows: tuple[str, ...], note: str = "") -> Assessment:
    block = Table(tuple(Row(tuple(Cell((text,) if text else ()) for text in row), n) for n, row in enumerate(rows, 1)))
    blocks = (block, Paragraph(note, len(rows) + 1)) if note else (block,)
    return read_scores(Layout(Source("plan.xlsx", "", "xlsx"), blocks)).assessment


def result(found: Assessment) -> tuple[float | None, str | None]:
    return found.score, found.grade


@pytest.mark.parametrize(
    "compared",
    [
        "ลดลงจากปีงบประมาณ พ.ศ. ๒๕๖๗ ซึ่งได้ ๙๔.๑๕ คะแนน",
        "เพิ่มขึ้นจากปีก่อนซึ่งได้คะแนน ๘๐.๒๐ ระดับ B",
        "เมื่อเทียบกับปี ๒๕๖๗ ที่ได้รับคะแนน ๘๘.๘๘ ระดับ A",
    ],
)
def test_a_score_that_the_total_is_compared_with_is_not_the_total(compared):
    found = prose(f"ปีงบประมาณ พ.ศ. ๒๕๖๘ หน่วยงานได้คะแนนรวม ๙๑.๓๐ คะแนน อยู่ในระดับ A {compared}")
    assert (result(found), found.fiscal_year) == ((91.3, "A"), 2568)


def test_a_rise_that_is_told_from_the_old_score_to_the_new_gives_the_new():
    assert result(prose("ปี ๒๕๖๘ คะแนนเพิ่มขึ้นจาก ๘๐.๒๐ คะแนน เป็น ๙๑.๓๐ คะแนน ระดับ A")) == (91.3, "A")


def test_a_sentence_that_a_narrow_column_breaks_is_read_as_one():
    found = prose("ผลการประเมินประจำ", "ปีงบประมาณ พ.ศ. ๒๕๖๘ หน่วยงานได้", "คะแนนรวม ๙๑.๓๐ คะแนน อยู่ใน", "ระดับ", "A ซึ่งดีมาก")
    assert (result(found), found.fiscal_year) == ((91.3, "A"), 2568)


def test_the_scored_year_may_stand_behind_the_score():
    found = prose("หน่วยงานได้คะแนนรวม ๙๑.๓๐ คะแนน ระดับ A ในปีงบประมาณ พ.ศ. ๒๕๖๘ ลดลงจากปี ๒๕๖๗ ซึ่งได้ ๙๒.๐๐ คะแนน")
    assert (result(found), found.fiscal_year) == ((91.3, "A"), 2568)


def test_a_target_is_no_score():
    note = "ค่าเป้าหมายตามแผนแม่บท ร้อยละ 100 ของหน่วยงานได้ผลการประเมินผ่านเกณฑ์ 85 คะแนน ภายในปี 2570"
    found = table(("ตัวชี้วัด", "คะแนน"), ("การใช้อำนาจ", "91.30"), ("คะแนนรวม 91.30 ระดับ A",), note=note)
    assert result(found) == (91.3, "A")


@pytest.mark.parametrize("words", ["ระดับ", "ระดับผลการประเมิน", "ผลการประเมินระดับ", "เกรด"])
def test_a_grade_may_stand_in_a_row_of_its_own_below_the_total(words):
    found = table(("ตัวชี้วัด", "คะแนน"), ("การใช้อำนาจ", "91.30"), ("คะแนนรวม", "91.30"), (words, "A"))
    assert result(found) == (91.3, "A")


def test_the_grade_of_the_scored_year_is_taken_where_two_years_stand_side_by_side():
    found = table(
        ("ตัวชี้วัด", "คะแนน ปี 2567", "คะแนน ปี 2568"),
        ("การใช้อำนาจ", "80.00", "96.00"),
        ("คะแนนรวม", "80.00", "96.00"),
        ("ระดับผลการประเมิน", "B", "AA"),
    )
    assert (result(found), found.fiscal_year) == ((96.0, "AA"), 2568)


@pytest.mark.parametrize(
    ("told", "grade"),
    [
        ("อยู่ในระดับ “ผ่าน” (B)", "B"),
        ("คะแนน ระดับผ่านดี (A)", "A"),
        ("(A)", "A"),
        ("คะแนน เกรด A", "A"),
        ('คะแนน ระดับ "ผ่านดี"', "ผ่านดี"),
    ],
)
def test_a_grade_is_known_in_quotes_and_brackets_and_a_letter_beside_its_words_is_the_grade(told, grade):
    assert result(prose(f"ผลการประเมินปีงบประมาณ พ.ศ. ๒๕๖๘ ได้คะแนนภาพรวม ๘๖.๒๐ {told}")) == (86.2, grade)


def test_a_year_with_a_score_of_its_own_is_not_the_totals():
    found = prose("ผลการประเมิน ITA ประจำปีงบประมาณ พ.ศ. 2568", "", "เทศบาลได้ 81.40 คะแนน ระดับ B (ปี 2567 : 77.10 คะแนน)")
    assert (result(found), found.fiscal_year) == ((81.4, "B"), 2568)


def test_a_year_by_which_all_shall_pass_is_not_the_scored_one():
    aim = "กำหนดให้หน่วยงานร้อยละ 100 มีผลการประเมินผ่านเกณฑ์ภายในปี พ.ศ. 2573"
    heading = "ผลการประเมิน ITA ประจำปีงบประมาณ พ.ศ. 2568"
    assert prose(aim, heading, "องค์การได้คะแนนรวม 93.10 คะแนน ระดับ A").fiscal_year == 2568


@pytest.mark.parametrize(
    "header",
    [
        (("ตัวชี้วัด", "ผลคะแนน", "", ""), ("", "ปี 2566", "ปี 2567", "ปี 2568")),
        (("ตัวชี้วัด", "2566", "2567", "2568"),),
        (("ตัวชี้วัด", "คะแนนปี 2566", "คะแนนปี 2568", "เป้าหมายปี 2569"),),
    ],
)
def test_of_several_years_the_scored_ones_column_is_taken(header):
    column = [text[-4:] for text in header[-1]].index("2568")
    scores = ("61.00", "71.00", "99.00")
    row = ("๑. การปฏิบัติหน้าที่", *scores[: column - 1], "81.00", *scores[column:])
    found = table(*header, row, note="ปีงบประมาณ พ.ศ. 2568 ได้คะแนนรวม 85.50 คะแนน ระดับ A")
    assert [one.score for one in found.indicators] == [81.0]
