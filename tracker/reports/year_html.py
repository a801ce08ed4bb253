"""The year's report as one HTML file that asks for nothing outside itself."""

from pathlib import Path

from tracker.reports import year_words
from tracker.reports.html_pages import html_page
from tracker.reports.o43_words import score_words
from tracker.reports.year import YearReport


def write_html(report: YearReport, path: Path) -> None:
    """Write the page."""
    page = html_page("year.html", report=report, words=year_words, score_words=score_words)
    path.write_text(page, encoding="utf-8")
