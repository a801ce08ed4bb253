"""Makes real documents in memory: one small plan in every format, and the pieces that tests put together."""

import io

import docx
import openpyxl
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

TITLE = "มาตรการส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน"
YEAR = "ประจำปีงบประมาณ พ.ศ. ๒๕๖๙ เทศบาลตำบลบางสมมติ"
HEADER = ["มาตรการ/แนวทาง", "ขั้นตอนวิธีการ", "ผู้รับผิดชอบ", "ระยะเวลา", "การรายงานผล"]
ROWS = [
    ["๑. เพิ่มช่องทางการสื่อสาร", "- สำรวจช่องทาง\n- เผยแพร่ข้อมูล", "กองช่าง", "ธ.ค.๖๘ - ก.พ.๖๙", "รายงานในที่ประชุม"],
    ["๒. จัดทำทะเบียนทรัพย์สิน", "- จัดทำแบบฟอร์ม\n- แจ้งเวียน", "กองคลัง\nสำนักปลัด", "ภายในเดือนเมษายน ๒๕๖๙", "รอบ ๖ เดือน"],
]
TABLE = [HEADER, *ROWS]


def saved(document) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def plan_txt() -> bytes:
    return "\n".join([TITLE, YEAR, "", *("\t".join(c.replace("\n", "<br>") for c in row) for row in TABLE)]).encode()


def plan_csv(delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    rows = [[TITLE, *[""] * 4], [YEAR, *[""] * 4], *TABLE]
    return "\r\n".join(delimiter.join(f'"{cell}"' for cell in row) for row in rows).encode(encoding)


def plan_docx() -> bytes:
    document = docx.Document()
    document.add_paragraph(TITLE)
    document.add_paragraph(YEAR)
    add_table(document, TABLE)
    return saved(document)


def add_table(document, rows):
    """Add a table; a line that starts with "- " is a paragraph of a real list."""
    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            first, *others = text.split("\n")
            fill(cell.paragraphs[0], first)
            for line in others:
                fill(cell.add_paragraph(), line)
    return table


def fill(paragraph, line: str) -> None:
    paragraph.add_run(line.removeprefix("- "))
    if line.startswith("- "):
        paragraph.style = "List Bullet"


def element(xml: str):
    """Return an element of a Word document from XML that says no namespaces: <w:r><w:t>…</w:t></w:r>."""
    (one,) = parse_xml(f"<w:body {nsdecls('w')}>{xml}</w:body>")
    return one


def plan_xlsx() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in [[TITLE], [YEAR], [], *TABLE]:
        sheet.append(row)
    return saved(book)


def plan_pdf() -> bytes:
    return pdf(text(150, 780, TITLE) + text(180, 760, YEAR) + grid(40, 720, [120, 110, 80, 120, 90], TABLE))


RESOURCES = "<< /Font << /F1 3 0 R /F2 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>"
FONT = (
    "<< /Type /Font /Subtype /Type0 /BaseFont /Unicode /Encoding /Identity-H /DescendantFonts [4 0 R] "
    "/ToUnicode 5 0 R >>"
)
LETTERS = (
    "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Unicode "
    "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> "
    "/FontDescriptor << /Type /FontDescriptor /FontName /Unicode /Flags 4 /FontBBox [0 -200 500 900] /Ascent 900 "
    "/Descent -200 /StemV 80 /CapHeight 700 /ItalicAngle 0 >>"
)


def pdf(*pages: str, catalog: str = "", font: str | None = None) -> bytes:
    """Return a PDF whose pages are drawn by these operators, in a font whose codes are Unicode."""
    maps = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /U def /CMapType 2 def "
        "1 begincodespacerange <0000> <FFFF> endcodespacerange "
        f"{font or '3 beginbfrange <0020> <007E> <0020> <0E01> <0E5B> <0E01> <2010> <2060> <2010> endbfrange'} "
        "endcmap end end"
    )
    marks = " ".join(f"{point} [0]" for point in (0xE31, *range(0xE34, 0xE3B), *range(0xE47, 0xE4F)))
    kids = " ".join(f"{6 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R {catalog} >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} /MediaBox [0 0 595 842] /Resources {RESOURCES} >>",
        FONT,
        f"{LETTERS} /DW 500 /W [{marks}] >>",
        stream(maps),
    ]
    for n, page in enumerate(pages):
        objects += [f"<< /Type /Page /Parent 2 0 R /Contents {7 + 2 * n} 0 R >>", stream(page)]
    return assembled(objects)


def stream(content: str, head: str = "") -> str:
    return f"<< /Length {len(content)} {head} >>\nstream\n{content}\nendstream"


def assembled(objects: list[str]) -> bytes:
    body, places = "%PDF-1.7\n", []
    for n, one in enumerate(objects, start=1):
        places.append(len(body))
        body += f"{n} 0 obj\n{one}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    trailer = f"trailer << /Size {size} /Root 1 0 R >>\nstartxref\n{len(body)}\n%%EOF"
    end = f"xref\n0 {size}\n0000000000 65535 f \n{table}{trailer}"
    return (body + end).encode("latin-1")


def text(x: float, y: float, words: str, size: float = 14) -> str:
    """Draw words with their baseline's start at a point (up is up); a letter is half as wide as it is high."""
    return f"BT /F1 {size} Tf 1 0 0 1 {x} {y} Tm <{words.encode('utf-16-be').hex()}> Tj ET\n"


def grid(x: float, top: float, widths: list[float], rows: list[list[str]], size: float = 9) -> str:
    """Draw a ruled table whose cells are wrapped to their widths, as a word processor does."""
    drawn = ""
    y = top
    for row in rows:
        cells = [wrapped(cell, width, size) for cell, width in zip(row, widths, strict=True)]
        height = size * (1.5 * max(map(len, cells)) + 0.8)
        left = x
        for lines, width in zip(cells, widths, strict=True):
            drawn += f"{left} {y - height} {width} {height} re S\n"
            drawn += "".join(
                text(left + 3, y - size * 1.5 * (n + 1), line, size) for n, line in enumerate(lines) if line
            )
            left += width
        y -= height
    return drawn


def wrapped(cell: str, width: float, size: float) -> list[str]:
    """Break at blanks where there are some; a word that is too long is broken anywhere, as Thai is."""
    most = int((width - 6) / (size * 0.5))
    lines = []
    for paragraph in cell.split("\n"):
        line = ""
        for word in (piece for whole in paragraph.split(" ") for piece in pieces(whole, most)):
            longer = f"{line} {word}".strip()
            if inked(longer) > most and line:
                lines.append(line)
                longer = word
            line = longer
        lines.append(line)
    return lines


def pieces(word: str, most: int) -> list[str]:
    found = [""]
    for char in word:
        if inked(found[-1] + char) > most:
            found.append("")
        found[-1] += char
    return found


def inked(words: str) -> int:
    return sum(char not in "ัิีึืฺุู็่้๊๋์ํ๎" for char in words)
