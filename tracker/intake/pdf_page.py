"""One page of a PDF as PDFium gives it: letters with their places, and ruling lines.

PDFium obeys ActualText, by which programs that draw Thai with joined glyphs say what they mean; pdfminer does not.
Places are points from the top left corner of the page as it is read (after its rotation).
"""

import ctypes
import math
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from tracker.intake.pdf_rules import Place, Rule, read_rules

MOST_LETTERS = 20_000
"""A page with more is no page of a plan."""

_TILTED = 0.1
_SMALLEST, _LARGEST = 3.0, 200.0
_NEWLINES = "\r\n\x02"
_UNKNOWN = "\ufffd"
_TONES = "\u0e47\u0e48\u0e49\u0e4a\u0e4b\u0e4c\u0e4d\u0e4e"
_OVER_AND_UNDER = frozenset("\u0e31\u0e33\u0e34\u0e35\u0e36\u0e37\u0e38\u0e39\u0e3a" + _TONES)
_REMEMBERED, _OFF, _SLACK, _LEVEL = 200, 0.03, 0.3, 0.1


@dataclass(slots=True)
class Glyph:
    """A letter with the marks over and under it; `y` is its baseline."""

    text: str
    x0: float
    x1: float
    y: float
    size: float


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
    rules, pictured = read_rules(page.raw, place)
    return Page(number, width, height, glyphs, rules, pictured)


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
    recent: deque[Glyph] = deque(maxlen=_REMEMBERED)
    for n in range(pdfium.FPDFText_CountChars(text)):
        char = _letter(pdfium.FPDFText_GetUnicode(text, n))
        generated = pdfium.FPDFText_IsGenerated(text, n) == 1
        if char in _NEWLINES or (generated and not _may_be_lost(last, pdfium.FPDFText_GetUnicode(text, n + 1))):
            continue
        if not char.isspace() and _is_tilted(pdfium.FPDFText_GetCharAngle(text, n), turned):
            continue
        pdfium.FPDFText_GetLooseCharBox(text, n, box)
        (x0, _), (x1, _) = sorted((place(box.left, box.bottom), place(box.right, box.top)))
        if last and char in _OVER_AND_UNDER and (home := _home(recent, (x0 + x1) / 2)) is not last:
            home.text, home.x1 = _with_mark(home.text, char), max(home.x1, min(x1, home.x1 + home.size))
        elif last and (_is_mark(char) or generated):
            last.text += char
            last.x1 = max(last.x1, min(x1, last.x1 + last.size))
        else:
            pdfium.FPDFText_GetCharOrigin(text, n, x, y)
            _, base = place(x.value, y.value)
            last = Glyph(char, x0, x1, base, _size(pdfium.FPDFText_GetFontSize(text, n), abs(box.top - box.bottom)))
            recent.append(last)
            yield last


def _home(recent: Sequence[Glyph], middle: float) -> Glyph:
    """Return the letter that a mark hangs on: the last one, unless it is printed clearly away from that one.

    Word processors draw some marks after later letters of their line, and PDFium keeps that order.
    """
    last = recent[-1]
    if last.x0 - _OFF * last.size <= middle <= last.x1 + _SLACK * last.size:
        return last
    beside = (one for one in reversed(recent) if abs(one.y - last.y) < _LEVEL * last.size and not one.text.isspace())
    return next((one for one in beside if one.x0 <= middle <= one.x1 + _SLACK * one.size), last)


def _with_mark(text: str, mark: str) -> str:
    """Return a letter with one mark more, in the order in which Thai is written: vowels before tones."""
    tones = len(text) - len(text.rstrip(_TONES)) if mark not in _TONES else 0
    return text[: len(text) - tones] + mark + text[len(text) - tones :]


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
    """Say whether a letter stands askew to the page as it is read; an unknown angle (-1) is none."""
    away = (angle + math.radians(turned) + math.pi) % math.tau - math.pi
    return angle >= 0 and abs(away) > _TILTED
