"""What the words beside a time say: who does it, which round a day is for, and what is only a document's name."""

import pytest

from tracker.domain.plans import Obligation
from tracker.intake.duties import measure_duties
from tracker.intake.layout import Cell, Paragraph
from tracker.intake.letter_duties import letter_duties
from tracker.intake.measures import MeasureRow

FY = 2568


def owed(monitor: str = "", steps: str = "", owners: tuple[str, ...] = ()) -> list[Obligation]:
    cells = {"monitor": Cell((monitor,) if monitor else ()), "steps": Cell((steps,) if steps else ())}
    row = MeasureRow("1", "มาตรการสมมุติ", None, cells["steps"], Cell(owners), Cell(), cells["monitor"], 3)
    return list(measure_duties(row, 1, FY).obligations)


def told(duties: list[Obligation]) -> list[str]:
    return [" ".join(filter(None, (one.rule, str(one.due or ""), *one.periods))) for one in duties]


@pytest.mark.parametrize(
    "addressee", ["ต่อสำนักบริหารและแผน", "ให้งานแผนทราบ", "เสนอคณะกรรมการบริหาร", "ส่งไปยังกลุ่มตรวจสอบและประเมินผล"]
)
def test_the_addressee_between_a_round_and_its_day_does_not_part_them(addressee: str) -> None:
    words = f"รายงานผล รอบ ๙ เดือน {addressee} ภายในวันที่ ๘ กรกฎาคม ๒๕๖๘"
    asked = letter_duties([Paragraph(f"ขอให้ทุกฝ่าย{words}", 5)], (1, 2), None, FY).obligations
    assert told(owed(words)) == told(list(asked)) == ["due 2025-07-08 9-month"]


def test_two_rounds_before_one_day_are_not_joined_with_it() -> None:
    words = "รายงานรอบ ๖ เดือน และรอบ ๑๒ เดือน ต่อผู้อำนวยการ ภายในวันที่ ๘ ตุลาคม ๒๕๖๘"
    assert told(owed(words))[0] == "periodic 6-month 12-month"


@pytest.mark.parametrize("words", ["รายงานผลการจัดหาพัสดุประจำปี", "รายงานผลการจัดหาพัสดุเป็นประจำทุกปี"])
def test_a_yearly_report_with_its_day_is_owed_on_that_day_only(words: str) -> None:
    assert told(owed(f"{words} ภายในเดือนตุลาคม ๒๕๖๘")) == ["due 2025-10-31"]


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        ("จัดทำแผนการจัดหาพัสดุรายไตรมาสและเวียนให้ทราบ", []),
        ("ทบทวนบัญชีครุภัณฑ์รายเดือน", []),
        ("รายงานผลการใช้งบประมาณรายเดือน", ["monthly"]),
        ("ติดตามการใช้จ่ายตามแผนรายเดือน", ["monthly"]),
        ("เผยแพร่งบทดลองรายเดือน", ["monthly"]),
        ("ปรับปรุงแผนเป็นรายเดือน", ["monthly"]),
    ],
)
def test_a_frequency_in_a_documents_name_is_no_cadence(step: str, expected: list[str]) -> None:
    assert told(owed(steps=step)) == expected


@pytest.mark.parametrize(
    ("words", "actor"),
    [
        ("กองพัสดุรายงานผลต่อเลขาธิการ", "กองพัสดุ"),
        ("กองพัสดุ ตรวจนับและรายงานผล", "กองพัสดุ"),
        ("ฝ่ายนิติกรรมสรุปผลเสนอเลขาธิการ", "ฝ่ายนิติกรรม"),
        ("กองพัสดุและกองแผนรายงานผล", None),
        ("กองพัสดุกลางรายงานผล", "กองพัสดุกลาง"),
        ("รายงานผลให้กองพัสดุ", None),
        ("ทุกกองรายงานผล", None),
    ],
)
def test_a_duty_that_begins_with_one_units_name_is_that_units(words: str, actor: str | None) -> None:
    (duty,) = owed(f"{words} ภายในเดือนมิถุนายน ๒๕๖๘", owners=("กองพัสดุ", "กองแผน"))
    assert duty.actor == actor


@pytest.mark.parametrize("what", ["ส่งสรุปผลงานพร้อมรูปถ่าย", "สรุปผลการดำเนินกิจกรรม", "ส่งแบบสรุปกิจกรรม"])
def test_a_summary_of_results_is_a_report_where_it_is_asked_for(what: str) -> None:
    line = f"{what}ให้งานบุคคล ภายในวันจันทร์ที่ 10 มีนาคม 2568"
    (asked,) = letter_duties([Paragraph(f"จึงขอให้ผู้รับผิดชอบ{line}", 5)], (1, 2), None, FY).obligations
    assert (asked.kind, str(asked.due), asked.measures) == ("report", "2025-03-10", (1, 2))
    assert letter_duties([Paragraph(line, 5)], (1, 2), None, FY).obligations == ()
