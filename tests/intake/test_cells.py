import pytest

from tracker.intake.items import inline_numbers, numbered, step_items
from tracker.intake.layout import Cell
from tracker.intake.markup import cell_parts, dash_items
from tracker.intake.owners import read_owners


def test_items_of_a_list_are_parts():
    assert cell_parts("<ul><li>- จัดทำคู่มือ</li> <li>- เผยแพร่</li></ul>") == ("- จัดทำคู่มือ", "- เผยแพร่")


def test_text_after_a_closed_list_belongs_to_its_last_item():
    assert cell_parts("<ul><li>ก</li><li>เผยแพร่ผ่านเว็บไซต์</li></ul> ของหน่วยงาน") == ("ก", "เผยแพร่ผ่านเว็บไซต์ของหน่วยงาน")


def test_a_list_without_items_is_split_at_its_dashes_and_may_stay_open():
    assert cell_parts('<ul style="x"> - จัดทำคู่มือ/แนวทาง - แจ้งเวียน ') == ("จัดทำคู่มือ/แนวทาง", "แจ้งเวียน")


def test_paragraphs_and_a_list_in_one_cell_are_parts_in_order():
    assert cell_parts("<p>สำนักกลาง</p> <ul> - กองหนึ่ง - กองสอง </ul>") == ("สำนักกลาง", "กองหนึ่ง", "กองสอง")


def test_line_breaks_divide_a_cell():
    assert cell_parts("กองหนึ่ง<br>กองสอง") == ("กองหนึ่ง", "กองสอง")


@pytest.mark.parametrize("text", ["ต.ค.๖๘ - ก.ย.๖๙", "ช่องทางติดต่อ - สอบถาม", "1 ต.ค. 2568 - 31 มี.ค. 2569", "ถาม-ตอบ"])
def test_a_dash_that_divides_nothing_is_kept(text):
    assert dash_items(text) == (text,)


@pytest.mark.parametrize(
    ("text", "number", "rest"),
    [
        ("๑. จัดทำคู่มือ", "1", "จัดทำคู่มือ"),
        ("(๑๒) จัดทำคู่มือ", "12", "จัดทำคู่มือ"),
        ("2) จัดทำคู่มือ", "2", "จัดทำคู่มือ"),
        ("๓.จัดทำคู่มือ", "3", "จัดทำคู่มือ"),
        ("๑.๒ จัดทำคู่มือ", "1.2", "จัดทำคู่มือ"),
        ("มาตรการที่ ๔ จัดทำคู่มือ", "4", "จัดทำคู่มือ"),
        ("- จัดทำคู่มือ", None, "จัดทำคู่มือ"),
        ("จัดทำคู่มือ ๒ เล่ม", None, "จัดทำคู่มือ ๒ เล่ม"),
    ],
)
def test_a_printed_number_is_told_from_the_text(text, number, rest):
    assert numbered(text) == (number, rest)


@pytest.mark.parametrize(
    "cell",
    [
        Cell(("๑. สำรวจ ๒. ประชุม ๓. สรุปผลปี ๒๕๖๘",)),
        Cell(("๑) สำรวจ ๒) ประชุม ๓) สรุปผลปี ๒๕๖๘",)),
        Cell(("- สำรวจ - ประชุม - สรุปผลปี ๒๕๖๘",)),
        Cell(("-สำรวจ -ประชุม -สรุปผลปี ๒๕๖๘",)),
        Cell(("- สำรวจ", "- ประชุม", "- สรุปผล", "ปี ๒๕๖๘")),
        Cell(("สำรวจ", "ประชุม", "สรุปผลปี ๒๕๖๘")),
    ],
)
def test_steps_are_the_same_however_they_are_listed(cell):
    assert [step.replace(" ", "") for step in step_items(cell)] == ["สำรวจ", "ประชุม", "สรุปผลปี๒๕๖๘"]


def test_numbers_that_do_not_count_up_divide_nothing():
    assert inline_numbers("ตามข้อ ๑.๒ และข้อ ๔. ของประกาศ") == ("ตามข้อ ๑.๒ และข้อ ๔. ของประกาศ",)


@pytest.mark.parametrize(
    ("parts", "owners"),
    [
        (("กองช่าง",), [("กองช่าง", "unit")]),
        (("สำนักกลาง (กลุ่มงานบุคคล)",), [("สำนักกลาง", "unit")]),
        (("กองช่าง, กองคลัง และสำนักปลัด",), [("กองช่าง", "unit"), ("กองคลัง", "unit"), ("สำนักปลัด", "unit")]),
        (("กองช่าง กองคลัง",), [("กองช่าง", "unit"), ("กองคลัง", "unit")]),
        (("กองแผนและงบประมาณ",), [("กองแผนและงบประมาณ", "unit")]),
        (("งานนิติการ สำนักปลัด",), [("งานนิติการ สำนักปลัด", "unit")]),
        (("๑. กองช่าง ๒. กองคลัง",), [("กองช่าง", "unit"), ("กองคลัง", "unit")]),
        (("กองช่าง", "ทุกส่วนราชการในสังกัด"), [("กองช่าง", "unit"), ("ทุกส่วนราชการในสังกัด", "class")]),
        (("ส่วนราชการส่วนภูมิภาค",), [("ส่วนราชการส่วนภูมิภาค", "class")]),
        (("สำนัก / สถาบัน / ศูนย์ / กลุ่มงาน",), [("สำนัก / สถาบัน / ศูนย์ / กลุ่มงาน", "class")]),
        (("ทุกกอง/สำนัก",), [("ทุกกอง/สำนัก", "class")]),
        (("กองช่าง", "กองช่าง"), [("กองช่าง", "unit")]),
        (("กองสาธารณสุขและ", "สิ่งแวดล้อม"), [("กองสาธารณสุขและสิ่งแวดล้อม", "unit")]),
        (("กองคลัง", "งานพัสดุ"), [("กองคลัง งานพัสดุ", "unit")]),
        (("กลุ่มงานบริหาร กลุ่มงานกฎหมาย",), [("กลุ่มงานบริหาร", "unit"), ("กลุ่มงานกฎหมาย", "unit")]),
        (("ผู้อำนวยการกองช่าง / ผอ.กองคลัง",), [("ผู้อำนวยการกองช่าง", "unit"), ("ผอ.กองคลัง", "unit")]),
        (("นายสมมติ ใจดี ผู้อำนวยการกองช่าง",), [("นายสมมติ ใจดี ผู้อำนวยการกองช่าง", "unit")]),
        (("หน่วยงานหลัก : กองช่าง", "หน่วยงานสนับสนุน : ทุกกอง"), [("กองช่าง", "unit"), ("ทุกกอง", "class")]),
        (("สถานศึกษาในสังกัด",), [("สถานศึกษาในสังกัด", "class")]),
        (("หัวหน้าส่วนราชการทุกแห่ง",), [("หัวหน้าส่วนราชการทุกแห่ง", "class")]),
        (("คณะทำงาน ITA",), [("คณะทำงาน ITA", "unit")]),
        (("-",), []),
        ((), []),
    ],
)
def test_owners_are_the_units_and_classes_that_a_cell_names(parts, owners):
    assert [(one.unit, one.kind) for one in read_owners(Cell(parts))] == owners
