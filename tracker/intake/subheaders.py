"""Headers of two or three rows: a lower row names the parts of the one above, or numbers the columns."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from tracker.domain.thai.numerals import squeeze
from tracker.intake.banners import begins_with_banner
from tracker.intake.headers import Columns, column_role, measure_columns
from tracker.intake.layout import Cell, Row
from tracker.intake.marks import striped_columns
from tracker.intake.periods import is_half, is_year, numbered_periods, period_label, with_year
from tracker.intake.ticks import strokes_of

_COLUMN_MARK = re.compile(r"\(?\d{1,2}\)?|[-–]")
_PART = re.compile(
    r"(?:หน่วยงาน|ผู้รับผิดชอบ|ส่วนราชการ)?(?:หลัก|รอง|ร่วม|สนับสนุน)|เริ่ม(?:ต้น)?|สิ้นสุด|วันที่(?:เริ่ม|สิ้นสุด).{0,8}|[1-4]"
    r"|(?:รอบ|งวด|ระยะ)?(?:ที่\d|\d{1,2}เดือน)(?:แรก|หลัง)?|ตั้งแต่|ถึง|จาก"
)
_TIMED = ("ไตรมาส", "ปีงบประมาณ", "พ.ศ.", "แผนการดำเนิน", "แผนดำเนิน")
_SHORT, _MOST_ROWS = 24, 2


def header_columns(row: Row, below: Sequence[Row]) -> Columns | None:
    """Return the columns of a header, together with the rows below that belong to it; None when it is none.

    The rows below tell what their marks are, and whether measures stand in rows of their own.
    """
    parts = _parts_of(below)
    for depth in range(len(parts), -1, -1):
        joined = row
        for part in parts[:depth]:
            joined = _joined(joined, part)
        body = below[len(parts) :]
        banner = begins_with_banner(body, joined)
        if columns := measure_columns(joined, banner=banner):
            return _with_marks(columns, [row, *parts], body)
    return None


def is_second_row(row: Row) -> bool:
    """Say whether a row belongs to the header above it: it numbers the columns, or names parts of them."""
    texts = [squeeze(cell.text) for cell in row.cells if cell.parts]
    numbers = len(texts) > 1 and all(_COLUMN_MARK.fullmatch(text) for text in texts)
    return numbers or _names_parts(row, texts)


def _parts_of(below: Sequence[Row]) -> list[Row]:
    parts: list[Row] = []
    for row in below[:_MOST_ROWS]:
        if not is_second_row(row):
            break
        parts.append(row)
    return parts


def _names_parts(row: Row, texts: list[str]) -> bool:
    if len(texts) == 1:
        return is_year(row.text)
    labels = {squeeze(cell.text) for cell in row.cells if period_label(cell.text) or is_year(cell.text)}
    return len(texts) > 1 and all(
        text in labels or (len(text) <= _SHORT and (_PART.fullmatch(text) or _is_follow_up(text))) for text in texts
    )


def _is_follow_up(text: str) -> bool:
    return column_role(text) in ("steps", "owner", "time", "monitor")


def _joined(above: Row, below: Row) -> Row:
    """Return one header row; a blank cell above belongs to the merged cell on its left."""
    names: list[str] = []
    for group in _groups(above, below):
        top = group[0][0]
        parts = [part for _, part in group]
        named = () if _is_report(top, parts) else _period_names(top, parts)
        names.extend(named or [_name(own, top, part) for own, part in group])
    return Row(tuple(Cell((name,) if name else ()) for name in names), above.line)


def _groups(above: Row, below: Row) -> list[list[tuple[str, str]]]:
    """Return for each cell above the pairs of what stands above and below, the blank ones to its right included."""
    pairs, first = [], 0
    for n in range(max(len(above.cells), len(below.cells))):
        own = above.cells[n].text if n < len(above.cells) else ""
        part = below.cells[n].text if n < len(below.cells) else ""
        first = n if own else first
        pairs.append((first, own, part))
    return [[(own, part) for _, own, part in group] for _, group in groupby(pairs, key=lambda pair: pair[0])]


def _period_names(top: str, parts: list[str]) -> tuple[str, ...]:
    """Return the months or quarters that the parts of a header are, with the year above them; () for others."""
    filled = parts[: max((n for n, part in enumerate(parts, start=1) if part), default=0)]
    labels = [period_label(part) or "" for part in filled]
    timed = column_role(squeeze(top)) == "time" or any(word in top for word in _TIMED)
    named = tuple(labels) if all(labels) else numbered_periods(filled, quarters=timed)
    return (*with_year(named, top), *[""] * (len(parts) - len(filled))) if named else ()


def _is_report(top: str, parts: list[str]) -> bool:
    return column_role(squeeze(top)) == "monitor" and all(is_half(part) for part in parts)


def _name(own: str, top: str, part: str) -> str:
    if not part or (_COLUMN_MARK.fullmatch(squeeze(part)) and "ไตรมาส" not in top):
        return own
    if is_half(part) or not (period_label(part) or column_role(squeeze(part))):
        return f"ไตรมาส {part}" if "ไตรมาส" in top else f"{top} {part}".strip()
    return part


def _with_marks(columns: Columns, header: Sequence[Row], body: Sequence[Row]) -> Columns:
    """Return the columns with what the rows below use as marks."""
    if not columns.periods:
        return columns
    places = [n for n, _ in columns.periods]
    texts = [row.cells[n].text for row in body for n in places if n < len(row.cells)]
    return replace(columns, strokes=strokes_of(texts), striped=striped_columns(places, header, body))
