from dataclasses import replace
from datetime import date

from tests.builders import measure, obligation, plan
from tracker.domain.plan_checks import check_plan, findings_to_json
from tracker.domain.plans import Assessment, IndicatorScore, PlanWarning

WHOLE = replace(measure(1, "กองคลัง"), monitoring="รายงานผู้บริหาร รอบ ๖ เดือน")
DATED = (obligation(date(2022, 10, 31)),)


def codes(*measures: object, **values: object) -> list[tuple[str, bool]]:
    made = replace(plan(*measures, obligations=values.pop("obligations", DATED)), **values)  # type: ignore[arg-type]
    return [(finding.code, finding.loses_points) for finding in check_plan(made)]


def test_a_plan_that_has_everything_has_no_findings() -> None:
    assert codes(WHOLE) == []


def test_a_measure_without_owner_steps_or_monitoring_loses_points() -> None:
    bare = replace(WHOLE, responsible=(), steps=(), monitoring=None)
    assert codes(bare) == [("no-responsible", True), ("no-steps", True), ("no-monitoring", True)]


def test_a_report_asked_for_in_the_letter_counts_as_monitoring() -> None:
    asked = (obligation(date(2023, 3, 31), kind="report"),)
    assert codes(replace(WHOLE, monitoring=None), obligations=asked) == []


def test_a_report_by_policy_does_not_stand_in_the_plan() -> None:
    by_policy = (obligation(kind="report", rule="periodic", periods=("6-month",), basis="policy"),)
    assert ("no-monitoring", True) in codes(replace(WHOLE, monitoring=None), obligations=by_policy)


def test_what_the_whole_plan_lacks_loses_points_and_comes_before_what_is_only_doubtful() -> None:
    warnings = (PlanWarning("numbering-gap", "เลขข้าม", 5), PlanWarning("no-analysis", "ไม่พบการวิเคราะห์"))
    assert codes(WHOLE, warnings=warnings) == [("no-analysis", True), ("numbering-gap", False)]


def test_a_weak_indicator_that_no_measure_answers_is_pointed_out() -> None:
    weak = IndicatorScore(8, "การปรับปรุงการทำงาน", "EIT", 74.22, 9)
    assert codes(WHOLE, assessment=Assessment(indicators=(weak,))) == [("weak-indicator", False)]
    assert codes(replace(WHOLE, indicator=8), assessment=Assessment(indicators=(weak,))) == []


def test_json_says_whether_points_would_be_lost_and_where() -> None:
    told = findings_to_json(check_plan(plan(replace(WHOLE, steps=()), obligations=DATED)))
    assert told["loses_points"] is True
    assert told["findings"][0] == {
        "code": "no-steps",
        "loses_points": True,
        "measure": 1,
        "line": 11,
        "element": "ขั้นตอนหรือวิธีการปฏิบัติ",
        "missing": "มาตรการข้อ ๑ ไม่ระบุขั้นตอนหรือวิธีการ",
        "mend": "เพิ่มขั้นตอนหรือวิธีการปฏิบัติของมาตรการนี้",
    }
