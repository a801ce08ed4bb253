import pytest

from tracker.intake.headers import measure_columns
from tracker.intake.layout import Cell, Row


def columns(*texts: str):
    return measure_columns(Row(tuple(Cell((text,) if text else ()) for text in texts), 1))


@pytest.mark.parametrize(
    ("header", "title", "steps", "owner", "time", "monitor"),
    [
        (("มาตรการ", "ขั้นตอนและวิธีการปฏิบัติ", "หน่วยงานผู้รับผิดชอบ"), 0, 1, 2, None, None),
        (("มาตรการ/แนวทาง", "วิธีดำเนินการ", "ผู้รับผิดชอบ", "ระยะเวลา", "การติดตาม/การรายงานผล"), 0, 1, 2, 3, 4),
        (("ที่", "ผู้รับผิดชอบ", "กำหนดแล้วเสร็จ", "มาตรการ", "ขั้นตอน"), 3, 4, 1, 2, None),
        (("ประเด็นข้อบกพร่อง", "ขั้นตอนหรือวิธีการ/มาตรการ", "ผู้รับผิดชอบ", "การรายงานผล กำหนดเวลาแล้วเสร็จ"), 0, 1, 2, None, 3),
        (("มาตรการ", "แนวทางการดำเนินงาน", "ผู้รับผิดชอบ", "แนวทางการกำกับติดตาม"), 0, 1, 2, None, 3),
        (("ประเด็นที่ต้องพัฒนา", "แนวทาง", "หน่วยงานรับผิดชอบ"), 0, 1, 2, None, None),
        (("ประเด็นที่ต้องพัฒนา", "มาตรการ", "วิธีการ", "ผู้รับผิดชอบ"), 1, 2, 3, None, None),
        (("โครงการ/กิจกรรม", "ขั้นตอนการดำเนินงาน", "ห้วงเวลา", "ผู้กำกับติดตาม"), 0, 1, None, 2, 3),
    ],
)
def test_columns_are_known_by_meaning_in_any_order(header, title, steps, owner, time, monitor):
    found = columns(*header)
    assert found is not None
    assert (found.title, found.steps, found.owner, found.time, found.monitor) == (title, steps, owner, time, monitor)


@pytest.mark.parametrize(
    "header",
    [
        ("ลำดับที่", "ตัวชี้วัด", "คะแนน"),
        ("ตัวชี้วัด", "ประเด็นการประเมินที่ต้องพัฒนา", "วิธีการพัฒนา"),
        ("เรื่อง", "หน้า"),
        ("๑. มาตรการเผยแพร่ข้อมูล", "แต่งตั้งผู้รับผิดชอบ", "สำนักปลัด"),
        ("มาตรการ" * 20, "ขั้นตอน", "ผู้รับผิดชอบ"),
        ("", ""),
    ],
)
def test_a_table_of_scores_an_analysis_or_a_row_of_content_is_no_header(header):
    assert columns(*header) is None
