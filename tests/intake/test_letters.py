"""The head of a letter or memo, however its fields stand on lines."""

from datetime import date

from tracker.domain.plans import Document, Source
from tracker.intake.layout import Layout, Paragraph
from tracker.intake.letters import read_letter

NUMBER = "ที่ ตย ๐๑๐๒/ว ๔๗"
DAY = "วันที่ ๑๒ มกราคม ๒๕๖๙"
SUBJECT = "เรื่อง มาตรการส่งเสริมคุณธรรมและความโปร่งใส"
TO = "เรียน ผู้อำนวยการกอง"


def document(*lines: str) -> Document:
    paragraphs = tuple(Paragraph(text, n) for n, text in enumerate(lines, start=1))
    return read_letter(Layout(Source("letter.pdf", "", "pdf"), paragraphs)).document


def test_number_and_day_may_share_a_line_with_many_blanks_between_them():
    found = document(f"{NUMBER}{' ' * 30}{DAY}", SUBJECT, TO)
    assert (found.number, found.date) == ("ตย ๐๑๐๒/ว ๔๗", date(2026, 1, 12))


def test_day_and_subject_may_share_a_line():
    found = document(NUMBER, f"{DAY} {SUBJECT}", TO)
    assert (found.date, found.subject) == (date(2026, 1, 12), SUBJECT.removeprefix("เรื่อง "))


def test_the_whole_head_may_share_a_line():
    found = document(f"{NUMBER} {DAY} {SUBJECT}", TO)
    assert (found.date, found.subject) == (date(2026, 1, 12), SUBJECT.removeprefix("เรื่อง "))


def test_a_subject_goes_on_below_and_keeps_the_year_that_was_cut_off():
    found = document(f"{NUMBER} {DAY}", SUBJECT, "ภายในหน่วยงาน ประจำปีงบประมาณ พ.ศ.", "๒๕๖๙", TO)
    assert found.subject == "มาตรการส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน ประจำปีงบประมาณ พ.ศ. ๒๕๖๙"


def test_a_row_of_dots_is_no_part_of_the_subject():
    assert document(f"{NUMBER} {DAY}", f"{SUBJECT}..............", TO).subject == SUBJECT.removeprefix("เรื่อง ")


def test_a_bare_day_below_the_time_of_a_stamp_is_the_letters_own():
    stamp = ("รับที่ ๑๒", "วันที่ ๑๔ ม.ค. ๒๕๖๙", "เวลา ๑๐.๓๐ น.")
    assert document(NUMBER, *stamp, "๑๓ มกราคม ๒๕๖๙", SUBJECT, TO).date == date(2026, 1, 13)


def test_the_day_of_a_stamp_is_not_the_letters():
    assert document(
        NUMBER, "๑๓ มกราคม ๒๕๖๙", "ตราครุฑ", "รับที่ ๑๒", "วันที่ ๑๔ ม.ค. ๒๕๖๙", "เวลา ๑๐.๓๐ น.", SUBJECT
    ).date == date(2026, 1, 13)


def test_the_office_may_stand_beside_the_number():
    found = document(f"{NUMBER} สำนักงานสมมติจังหวัดทดลอง", "ถนนริมน้ำ ตย ๔๐๐๐๐", "๑๒ มกราคม ๒๕๖๙", SUBJECT, TO)
    assert (found.number, found.date) == ("ตย ๐๑๐๒/ว ๔๗", date(2026, 1, 12))


def test_an_order_has_its_number_below_its_name_and_its_day_below_its_text():
    found = document("คำสั่งเทศบาลเมืองทดลอง", "ที่ ๓๑๒/๒๕๖๘", SUBJECT, "สั่ง ณ วันที่ ๔ พฤศจิกายน พ.ศ. ๒๕๖๘")
    assert found == Document("๓๑๒/๒๕๖๘", date(2025, 11, 4), SUBJECT.removeprefix("เรื่อง "))


def test_a_table_of_contents_names_no_subject_and_a_rule_ends_one():
    found = document("เรื่อง หน้า", SUBJECT, "......................", "ประกาศ ณ วันที่ ๔ พฤศจิกายน พ.ศ. ๒๕๖๘")
    assert found.subject == SUBJECT.removeprefix("เรื่อง ")
