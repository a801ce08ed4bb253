"""The rows of a table without ruling lines: where each begins is told by what its columns do on a line.

Cells begin at the top of their row. So a column that begins to speak again after a silence begins a new row, and one
whose text runs on from a full line does not; numbers that count up in the first column, wider gaps and level rules
begin one in any case.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from tracker.domain.thai.numerals import arabic, squeeze
from tracker.intake.headers import measure_columns
from tracker.intake.layout import Cell, Row, Table
from tracker.intake.limits import MOST_COLUMNS
from tracker.intake.pdf_bands import Band, pitch_of
from tracker.intake.pdf_columns import is_label, is_labelled
from tracker.intake.pdf_lines import Line, begins_unit, cell_parts_of, has_room, is_marked
from tracker.intake.pdf_rules import Rule
from tracker.intake.pdf_settling import settled_rows

_SILENT, _APART = 1.6, 1.35  # in the distance of lines
_FULL, _WIDE = 0.2, 8.0
_RULED = 0.6
_HEAD_LINES, _MOST = 4, 0.6
_SUBNUMBER = re.compile(r"\d{1,2}\.\d{1,2}\s")
_NUMBER = re.compile(r"\(?(\d{1,3})(?:[.)]|$|\s)(?!\d)")


def bare_table(band: Band, rules: Iterable[Rule], number: int) -> Table:
    """Return the table that a band is, on page `number`."""
    reading = _Reading(band, _levels(band, rules))
    rows = [_row(band, lines, number) for lines in _set_apart(reading) or reading.rows()]
    return Table(tuple(row for row in rows if row.text))


def _set_apart(reading: "_Reading") -> list[list[dict[int, Line]]] | None:
    """Return the printed lines of each row when cells are set in the middle or at the bottom, the header's first."""
    band = reading.band
    if len(reading.levels) > 1 or is_labelled(band):
        return None
    lines = band.first_lines(_HEAD_LINES)
    head = next((n for n in range(1, len(lines) + 1) if measure_columns(_joined(lines[:n], band.width))), 0)
    rows = settled_rows(band, head)
    return rows and [*([list(band.lines[:head])] if head else []), *rows]


def _row(band: Band, rows: Sequence[dict[int, Line]], number: int) -> Row:
    cells = []
    for n in range(min(band.width, MOST_COLUMNS)):
        lines = [row[n] for row in rows if n in row]
        cells.append(Cell(cell_parts_of(lines, band.span(n)[1])))
    return Row(tuple(cells), number)


def _levels(band: Band, rules: Iterable[Rule]) -> tuple[float, ...]:
    """Return the heights of the level rules that stand between a band's lines, over most of its width."""
    left = min(row.spans[0][0] for row in band.rows)
    right = max(row.spans[-1][1] for row in band.rows)
    spans: dict[int, float] = {}
    for rule in rules:
        if not rule.upright and band.rows[0].y < rule.at < band.rows[-1].y:
            spans[round(rule.at)] = spans.get(round(rule.at), 0.0) + min(rule.end, right) - max(rule.start, left)
    return tuple(sorted(at for at, length in spans.items() if length >= _RULED * (right - left)))


