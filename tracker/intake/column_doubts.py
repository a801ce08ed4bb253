"""What is doubtful about the columns of a measure table: dates that nobody asked for, time plans without a mark."""

from collections.abc import Iterator, Sequence

from tracker.domain.plans import PlanWarning
from tracker.domain.thai.numerals import squeeze
from tracker.domain.thai.phrases import read_timeframe
from tracker.intake.headers import Columns, column_role
from tracker.intake.layout import Layout, Row, Table
from tracker.intake.measure_row import MeasureRow, draft_of
from tracker.intake.subheaders import header_columns, is_second_row

_HEADER_WITHIN, _LOOKED_AT = 6, 400
"""A header stands in the first rows of its table; so many rows below it are looked at."""
_SHORTEST, _LONGEST = 4, 60


def column_doubts(layout: Layout) -> tuple[PlanWarning, ...]:
    """Return a warning for each column of dates whose header says not what they are, and for times without marks."""
    return tuple(doubt for table in layout.blocks if isinstance(table, Table) for doubt in _table_doubts(table))


def _table_doubts(table: Table) -> Iterator[PlanWarning]:
    for n, row in enumerate(table.rows[:_HEADER_WITHIN]):
        below = table.rows[n + 1 : n + 1 + _LOOKED_AT]
        if columns := header_columns(row, below):
            body = [one for k, one in enumerate(below) if k > 1 or not is_second_row(one)]
            yield from _date_doubts(row, body, columns)
            yield from _mark_doubts(row, body, columns)
            return


def _date_doubts(header: Row, body: Sequence[Row], columns: Columns) -> Iterator[PlanWarning]:
    ticked = {n for n, _ in columns.periods}
    for n, cell in enumerate(header.cells):
        if not cell.parts or n in ticked or column_role(squeeze(cell.text)):
            continue
        texts = [row.cells[n].text for row in body if n < len(row.cells) and row.cells[n].parts]
        if texts and sum(_is_time(text) for text in texts) * 2 > len(texts):
            yield PlanWarning(
                "unknown-date-column",
                f"คอลัมน์ “{cell.text}” มีวันที่ แต่ไม่ทราบว่าเป็นกำหนดของเรื่องใด จึงไม่ติดตาม โปรดตรวจหัวตาราง",
                header.line,
            )


def _is_time(text: str) -> bool:
    return _SHORTEST <= len(text) <= _LONGEST and read_timeframe(text).rule in ("due", "window")


def _mark_doubts(header: Row, body: Sequence[Row], columns: Columns) -> Iterator[PlanWarning]:
    """Yield a warning for each measure without a mark, or one for the table when none has any."""
    if not columns.periods or columns.time is not None:
        return
    measures = list(_measures(body, columns))
    unmarked = [row for row, is_marked in measures if not is_marked]
    if len(unmarked) == len(measures) > 1:
        yield _unmarked("ทุกช่องเวลาในตารางนี้ไม่มีเครื่องหมาย อาจเป็นรูปวาดที่อ่านไม่ได้", header.line)
        return
    for row in unmarked:
        yield _unmarked(f"ช่องเวลาไม่มีเครื่องหมาย: {row.title[:_LONGEST]}", row.line)


def _unmarked(words: str, line: int) -> PlanWarning:
    return PlanWarning("no-period-mark", f"{words} โปรดระบุระยะเวลา", line)


def _measures(body: Sequence[Row], columns: Columns) -> Iterator[tuple[MeasureRow, bool]]:
    """Yield each measure with whether its row, or one that goes on with it, has a mark."""
    above, is_marked = None, False
    for row in body:
        draft = draft_of(row, columns)
        if draft.title and not (draft.heading and not columns.banner):
            if above:
                yield above, is_marked
            above, is_marked = draft, False
        is_marked = is_marked or bool(draft.time.parts)
    if above:
        yield above, is_marked
