"""The reader for PDF files with a text layer: paragraphs and tables in reading order; `line` is the page."""

import shlex
from collections.abc import Iterator
from contextlib import closing
from typing import Any

from tracker.domain.plans import PlanWarning
from tracker.domain.thai.numerals import squeeze, thai
from tracker.errors import Refused
from tracker.intake.limits import Found, Progress, damage_refused, quiet, within_limits
from tracker.intake.pdf_blocks import page_blocks
from tracker.intake.pdf_columns import Found as FoundBand
from tracker.intake.pdf_flow import Block, content_of
from tracker.intake.pdf_page import MOST_LETTERS, Page, read_page

_MOST_PAGES, _MOST_MARKS = 500, 800_000
_LEAST_LETTERS = 16
_PASSWORD = 4  # FPDF_ERR_PASSWORD


def read_pdf(name: str, data: bytes, progress: Progress = quiet) -> tuple[Found, ...]:
    """Return the blocks of a PDF; Refused when it is locked, damaged, or a scan without a text layer.

    Page numbers, catchwords, and headers or footers after their first page are left out. A table cut by a page
    is two tables.
    """
    with damage_refused(_damaged(name)):
        return tuple(within_limits(name, _document(name, data, progress)))


def _damaged(name: str) -> str:
    return (
        f"{name} is a damaged PDF: print it to a new PDF in a PDF reader (run OCR when it is a scan), then read that."
    )


def _document(name: str, data: bytes, progress: Progress) -> Iterator[Found]:
    pages: list[list[Block]] = []
    pictures = []
    last: FoundBand | None = None
    for page in _pages(name, data, progress):
        blocks, last = page_blocks(page, last)
        pages.append(blocks)
        if page.pictured and not blocks:
            pictures.append(page.number)
    if sum(len(squeeze(one.text)) for page in pages for one in page) < _LEAST_LETTERS:
        command = shlex.join(["ocrmypdf", "-l", "tha+eng", name, f"ocr-{name}"])
        raise Refused(f"{name} has no text layer, it is a scan: run OCR first ({command}), then read ocr-{name}.")
    yield from content_of(pages)
    for number in pictures:
        message = f"หน้า {thai(number)} เป็นภาพสแกนที่ไม่มีตัวอักษร จึงไม่ได้อ่าน โปรดทำ OCR ก่อน (ocrmypdf -l tha+eng)"
        yield PlanWarning("scanned-page", message, number)


def _pages(name: str, data: bytes, progress: Progress) -> Iterator[Page]:
    """Yield the pages one at a time; each is closed before the next is opened, so that memory stays bounded."""
    import pypdfium2

    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code == _PASSWORD:
            raise Refused(f"{name} is locked with a password: save it without one, then read that file.") from None
        raise
    with closing(pdf):
        total = len(pdf)
        if total > _MOST_PAGES:
            raise Refused(f"{name} has {total} pages, more than any plan: give the pages of the plan alone.")
        marks = 0
        for n in range(total):
            with closing(pdf[n]) as raw:
                _refuse_if_crowded(name, n + 1, raw)
                page = read_page(raw, n + 1)
            marks += len(page.glyphs) + len(page.rules)
            if marks > _MOST_MARKS:
                raise Refused(f"{name} is longer than any plan: give the pages of the plan alone.")
            yield page
            progress(n + 1, total)


def _refuse_if_crowded(name: str, number: int, raw: Any) -> None:
    with closing(raw.get_textpage()) as text:
        if text.count_chars() > MOST_LETTERS:
            raise Refused(f"{name} page {number} holds more text than any page of a plan: give the plan's own pages.")
