"""Lines of Thai text: what fits where, and text of a stranger made fit to be quoted."""

import re
from functools import lru_cache

from tracker.domain.thai.syllables import begins_at

_MARKS = re.compile("[\u0300-\u036f\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]")
"""Combining marks: Latin accents, and Thai vowels and tones above and below."""

_NEVER_FIRST = "ะาำๅๆฯ"
"""Written after their consonant, and read with it."""
_NEVER_LAST = "เแโใไ"
"""Vowels that are written before their consonant: a line that ends in one cannot be read."""

_WIDTH = 76
_LABEL = 20
"""A row this short is a label: what it labels stays beside it."""
_CHUNKS = re.compile(r"(?:(?<![0-9๐-๙])|(?<=[0-9๐-๙]{4}))(?<!\([0-9๐-๙]\)) +(?![0-9๐-๙])")

_LAST_NUMBER = re.compile(r" [0-9๐-๙]{1,2}$")
"""Says how many of what follows; a longer one is a year and belongs to what stands before it."""
_BESIDE_NUMBERS = re.compile(r"(?<=[0-9๐-๙])(?<![0-9๐-๙]{4}) | (?=[0-9๐-๙])")


def one_line(text: str) -> str:
    """Return the text as one line: no line breaks, control or invisible characters, single blanks.

    So nothing that stands in a document can add a header to a mail or turn its text around.
    """
    if text.isprintable() and "  " not in text:
        return text.strip()
    return "".join(letter for letter in " ".join(text.split()) if letter.isprintable())


def cells(text: str) -> int:
    """Return how many characters the eye counts: Thai marks above and below take no room of their own."""
    return len(text) - len(_MARKS.findall(text))


@lru_cache(maxsize=4096)  # the same titles and units stand in many messages of one check
def shorten(text: str, room: int) -> str:
    """Return one line of at most `room` cells, with an ellipsis where something was left out.

    Never cuts between a consonant and its marks, prefers a blank to cut at and then the beginning of a syllable, and
    leaves no number without its word.
    Marks take no room, but a stranger's text may pile them up: at most four characters stand in each cell on the
    average.
    """
    line = one_line(text)[: room * 4]
    if len(line) <= room or cells(line) <= room:
        return line
    end = _end_of(line, room - 1)
    head, least = line[:end], end * 2 // 3
    blank = head.rfind(" ")
    head = _LAST_NUMBER.sub("", head[:blank]) if blank > least else head[: _last_syllable(line, end, least)]
    return head.rstrip(" " + _NEVER_LAST) + "…"


@lru_cache(maxsize=1024)  # why, what next, whom to ask: the same in most messages of one check
def fold(text: str, indent: int = 0) -> str:
    """Return prose in rows of at most 76 cells where it has blanks to break at, continued under an indent.

    A run of Thai stays whole, and a number stays with the words beside it: dates and counts are not torn, and `(๒)`
    stays with what it numbers. A row may end in a year.
    """
    if len(text) + indent <= _WIDTH or cells(text) + indent <= _WIDTH:
        return text
    rows = [""]
    for chunk in _CHUNKS.split(text):
        row = f"{rows[-1]} {chunk}" if rows[-1] else chunk
        if cells(rows[-1]) > _LABEL and cells(row) + indent > _WIDTH:
            rows.append(chunk)
        else:
            rows[-1] = row
    return ("\n" + " " * indent).join(rows)


@lru_cache(maxsize=1024)
def unbroken(text: str) -> str:
    """Return prose that a program may not break beside a number, for what folds lines by itself."""
    return _BESIDE_NUMBERS.sub("\u00a0", text)


def utf16_units(text: str) -> int:
    """Return the length of a text as LINE counts it."""
    return len(text.encode("utf-16-le")) // 2


def in_octets(text: str, first: int, others: int) -> list[bytes]:
    """Return a text as UTF-8 in pieces of whole characters: the first of at most so many octets, then the others.

    UnicodeError for a lone surrogate.
    """
    octets = text.encode()
    pieces, start, room = [], 0, first
    while len(octets) - start > room:
        end = start + room
        while octets[end] & 0xC0 == 0x80:  # noqa: PLR2004 - inside a character of UTF-8
            end -= 1
        pieces.append(octets[start:end])
        start, room = end, others
    return [*pieces, octets[start:]]


def _end_of(line: str, room: int) -> int:
    """Return the index after the last character of the first `room` cells, marks included."""
    used = 0
    for index, letter in enumerate(line):
        used += not _MARKS.match(letter)
        if used > room:
            return index
    return len(line)


def _last_syllable(line: str, end: int, least: int) -> int:
    """Return where the last syllable begins that begins between the two; else the end, or before the letter there."""
    for at in range(end, least, -1):
        if begins_at(line, at):
            return at
    while end and line[end] in _NEVER_FIRST:
        end -= 1
        while end and _MARKS.match(line[end]):
            end -= 1
    return end
