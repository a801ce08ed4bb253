"""Rows of a table that belong together: one that goes on with the row above it, and cells printed once for several."""

import re
from collections.abc import Sequence
from dataclasses import replace

from tracker.domain.thai.numerals import arabic, squeeze
from tracker.domain.thai.phrases import read_timeframe
from tracker.intake.headers import Columns
from tracker.intake.layout import Cell, Row
from tracker.intake.measure_row import MeasureRow

_LONGEST = 300
_CONTENT = re.compile(r"(?:สำนัก|กอง|ศูนย์|กลุ่ม|ฝ่าย|ที่ทำการ|ทุก)\S|(?![(/]).*\d")
_DITTO = frozenset({'"', "”", "“", "''", ",,", "〃", "เช่นเดียวกัน"})
_THAI = re.compile(r"[ก-๎]")
_MARK = re.compile(r"\s*(?:[-–—•*✓➢▪●○]|\(?\d{1,2}(?:\.\d{1,2})?\s?[.)])")
_NEW = re.compile(r"รายงาน|กำกับ|ติดตาม|เผยแพร่|สรุป|เสนอ|แจ้ง|ส่ง|ประชุม|จัด|ตรวจ|ประเมิน|นำเสนอ|ให้|คณะ|ผู้|รอบ|ทุก")


def goes_on(draft: MeasureRow, measures: Sequence[MeasureRow], begun: int, *, fresh: bool, cut: bool) -> bool:
    """Say whether a row goes on with the last of the measures; those of its own table are the ones from `begun` on.

    It does without a title; and as the first row below a header, without a number where the others have one: at a
    page's end (`cut`) whatever its cells hold, or else when it names no owner.
    """
    if not draft.title:
        return True
    printed = draft.number is not None or arabic(draft.title)[0].isdigit()
    if printed or not (fresh or cut) or measures[-1].number is None:
        return False
    return (cut and all(one.number for one in measures[begun:])) or (fresh and not draft.owner.parts)


def joined(above: MeasureRow, below: MeasureRow, *, cut: bool = False) -> MeasureRow:
    """Return a measure with the row that goes on with it; cells cut by a page's end go on within their words."""
    return replace(
        above,
        title=_words(above.title, below.title) if cut else f"{above.title} {below.title}".strip(),
        steps=_added("steps", above, below, within=cut and _is_rest_of_list(above.steps, below.steps)),
        owner=_added("owner", above, below, within=False),
        time=_added("time", above, below, within=cut and _is_rest_of_time(above.time, below.time)),
        monitor=_added("monitor", above, below, within=cut and _is_rest(below.monitor)),
        heading=above.heading and below.heading,
    )


def below_header(header: Row, repeated: Row) -> Row | None:
    """Return what stands behind the words of a repeated header: the end of a row that a page's end cut off there.

    A page without lines shows no border between its header and the line below it. None when nothing does, or only
    such words as a header itself may have more or less of ("ดำเนินการ", "หลัก").
    """
    rests = [_rest(cell.text, squeeze(other.text)) for cell, other in zip(repeated.cells, header.cells, strict=False)]
    whole = len(repeated.cells) == len(header.cells) and None not in rests
    if not whole or not any(_CONTENT.match(arabic(rest or "")) for rest in rests):
        return None
    return Row(tuple(Cell((rest,) if rest else ()) for rest in rests), repeated.line)


def _rest(text: str, known: str) -> str | None:
    """Return what stands in a text behind the words that are known; None when it does not begin with them."""
    end = next((n for n in range(len(text) + 1) if squeeze(text[:n]) == known), None) if len(text) < _LONGEST else None
    return None if end is None else text[end:].strip()


def inherited(draft: MeasureRow, above: MeasureRow | None, columns: Columns) -> MeasureRow:
    """Fill in the cells that were printed once for several rows; ticks that are missing stay missing."""
    if above is None or columns.banner:
        return draft
    taken = {
        name: getattr(above, name)
        for name in ("steps", "owner", "time", "monitor")
        if getattr(columns, name) is not None and getattr(above, name).parts and _is_taken(name, draft, columns)
        if name != "monitor" or not _is_ticked(above, columns)
    }
    return replace(draft, **taken, inherited=tuple(taken))


def _is_taken(name: str, draft: MeasureRow, columns: Columns) -> bool:
    cell: Cell = getattr(draft, name)
    if name == "steps" and (draft.heading or columns.steps == columns.title):
        return False
    return not cell.parts or squeeze(cell.text) in _DITTO


def _is_ticked(measure: MeasureRow, columns: Columns) -> bool:
    """Say whether a follow-up is nothing but the names of columns that were ticked."""
    return set(measure.monitor.parts) <= {name for _, name in columns.monitors}


def _added(name: str, above: MeasureRow, below: MeasureRow, *, within: bool) -> Cell:
    """Return a cell with the one below; what was inherited gives way to the row's own."""
    first: Cell = getattr(above, name)
    last: Cell = getattr(below, name)
    if not (first.parts and last.parts):
        return first if first.parts else last
    if name in above.inherited:
        return last
    if not within:
        return Cell(first.parts + last.parts)
    return Cell((*first.parts[:-1], _words(first.parts[-1], last.parts[0]), *last.parts[1:]))


def _words(above: str, below: str) -> str:
    """Return two halves of a text as one; between Thai letters a line's end is no blank."""
    thai = above and below and _THAI.match(above[-1]) and _THAI.match(below[0])
    return f"{above}{'' if thai else ' '}{below}".strip()


def _is_rest(below: Cell) -> bool:
    return bool(below.parts) and not _MARK.match(arabic(below.parts[0])) and not _NEW.match(below.parts[0])


def _is_rest_of_list(above: Cell, below: Cell) -> bool:
    listed = any(_MARK.match(arabic(part)) for part in above.parts)
    return listed and bool(below.parts) and not _MARK.match(arabic(below.parts[0]))


def _is_rest_of_time(above: Cell, below: Cell) -> bool:
    return any(read_timeframe(part).rule == "none" for part in (*above.parts[-1:], *below.parts[:1]))
