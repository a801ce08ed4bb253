"""The O43 report as one HTML file that asks for nothing outside itself."""

from pathlib import Path

from tracker.reports import o43_words as words
from tracker.reports.html_pages import html_page
from tracker.reports.o43 import COUNTED, O43Report
from tracker.reports.o43_bars import COLORS, bars_html
from tracker.reports.thai_docx import link_target


def write_html(report: O43Report, path: Path) -> None:
    """Write the page."""
    path.write_text(html_text(report), encoding="utf-8")


def html_text(report: O43Report) -> str:
    """Return the page; only well-formed addresses are links in it."""
    from markupsafe import Markup

    charts = [
        (title, Markup(bars_html(name, bars, label)))  # noqa: S704 - every text in it is escaped where it is made
        for name, title, bars, label in (
            ("by-month", words.BY_MONTH, report.by_month, words.month),
            ("by-unit", words.BY_UNIT, report.by_unit, str),
        )
        if bars
    ]
    return html_page(
        "o43.html",
        report=report,
        words=words,
        charts=charts,
        legend=[(COLORS[state], words.STATE[state]) for state in COUNTED],
        link_target=link_target,
    )
