from datetime import date

import pytest

from tracker.domain.plans import plan_from_json, plan_to_json
from tracker.intake import read_plan

LETTER = """\
ที่ บส ๗๑๐๐๑/ว ๔๒
รับที่ ๙
วันที่ 20 ม.ค. 2569
เวลา 09.15 น.

๑๙ มกราคม ๒๕๖๙

เรื่อง มาตรการส่งเสริมคุณธรรมและความโปร่งใส ประจำปีงบประมาณ พ.ศ. ๒๕๖๙
เรียน ผู้อำนวยการกองทุกกอง

ตามที่ ป.ป.ช. ประกาศผลการประเมิน ปีงบประมาณ พ.ศ. ๒๕๖๘ ลงวันที่ ๑ สิงหาคม ๒๕๖๘ \
เทศบาลตำบลบางสมมติได้คะแนนรวม ๘๖.๐๐ อยู่ในระดับ A \
ซึ่งเพิ่มขึ้นจากปีงบประมาณ พ.ศ. ๒๕๖๗ ที่ได้รับคะแนน ๗๑.๕๐ นั้น \
จึงขอให้รายงานผลตามมาตรการให้สำนักปลัดทราบภายในวันที่ ๑๖ มีนาคม ๒๕๖๙ พร้อมทั้งเผยแพร่ในเว็บไซต์ของกอง ต่อไปด้วย
โทร. ๐-๒๑๒๓-๔๕๖๗

(นายสมมติ ตัวอย่าง)
๒๑ ม.ค. ๒๕๖๙
"""
TITLE = """\
**มาตรการส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน
ประจำปีงบประมาณ พ.ศ. ๒๕๖๙ เทศบาลตำบลบางสมมติ**
"""
SCORES = """\
ลำดับที่\tตัวชี้วัด\tคะแนน
๑.\tการเปิดเผยข้อมูล\t๙๐.๐๐
๒.\tการป้องกันการทุจริต\t๙๐.๐๐
๓.\tการปฏิบัติหน้าที่\t๘๘.๐๐
๔.\tการใช้อำนาจ\t๘๖.๐๐
๕.\tคุณภาพการดำเนินงาน\t๘๕.๐๐
๖.\tการใช้ทรัพย์สินของราชการ\t๘๔.๐๐
๗.\tประสิทธิภาพการสื่อสาร\t๘๓.๐๐
๘.\tการปรับปรุงระบบการทำงาน\t๘๒.๐๐
๙.\tการแก้ไขปัญหาการทุจริต\t๘๑.๐๐
๑๐.\tการใช้จ่ายงบประมาณ\t๗๖.๐๐
"""
TABLE = """\
มาตรการ/แนวทาง\tวิธีดำเนินการ\tผู้รับผิดชอบ\tระยะเวลา\tการกำกับติดตามและรายงานผล
๑. เพิ่มช่องทางการสื่อสาร\t<ul><li>- สำรวจช่องทาง</li><li>- เผยแพร่ผ่านเว็บไซต์</li></ul> ของหน่วยงาน\t\
กองช่าง (งานสารสนเทศ)\tธ.ค.๖๘ - ก.พ.๖๙\tรายงานผลในการประชุมประจำเดือน
๒. จัดทำทะเบียนการยืมทรัพย์สิน\t๑. จัดทำแบบฟอร์ม ๒. แจ้งเวียน\t<p>กองคลัง</p><p>ทุกกองในสังกัด</p>\tภายในเดือนเมษายน ๒๕๖๙\t\
๑. เจ้าหน้าที่รายงานทะเบียน รอบ ๖ เดือน และรอบ ๑๒ เดือน ๒. ผู้บริหารกำกับติดตามทุกเดือน

/ต่อ...

มาตรการ/ แนวทาง\tวิธีดำเนินการ\tผู้รับผิดชอบ\tระยะเวลา\tการกำกับ ติดตามและรายงานผล
๔. รายงานผลรอบ ๖ เดือน\t- ประกาศ - อบรม\t\tอย่างต่อเนื่อง\tรายงานภายในกำหนด
"""


@pytest.fixture
def read(tmp_path):
    def reads(*parts: str):
        path = tmp_path / "plan.txt"
        path.write_text("\n".join(parts), encoding="utf-8")
        return read_plan(path)

    return reads


