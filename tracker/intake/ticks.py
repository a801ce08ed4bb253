"""Columns that stand for months or quarters: their names, and the marks that say when a measure runs."""

import re
from collections.abc import Sequence

from tracker.domain.thai.numerals import arabic, squeeze
from tracker.domain.thai.phrases_grammar import MONTH

_LABEL = re.compile(rf"(?:เดือน)?\s?(?:{MONTH})\s?(?:\d{{4}}|\d{{2}})?|(?:ไตรมาส\s?(?:ที่)?|Q)\s?[1-4](?:\s?/\s?\d{{4}})?")
_ARROW = re.compile(r"[<←↔→>➔➜]|⟶|⟵")
_NOTHING = frozenset({"", "-", "–", "—", "x", "X", "✗", "✘", "×", "0", "ไม่มี"})
_DASHES = frozenset({"-", "–", "—", "--", "---", "----"})


def period_label(text: str) -> str | None:
    """Return the name of a month or quarter that a header's cell is, as printed; None for any other cell."""
    words = " ".join(text.split())
    return words if _LABEL.fullmatch(arabic(words)) else None


def ticked_times(labels: Sequence[str], marks: Sequence[str]) -> str:
    """Return the times that the marks name ("ต.ค. - ธ.ค., มี.ค."); "" when nothing is marked.

    A dash is no mark, unless the row draws an arrow: then it is the arrow's shaft.
    """
    arrow = any(_ARROW.search(mark) for mark in marks)
    marked = [_is_marked(squeeze(mark), arrow=arrow) for mark in marks]
    if arrow:
        marked = _between_ends(marked)
    return ", ".join(_span(labels[a], labels[b]) for a, b in _runs(marked))


def _is_marked(mark: str, *, arrow: bool) -> bool:
    return mark not in _NOTHING or (arrow and mark in _DASHES)


def _between_ends(marked: list[bool]) -> list[bool]:
    """Mark the cells between an arrow's two ends, for it runs through them."""
    ends = [n for n, one in enumerate(marked) if one]
    return [bool(ends) and ends[0] <= n <= ends[-1] for n in range(len(marked))]


def _runs(marked: list[bool]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for n, one in enumerate(marked):
        if one and runs and runs[-1][1] == n - 1:
            runs[-1] = (runs[-1][0], n)
        elif one:
            runs.append((n, n))
    return runs


def _span(first: str, last: str) -> str:
    return first if first == last else f"{first} - {last}"
