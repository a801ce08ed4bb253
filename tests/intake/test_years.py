"""Which of the years in a document is the plan's."""

import pytest

from tracker.intake import read_plan

TITLE = "มาตรการส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน\nประจำปีงบประมาณ พ.ศ. ๒๕๖๙ เทศบาลตำบลบางสมมติ\n"
TABLE = (
    "มาตรการ\tวิธีดำเนินการ\tผู้รับผิดชอบ\tระยะเวลา\n"
    "๑. เพิ่มช่องทางการสื่อสาร\tสำรวจช่องทาง\tกองช่าง\tธ.ค.๖๘ - ก.พ.๖๙\n"
    "๒. จัดทำทะเบียนการยืมทรัพย์สิน\tจัดทำแบบฟอร์ม\tกองคลัง\tภายในเดือนเมษายน ๒๕๖๙\n"
)
HEADING_OF_NEXT_YEAR = "๒. การนำผลการประเมินไปปรับปรุง ในปีงบประมาณ พ.ศ. ๒๕๗๐\n"


@pytest.fixture
def read(tmp_path):
    def reads(*parts: str):
        path = tmp_path / "plan.txt"
        path.write_text("\n".join(parts), encoding="utf-8")
        return read_plan(path)

    return reads


def codes(plan) -> set[str]:
    return {warning.code for warning in plan.warnings}


def test_the_year_above_the_measures_wins_over_an_older_title_and_is_told(read):
    table = TABLE.replace("ธ.ค.๖๘ - ก.พ.๖๙", "ธ.ค.๖๙ - ก.พ.๗๐").replace("เมษายน ๒๕๖๙", "เมษายน ๒๕๗๐")
    plan = read(TITLE, HEADING_OF_NEXT_YEAR, table)
    assert plan.fiscal_year == 2570
    assert "year-conflict" in codes(plan)


def test_the_times_of_the_measures_confirm_the_title_against_a_heading_of_another_year_and_it_is_told(read):
    plan = read(TITLE, HEADING_OF_NEXT_YEAR, TABLE)
    assert plan.fiscal_year == 2569
    assert "year-conflict" in codes(plan)


def test_a_national_target_is_no_year_of_the_plan(read):
    target = "เป้าหมายตามแผนแม่บท ให้ทุกหน่วยงานผ่านเกณฑ์ภายใน\nปี พ.ศ. ๒๕๗๐ เทศบาลจึงต้องรักษาระดับคะแนน\n"
    assert read(TITLE, target, TABLE).fiscal_year == 2569


def test_a_title_cut_before_its_year_keeps_it_and_its_dots_do_no_harm(read):
    title = "มาตรการส่งเสริมคุณธรรมและความโปร่งใส เทศบาลตำบลบางสมมติ\nประจำปีงบประมาณ พ.ศ. .........\n๒๕๖๙............\n"
    plan = read(title, "มาตรการ\tขั้นตอน\tผู้รับผิดชอบ\n๑. อบรมบุคลากร\tจัดอบรม\tกองช่าง\n")
    assert (plan.agency, plan.fiscal_year) == ("เทศบาลตำบลบางสมมติ", 2569)


def test_a_plan_that_prints_no_year_is_taken_for_the_year_after_the_scored_one_and_told(read):
    title = "มาตรการส่งเสริมคุณธรรม ของเทศบาลตำบลบางสมมติ\n"
    table = "มาตรการ\tขั้นตอน\tผู้รับผิดชอบ\n๑. อบรมบุคลากร\tจัดอบรม\tกองช่าง\n"
    plan = read(title, "ผลการประเมิน ปีงบประมาณ พ.ศ. ๒๕๖๘ ได้คะแนนรวม ๘๖.๐๐ อยู่ในระดับ A\n", table)
    assert plan.fiscal_year == 2569
    assert "year-assumed" in codes(plan)