@pytest.fixture
def plan(read):
    return read(LETTER, TITLE, SCORES, TABLE)


def codes(plan) -> set[str]:
    return {warning.code for warning in plan.warnings}


def stated(plan, seq: int):
    return [
        (one.kind, one.rule, one.due or one.end, one.periods)
        for one in plan.obligations
        if one.measures == (seq,) and one.basis == "stated"
    ]


def test_the_letter_gives_number_date_and_subject_and_its_stamp_gives_nothing(plan):
    assert plan.document.number == "บส ๗๑๐๐๑/ว ๔๒"
    assert plan.document.date == date(2026, 1, 19)
    assert plan.document.subject == "มาตรการส่งเสริมคุณธรรมและความโปร่งใส ประจำปีงบประมาณ พ.ศ. ๒๕๖๙"


def test_the_agency_and_the_two_years_are_told_apart(plan):
    assert plan.agency == "เทศบาลตำบลบางสมมติ"
    assert (plan.fiscal_year, plan.assessment.fiscal_year) == (2569, 2568)


def test_the_total_is_this_years_and_not_the_one_it_is_compared_with(plan):
    assert (plan.assessment.score, plan.assessment.grade) == (86.0, "A")


def test_indicators_are_known_by_name_and_ranks_are_no_numbers(plan):
    assert {one.id: one.score for one in plan.assessment.indicators} == {
        1: 88.0, 2: 76.0, 3: 86.0, 4: 84.0, 5: 81.0, 6: 85.0, 7: 83.0, 8: 82.0, 9: 90.0, 10: 90.0
    }  # fmt: skip
    assert [one.instrument for one in plan.assessment.indicators][4:6] == ["IIT", "EIT"]


def test_measures_go_on_under_a_header_repeated_on_the_next_page(plan):
    assert [(one.seq, one.number) for one in plan.measures] == [(1, "1"), (2, "2"), (3, "4")]
    assert plan.measures[0].title == "เพิ่มช่องทางการสื่อสาร"
    assert plan.measures[0].steps == ("สำรวจช่องทาง", "เผยแพร่ผ่านเว็บไซต์ของหน่วยงาน")
    assert [(one.unit, one.kind) for one in plan.measures[0].responsible] == [("กองช่าง", "unit")]
    assert [(one.unit, one.kind) for one in plan.measures[1].responsible] == [
        ("กองคลัง", "unit"),
        ("ทุกกองในสังกัด", "class"),
    ]


def test_a_window_is_the_timeframe_and_an_activity_due_at_its_end(plan):
    frame = plan.measures[0].timeframe
    assert frame is not None
    assert (frame.text, frame.start, frame.end) == ("ธ.ค.๖๘ - ก.พ.๖๙", date(2025, 12, 1), date(2026, 2, 28))
    assert ("activity", "window", date(2026, 2, 28), ()) in stated(plan, 1)


def test_a_deadline_in_the_column_of_times_is_an_activity_due_then(plan):
    assert plan.measures[1].timeframe is None
    assert ("activity", "due", date(2026, 4, 30), ()) in stated(plan, 2)


def test_the_follow_up_is_mined_for_reports_and_supervision(plan):
    assert ("report", "periodic", date(2026, 9, 30), ("6-month", "12-month")) in stated(plan, 2)
    assert ("supervise", "monthly", None, ()) in stated(plan, 2)
    assert stated(plan, 1)[1] == ("report", "event", None, ())


def test_a_title_that_names_a_round_demands_nothing_by_it(plan):
    assert [rule for _, rule, _, _ in stated(plan, 3)] == ["continuous", "undated"]


def test_the_letters_report_date_holds_for_all_measures_and_publishing_shares_it(plan):
    shared = [one for one in plan.obligations if one.measures == (1, 2, 3)]
    assert [(one.kind, one.due) for one in shared] == [("report", date(2026, 3, 16)), ("publish", date(2026, 3, 16))]
    assert shared[0].phrase == "ขอให้รายงานผลตามมาตรการให้สำนักปลัดทราบภายในวันที่ ๑๖ มีนาคม ๒๕๖๙"
    assert shared[0].actor == "ผู้อำนวยการกองทุกกอง"


