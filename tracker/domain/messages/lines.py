"""Lines of Thai text: what fits where, and text of a stranger made fit to be quoted."""

import re

_MARKS = re.compile("[\u0300-\u036f\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]")
"""Combining marks: Latin accents, and Thai vowels and tones above and below."""

_NEVER_LAST = "เแโใไ"
"""Vowels that are written before their consonant: a line that ends in one cannot be read."""


def one_line(text: str) -> str:
    """Return the text as one line: no line breaks, control or invisible characters, single blanks.

    So nothing that stands in a document can add a header to a mail or turn its text around.
    """
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    return "".join(letter for letter in " ".join(text.split()) if letter.isprintable())


def cells(text: str) -> int:
    """Return how many characters the eye counts: Thai marks above and below take no room of their own."""
    return len(_MARKS.sub("", text))


def shorten(text: str, room: int) -> str:
    """Return one line of at most `room` cells, with an ellipsis where something was left out.

    Never cuts between a consonant and its marks, and prefers a blank to cut at.
    """
    line = one_line(text)
    if len(line) <= room or cells(line) <= room:
        return line
    head = line[: _end_of(line, room - 1)]
    blank = head.rfind(" ")
    if blank > len(head) * 2 // 3:
        head = head[:blank]
    return head.rstrip(" " + _NEVER_LAST) + "…"


def _end_of(line: str, room: int) -> int:
    """Return the index after the last character of the first `room` cells, marks included."""
    used = 0
    for index, letter in enumerate(line):
        used += not _MARKS.match(letter)
        if used > room:
            return index
    return len(line)
