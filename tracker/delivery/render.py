"""Puts a digest into the form of a channel: plain text and HTML for mail, short text for LINE."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from tracker.domain.messages import Digest, Severity
from tracker.domain.messages.languages import and_more, numeral
from tracker.domain.messages.lines import cells

LINE_LIMIT = 5000
"""LINE refuses a text message of more UTF-16 units than this."""
LINE_AIM = 1400
"""What a reader takes in on a phone: entries stop here, and the rest is counted."""

_WIDTH = 76
_LABEL = 20
"""A row this short is a label: what it labels stays beside it."""
_RULE = "-" * 40
_FONTS = "'Sarabun','Noto Sans Thai','Leelawadee UI',Thonburi,Tahoma,Arial,sans-serif"
_BLANK_LINES = re.compile(r"\n{3,}")
_CHUNKS = re.compile(r"(?<![0-9๐-๙]) +(?![0-9๐-๙])")
_COLOURS: dict[Severity, dict[str, str]] = {
    "follow-up": {"ink": "#9b1c1c", "paper": "#fde8e8"},
    "overdue": {"ink": "#9a3412", "paper": "#ffedd5"},
    "today": {"ink": "#854d0e", "paper": "#fef3c7"},
    "coming": {"ink": "#1e4e8c", "paper": "#e3edfa"},
    "notice": {"ink": "#1f3a5f", "paper": "#e8ecf2"},
}
"""Dark on pale, contrast above 7:1; the words beside them say the same."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """One message in every form; `line` keeps within LINE_LIMIT UTF-16 units."""

    text: str
    html: str
    line: str


def render(digest: Digest) -> Rendered:
    """Return a digest as plain text, as HTML and as a LINE text."""
    text_form, html_form = _templates()
    return Rendered(
        text=_tidy(text_form.render(digest=digest)),
        html=html_form.render(digest=digest),
        line=_line_text(digest),
    )


@cache
def _templates() -> tuple[Any, Any]:
    """Return the two templates, compiled once in each process."""
    from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

    environment = Environment(
        loader=PackageLoader("tracker.delivery"),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters["fold"] = _fold
    environment.globals.update(and_more=and_more, numeral=numeral, colours=_COLOURS, fonts=_FONTS, rule=_RULE)
    return environment.get_template("mail.txt"), environment.get_template("mail.html")


def _fold(text: str, indent: int = 0) -> str:
    """Return prose broken at blanks and continued under an indent.

    A run of Thai stays whole, and a number stays with the words beside it: dates and counts are not torn.
    """
    if cells(text) + indent <= _WIDTH:
        return text
    rows = [""]
    for chunk in _CHUNKS.split(text):
        row = f"{rows[-1]} {chunk}" if rows[-1] else chunk
        if cells(rows[-1]) > _LABEL and cells(row) + indent > _WIDTH:
            rows.append(chunk)
        else:
            rows[-1] = row
    return ("\n" + " " * indent).join(rows)


def _tidy(text: str) -> str:
    return _BLANK_LINES.sub("\n\n", text).strip() + "\n"


def _line_text(digest: Digest) -> str:
    """Return the LINE form: what and when first, one line for each entry, cut with a count."""
    entries = [entry for section in digest.sections for entry in section.entries]
    hidden = sum(section.hidden for section in digest.sections)
    head, foot = [digest.subject, digest.greeting], list(digest.brief)
    room = LINE_AIM - _units("\n".join([*head, *foot]))
    shown: list[str] = []
    for entry in entries:
        bullet = f"• {entry.short}"
        room -= _units(bullet) + 1
        if room < 0 and shown:
            break
        shown.append(bullet)
    rest = hidden + len(entries) - len(shown)
    more = [and_more(rest, digest.lang)] if rest else []
    return _cut("\n".join([*head, "", *shown, *more, "", *foot]))


def _cut(text: str) -> str:
    """Return the text within LINE_LIMIT, whatever names and contacts it holds; whole characters only."""
    while _units(text) > LINE_LIMIT:
        text = text[: len(text) - max(1, (_units(text) - LINE_LIMIT) // 2)]
    return text


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
