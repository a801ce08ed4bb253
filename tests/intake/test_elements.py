import pytest

from tracker.domain.plans import Assessment, Source
from tracker.intake.elements import element_doubts
from tracker.intake.layout import Cell, Layout, Paragraph, Row, Table


def missing(*texts: str, assessment: Assessment | None = None) -> list[str]:
    blocks = tuple(Paragraph(text, n) for n, text in enumerate(texts, start=1))
    layout = Layout(Source("plan.txt", "", "txt"), blocks)
    return [doubt.code for doubt in element_doubts(layout, assessment or Assessment(2565, 90.0, "A"))]


def test_a_document_without_any_of_them_lacks_all_three() -> None:
    assert missing("มาตรการ", assessment=Assessment()) == ["no-analysis", "no-urgent-defects", "no-improvement-points"]


def test_what_the_document_says_is_not_missed_however_it_is_spaced() -> None:
    assert missing("๒.๑ ข้อ บกพร่อง ที่ต้องแก้ไข", "๒.๒ ประเด็นที่จะต้อง พัฒนาให้ดีขึ้น") == []


def test_a_heading_inside_a_table_counts() -> None:
    rows = (Row((Cell(("จุดอ่อน",)), Cell(("ควรพัฒนา",))), 3),)
    layout = Layout(Source("plan.txt", "", "txt"), (Table(rows),))
    assert list(element_doubts(layout, Assessment(2565, 90.0, "A"))) == []


@pytest.mark.parametrize("heading", ["ประเด็นที่ควรปรับปรุง", "ประเด็นที่ต้อง ปรับปรุง", "ประเด็นที่จะต้องปรับปรุง"])
def test_points_that_should_be_improved_are_weaknesses_too(heading: str) -> None:
    assert missing(f"๒.๒ {heading}") == []


def test_a_point_that_should_be_developed_is_no_defect() -> None:
    assert missing("ประเด็นที่ควรพัฒนา") == ["no-urgent-defects"]


def test_a_heading_of_urgent_points_names_the_defects() -> None:
    assert missing("๒. สรุปประเด็นเร่งด่วน", "ควรพัฒนา") == []
