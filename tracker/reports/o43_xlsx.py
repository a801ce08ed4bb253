"""The O43 report as a workbook: what is missing, the measures, the tasks."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from tracker.reports import o43_words as words
from tracker.reports.o43 import MeasureReport, Missing, O43Report, TaskReport
from tracker.reports.thai_xlsx import Cell, add_sheet, new_book

MISSING, MEASURES, TASKS = "องค์ประกอบที่ขาด", "มาตรการ", "งาน"
_WIDTHS = {
    "ที่": 6,
    "เลขที่งาน": 8,
    "ช้า (วัน)": 8,
    "มาตรการ": 34,
    "ตัวชี้วัด": 20,
    "ขั้นตอน": 44,
    "การกำกับติดตาม": 34,
    "งาน": 30,
    "หน่วยงาน": 18,
    "ผู้รับผิดชอบ": 20,
    "สถานะ": 16,
    "องค์ประกอบที่ขาด": 50,
    "ผลการดำเนินการ": 34,
    "หลักฐาน": 30,
    "ปัญหา อุปสรรค": 24,
    "ข้อเสนอแนะ": 24,
    "หมายเหตุ": 26,
}
_WIDTH = 13


def write_xlsx(report: O43Report, path: Path) -> None:
    """Write the workbook; its first sheet is what is missing, even when that is nothing."""
    book = new_book(words.title(report), report.agency)
    missing = [_missing(each) for each in report.missing] or [[words.COMPLETE]]
    _sheet(book, report, MISSING, ["มาตรการ", "งาน", "หน่วยงาน", "กำหนด", "สถานะ", "องค์ประกอบที่ขาด"], missing)
    columns = [
        "ที่", "มาตรการ", "ตัวชี้วัด", "คะแนนปีที่ผ่านมา", "ขั้นตอน", "ผู้รับผิดชอบ", "ระยะเวลา", "การกำกับติดตาม", "สถานะ",
        "งานที่ต้องทำ", "แล้วเสร็จ",
    ]  # fmt: skip
    _sheet(book, report, MEASURES, columns, map(_measure, report.measures))
    columns = [
        "เลขที่งาน", "ที่", "มาตรการ", "งาน", "หน่วยงาน", "กำหนด", "สถานะ", "วันที่รายงาน", "วันที่แล้วเสร็จ", "ช้า (วัน)",
        "ผลการดำเนินการ", "หลักฐาน", "ปัญหา อุปสรรค", "ข้อเสนอแนะ", "หมายเหตุ",
    ]  # fmt: skip
    rows = [_task(measure, task) for measure in report.measures for task in measure.tasks]
    _sheet(book, report, TASKS, columns, [*rows, *(_task(None, task) for task in report.of_the_plan)])
    book.save(path)


def _missing(each: Missing) -> list[Cell]:
    task, absent = each.task, ", ".join(words.ELEMENT[element] for element in each.elements)
    if task is None:
        return [words.heading(each.measure), words.NOBODY_TRACKED, None, None, None, absent]
    return [words.heading(each.measure), task.title, task.unit, task.due, words.STATE[task.state], absent]


def _measure(measure: MeasureReport) -> list[Cell]:
    owed = [task for task in measure.tasks if task.state != "waived"]
    indicator = measure.indicator
    return [
        words.number_of(measure),
        measure.title,
        f"{indicator.id} {indicator.name}" if indicator else None,
        indicator.score if indicator else None,
        "\n".join(measure.steps),
        "\n".join(measure.responsible),
        measure.timeframe,
        measure.monitoring,
        words.STANDING[measure.standing],
        len(owed),
        sum(task.state == "done" for task in owed),
    ]


def _task(measure: MeasureReport | None, task: TaskReport) -> list[Cell]:
    waived = [task.waived_because or words.SILENT] if task.state == "waived" else []
    evidence: Cell = words.said(None, task)
    if len(task.evidence) == 1:
        evidence = task.evidence[0]
    elif task.evidence:
        evidence = "\n".join(map(words.proof_words, task.evidence))
    return [
        task.id,
        words.number_of(measure) if measure else None,
        measure.title if measure else task.measure_title or words.OF_THE_PLAN,
        task.title,
        task.unit,
        task.due,
        words.STATE[task.state],
        task.submitted_on,
        task.closed_on,
        task.days_late or None,
        words.said(task.result, task),
        evidence,
        words.said(task.problems, task),
        words.said(task.suggestions, task),
        "\n".join([*waived, *words.due_words(task)[1:]]) or None,
    ]


def _sheet(book: Any, report: O43Report, name: str, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    titles = (report.agency, words.title(report), words.as_of(report))
    add_sheet(book, name, titles, {word: _WIDTHS.get(word, _WIDTH) for word in header}, rows)
