"""Draws the ladder in force by default as a picture (SVG), from schedules/ladder.toml, with Thai or English words.

It is 390 wide, as a telephone is, and says everything by shape and place, so that it can be printed in black.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby
from typing import Literal

from schedules.ladders import AUDIENCES, Ladder, Rung
from tracker.domain.thai.numerals import thai

Lang = Literal["th", "en"]

_WIDTH, _ROW, _HEAD, _FOOT = 390, 46, 64, 62
_AXIS, _TEXT = 18, 36
_COLUMNS = dict(zip(AUDIENCES, (218, 284, 350), strict=True))
_INK, _SOFT, _DUE, _LINE = "#1b2430", "#55606e", "#b3261e", "#c8ced6"
_FONT = "Sarabun, 'TH Sarabun New', 'Noto Sans Thai', Garuda, Loma, Tahoma, sans-serif"

_WORDS: dict[Lang, dict[str, str]] = {
    "th": {
        "title": "ลำดับการแจ้งเตือนของงานหนึ่งงาน",
        "owner": "เจ้าหน้าที่", "supervisor": "หัวหน้าส่วน", "executive": "ผู้บริหาร",
        "before": "ก่อนครบกำหนด {n} วัน", "due": "วันครบกำหนด", "after": "เลยกำหนด {n} วันทำการ",
        "series": "จากนั้นทุก {step} วันทำการ",
        "coming": "แจ้งเตือนล่วงหน้า", "today": "แจ้งวันครบกำหนด", "overdue": "แจ้งเกินกำหนด",
        "follow-up": "ติดตามครั้งที่ {n}", "follow-ups": "ติดตามครั้งที่ {n} - {last}",
        "foot": "หลังจากนั้นงานยังอยู่ในสรุปของผู้ประสานงานทุกวันทำการ",
        "foot2": "และสรุปของผู้บริหารทุกสัปดาห์ จนกว่าจะแล้วเสร็จ",
    },
    "en": {
        "title": "The notices of one task",
        "owner": "officer", "supervisor": "supervisor", "executive": "executive",
        "before": "{n} days before", "due": "on the due date", "after": "{n} working days after",
        "series": "each {step} working days",
        "coming": "reminder", "today": "due today", "overdue": "overdue",
        "follow-up": "follow-up {n}", "follow-ups": "follow-ups {n} to {last}",
        "foot": "After that it stays in the coordinator's day",
        "foot2": "and in the executives' week until it is done.",
    },
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the picture: a rung, or several that follow each other in equal steps for the same people."""

    rungs: tuple[Rung, ...]

    @property
    def first(self) -> Rung:
        """Return the first of its rungs."""
        return self.rungs[0]

    @property
    def last(self) -> Rung:
        """Return the last of its rungs."""
        return self.rungs[-1]


def ladder_picture(ladder: Ladder, lang: Lang) -> str:
    """Return the picture as SVG text."""
    rows, words = list(rows_of(ladder.rungs)), _WORDS[lang]
    height = _HEAD + _ROW * len(rows) + _FOOT
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}"',
            f' width="{_WIDTH}" height="{height}" role="img"',
            f' aria-label="{escape(words["title"])}" font-family="{_FONT}">',
            f'<rect width="{_WIDTH}" height="{height}" fill="#ffffff"/>',
            _text(_AXIS - 6, 24, words["title"], size=16, weight="bold"),
            *(_text(x, 50, words[audience], size=13, anchor="middle") for audience, x in _COLUMNS.items()),
            f'<path d="M{_AXIS} {_HEAD + _ROW // 2}V{height - _FOOT + 14}" stroke="{_LINE}" stroke-width="3"/>',
            *(part for at, row in enumerate(rows) for part in _drawn(row, _HEAD + _ROW * at, lang)),
            _text(_TEXT, height - 32, words["foot"], size=13, fill=_SOFT),
            _text(_TEXT, height - 12, words["foot2"], size=13, fill=_SOFT),
            "</svg>\n",
        ]
    )


def rows_of(rungs: Sequence[Rung]) -> Iterator[Row]:
    """Yield the rows: rungs that repeat (`overdue-weekly-1`, `-2` …) are one."""
    for _, series in groupby(rungs, key=lambda rung: rung.name.rstrip("0123456789") if rung.follow_up else rung.name):
        found = tuple(series)
        numbered = len(found) > 1 and all(rung.name.endswith(f"-{n}") for n, rung in enumerate(found, start=1))
        yield from [Row(found)] if numbered else [Row((rung,)) for rung in found]


def _drawn(row: Row, top: int, lang: Lang) -> Iterator[str]:
    """Yield the parts of one row: a line between, the place on the axis, the words, a mark for each who is told."""
    middle, is_due = top + _ROW // 2, row.first.offset == 0
    ink = _DUE if is_due else _INK
    yield f'<path d="M{_TEXT} {top}H{_WIDTH - 12}" stroke="{_LINE}"/>'
    yield f'<circle cx="{_AXIS}" cy="{middle}" r="{8 if is_due else 6}" fill="{ink}"/>'
    yield _text(_TEXT, middle - 3, _when(row, lang), size=15, fill=ink, weight="bold" if is_due else "normal")
    yield _text(_TEXT, middle + 15, _what(row, lang), size=12, fill=_SOFT)
    for audience, x in _COLUMNS.items():
        if audience in row.first.audience:
            yield f'<circle cx="{x}" cy="{middle}" r="9" fill="{ink}"/>'
        else:
            yield f'<circle cx="{x}" cy="{middle}" r="2" fill="{_LINE}"/>'


def _when(row: Row, lang: Lang) -> str:
    if len(row.rungs) > 1:
        return _said("series", lang, step=row.rungs[1].offset - row.first.offset)
    offset = row.first.offset
    return _said("due" if offset == 0 else "before" if offset < 0 else "after", lang, n=abs(offset))


def _what(row: Row, lang: Lang) -> str:
    tone = "follow-ups" if len(row.rungs) > 1 and row.first.follow_up else row.first.tone
    return _said(tone, lang, n=row.first.follow_up, last=row.last.follow_up)


def _said(name: str, lang: Lang, **numbers: int) -> str:
    text = _WORDS[lang][name].format(**numbers)
    return thai(text) if lang == "th" else text.replace("1 days", "1 day").replace("1 working days", "1 working day")


def _text(
    x: int, y: int, text: str, *, size: int, fill: str = _INK, anchor: str = "start", weight: str = "normal"
) -> str:
    return (
        f'<text x="{x}" y="{y}" font-size="{size}" fill="{fill}" text-anchor="{anchor}" '
        f'font-weight="{weight}">{escape(text)}</text>'
    )