def test_policy_adds_only_the_half_that_the_letter_left_and_nothing_beside_a_stated_report(plan):
    policy = {one.measures[0]: one.periods for one in plan.obligations if one.basis == "policy"}
    assert policy == {1: ("12-month",), 3: ("12-month",)}


def test_no_date_of_a_stamp_a_signature_or_an_announcement_is_a_deadline(plan):
    assert {one.due for one in plan.obligations if one.due} == {date(2026, 3, 16), date(2026, 4, 30)}


def test_a_skipped_number_and_a_total_that_does_not_add_up_are_told_where_they_stand(plan):
    told = {warning.code: warning for warning in plan.warnings}
    assert "๓" in told["numbering-gap"].message
    assert told["numbering-gap"].line == plan.measures[2].line
    assert "85.90" in told["total-mismatch"].message


def test_a_cell_printed_once_goes_for_the_rows_below_and_is_told(read):
    plan = read(TITLE, "มาตรการ\tขั้นตอน\tผู้รับผิดชอบ\n๑. อบรมบุคลากร\tจัดอบรม\tกองช่าง\n๒. ประกาศนโยบาย\tประกาศ\t\n")
    assert [one.responsible[0].unit for one in plan.measures] == ["กองช่าง", "กองช่าง"]
    assert "inherited-owner" in codes(plan)


def test_times_and_follow_ups_taken_from_the_row_above_are_told_since_they_are_owed_again(read):
    header = "มาตรการ\tผู้รับผิดชอบ\tระยะเวลา\tการรายงานผล\n"
    rows = "๑. อบรมบุคลากร\tกองช่าง\tม.ค. ๖๙\tรายงานภายในวันที่ ๕ มีนาคม ๒๕๖๙\n๒. ประกาศนโยบาย\tกองคลัง\t\t\n"
    plan = read(TITLE, header + rows)
    assert [str(one.due) for one in plan.obligations if one.kind == "report"] == ["2026-03-05", "2026-03-05"]
    told = {one.code: (one.line, one.message) for one in plan.warnings}
    assert told["inherited-time"][0] == told["inherited-monitor"][0] == plan.measures[1].line
    assert "๕ มีนาคม ๒๕๖๙" in told["inherited-monitor"][1]


@pytest.mark.parametrize(
    ("told", "left"),
    [
        ("รายงานผลรอบ ๙ เดือน ให้สำนักปลัด ภายในวันที่ ๕ กรกฎาคม ๒๕๖๙", ("6-month",)),
        ("รายงานผลรอบ ๖ เดือน ให้สำนักปลัด ภายในวันที่ ๕ เมษายน ๒๕๖๙", ("12-month",)),
        ("รายงานผลรอบ ๓ เดือน ให้สำนักปลัด ภายในวันที่ ๕ มกราคม ๒๕๖๙", ("12-month",)),
    ],
)
def test_a_round_that_all_report_by_a_day_replaces_the_policys_report_of_that_half_year(read, told, left):
    table = "มาตรการ\tขั้นตอน\tผู้รับผิดชอบ\n๑. อบรม\tจัดอบรม\tกองช่าง\n๒. ประกาศ\tประกาศ\tกองคลัง\n"
    plan = read(TITLE, table + f"\nจึงขอให้ทุกกอง{told}\n")
    assert [one.periods for one in plan.obligations if one.basis == "policy"] == [left, left]


def test_with_one_measure_in_prose_its_own_report_still_replaces_both_of_the_policys(read):
    lines = (
        "มาตรการที่ ๑ อบรมบุคลากร",
        "ขั้นตอน",
        "๑. จัดอบรม",
        "ผู้รับผิดชอบ : กองช่าง",
        "การติดตาม : รายงานภายในวันที่ ๕ มีนาคม ๒๕๖๙",
    )
    plan = read(TITLE, "\n".join(lines))
    assert [(one.basis, str(one.due)) for one in plan.obligations] == [("stated", "2026-03-05")]
    assert plan.obligations[0].line > plan.measures[0].line


