"""Breaks Thai into lines of a screen. Thai has no blanks between words: they stand between phrases only.

Without a dictionary a line is best broken before a vowel that is written first, for it begins a syllable, and before
the words that begin so many others. Marks above and below a letter take no room, and stay with it.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rich.cells import cell_len, chop_cells
from rich.console import Console, ConsoleOptions
from rich.measure import Measurement
from rich.text import Text

_PLACES = re.compile(r"(?<=\s)(?=\S)|(?<=[ก-๏])(?=[เแโใไ]|การ|ความ|ที่)")


@dataclass(frozen=True, slots=True)
class Lines:
    """A text that is laid out for the room that it gets; what people wrote is never markup."""

    text: str
    style: str = ""

    def __rich_console__(self, _console: Console, options: ConsoleOptions) -> Iterator[Text]:
        yield Text("\n".join(broken(self.text, options.max_width)), style=self.style, no_wrap=True)

    def __rich_measure__(self, _console: Console, options: ConsoleOptions) -> Measurement:
        lines = self.text.split("\n")
        pieces = (piece for line in lines for piece in _PLACES.split(line))
        return Measurement(_widest(pieces), _widest(lines)).with_maximum(options.max_width)


def broken(text: str, width: int) -> Iterator[str]:
    """Yield the lines of a text, none wider than so many cells."""
    for paragraph in text.split("\n"):
        line = ""
        for piece in (part for whole in _PLACES.split(paragraph) for part in _that_fit(whole, width)):
            if line and cell_len((line + piece).rstrip()) > width:
                yield line.rstrip()
                line = ""
            line += piece
        yield line.rstrip()


def _that_fit(piece: str, width: int) -> list[str]:
    return [piece] if cell_len(piece.rstrip()) <= width else chop_cells(piece, width)


def _widest(pieces: Iterable[str]) -> int:
    return max((cell_len(piece.rstrip()) for piece in pieces), default=0)
