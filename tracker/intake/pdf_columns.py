"""What a band of columns is: a table without ruling lines, prose set in columns, or neither."""

import re
from collections.abc import Sequence
from enum import Enum, auto
from itertools import pairwise

from tracker.domain.thai.numerals import arabic, squeeze
from tracker.intake.headers import column_role
from tracker.intake.pdf_bands import Band, Columns, Printed, find_band, pitch_of, shows_gap
from tracker.intake.pdf_lines import Line, is_marked

_LEAST_ROWS, _LEAST_LINES, _LEAST_SHARE, _LEAST_FULL, _FULL = 3, 5, 0.28, 0.4, 0.8
_LABELS, _FIGURES, _MOST_ROWS = 0.5, 0.6, 200
_HEADED, _MOSTLY, _SILENT, _MOST_SILENT = 4, 0.7, 1.8, 0.1
_LETTER = frozenset({"เรื่อง", "เรียน", "อ้างถึง", "สิ่งที่ส่งมาด้วย", "ส่วนราชการ", "ที่", "วันที่"})
_PARTS = frozenset({"title", "steps", "owner", "time", "monitor"})
_FIGURE, _RANGE = re.compile(r"\d+(?:\.\d+)?%?"), re.compile(r"\d+(?:\.\d+)?[-–]\d+(?:\.\d+)?")


class Kind(Enum):
    """What stands in a band."""

    TABLE = auto()
    PROSE = auto()
    NEITHER = auto()


Found = tuple[Kind, Band, Columns]
"""A band, what it is, and where its columns stand: those of the table that it goes on with, or its own."""


def bands_of(rows: Sequence[Printed], above: Found | None = None) -> list[Found]:
    """Return the tables and the prose in columns among the lines of a page.

    `above` is the band that the page before ended with, which may go on.
    """
    found: list[Found] = []
    start, rejected = 0, None
    while start < len(rows) <= _MOST_ROWS:
        one, band = _band_at(rows, start, above, rejected)
        if one:
            found.append(one)
            start += len(one[1].rows)
            above = one
        else:
            start += 1
        rejected = None if one else band
    return found


def _band_at(
    rows: Sequence[Printed], start: int, above: Found | None, rejected: Band | None
) -> tuple[Found | None, Band | None]:
    """Return what begins with a row; else the band that is neither table nor prose, by which the next are known."""
    if above and start == 0 and (more := _more(rows, start, above)):
        return more, None
    band = find_band(rows, start)
    has_gap = any(map(shows_gap, rows[start : start + _HEADED]))
    spaced = find_band(rows, start, is_spaced=True) if has_gap else None
    if band and rejected and band.is_rest_of(rejected):
        kind = Kind.TABLE if is_headed(band) else Kind.NEITHER
        spaced = None
    else:
        kind = kind_of(band) if band else Kind.NEITHER
    if band and (kind is Kind.PROSE or (kind is Kind.TABLE and shows_gap(rows[start]))):
        return (kind, band, band.columns()), None
    if spaced and not (band and spaced.is_rest_of(band)) and kind_of(spaced) is Kind.PROSE:
        return (Kind.PROSE, spaced, spaced.columns()), None
    goes_on = above and start and shows_gap(rows[start])
    return (_more(rows, start, above) if above and goes_on else None), band


def _more(rows: Sequence[Printed], start: int, above: Found) -> Found | None:
    """Return the band that goes on with the columns of the one above it, or of the one that ended the page before."""
    kind, _, columns = above
    band = find_band(rows, start, columns.gutters)
    if band is None or band.width != len(columns.lefts) or 0 in band.crossing:
        return None
    if kind is Kind.PROSE:
        goes_on = start == 0
    else:
        goes_on = (_has_full_row(band) or (start == 0 and _is_rest(band, columns))) and not _is_prose(band)
    return (kind, band, columns) if goes_on else None


def _has_full_row(band: Band) -> bool:
    """Say whether a band begins with a divided line, and fills three columns in some line."""
    return band.count(0) > 1 and any(band.count(n) > 2 for n in range(len(band.rows)))  # noqa: PLR2004


def _is_rest(band: Band, columns: Columns) -> bool:
    """Say whether a band may be the rest of a row that the page cut: flush with columns, not with the first alone."""
    lines = [(n, line) for row in band.lines for n, line in row.items()]
    flush = sum(columns.are_flush(n, line) for n, line in lines)
    is_divided = any(len(row) > 1 for row in band.lines) or all(n for n, _ in lines)
    first = all(columns.are_flush(n, line) for n, line in band.lines[0].items())
    return first and is_divided and flush >= _MOSTLY * len(lines)


