"""What the Word documents of reports share: the page and its title, the header of a table, the signatures."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from tracker.reports.o43_words import APPROVER, REPORTER
from tracker.reports.signatures import signature_lines
from tracker.reports.thai_docx import (
    BODY,
    fill,
    keep_whole,
    narrow_margins,
    new_document,
    number_pages,
    paragraph_in,
    repeat_on_each_page,
    shade,
    table_in,
)

SMALL = BODY - 2
BAND, ALARM = "EEF2F6", "A61B1B"
WIDTH = 25.7
"""Centimetres between the margins of a page that lies on its side."""
_GROUND = "D9E2EC"


def new_report(agency: str, title_lines: Sequence[str], as_of: str, day: date) -> Any:
    """Return a document that begins with whose report it is, of what and of which day."""
    document = new_document(title=" ".join(title_lines), author=agency, day=day, landscape=True)
    number_pages(document)
    paragraph_in(document, agency, style="Title", align="center")
    for line in title_lines:
        paragraph_in(document, line, style="Heading 1", align="center").paragraph_format.space_before = 0
    paragraph_in(document, as_of, align="center")
    return document


def headed_table(document: Any, widths: Sequence[float], columns: Sequence[str]) -> Any:
    """Add a table with one row, the header, which comes again on each page."""
    table = table_in(document, widths)
    narrow_margins(table)
    for cell, column in zip(table.rows[0].cells, columns, strict=True):
        fill(cell, [column], align="center", bold=True, size=SMALL)
        shade(cell, _GROUND)
    repeat_on_each_page(table.rows[0])
    keep_whole(table.rows[0])
    return table


def put_signatures(document: Any) -> None:
    """Add the lines on which a report is signed, side by side."""
    paragraph_in(document, keep=True)
    table = table_in(document, [WIDTH / 2] * 2, grid=False)
    keep_whole(table.rows[0])
    for cell, role in zip(table.rows[0].cells, (REPORTER, APPROVER), strict=True):
        fill(cell, signature_lines(role), align="center")
