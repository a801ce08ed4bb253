"""The rows of a people file, whether a spreadsheet program saved it as a workbook or as CSV."""

import csv
import io
from collections.abc import Iterator
from itertools import count, islice
from pathlib import Path
from typing import Any

from tracker.errors import Refused
from tracker.intake.documents import kind_of
from tracker.intake.limits import Progress, damage_refused, quiet
from tracker.intake.workbook_file import filled_rows, opened_workbook

LARGEST = 5 * 1024 * 1024
_MOST_ROWS = 100_000
_LOOKED_AT = 20
"""Lines from which the delimiter is told: a title may stand above the headers."""
_EVERY = 500

Rows = Iterator[tuple[int, list[str]]]
"""Each row with its number, counted as the spreadsheet program counts it."""

_OTHER_KINDS = {
    "zip": "a ZIP archive or a damaged workbook",
    "macros": "a workbook with macros",
    "opendocument": "an OpenDocument sheet",
    "binary workbook": "a binary Excel workbook (.xlsb)",
    "locked": "locked with a password",
    "office": "an old Excel workbook (.xls)",
    "docx": "a Word document",
    "pdf": "a PDF",
    "image": "a picture",
    "utf-16": "text in UTF-16",
}


def sheets_of(path: Path, progress: Progress = quiet) -> Iterator[Rows]:
    """Yield the visible sheets of a workbook, or a text in UTF-8 or TIS-620 as the only one; rows are read as asked.

    Raises Refused, with what to do, for a file that is damaged, too large, or of another kind.
    """
    data = _content(path)
    kind = kind_of(data)
    if kind == "xlsx":
        yield from _workbook(path.name, data, progress)
    elif kind in _OTHER_KINDS or b"\0" in data:
        what = _OTHER_KINDS.get(kind, "a binary file")
        raise Refused(f"{path.name} is {what}: open it in a spreadsheet program and save it as .xlsx or CSV UTF-8.")
    else:
        yield _separated(path.name, data)


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST:
            raise Refused(f"{path.name} is over 5 MB, which no people file is: check that it is the right file.")
        return path.read_bytes()
    except FileNotFoundError:
        raise Refused(f"There is no file {path}: check its name.") from None
    except OSError as error:
        raise Refused(f"{path} cannot be read ({error.strerror}): check its rights.") from None


def _workbook(name: str, data: bytes, progress: Progress) -> Iterator[Rows]:
    with opened_workbook(name, data) as book:
        looked_at = count(1)
        for sheet in book.worksheets:
            if hasattr(sheet, "iter_rows") and sheet.sheet_state == "visible":
                yield _sheet(name, sheet, looked_at, progress)


def _sheet(name: str, sheet: Any, looked_at: Iterator[int], progress: Progress) -> Rows:
    total = sheet.max_row or 0
    with damage_refused(
        f"{name} is a damaged Excel workbook: open it in Excel, save it as .xlsx, then read that file."
    ):
        for line, cells in filled_rows(name, sheet, looked_at):
            if line > _MOST_ROWS:
                raise Refused(f"{name} holds something in row {line:,}, too far down for a people file: delete it.")
            if line % _EVERY == 0:
                progress(line, max(line, total))
            yield line, [cell.text for cell in cells]


def _separated(name: str, data: bytes) -> Rows:
    text = _text(name, data)
    top = "\n".join(islice(text.split("\n"), _LOOKED_AT))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=top.count))
    try:
        for row in reader:
            yield reader.line_num, [cell.strip() for cell in row]
    except csv.Error as error:
        raise Refused(f"{name} line {reader.line_num} is not CSV ({error}): save the sheet as CSV UTF-8.") from None


def _text(name: str, data: bytes) -> str:
    for encoding in ("utf-8-sig", "cp874"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refused(f"{name} is neither UTF-8 nor TIS-620 text: save the sheet as CSV UTF-8.")
