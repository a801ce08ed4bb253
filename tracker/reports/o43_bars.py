"""Bars of the O43 report as inline SVG: no script, no font, no request, readable at any width."""

from collections.abc import Callable, Mapping, Sequence
from html import escape

from tracker.domain.thai.numerals import thai
from tracker.reports import o43_words as words
from tracker.reports.o43 import COUNTED, Bar, State

COLORS: Mapping[State, str] = {"done": "#1b6e3c", "submitted": "#1f5fa8", "open": "#6b7280", "overdue": "#a61b1b"}
"""White letters on each have a contrast of 4.8 or more."""
_HEIGHT = 18
_ROOM_FOR_NUMBER = 6.0
"""Per cent of the width."""


def bars_html(name: str, bars: Sequence[Bar], label: Callable[[str], str]) -> str:
    """Return a drawing for each bar, below the words that say all that it shows; `name` makes its ids its own.

    Widths are percentages and heights pixels, so that letters keep their size on a narrow screen.
    """
    longest = max((bar.total for bar in bars), default=1)
    return "".join(_bar(f"{name}-{number}", label(bar.label), bar, longest) for number, bar in enumerate(bars, start=1))


def _bar(id_: str, label: str, bar: Bar, longest: int) -> str:
    parts, start = [], 0.0
    for state, count in zip(COUNTED, bar.counts, strict=True):
        width = 100 * count / longest
        parts.append(f'<rect x="{start:.2f}%" width="{width:.2f}%" height="{_HEIGHT}" fill="{COLORS[state]}"/>')
        if width >= _ROOM_FOR_NUMBER:
            parts.append(f'<text x="{start + width / 2:.2f}%" y="14">{thai(count)}</text>')
        start += width
    return (
        f'<figure><figcaption id="{id_}">{escape(label)} ({escape(words.bar_words(bar))})</figcaption>'
        f'<svg role="img" aria-labelledby="{id_}" width="100%" height="{_HEIGHT}">{"".join(parts)}</svg></figure>'
    )
