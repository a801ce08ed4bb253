"""What the sentences around a plan ask of everybody, and what they only tell."""

import pytest

from tracker.intake.duties import letter_duties
from tracker.intake.layout import Paragraph


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
