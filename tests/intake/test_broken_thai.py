import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.intake.broken_thai import repaired


@pytest.mark.parametrize(
    ("broken", "right"),
    [
        ("ส านักปลัด", "สำนักปลัด"),
        ("ก ำหนด", "กำหนด"),
        ("ก\u0e4d\u0e32หนด", "กำหนด"),
        ("ท างาน", "ทำงาน"),
        ("น ามาใช้", "นำมาใช้"),
        ("ประจ าปี", "ประจำปี"),
        ("ส ารวจ", "สำรวจ"),
        ("ก าลัง", "กำลัง"),
        ("ค าสั่ง", "คำสั่ง"),
        ("อ านาจ", "อำนาจ"),
        ("ต าบล อ าเภอ", "ตำบล อำเภอ"),
        ("ต่ าสุด", "ต่ำสุด"),
        ("ดำาเนินการ", "ดำเนินการ"),
        ("น\u0e4d\u0e49า", "น้ำ"),
        ("น้\u0e4dา", "น้ำ"),
        ("ก(cid:12)าหนด", "กำหนด"),
        ("ก\ufffdาหนด", "กำหนด"),
        ("แนะน า", "แนะนำ"),
        ("จัดท า แผน", "จัดทำ แผน"),
        ("ก าร", "การ"),
        ("ม าตรการ", "มาตรการ"),
        ("สื่อส าร", "สื่อสาร"),
        ("หน้ าที่", "หน้าที่"),
        ("ท ี่", "ที่"),
        ("ท\u0e48\u0e35", "ที่"),
        ("ที่่", "ที่"),
        ("ท\uf701\uf70a", "ทิ่"),
        ("\uf0b7 สำรวจ", "• สำรวจ"),
        ("\uf0fc", "✓"),
    ],
)
def test_broken_thai_is_mended(broken, right):
    assert repaired(broken) == right


@pytest.mark.parametrize(
    "text",
    [
        "การป้องกันการทุจริต ตามอำนาจหน้าที่ของนายกองค์การบริหารส่วนตำบล",
        "ภายในเดือน มกราคม - มีนาคม ๒๕๖๙ ณ ที่ว่าการอำเภอ",
        "งบประมาณ ๑๐,๐๐๐ บาท (หนึ่งหมื่นบาทถ้วน)",
        "ง บ ป ร ะ ม า ณ",
        "น้ำ ค่ำ ซ้ำ ต่ำ ย้ำ ประจำ นำ ทำ ถ้ำ",
        "E-mail: ita@example.go.th โทร. ๐-๒๑๒๓-๔๕๖๗",
        "",
    ],
)
def test_what_is_right_is_not_touched(text):
    assert repaired(text) == text


@given(st.text(alphabet="กสทนมำา่้ี \u0e4d\ufffdabc1", max_size=30))
def test_mending_twice_is_mending_once_and_no_letter_is_lost(text):
    once = repaired(text)
    assert sum(map(once.count, "กสทนมabc1")) == sum(map(text.count, "กสทนมabc1"))