@dataclass
class _Reading:
    """One reading of a band from top to bottom; `lasts` is what stands lowest in each column of the row at hand."""

    band: Band
    levels: tuple[float, ...]
    lasts: dict[int, Line] = field(default_factory=dict)
    count: int | None = None

    def rows(self) -> list[list[dict[int, Line]]]:
        """Return the printed lines of each row."""
        self.pitch, self.is_card = pitch_of(self.band.rows), is_labelled(self.band)
        self.spans = {n: self.band.span(n) for n in range(self.band.width)}
        found: list[list[dict[int, Line]]] = []
        for n, row in enumerate(self.band.lines):
            if n == 0 or self._begins(n, found[-1]):
                found.append([])
                self.lasts = {}
            found[-1].append(row)
            self.lasts |= row
            if not all(map(_is_number, row.values())):  # as the numbers of the columns are, below a header
                self.count = _counted(row.get(0), self.count)
        return found

    def _begins(self, n: int, above: Sequence[dict[int, Line]]) -> bool:
        """Say whether a line begins a new row."""
        crossing = self.band.crossing
        if n in crossing or n - 1 in crossing:
            return not (n in crossing and n - 1 in crossing)
        y, last = self.band.rows[n].y, self.band.rows[n - 1].y
        if len(self.levels) > 1:
            return any(last < level < y for level in self.levels)
        first = self.band.lines[n].get(0)
        if self.is_card:
            return first is not None and is_label(first)
        if y - last > _APART * self.pitch and first:
            return True
        if _counted(first, self.count) != self.count:
            return True
        return self._votes(
            n, is_head=len(above) <= _HEAD_LINES and measure_columns(_joined(above, self.band.width)) is not None
        )

    def _votes(self, n: int, *, is_head: bool) -> bool:
        row = self.band.lines[n]
        starts = {column for column, line in row.items() if self._speaks_again(column, line)}
        wraps = sum(self._runs_on(column, n) for column in range(self.band.width) if column not in starts)
        ends = {column for column, line in row.items() if column not in starts and self._is_apart(column, line)}
        if is_head and len(row) > 1 and self._is_below_head(row, wraps):
            return True
        if 0 in starts and len(starts) >= wraps:
            return True
        if len(starts) > max(1, wraps) or len(ends) > max(2, wraps, _MOST * self.band.width):
            return True
        return len(ends) > max(1, wraps) and 0 in (ends if self.count is not None else row)

    def _is_below_head(self, row: dict[int, Line], wraps: int) -> bool:
        """Say whether a line below a header is no more of it: it holds items, or speaks in every column."""
        return any(map(_is_item, row.values())) or (len(row) >= len(self.lasts) and 2 * wraps <= len(row))

    def _speaks_again(self, column: int, line: Line) -> bool:
        last = self.lasts.get(column)
        return last is None or line.y - last.y > _SILENT * self.pitch

    def _runs_on(self, column: int, n: int) -> bool:
        """Say whether the text of a column surely runs on over the beginning of a line: the line above is full."""
        last, y = self.lasts.get(column), self.band.rows[n].y
        coming = next((row[column] for row in self.band.lines[n : n + 2] if column in row), None)
        if last is None or coming is None or coming.y - last.y > _SILENT * self.pitch or y - last.y > coming.y - last.y:
            return False
        left, right = self.spans[column]
        is_full = right - last.x1 <= _FULL * (right - left) and right - left >= _WIDE * last.size
        return is_full and not _is_item(coming) and not _is_figure(last)

    def _is_apart(self, column: int, line: Line) -> bool:
        """Say whether a line surely begins a paragraph of its own."""
        last = self.lasts[column]
        is_new = _is_item(line) or (_is_figure(line) and (_is_figure(last) or "." in line.text))
        return is_new or has_room(last, line, self.spans[column][1])


def _joined(above: Sequence[dict[int, Line]], width: int) -> Row:
    texts = [[row[n].text for row in above if n in row] for n in range(width)]
    return Row(tuple(Cell((" ".join(parts),)) if parts else Cell() for parts in texts), 0)


def _is_item(line: Line) -> bool:
    return is_marked(line.text) or begins_unit(line.text) or bool(_SUBNUMBER.match(arabic(line.text.strip())))


def _is_number(line: Line) -> bool:
    return squeeze(arabic(line.text)).strip("().").isdigit()


def _is_figure(line: Line) -> bool:
    return squeeze(arabic(line.text)).replace(".", "").replace("%", "").isdigit()


def _counted(line: Line | None, count: int | None) -> int | None:
    """Return the row's number when a line of the first column begins with the one after `count`, else `count`."""
    found = _NUMBER.match(arabic(line.text.strip())) if line else None
    number = int(found[1]) if found else None
    return number if number is not None and (count is None or number == count + 1) else count
