"""The Thai of the year's report: one wording for every format."""

from collections.abc import Mapping

from tracker.domain.indicators import PASS_MARK
from tracker.domain.thai.dates import long_day
from tracker.domain.thai.numerals import thai
from tracker.reports.o43 import MeasureReport
from tracker.reports.o43_words import STANDING, heading, score_words
from tracker.reports.year import ENDINGS, Ending, Scored, Tally, YearReport, YearRow

ENDING: Mapping[Ending, str] = {
    "on-time": "เสร็จตามกำหนด",
    "late": "เสร็จล่าช้า",
    "open": "อยู่ระหว่างดำเนินการ",
    "overdue": "เกินกำหนด",
    "waived": "ยกเว้น",
}
TOTAL, SHARE = "ทั้งหมด", "ร้อยละที่เสร็จตามกำหนด"
UNIT, INDICATOR = "หน่วยงาน", "ตัวชี้วัด"
WHOLE, NO_INDICATOR = "รวมทั้งหน่วยงาน", "ไม่ระบุตัวชี้วัด และงานในภาพรวม"
SUMMARY = "ภาพรวม"
BY_UNIT, BY_INDICATOR = "ผลการดำเนินงานจำแนกตามหน่วยงาน", "ผลการดำเนินงานจำแนกตามตัวชี้วัด"
SCORES = "คะแนนการประเมินกับการดำเนินการในปีนี้"
SCORE, MEASURES = "คะแนน", "มาตรการที่ระบุตัวชี้วัดนี้ และความคืบหน้า"
SCORE_BEFORE = "คะแนนปีก่อนหน้า"
NO_MEASURE = "ไม่มีมาตรการที่ระบุตัวชี้วัดนี้"
NO_SCORES = "แผนไม่ได้ระบุคะแนนรายตัวชี้วัด"
NOTE = (
    "“เสร็จล่าช้า” หมายถึงหน่วยงานรายงานหลังวันครบกำหนด “อยู่ระหว่างดำเนินการ” รวมงานที่รายงานแล้วและรอตรวจสอบ "
    "ร้อยละคิดจากงานที่ไม่ได้รับยกเว้น"
)
COLUMNS = (TOTAL, *(ENDING[ending] for ending in ENDINGS), SHARE)


def title_lines(report: YearReport) -> tuple[str, str]:
    """Return the title in the two lines in which it stands above a document."""
    return (
        "รายงานสรุปผลการดำเนินการตามมาตรการส่งเสริมคุณธรรมและความโปร่งใส",
        f"ประจำปีงบประมาณ พ.ศ. {thai(report.fiscal_year)}",
    )


def title(report: YearReport) -> str:
    """Return the title."""
    return " ".join(title_lines(report))


def as_of(report: YearReport) -> str:
    """Return the day of which the report speaks."""
    return f"ข้อมูล ณ วันที่ {long_day(report.as_of)}"


def compared(report: YearReport) -> str:
    """Return what the figures stand beside."""
    if report.year_before is None:
        return f"ไม่มีแผนของปีงบประมาณ พ.ศ. {thai(report.fiscal_year - 1)} ในระบบ จึงไม่มีตัวเลขเปรียบเทียบ"
    return f"ตัวเลขในวงเล็บเป็นของปีงบประมาณ พ.ศ. {thai(report.year_before)}"


def summary(report: YearReport) -> tuple[str, ...]:
    """Return the year in sentences."""
    now, before = report.whole.now, report.whole.before
    beside = f" (ปีก่อนร้อยละ {percent(before)})" if before and before.owed else ""
    lines = [
        f"งานทั้งหมด {thai(now.total)} งาน: "
        + " / ".join(f"{ENDING[ending]}\u00a0{thai(now[ending])}" for ending in ENDINGS if now[ending]),
        f"เสร็จตามกำหนดร้อยละ {percent(now)}{beside}",
    ]
    return (*lines, *([weak] if (weak := weak_line(report)) else []))


def weak_line(report: YearReport) -> str | None:
    """Return how many indicators are below the pass mark, and how many of them nothing was planned for."""
    if not report.scored:
        return None
    if not report.weak:
        return f"ไม่มีตัวชี้วัดที่ได้คะแนนต่ำกว่า {thai(round(PASS_MARK))}"
    bare = sum(not each.measures for each in report.weak)
    without = f" ซึ่งไม่มีมาตรการใดระบุถึง {thai(bare)} ตัวชี้วัด" if bare else ""
    return f"ตัวชี้วัดที่ได้คะแนนต่ำกว่า {thai(round(PASS_MARK))} มี {thai(len(report.weak))} ตัวชี้วัด{without}"


def scores_title(report: YearReport) -> str:
    """Return the title of the scores, with the year that was scored."""
    year = f" (คะแนนปีงบประมาณ พ.ศ. {thai(report.scored_year)})" if report.scored_year else ""
    return f"{SCORES}{year}"


def overall(report: YearReport) -> str | None:
    """Return the score of the agency as a whole, None when the plan prints none."""
    if report.score is None:
        return None
    return f"คะแนนรวม {score_words(report.score)}" + (f" ระดับ {report.grade}" if report.grade else "")


def figures(row: YearRow) -> list[tuple[str, str | None]]:
    """Return (this year's, last year's) of each of the COLUMNS; None where there is no last year."""
    now = _figures(row.now)
    before: list[str] | list[None] = [None] * len(now) if row.before is None else _figures(row.before)
    return list(zip(now, before, strict=True))


def _figures(tally: Tally) -> list[str]:
    return [thai(tally.total), *(thai(tally[ending]) for ending in ENDINGS), percent(tally)]


def percent(tally: Tally) -> str:
    """Return the share that was done in time, with one decimal; a dash when nothing is owed."""
    return "-" if tally.in_time is None else thai(f"{tally.in_time:.1f}")


def indicator_label(row: YearRow) -> str:
    """Return the indicator of a row."""
    return thai(row.label) or NO_INDICATOR


def scored_label(each: Scored) -> str:
    """Return the indicator of a score."""
    return f"{thai(each.id)} {each.name} ({each.instrument})"


def measure_lines(each: Scored) -> list[str]:
    """Return the measures that address an indicator, each with how far it has come."""
    return [f"{heading(measure)}: {progress(measure)}" for measure in each.measures] or [NO_MEASURE]


def progress(measure: MeasureReport) -> str:
    """Return how far a measure has come."""
    owed = [task for task in measure.tasks if task.state != "waived"]
    done = sum(task.state == "done" for task in owed)
    counted = f" ({thai(done)} จาก {thai(len(owed))} งาน)" if owed else ""
    return f"{STANDING[measure.standing]}{counted}"
