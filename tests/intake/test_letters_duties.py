"""What the sentences around a plan ask of everybody, and what they only tell."""

import pytest

from tracker.intake.layout import Paragraph
from tracker.intake.letter_duties import letter_duties


def asked(sentence: str) -> list[str]:
    found = letter_duties([Paragraph(sentence, 5)], (1, 2), None, 2569).obligations
    return [str(one.due or ",".join(one.periods) or one.rule) for one in found if one.kind == "report"]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("โดยให้รายงานผลให้สำนักปลัดทราบ ภายในวันที่ ๕ เมษายน ๒๕๖๙", ["2026-04-05"]),
        (
            "กำหนดให้รายงานผล ๒ ครั้ง ครั้งที่ ๑ ภายในเดือนมีนาคม ๒๕๖๙ ครั้งที่ ๒ ภายในเดือนกันยายน ๒๕๖๙",
            ["2026-03-31", "2026-09-30"],
        ),
        ("ให้ทุกส่วนราชการรายงานผล รอบ ๖ เดือน และรอบ ๑๒ เดือน ต่อปลัดเทศบาล", ["6-month,12-month"]),
        ("มอบหมายให้ผู้รับผิดชอบรายงานความก้าวหน้าทุกเดือน", ["monthly"]),
        ("ขอความอนุเคราะห์จัดส่งรายงานผลภายในวันศุกร์ที่ ๒๗ มีนาคม ๒๕๖๙", ["2026-03-27"]),
        ("ขอให้หน่วยงานส่งแบบรายงานผลมายังกองกลาง ก่อนวันที่ ๑ เมษายน ๒๕๖๙", ["2026-03-31"]),
        ("ผู้รับผิดชอบต้องรายงานผลให้ปลัดทราบภายใน ๓๑ มีนาคม ๒๕๖๙", ["2026-03-31"]),
        ("- รายงานผลการกำกับติดตามให้ผู้บริหารทราบ ภายในวันที่ ๓๐ เมษายน ๒๕๖๙", ["2026-04-30"]),
        ("ให้รายงานผลภายใน มี.ค. ๖๙ และ ก.ย. ๖๙", ["2026-03-31", "2026-09-30"]),
        ("ผลการประเมินพบว่าหน่วยงานรายงานผลรอบ ๖ เดือน ล่าช้า", []),
        ("สำนักงาน ป.ป.ช. แจ้งให้หน่วยงานรายงานผลภายในวันที่ ๓๐ เมษายน ๒๕๖๘", []),
        ("รายงานผลการดำเนินงาน รอบ ๖ เดือน", []),
    ],
)
def test_a_sentence_asks_for_the_reports_that_it_dates(sentence, expected):
    assert asked(sentence) == expected


def demands(sentence: str) -> list[tuple[str, str, str | None, tuple[int, ...]]]:
    found = letter_duties([Paragraph(sentence, 5)], (1, 2), None, 2569).obligations
    return [(one.kind, str(one.due), one.actor, one.measures) for one in found]


@pytest.mark.parametrize(
    ("sentence", "unit"),
    [
        ("ให้กองแผนงานรวบรวมรายงานผลเสนออธิการบดีภายในวันที่ ๓๑ มีนาคม ๒๕๖๙", "กองแผนงาน"),
        ("มอบหมายให้งานธุรการ เป็นผู้สรุปรายงานผลต่อนายกภายในวันที่ ๓๑ มีนาคม ๒๕๖๙", "งานธุรการ"),
        ("- กลุ่มอำนวยการรวบรวมและรายงานผลต่อผู้ตรวจภายในวันที่ ๓๑ มีนาคม ๒๕๖๙", "กลุ่มอำนวยการ"),
    ],
)
def test_a_duty_of_one_named_unit_is_that_units_and_nobody_elses(sentence, unit):
    assert demands(sentence) == [("report", "2026-03-31", unit, ())]


@pytest.mark.parametrize(
    "who",
    ["ทุกกอง", "สำนัก/กอง", "หน่วยงานผู้รับผิดชอบ", "กลุ่ม/หน่วย และโรงเรียนในสังกัด", "เจ้าหน้าที่ผู้รับผิดชอบ", "กองคลัง และกองช่าง"],
)
def test_a_duty_of_units_as_such_is_everybodys(who):
    assert demands(f"ให้{who}รายงานผลตามมาตรการให้กองแผนงานรวบรวมภายในวันที่ ๓๑ มีนาคม ๒๕๖๙") == [
        ("report", "2026-03-31", None, (1, 2))
    ]


def test_one_sentence_may_ask_everybody_for_reports_and_one_unit_for_their_publication():
    sentence = (
        "ให้ทุกกลุ่มรายงานผลภายในวันที่ ๒๐ มีนาคม ๒๕๖๙ และให้กลุ่มอำนวยการรวบรวมเสนอผู้บริหาร เพื่อเผยแพร่บนเว็บไซต์ภายในเดือนเมษายน ๒๕๖๙"
    )
    assert demands(sentence) == [
        ("report", "2026-03-20", None, (1, 2)),
        ("publish", "2026-04-30", "กลุ่มอำนวยการ", ()),
    ]


def test_a_day_of_the_older_of_two_years_is_no_history():
    line = [Paragraph("ให้ทุกกองรายงานผลภายในวันที่ ๒๐ มีนาคม ๒๕๖๘", 5)]
    assert not letter_duties(line, (1,), None, 2569).obligations
    assert [one.due.year for one in letter_duties(line, (1,), None, 2569, since=2568).obligations if one.due] == [2025]


def test_duties_around_measures_that_were_not_found_are_shown_all_the_same():
    line = [Paragraph("ให้ทุกกองรายงานผลภายในวันที่ ๒๐ มีนาคม ๒๕๖๙", 5)]
    assert [(one.measures, str(one.due)) for one in letter_duties(line, (), None, 2569).obligations] == [
        ((), "2026-03-20")
    ]


@pytest.mark.parametrize("who", ["หน่วยงาน", "หน่วยงานที่เกี่ยวข้อง", "หัวหน้ากลุ่มงานที่รับผิดชอบ", "ส่วนราชการ"])
def test_words_for_whoever_is_meant_name_no_single_unit(who):
    assert demands(f"ให้{who}รายงานผลการดำเนินการตามมาตรการให้กองแผนงานภายในวันที่ ๓๑ มีนาคม ๒๕๖๙") == [
        ("report", "2026-03-31", None, (1, 2))
    ]
