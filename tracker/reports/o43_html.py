"""The O43 report as one HTML file that asks for nothing outside itself."""

from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.reports import o43_words as words
from tracker.reports.o43 import COUNTED, O43Report
from tracker.reports.o43_bars import COLORS, bars_html
from tracker.reports.signatures import signature_lines
from tracker.reports.thai_docx import clean, link_target

if TYPE_CHECKING:
    from jinja2 import Template


def write_html(report: O43Report, path: Path) -> None:
    """Write the page."""
    path.write_text(html_text(report), encoding="utf-8")


def html_text(report: O43Report) -> str:
    """Return the page; everything that people wrote is escaped, and only well-formed addresses are links."""
    from markupsafe import Markup

    charts = [
        (title, Markup(bars_html(name, bars, label)))  # noqa: S704 - every text in it is escaped where it is made
        for name, title, bars, label in (
            ("by-month", words.BY_MONTH, report.by_month, words.month),
            ("by-unit", words.BY_UNIT, report.by_unit, str),
        )
        if bars
    ]
    page = _template().render(
        report=report,
        words=words,
        charts=charts,
        legend=[(COLORS[state], words.STATE[state]) for state in COUNTED],
        link_target=link_target,
        signatures=[signature_lines(role) for role in (words.REPORTER, words.APPROVER)],
    )
    return clean(page)


@cache
def _template() -> "Template":
    from jinja2 import Environment, StrictUndefined

    page = resources.files("tracker.reports").joinpath("o43.html").read_text(encoding="utf-8")
    return Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True).from_string(
        page
    )
