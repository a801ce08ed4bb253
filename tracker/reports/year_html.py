"""The year's report as one HTML file that asks for nothing outside itself."""

from pathlib import Path

from tracker.reports import o43_words, year_words
from tracker.reports.html_pages import page_template
from tracker.reports.signatures import signature_lines
from tracker.reports.thai_docx import clean
from tracker.reports.year import YearReport


def write_html(report: YearReport, path: Path) -> None:
    """Write the page."""
    path.write_text(html_text(report), encoding="utf-8")


def html_text(report: YearReport) -> str:
    """Return the page; everything that people wrote is escaped."""
    page = page_template("year.html").render(
        report=report,
        words=year_words,
        score_words=o43_words.score_words,
        signatures=[signature_lines(role) for role in (o43_words.REPORTER, o43_words.APPROVER)],
    )
    return clean(page)
