"""Lists inside cells: printed numbers, bullets, and steps that run inline."""

import re
from itertools import pairwise

from tracker.domain.thai.numerals import arabic
from tracker.intake.layout import Cell
from tracker.intake.markup import dash_items, is_range

_NUMBER = re.compile(
    r"\s*(?:มาตรการ(?:ที่)?\s*(?=\d)|ข้อ\s*(?=\d)|ประเด็นที่\s*(?=\d)|กิจกรรมที่\s*(?=\d))?"
    r"\(?(\d{1,2}(?:\.\d{1,2}){0,2})(?:\s?[.):]+\s*|\s+)(?=\D)"
)
_MARKED = re.compile(r"\s*(?:[-–—•*✓➢▪●○]|\(?\d{1,2}(?:\.\d{1,2})?\s?[.)]|\d{1,2}\.\d{1,2}\s)\s*(?!\d)")
_SUBITEM = re.compile(r"(?<![\d.,/ก-๙])\d{1,2}\.(\d{1,2})[.)]?\s+(?=[^\d\s.)])")
_INLINE = re.compile(r"(?<![\d.,/])\(?(\d{1,2})[.)]\s*(?=[^\d\s.)])")
_FIRST_ITEM = re.compile(r"(?<=\s)(?:[-–•●▪➢✓]\s?(?=[ก-๏A-Za-z])|\(?1(?:\.1)?\s?[.)]?\s(?=\D))")
_BULLET = re.compile(r"\s*[-–—•*✓➢▪●○]+\s*")


def numbered(text: str) -> tuple[str | None, str]:
    """Return the number printed before a text (Arabic digits) and the text without it."""
    found = _NUMBER.match(arabic(text))
    if not found:
        return None, _unbulleted(text)
    return found[1], text[found.end() :].strip()


def step_items(cell: Cell) -> tuple[str, ...]:
    """Return the items of a cell without their marks, however they are listed: parts, numbers, dashes."""
    if len(cell.parts) != 1:
        return tuple(unmarked(item) for part in _rejoined(cell.parts) for item in _numbers_on(part))
    text = cell.parts[0]
    for split in (inline_numbers, _inline_dashes):
        if len(items := split(text)) > 1:
            return tuple(unmarked(item) for item in items)
    return (unmarked(text),)


def title_and_steps(cell: Cell) -> tuple[Cell, Cell]:
    """Part a cell of a merged column into the measure's title and the steps listed below it."""
    if len(cell.parts) > 1:
        return Cell(cell.parts[:1]), Cell(cell.parts[1:])
    number, title = numbered(cell.text)
    marks = _FIRST_ITEM.finditer(arabic(title))
    found = next((mark for mark in marks if not is_range(title[: mark.start()], title[mark.end() :])), None)
    if not found or not title[: found.start()].strip():
        return cell, Cell()
    head = f"{number}. {title[: found.start()]}" if number else title[: found.start()]
    return Cell((head.strip(),)), Cell((title[found.start() :].strip(),))


def inline_numbers(text: str) -> tuple[str, ...]:
    """Split "๑. … ๒. …" at numbers that count up from 1; what stands before the first is an item of its own."""
    plain = arabic(text)
    cuts = _counted(_INLINE, plain)
    if len(cuts) < 2:  # noqa: PLR2004 - one number is no list
        cuts = _counted(_SUBITEM, plain)
    if len(cuts) < 2:  # noqa: PLR2004
        return (text,)
    edges = [*([0] if text[: cuts[0]].strip() else []), *cuts, len(text)]
    return tuple(text[a:b].strip() for a, b in pairwise(edges))


def _numbers_on(part: str) -> tuple[str, ...]:
    """Split one part of a list where its own number counts on: "๓. … ๔. …"."""
    plain = arabic(part)
    first = _INLINE.match(plain)
    cuts = _counted(_INLINE, plain, int(first[1])) if first else []
    return tuple(part[a:b].strip() for a, b in pairwise([*cuts, len(part)])) if cuts else (part,)


def _counted(mark: re.Pattern[str], text: str, start: int = 1) -> list[int]:
    """Return where the marks stand that count up from a number."""
    cuts: list[int] = []
    for found in mark.finditer(text):
        if int(found[1]) == len(cuts) + start:
            cuts.append(found.start())
    return cuts


def _inline_dashes(text: str) -> tuple[str, ...]:
    if not _BULLET.match(text):
        return (text,)
    spaced = re.sub(r"(^|\s)[-–•✓➢▪●]\s*(?=[ก-๏A-Za-z])", r"\1- ", text)
    return dash_items(spaced)


def _rejoined(parts: tuple[str, ...]) -> list[str]:
    """Join a part without a mark to the item before it when the others are marked: it is a wrapped line."""
    marked = [bool(_MARKED.match(arabic(part))) for part in parts]
    if not marked or not marked[0] or sum(marked) < 2:  # noqa: PLR2004
        return list(parts)
    joined: list[str] = []
    for part, has_mark in zip(parts, marked, strict=True):
        if has_mark or not joined:
            joined.append(part)
        else:
            joined[-1] = f"{joined[-1]} {part}"
    return joined


def unmarked(text: str) -> str:
    """Return an item without the number or bullet printed before it."""
    found = _MARKED.match(arabic(text))
    return text[found.end() :].strip() if found and found.end() < len(text) else text.strip()


def _unbulleted(text: str) -> str:
    found = _BULLET.match(text)
    return text[found.end() :].strip() if found else text.strip()
