"""The Thai of the O43 report: one wording for every format. Numbers of ours are in Thai digits, people's words stay."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from schedules.calendars import ERA
from tracker.domain.thai.dates import SHORT_MONTHS, long_day
from tracker.domain.thai.numerals import thai
from tracker.reports.o43 import (
    COUNTED,
    STANDINGS,
    STATES,
    Bar,
    Element,
    MeasureReport,
    Missing,
    O43Report,
    Proof,
    Standing,
    State,
    TaskReport,
    is_said,
)

STATE: Mapping[State, str] = {
    "done": "แล้วเสร็จ",
    "submitted": "รายงานแล้ว รอตรวจสอบ",
    "open": "ยังไม่ถึงกำหนด",
    "overdue": "เกินกำหนด",
    "waived": "ยกเว้น",
}
STANDING: Mapping[Standing, str] = {
    "done": "ดำเนินการแล้ว",
    "partly": "ดำเนินการแล้วบางส่วน",
    "not-done": "ยังไม่แล้วเสร็จ",
    "waived": "ยกเว้นการดำเนินการ",
    "untracked": "ไม่มีงานที่ติดตาม",
}
ELEMENT: Mapping[Element, str] = {
    "completion": "การดำเนินการให้แล้วเสร็จ",
    "result": "ผลการดำเนินการ",
    "evidence": "หลักฐาน",
    "address": "ที่อยู่เผยแพร่ของหลักฐาน (URL)",
    "problems": "ปัญหา อุปสรรค",
    "suggestions": "ข้อเสนอแนะ",
}
COLUMNS = ("งานและกำหนด", "หน่วยงาน", "สถานะ", "ผลการดำเนินการ", "หลักฐาน", "ปัญหา อุปสรรค", "ข้อเสนอแนะ")
MISSING, COMPLETE = "องค์ประกอบที่ยังขาด", "ครบถ้วนทุกองค์ประกอบ"
NOT_DUE = "งานที่ยังไม่ถึงกำหนด"
SUMMARY, RESULTS = "สรุปผลการดำเนินการ", "ผลการดำเนินการตามมาตรการ"
BY_MONTH, BY_UNIT = "จำนวนงานตามเดือนที่ครบกำหนด", "จำนวนงานตามหน่วยงาน"
OF_THE_PLAN = "งานของแผนในภาพรวม"
SILENT = "ยังไม่ได้ระบุ"
REPORTER, APPROVER = "ผู้รายงาน", "ผู้อนุมัติ"
NOBODY_TRACKED = "ไม่มีงานที่ติดตามสำหรับมาตรการนี้ จึงไม่มีผลให้รายงาน"
OF_ADDRESSES = (
    "ที่อยู่ของหลักฐานแสดงตามที่หน่วยงานแจ้ง ระบบตรวจเพียงว่าเปิดได้หรือไม่ มิได้ตรวจเนื้อหา รายการที่เปิดไม่ได้ในการตรวจครั้งล่าสุดมีวันที่ตรวจกำกับไว้"
)

_PRINTED_NUMBER = re.compile(r"[\s.)]+$")


@dataclass(frozen=True, slots=True)
class Gap:
    """What several units lack alike for one task of one measure, in words."""

    task: str
    units: str
    lacks: str


def title(report: O43Report) -> str:
    """Return the title of the report."""
    return " ".join(title_lines(report))


def title_lines(report: O43Report) -> tuple[str, str]:
    """Return the title in the two lines in which it stands above a document."""
    year = f"ประจำปีงบประมาณ พ.ศ. {thai(report.fiscal_year)}"
    return "รายงานผลการดำเนินการตามมาตรการส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน", year


def as_of(report: O43Report) -> str:
    """Return the day of which the report speaks."""
    return f"ข้อมูล ณ วันที่ {long_day(report.as_of)}"


def assessed(report: O43Report) -> str | None:
    """Return last year's result, None when the plan does not print it."""
    if report.score is None:
        return None
    year = f" ปีงบประมาณ พ.ศ. {thai(report.scored_year)}" if report.scored_year else ""
    grade = f" ระดับ {report.grade}" if report.grade else ""
    return f"ผลการประเมิน ITA{year}: {score_words(report.score)} คะแนน{grade}"


def counts(report: O43Report) -> tuple[str, str]:
    """Return the sums of measures and of tasks, each as one line."""
    measures = (
        f"{STANDING[name]}\u00a0{thai(report.measure_counts[name])}"
        for name in STANDINGS
        if report.measure_counts[name]
    )
    tasks = (f"{STATE[name]}\u00a0{thai(report.task_counts[name])}" for name in STATES if report.task_counts[name])
    return (
        f"มาตรการทั้งหมด {thai(len(report.measures))} มาตรการ: {' / '.join(measures) or '-'}",
        f"งานทั้งหมด {thai(len(report.tasks))} งาน: {' / '.join(tasks) or '-'}",
    )


def heading(measure: MeasureReport | None) -> str:
    """Return `มาตรการที่ ๑ …`, with the number that the plan prints."""
    if measure is None:
        return OF_THE_PLAN
    return f"มาตรการที่ {number_of(measure)} {measure.title}"


def number_of(measure: MeasureReport) -> str:
    """Return the number that the plan prints, else the place in the plan."""
    return thai(_PRINTED_NUMBER.sub("", measure.number or "") or measure.seq)


