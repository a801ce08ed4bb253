"""Tables from ruling lines: the plane is cut along all lines, and what no line divides is one cell."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from tracker.intake.pdf_rules import Rule

_NEAR, _COVERED, _MOST_LINES = 3.0, 0.8, 160


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page."""

    x0: float
    y0: float
    x1: float
    y1: float

    def holds(self, x: float, y: float) -> bool:
        """Say whether a point lies inside."""
        return self.x0 <= x < self.x1 and self.y0 <= y < self.y1


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table: its rows, each with a cell or None (covered by a merged one) in every column."""

    box: Box
    rows: tuple[tuple[Box | None, ...], ...]


def find_grids(rules: Iterable[Rule]) -> tuple[Grid, ...]:
    """Return the ruled tables of a page from top to bottom; a page full of drawings has none."""
    upright, level = _merged(rules, upright=True), _merged(rules, upright=False)
    xs, ys = sorted(upright), sorted(level)
    if not 1 < len(xs) <= _MOST_LINES or not 1 < len(ys) <= _MOST_LINES:
        return ()
    cells = _Cells(len(xs) - 1, len(ys) - 1)
    for j in range(len(ys) - 1):
        for i in range(len(xs)):
            if not _covers(upright[xs[i]], ys[j], ys[j + 1]):
                cells.join((i - 1, j), (i, j))
    for i in range(len(xs) - 1):
        for j in range(len(ys)):
            if not _covers(level[ys[j]], xs[i], xs[i + 1]):
                cells.join((i, j - 1), (i, j))
    grids = (_grid(table, xs, ys) for table in cells.tables())
    return tuple(sorted(grids, key=lambda grid: (grid.box.y0, grid.box.x0)))


def _merged(rules: Iterable[Rule], *, upright: bool) -> dict[float, list[tuple[float, float]]]:
    """Return the lines of one direction by their place, near ones taken as one, their parts joined."""
    lines: dict[float, list[tuple[float, float]]] = {}
    at = last = float("-inf")
    for rule in sorted((one for one in rules if one.upright is upright), key=lambda one: one.at):
        if rule.at - last > _NEAR:
            at = rule.at
            lines[at] = []
        last = rule.at
        lines[at].append((rule.start, rule.end))
    return {at: _joined(parts) for at, parts in lines.items()}


def _joined(parts: list[tuple[float, float]]) -> list[tuple[float, float]]:
    joined: list[tuple[float, float]] = []
    for start, end in sorted(parts):
        if joined and start <= joined[-1][1] + _NEAR:
            joined[-1] = joined[-1][0], max(joined[-1][1], end)
        else:
            joined.append((start, end))
    return joined


def _covers(parts: list[tuple[float, float]], start: float, end: float) -> bool:
    covered = sum(max(0.0, min(end, b) - max(start, a)) for a, b in parts)
    return covered >= min(_COVERED * (end - start), end - start - 0.1)


class _Cells:
    """The smallest cells between lines, joined where no line divides them; the outside is one of them."""

    def __init__(self, columns: int, rows: int) -> None:
        self._columns, self._rows = columns, rows
        self._above: dict[tuple[int, int], tuple[int, int]] = {}

    def join(self, one: tuple[int, int], other: tuple[int, int]) -> None:
        a, b = sorted((self._root(one), self._root(other)))
        if a != b:
            self._above[b] = a

    def _root(self, cell: tuple[int, int]) -> tuple[int, int]:
        if not (0 <= cell[0] < self._columns and 0 <= cell[1] < self._rows):
            return _OUTSIDE
        path = []
        while cell in self._above:
            path.append(cell)
            cell = self._above[cell]
        for one in path:
            self._above[one] = cell
        return cell

    def tables(self) -> list[list[list[tuple[int, int]]]]:
        """Return the tables: groups of cells that touch, each cell the list of its smallest ones."""
        cells: defaultdict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
        for i in range(self._columns):
            for j in range(self._rows):
                if (root := self._root((i, j))) != _OUTSIDE:
                    cells[root].append((i, j))
        tables: list[list[list[tuple[int, int]]]] = []
        while cells:
            todo, table = [next(iter(cells))], []
            while todo:
                root = todo.pop()
                if root in cells:
                    table.append(cells.pop(root))
                    todo += [self._root((i + a, j + b)) for i, j in table[-1] for a, b in _BESIDE]
            tables.append(table)
        return tables


_OUTSIDE = (-1, -1)
_BESIDE = ((1, 0), (-1, 0), (0, 1), (0, -1))


def _grid(table: list[list[tuple[int, int]]], xs: list[float], ys: list[float]) -> Grid:
    corners = {(min(i for i, _ in cell), min(j for _, j in cell)): cell for cell in table}
    columns, rows = sorted({i for i, _ in corners}), sorted({j for _, j in corners})
    boxes = {corner: _box(cell, xs, ys) for corner, cell in corners.items()}
    whole = _box([one for cell in table for one in cell], xs, ys)
    return Grid(whole, tuple(tuple(boxes.get((i, j)) for i in columns) for j in rows))


def _box(cell: list[tuple[int, int]], xs: list[float], ys: list[float]) -> Box:
    columns, rows = [i for i, _ in cell], [j for _, j in cell]
    return Box(xs[min(columns)], ys[min(rows)], xs[max(columns) + 1], ys[max(rows) + 1])
