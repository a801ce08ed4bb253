"""What is doubtful in a document, told in Thai with the line where it stands. Nothing is corrected."""

import re
from collections.abc import Callable, Iterable, Iterator

from tracker.domain.indicators import PASS_MARK, TOLERANCE, grade_of, indicator, named_indicators, total_of
from tracker.domain.plans import Measure, PlanWarning
from tracker.domain.thai.numerals import arabic, thai
from tracker.intake.agency import Agency
from tracker.intake.items import numbered
from tracker.intake.layout import Layout
from tracker.intake.measures import MeasureRow
from tracker.intake.scores import Scores, differ
from tracker.intake.years import Years

NO_MEASURES = PlanWarning("no-measures", "ไม่พบตารางมาตรการในเอกสารนี้")
_PRAISE = re.compile(r"[^\d]{0,20}ดีเยี่ยม[^\d]{0,60}?(\d{2}\.\d{1,2})")
_PROSE_MEASURE = re.compile(r"มาตรการ.{20,}")
_LEAST_PROSE, _LONGEST_QUOTE = 90, 60


def score_doubts(scores: Scores, layout: Layout, at: Callable[[int], str]) -> Iterator[PlanWarning]:
    """Yield scores that contradict each other, a total that does not recompute, words that do not fit.

    `at` says in words where a line stands in the document.
    """
    chosen = {one.id: one for one in scores.assessment.indicators}
    for one in scores.printed:
        kept = chosen[one.id]
        if differ(one.score, kept.score):
            yield PlanWarning(
                "score-contradiction",
                f"คะแนน “{kept.name}” พิมพ์ไว้ {one.score:.2f} แต่{at(kept.line)} พิมพ์ไว้ {kept.score:.2f}",
                one.line,
            )
    yield from _total_doubts(scores)
    for line in layout.paragraphs():
        yield from _praise_doubts(arabic(line.text), line.line)


def _total_doubts(scores: Scores) -> Iterator[PlanWarning]:
    total = scores.total
    if total is None:
        return
    found = total_of({one.id: one.score for one in scores.assessment.indicators})
    if found is not None and abs(found - total.score) > TOLERANCE:
        yield PlanWarning(
            "total-mismatch", f"คะแนนรวมพิมพ์ไว้ {total.score:.2f} แต่คำนวณจากตัวชี้วัดได้ {found:.2f}", total.line
        )
    band = grade_of(total.score)
    if band and total.grade in ("AA", "A", "B", "C", "D", "E", "F") and band != total.grade:
        yield PlanWarning(
            "grade-mismatch", f"คะแนน {total.score:.2f} ควรอยู่ในระดับ {band} แต่พิมพ์ไว้ว่าระดับ {total.grade}", total.line
        )


def _praise_doubts(text: str, line: int) -> Iterator[PlanWarning]:
    for name in named_indicators(text):
        found = _PRAISE.match(text, name.end)
        if found and float(found[1]) < PASS_MARK:
            yield PlanWarning(
                "grade-word",
                f"ใช้คำว่า “ดีเยี่ยม” กับ “{indicator(name.id).name}” ซึ่งได้ {found[1]} ต่ำกว่าเกณฑ์ผ่าน {PASS_MARK:.0f}",
                line,
            )


def numbering_doubts(measures: Iterable[Measure]) -> Iterator[PlanWarning]:
    """Yield the places where the printed numbers of measures skip, repeat or start again."""
    last = 0
    for measure in measures:
        if not measure.number or not measure.number.isdigit():
            continue
        number = int(measure.number)
        if number > last + 1 and last:
            missing = ", ".join(thai(n) for n in range(last + 1, min(number, last + 11)))
            yield PlanWarning(
                "numbering-gap", f"เลขมาตรการข้ามจาก {thai(last)} ไป {thai(number)} (ไม่พบ {missing})", measure.line
            )
        elif number <= last:
            yield PlanWarning("numbering-repeat", f"เลขมาตรการ {thai(number)} ซ้ำหรือเริ่มใหม่", measure.line)
        last = number


