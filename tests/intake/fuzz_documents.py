"""The documents of `tests.intake.fuzz`: our own layouts in every format, changed and damaged by chance.

The same `Random` always makes the same document, but for the dates that archives keep of their making.
"""

import io
import re
import zipfile
from collections.abc import Callable, Sequence
from functools import cache
from itertools import groupby
from random import Random

import docx
import openpyxl

from tests.intake.files import add_table, element, grid, pdf, saved, wrapped
from tests.intake.fuzz_damage import LAYOUTS, ODD, changed_text, damaged, with_members
from tracker.domain.plan_sheets import to_sheets
from tracker.intake.documents import read_layout
from tracker.intake.reading import interpret

MAGICS = [
    b"",
    b"%PDF-1.7\n",
    b"PK\x03\x04",
    b"\xd0\xcf\x11\xe0",
    b"a,b,c\n",
    b"\xff\xfe",
    b"{\\rtf",
    "มาตรการ\t".encode(),
]
NAMES = "txt md docx xlsx csv tsv pdf zip doc jpg".split()
SHEETS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"

Rows = list[list[str]]


def make(chance: Random) -> tuple[str, bytes]:
    """Return the name and the content of one document; the name's ending is sometimes wrong."""
    kind = chance.choice([*FORMATS, *FORMATS, *FORMATS, *ODDITIES])
    data = FORMATS[kind](changed_text(chance), chance) if kind in FORMATS else ODDITIES[kind](chance)
    for _ in range(chance.choice([0, 0, 0, 1, 1, 2])):
        data = damaged(data, chance)
    return f"{kind}.{chance.choice(NAMES)}" if chance.random() < 0.2 else f"{kind}.{kind}", data


def blocks(words: str) -> list[Rows]:
    """Return a text's lines as rows, those with tabs and those without apart."""
    rows = [line.split("\t") for line in words.splitlines()]
    return [list(group) for _, group in groupby(rows, key=lambda row: len(row) > 1)]


def squared(rows: Rows) -> Rows:
    width = max(map(len, rows))
    return [row + [""] * (width - len(row)) for row in rows]


def clean(words: str) -> str:
    """Return what XML may hold."""
    return re.sub(r"[^\t\n\x20-\ud7ff\ue000-\ufffd]", "", words.replace("<br>", "\n"))


def as_txt(words: str, chance: Random) -> bytes:
    return encoded(words, chance)


def encoded(words: str, chance: Random) -> bytes:
    encoding = chance.choices(["utf-8", "utf-8-sig", "cp874", "utf-16"], [8, 4, 4, 1])[0]
    return words.encode(encoding, "ignore")


def as_docx(words: str, chance: Random) -> bytes:
    document = docx.Document()
    for rows in blocks(clean(words)):
        if len(rows[0]) > 1:
            add_table(document, squared(rows))
        else:
            document.add_paragraph("\n".join(cell for row in rows for cell in row))
    if chance.random() < 0.2:
        cells = element("<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>")
        document.element.body.insert(chance.randrange(len(document.element.body)), cells)
    return saved(document)


def as_xlsx(words: str, chance: Random) -> bytes:
    book = openpyxl.Workbook()
    for rows in blocks(clean(words)):
        for row in rows:
            book.active.append(row)
        if chance.random() < 0.1:
            book.create_sheet(chance.choice(["ร่าง", "แผน", "Sheet9"]))
            book.active = chance.randrange(len(book.worksheets))
    return saved(book)


def as_csv(words: str, chance: Random, delimiter: str = ",") -> bytes:
    rows = [line.split("\t") for line in words.splitlines()]
    rows = squared(rows) if rows and chance.random() < 0.8 else rows
    quote = chance.choice(['"', '"', '"', ""])
    return encoded("\r\n".join(delimiter.join(f"{quote}{cell}{quote}" for cell in row) for row in rows), chance)


def as_tsv(words: str, chance: Random) -> bytes:
    return as_csv(words, chance, "\t")


def as_pdf(words: str, chance: Random) -> bytes:
    """Draw ruled tables, tables without rules, or everything in two columns, over as many pages as it takes."""
    style, size, left, width = chance.choice(["ruled", "bare", "columns"]), 9.0, 40.0, 515.0
    pages, y = [""], 800.0
    width = width / 2 - 12 if style == "columns" else width
    for row in (row for rows in blocks(words[:20_000]) for row in rows):
        share = width / len(row)
        height = size * (1.5 * max(len(wrapped(cell, share, size)) for cell in row) + 0.8)
        if y - height < 40:
            left, y = (308.0, 800.0) if style == "columns" and left < 300 else (40.0, 800.0)
            pages += [""] if left < 300 else []
        pages[-1] += drawn(left, y, share, row, ruled=style == "ruled" and len(row) > 1)
        y -= height
    return pdf(*pages[:40])