def about(measure: MeasureReport) -> list[list[tuple[str, str]]]:
    """Return what the plan says of a measure: lines of (label, words), only what it says."""
    indicator = measure.indicator
    scored = ""
    if indicator is not None:
        score = f" (คะแนนปีที่ผ่านมา {score_words(indicator.score)})" if indicator.score is not None else ""
        scored = f"{thai(indicator.id)} {indicator.name}{score}"
    lines = [
        [
            ("ตัวชี้วัดที่", scored),
            ("ผู้รับผิดชอบ", ", ".join(measure.responsible)),
            ("ระยะเวลา", measure.timeframe or ""),
        ],
        [("ขั้นตอน", " / ".join(measure.steps))],
        [("การกำกับติดตาม", measure.monitoring or "")],
    ]
    told = ([(label, words) for label, words in line if words] for line in lines)
    return [line for line in told if line]


def task_words(task: TaskReport, *, within: str | None = None) -> str:
    """Return what is owed; the name of its measure too, when that is another than the heading above it."""
    foreign = f" ({task.measure_title})" if task.measure_title and task.measure_title != within else ""
    return f"{task.title}{foreign}"


def due_words(task: TaskReport) -> list[str]:
    """Return when it is due, and each time that this was moved, with the reason."""
    moved = [f"ขยายจาก {day(each.before)}: {each.reason}" for each in task.extensions]
    return [f"กำหนด {day(task.due)}", *moved]


def state_words(task: TaskReport) -> list[str]:
    """Return the state with its days and, for a waived task, the reason."""
    said = [STATE[task.state]]
    if task.state == "overdue":
        said[0] += f" {thai(task.days_late)}\u00a0วัน"
    if task.state == "submitted" and task.submitted_on:
        said.append(f"รายงานเมื่อ {day(task.submitted_on)}")
    if task.state == "done" and task.closed_on:
        said.append(f"เมื่อ {day(task.closed_on)}")
    if task.state in ("done", "submitted") and task.days_late:
        said.append(f"ช้ากว่ากำหนด {thai(task.days_late)}\u00a0วัน")
    if task.state == "waived":
        said.append(f"เหตุผล: {task.waived_because or SILENT}")
    return said


def proof_words(proof: Proof) -> str:
    """Return the address, or the name of the file with where it is, and whether it could be opened."""
    return " ".join(filter(None, (proof.url or f"แฟ้ม {proof.file} (เก็บในระบบ)", unopened_words(proof))))


def unopened_words(proof: Proof) -> str:
    """Return on which day evidence could not be opened, empty when it could or nobody has looked."""
    return f"(เปิดไม่ได้เมื่อ {day(proof.unopened_on)})" if proof.unopened_on else ""


def gaps(missing: Iterable[Missing]) -> dict[str, list[Gap]]:
    """Return what is missing by the measure's heading; units that lack the same for the same task stand together."""
    alike: dict[str, dict[tuple[str, str], list[str]]] = {}
    for each in missing:
        rows = alike.setdefault(heading(each.measure), {})
        if each.task is None:
            rows[NOBODY_TRACKED, lacks(each)] = []
        else:
            rows.setdefault((f"{each.task.title} กำหนด {day(each.task.due)}", lacks(each)), []).append(each.task.unit)
    return {
        measure: [Gap(task, ", ".join(dict.fromkeys(units)), words) for (task, words), units in rows.items()]
        for measure, rows in alike.items()
    }


def lacks(each: Missing) -> str:
    """Return why it is not done, and the elements that it lacks; only the former while there is time left."""
    state = state_words(each.task)[0] if each.task and each.task.state != "done" else ""
    absent = ", ".join(ELEMENT[element] for element in each.elements if element != "completion")
    if each.is_expected or not absent:
        return state
    return f"{state} ขาด{absent}".strip()


def gap_line(gap: Gap) -> str:
    """Return a gap as one line."""
    units = f" ({gap.units})" if gap.units else ""
    return f"{gap.task}{units}: {gap.lacks}"


def missing_parts(missing: Sequence[Missing]) -> list[tuple[str, bool, dict[str, list[Gap]]]]:
    """Return (title, whether it is urgent, gaps) of what is missing, and of what has time left; only what there is."""
    urgent = [each for each in missing if not each.is_expected]
    expected = [each for each in missing if each.is_expected]
    parts = ((MISSING, True, urgent), (NOT_DUE, False, expected))
    return [(f"{title} ({thai(len(rows))} รายการ)", alarm, gaps(rows)) for title, alarm, rows in parts if rows]


def said(text: str | None, task: TaskReport) -> str:
    """Return what people said, or that they have not; a dash where nothing is asked (yet)."""
    if is_said(text):
        return text or ""
    return "-" if task.state in ("waived", "open") else SILENT


def day(of: date) -> str:
    """Return `๓๑ มี.ค. ๒๕๖๖`, which no line break tears apart."""
    return f"{thai(of.day)}\u00a0{SHORT_MONTHS[of.month - 1]}\u00a0{thai(of.year + ERA)}"


def month(label: str) -> str:
    """Return `มี.ค. ๒๕๖๖` for `2023-03`."""
    year, number = map(int, label.split("-"))
    return f"{SHORT_MONTHS[number - 1]} {thai(year + ERA)}"


def bar_words(bar: Bar) -> str:
    """Return how many tasks stand in each state, those without any left out."""
    told = zip(COUNTED, bar.counts, strict=True)
    return " / ".join(f"{STATE[state]}\u00a0{thai(count)}" for state, count in told if count)


def score_words(score: float) -> str:
    """Return a score with two decimals."""
    return thai(f"{score:.2f}")
