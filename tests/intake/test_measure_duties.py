"""What one row of a plan demands: of its times, its follow-up and its steps, and what is doubtful about them."""

import pytest

from tracker.intake.duties import Duties, measure_duties
from tracker.intake.layout import Cell
from tracker.intake.measures import MeasureRow

FY = 2569


def duties(time: str = "", monitor: str = "", steps: str = "") -> Duties:
    cells = {"time": time, "monitor": monitor, "steps": steps}
    return measure_duties(row(**{name: Cell((text,)) for name, text in cells.items() if text}), 1, FY)


def row(**cells: Cell) -> MeasureRow:
    blank = {"steps": Cell(), "owner": Cell(), "time": Cell(), "monitor": Cell()}
    return MeasureRow(number="1", title="มาตรการตัวอย่าง", indicator=None, line=4, **{**blank, **cells})


def owed(found: Duties) -> list[str]:
    told = ([one.kind, one.rule, str(one.due or one.end or ""), *one.periods] for one in found.obligations)
    return [" ".join(filter(None, words)) for words in told]


@pytest.mark.parametrize(
    ("monitor", "expected"),
    [
        ("รายงาน 2 งวด คือ 10 เม.ย. 69 และ 9 ต.ค. 69", ["report due 2026-04-10", "report due 2026-10-09"]),
        ("รายงานครั้งที่ ๑ (๑๐ เม.ย. ๖๙) ครั้งที่ ๒ (๙ ต.ค. ๖๙)", ["report due 2026-04-10", "report due 2026-10-09"]),
        ("ส่งแบบรายงาน 10/04/2569", ["report due 2026-04-10"]),
        ("รายงานรอบ ๖ เดือน (๑๐ เม.ย. ๖๙)", ["report due 2026-04-10 6-month"]),
        (
            "สรุปรอบ 6 เดือน (10 เม.ย. 69) และรอบ 12 เดือน (9 ต.ค. 69)",
            ["report due 2026-04-10 6-month", "report due 2026-10-09 12-month"],
        ),
        ("รายงานตามหนังสือลงวันที่ ๑๐ เมษายน ๒๕๖๙", ["report undated"]),
        ("รายงานมติที่ประชุมครั้งที่ ๒/๒๕๖๙ วันที่ ๑๐ เมษายน ๒๕๖๙", ["report undated"]),
        ("รายงานผลงานช่วง 10 - 20 เม.ย. 69", ["report window 2026-04-20"]),
    ],
)
def test_a_bare_day_in_a_sentence_about_a_report_is_its_deadline(monitor, expected):
    assert owed(duties(monitor=monitor)) == expected


@pytest.mark.parametrize(
    ("monitor", "expected"),
    [
        ("สรุปผลการใช้รถเสนอคณบดีภายในเดือนพฤษภาคม ๒๕๖๙", ["report due 2026-05-31"]),
        ("เสนอผู้อำนวยการภายใน 29 ม.ค. 69", ["report due 2026-01-29"]),
        ("กองช่างจัดทำสถิติเสนอปลัดทุกสิ้นเดือน", ["report monthly"]),
        ("นำเรียนผู้บริหารทราบทุกไตรมาส", ["report quarterly 2026-09-30 3-month 6-month 9-month 12-month"]),
        ("รวบรวมข้อเสนอแนะจากผู้ใช้บริการทุกเดือน", ["activity monthly"]),
        ("ผู้อำนวยการกำกับติดตามทุกเดือน", ["supervise monthly"]),
    ],
)
def test_what_is_laid_before_a_superior_is_a_report(monitor, expected):
    assert owed(duties(monitor=monitor)) == expected