def drawn(left: float, y: float, share: float, row: Sequence[str], *, ruled: bool) -> str:
    marks = grid(left, y, [share] * len(row), [[clean(cell) for cell in row]])
    return marks if ruled else re.sub(r".* re S\n", "", marks)


def as_export(_: str, chance: Random) -> bytes:
    """Return the workbook that `tracker plan export` writes of a layout, with odd corrections in it."""
    sheets = to_sheets(interpret(read_layout("plan.txt", chance.choice(LAYOUTS).encode())))
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append([clean(cell) if isinstance(cell, str) else cell for cell in row])
    for _ in range(chance.choice([0, 0, 1, 3])):
        sheet = chance.choice(book.worksheets)
        value = clean(chance.choice(ODD)) if chance.random() < 0.7 else chance.choice([None, 1e30, -1, 2.5, True])
        sheet.cell(chance.randint(1, sheet.max_row), chance.randint(1, sheet.max_column), value)
    return saved(book)


FORMATS: dict[str, Callable[[str, Random], bytes]] = {
    "txt": as_txt,
    "docx": as_docx,
    "xlsx": as_xlsx,
    "csv": as_csv,
    "tsv": as_tsv,
    "pdf": as_pdf,
    "export": as_export,
}


def noise(chance: Random) -> bytes:
    return chance.choice(MAGICS) + chance.randbytes(chance.choice([1, 100, 5_000]))


@cache
def _bomb(kind: str) -> bytes:
    inside = b"<w:p/>" * 3_000_000 if kind == "docx" else b"\x00" * (70 * 1024**2)
    name = "word/document.xml" if kind == "docx" else "xl/media/image.bin"
    return with_members(sample(kind), {name: inside})


def bomb(chance: Random) -> bytes:
    return _bomb(chance.choice(["docx", "xlsx"]))


def nested(chance: Random) -> bytes:
    """Return tables in tables, in Word or HTML."""
    depth = chance.choice([3, 30, 300, 3_000])
    if chance.random() < 0.5:
        return ("<table><tr><td>มาตรการ" * depth + "</td></tr></table>" * chance.choice([0, depth])).encode()
    opened, closed = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>ก</w:t></w:r></w:p>", "<w:p/></w:tc></w:tr></w:tbl>"
    body = zipfile.ZipFile(io.BytesIO(sample("docx"))).read("word/document.xml").decode()
    return with_members(
        sample("docx"),
        {"word/document.xml": body.replace("<w:sectPr", opened * depth + closed * depth + "<w:sectPr").encode()},
    )


def formulas(chance: Random) -> bytes:
    """Return a sheet of formulas with and without kept values, errors, dates and rows far away."""
    kinds = [
        't="e"><v>#N/A</v>',
        't="s"><v>9999</v>',
        't="str"><f>A1&amp;"x"</f><v>ก</v>',
        "><f>1/0</f><v/>",
        't="d"><v>x</v>',
    ]
    kinds += ["><f t='shared' si='0'/><v>1</v>", 's="99"><v>45000</v>', "><v>1e999</v>", 't="b"><v>7</v>', "><v>-1</v>"]
    some = chance.sample(kinds, chance.choice([1, 2, 3]))
    rows = [*sorted(chance.sample(range(1, 2_000), 30)), chance.choice([2_000, 99_999, 100_001, 1_048_576])]
    cells = "".join(f'<row r="{n}"><c r="{chance.choice("ABZ")}{n}" {chance.choice(some)}</c></row>' for n in rows)
    sheet = f'<worksheet xmlns="{SHEETS}"><sheetData>{cells}</sheetData></worksheet>'
    return with_members(sample("xlsx"), {"xl/worksheets/sheet1.xml": sheet.encode()})


def huge(chance: Random) -> bytes:
    """Return one cell, or one line, of very much text."""
    words = chance.choice(ODD) * chance.choice([100, 1_000, 20_000])
    kind = chance.choice(["txt", "csv", "docx", "xlsx"])
    return FORMATS[kind](f"มาตรการ\tผู้รับผิดชอบ\n๑. อบรม\t{words}", chance)


ODDITIES: dict[str, Callable[[Random], bytes]] = {
    "noise": noise,
    "bomb": bomb,
    "nested": nested,
    "formulas": formulas,
    "huge": huge,
}


@cache
def sample(kind: str) -> bytes:
    return FORMATS[kind](LAYOUTS[0], Random(0))
