"""Whose plan it is: the body named in the title, not the office that wrote it nor the ministry above it."""

import pytest

from tracker.domain.plans import Source
from tracker.intake.agency import read_agency
from tracker.intake.layout import Layout, Paragraph

TITLE = "มาตรการส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน"


def agency(*lines: str) -> str | None:
    paragraphs = tuple(Paragraph(text, n) for n, text in enumerate(lines, start=1))
    return read_agency(Layout(Source("plan.txt", "", "txt"), paragraphs)).name


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ((TITLE, "กรมตัวอย่างพืชสวน กระทรวงสมมติเกษตร"), "กรมตัวอย่างพืชสวน"),
        ((TITLE, "มหาวิทยาลัยสมมติสยาม", "ปีงบประมาณ ๒๕๖๙", "จัดทำโดย กองแผนงาน สำนักงานอธิการบดี"), "มหาวิทยาลัยสมมติสยาม"),
        ((TITLE, "สำนักงานอธิการบดี มหาวิทยาลัยสมมติสยาม"), "มหาวิทยาลัยสมมติสยาม"),
        ((TITLE, "สำนักงานเขตพื้นที่การศึกษามัธยมศึกษาสมมติ เขต ๒"), "สำนักงานเขตพื้นที่การศึกษามัธยมศึกษาสมมติ เขต ๒"),
        ((TITLE, "ศูนย์อนามัยจำลองที่ ๑๔ จังหวัดตัวอย่าง"), "ศูนย์อนามัยจำลองที่ ๑๔"),
        ((TITLE, "สำนักงานสรรพสิ่งภาค ๓ ประจำปีงบประมาณ พ.ศ. ๒๕๖๙"), "สำนักงานสรรพสิ่งภาค ๓"),
        ((TITLE, "สถาบันทดลองดาว (องค์การมหาชน) ประจำปีงบประมาณ พ.ศ. ๒๕๖๙"), "สถาบันทดลองดาว (องค์การมหาชน)"),
        ((TITLE, "เทศบาลตำบลสมมติเหนือ................................"), "เทศบาลตำบลสมมติเหนือ"),
        (("ส่วนงาน สำนักอำนวยการ", f"เรื่อง {TITLE}", TITLE, "สถาบันทดลองดาว", "สถาบันได้คะแนนรวม"), "สถาบันทดลองดาว"),
        ((f"{TITLE} อบต.ทดลองใต้", "เผยแพร่บนเว็บไซต์ของสถาบันต่อไป"), "อบต.ทดลองใต้"),
    ],
)
def test_the_agency_is_the_whole_body_named_in_the_title(lines, expected):
    assert agency(*lines) == expected


def test_the_start_of_a_sentence_is_no_agency():
    assert agency("ผลการประเมิน", "ปีก่อน สถาบันได้", "จึงแจ้งกรมทราบ", "และจังหวัดดังกล่าว") is None


@pytest.mark.parametrize(
    "name",
    [
        "โรงเรียนบ้านทดลอง (ประชาร่วมใจ)",
        "บริษัท เดินเรือสมมติ จำกัด",
        "บริษัท ท่าเรือจำลอง จำกัด (มหาชน)",
        "ที่ทำการปกครองอำเภอสมมติ",
    ],
)
def test_a_name_is_whole_with_its_brackets_and_its_kind(name):
    assert agency(name, f"{TITLE} ประจำปีงบประมาณ พ.ศ. ๒๕๖๙") == name
    assert agency(f"{TITLE} ประจำปีงบประมาณ พ.ศ. ๒๕๖๙ ของ{name}") == name
