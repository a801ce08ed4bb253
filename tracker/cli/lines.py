"""Lays texts and tables out for a screen, Thai ones too, which have blanks between phrases only and not between words.

Marks above and below a letter take no room, and stay with it. Rich's own tables break anywhere in such a phrase, and
take a second for a thousand rows.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from rich.cells import cell_len, chop_cells

from tracker.domain.thai.syllables import BEGINS

GAP = "  "
_NARROWEST = 8
_PLACES = re.compile(rf"(?<=\s)(?=\S)|{BEGINS}", re.VERBOSE)


def broken(text: str, width: int) -> Iterator[str]:
    """Yield the lines of a text, none wider than so many cells."""
    for paragraph in text.split("\n"):
        if cell_len(paragraph) <= width:
            yield paragraph
        else:
            yield from _folded(paragraph, width)


def laid_out(rows: Sequence[Sequence[str]], widths: Sequence[int]) -> Iterator[str]:
    """Yield the lines of rows, each cell broken into the width of its column."""
    for row in rows:
        cells = [broken(cell, width) for cell, width in zip(row, widths, strict=True)]
        for parts in zip_longest(*cells, fillvalue=""):
            padded = (part + " " * (width - cell_len(part)) for part, width in zip(parts, widths, strict=True))
            yield GAP.join(padded).rstrip()


def widths_of(rows: Sequence[Sequence[str]], screen: int, *, whole: int) -> list[int]:
    """Return how wide each column is: the first `whole` ones as they need, the others share what is left."""
    needed = [max(cell_len(line) for cell in column for line in cell.split("\n")) for column in zip(*rows, strict=True)]
    left = screen - len(GAP) * (len(needed) - 1) - sum(needed[:whole])
    widths = needed.copy()
    shared = sorted(range(whole, len(needed)), key=needed.__getitem__)  # the narrowest first: they leave more
    for place, column in enumerate(shared):
        widths[column] = min(needed[column], max(_NARROWEST, left // (len(shared) - place)))
        left -= widths[column]
    return widths


def _folded(paragraph: str, width: int) -> Iterator[str]:
    line = ""
    for piece in (part for whole in _PLACES.split(paragraph) for part in _that_fit(whole, width)):
        if line and cell_len((line + piece).rstrip()) > width:
            yield line.rstrip()
            line = ""
        line += piece
    yield line.rstrip()


def _that_fit(piece: str, width: int) -> list[str]:
    return [piece] if cell_len(piece.rstrip()) <= width else chop_cells(piece, width)
