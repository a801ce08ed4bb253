"""The year's report as a Word document in the style of Thai offices, ready to be signed."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from tracker.reports import year_words
from tracker.reports.o43_words import score_words
from tracker.reports.report_docx import ALARM, BAND, SMALL, headed_table, new_report, put_signatures
from tracker.reports.thai_docx import fill, keep_whole, paragraph_in, put, row_in, shade
from tracker.reports.year import Scored, YearReport, YearRow

_FIGURES = (8.1, 2.1, 2.5, 2.3, 3.3, 2.3, 2.1, 3.0)
_SCORES = (6.6, 2.2, 2.6, 14.3)


def write_docx(report: YearReport, path: Path) -> None:
    """Write the document."""
    titles = year_words.title_lines(report)
    document = new_report(report.agency, titles, year_words.as_of(report), report.as_of)
    paragraph_in(document, year_words.SUMMARY, style="Heading 1", keep=True)
    for line in (*year_words.summary(report), year_words.compared(report)):
        paragraph_in(document, line)
    _put_figures(document, year_words.BY_UNIT, year_words.UNIT, report.units, report.whole, lambda row: row.label)
    _put_figures(
        document, year_words.BY_INDICATOR, year_words.INDICATOR, report.indicators, None, year_words.indicator_label
    )
    paragraph_in(document, year_words.NOTE, size=SMALL)
    _put_scores(document, report)
    put_signatures(document)
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
    table = headed_table(document, _FIGURES, (first, *year_words.COLUMNS))
    for row in rows:
        _put_row(table, label(row), row, keep=whole is not None and row is rows[-1])  # no sum alone on a page
    if whole is not None:
        _put_row(table, year_words.WHOLE, whole, is_sum=True)


def _put_row(table: Any, label: str, row: YearRow, *, is_sum: bool = False, keep: bool = False) -> None:
    added = row_in(table, _FIGURES)
    keep_whole(added)
    fill(added.cells[0], [label], size=SMALL, bold=is_sum, keep=keep)
    for cell, (now, before) in zip(added.cells[1:], year_words.figures(row), strict=True):
        fill(cell, [now], align="center", size=SMALL, bold=is_sum)
        if before is not None:
            put(cell.paragraphs[0], f" ({before})", size=SMALL)
    if is_sum:
        for cell in added.cells:
            shade(cell, BAND)


def _put_scores(document: Any, report: YearReport) -> None:
    paragraph_in(document, year_words.scores_title(report), style="Heading 1", keep=True)
    if overall := year_words.overall(report):
        paragraph_in(document, overall, keep=True)
    if not report.scored:
        paragraph_in(document, year_words.NO_SCORES, keep=True)
        return
    columns = (year_words.INDICATOR, year_words.SCORE, year_words.SCORE_BEFORE, year_words.MEASURES)
    table = headed_table(document, _SCORES, columns)
    for each in report.scored:
        _put_score(table, each, keep=each is report.scored[-1])  # no signature alone on a page


def _put_score(table: Any, each: Scored, *, keep: bool) -> None:
    row = row_in(table, _SCORES)
    keep_whole(row)
    cells, color = row.cells, ALARM if each.is_weak else None
    fill(cells[0], [year_words.scored_label(each)], size=SMALL, keep=keep)
    fill(cells[1], [score_words(each.score)], align="center", size=SMALL, bold=each.is_weak, color=color)
    before = "-" if each.score_before is None else score_words(each.score_before)
    fill(cells[2], [before], align="center", size=SMALL)
    bare = each.is_weak and not each.measures
    fill(cells[3], year_words.measure_lines(each), size=SMALL, color=ALARM if bare else None)
