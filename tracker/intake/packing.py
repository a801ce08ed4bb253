"""Several measures packed into one row: "๑. … ๒. …" in its title, and alike in its other cells."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from tracker.domain.indicators import indicator_of
from tracker.intake.items import inline_numbers, numbered
from tracker.intake.layout import Cell
from tracker.intake.measure_row import MeasureRow

_LEAST_PACKED = 8


def unpacked(measure: MeasureRow) -> Iterator[MeasureRow]:
    """Yield the measures that were packed into one row; mostly there is one."""
    printed = f"{measure.number}. {measure.title}" if measure.number == "1" else measure.title
    titles = inline_numbers(printed)
    if len(titles) < 2 or any(len(title) < _LEAST_PACKED for title in titles):  # noqa: PLR2004
        yield measure
        return
    for n, title in enumerate(titles):
        number, words = numbered(title)
        share = partial(_share, index=n, count=len(titles))
        yield replace(
            measure,
            number=number,
            title=words,
            indicator=indicator_of(words),
            steps=share(measure.steps),
            owner=share(measure.owner),
            time=share(measure.time),
            monitor=share(measure.monitor),
        )


def _share(cell: Cell, index: int, count: int) -> Cell:
    """Return a packed cell's part for one measure, or the whole cell when it is not packed alike."""
    parts = inline_numbers(cell.text) if len(cell.parts) == 1 else cell.parts
    return Cell((parts[index],)) if len(parts) == count else cell
