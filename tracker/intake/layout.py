"""A document as its reader gives it: blocks in reading order, which the one interpreter consumes.

A reader turns its format into these values; the interpreter knows no format.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from tracker.domain.plans import PlanWarning, Source


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line or paragraph of running text; `line` is its line, page or row."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table; `parts` are its paragraphs or list items, in order, with their printed marks.

    `shade` is the colour behind it, as its format names it, "" when there is none; `span` how many columns it covers,
    its own included: the cells of the others stand empty beside it. Readers that cannot tell leave both alone.
    `lines` are those of the parts, where they stand on lines of their own.
    """

    parts: tuple[str, ...] = ()
    shade: str = ""
    span: int = 1
    lines: tuple[int, ...] = ()

    @property
    def text(self) -> str:
        """All parts as one line of text."""
        return " ".join(self.parts)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table."""

    cells: tuple[Cell, ...]
    line: int

    @property
    def text(self) -> str:
        """All cells as one line of text."""
        return " ".join(cell.text for cell in self.cells if cell.parts)


@dataclass(frozen=True, slots=True)
class Table:
    """Rows that stand together; a header is a row like any other."""

    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """A whole document and the file it came from; `remarks` say what its reader had to leave out."""

    source: Source
    blocks: tuple[Paragraph | Table, ...]
    remarks: tuple[PlanWarning, ...] = ()

    def paragraphs(self) -> Iterator[Paragraph]:
        """Yield the paragraphs that stand outside of tables."""
        return (block for block in self.blocks if isinstance(block, Paragraph))

    def lines(self) -> Iterator[Paragraph]:
        """Yield everything as lines of text, a table's rows included."""
        for block in self.blocks:
            if isinstance(block, Paragraph):
                yield block
            else:
                yield from (Paragraph(row.text, row.line) for row in block.rows)


def counted(layout: Layout) -> tuple[Layout, Callable[[int], int]]:
    """Return the layout with a line of its own for every paragraph and row, and what gives each its place back.

    Pages and the rows of several sheets repeat, but the interpreter tells things apart, and near from far, by their
    lines. Lines that already count up, as in a text, stay as they are.
    """
    places: dict[int, int] = {}
    last = 0

    def next_line(place: int) -> int:
        nonlocal last
        last += max(1, place - places.get(last, 0))
        places[last] = place
        return last

    blocks = tuple(
        replace(block, line=next_line(block.line))
        if isinstance(block, Paragraph)
        else Table(tuple(replace(row, line=next_line(row.line)) for row in block.rows))
        for block in layout.blocks
    )
    return replace(layout, blocks=blocks), lambda line: places.get(line, line)
