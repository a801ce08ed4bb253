"""What a sheet shows besides its texts: colours and merged cells, for a plan may draw its times with nothing else."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from tracker.intake.layout import Cell

Widths = dict[tuple[int, int], int]
_MERGED = re.compile(rb'<mergeCell\b[^>]{0,40}?\bref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})\d{1,7}"')
_WHITE = frozenset({"FFFFFF", "theme 0 0.0", "indexed 1", "indexed 9", "indexed 64", "indexed 65"})


def shade_of(cell: Any) -> str:
    """Return a name for the colour or pattern behind a cell, the same for the same one; "" for none and for white."""
    pattern = getattr(cell.fill, "patternType", "gradient") if getattr(cell, "has_style", False) else None
    if pattern is None or pattern == "none":
        return ""
    if pattern != "solid":
        return str(pattern)
    color = cell.fill.fgColor
    name = str(color.rgb)[-6:].upper() if color.type == "rgb" else f"{color.type} {color.value}"
    name = f"{name} {color.tint}" if color.type == "theme" else name
    return "" if name in _WHITE else name


def merged_widths(sheet: Any) -> Widths:
    """Return how many columns each merged cell covers, by its first row and column (both from 1)."""
    with sheet.parent._archive.open(sheet._worksheet_path) as source:  # noqa: SLF001 - a sheet opened to be read tells no merges
        found = _MERGED.findall(source.read())
    return {(int(row), _column(a)): _column(b) - _column(a) + 1 for a, row, b in found}


def with_looks(line: int, row: Sequence[Cell], cells: Sequence[Any], widths: Widths) -> tuple[Cell, ...]:
    """Return a row's cells with their colours, and with the columns that they cover."""
    return tuple(
        _with_look(one, shade_of(cell), widths.get((line, n), 1))
        for n, (one, cell) in enumerate(zip(row, cells, strict=True), start=1)
    )


def _with_look(cell: Cell, shade: str, span: int) -> Cell:
    return replace(cell, shade=shade, span=span) if shade or span > 1 else cell


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number