def test_a_measure_that_nobody_owns_is_told(read):
    plan = read(TITLE, "มาตรการ\tขั้นตอน\tผู้รับผิดชอบ\n๑. อบรมบุคลากร\tจัดอบรม\t\n")
    assert plan.measures[0].responsible == ()
    assert plan.obligations == ()
    assert "no-owner" in codes(plan)


def test_a_row_without_a_title_goes_on_with_the_measure_above(read):
    plan = read(TITLE, "มาตรการ\tขั้นตอน\tผู้รับผิดชอบ\n๑. อบรมบุคลากร\tสำรวจ\tกองช่าง\n\tจัดอบรม\t\n")
    assert [one.steps for one in plan.measures] == [("สำรวจ", "จัดอบรม")]


def test_measures_packed_in_one_row_are_taken_apart(read):
    plan = read(TITLE, "มาตรการ\tขั้นตอน\tผู้รับผิดชอบ\n๑. อบรมบุคลากร ๒. ประกาศนโยบาย\t๑. จัดอบรม ๒. ลงนาม\tกองช่าง\n")
    assert [(one.number, one.title, one.steps) for one in plan.measures] == [
        ("1", "อบรมบุคลากร", ("จัดอบรม",)),
        ("2", "ประกาศนโยบาย", ("ลงนาม",)),
    ]


def test_two_tables_that_disagree_are_told_and_the_one_that_adds_up_is_taken(read):
    second = SCORES.replace("๘๓.๐๐", "๘๙.๐๐")
    total = "ผลการประเมิน ปีงบประมาณ พ.ศ. ๒๕๖๘ ได้คะแนนรวม ๘๕.๙๐ อยู่ในระดับ A\n"
    plan = read(TITLE, total, second, "ตารางที่สอง", SCORES, TABLE)
    assert {one.id: one.score for one in plan.assessment.indicators}[7] == 83.0
    (told,) = [one for one in plan.warnings if one.code == "score-contradiction"]
    assert "89.00" in told.message
    assert "total-mismatch" not in codes(plan)


def test_scores_packed_in_one_cell_are_paired_in_order(read):
    plan = read(TITLE, "ตัวชี้วัด\tคะแนน\n(๑) คุณภาพการดำเนินงาน (๒) ประสิทธิภาพการสื่อสาร\t๙๑.๑๐ ๙๒.๒๐\n")
    assert [(one.id, one.score) for one in plan.assessment.indicators] == [(6, 91.1), (7, 92.2)]


def test_the_column_of_the_newest_year_holds_the_scores(read):
    plan = read(TITLE, "ตัวชี้วัด\tปี ๒๕๖๗\tปี ๒๕๖๘\nการใช้อำนาจ\t๗๐.๐๐\t๘๐.๐๐\n")
    assert [(one.id, one.score) for one in plan.assessment.indicators] == [(3, 80.0)]


def test_praise_below_the_pass_mark_is_told(read):
    plan = read(TITLE, "การใช้อำนาจ (ดีเยี่ยม) ได้คะแนนเท่ากับ ๗๙.๑๐ คะแนน", TABLE)
    assert "grade-word" in codes(plan)


def test_a_collectors_duty_leaves_the_owners_their_own_reports(read):
    plan = read(TITLE, TABLE, "\nให้สำนักปลัดรวบรวมรายงานผลเสนอนายกภายในวันที่ ๓๑ มีนาคม ๒๕๖๙\n")
    (duty,) = [one for one in plan.obligations if not one.measures]
    assert (duty.actor, duty.due) == ("สำนักปลัด", date(2026, 3, 31))
    assert [one.periods for one in plan.obligations if one.basis == "policy"] == [("6-month", "12-month")] * 2


def test_a_meeting_at_which_a_monthly_report_is_given_is_no_second_demand(read):
    plan = read(TITLE, TABLE.replace("รายงานผลในการประชุมประจำเดือน", "รายงานผลทุกเดือนในที่ประชุมผู้บริหาร"))
    assert [one[:2] for one in stated(plan, 1) if one[0] == "report"] == [("report", "monthly")]


def test_a_unit_that_follows_up_is_no_reporter_and_its_time_on_the_next_line_belongs_to_it(read):
    plan = read(TITLE, TABLE.replace("รายงานผลในการประชุมประจำเดือน", "<p>สำนักปลัดติดตาม</p><p>ทุกวันศุกร์</p>"))
    (duty,) = [one for one in plan.obligations if one.measures == (1,) and one.kind == "supervise"]
    assert duty.phrase == "สำนักปลัดติดตาม ทุกวันศุกร์"


