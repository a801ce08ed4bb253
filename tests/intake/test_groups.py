from pathlib import Path

import pytest

from tracker.intake import read_plan
from tracker.intake.groups import Groups, is_section_heading

LAYOUTS = Path(__file__).parent / "layouts"


@pytest.mark.parametrize(
    "text",
    [
        "ตัวชี้วัดที่ ๘ การปรับปรุงการทำงาน",
        "**3.2 ด้านการใช้อำนาจ**",
        "๔. การใช้ทรัพย์สินของทางราชการ (๗๑.๐๐ คะแนน)",
        "ประเด็นที่ 2 : การใช้งบประมาณ",
    ],
)
def test_a_line_with_an_indicators_name_alone_heads_a_section(text):
    assert is_section_heading(text)


@pytest.mark.parametrize(
    "text",
    [
        "ตัวชี้วัดที่ต่ำที่สุดคือ การใช้อำนาจ",
        "การใช้อำนาจและการใช้งบประมาณ",
        "การใช้อำนาจ 70.10 คะแนน ควรชี้แจงหลักเกณฑ์",
        "ตัวชี้วัดที่ ๑",
    ],
)
def test_a_sentence_or_a_line_that_names_none_or_two_heads_no_section(text):
    assert not is_section_heading(text)


def test_a_list_of_indicators_above_a_table_heads_nothing():
    groups = Groups()
    groups.pass_paragraph("๑. การใช้อำนาจ")
    groups.pass_paragraph("๒. การใช้งบประมาณ")
    assert groups.indicator_for("จัดทำคู่มือ") is None


@pytest.mark.parametrize(
    ("heading", "title", "indicator"),
    [
        ("ตัวชี้วัดที่ ๕ การแก้ไขปัญหาการทุจริต", "ทำแผนป้องกันการทุจริต", 5),
        ("ด้านการสื่อสารและการปรับปรุงการทำงาน", "เพิ่มช่องทางการสื่อสาร", 7),
        ("ด้านการสื่อสารและการปรับปรุงการทำงาน", "เปิดเวทีประชาชน", 8),
        ("ด้านความโปร่งใส", "ทำแผนป้องกันการทุจริต", 10),
        ("ด้านการใช้อำนาจและการใช้งบประมาณ", "แจ้งเกณฑ์มอบหมายงาน", 3),
    ],
)
def test_a_printed_group_goes_before_the_words_of_a_title(heading, title, indicator):
    groups = Groups()
    groups.pass_heading(heading)
    assert groups.indicator_for(title) == indicator


@pytest.mark.parametrize(
    ("name", "indicators"),
    [("t_group-in-merged-cell", [2, 2, 4, 4, None]), ("t_section-per-indicator", [8, 8, 3, 9])],
)
def test_a_merged_cell_or_a_section_names_the_indicator_of_all_its_measures(name, indicators):
    assert [one.indicator for one in read_plan(LAYOUTS / f"{name}.txt").measures] == indicators
