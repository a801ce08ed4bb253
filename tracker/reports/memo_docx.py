"""The memo of a follow-up as a Word document, ready for its number and signature."""

from pathlib import Path
from typing import Any

from tracker.domain.thai.dates import long_day
from tracker.domain.thai.numerals import thai
from tracker.reports.memo import Memo
from tracker.reports.signatures import signature_lines
from tracker.reports.thai_docx import BODY, new_document, paragraph_in, put

_HEAD, _LABEL = 29.0, 20.0
"""Points that the regulations on records give to บันทึกข้อความ and to the labels below it."""
_NUMBER = "." * 40


def write_memo(memo: Memo, path: Path) -> None:
    """Write the memo; the number is left open, for the registry gives it."""
    document = new_document(title=memo.subject, author=memo.agency, day=memo.on, landscape=False)
    paragraph_in(document, "บันทึกข้อความ", align="center", bold=True, size=_HEAD)
    _put_labelled(document, ("ส่วนราชการ", memo.office))
    _put_labelled(document, ("ที่", _NUMBER), ("วันที่", long_day(memo.on)))
    _put_labelled(document, ("เรื่อง", memo.subject))
    for label, text in (("เรียน", memo.to), ("อ้างถึง", " และ".join(memo.references))):
        put(paragraph_in(document, f"{label}  ", bold=True), text)
    for text in (*memo.paragraphs, memo.closing):
        _put_body(document, text)
    _put_signature(document)
    put(document.sections[0].footer.paragraphs[0], f"เลขที่งานในระบบติดตาม {thai(memo.task_id)}", size=BODY - 2)
    document.save(str(path))


def _put_labelled(document: Any, *parts: tuple[str, str]) -> None:
    line = paragraph_in(document)
    for label, text in parts:
        put(line, f"{label}  ", bold=True, size=_LABEL)
        put(line, f"{text}   ")


def _put_body(document: Any, text: str) -> None:
    from docx.shared import Cm

    paragraph_in(document, text).paragraph_format.first_line_indent = Cm(2.5)


def _put_signature(document: Any) -> None:
    from docx.shared import Cm

    lines = signature_lines("")[:-1]  # the day stands above
    for number, line in enumerate(lines, start=1):
        paragraph_in(document, line, align="center", keep=number < len(lines)).paragraph_format.left_indent = Cm(5)
