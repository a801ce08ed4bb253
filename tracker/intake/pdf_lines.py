"""From letters to lines, and from wrapped lines to the paragraphs and list items that were typed."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tracker.domain.thai.numerals import arabic
from tracker.domain.thai.phrases_grammar import MONTH
from tracker.intake.broken_thai import repaired
from tracker.intake.pdf_page import Glyph

_SAME_LINE, _BLANK, _COLUMN = 0.4, 0.2, 5.0  # in sizes of the letters
_NEXT_LINE, _INDENT, _SPREAD = 3.0, 0.6, 1.4
_UNUSED_TEXT, _UNUSED_CELL = 0.28, 0.42  # how much of its width a line leaves empty at most when it wraps
_MARK = re.compile(
    r"(?:[-–—•*✓➢▪●○□]\s*(?=\S|$)|\(?\d{1,2}(?:\.\d{1,2})*\s?[.)](?=\s*\D|$)|\(?[ก-ฮ]\)|[ก-ช]\.\s|(?:ข้อ|มาตรการที่)\s*\d)"
)
_NUMBER = re.compile(r"\(?(\d{1,2})\s?[.)](?!\d)")
_INLINE = re.compile(r"(?<![\d.,/])\(?(\d{1,2})[.)]\s*(?=[^\d\s.)])")
_BULLETS = ("-", "–", "—", "•", "*")
_UNIT = re.compile(r"(?:กอง|สำนัก|ฝ่าย|หน่วย|ทุก|ศูนย์|กลุ่มงาน|สถาบัน|ส่วนราชการ|โรงพยาบาล|ผู้อำนวยการ|หัวหน้า|คณะ)")
_GOES_ON = ("-", "–", "/", ",", "(", "และ", "หรือ", "ของ")
_MONTH_END = re.compile(rf"(?:(?:{MONTH})\s*\d{{0,4}}|\d)\s*[-–]?$")
_MONTH_START = re.compile(rf"[-–]\s*(?:\d|{MONTH})")
_THAI = re.compile(r"[ก-ฮะ-ฺเ-๎ฯ]")


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line; `text` is not yet trimmed, so that a blank at its end is known."""

    text: str
    x0: float
    x1: float
    y: float
    size: float


def lines_of(glyphs: Iterable[Glyph]) -> list[Line]:
    """Return the lines that letters stand on, from top to bottom; a wide gap before words divides a line."""
    return [line for row in rows_of(glyphs) for line in _divided(row)]


def rows_of(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    """Return the letters by the baselines they stand on, from top to bottom, each from left to right."""
    rows: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda one: one.y):
        if rows and glyph.y - rows[-1][0].y <= _SAME_LINE * min(glyph.size, rows[-1][0].size):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    return [sorted(row, key=lambda one: one.x0) for row in rows]


def _divided(row: list[Glyph]) -> Iterator[Line]:
    parts: list[list[Glyph]] = [[]]
    last: Glyph | None = None
    for glyph in row:
        if glyph.text.isspace():
            parts[-1].append(glyph)
            continue
        gap = glyph.x0 - last.x1 if last else 0.0
        if last and glyph.text == last.text and abs(glyph.x0 - last.x0) < 0.1 * glyph.size:
            continue  # a bold letter is sometimes printed twice
        if last and gap > _COLUMN * glyph.size and not arabic(glyph.text[0]).isdigit():
            parts.append([])
        elif last and gap > _BLANK * glyph.size:
            parts[-1].append(Glyph(" ", last.x1, glyph.x0, glyph.y, glyph.size))
        parts[-1].append(glyph)
        last = glyph
    return (line for part in parts if (line := _line(part)) is not None)


