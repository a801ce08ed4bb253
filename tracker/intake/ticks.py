"""Columns that stand for months or quarters: which marks in them say that a measure runs, and when it does."""

import re
from collections.abc import Sequence

from tracker.domain.thai.numerals import squeeze
from tracker.intake.periods import period_label, span

__all__ = ["is_tick", "period_label", "strokes_of", "ticked_times"]

_ARROW = re.compile(r"[<←↔→>➔➜◄►◀▶]|⟶|⟵")
_DASHES = frozenset({"-", "–", "—", "--", "---", "----"})
_CROSSES = frozenset({"x", "✗", "✘", "×", "✕", "☒"})
_NOTHING = frozenset({"", "0", "ไม่มี", "☐", "□"})
_TICKS = frozenset({"✓", "✔", "√", "/", "ü", "●", "•", "○", "⚫", "■", "*", "☑", "v", "\uf0fc", "\uf050", *_CROSSES})


def ticked_times(
    labels: Sequence[str], marks: Sequence[str], strokes: frozenset[str] = frozenset(), bars: Sequence[bool] = ()
) -> str:
    """Return the times that the marks name ("ต.ค. - ธ.ค., มี.ค."); "" when nothing is marked.

    A dash or a cross is no mark unless the table uses it as one (`strokes`), or the row draws an arrow: then a dash
    is the arrow's shaft. `bars` are the cells that are marked by their colour.
    """
    arrow = any(_ARROW.search(mark) for mark in marks)
    marked = [_is_marked(squeeze(mark), strokes, arrow=arrow) for mark in marks]
    if arrow:
        marked = _between_ends(marked)
    if any(bars) and all(bar for bar, mark in zip(bars, marked, strict=True) if mark):
        marked = list(bars)
    runs = _runs(marked)
    by_month = len(runs) > 1 and any(b > a for a, b in runs)
    return ", ".join(span(labels[a], labels[b], by_month=by_month) for a, b in runs)


def strokes_of(texts: Sequence[str]) -> frozenset[str]:
    """Return which dashes or crosses are marks in a table whose period cells hold these texts.

    They are when nothing else is: crosses before dashes, and dashes only when other cells are blank.
    """
    keys = [squeeze(text) for text in texts]
    if any(_is_marked(key, frozenset(), arrow=False) for key in keys):
        return frozenset()
    if crosses := _CROSSES.intersection(keys):
        return crosses
    return _DASHES.intersection(keys) if "" in keys else frozenset()


def is_tick(text: str) -> bool:
    """Say whether a cell holds a mark and no words."""
    return squeeze(text) in _TICKS


def _is_marked(mark: str, strokes: frozenset[str], *, arrow: bool) -> bool:
    if mark in _DASHES or mark in _CROSSES:
        return mark in strokes or (arrow and mark in _DASHES)
    return mark not in _NOTHING


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
