"""Tables without ruling lines whose cells are set in the middle of their rows, or at the bottom."""

import pytest

from tests.intake.files import pdf, text
from tracker.intake.layout import Table
from tracker.intake.pdf_file import read_pdf

COLUMNS = (40, 160, 300, 420)
HEAD = ("มาตรการ", "ขั้นตอน", "ผู้รับผิดชอบ", "ระยะเวลา")
ROWS = (
    (("๑. จัดทำคู่มือการ", "ขออนุญาต"), ("๑. รวบรวม", "๒. เขียน", "๓. เผยแพร่"), ("กองช่าง",), ("ม.ค. ๖๙",)),
    (("๒. ตรวจนับพัสดุ",), ("๑. ตั้งกรรมการ", "๒. ตรวจนับ", "๓. สรุป", "๔. แจ้งผล"), ("กองคลัง",), ("ธ.ค. ๖๘",)),
    (("๓. อบรมจริยธรรม",), ("๑. เชิญวิทยากร", "๒. จัดอบรม", "๓. ประเมิน"), ("สำนักปลัด",), ("มี.ค. ๖๙",)),
)
PITCH, SIZE = 15, 10


def drawn(share: float, *, apart: float = 0) -> str:
    """Draw the table; `share` of the room that a cell leaves in its row stands above it."""
    page = "".join(text(x, 700, words, SIZE) for x, words in zip(COLUMNS, HEAD, strict=True))
    top = 700 - 2 * PITCH
    for row in ROWS:
        height = max(map(len, row))
        for x, lines in zip(COLUMNS, row, strict=True):
            down = share * (height - len(lines))
            page += "".join(text(x, top - (down + n) * PITCH, words, SIZE) for n, words in enumerate(lines))
        top -= height * PITCH + apart
    return page


def rows(page: str) -> list[list[tuple[str, ...]]]:
    (table,) = (one for one in read_pdf("plan.pdf", pdf(page)) if isinstance(one, Table))
    return [[cell.parts for cell in row.cells] for row in table.rows]


@pytest.mark.parametrize("share", [0, 0.5, 1], ids=["top", "middle", "bottom"])
@pytest.mark.parametrize("apart", [0, 4, 12])
def test_rows_are_told_apart_wherever_their_cells_are_set(share, apart):
    expected = [[(words,) for words in HEAD]]
    expected += [[("".join(title),), steps, owner, time] for title, steps, owner, time in ROWS]
    assert rows(drawn(share, apart=apart)) == expected
