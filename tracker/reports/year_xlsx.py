"""The year's report as a workbook: units, indicators, scores; last year's figures in columns of their own."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from tracker.reports import year_words as words
from tracker.reports.thai_xlsx import Cell, add_sheet, new_book
from tracker.reports.year import ENDINGS, Tally, YearReport, YearRow

UNITS, INDICATORS, SCORES = "หน่วยงาน", "ตัวชี้วัด", "คะแนน"
_LABEL, _FIGURE, _WIDE = 34, 13, 90


def write_xlsx(report: YearReport, path: Path) -> None:
    """Write the workbook; its figures are numbers, to be reckoned with."""
    book = new_book(words.title(report), report.agency)
    titles = (report.agency, words.title(report), words.as_of(report))
    figures = {f"{word}{year}": _FIGURE for word in words.COLUMNS for year in _years(report)}
    rows = [*_rows(report.units, lambda row: row.label), *_rows([report.whole], lambda _: words.WHOLE)]
    add_sheet(book, UNITS, titles, {words.UNIT: _LABEL, **figures}, rows)
    rows = list(_rows(report.indicators, words.indicator_label))
    add_sheet(book, INDICATORS, titles, {words.INDICATOR: _LABEL, **figures}, rows)
    columns = {words.INDICATOR: _LABEL, words.SCORE: _FIGURE, words.SCORE_BEFORE: _FIGURE, words.MEASURES: _WIDE}
    scores: Iterable[Sequence[Cell]] = [
        [words.scored_label(each), each.score, each.score_before, "\n".join(words.measure_lines(each))]
        for each in report.scored
    ]
    add_sheet(book, SCORES, titles, columns, scores or [[words.NO_SCORES]])
    book.save(path)


def _years(report: YearReport) -> tuple[str, ...]:
    """Return what follows each column's word: nothing, and last year where there is one."""
    return ("",) if report.year_before is None else ("", f" ปี {report.year_before}")


def _rows(rows: Iterable[YearRow], label: Callable[[YearRow], str]) -> Iterator[list[Cell]]:
    for row in rows:
        now = _figures(row.now)
        if row.before is None:
            yield [label(row), *now]
        else:
            pairs = zip(now, _figures(row.before), strict=True)
            yield [label(row), *(figure for pair in pairs for figure in pair)]


def _figures(tally: Tally) -> list[Cell]:
    share = None if tally.in_time is None else round(tally.in_time, 1)
    return [tally.total, *(tally[ending] for ending in ENDINGS), share]
