"""The O43 report as a workbook: what is missing, the measures, the tasks."""

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from tracker.domain.messages.lines import cells
from tracker.reports import o43_words as words
from tracker.reports.o43 import MeasureReport, Missing, O43Report, Proof, TaskReport
from tracker.reports.thai_docx import clean, link_target

Cell = str | int | float | date | Proof | None

MISSING, MEASURES, TASKS = "องค์ประกอบที่ขาด", "มาตรการ", "งาน"
_ERA_DATE = "[$-107041E]d mmm yyyy"
"""Shows a date in Thai and in the Buddhist era, while it stays a date to sort and filter by."""
_GROUND = "D9E2EC"
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
_LINE, _TALLEST = 16.0, 400.0
"""Heights in points: of one line, and of a row (a program allows 409)."""
_LONGEST = 32_767
"""Letters that a cell of a workbook holds."""


def write_xlsx(report: O43Report, path: Path) -> None:
    """Write the workbook; its first sheet is what is missing, even when that is nothing."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    book.properties.title, book.properties.creator = clean(words.title(report)), clean(report.agency)
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
    """Add a sheet: title, header that stays and is printed on each page, rows."""
    from openpyxl.styles import Border, Font, PatternFill, Side
    from openpyxl.utils import get_column_letter

    sheet = book.create_sheet(name)
    for number, line in enumerate((report.agency, words.title(report), words.as_of(report)), start=1):
        sheet.cell(number, 1, clean(line)).font = Font(bold=number < 3)  # noqa: PLR2004 - the day is not bold
    top = sheet.max_row + 1
    thin = Side(style="thin", color="8793A1")
    widths = [_WIDTHS.get(word, _WIDTH) for word in header]
    for number, row in enumerate([header, *rows], start=top):
        for column, value in enumerate(row, start=1):
            cell = sheet.cell(number, column)
            _put(cell, value)
            cell.border = Border(thin, thin, thin, thin)
        sheet.row_dimensions[number].height = _height(row, widths)
    for column, width in enumerate(widths, start=1):
        sheet.cell(top, column).font = Font(bold=True)
        sheet.cell(top, column).fill = PatternFill("solid", fgColor=_GROUND)
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = sheet.cell(top + 1, 1)
    sheet.auto_filter.ref = f"A{top}:{get_column_letter(len(header))}{max(sheet.max_row, top)}"
    _print_well(sheet, top)


def _height(row: Sequence[Cell], widths: Sequence[int]) -> float:
    """Return the height (points) in which all of a row's wrapped texts are seen: few programs work it out."""
    texts = (
        (words.proof_words(value) if isinstance(value, Proof) else value, width)
        for value, width in zip(row, widths, strict=False)
    )
    lines = (
        sum(-(-max(cells(line), 1) // width) for line in text.splitlines() or [""])
        for text, width in texts
        if isinstance(text, str)
    )
    return min(_LINE * max(lines, default=1), _TALLEST)


def _put(cell: Any, value: Cell) -> None:
    from openpyxl.styles import Alignment, Font

    if isinstance(value, Proof):
        if value.url and (target := link_target(value.url)):
            cell.hyperlink = target
            cell.font = Font(underline="single", color="174A85")
        value = words.proof_words(value)
    cell.value = clean(value)[:_LONGEST] if isinstance(value, str) else value
    if isinstance(value, str):
        cell.data_type = "s"  # words that begin with = are words, not a formula
    if isinstance(value, date):
        cell.number_format = _ERA_DATE
    cell.alignment = Alignment(vertical="top", wrap_text=True)


def _print_well(sheet: Any, top: int) -> None:
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"{top}:{top}"
    sheet.oddFooter.right.text = "หน้า &P จาก &N"
    sheet.page_margins.left = sheet.page_margins.right = 0.4
