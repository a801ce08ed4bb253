"""One page of a PDF as PDFium gives it: letters with their places, and ruling lines.

PDFium obeys ActualText, by which programs that draw Thai with joined glyphs say what they mean; pdfminer does not.
Places are points from the top left corner of the page as it is read (after its rotation).
"""

import ctypes
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

_MOST_LETTERS, _MOST_OBJECTS, _MOST_POINTS = 60_000, 40_000, 400
_THIN, _STRAIGHT, _TILTED = 2.5, 1.0, 0.1
_SMALLEST, _LARGEST = 3.0, 200.0
_DEEPEST = 3
_NEWLINES = "\r\n\x02"
_UNKNOWN = "\ufffd"

Place = Callable[[float, float], tuple[float, float]]


@dataclass(slots=True)
class Glyph:
    """A letter with the marks over and under it; `y` is its baseline."""

    text: str
    x0: float
    x1: float
    y: float
    size: float


@dataclass(frozen=True, slots=True)
class Rule:
    """A drawn line: at `at` (x of an upright one, y of a level one) from `start` to `end`."""

    upright: bool
    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Page:
    """What stands on one page; `pictured` says that it holds a picture, as a scan does."""

    number: int
    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    rules: tuple[Rule, ...]
    pictured: bool


def read_page(page: Any, number: int) -> Page:
    """Return what stands on a page of pypdfium2; what is tilted (a watermark) is left out."""
    turned, (width, height) = page.get_rotation(), page.get_size()
    left, bottom, *_ = page.get_bbox()
    place = _place(turned, width, height, left, bottom)
    text = page.get_textpage()
    try:
        glyphs = tuple(_glyphs(text.raw, place, turned))
    finally:
        text.close()
    rules: list[Rule] = []
    pictured = _gather(page.raw, None, (1, 0, 0, 1, 0, 0), place, rules)
    return Page(number, width, height, glyphs, tuple(rules), pictured)


def _place(turned: int, width: float, height: float, left: float, bottom: float) -> Place:
    """Return how a point of the file (up is up, unturned) becomes one of the page as it is read."""
    return {
        0: lambda x, y: (x - left, height - (y - bottom)),
        90: lambda x, y: (y - bottom, x - left),
        180: lambda x, y: (width - (x - left), y - bottom),
        270: lambda x, y: (width - (y - bottom), height - (x - left)),
    }[turned]


def _glyphs(text: Any, place: Place, turned: int) -> Iterator[Glyph]:
    """Yield the letters in the order of the file; a mark is written onto the letter before it."""
    import pypdfium2.raw as pdfium

    box, x, y = pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    last: Glyph | None = None
    for n in range(min(pdfium.FPDFText_CountChars(text), _MOST_LETTERS)):
        char = _letter(pdfium.FPDFText_GetUnicode(text, n))
        generated = pdfium.FPDFText_IsGenerated(text, n) == 1
        if char in _NEWLINES or (generated and not _may_be_lost(last, pdfium.FPDFText_GetUnicode(text, n + 1))):
            continue
        pdfium.FPDFText_GetLooseCharBox(text, n, box)
        (x0, _), (x1, _) = sorted((place(box.left, box.bottom), place(box.right, box.top)))
        if last and (_is_mark(char) or generated):
            last.text += char
            last.x1 = max(last.x1, min(x1, last.x1 + last.size))
        elif char.isspace() or not _is_tilted(pdfium.FPDFText_GetCharAngle(text, n), turned):
            pdfium.FPDFText_GetCharOrigin(text, n, x, y)
            _, base = place(x.value, y.value)
            last = Glyph(char, x0, x1, base, _size(pdfium.FPDFText_GetFontSize(text, n), abs(box.top - box.bottom)))
            yield last


def _size(told: float, drawn: float) -> float:
    """Return a letter's size in points: as the font tells, or as drawn when a matrix makes it something else."""
    return told if _SMALLEST < told < _LARGEST else min(max(drawn, _SMALLEST), _LARGEST)


def _letter(point: int) -> str:
    return chr(point) if 0 < point < 0xD800 or 0xE000 <= point < 0xFFFE else _UNKNOWN  # noqa: PLR2004


def _is_mark(char: str) -> bool:
    """Say whether a letter hangs on the one before it: marks, sara am, and glyphs that the font does not name."""
    return char == _UNKNOWN or char in "ัำ" or "\u0e34" <= char <= "\u0e3a" or "\u0e47" <= char <= "\u0e4e"


