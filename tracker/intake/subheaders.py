"""Headers of two rows: the second row names the parts of the first, or numbers the columns."""

import re

from tracker.domain.thai.numerals import squeeze
from tracker.intake.headers import Columns, column_role, measure_columns
from tracker.intake.layout import Cell, Row
from tracker.intake.ticks import period_label

_COLUMN_MARK = re.compile(r"\(?\d{1,2}\)?|[-–]")
_PART = re.compile(r"(?:หน่วยงาน|ผู้รับผิดชอบ|ส่วนราชการ)?(?:หลัก|รอง|ร่วม|สนับสนุน)|เริ่ม(?:ต้น)?|สิ้นสุด|วันที่(?:เริ่ม|สิ้นสุด).{0,8}|[1-4]")
_SHORT = 24


def header_columns(row: Row, below: Row | None) -> Columns | None:
    """Return the columns of a header and, when the row below belongs to it, of both together."""
    if below is not None and is_second_row(below) and (both := measure_columns(_joined(row, below))):
        return both
    return measure_columns(row)


def is_second_row(row: Row) -> bool:
    """Say whether a row belongs to the header above it: it numbers the columns, or names parts of them."""
    texts = [squeeze(cell.text) for cell in row.cells if cell.parts]
    return (len(texts) > 1 and all(_COLUMN_MARK.fullmatch(text) for text in texts)) or _names_parts(row, texts)


def _names_parts(row: Row, texts: list[str]) -> bool:
    labels = [cell.text for cell in row.cells if period_label(cell.text)]
    names = all(len(text) <= _SHORT and (_PART.fullmatch(text) or _is_follow_up(text)) for text in texts)
    return len(texts) > 1 and (names or len(labels) == len(texts))


def _is_follow_up(text: str) -> bool:
    return column_role(text) in ("steps", "owner", "time", "monitor")


def _joined(above: Row, below: Row) -> Row:
    """Return one header row; a blank cell above belongs to the merged cell on its left."""
    cells, top = [], ""
    for n in range(max(len(above.cells), len(below.cells))):
        own = above.cells[n].text if n < len(above.cells) else ""
        part = below.cells[n].text if n < len(below.cells) else ""
        top = own or top
        cells.append(Cell((_name(own, top, part),)))
    return Row(tuple(cells), above.line)


def _name(own: str, top: str, part: str) -> str:
    if not part or (_COLUMN_MARK.fullmatch(squeeze(part)) and "ไตรมาส" not in top):
        return own
    if period_label(part) or column_role(squeeze(part)):
        return part
    return f"ไตรมาส {part}" if "ไตรมาส" in top else f"{top} {part}"
