"""The ruling lines drawn on a page of a PDF, also inside the forms that print drivers wrap a page in."""

import ctypes
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

_MOST_OBJECTS, _MOST_POINTS, _DEEPEST = 40_000, 400, 3
_THIN, _STRAIGHT = 2.5, 1.0

Place = Callable[[float, float], tuple[float, float]]
"""How a point of the file becomes one of the page as it is read."""

Matrix = tuple[float, float, float, float, float, float]
_AS_IS: Matrix = (1, 0, 0, 1, 0, 0)


@dataclass(frozen=True, slots=True)
class Rule:
    """A drawn line: at `at` (x of an upright one, y of a level one) from `start` to `end`."""

    upright: bool
    at: float
    start: float
    end: float


def read_rules(page: Any, place: Place) -> tuple[tuple[Rule, ...], bool]:
    """Return the level and upright lines of a raw PDFium page, and whether it holds a picture."""
    rules: list[Rule] = []
    pictured = _gather(page, None, _AS_IS, place, rules)
    return tuple(rules), pictured


def _gather(parent: Any, form: Any, matrix: Matrix, place: Place, rules: list[Rule], depth: int = 0) -> bool:
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


def _matrix(one: Any) -> Matrix:
    import pypdfium2.raw as pdfium

    matrix = pdfium.FS_MATRIX()
    known = pdfium.FPDFPageObj_GetMatrix(one, matrix)
    return (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f) if known else _AS_IS


def _times(inner: Matrix, outer: Matrix) -> Matrix:
    a, b, c, d, e, f = inner
    A, B, C, D, E, F = outer  # noqa: N806 - the letters of the PDF reference
    return (a * A + b * C, a * B + b * D, c * A + d * C, c * B + d * D, e * A + f * C + E, e * B + f * D + F)


def _ruled(path: Any, matrix: Matrix, place: Place) -> Iterator[Rule]:
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
    for (x0, y0), (x1, y1) in pairwise(points):
        if abs(x0 - x1) < _STRAIGHT < abs(y0 - y1):
            yield Rule(upright=True, at=x0, start=min(y0, y1), end=max(y0, y1))
        elif abs(y0 - y1) < _STRAIGHT < abs(x0 - x1):
            yield Rule(upright=False, at=y0, start=min(x0, x1), end=max(x0, x1))
