"""Word documents in the style of Thai offices: TH Sarabun New at 16 points, for complex script too, A4.

Word takes font, size and weight of Thai letters from the complex-script half of each property (`w:cs`, `w:szCs`,
`w:bCs`), which python-docx does not set: whatever sets a font here sets both halves.
"""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from typing import Any, Literal
from urllib.parse import quote

FONT = "TH Sarabun New"
SAME_METRICS = "TH SarabunPSK, Sarabun, Laksaman"
"""Fonts of the same widths, for a machine that lacks the first."""
BODY = 16.0

_EMPTY_FONT = (
    '<w:font w:name="{name}"><w:altName w:val="{alike}"/><w:charset w:val="DE"/><w:family w:val="swiss"/></w:font>'
)
_LINKABLE = re.compile(r"https?://[A-Za-z0-9.-]+(?::\d+)?(?:[/?#]\S*)?")
Align = Literal["left", "center", "right"]


def new_document(*, title: str, author: str, day: date, landscape: bool) -> Any:
    """Return an empty document: fonts, language, page and properties set."""
    from docx import Document
    from docx.shared import Pt

    document = Document()
    _set_fonts(document)
    for name, size in (("Normal", BODY), ("Heading 1", BODY + 2), ("Title", BODY + 4)):
        _dress_style(document.styles[name], size, bold=name != "Normal")
    document.styles["Normal"].paragraph_format.space_after = Pt(0)
    _set_page(document.sections[0], landscape=landscape)
    _set_properties(document, title, author, day)
    return document


def put(paragraph: Any, text: str, *, bold: bool = False, size: float | None = None, color: str | None = None) -> Any:
    """Add a run of text, its lines kept apart, and return it."""
    from docx.shared import Pt, RGBColor

    run = paragraph.add_run(clean(text))
    if bold:
        run.bold = True
        run.font.cs_bold = True
    if size is not None:
        run.font.size = Pt(size)
        _child(run._r.get_or_add_rPr(), "w:szCs", val=str(round(size * 2)))  # noqa: SLF001 - no API for it
    if color is not None:
        run.font.color.rgb = RGBColor.from_string(color)
    return run


