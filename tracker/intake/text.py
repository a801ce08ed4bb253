"""The reader for plain text and Markdown: lines, tab or pipe tables, and the HTML lists that OCR leaves in cells."""

import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain

from tracker.domain.thai.numerals import compose_sara_am
from tracker.errors import Refused
from tracker.intake.broken_rows import BREAK, mended
from tracker.intake.html_table import closes_table, html_rows, opens_table
from tracker.intake.layout import Cell, Paragraph, Row, Table
from tracker.intake.markup import cell_parts, plain_text

_MOST_LINES, _LONGEST_LINE, _MOST_CELLS = 50_000, 100_000, 40
_PIPE_RULE = re.compile(r"[|\s:+-]*")
_EMPHASIS = re.compile(r"\*\*|__|\\(?=[*_#.\-])|^\s{0,3}#{1,6}\s+")
_DIVIDER = re.compile(r"[\s*_=.\-~\\]*")
_UTF8_THAI = (b"\xe0\xb8", b"\xe0\xb9")
_THAI_BYTES, _LEAST_THAI = bytes(range(0xA1, 0xFC)), 0.3  # those of TIS-620


def read_text(name: str, data: bytes) -> tuple[Paragraph | Table, ...]:
    """Return the blocks of a text file in UTF-8 (with or without BOM) or TIS-620.

    A line with tabs, or a Markdown line between pipes, is a row; rows on adjacent lines are one table, and so is
    an HTML table, however many lines it takes.
    """
    blocks: list[Paragraph | Table] = []
    rows: list[Row] = []
    reached = 0
    for line, text, cells in _parsed(mended(_lines(name, decoded(name, data)))):
        if rows and (cells is None or line > reached + 1):
            blocks.append(Table(tuple(rows)))
            rows = []
        if cells is None:
            if words := _clean(text):
                blocks.append(Paragraph(words, line))
            continue
        reached = line + text.count(BREAK)
        if any(cell.parts for cell in cells):
            rows.append(Row(cells, line))
    return tuple([*blocks, Table(tuple(rows))] if rows else blocks)


def _parsed(lines: Iterator[tuple[int, str]]) -> Iterator[tuple[int, str, tuple[Cell, ...] | None]]:
    """Yield each line with its cells, if it is a row; the rows of an HTML table follow each other closely."""
    for line, text in lines:
        if not (opened := opens_table(text)):
            yield line, text, _cells(text)
            continue
        if text[: opened.start()].strip():
            yield line, text[: opened.start()], None
        markup, after = _html_table(line, text[opened.start() :], lines)
        yield from _html_rows(line, markup)
        if after[1].strip():
            yield (*after, None)


def _html_table(line: int, text: str, lines: Iterator[tuple[int, str]]) -> tuple[str, tuple[int, str]]:
    """Return a table's markup, its blank lines kept, and the line with what stands behind it."""
    parts, last = [], line
    for number, part in chain([(line, text)], lines):
        parts.append("\n" * (number - last))
        last = number
        if closed := closes_table(part):
            parts.append(part[: closed.end()])
            return "".join(parts), (number, part[closed.end() :])
        parts.append(part)
    return "".join(parts), (last, "")


def _html_rows(line: int, markup: str) -> Iterator[tuple[int, str, tuple[Cell, ...]]]:
    rows = html_rows(markup)
    lines = [*(line + at for at, _ in rows), line + markup.count("\n") + 1]
    for n, (_, cells) in enumerate(rows):
        parts = _trimmed(cell.markup for cell in cells)
        looks = zip(parts, cells, strict=True)
        row = tuple(replace(one, shade=cell.shade, span=cell.span) for one, cell in looks)
        yield lines[n], BREAK * max(0, lines[n + 1] - lines[n] - 1), row


def decoded(name: str, data: bytes) -> str:
    """Return the text of a file; Refused when it is neither UTF-8 nor TIS-620."""
    try:
        return compose_sara_am(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        if sum(map(data.count, _UTF8_THAI)) > len(data) // 10:
            raise Refused(f"{name} is damaged UTF-8 (byte {error.start}): save it again as UTF-8.") from None
    try:
        text = data.decode("cp874")
    except UnicodeDecodeError:
        text = ""
    if len(data) - len(data.translate(None, _THAI_BYTES)) < _LEAST_THAI * len(text) or not text:
        raise Refused(f"{name} is neither UTF-8 nor TIS-620 text: save it again as UTF-8.")
    return compose_sara_am(text)


def _lines(name: str, text: str) -> Iterator[tuple[int, str]]:
    """Yield the lines that hold something; a text that no plan could be is refused before it costs time."""
    kept = 0
    for line, raw in enumerate(io.StringIO(text), start=1):
        if raw.isspace():
            continue
        kept += 1
        if kept > _MOST_LINES or len(raw) > _LONGEST_LINE:
            raise Refused(f"{name} (line {line}) is longer than any plan: give the plan's document alone.")
        yield line, raw.rstrip("\r\n")


def _cells(text: str) -> tuple[Cell, ...] | None:
    """Return the cells of a row, none for a rule between header and body, or None when it is no row."""
    stripped = text.strip()
    if "\t" in text and text.count("\t") < _MOST_CELLS:
        return _trimmed(text.split("\t"))
    if stripped.startswith("|") and stripped.endswith("|") and 1 < stripped.count("|") <= _MOST_CELLS:
        return () if _PIPE_RULE.fullmatch(stripped) else _trimmed(stripped[1:-1].split("|"))
    return None


def _trimmed(cells: Iterable[str]) -> tuple[Cell, ...]:
    return tuple(Cell(tuple(part for raw in cell_parts(cell) if (part := _clean(raw)))) for cell in cells)


def _clean(text: str) -> str:
    words = " ".join(_EMPHASIS.sub("", plain_text(text)).replace("\u200b", "").split())
    return "" if _DIVIDER.fullmatch(words) else words
