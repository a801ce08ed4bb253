"""The reader for comma- or tab-separated text, in UTF-8 or TIS-620; `line` is the line where a record starts."""

import csv
import io
from collections import Counter
from collections.abc import Iterator

from tracker.errors import Refused
from tracker.intake.broken_thai import repaired
from tracker.intake.layout import Cell, Row
from tracker.intake.limits import MOST_COLUMNS, Found, Progress, quiet, within_limits
from tracker.intake.markup import cell_parts, plain_text
from tracker.intake.sheet_blocks import sheet_blocks
from tracker.intake.text import decoded

_KINDS = {"\t": "tsv", ",": "csv", ";": "csv"}
_LOOKED_AT = 300_000
_MOST_FIELD = 100_000


def separated_kind(data: bytes) -> str | None:
    """Return "csv" or "tsv" when a text is all one table of separated records, or None when it is prose.

    Tables with tabs inside prose are the plain text reader's: a tab table must have no line without a tab.
    """
    try:
        text = decoded("", data)[:_LOOKED_AT]
    except Refused:
        return None
    delimiter = _delimiter(text)
    return None if delimiter is None else _KINDS[delimiter]


def read_separated(name: str, data: bytes, progress: Progress = quiet) -> tuple[Found, ...]:
    """Return the blocks of a CSV or TSV file; Refused when its quoting is broken beyond reading."""
    text = decoded(name, data)
    delimiter = _delimiter(text[:_LOOKED_AT]) or ","
    rows = (
        Row(tuple(_cell(field) for field in fields[:MOST_COLUMNS]), line) for line, fields in _records(text, delimiter)
    )
    try:
        found = tuple(within_limits(name, sheet_blocks(rows)))
    except csv.Error as error:
        raise Refused(f"{name} is not readable CSV ({error}): save the sheet again as CSV UTF-8 or as .xlsx.") from None
    progress(1, 1)
    return found


def _cell(field: str) -> Cell:
    lines = (line for part in cell_parts(field) for line in part.split("\n"))
    return Cell(tuple(words for line in lines if (words := " ".join(repaired(plain_text(line)).split()))))


def _records(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Yield each record with the line where it starts."""
    csv.field_size_limit(_MOST_FIELD)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    line = 1
    for fields in reader:
        yield line, fields
        line = reader.line_num + 1


def _delimiter(text: str) -> str | None:
    return next((one for one in _KINDS if one in text and _is_table(text, one)), None)


def _is_table(text: str, delimiter: str) -> bool:
    """Say whether records have one width, titles and notes of one field aside; prose has none."""
    try:
        widths = Counter(_width(fields) for _, fields in _records(text, delimiter) if any(map(str.strip, fields)))
    except csv.Error:
        return False
    widths = widths - Counter({0: widths[0]})
    if not widths:
        return False
    width, times = max(((width, n) for width, n in widths.items() if width > 1), default=(0, 0), key=lambda one: one[1])
    others = sum(widths.values()) - times
    if delimiter == "\t":
        return times > 1 and others == 0
    return times > 1 and width > 2 and times > others and _titles_only(widths, width)  # noqa: PLR2004


def _titles_only(widths: Counter[int], width: int) -> bool:
    """Say whether what is not as wide as the table is mostly lone titles or one field off."""
    strange = sum(n for other, n in widths.items() if other not in (1, width - 1, width, width + 1))
    return strange * 10 <= sum(widths.values())


def _width(fields: list[str]) -> int:
    return len(fields)
