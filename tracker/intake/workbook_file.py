"""The reader for Excel workbooks (.xlsx): the visible sheets in order; `line` is the row of its sheet.

Formulas are never computed: a cell shows the value that was kept when the workbook was last saved.
"""

import io
import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

from tracker.domain.plans import PlanWarning
from tracker.domain.thai.numerals import thai
from tracker.errors import Refused
from tracker.intake.broken_thai import repaired
from tracker.intake.layout import Cell, Paragraph, Row
from tracker.intake.limits import MOST_COLUMNS, Found, Progress, damage_refused, quiet, refuse_bombs, within_limits
from tracker.intake.sheet_blocks import sheet_blocks
from tracker.intake.workbook_looks import merged_widths, with_looks
from tracker.intake.workbook_values import shown

_MOST_SHEETS, _MOST_ROWS, _MOST_CELLS = 64, 100_000, 100_000
_LAST_ROW, _MOST_LOOKED_AT = 1_048_576, 5_000_000
"""Excel's last row; formatted rows without content cost no more than to look at them, in all sheets together."""

_EMPTY = Cell()
_DEFAULT_NAME = re.compile(r"(?:sheet|แผ่นงาน|แผ่น|ชีต|ชีท)\s?\d*", re.IGNORECASE)
_UNCOUNTED = re.compile(
    rb'<c\b[^>]*?\br="[A-Z]{1,3}(?P<row>\d{1,7})"[^>]*>\s*<f\b[^>]*(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v></v>|</c>)'
)


def read_workbook(name: str, data: bytes, progress: Progress = quiet) -> tuple[Found, ...]:
    """Return the blocks of a workbook; Refused when it is damaged, locked, or no plan could be so large.

    Hidden sheets are passed over and told, hidden rows are read. A merged cell's text stands in its first cell.
    """
    with opened_workbook(name, data) as book:
        return tuple(within_limits(name, _workbook(name, data, book, progress)))


@contextmanager
def opened_workbook(name: str, data: bytes) -> Iterator[Any]:
    """Open a workbook to read values from; whatever is wrong with it is one refusal."""
    refuse_bombs(name, data)
    with damage_refused(
        f"{name} is a damaged Excel workbook: open it in Excel or LibreOffice, save it as .xlsx, then read that file."
    ):
        from openpyxl import load_workbook

        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about parts that we do not read: styles, extensions, validation
            yield load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)


def _workbook(name: str, data: bytes, book: Any, progress: Progress) -> Iterator[Found]:
    sheets = [sheet for sheet in book.worksheets if hasattr(sheet, "iter_rows")]
    if len(sheets) > _MOST_SHEETS:
        raise Refused(f"{name} has {len(sheets)} sheets, more than any plan: give the sheets of the plan alone.")
    visible = [sheet for sheet in sheets if sheet.sheet_state == "visible"]
    looked_at = count(1)
    for done, sheet in enumerate(visible, start=1):
        if len(visible) > 1 and not _DEFAULT_NAME.fullmatch(sheet.title.strip()):
            yield Paragraph(sheet.title, 1)
        yield from sheet_blocks(_rows(name, sheet, looked_at))
        progress(done, len(visible))
    yield from _remarks(data, [sheet.title for sheet in sheets if sheet not in visible])


def _rows(name: str, sheet: Any, looked_at: Iterator[int]) -> Iterator[Row]:
    """Yield the rows that hold something; refuse a sheet of data before all of it has been unpacked."""
    filled = 0
    for line, row in filled_rows(name, sheet, looked_at):
        filled += sum(1 for cell in row if cell.parts)
        if filled > _MOST_CELLS:
            raise Refused(f"{name} has more cells than any plan: give the sheets of the plan alone.")
        if line > _MOST_ROWS:
            raise Refused(
                f"{name}: sheet “{sheet.title}” holds something in row {line:,}, and a plan has at most {_MOST_ROWS:,} "
                "rows: move it up or delete it, then read that file."
            )
        yield Row(row, line)


def filled_rows(name: str, sheet: Any, looked_at: Iterator[int]) -> Iterator[tuple[int, tuple[Cell, ...]]]:
    """Yield the rows that hold something with their numbers; rows that are only formatted are passed over."""
    sheet.reset_dimensions()
    widths = merged_widths(sheet)
    empty = None  # openpyxl gives one and the same row for all that the sheet leaves out
    for line, cells in enumerate(sheet.iter_rows(max_row=_LAST_ROW, max_col=MOST_COLUMNS), start=1):
        if next(looked_at) > _MOST_LOOKED_AT:
            raise Refused(f"{name} has more rows than any plan: give the sheets of the plan alone.")
        if cells is empty:
            continue
        row = tuple(_cell(cell) for cell in cells)
        if any(cell.parts for cell in row):
            yield line, with_looks(line, row, cells, widths)
        else:
            empty = cells


def _cell(cell: Any) -> Cell:
    if cell.value is None or cell.data_type == "e":
        return _EMPTY
    text = shown(cell.value, cell.number_format or "General").replace("_x000D_", "\n")
    return Cell(tuple(words for line in text.splitlines() if (words := " ".join(repaired(line).split()))))


def _remarks(data: bytes, hidden: Iterable[str]) -> Iterator[PlanWarning]:
    for title in hidden:
        yield PlanWarning("hidden-sheet", f"แผ่นงาน “{title}” ถูกซ่อนไว้ จึงไม่อ่าน หากเป็นส่วนหนึ่งของแผนให้ยกเลิกการซ่อนแล้วอ่านใหม่")
    rows = list(_uncounted(data))
    if rows:
        yield PlanWarning(
            "formula-without-value",
            f"มีสูตร {thai(len(rows))} ช่องที่ไม่มีค่าบันทึกไว้ จึงอ่านเป็นช่องว่าง โปรดเปิดด้วย Excel แล้วบันทึกใหม่",
            rows[0],
        )


def _uncounted(data: bytes) -> Iterator[int]:
    """Yield the rows of formulas that were saved without a value, as programs that write workbooks leave them."""
    archive = zipfile.ZipFile(io.BytesIO(data))
    for name in archive.namelist():
        if name.startswith("xl/worksheets/") and name.endswith(".xml"):
            yield from (int(found["row"]) for found in _UNCOUNTED.finditer(archive.read(name)))
