"""The numbers and bullets that Word prints by itself before the paragraphs of a list."""

import re
from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import Any

from tracker.domain.thai.numerals import thai
from tracker.intake.word_text import child, local, number, value

_LETTERS = {"thaiLetters": "กขคงจฉชซฌญฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ", "lowerLetter": "abcdefghijklmnopqrstuvwxyz"}
_DEEPEST, _LONGEST_CHAIN, _MOST_ROMAN = 9, 12, 400
_ROMAN = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


@dataclass(frozen=True, slots=True)
class _Level:
    format: str
    text: str
    start: int


@dataclass(slots=True)
class Lists:
    """The lists of one document; `mark` counts, so paragraphs are to be asked in reading order."""

    levels: dict[str, dict[int, _Level]] = field(default_factory=dict)
    family: dict[str, str] = field(default_factory=dict)
    styles: dict[str, tuple[str | None, str | None, int]] = field(default_factory=dict)
    counts: defaultdict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))

    def mark(self, paragraph: Any) -> str:
        """Return what Word prints before a paragraph: "๑.", "ก)", "-" for any bullet, "" outside of lists."""
        list_id, depth = self._place(paragraph)
        levels = self.levels.get(list_id or "", {})
        level = levels.get(depth)
        if list_id is None or level is None or level.format == "none":
            return ""
        if level.format == "bullet":
            return "-"
        counts = self.counts[self.family.get(list_id, list_id)]
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [one for one in counts if one > depth]:
            del counts[deeper]
        return re.sub(r"%(\d)", lambda found: self._printed(levels, counts, int(found[1]) - 1), level.text).strip()

    def _printed(self, levels: dict[int, _Level], counts: dict[int, int], depth: int) -> str:
        level = levels.get(depth)
        return "" if level is None else _spelled(counts.get(depth, level.start), level.format)

    def _place(self, paragraph: Any) -> tuple[str | None, int]:
        """Return the list and depth of a paragraph: its own, or those of its style and the styles under that."""
        own = child(paragraph, "pPr", "numPr")
        depth = number(child(own, "ilvl"), default=-1) if own is not None else -1
        list_id = value(child(own, "numId")) if own is not None else None
        style = value(child(paragraph, "pPr", "pStyle"))
        for _ in range(_LONGEST_CHAIN):
            if list_id is not None or style is None:
                break
            list_id, style, styled = self.styles.get(style, (None, None, 0))
            depth = styled if depth < 0 else depth
        return (None if list_id == "0" else list_id), max(0, min(depth, _DEEPEST))


def lists_of(numbering: Any | None, styles: Any | None) -> Lists:
    """Return the lists that numbering.xml and styles.xml describe; either may be missing."""
    lists = Lists()
    families = {
        value(family, "abstractNumId"): {number(one, "ilvl"): _level(one) for one in _named(family, "lvl")}
        for family in _named(numbering, "abstractNum")
    }
    for one in _named(numbering, "num"):
        list_id, family = value(one, "numId") or "", value(child(one, "abstractNumId")) or ""
        own = {number(other, "ilvl"): other for other in _named(one, "lvlOverride")}
        levels = families.get(family, {})
        lists.levels[list_id] = levels | {depth: _overridden(levels.get(depth), other) for depth, other in own.items()}
        lists.family[list_id] = list_id if own else f"family {family}"
    for one in _named(styles, "style"):
        place = child(one, "pPr", "numPr")
        based_on = value(child(one, "basedOn"))
        lists.styles[value(one, "styleId") or ""] = value(child(place, "numId")), based_on, number(child(place, "ilvl"))
    return lists


def _named(parent: Any | None, name: str) -> list[Any]:
    return [] if parent is None else [one for one in parent if local(one) == name]


def _level(element: Any) -> _Level:
    text, start = value(child(element, "lvlText")) or "", number(child(element, "start"), default=1)
    return _Level(value(child(element, "numFmt")) or "decimal", text, start)


def _overridden(level: _Level | None, override: Any) -> _Level:
    own = child(override, "lvl")
    new = _level(own) if own is not None else level or _Level("decimal", "%1.", 1)
    return replace(new, start=number(child(override, "startOverride"), default=new.start))


def _spelled(count: int, style: str) -> str:
    if style in ("thaiNumbers", "thaiCounting"):
        return thai(count)
    if letters := _LETTERS.get(style.replace("upperLetter", "lowerLetter")):
        return letters[(count - 1) % len(letters)]
    return _roman(count) if style.endswith("Roman") and 0 < count < _MOST_ROMAN else str(count)


def _roman(count: int) -> str:
    written = ""
    for size, letters in _ROMAN:
        times, count = divmod(count, size)
        written += letters * times
    return written
