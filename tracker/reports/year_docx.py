"""The year's report as a Word document in the style of Thai offices, ready to be signed."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from tracker.reports import o43_words, year_words
from tracker.reports.o43_words import score_words
from tracker.reports.signatures import signature_lines
from tracker.reports.thai_docx import (
    BODY,
    fill,
    keep_whole,
    narrow_margins,
    new_document,
    number_pages,
    paragraph_in,
    put,
    repeat_on_each_page,
    row_in,
    shade,
    table_in,
)
from tracker.reports.year import Scored, YearReport, YearRow

_FIGURES = (8.1, 2.1, 2.5, 2.3, 3.3, 2.3, 2.1, 3.0)
_SCORES = (6.6, 2.2, 2.6, 14.3)
_WIDTH = sum(_FIGURES)
_SMALL = BODY - 2
_GROUND, _BAND = "D9E2EC", "EEF2F6"
_ALARM = "A61B1B"


def write_docx(report: YearReport, path: Path) -> None:
    """Write the document."""
    document = new_document(title=year_words.title(report), author=report.agency, day=report.as_of, landscape=True)
    number_pages(document)
    paragraph_in(document, report.agency, style="Title", align="center")
    for line in year_words.title_lines(report):
        paragraph_in(document, line, style="Heading 1", align="center").paragraph_format.space_before = 0
    paragraph_in(document, year_words.as_of(report), align="center")
    paragraph_in(document, year_words.SUMMARY, style="Heading 1", keep=True)
    for line in (*year_words.summary(report), year_words.compared(report)):
        paragraph_in(document, line)
    _put_figures(document, year_words.BY_UNIT, year_words.UNIT, report.units, report.whole, lambda row: row.label)
    _put_figures(
        document, year_words.BY_INDICATOR, year_words.INDICATOR, report.indicators, None, year_words.indicator_label
    )
    paragraph_in(document, year_words.NOTE, size=_SMALL)
    _put_scores(document, report)
    _put_signatures(document)
    document.save(str(path))


def _put_figures(
    document: Any,
    title: str,
    first: str,
    rows: Sequence[YearRow],
    whole: YearRow | None,
    label: Callable[[YearRow], str],
) -> None:
    paragraph_in(document, title, style="Heading 1", keep=True)
    table = table_in(document, _FIGURES)
    _dress_header(table, (first, *year_words.COLUMNS))
    for row in rows:
        _put_row(table, label(row), row, keep=whole is not None and row is rows[-1])  # no sum alone on a page
    if whole is not None:
        _put_row(table, year_words.WHOLE, whole, is_sum=True)


def _put_row(table: Any, label: str, row: YearRow, *, is_sum: bool = False, keep: bool = False) -> None:
    added = row_in(table, _FIGURES)
    keep_whole(added)
    fill(added.cells[0], [label], size=_SMALL, bold=is_sum, keep=keep)
    for cell, (now, before) in zip(added.cells[1:], year_words.figures(row), strict=True):
        fill(cell, [now], align="center", size=_SMALL, bold=is_sum)
        if before is not None:
            put(cell.paragraphs[0], f" ({before})", size=_SMALL)
    if is_sum:
        for cell in added.cells:
            shade(cell, _BAND)


def _put_scores(document: Any, report: YearReport) -> None:
    paragraph_in(document, year_words.scores_title(report), style="Heading 1", keep=True)
    if overall := year_words.overall(report):
        paragraph_in(document, overall, keep=True)
    if not report.scored:
        paragraph_in(document, year_words.NO_SCORES)
        return
    table = table_in(document, _SCORES)
    _dress_header(table, (year_words.INDICATOR, year_words.SCORE, year_words.SCORE_BEFORE, year_words.MEASURES))
    for each in report.scored:
        _put_score(table, each)


def _put_score(table: Any, each: Scored) -> None:
    row = row_in(table, _SCORES)
    keep_whole(row)
    cells, color = row.cells, _ALARM if each.is_weak else None
    fill(cells[0], [year_words.scored_label(each)], size=_SMALL)
    fill(cells[1], [score_words(each.score)], align="center", size=_SMALL, bold=each.is_weak, color=color)
    before = "-" if each.score_before is None else score_words(each.score_before)
    fill(cells[2], [before], align="center", size=_SMALL)
    bare = each.is_weak and not each.measures
    fill(cells[3], year_words.measure_lines(each), size=_SMALL, color=_ALARM if bare else None)


def _dress_header(table: Any, columns: Sequence[str]) -> None:
    narrow_margins(table)
    for cell, column in zip(table.rows[0].cells, columns, strict=True):
        fill(cell, [column], align="center", bold=True, size=_SMALL)
        shade(cell, _GROUND)
    repeat_on_each_page(table.rows[0])
    keep_whole(table.rows[0])


def _put_signatures(document: Any) -> None:
    paragraph_in(document, keep=True)
    table = table_in(document, [_WIDTH / 2] * 2, grid=False)
    keep_whole(table.rows[0])
    for cell, role in zip(table.rows[0].cells, (o43_words.REPORTER, o43_words.APPROVER), strict=True):
        fill(cell, signature_lines(role), align="center")
