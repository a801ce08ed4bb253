"""A measure as its row prints it, and how a row of a table becomes one."""

import re
from dataclasses import dataclass, replace

from tracker.domain.indicators import indicator_of
from tracker.domain.thai.numerals import squeeze
from tracker.domain.thai.phrases import find_phrases, read_timeframe
from tracker.domain.thai.phrases_joining import is_cut_off
from tracker.intake.banners import banner_text
from tracker.intake.headers import Columns
from tracker.intake.items import inline_numbers, numbered, title_and_steps, unmarked
from tracker.intake.layout import Cell, Row
from tracker.intake.marks import bars_of, period_cells
from tracker.intake.ticks import is_tick, ticked_times

_PRINTED = re.compile(r"\(?(?:ข้อ)?(\d{1,3}(?:\.\d{1,2})*)[.)]*")
_OPENING = re.compile(r"ตั้งแต่|เริ่ม|นับ|-|–|—|ถึง")
_LOOSE = re.compile(r"^[\s,(–-]+|[\s,(–-]+$")
EMPTY = Cell()


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """A measure as its row (or rows) print it; `inherited` names the cells that stood once for several rows.

    `heading` says that nothing but number and title is printed, `results` that the table tells what was done.
    """

    number: str | None
    title: str
    indicator: int | None
    steps: Cell
    owner: Cell
    time: Cell
    monitor: Cell
    line: int
    inherited: tuple[str, ...] = ()
    heading: bool = False
    results: bool = False


def draft_of(row: Row, columns: Columns) -> MeasureRow:
    """Return the measure that one row prints, as far as it prints it; its title may be empty.

    Where measures are banners, any other row is an activity of the banner above it.
    """
    if columns.banner and (banner := banner_text(row)):
        return _banner(banner, row)
    cell, steps = cell_of(row, columns.title), cell_of(row, columns.steps)
    if columns.steps == columns.title:
        cell, steps = title_and_steps(cell)
    if columns.banner:
        cell, steps = EMPTY, Cell(tuple(dict.fromkeys((*cell_of(row, columns.title).parts, *steps.parts))))
    number, title = _name(row, cell, columns)
    owner, time = _owner_and_time(row, columns)
    monitor = _monitor(row, columns)
    return MeasureRow(
        number=number,
        title=title,
        indicator=indicator_of(title),
        steps=steps,
        owner=owner,
        time=time,
        monitor=monitor,
        line=row.line,
        heading=not (steps.parts or owner.parts or time.parts or monitor.parts),
        results=columns.results,
    )


def _banner(text: str, row: Row) -> MeasureRow:
    number, title = numbered(text)
    return MeasureRow(number, title, indicator_of(title), EMPTY, EMPTY, EMPTY, EMPTY, row.line, heading=True)


def cell_of(row: Row, column: int | None) -> Cell:
    """Return a row's cell, an empty one when the row is too short or the table has no such column."""
    return row.cells[column] if column is not None and column < len(row.cells) else EMPTY


def timed(row: MeasureRow) -> MeasureRow:
    """Return the row with its times as one text: a list when each part is a time of its own, or else one phrase."""
    parts = tuple(item for part in row.time.parts for item in inline_numbers(part))
    parts = tuple(unmarked(part) for part in parts)
    if len(parts) < 2:  # noqa: PLR2004
        return replace(row, time=Cell(parts, lines=row.time.lines[:1]))
    each = all(read_timeframe(part).rule != "none" and not is_cut_off(part) for part in parts)
    text = (", " if each else " ").join(dict.fromkeys(parts) if each else parts)
    return replace(row, time=Cell((text,), lines=row.time.lines[:1]))


def _name(row: Row, cell: Cell, columns: Columns) -> tuple[str | None, str]:
    number, title = numbered(cell.text)
    if columns.number is not None:
        printed = _PRINTED.fullmatch(squeeze(cell_of(row, columns.number).text))
        number = printed[1] if printed else number
    elif number is None and columns.issue is not None and title:
        number = numbered(cell_of(row, columns.issue).text)[0]
    return number, title


def _owner_and_time(row: Row, columns: Columns) -> tuple[Cell, Cell]:
    owner = cell_of(row, columns.owner)
    if columns.time is not None and columns.time == columns.owner:
        return _parted(owner)
    helpers = [part for n in columns.helpers for part in cell_of(row, n).parts]
    return Cell((*owner.parts, *helpers)), _time(row, columns)


def _time(row: Row, columns: Columns) -> Cell:
    """Return the row's time: a beginning with its end, a time, or the columns that are ticked."""
    time, until = cell_of(row, columns.time), cell_of(row, columns.until)
    if time.parts and until.parts and columns.opens:
        return Cell((f"{time.text} - {until.text}",))
    if time.parts and columns.opens:
        return Cell((time.text if _OPENING.search(time.text) else f"ตั้งแต่ {time.text}",))
    if time.parts or until.parts or not columns.periods:
        return Cell((*time.parts, *until.parts))
    places = [n for n, _ in columns.periods]
    ticked = ticked_times(
        [label for _, label in columns.periods],
        [cell.text for cell in period_cells(row, places)],
        columns.strokes,
        bars_of(row, places, columns.striped),
    )
    return Cell((ticked,)) if ticked else EMPTY


def _monitor(row: Row, columns: Columns) -> Cell:
    """Return how the row is followed up, by all its columns; one that is only ticked says so by its name."""
    parts: list[str] = []
    for n, name in columns.monitors:
        cell = cell_of(row, n)
        parts.extend([name] if is_tick(cell.text) else cell.parts)
    return Cell(tuple(parts))


def _parted(cell: Cell) -> tuple[Cell, Cell]:
    """Part a cell that names owners and their time, as a merged column does."""
    owners, times = [], []
    for part in cell.parts:
        found = [one for one in find_phrases(part) if one.reading.rule != "event"]
        rest = part
        for one in reversed(found):
            rest = f"{rest[: one.start]} {rest[one.end :]}"
        rest = _LOOSE.sub("", rest.replace("( )", "").replace("()", ""))
        whole = not found and read_timeframe(part).rule != "none"
        times.extend([part] if whole else [one.text for one in found])
        owners.extend([rest] if len(rest) > 1 and not whole else [])
    return Cell(tuple(owners)), Cell(tuple(times))
