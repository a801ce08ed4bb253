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
        (("ประเด็นที่ต้องพัฒนา", "แนวทาง/มาตรการ", "ผู้รับผิดชอบ", "กรอบเวลา"), 1, None, 2, 3, None),
        (("มาตรการ", "กิจกรรม/ขั้นตอน", "เป้าหมาย", "งบประมาณ", "ผู้ปฏิบัติ", "เวลา"), 0, 1, 4, 5, None),
        (("แผนงาน/โครงการ", "กิจกรรม", "ตัวชี้วัดความสำเร็จ", "ผู้รับผิดชอบ"), 0, 1, 3, None, None),
        (("มาตรการและวิธีดำเนินการ", "ผู้รับผิดชอบและระยะเวลา"), 0, 0, 1, 1, None),
        (("ชื่อมาตรการ", "รายละเอียด", "สำนัก/กอง", "เริ่มต้น", "สิ้นสุด"), 0, 1, 2, 3, None),
        (("การดำเนินการ", "ขั้นตอน/วิธีการ", "ผู้รับผิดชอบหลัก", "ช่วงเวลา"), 0, 1, 2, 3, None),
        (("หัวข้อ", "วิธีการปฏิบัติ", "ผู้ที่เกี่ยวข้อง", "การกำกับติดตาม"), 0, 1, 2, None, 3),
        (("มาตรการ", "รายละเอียดขั้นตอน", "ผู้รับผิดชอบ", "ผู้สนับสนุน", "กรอบเวลา", "ช่องทางรายงาน"), 0, 1, 2, 4, 5),
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
        ("ประเด็นการประเมิน", "ผลการวิเคราะห์", "แนวทางการพัฒนา", "ผู้เกี่ยวข้อง"),
        ("ประเด็นการประเมิน", "ข้อบกพร่อง", "แนวทางแก้ไข"),
        ("ตัวชี้วัดย่อย", "ข้อ", "ผู้รับผิดชอบ", "หมายเหตุ"),
        ("ชื่อ-สกุล", "ตำแหน่ง", "หน้าที่ความรับผิดชอบ"),
        ("๑. มาตรการเผยแพร่ข้อมูล", "แต่งตั้งผู้รับผิดชอบ", "สำนักปลัด"),
        ("มาตรการ" * 20, "ขั้นตอน", "ผู้รับผิดชอบ"),
        ("", ""),
    ],
)
def test_a_table_of_scores_an_analysis_or_a_row_of_content_is_no_header(header):
    assert columns(*header) is None


def test_a_column_of_results_marks_a_report_and_ticked_columns_are_named():
    assert columns("มาตรการ", "ขั้นตอน", "ผู้รับผิดชอบ", "ผลการดำเนินงาน").results
    ticked = columns("มาตรการ", "ผู้รับผิดชอบ", "ต.ค.", "พ.ย.", "ธ.ค.")
    assert ticked.periods == ((2, "ต.ค."), (3, "พ.ย."), (4, "ธ.ค."))


def test_a_second_owner_is_a_helper():
    assert columns("มาตรการ", "หน่วยงานหลัก", "หน่วยงานสนับสนุน").helpers == (2,)


@pytest.mark.parametrize(
    ("names", "time", "until", "opens"),
    [
        (("เริ่มต้น", "สิ้นสุด"), 2, 3, True),
        (("วันเริ่มต้น", "วันสิ้นสุด"), 2, 3, True),
        (("ระยะเวลาเริ่มต้น", "ระยะเวลาสิ้นสุด"), 2, 3, True),
        (("วันที่เริ่มดำเนินการ", "วันที่แล้วเสร็จ"), 2, 3, True),
        (("ตั้งแต่วันที่", "ถึงวันที่"), 2, 3, True),
        (("กำหนดแล้วเสร็จ", "งบประมาณ"), 2, None, False),
        (("ระยะเวลา (เริ่มต้น-สิ้นสุด)", "งบประมาณ"), 2, None, False),
        (("ระยะเวลา", "กำหนดเสร็จสิ้น"), 2, 3, False),
        (("วันเริ่มโครงการ", "งบประมาณ"), 2, None, True),
    ],
)
def test_a_beginning_is_told_from_its_end_and_from_a_time(names, time, until, opens):
    found = columns("มาตรการ", "ผู้รับผิดชอบ", *names)
    assert (found.time, found.until, found.opens) == (time, until, opens)


@pytest.mark.parametrize(
    "name", ["กำหนดรายงาน", "กำหนดส่งรายงาน", "วันที่รายงาน", "ระยะเวลาการรายงานผล", "รายงาน", "รอบการรายงาน"]
)
def test_a_column_of_report_dates_is_a_follow_up_and_not_the_time_of_the_measure(name):
    found = columns("มาตรการ", "ผู้รับผิดชอบ", "ระยะเวลา", name)
    assert (found.time, found.monitor) == (2, 3)


def test_every_column_of_follow_up_is_kept():
    found = columns("มาตรการ", "ผู้รับผิดชอบ", "การรายงานผล", "ผู้กำกับติดตาม")
    assert [n for n, _ in found.monitors] == [2, 3]