def test_a_misprinted_name_of_the_agency_is_told(read):
    plan = read(TITLE, "ผลของเทศบาลตำบลบางสมมุติ\n", TABLE)
    assert plan.agency == "เทศบาลตำบลบางสมมติ"
    assert "agency-variant" in codes(plan)


def test_measures_in_prose_below_the_table_are_told_and_not_tracked(read):
    plan = read(TITLE, TABLE, "\n๑. มาตรการสร้างวัฒนธรรมองค์กรที่ดี โดยการจัดทำบันทึกข้อตกลงร่วมกันของบุคลากรทุกระดับ\n")
    assert len(plan.measures) == 3
    assert "supplementary-measure" in codes(plan)


def test_a_time_that_may_be_read_in_two_ways_is_told_and_not_guessed(read):
    plan = read(TITLE, TABLE.replace("ภายในเดือนเมษายน ๒๕๖๙", "ภายในปี ๒๕๖๙"))
    assert "ambiguous-date" in codes(plan)
    assert ("activity", "undated", None, ()) in stated(plan, 2)


def test_a_plan_goes_through_json_unchanged_and_reads_the_same_twice(plan, read):
    assert plan_from_json(plan_to_json(plan)) == plan
    assert read(LETTER, TITLE, SCORES, TABLE) == plan


def test_a_second_row_of_the_header_is_no_measure(read):
    header = "มาตรการ\tการดำเนินการ\t\tผู้รับผิดชอบ\n\tขั้นตอน\tระยะเวลา\t\n(๑)\t(๒)\t(๓)\t(๔)\n"
    plan = read(TITLE, header + "๑. อบรมบุคลากร\tจัดอบรม\tม.ค. ๖๙\tกองช่าง\n")
    assert [(one.title, one.steps) for one in plan.measures] == [("อบรมบุคลากร", ("จัดอบรม",))]


def test_a_date_asked_for_before_the_plans_year_is_history_and_told(read):
    plan = read(TITLE, "ในปีก่อน จังหวัดขอให้รายงานผลภายในวันที่ ๓๑ มีนาคม ๒๕๖๘\n", TABLE)
    assert not [one for one in plan.obligations if one.due == date(2025, 3, 31)]
    assert "past-date" in codes(plan)


def test_a_finding_that_mentions_a_report_and_a_round_asks_for_nothing(read):
    plan = read(TITLE, "การให้บริการที่ดี พบว่ารายงานความก้าวหน้าขาดข้อมูลรอบ ๖ เดือน ภายในวันที่ ๑ มีนาคม ๒๕๖๙\n", TABLE)
    assert not [one for one in plan.obligations if one.measures == (1, 2, 3)]


def test_a_heading_row_inside_the_table_links_the_measures_below_it_to_its_indicator(read):
    table = "มาตรการ\tขั้นตอน\tผู้รับผิดชอบ\nตัวชี้วัดที่ ๓ การใช้อำนาจ\t\t\n๑. จัดประชุมบุคลากร\tประชุม\tกองช่าง\n"
    plan = read(TITLE, table)
    assert [(one.title, one.indicator) for one in plan.measures] == [("จัดประชุมบุคลากร", 3)]


def test_an_announcement_is_dated_by_its_own_words(read):
    plan = read("ประกาศเทศบาลตำบลบางสมมติ\nเรื่อง " + TITLE.replace("*", ""), TABLE, "ประกาศ ณ วันที่ ๙ มกราคม พ.ศ. ๒๕๖๙")
    assert (plan.document.number, plan.document.date) == (None, date(2026, 1, 9))


def test_an_approval_memo_in_the_same_file_does_not_hide_the_circular(read):
    memo = "ที่ บส ๗๑๐๐๑/-\n\nวันที่ ๕ มกราคม ๒๕๖๙\n\nเรื่อง ขออนุมัติมาตรการ\n"
    assert read(memo, LETTER, TITLE, TABLE).document.number == "บส ๗๑๐๐๑/ว ๔๒"
