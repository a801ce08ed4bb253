"""The scores of indicators where a document prints them: the rows of its tables and the words of its sentences."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tracker.domain.indicators import NamedIndicator, named_indicators, score_value
from tracker.domain.thai.numerals import arabic
from tracker.intake.layout import Layout, Paragraph, Row, Table
from tracker.intake.years import years_in

_NUMBER = re.compile(r"(?<![\d.])\d{1,3}(?:\.\d{1,4})?(?![\d.]*\d)")
_PROSE = re.compile(r"[^\d]{0,60}?(?<!\d)(?P<score>\d{2}\.\d{1,2}|100(?:\.0{1,2})?)(?!\d)")
_BARE_YEAR = re.compile(r"\s*(?:ปี\s*)?(?:พ\s?\.\s?ศ\s?\.?\s*)?(2[4-7]\d\d)\s*")
_AIMED = re.compile(r"เป้าหมาย|คาดว่า|คาดการณ์")
_SHORT_HEAD, _NAME_FROM, _HEADER_ROWS = 60, 25, 3


@dataclass(frozen=True, slots=True)
class Printed:
    """A score as printed somewhere; `block` tells the places apart, `table` whether it stands in a table."""

    id: int
    score: float
    line: int
    block: int
    table: bool


def printed_scores(layout: Layout, skip: frozenset[int], year: int | None) -> Iterator[Printed]:
    """Yield every printed score, of one year's column (B.E.) where a table has several; tables in `skip` hold none."""
    for number, block in enumerate(layout.blocks):
        if isinstance(block, Paragraph):
            yield from (Printed(id_, score, block.line, number, table=False) for id_, score in _in_prose(block.text))
        elif block.rows[0].line not in skip:
            yield from _in_table(block, number, year)


def _in_prose(text: str) -> Iterator[tuple[int, float]]:
    plain = arabic(text)
    names = named_indicators(plain)
    ends = [name.start for name in names[1:]] + [len(plain)]
    for name, end in zip(names, ends, strict=bool(names)):
        found = _PROSE.match(plain, name.end, end)
        if found:
            yield name.id, float(found["score"])


def _in_table(table: Table, block: int, year: int | None) -> Iterator[Printed]:
    column = score_column(table, year)
    for row in table.rows:
        for id_, score in _in_row(row, column):
            yield Printed(id_, score, row.line, block, table=True)


def score_column(table: Table, year: int | None) -> int | None:
    """Return the column of a year when the header names several, the newest for another, or that of the scores."""
    header = table.rows[0].cells
    if any(score_value(cell.text) is not None for cell in header):
        return None
    years = header_years(table)
    if len(years) > 1:
        return next((n for n, one in years.items() if one == year), max(years, key=lambda n: (years[n], n)))
    named = [
        n
        for n, cell in enumerate(header)
        if "คะแนน" in cell.text and "เต็ม" not in cell.text and len(cell.text) < _SHORT_HEAD
    ]
    return named[0] if len(named) == 1 else None


def header_years(table: Table) -> dict[int, int]:
    """Return the year (B.E.) of each column that the header names one for, on whichever of its rows it stands."""
    years: dict[int, int] = {}
    for row in table.rows[:_HEADER_ROWS]:
        if any(score_value(cell.text) is not None for cell in row.cells):
            break
        for n, cell in enumerate(row.cells):
            bare = _BARE_YEAR.fullmatch(arabic(cell.text))
            named = years_in(cell.text) if len(cell.text) < _SHORT_HEAD and not _AIMED.search(cell.text) else []
            if bare or named:
                years[n] = int(bare[1]) if bare else max(named)
    return years


def _in_row(row: Row, column: int | None) -> Iterator[tuple[int, float]]:
    texts = [arabic(cell.text) for cell in row.cells]
    named = [(n, named_indicators(text)) for n, text in enumerate(texts)]
    leading = [(n, found) for n, found in named if found and found[0].start <= _NAME_FROM]
    if len(leading) == 1 and len(leading[0][1]) > 1:
        yield from _packed(leading[0][1], [text for n, text in enumerate(texts) if n != leading[0][0]])
    for n, found in leading:
        following = [column] if column is not None and column > n and len(leading) == 1 else range(n + 1, len(texts))
        scores = (score_value(texts[k]) for k in following if k < len(texts))
        score = next((score for score in scores if score is not None), None)
        if score is not None:
            yield found[0].id, score


def _packed(names: tuple[NamedIndicator, ...], others: list[str]) -> Iterator[tuple[int, float]]:
    """Pair names and scores that stand packed in one cell each, when there are as many of both."""
    for text in others:
        numbers = _NUMBER.findall(text)
        if len(numbers) == len(names) and not re.search(r"[ก-ฮ]", text):
            yield from ((name.id, float(number)) for name, number in zip(names, numbers, strict=True))
            return