def _line(glyphs: list[Glyph]) -> Line | None:
    inked = [one for one in glyphs if not one.text.isspace()]
    if not inked:
        return None
    text = repaired("".join(one.text for one in glyphs)).replace("\ufffd", "")
    size = sorted(one.size for one in inked)[len(inked) // 2]
    return Line(text, inked[0].x0, max(one.x1 for one in inked), inked[0].y, size) if text.strip() else None


def paragraphs_of(lines: Sequence[Line]) -> list[tuple[str, Line, Line]]:
    """Return the paragraphs of running text, each with its first and last line.

    A line goes on in the next one when it reaches the right margin and the next is neither indented nor marked
    as an item of a list.
    """
    right, left = max((line.x1 for line in lines), default=0.0), min((line.x0 for line in lines), default=0.0)
    pitch = _pitch(lines)
    paragraphs: list[tuple[str, Line, Line]] = []
    for line in lines:
        last = paragraphs[-1] if paragraphs else None
        reach = right - min(_UNUSED_TEXT * (right - left), _first_word(line))
        if last and _goes_on(last[2], line, last[1], reach) and line.y - last[2].y <= _SPREAD * pitch:
            paragraphs[-1] = joined(last[0], line.text), last[1], line
        else:
            paragraphs.append((line.text, line, line))
    return paragraphs


def _pitch(lines: Sequence[Line]) -> float:
    """Return how far lines of one paragraph are apart: the nearest of a page, those of one row aside."""
    gaps = (below.y - above.y for above, below in pairwise(lines))
    return min((gap for gap in gaps if gap > 0.8 * lines[0].size), default=0.0)


def _first_word(line: Line) -> float:
    """Return how much room a line's first words took, which was not left on the line above."""
    text = line.text.strip()
    return (line.x1 - line.x0) * len(text.split(" ", 1)[0]) / max(1, len(text)) + line.size


def _goes_on(above: Line, below: Line, first: Line, reach: float) -> bool:
    near = 0 < below.y - above.y <= _NEXT_LINE * max(above.size, below.size)
    margin = max(above.x0, first.x0) + _INDENT * below.size
    return near and above.x1 >= reach and below.x0 <= margin and not is_marked(below.text)


def cell_parts_of(lines: Sequence[Line], x1: float) -> tuple[str, ...]:
    """Return the paragraphs or list items of a table's cell that ends at `x1`.

    Where items are marked only a mark begins a new one, where units are named one below the other a unit; elsewhere
    a line ends one when the next words had room on it, or a wider gap stands below it.
    """
    begins = _beginning(lines, x1)
    parts: list[str] = []
    for n, line in enumerate(lines):
        if n == 0 or begins(lines[n - 1], line):
            parts.append(line.text)
        else:
            parts[-1] = joined(parts[-1], line.text)
    return tuple(text for part in split_at_numbers(parts) if (text := " ".join(part.split())))


def _beginning(lines: Sequence[Line], x1: float) -> Callable[[Line, Line], bool]:
    """Return how the beginnings of paragraphs are told in this cell."""
    if any(is_marked(line.text) for line in lines):
        return _begins_item
    if lines and begins_unit(lines[0].text):
        return lambda above, line: begins_unit(line.text) and not above.text.rstrip().endswith(_GOES_ON)
    pitch = _pitch(lines)
    return lambda above, line: has_room(above, line, x1) or line.y - above.y > _SPREAD * pitch


def _begins_item(above: Line, line: Line) -> bool:
    is_range = _MONTH_START.match(arabic(line.text.strip())) and _MONTH_END.search(arabic(above.text.strip()))
    return is_marked(line.text) and not is_range


def has_room(above: Line, line: Line, x1: float) -> bool:
    """Say whether the next line's first words would have stood on the line above, had they been one paragraph."""
    left = x1 - above.x1 - above.size / 2
    goes_on = _MONTH_START.match(arabic(line.text.strip())) or above.text.rstrip().endswith(_GOES_ON)
    return left > _UNUSED_CELL * (x1 - above.x0) and left > _first_word(line) and not goes_on


def split_at_numbers(parts: Sequence[str]) -> Sequence[str]:
    """Split parts also where their numbers count up inside a line, as a list that was typed inline wraps anywhere."""
    found = _NUMBER.match(arabic(parts[0].strip())) if parts else None
    if not found or any(text.strip().startswith(_BULLETS) for text in parts):
        return parts
    text, expected, cuts = "\n".join(parts), int(found[1]) + 1, []
    for one in _INLINE.finditer(arabic(text)):
        if int(one[1]) == expected:
            cuts.append(one.start())
            expected += 1
    edges = [0, *cuts, len(text)]
    pieces = (text[a:b].strip("\n").split("\n") for a, b in pairwise(edges))
    return [one for piece in pieces for one in piece] if cuts else parts


def is_marked(text: str) -> bool:
    """Say whether a line begins with a number or bullet of a list."""
    return bool(_MARK.match(arabic(text.strip())))


def begins_unit(text: str) -> bool:
    """Say whether a line begins with the name of a unit, or of a class of units."""
    return bool(_UNIT.match(text.strip()))


def joined(above: str, below: str) -> str:
    """Join a wrapped line to the one above: Thai words are written without a blank between them."""
    tight = _THAI.match(above[-1:]) and _THAI.match(below[:1])
    return above + below if tight else f"{above.rstrip()} {below.lstrip()}"