def _may_be_lost(last: Glyph | None, following: int) -> bool:
    """Say whether a blank that PDFium put in marks a lost letter: before sara aa, on a bare consonant."""
    return last is not None and following == 0x0E32 and len(last.text) == 1 and "ก" <= last.text <= "ฮ"  # noqa: PLR2004


def _is_tilted(angle: float, turned: int) -> bool:
    """Say whether a letter stands askew to the page as it is read."""
    upright = math.radians(turned)
    away = (angle - upright + math.pi) % (2 * math.pi) - math.pi
    return angle >= 0 and abs(away) > _TILTED and abs(abs(away) - 2 * math.pi) > _TILTED


def _gather(
    parent: Any, form: Any, matrix: tuple[float, ...], place: Place, rules: list[Rule], depth: int = 0
) -> bool:
    """Collect the ruling lines of a page or of a form drawn on it; say whether there is a picture."""
    import pypdfium2.raw as pdfium

    count = pdfium.FPDFFormObj_CountObjects(form) if form else pdfium.FPDFPage_CountObjects(parent)
    pictured = False
    for n in range(min(max(count, 0), _MOST_OBJECTS)):
        one = pdfium.FPDFFormObj_GetObject(form, n) if form else pdfium.FPDFPage_GetObject(parent, n)
        kind = pdfium.FPDFPageObj_GetType(one)
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            pictured = True
        elif kind == pdfium.FPDF_PAGEOBJ_PATH and len(rules) < _MOST_OBJECTS:
            rules.extend(_ruled(one, _times(_matrix(one), matrix), place))
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
            pictured |= _gather(parent, one, _times(_matrix(one), matrix), place, rules, depth + 1)
    return pictured


def _matrix(one: Any) -> tuple[float, ...]:
    import pypdfium2.raw as pdfium

    matrix = pdfium.FS_MATRIX()
    known = pdfium.FPDFPageObj_GetMatrix(one, matrix)
    return (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f) if known else (1, 0, 0, 1, 0, 0)


def _times(inner: tuple[float, ...], outer: tuple[float, ...]) -> tuple[float, ...]:
    a, b, c, d, e, f = inner
    A, B, C, D, E, F = outer  # noqa: N806 - the letters of the PDF reference
    return (a * A + b * C, a * B + b * D, c * A + d * C, c * B + d * D, e * A + f * C + E, e * B + f * D + F)


def _ruled(path: Any, matrix: tuple[float, ...], place: Place) -> Iterator[Rule]:
    """Yield the level and upright lines of a path; a bar as thin as a border is one line."""
    import pypdfium2.raw as pdfium

    a, b, c, d, e, f = matrix
    x, y = ctypes.c_float(), ctypes.c_float()
    strokes: list[list[tuple[float, float]]] = []
    for n in range(min(max(pdfium.FPDFPath_CountSegments(path), 0), _MOST_POINTS)):
        segment = pdfium.FPDFPath_GetPathSegment(path, n)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        point = place(a * x.value + c * y.value + e, b * x.value + d * y.value + f)
        if pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_MOVETO or not strokes:
            strokes.append([])
        strokes[-1].append(point)
        if pdfium.FPDFPathSegment_GetClose(segment):
            strokes[-1].append(strokes[-1][0])
    for points in strokes:
        yield from _lines(points)


def _lines(points: list[tuple[float, float]]) -> Iterator[Rule]:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    width, height = max(xs) - min(xs), max(ys) - min(ys)
    if not math.isfinite(width + height):
        return
    if len(points) > 2 and min(width, height) <= _THIN:  # noqa: PLR2004
        middle = (min(xs) + max(xs), min(ys) + max(ys))
        if max(width, height) > _THIN:
            upright = height > width
            span = (min(ys), max(ys)) if upright else (min(xs), max(xs))
            yield Rule(upright, middle[0 if upright else 1] / 2, *span)
        return
    for (x0, y0), (x1, y1) in zip(points, points[1:], strict=False):
        if abs(x0 - x1) < _STRAIGHT < abs(y0 - y1):
            yield Rule(upright=True, at=x0, start=min(y0, y1), end=max(y0, y1))
        elif abs(y0 - y1) < _STRAIGHT < abs(x0 - x1):
            yield Rule(upright=False, at=y0, start=min(x0, x1), end=max(x0, x1))
