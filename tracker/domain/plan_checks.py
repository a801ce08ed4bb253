"""The elements that an O42 plan must show, checked before somebody else does. Pure; sentences are Thai.

Source: the O42 item of the ITA handbook: an analysis of last year's result with urgent defects and points to improve,
and for each measure who is responsible, the steps or method, and how it is supervised and reported.
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from tracker.domain.indicators import PASS_MARK
from tracker.domain.plans import Measure, Plan
from tracker.domain.thai.numerals import thai

SCHEMA = "tracker.check/1"

_ELEMENTS = {
    "no-analysis": (
        "การวิเคราะห์ผลการประเมินปีที่ผ่านมา",
        "ไม่พบผลคะแนนหรือการวิเคราะห์ผลการประเมิน ITA ของปีที่ผ่านมา",
        "เพิ่มผลคะแนนรวมและคะแนนรายตัวชี้วัดของปีที่ผ่านมา พร้อมบทวิเคราะห์",
    ),
    "no-urgent-defects": (
        "ประเด็นที่เป็นข้อบกพร่องหรือจุดอ่อนที่ต้องแก้ไขโดยเร่งด่วน",
        "ไม่พบหัวข้อที่ระบุข้อบกพร่องหรือจุดอ่อนที่ต้องแก้ไข",
        "เพิ่มหัวข้อข้อบกพร่องหรือจุดอ่อนที่ต้องแก้ไขโดยเร่งด่วน ให้สอดคล้องกับตัวชี้วัดที่คะแนนต่ำ",
    ),
    "no-improvement-points": (
        "ประเด็นที่จะต้องพัฒนาให้ดีขึ้น",
        "ไม่พบหัวข้อที่ระบุประเด็นที่ต้องพัฒนา",
        "เพิ่มหัวข้อประเด็นที่จะต้องพัฒนาให้ดีขึ้น ให้สอดคล้องกับผลการประเมิน",
    ),
    "no-measures": (
        "มาตรการขับเคลื่อนการส่งเสริมคุณธรรมและความโปร่งใส",
        "ไม่พบตารางมาตรการในเอกสาร",
        "เพิ่มตารางมาตรการที่มีมาตรการ ขั้นตอน ผู้รับผิดชอบ และการกำกับติดตาม",
    ),
}
"""What intake warns of when the document as a whole lacks it: the element, what is missing, how to mend it."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is missing or doubtful. `loses_points` holds when a required element is missing.

    `measure` is the seq of the measure that it concerns, None for the plan as a whole.
    """

    code: str
    loses_points: bool
    measure: int | None
    line: int | None
    element: str
    missing: str
    mend: str


def check_plan(plan: Plan) -> tuple[Finding, ...]:
    """Return the findings, those that lose points first, each in the order of the document."""
    found = [*_of_plan(plan), *(finding for measure in plan.measures for finding in _of_measure(measure, plan))]
    return tuple(sorted(found, key=lambda finding: not finding.loses_points))


def findings_to_json(findings: tuple[Finding, ...]) -> dict[str, Any]:
    """Return the findings as JSON values."""
    return {
        "schema": SCHEMA,
        "loses_points": any(finding.loses_points for finding in findings),
        "findings": [asdict(finding) for finding in findings],
    }


def _of_plan(plan: Plan) -> Iterator[Finding]:
    for warning in plan.warnings:
        if warning.code in _ELEMENTS:
            element, missing, mend = _ELEMENTS[warning.code]
            yield Finding(warning.code, True, None, warning.line, element, missing, mend)
        else:
            yield Finding(
                warning.code, False, None, warning.line, "ความถูกต้องตรงกันของเอกสาร", warning.message,
                "ตรวจกับต้นฉบับ แล้วแก้ให้ตรงกันทั้งเอกสาร",
            )  # fmt: skip
    yield from _unanswered_indicators(plan)


def _unanswered_indicators(plan: Plan) -> Iterator[Finding]:
    """Yield the indicators below the pass mark that no measure names: the plan should answer its own analysis."""
    answered = {measure.indicator for measure in plan.measures}
    for each in plan.assessment.indicators:
        if each.score < PASS_MARK and each.id not in answered:
            yield Finding(
                "weak-indicator", False, None, each.line, "ความสอดคล้องกับผลการประเมิน",
                f"ตัวชี้วัดที่ {thai(each.id)} {each.name} ได้ {thai(f'{each.score:g}')} ต่ำกว่า {thai(f'{PASS_MARK:g}')} "
                "แต่ไม่พบมาตรการที่ตรงกับตัวชี้วัดนี้",
                "ตรวจว่ามีมาตรการใดตอบตัวชี้วัดนี้แล้ว หากไม่มีให้เพิ่มมาตรการ",
            )  # fmt: skip


def _of_measure(measure: Measure, plan: Plan) -> Iterator[Finding]:
    name = f"มาตรการข้อ {thai(measure.number or measure.seq)}".rstrip(".")
    if not measure.responsible:
        yield _lost("no-responsible", measure, "ผู้รับผิดชอบ", f"{name} ไม่ระบุผู้รับผิดชอบ", "ระบุหน่วยงานหรือผู้รับผิดชอบของมาตรการนี้")
    if not measure.steps:
        yield _lost(
            "no-steps", measure, "ขั้นตอนหรือวิธีการปฏิบัติ", f"{name} ไม่ระบุขั้นตอนหรือวิธีการ", "เพิ่มขั้นตอนหรือวิธีการปฏิบัติของมาตรการนี้"
        )
    if not measure.monitoring and not _is_reported(measure, plan):
        yield _lost(
            "no-monitoring", measure, "การกำกับติดตามและการรายงานผล", f"{name} ไม่ระบุการกำกับติดตามหรือการรายงานผล",
            "ระบุว่าใครกำกับติดตาม รายงานต่อใคร และเมื่อใด เช่น รอบ ๖ เดือน และรอบ ๑๒ เดือน",
        )  # fmt: skip
    if measure.timeframe is None and not _is_dated(measure, plan):
        yield Finding(
            "no-timeframe", False, measure.seq, measure.line, "ระยะเวลาดำเนินการ", f"{name} ไม่ระบุระยะเวลา",
            "ควรระบุระยะเวลาหรือวันครบกำหนด เพื่อให้ติดตามได้",
        )  # fmt: skip


def _lost(code: str, measure: Measure, element: str, missing: str, mend: str) -> Finding:
    return Finding(code, True, measure.seq, measure.line, element, missing, mend)


def _is_reported(measure: Measure, plan: Plan) -> bool:
    return any(
        measure.seq in each.measures and each.kind in ("report", "supervise") and each.basis == "stated"
        for each in plan.obligations
    )


def _is_dated(measure: Measure, plan: Plan) -> bool:
    return any(
        measure.seq in each.measures and each.basis == "stated" and (each.due or each.end or each.periods)
        for each in plan.obligations
    )