def kind_of(band: Band) -> Kind:
    """Say what a band is. Two columns are a table only when a header, labels or figures show it."""
    if _is_letter_head(band):
        return Kind.NEITHER
    headed = is_headed(band)
    if is_labelled(band) or (headed and not _begins_full(band)):
        return Kind.TABLE
    if headed or _is_prose(band):
        return Kind.PROSE if _is_prose(band) else Kind.TABLE
    filled = [len(row) for n, row in enumerate(band.lines) if n not in band.crossing]
    if len(filled) < max(_LEAST_ROWS, len(band.crossing)):
        return Kind.NEITHER
    if band.width == 2:  # noqa: PLR2004
        return Kind.TABLE if _has_figures(band) else Kind.NEITHER
    return Kind.TABLE if sum(count > 2 for count in filled) > 1 else Kind.NEITHER  # noqa: PLR2004


def is_headed(band: Band) -> bool:
    """Say whether its first lines name its columns."""
    heads: dict[int, str] = {}
    lines = band.first_lines(_HEADED)
    for row in lines:
        for n, line in row.items():
            heads[n] = heads.get(n, "") + squeeze(line.text)
        if len(row) > 1 and sum(bool(column_role(text)) for text in heads.values()) > len(heads) / 2 > 1:
            return True
    first = lines[0]
    return len(first) > 1 and all(column_role(squeeze(line.text)) for line in first.values())


def _is_prose(band: Band) -> bool:
    """Say whether the columns are alike in width, their lines mostly full and never far apart, as no table's are."""
    columns = [band.column(n) for n in range(band.width)]
    if any(len(lines) < _LEAST_LINES for lines in columns):
        return False
    widths = [max(line.x1 for line in lines) - min(line.x0 for line in lines) for lines in columns]
    is_even = min(widths) >= _LEAST_SHARE * 2 / band.width * sum(widths)
    pitch = pitch_of(band.rows)
    return is_even and all(_is_full(lines) and _is_close(lines, pitch) for lines in columns)


def _is_letter_head(band: Band) -> bool:
    """Say whether two columns are the head of a letter: what it is about, to whom it goes."""
    return band.width == 2 and len({squeeze(line.text) for line in band.column(0)} & _LETTER) > 1  # noqa: PLR2004


def _is_full(lines: Sequence[Line]) -> bool:
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    return sum(line.x1 - left >= _FULL * (right - left) for line in lines) >= _LEAST_FULL * len(lines)


def _is_close(lines: Sequence[Line], pitch: float) -> bool:
    return sum(b.y - a.y > _SILENT * pitch for a, b in pairwise(lines)) <= _MOST_SILENT * len(lines)


def _begins_full(band: Band) -> bool:
    """Say whether its first line fills the columns, as a header does not."""
    full = 0
    for n, line in band.lines[0].items():
        left, right = band.columns().lefts[n], max(one.x1 for one in band.column(n))
        full += line.x1 - left >= _FULL * (right - left)
    return full * 2 > len(band.lines[0])


def is_labelled(band: Band) -> bool:
    """Say whether a band is a card: in the first of two columns labels of a measure's parts."""
    lines = [line for line in band.column(0) if not is_marked(line.text)] if band.width == 2 else []  # noqa: PLR2004
    labels = list(filter(is_label, lines))
    kinds = {_role(line) for line in labels}
    return len(kinds) > 2 and len(labels) >= _LABELS * len(lines)  # noqa: PLR2004


def is_label(line: Line) -> bool:
    """Say whether a line names a part of a measure."""
    return _role(line) in _PARTS


def _role(line: Line) -> str:
    return column_role(squeeze(arabic(line.text)).strip(":"))


def _has_figures(band: Band) -> bool:
    """Say whether the second column holds figures, or the first ranges of figures; the numbers of a list are none."""
    texts = [[squeeze(arabic(line.text)) for line in band.column(n)] for n in range(2)]
    ranges = sum(bool(_RANGE.fullmatch(text)) for text in texts[0])
    figures = sum(bool(_FIGURE.fullmatch(text)) for text in texts[1])
    return ranges >= max(2, _FIGURES * len(texts[0])) or figures >= max(2, _FIGURES * len(texts[1]))
