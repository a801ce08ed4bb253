"""Bands of a page that white space divides into columns: tables without ruling lines, and prose set in columns.

White space is a gutter when no letter of any line stands in it, from the band's first line to its last. A few lines may
cross all gutters, as a heading inside a table does.
"""

from bisect import bisect
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from tracker.intake.pdf_lines import Line, lines_of, rows_of
from tracker.intake.pdf_page import Glyph

Span = tuple[float, float]

_WORD, _GUTTER, _GAP = 0.3, 0.6, 0.7  # in sizes of the letters: inside of words, of a gutter, of the gap that shows one
_NARROW, _APART, _TRAILING, _FLUSH, _PADDING = 1.2, 3.2, 1.6, 0.2, 2.0
_MOST_ROWS, _MOST_CROSSING, _UNSURE, _LONG = 200, 3, 3, 20
_EVERYWHERE: tuple[Span, ...] = ((float("-inf"), float("inf")),)


class Printed:
    """All that stands on one baseline of a page."""

    def __init__(self, glyphs: Sequence[Glyph]) -> None:
        self.glyphs = glyphs
        inked = [one for one in glyphs if not one.text.isspace()]
        self.y = inked[0].y
        self.size = sorted(one.size for one in inked)[len(inked) // 2]
        self.spans = tuple(_spans(inked, _WORD * self.size))

    def gap(self) -> float:
        """Return the widest white space between its words."""
        return max((b[0] - a[1] for a, b in pairwise(self.spans)), default=0.0)


def printed_rows(glyphs: Iterable[Glyph]) -> list[Printed]:
    """Return what stands on each baseline, from top to bottom."""
    return [Printed(row) for row in rows_of(glyphs) if any(not one.text.isspace() for one in row)]


def _spans(inked: Sequence[Glyph], most: float) -> Iterator[Span]:
    start, end = inked[0].x0, inked[0].x1
    for one in inked[1:]:
        if one.x0 - end > most:
            yield start, end
            start = one.x0
        end = max(end, one.x1)
    yield start, end


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the columns of a table stand: its gutters, and where the text of each column begins."""

    gutters: tuple[Span, ...]
    lefts: tuple[float, ...]

    def are_flush(self, column: int, line: Line) -> bool:
        """Say whether a line begins where its column does."""
        return abs(line.x0 - self.lefts[column]) < _FLUSH * line.size


@dataclass(frozen=True)
class Band:
    """Lines that the same gutters divide; `crossing` are those that none does, by their place among `rows`."""

    rows: tuple[Printed, ...]
    gutters: tuple[Span, ...]
    crossing: frozenset[int] = frozenset()

    @property
    def top(self) -> float:
        """Where its first line's letters begin."""
        return self.rows[0].y - self.rows[0].size

    @property
    def width(self) -> int:
        """How many columns it has."""
        return len(self.gutters) + 1

    def lines_of_prose(self, n: int) -> list[Line]:
        """Return what is read when a column is read down; a line that crosses stands where it begins."""
        return [row[n] for row in self.lines if n in row]

    def columns(self) -> Columns:
        """Return where its columns stand."""
        return Columns(self.gutters, tuple(self.span(n)[0] for n in range(self.width)))

    @cached_property
    def edges(self) -> tuple[float, ...]:
        """Where each column but the first begins: in the middle of its gutter."""
        return tuple((a + b) / 2 for a, b in self.gutters)

    @cached_property
    def lines(self) -> tuple[dict[int, Line], ...]:
        """For each row its columns that hold something; a crossing line stands where it begins."""
        return self.first_lines(len(self.rows))

    def first_lines(self, most: int) -> tuple[dict[int, Line], ...]:
        """Return what `lines` gives for the first rows."""
        return tuple(self._columns(row, n in self.crossing) for n, row in enumerate(self.rows[:most]))

    def is_rest_of(self, other: "Band") -> bool:
        """Say whether it is another band, or what is left of a long one without its first rows."""
        is_same = self.rows[-1] is other.rows[-1] and self.width == other.width
        return is_same and (len(self.rows) >= _LONG or len(self.rows) == len(other.rows))

    def count(self, n: int) -> int:
        """Return in how many columns a row holds something; a crossing one stands in none."""
        spans = () if n in self.crossing else self.rows[n].spans
        return len({bisect(self.edges, (a + b) / 2) for a, b in spans})

    def column(self, n: int) -> list[Line]:
        """Return the lines of one column, from top to bottom."""
        return [row[n] for place, row in enumerate(self.lines) if n in row and place not in self.crossing]

    def span(self, n: int) -> Span:
        """Return from where to where a column's text may run: to the next column where that one is set flush left."""
        lines = self.column(n)
        left, right = min((line.x0 for line in lines), default=0.0), max((line.x1 for line in lines), default=0.0)
        if n == len(self.gutters):
            return left, right
        end = self.gutters[n][1]
        flush = sum(line.x0 - end < _FLUSH * line.size for line in self.column(n + 1))
        room = min([_PADDING * self.rows[0].size, *(b - a for a, b in self.gutters)])
        return left, max(right, end - room) if flush * 2 > len(self.column(n + 1)) else right

    def _columns(self, row: Printed, crosses: bool) -> dict[int, Line]:
        found: dict[int, list[Glyph]] = {}
        for glyph in row.glyphs:
            middle = row.spans[0][0] if crosses else (glyph.x0 + glyph.x1) / 2
            found.setdefault(bisect(self.edges, middle), []).append(glyph)
        return {n: line for n, glyphs in found.items() if (line := whole_line(glyphs))}


def whole_line(glyphs: Sequence[Glyph]) -> Line | None:
    """Return letters of one baseline as one line, however far apart its words are."""
    pieces = lines_of(glyphs)
    if not pieces:
        return None
    text = " ".join(one.text.strip() for one in pieces) if len(pieces) > 1 else pieces[0].text
    return Line(text, pieces[0].x0, pieces[-1].x1, pieces[0].y, pieces[0].size)


def find_band(
    rows: Sequence[Printed], start: int, gutters: tuple[Span, ...] = (), *, is_spaced: bool = False
) -> Band | None:
    """Return the longest band that begins with a row, or None; known `gutters` divide it, or such as it shows itself.

    `is_spaced` says that the first rows may have wide gaps between words, as lines set to both margins have.
    """
    free = _without(_around(gutters) if gutters else _EVERYWHERE, rows[start])
    members, waiting, crossing = [start], list[int](), set[int]()
    for n in range(start + 1, min(len(rows), start + _MOST_ROWS)):
        if rows[n].y - rows[n - 1].y > _APART * max(rows[n].size, rows[n - 1].size):
            break
        left = _without(free, rows[n])
        if len(left) >= len(free) or (len(members) < _UNSURE and _may_lose(free, left, rows[n], is_spaced=is_spaced)):
            members += [*waiting, n]
            crossing.update(waiting)
            waiting, free = [], left
        elif len(waiting) == _MOST_CROSSING:
            break
        else:
            waiting.append(n)
    inner = tuple(free[1:-1])
    taken = frozenset(members.index(n) for n in crossing)
    return _trimmed(Band(tuple(rows[n] for n in members), inner, taken)) if inner else None


def _around(gutters: tuple[Span, ...]) -> tuple[Span, ...]:
    return ((float("-inf"), gutters[0][0] - 1e4), *gutters, (gutters[-1][1] + 1e4, float("inf")))


def _without(free: Sequence[Span], row: Printed) -> tuple[Span, ...]:
    """Return the white space that a row leaves, as far as it is wide enough to be a gutter."""
    left = list(free)
    for start, end in row.spans:
        left = [piece for a, b in left for piece in ((a, min(b, start)), (max(a, end), b)) if piece[1] > piece[0]]
    return tuple((a, b) for a, b in left if b - a >= _GUTTER * row.size)


def _may_lose(free: Sequence[Span], left: Sequence[Span], row: Printed, *, is_spaced: bool) -> bool:
    """Say whether the gutters that a row takes away were only gaps between the words of the first few rows."""
    lost = [(a, b) for a, b in free if not any(a <= c and d <= b for c, d in left)]
    return len(left) > 2 and (is_spaced or all(b - a < _NARROW * row.size for a, b in lost))  # noqa: PLR2004


def _trimmed(band: Band) -> Band:
    """Return a band without the lines below its last divided one that stand apart from it, as a note does."""
    last = next((n for n in reversed(range(len(band.rows))) if band.count(n) > 1), None)
    if last is None:
        return band
    pitch, end = pitch_of(band.rows), last + 1
    while end < len(band.rows) and (
        band.rows[end].y - band.rows[end - 1].y <= _TRAILING * pitch or _is_next_in_column(band, end)
    ):
        end += 1
    return Band(band.rows[:end], band.gutters, frozenset(n for n in band.crossing if n < end))


def _is_next_in_column(band: Band, n: int) -> bool:
    """Say whether a line goes on with a column but the first, no further below its last line than others there are.

    Where cells stand in the middle of their rows the lines of a page are nearer to each other than those of a column.
    """
    row = band.lines[n]
    column = next(iter(row), 0)
    above = [lines[column].y for lines in band.lines[:n] if column in lines]
    gaps = [b - a for a, b in pairwise(above)]
    return len(row) == 1 and column > 0 and bool(gaps) and row[column].y - above[-1] <= _NARROW * min(gaps)


def pitch_of(rows: Sequence[Printed]) -> float:
    """Return how far the lines of one cell are apart: the nearest of all, those of one line aside."""
    gaps = [b.y - a.y for a, b in pairwise(rows)]
    return min((gap for gap in gaps if gap > 0.8 * rows[0].size), default=rows[0].size * 1.5)


def shows_gap(row: Printed) -> bool:
    """Say whether words of a row are so far apart that a gutter may lie between them."""
    return row.gap() >= _GAP * row.size
