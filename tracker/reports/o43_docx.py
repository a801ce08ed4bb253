"""The O43 report as a Word document in the style of Thai offices, ready to be signed."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from tracker.reports import o43_words as words
from tracker.reports.o43 import COUNTED, Bar, MeasureReport, O43Report, State, TaskReport
from tracker.reports.report_docx import ALARM, BAND, SMALL, WIDTH, headed_table, new_report, put_signatures
from tracker.reports.thai_docx import (
    fill,
    hide_inner_lines,
    keep_whole,
    paragraph_in,
    part_rows,
    put,
    put_link,
    row_in,
    shade,
    table_in,
)

_COLUMNS = (5.0, 2.6, 4.5, 4.1, 3.8, 2.7, 3.0)
_WARNING = "FFF4E0"
_COLORS: dict[State, str] = {"done": "1B6E3C", "submitted": "1F5FA8", "open": "6B7280", "overdue": ALARM}
_STEPS = 40
"""Into how many equal parts the longest bar is drawn."""
_BAR_COLUMNS = (5.0, 9.6, 11.1)
_KEPT_TOGETHER = 14
"""So few bars stand on one page."""


def write_docx(report: O43Report, path: Path) -> None:
    """Write the document."""
    document = new_report(report.agency, words.title_lines(report), words.as_of(report), report.as_of)
    _put_missing(document, report)
    _put_summary(document, report)
    _put_bars(document, words.BY_MONTH, report.by_month, words.month)
    _put_bars(document, words.BY_UNIT, report.by_unit, str)
    _put_measures(document, report)
    put_signatures(document)
    document.save(str(path))


def _put_missing(document: Any, report: O43Report) -> None:
    """Put what is missing into a box, before anything else is said; nothing when all is there."""
    if not report.missing:
        return
    paragraph_in(document)
    box = table_in(document, [WIDTH], rows=0)
    hide_inner_lines(box)
    for title, is_urgent, gaps in words.missing_parts(report.missing):
        for number, (measure, rows) in enumerate(gaps.items()):
            _put_gaps(box, None if number else title, measure, rows, color=ALARM if is_urgent else None)


def _put_gaps(box: Any, title: str | None, measure: str, gaps: Sequence[words.Gap], color: str | None) -> None:
    """Put what one measure lacks into a row of its own, for a page to end between measures and not inside one."""
    from docx.shared import Cm

    row = row_in(box, [WIDTH])
    keep_whole(row)
    cell = row.cells[0]
    shade(cell, _WARNING)
    if title:
        fill(cell, [title], bold=True, color=color)
        paragraph_in(cell, measure, bold=True, size=SMALL)
    else:
        fill(cell, [measure], bold=True, size=SMALL)
    for gap in gaps:
        line = paragraph_in(cell, f"- {words.gap_line(gap)}", size=SMALL)
        line.paragraph_format.left_indent, line.paragraph_format.first_line_indent = Cm(0.9), Cm(-0.4)


def _put_summary(document: Any, report: O43Report) -> None:
    paragraph_in(document, words.SUMMARY, style="Heading 1", keep=True)
    if not report.missing:
        paragraph_in(document, words.COMPLETE, bold=True)
    for line in (*words.counts(report), words.assessed(report)):
        if line:
            paragraph_in(document, line)


def _put_bars(document: Any, title: str, bars: Sequence[Bar], label: Callable[[str], str]) -> None:
    """Draw bars as a table whose cells are coloured: every number in it is text, and no picture is needed."""
    if not bars:
        return
    heading = paragraph_in(document, f"{title} ", style="Heading 1", keep=True)
    for state in COUNTED:
        put(heading, f"  ■ {words.STATE[state]}", size=SMALL, color=_COLORS[state])
    part = _BAR_COLUMNS[1] / _STEPS
    table = table_in(document, [_BAR_COLUMNS[0], *[part] * _STEPS, _BAR_COLUMNS[2]], rows=0, grid=False)
    part_rows(table)
    longest = max(bar.total for bar in bars)
    for number, bar in enumerate(bars, start=1):
        _draw(table, bar, label(bar.label), longest, keep=number < len(bars) <= _KEPT_TOGETHER)


def _draw(table: Any, bar: Bar, label: str, longest: int, *, keep: bool) -> None:
    row = table.add_row()
    keep_whole(row)
    cells, at = row.cells, 1
    fill(cells[0], [label], size=SMALL, keep=keep)
    fill(cells[-1], [words.bar_words(bar)], size=SMALL)
    for state, parts in zip(COUNTED, parts_of(bar.counts, longest), strict=True):
        if parts:
            segment = cells[at].merge(cells[at + parts - 1])
            shade(segment, _COLORS[state])
            at += parts


def parts_of(counts: Sequence[int], longest: int) -> list[int]:
    """Return how many of the equal parts each count takes: one at least where there is any, all of them at most."""
    ends = [round(sum(counts[: n + 1]) * _STEPS / longest) for n in range(len(counts))]
    parts = [end - start for start, end in zip([0, *ends], ends, strict=False)]
    parts = [max(part, 1) if count else 0 for part, count in zip(parts, counts, strict=True)]
    while sum(parts) > _STEPS:
        parts[parts.index(max(parts))] -= 1
    return parts


def _put_measures(document: Any, report: O43Report) -> None:
    paragraph_in(document, words.RESULTS, style="Heading 1", keep=True)
    table = headed_table(document, _COLUMNS, words.COLUMNS)
    for measure in report.measures:
        _put_band(table, words.heading(measure), measure)
        for task in measure.tasks:
            _put_task(table, task, within=measure.title)
    if report.of_the_plan:
        _put_band(table, words.OF_THE_PLAN, None)
        for task in report.of_the_plan:
            _put_task(table, task, within=None)
    paragraph_in(document, words.OF_ADDRESSES, size=SMALL, keep=True)  # no signature alone on a page


def _put_band(table: Any, heading: str, measure: MeasureReport | None) -> None:
    """Put what a measure is above its tasks, over the whole width and on the same page as the first of them."""
    cells = row_in(table, _COLUMNS).cells
    band = cells[0].merge(cells[-1])
    shade(band, BAND)
    first = band.paragraphs[0]
    first.paragraph_format.keep_with_next = True
    put(first, heading, bold=True)
    if measure is None:
        return
    is_done = measure.standing in ("done", "waived")
    put(first, f"  [{words.STANDING[measure.standing]}]", bold=True, color=None if is_done else ALARM)
    for facts in words.about(measure):
        line = paragraph_in(band, keep=True)
        for label, text in facts:
            put(line, f"{label}: ", bold=True, size=SMALL)
            put(line, f"{text}   ", size=SMALL)
    if not measure.tasks:
        paragraph_in(band, words.NOBODY_TRACKED, size=SMALL, color=ALARM)


def _put_task(table: Any, task: TaskReport, within: str | None) -> None:
    row = row_in(table, _COLUMNS)
    keep_whole(row)
    cells = row.cells
    fill(cells[0], [words.task_words(task, within=within), *words.due_words(task)], size=SMALL)
    fill(cells[1], [task.unit], size=SMALL)
    fill(cells[2], words.state_words(task), size=SMALL, color=ALARM if task.state == "overdue" else None)
    _put_evidence(cells[4], task)
    for cell, text in ((cells[3], task.result), (cells[5], task.problems), (cells[6], task.suggestions)):
        said = words.said(text, task)
        fill(cell, said.splitlines(), size=SMALL, color=ALARM if said == words.SILENT else None)


def _put_evidence(cell: Any, task: TaskReport) -> None:
    if not task.evidence:
        said = words.said(None, task)
        fill(cell, [said], size=SMALL, color=ALARM if said == words.SILENT else None)
    for number, proof in enumerate(task.evidence):
        place = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        if proof.url:
            put_link(place, proof.url, size=SMALL)
            if fault := words.unopened_words(proof):
                put(place, f" {fault}", size=SMALL, color=ALARM)
        else:
            put(place, words.proof_words(proof), size=SMALL, color=ALARM if proof.unopened_on else None)
