"""The year's report as one HTML file that asks for nothing outside itself."""

from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.reports import o43_words, year_words
from tracker.reports.signatures import signature_lines
from tracker.reports.thai_docx import clean
from tracker.reports.year import YearReport

if TYPE_CHECKING:
    from jinja2 import Template


def write_html(report: YearReport, path: Path) -> None:
    """Write the page."""
    path.write_text(html_text(report), encoding="utf-8")


def html_text(report: YearReport) -> str:
    """Return the page; everything that people wrote is escaped."""
    page = _template().render(
        report=report,
        words=year_words,
        score_words=o43_words.score_words,
        signatures=[signature_lines(role) for role in (o43_words.REPORTER, o43_words.APPROVER)],
    )
    return clean(page)


@cache
def _template() -> "Template":
    from jinja2 import Environment, StrictUndefined

    page = resources.files("tracker.reports").joinpath("year.html").read_text(encoding="utf-8")
    return Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True).from_string(
        page
    )