def row_doubts(measures: Iterable[Measure], rows: Iterable[MeasureRow]) -> Iterator[PlanWarning]:
    """Yield measures that nobody owns, and what was taken from the row above: owners, times, how they are followed up.

    A cell printed once for several rows looks the same as one that was forgotten, and the duties in it are owed again.
    """
    for measure, row in zip(measures, rows, strict=True):
        if not measure.responsible:
            yield PlanWarning("no-owner", f"มาตรการ “{measure.title}” ไม่มีผู้รับผิดชอบ", measure.line)
        elif "owner" in row.inherited:
            unit = measure.responsible[0].unit
            yield PlanWarning("inherited-owner", f"ช่องผู้รับผิดชอบว่าง ใช้ตามแถวบน: {unit}", measure.line)
        if "time" in row.inherited:
            yield PlanWarning("inherited-time", f"ช่องระยะเวลาว่าง ใช้ตามแถวบน: {_cut(row.time.text)}", measure.line)
        if "monitor" in row.inherited:
            message = f"ช่องการติดตามและรายงานว่าง ใช้ตามแถวบน: {_cut(row.monitor.text)}"
            yield PlanWarning("inherited-monitor", message, measure.line)


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST_QUOTE else f"{text[:_LONGEST_QUOTE]}…"


def year_doubts(years: Years) -> Iterator[PlanWarning]:
    """Yield a title that names another year than the plan's measures, and a plan without a year."""
    if years.plan is None:
        yield PlanWarning("no-fiscal-year", "ไม่พบปีงบประมาณของแผน โปรดระบุด้วย --fiscal-year")
    elif years.assumed:
        message = f"ไม่พบปีงบประมาณของแผน ใช้ปีถัดจากปีที่ประเมิน คือ {thai(years.plan)} โปรดตรวจสอบ"
        yield PlanWarning("year-assumed", message)
    elif years.title is not None and years.title != years.plan:
        yield PlanWarning(
            "year-conflict",
            f"ชื่อเอกสารเป็นปีงบประมาณ {thai(years.title)} แต่มาตรการเป็นของปีงบประมาณ {thai(years.plan)}",
            years.title_line,
        )
    elif years.heading is not None:
        message = f"หัวเรื่องของมาตรการเป็นปีงบประมาณ {thai(years.heading)} แต่กำหนดเวลาอยู่ในปีงบประมาณ {thai(years.plan)}"
        yield PlanWarning("year-conflict", message, years.title_line)


def agency_doubts(agency: Agency) -> Iterator[PlanWarning]:
    """Yield a missing agency, and other spellings of its name."""
    if agency.name is None:
        yield PlanWarning("no-agency", "ไม่พบชื่อหน่วยงานเจ้าของแผน โปรดระบุด้วย --agency")
    for variant, line in agency.variants:
        yield PlanWarning("agency-variant", f"ชื่อหน่วยงานพิมพ์ไว้ว่า “{variant}” แต่ชื่อเรื่องเป็น “{agency.name}”", line)


def supplementary_doubts(layout: Layout, rows: Iterable[MeasureRow]) -> Iterator[PlanWarning]:
    """Yield numbered measures in prose below the tables: without owner or time they are not tracked."""
    last = max((row.line for row in rows), default=0)
    for paragraph in layout.paragraphs():
        number, title = numbered(paragraph.text)
        long = len(title) >= _LEAST_PROSE or " โดย" in title
        if number and paragraph.line > last and long and _PROSE_MEASURE.match(title):
            name = title.split(" โดย")[0][:80]
            yield PlanWarning(
                "supplementary-measure",
                f"มาตรการเพิ่มเติมข้อ {thai(number)} “{name}” ไม่มีผู้รับผิดชอบและกำหนดเวลา จึงไม่ติดตาม",
                paragraph.line,
            )
