"""What flows over the pages of a PDF: page numbers and repeated headers go, what a page cut is joined again."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from tracker.domain.thai.numerals import arabic, squeeze
from tracker.intake.headers import measure_columns
from tracker.intake.layout import Cell, Paragraph, Row, Table
from tracker.intake.pdf_lines import begins_unit, is_marked, joined, split_at_numbers

_AROUND = r"[\s\-–—|/.]*"
_PAGE_NUMBER = re.compile(
    rf"{_AROUND}(?:หน้า(?:ที่)?|page)?{_AROUND}\d{{1,4}}(?:{_AROUND}(?:จาก|of)?\s*\d{{1,4}})?{_AROUND}", re.IGNORECASE
)
_CATCHWORD = re.compile(r"\s*/\s?\S.{0,60}")
_DIGITS = re.compile(r"\d+")
_NEAR = 4.0


@dataclass(frozen=True, slots=True)
class Block:
    """A block of a page with what decides whether it is noise or goes on over the page.

    `margin` is "top" or "bottom" in the margins, `open` says that its last line is full, `columns` is where a
    table's columns begin.
    """

    block: Paragraph | Table
    margin: str = ""
    open: bool = False
    columns: tuple[float, ...] = ()

    @property
    def text(self) -> str:
        """All that stands in it."""
        return self.block.text if isinstance(self.block, Paragraph) else " ".join(row.text for row in self.block.rows)


def content_of(pages: list[list[Block]]) -> Iterator[Paragraph | Table]:
    """Yield what is content, in reading order."""
    times = Counter(_key(one) for page in pages for one in page if one.margin)
    said: set[str] = set()
    held: Block | None = None
    for page in pages:
        for n, one in enumerate([one for one in page if not _is_noise(one, times, said)]):
            *done, rest = _rejoined(held, one) if held and n == 0 else [held, one]
            yield from (block.block for block in done if block)
            held = rest
    if held:
        yield held.block


def _rejoined(above: Block, below: Block) -> list[Block]:
    """Return the last block of a page and the first of the next, with what the page cut moved to the first."""
    if isinstance(above.block, Paragraph) and isinstance(below.block, Paragraph):
        if not above.open or is_marked(below.text):
            return [above, below]
        text = " ".join(joined(above.text, below.text).split())
        return [Block(Paragraph(text, above.block.line), open=below.open)]
    if isinstance(above.block, Table) and isinstance(below.block, Table) and _is_cut(above, below):
        *rows, last = above.block.rows
        first, *others = below.block.rows
        whole = replace(above, block=Table((*rows, _one_row(last, first))))
        return [whole, replace(below, block=Table(tuple(others)))] if others else [whole]
    return [above, below]


def _is_cut(above: Block, below: Block) -> bool:
    """Say whether the first row of a table goes on with the last row on the page before.

    It does when only its first cell is empty in that column, or when only it lacks the number of its row.
    """
    if not isinstance(above.block, Table) or not isinstance(below.block, Table) or not _same_columns(above, below):
        return False
    first, rows = below.block.rows[0], [row for row in above.block.rows if not measure_columns(row)]
    if measure_columns(first) or not rows:
        return False
    filled = [bool(row.cells[0].parts) for row in rows]
    if not first.cells[0].parts:
        return all(filled)
    others = [*rows, *below.block.rows[1:]]
    return _is_numbered(rows[-1]) and all(map(_is_numbered, others)) and not _is_numbered(first)


def _same_columns(above: Block, below: Block) -> bool:
    pairs = zip(above.columns, below.columns, strict=False)
    return len(above.columns) == len(below.columns) > 1 and all(abs(a - b) < _NEAR for a, b in pairs)


def _is_numbered(row: Row) -> bool:
    return is_marked(row.cells[0].text) or arabic(row.cells[0].text).isdigit()


def _one_row(above: Row, below: Row) -> Row:
    width = max(len(above.cells), len(below.cells))
    return Row(tuple(_one_cell(_at(above, n), _at(below, n)) for n in range(width)), above.line)


def _at(row: Row, column: int) -> Cell:
    return row.cells[column] if column < len(row.cells) else Cell()


def _one_cell(above: Cell, below: Cell) -> Cell:
    if not above.parts or not below.parts or is_marked(below.parts[0]) or begins_unit(below.parts[0]):
        return Cell(above.parts + below.parts)
    parts = [*above.parts[:-1], joined(above.parts[-1], below.parts[0]), *below.parts[1:]]
    return Cell(tuple(" ".join(part.split()) for part in split_at_numbers(parts)))


def _is_noise(one: Block, times: Counter[str], said: set[str]) -> bool:
    """Say whether a block in a margin is a page number, a catchword ("/จะต่อ…") or said on a page before."""
    if not one.margin:
        return False
    text, key = arabic(one.text), _key(one)
    is_repeated = times[key] > 1 and key in said
    said.add(key)
    is_catchword = one.margin == "bottom" and _CATCHWORD.fullmatch(text)
    return bool(is_repeated or is_catchword or is_page_number(text))


def is_page_number(text: str) -> bool:
    """Say whether a line is nothing but the number of a page: "- ๒ -", "หน้า 2 จาก 9"."""
    return bool(_PAGE_NUMBER.fullmatch(arabic(text)))


def _key(one: Block) -> str:
    return one.margin + _DIGITS.sub("", arabic(squeeze(one.text)))
