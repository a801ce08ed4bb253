"""The rows of a table without ruling lines whose cells are set in the middle of their rows, or at the bottom.

Columns with little text show the rows: their cells stand apart. Where they stand beside a column that runs on from row
to row tells whether cells are set at the top, in the middle or at the bottom, and with it where each row ends.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from itertools import pairwise

from tracker.intake.pdf_bands import Band
from tracker.intake.pdf_lines import Line

_CELL, _NEAR, _LEAST = 1.6, 0.3, 2  # the first two in the distance of a cell's lines


class Setting(Enum):
    """Where in their rows the cells of a table stand."""

    TOP = auto()
    MIDDLE = auto()
    BOTTOM = auto()


@dataclass(frozen=True, slots=True)
class _Span:
    """How far down the page a cell begins and ends, by the baselines of its first and last line."""

    top: float
    bottom: float

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


def settled_rows(band: Band, head: int) -> list[list[dict[int, Line]]] | None:
    """Return the printed lines of each row below the `head` lines of the header, as one list each.

    None when cells are set at the top, as they mostly are, or when nothing shows where the rows are.
    """
    body = band.lines[head:]
    columns = [[row[n] for row in body if n in row] for n in range(band.width)]
    pitch = _pitch(columns)
    if band.crossing or not pitch:
        return None
    anchors = _anchors([_cells(lines, pitch) for lines in columns])
    if not anchors or (setting := _setting(anchors, body, pitch)) is Setting.TOP:
        return None
    ends = _ends(anchors, body, setting, pitch)
    return _parted(body, ends) if ends else None


def _pitch(columns: Sequence[Sequence[Line]]) -> float | None:
    """Return how far the lines of one cell are apart, which no other column's lines disturb."""
    gaps = [b.y - a.y for lines in columns for a, b in pairwise(lines) if b.y - a.y > 0.8 * a.size]
    return min(gaps, default=None)


def _cells(lines: Sequence[Line], pitch: float) -> list[_Span]:
    spans: list[_Span] = []
    for line in lines:
        if spans and line.y - spans[-1].bottom <= _CELL * pitch:
            spans[-1] = _Span(spans[-1].top, line.y)
        else:
            spans.append(_Span(line.y, line.y))
    return spans


def _anchors(columns: Sequence[Sequence[_Span]]) -> list[list[_Span]]:
    """Return for each row the cells that show it: those of the columns that have the same number of cells."""
    counts = Counter(len(cells) for cells in columns if len(cells) >= _LEAST)
    count, columns_alike = max(counts.items(), key=lambda one: (one[1], one[0]), default=(0, 0))
    if columns_alike < _LEAST:
        return []
    alike = [cells for cells in columns if len(cells) == count]
    return [[cells[n] for cells in alike] for n in range(count)]


def _setting(anchors: Sequence[Sequence[_Span]], body: Sequence[dict[int, Line]], pitch: float) -> Setting:
    """Return where cells stand: by what their rows have in common, and by the body's first and last line."""
    first = min(line.y for row in body for line in row.values())
    last = max(line.y for row in body for line in row.values())
    tops = [*(_spread(one.top for one in row) for row in anchors), min(one.top for one in anchors[0]) - first]
    bottoms = [*(_spread(one.bottom for one in row) for row in anchors), last - max(one.bottom for one in anchors[-1])]
    middles = [_spread(one.middle for one in row) for row in anchors]
    if max(tops) <= _NEAR * pitch:
        return Setting.TOP
    if max(bottoms) <= _NEAR * pitch:
        return Setting.BOTTOM
    return Setting.MIDDLE if max(middles) <= _NEAR * pitch else Setting.TOP


def _spread(values: Iterable[float]) -> float:
    listed = list(values)
    return max(listed) - min(listed)


def _ends(
    anchors: Sequence[Sequence[_Span]], body: Sequence[dict[int, Line]], setting: Setting, pitch: float
) -> list[float] | None:
    """Return how far down each row goes; None when the last does not end with the table, so that it was misread."""
    heights = sorted(line.y for row in body for line in row.values())
    ends: list[float] = []
    for row in anchors:
        top = next((y for y in heights if not ends or y > ends[-1]), None)
        if top is None or top > min(one.top for one in row) + _NEAR * pitch:
            return None
        bottom = max(one.bottom for one in row)
        middle = sum(one.middle for one in row) / len(row)
        ends.append(max(bottom, 2 * middle - top if setting is Setting.MIDDLE else bottom) + _NEAR * pitch)
    return ends if ends[-1] - _NEAR * pitch >= heights[-1] - _NEAR * pitch else None


def _parted(body: Sequence[dict[int, Line]], ends: Sequence[float]) -> list[list[dict[int, Line]]]:
    rows: list[list[dict[int, Line]]] = [[] for _ in ends]
    for line in body:
        y = min(one.y for one in line.values())
        rows[next((n for n, end in enumerate(ends) if y <= end), len(ends) - 1)].append(line)
    return rows