def put_link(paragraph: Any, url: str, *, size: float | None = None) -> None:
    """Add an address as a link; as plain text when Word would call the file damaged because of it."""
    from docx.opc.constants import RELATIONSHIP_TYPE

    run = put(paragraph, url, size=size)
    if (target := link_target(url)) is None:
        return
    run.underline = True
    link = _child(paragraph._p, "w:hyperlink")  # noqa: SLF001 - no API for it
    link.set(_name("r:id"), paragraph.part.relate_to(target, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    link.append(run._r)  # noqa: SLF001


def link_target(url: str) -> str | None:
    """Return the address as a document may link to it, letters beyond ASCII encoded; None when it is malformed."""
    return quote(url, safe=":/?#@!$&'()*+,;=%~-._") if _LINKABLE.fullmatch(url) else None


def clean(text: str) -> str:
    """Return a text without the control characters that no XML may hold; its lines stay."""
    return "".join(letter for letter in text if (letter >= " " and letter not in "\ufffe\uffff") or letter == "\n")


def paragraph_in(
    place: Any, text: str = "", *, style: str | None = None, align: Align = "left", keep: bool = False, **look: Any
) -> Any:
    """Add a paragraph to a document or a cell and return it; `keep` holds it on the page of the next one."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    added = place.add_paragraph(style=style)
    added.alignment = getattr(WD_ALIGN_PARAGRAPH, align.upper())
    added.paragraph_format.keep_with_next = keep or None
    if text:
        put(added, text, **look)
    return added


def fill(cell: Any, lines: Sequence[str], *, align: Align = "left", keep: bool = False, **look: Any) -> None:
    """Let a cell hold some lines, each a paragraph."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    for number, line in enumerate(lines or ("",)):
        added = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        added.alignment = getattr(WD_ALIGN_PARAGRAPH, align.upper())
        added.paragraph_format.keep_with_next = keep or None
        put(added, line, **look)


def table_in(document: Any, widths: Sequence[float], *, rows: int = 1, grid: bool = True) -> Any:
    """Add a table whose columns keep their widths (cm) in every program."""
    from docx.shared import Cm

    table = document.add_table(rows=rows, cols=len(widths), style="Table Grid" if grid else "Normal Table")
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    for row in table.rows:
        _set_widths(row, widths)
    return table


def row_in(table: Any, widths: Sequence[float]) -> Any:
    """Add a row of the same widths and return it."""
    row = table.add_row()
    _set_widths(row, widths)
    return row


def shade(cell: Any, color: str) -> None:
    """Colour the ground of a cell."""
    _child(cell._tc.get_or_add_tcPr(), "w:shd", val="clear", color="auto", fill=color)  # noqa: SLF001


def hide_inner_lines(table: Any) -> None:
    """Draw a table as one box, with no lines between its rows."""
    borders = _table_property(table, "w:tblBorders", before=("w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook"))
    for side in ("top", "left", "bottom", "right"):
        _child(borders, f"w:{side}", val="single", sz="12", space="0", color="A61B1B")
    _child(borders, "w:insideH", val="nil")


def part_rows(table: Any) -> None:
    """Leave a white line between the rows of a table without lines, so that coloured cells do not run together."""
    borders = _table_property(table, "w:tblBorders", before=("w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook"))
    _child(borders, "w:insideH", val="single", sz="36", space="0", color="FFFFFF")


def narrow_margins(table: Any) -> None:
    """Leave a millimetre beside the words of each cell, for tables of many columns."""
    margins = _table_property(table, "w:tblCellMar", before=("w:tblLook",))
    for side in ("left", "right"):
        _child(margins, f"w:{side}", w="57", type="dxa")


def repeat_on_each_page(row: Any) -> None:
    """Make a row the header that every page of its table repeats."""
    _child(row._tr.get_or_add_trPr(), "w:tblHeader")  # noqa: SLF001


def keep_whole(row: Any) -> None:
    """Never let a page end inside a row."""
    _child(row._tr.get_or_add_trPr(), "w:cantSplit")  # noqa: SLF001


def number_pages(document: Any) -> None:
    """Say หน้า x จาก y, in Thai digits, at the foot of each page."""
    footer = document.sections[0].footer.paragraphs[0]
    footer.alignment = 2  # right
    for words, field in (("หน้า ", "PAGE"), (" จาก ", "NUMPAGES")):
        put(footer, words, size=BODY - 2)
        _put_field(footer, rf"{field} \* THAIARABIC")


def _put_field(paragraph: Any, code: str) -> None:
    for kind in ("begin", None, "separate", "shown", "end"):
        run = put(paragraph, "๑" if kind == "shown" else "", size=BODY - 2)
        if kind is None:
            _child(run._r, "w:instrText").text = f" {code} "  # noqa: SLF001
        elif kind != "shown":
            _child(run._r, "w:fldChar", fldCharType=kind)  # noqa: SLF001


def _set_fonts(document: Any) -> None:
    """Name the font for every script in the defaults, and those of the same widths in the font table."""
    from docx.opc.oxml import serialize_part_xml
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls, qn

    defaults = document.styles.element.find(f".//{qn('w:rPrDefault')}/{qn('w:rPr')}")
    _name_fonts(defaults)
    for tag in ("w:sz", "w:szCs"):
        defaults.find(qn(tag)).set(qn("w:val"), str(round(BODY * 2)))
    defaults.find(qn("w:lang")).set(qn("w:bidi"), "th-TH")
    table = next(part for part in document.part.package.iter_parts() if part.partname == "/word/fontTable.xml")
    fonts = parse_xml(table.blob)
    entry = _EMPTY_FONT.format(name=FONT, alike=SAME_METRICS).replace("<w:font ", f"<w:font {nsdecls('w')} ", 1)
    fonts.append(parse_xml(entry))
    table._blob = serialize_part_xml(fonts)  # noqa: SLF001


def _name_fonts(properties: Any) -> None:
    fonts = properties.find(_name("w:rFonts"))
    if fonts is None:
        fonts = _child(properties, "w:rFonts", first=True)
    fonts.attrib.clear()  # names of the theme would win over ours
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(_name(f"w:{script}"), FONT)


def _dress_style(style: Any, size: float, *, bold: bool) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    properties = style.element.get_or_add_rPr()
    for old in ("w:spacing", "w:kern", "w:sz", "w:szCs", "w:color"):
        for found in properties.findall(qn(old)):
            properties.remove(found)
    _name_fonts(properties)
    style.font.size, style.font.bold, style.font.cs_bold = Pt(size), bold, bold
    style.font.color.rgb = RGBColor(0, 0, 0)
    _child(properties, "w:szCs", val=str(round(size * 2)))
    for border in style.element.findall(f".//{qn('w:pBdr')}"):
        border.getparent().remove(border)
    style.paragraph_format.line_spacing = 1.0
    style.paragraph_format.space_before = Pt(6 if bold else 0)
    style.paragraph_format.space_after = Pt(0)


def _set_page(section: Any, *, landscape: bool) -> None:
    from docx.enum.section import WD_ORIENTATION
    from docx.shared import Cm

    short, long = Cm(21.0), Cm(29.7)
    section.orientation = WD_ORIENTATION.LANDSCAPE if landscape else WD_ORIENTATION.PORTRAIT
    section.page_width, section.page_height = (long, short) if landscape else (short, long)
    section.left_margin, section.right_margin = (Cm(2), Cm(2)) if landscape else (Cm(3), Cm(2))
    section.top_margin, section.bottom_margin = (Cm(2), Cm(1.8)) if landscape else (Cm(1.5), Cm(2))
    section.footer_distance = Cm(0.9)


def _set_properties(document: Any, title: str, author: str, day: date) -> None:
    """Fill in what file managers show, and drop the picture and the compatibility mode of the empty document."""
    from docx.oxml.ns import qn

    properties = document.core_properties
    properties.title, properties.author, properties.last_modified_by = clean(title)[:255], clean(author)[:255], ""
    properties.comments, properties.language = "", "th-TH"
    properties.created = properties.modified = datetime.combine(day, time(), UTC)
    relations = document.part.package.rels
    for key in [key for key, relation in relations.items() if relation.reltype.endswith("/thumbnail")]:
        del relations[key]
    for setting in document.settings.element.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")


def _set_widths(row: Any, widths: Sequence[float]) -> None:
    from docx.shared import Cm

    for cell, width in zip(row.cells, widths, strict=True):
        cell.width = Cm(width)


def _table_property(table: Any, tag: str, *, before: Sequence[str]) -> Any:
    """Add a property where the schema has its place: Word calls a document damaged in which it stands elsewhere."""
    properties = table._tbl.tblPr  # noqa: SLF001 - no API for it
    added = _child(properties, tag)
    later = next((child for child in properties if child.tag in map(_name, before)), None)
    if later is not None:
        later.addprevious(added)
    return added


def _name(tag: str) -> str:
    from docx.oxml.ns import qn

    name: str = qn(tag)
    return name


def _child(parent: Any, tag: str, *, first: bool = False, **attributes: str) -> Any:
    """Add an element of WordprocessingML."""
    from docx.oxml import OxmlElement

    child = OxmlElement(tag)
    for key, value in attributes.items():
        child.set(_name(f"w:{key}"), value)
    parent.insert(0 if first else len(parent), child)
    return child
