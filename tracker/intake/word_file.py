"""The reader for Word documents (.docx): paragraphs and tables in order, as Word prints them.

`line` is the ordinal of the paragraph or table row in the document, empty paragraphs counted, page headers first.
"""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import count
from typing import Any

from tracker.errors import Refused
from tracker.intake.layout import Cell, Paragraph, Row, Table
from tracker.intake.limits import MOST_COLUMNS, Found, Progress, damage_refused, quiet, refuse_bombs, within_limits
from tracker.intake.word_grid import grid_rows
from tracker.intake.word_lists import Lists, lists_of
from tracker.intake.word_text import child, chosen, local, number, value, words_of

_WRAPPERS = frozenset({"ins", "moveTo", "customXml", "smartTag", "hyperlink", "sdtContent", "sdt"})
_MOST_CELLS, _MOST_ELEMENTS = 50_000, 800_000
_PAGE = re.compile(r"[\s\-–/.]*(?:หน้า(?:ที่)?|page)?[\s\-–/.\d๐-๙]*", re.IGNORECASE)


@dataclass(slots=True)
class _Reading:
    lists: Lists
    lines: Iterator[int]


def read_word(name: str, data: bytes, progress: Progress = quiet) -> tuple[Found, ...]:
    """Return the blocks of a Word document; Refused when it is damaged, locked, or no document could be so large.

    Deleted and hidden text is left out, inserted text kept. A merged cell's text stands in its first row and
    column; its other places are empty. Nothing outside of the file is ever opened.
    """
    refuse_bombs(name, data)
    with damage_refused(
        f"{name} is a damaged Word document: open it in Word or LibreOffice, save it as .docx, then read that file."
    ):
        found = tuple(within_limits(name, _document(name, data)))
    progress(1, 1)
    return found


def _document(name: str, data: bytes) -> Iterator[Found]:
    from docx import Document

    part = Document(io.BytesIO(data)).part
    parts = [(rel.reltype.rsplit("/", 1)[-1], rel.target_part) for rel in part.rels.values() if not rel.is_external]
    roots = {kind: one.element for kind, one in parts if hasattr(one, "element")}
    reading = _Reading(lists_of(roots.get("numbering"), roots.get("styles")), count(1))
    margins = {kind: [one.element for found, one in parts if found == kind] for kind in ("header", "footer")}
    yield from _margin(margins["header"], reading)
    body = child(part.element, "body")
    if sum(1 for _ in part.element.iter("{*}tc")) > _MOST_CELLS or sum(1 for _ in part.element.iter()) > _MOST_ELEMENTS:
        raise Refused(f"{name} has more cells or words than any plan: give the plan's document alone.")
    yield from _blocks(body, reading) if body is not None else ()
    yield from _margin(margins["footer"], reading)


def _margin(roots: list[Any], reading: _Reading) -> Iterator[Found]:
    """Yield what page headers or footers say, once however many sections repeat it; page numbers are noise."""
    said = set()
    for block in (block for root in roots for block in _blocks(root, reading)):
        text = block.text if isinstance(block, Paragraph) else " ".join(row.text for row in block.rows)
        if text not in said and not _PAGE.fullmatch(text):
            said.add(text)
            yield block


def _blocks(parent: Any, reading: _Reading) -> Iterator[Paragraph | Table]:
    for one in _content(parent):
        if local(one) == "p":
            yield from _paragraph(one, reading)
        elif (only := _only_cell(one)) is not None:
            yield from _blocks(only, reading)
        else:
            yield from _table(one, reading)


def _content(parent: Any) -> Iterator[Any]:
    """Yield the paragraphs, tables, rows or cells of an element, also inside content controls and insertions."""
    for one in parent:
        name = local(one)
        if name in ("p", "tbl", "tr", "tc"):
            yield one
        elif name in _WRAPPERS:
            yield from _content(one)
        elif name == "AlternateContent":
            yield from chosen(one)


def _paragraph(element: Any, reading: _Reading) -> Iterator[Paragraph | Table]:
    line, words, mark = next(reading.lines), words_of(element), reading.lists.mark(element)
    for n, text in enumerate(words.lines):
        yield Paragraph(f"{mark} {text}" if mark and n == 0 else text, line)
    for box in words.boxes:
        yield from _blocks(box, reading)


def _only_cell(table: Any) -> Any | None:
    """Return the cell of a table that has but one: a frame around what it holds."""
    rows = list(_content(table))
    cells = list(_content(rows[0])) if len(rows) == 1 else []
    return cells[0] if len(cells) == 1 else None


def _table(element: Any, reading: _Reading) -> Iterator[Table]:
    rows = []
    for cells in grid_rows(element, _rows(element)):
        line = next(reading.lines)
        rows.append(Row(_cells(cells[:MOST_COLUMNS], reading), line))
    if rows := [row for row in rows if any(cell.parts for cell in row.cells)]:
        yield Table(tuple(rows))


def _rows(table: Any) -> Iterator[tuple[Any, list[Any]]]:
    for row in _content(table):
        if local(row) == "tr" and child(row, "trPr", "del") is None:
            yield row, [cell for cell in _content(row) if local(cell) == "tc"]


def _cells(slots: list[list[Any]], reading: _Reading) -> tuple[Cell, ...]:
    """Return the cells of a row; one that is merged over columns knows how many of those beside it are its own."""
    cells = [_cell(places, reading) for places in slots]
    for n, places in enumerate(slots):
        wide = number(child(places[-1], "tcPr", "gridSpan"), default=1) if places else 1
        span = next((k for k in range(1, wide) if n + k >= len(slots) or slots[n + k]), max(wide, 1))
        cells[n] = replace(cells[n], span=span) if span > 1 else cells[n]
    return tuple(cells)


def _cell(places: list[Any], reading: _Reading) -> Cell:
    """Return the cell of one column: mostly one element, none under a merge, several where a grid is ragged."""
    parts = tuple(part for one in places if not _is_covered(one) for part in _parts(one, reading))
    return Cell(parts, shade=_shade(places))


def _shade(places: list[Any]) -> str:
    """Return the colour behind a cell; "" for none and for white."""
    fills = (value(child(one, "tcPr", "shd"), "fill") for one in places)
    return next((fill.upper() for fill in fills if fill and fill.upper() not in ("AUTO", "FFFFFF")), "")


def _is_covered(cell: Any) -> bool:
    """Say whether a cell goes on with the merged one above or before it, or was deleted."""
    merges = [child(cell, "tcPr", name) for name in ("vMerge", "hMerge")]
    covered = any(one is not None and value(one) in (None, "continue") for one in merges)
    return covered or child(cell, "tcPr", "cellDel") is not None


def _parts(cell: Any, reading: _Reading) -> Iterator[str]:
    for one in _content(cell):
        if local(one) == "tbl":
            for _, cells in _rows(one):
                yield from filter(None, [" ".join(part for inner in cells for part in _parts(inner, reading))])
            continue
        words, mark = words_of(one), reading.lists.mark(one)
        lines = words.lines or ([""] if mark not in ("", "-") else [])
        yield from (f"{mark} {text}".strip() if n == 0 else text for n, text in enumerate(lines))
        for box in words.boxes:
            yield from _parts(box, reading)