@pytest.mark.parametrize(
    ("monitor", "expected"),
    [
        ("รายงานผลปีละ ๒ ครั้ง", ["report annual 6-month 12-month"]),
        ("รายงานผลปีละ ๔ ครั้ง", ["report annual 3-month 6-month 9-month 12-month"]),
        ("รายงานผลปีละ ๑ ครั้ง", ["report annual 12-month"]),
        ("รายงานปีละ ๒ ครั้ง (ภายในเดือนเมษายน และเดือนกันยายน ๒๕๖๙)", ["report due 2026-04-30", "report due 2026-09-30"]),
        (
            "รายงานปีละ 2 ครั้ง ครั้งที่ 1 ภายใน 10 เม.ย. 69 ครั้งที่ 2 ภายใน 9 ต.ค. 69",
            ["report due 2026-04-10", "report due 2026-10-09"],
        ),
        ("รายงานภายในสิ้นปี พ.ศ. ๒๕๖๙", ["report due 2026-12-31"]),
    ],
)
def test_a_report_is_owed_as_often_as_it_says_and_no_oftener(monitor, expected):
    assert owed(duties(monitor=monitor)) == expected


def test_an_act_that_is_done_twice_a_year_is_bound_to_no_half_of_it():
    assert owed(duties(steps="อบรมการใช้รถราชการ ปีละ ๒ ครั้ง")) == ["activity annual 12-month"]


def test_of_two_monthly_demands_the_one_that_says_its_day_stays():
    (duty,) = duties(time="ทุกเดือน", monitor="ลงทะเบียนคุมให้แล้วเสร็จภายในวันที่ ๗ ของทุกเดือน").obligations
    assert duty.phrase.startswith("ลงทะเบียนคุม")


def test_what_runs_from_now_to_a_day_is_due_on_it():
    assert owed(duties(time="ตั้งแต่บัดนี้ จนถึงวันที่ ๒๙ พฤษภาคม ๒๕๖๙")) == ["activity due 2026-05-29"]


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"time": "ตลอดปีการศึกษา"}, "ambiguous-date"),
        ({"time": "ภาคเรียนที่ ๑/๒๕๖๙"}, "ambiguous-date"),
        ({"time": "๖ เดือน"}, "ambiguous-date"),
        ({"time": "แล้วแต่กรณีไป"}, "unread-time"),
        ({"monitor": "รายงานเดือนเว้นเดือน"}, "unread-time"),
        ({"monitor": "รายงานทุก ๒ เดือน"}, "unread-time"),
    ],
)
def test_a_time_that_gives_no_day_is_told(cells, code):
    (warning,) = duties(**cells).warnings
    assert (warning.code, warning.line) == (code, 4)
    assert next(iter(cells.values())) in warning.message


@pytest.mark.parametrize(
    "cells", [{"time": "-"}, {"time": "อย่างต่อเนื่อง"}, {"monitor": "รายงานภายใน ๑๕ วัน"}, {"steps": "จัดรายการวิทยุทุกวันพุธ"}]
)
def test_what_needs_no_day_is_not_doubted(cells):
    assert duties(**cells).warnings == ()


def test_a_duty_stands_on_the_line_of_its_words_where_a_measure_has_lines_of_its_own():
    monitor = Cell(("รายงานทุกเดือน", "- รายงานสรุป ภายในวันที่ ๑๕ กันยายน ๒๕๖๙"), lines=(8, 9))
    found = measure_duties(row(time=Cell(("ธ.ค. ๖๘",), lines=(6,)), monitor=monitor), 1, FY)
    assert [(one.rule, one.line) for one in found.obligations] == [("window", 6), ("monthly", 8), ("due", 9)]


def test_the_day_of_a_round_is_told_whichever_is_printed_first():
    for text in (
        "รายงานรอบ ๖ เดือน ต่อนายกเทศมนตรี ภายในวันที่ ๕ เมษายน ๒๕๖๙",
        "รายงานภายในวันที่ ๕ เมษายน ๒๕๖๙ สำหรับรอบ ๖ เดือน",
    ):
        assert owed(duties(monitor=text)) == ["report due 2026-04-05 6-month"]


def test_rounds_of_days_that_only_imply_from_where_they_count_are_still_told():
    assert [one.code for one in duties(monitor="ติดตามรอบ ๑๕ วัน รอบ ๓๐ วัน").warnings] == ["unread-time"]
