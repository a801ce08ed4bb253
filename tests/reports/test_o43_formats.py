"""Each format, read back: it says what the report says, and what people wrote stays text."""

import json
import re
import zipfile
from dataclasses import replace
from datetime import datetime
from html.parser import HTMLParser
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

from tests.builders import World
from tests.reports.report_worlds import SAID, begun, told
from tracker.reports import o43_words as words
from tracker.reports.o43 import O43Report
from tracker.reports.o43_docx import parts_of, write_docx
from tracker.reports.o43_html import html_text
from tracker.reports.o43_json import report_to_json
from tracker.reports.o43_xlsx import MEASURES, MISSING, TASKS, write_xlsx
from tracker.reports.thai_docx import link_target

GOLDEN = Path(__file__).parent / "o43.json"
LATE = "เกินกำหนด ๗\u00a0วัน ขาดผลการดำเนินการ, หลักฐาน, ปัญหา อุปสรรค, ข้อเสนอแนะ"


@pytest.fixture
def report(world: World) -> O43Report:
    begun(world).act("done", 1, **{**SAID, "result": "=จัดทำ <b>แล้ว</b>\nหน้า ๒\x0b"})
    world.act("waive", 3, reason="ยกเลิก")
    return told(world)


@pytest.fixture
def complete(world: World) -> O43Report:
    begun(world).act("done", 1, 2, 3, 4, **SAID)
    whole = told(world)
    values = {name: getattr(whole, name) for name in whole.__slots__}
    return O43Report(**{**values, "measures": whole.measures[:2]})


def text_of(path: Path) -> str:
    found = Document(path).element.body.iter()
    return "\n".join(each.text or "" for each in found if each.tag.endswith("}t"))


def test_json_is_exactly_this(report: O43Report) -> None:
    assert report_to_json(report) == json.loads(GOLDEN.read_text(encoding="utf-8"))


def test_docx_begins_with_what_is_missing(report: O43Report, tmp_path: Path) -> None:
    write_docx(report, tmp_path / "o43.docx")
    text = text_of(tmp_path / "o43.docx")
    assert text.index(words.MISSING) < text.index(words.SUMMARY) < text.rindex(words.RESULTS)
    assert LATE in text
    assert "ประจำปีงบประมาณ พ.ศ. ๒๕๖๖" in text
    assert "ข้อมูล ณ วันที่ ๗ ธันวาคม ๒๕๖๕" in text
    assert "คะแนนปีที่ผ่านมา ๘๔.๑๕" in text
    assert "เหตุผล: ยกเลิก" in text
    assert {words.REPORTER, words.APPROVER} <= set(re.findall(r"ผู้รายงาน|ผู้อนุมัติ", text))


def test_docx_has_no_box_when_nothing_is_missing(complete: O43Report, tmp_path: Path) -> None:
    assert not complete.missing
    write_docx(complete, tmp_path / "o43.docx")
    text = text_of(tmp_path / "o43.docx")
    assert words.MISSING not in text
    assert words.COMPLETE in text


def test_docx_is_landscape_in_a_thai_font_and_repeats_its_header(report: O43Report, tmp_path: Path) -> None:
    write_docx(report, tmp_path / "o43.docx")
    document = Document(tmp_path / "o43.docx")
    section = document.sections[0]
    assert (round(section.page_width.cm, 1), round(section.page_height.cm, 1)) == (29.7, 21.0)
    header = document.tables[-2].rows[0]
    assert [cell.text for cell in header.cells] == list(words.COLUMNS)
    assert header._tr.trPr.find("{*}tblHeader") is not None
    with zipfile.ZipFile(tmp_path / "o43.docx") as parts:
        styles, fonts, footer = (parts.read(f"word/{name}.xml").decode() for name in ("styles", "fontTable", "footer1"))
    assert 'w:cs="TH Sarabun New"' in styles
    assert '<w:szCs w:val="32"/>' in styles
    assert "Theme=" not in styles.split("</w:docDefaults>")[0]
    assert re.search(r'w:name="TH Sarabun New">\s*<w:altName w:val="TH SarabunPSK, Sarabun', fonts)
    assert re.findall(r"(NUMPAGES|PAGE) ", footer) == ["PAGE", "NUMPAGES"]


def test_docx_parts_no_task_from_itself_and_no_signature_from_the_text(report: O43Report, tmp_path: Path) -> None:
    write_docx(report, tmp_path / "o43.docx")
    document = Document(tmp_path / "o43.docx")
    parted = [
        row for row in document.tables[-2].rows if row._tr.trPr is None or row._tr.trPr.find("{*}cantSplit") is None
    ]
    assert all(
        len({cell._tc for cell in row.cells}) == 1 for row in parted
    )  # a measure's words may be longer than a page
    (note,) = (each for each in document.paragraphs if each.text == words.OF_ADDRESSES)
    assert note.paragraph_format.keep_with_next


def test_docx_stays_in_the_order_that_word_demands_of_table_properties(report: O43Report, tmp_path: Path) -> None:
    order = "tblStyle tblW jc tblInd tblBorders shd tblLayout tblCellMar tblLook".split()
    write_docx(report, tmp_path / "o43.docx")
    for table in Document(tmp_path / "o43.docx").tables:
        names = [child.tag.split("}")[1] for child in table._tbl.tblPr]
        assert names == sorted(names, key=order.index)


@pytest.mark.parametrize(
    ("counts", "longest"), [((1, 0, 0, 500), 501), ((3, 3, 3, 3), 12), ((0, 0, 1, 0), 1), ((1, 1, 1, 1), 9999)]
)
def test_a_bar_shows_whatever_there_is_and_fits(counts: tuple[int, ...], longest: int) -> None:
    parts = parts_of(counts, longest)
    assert [bool(part) for part in parts] == [bool(count) for count in counts]
    assert sum(parts) <= 40


def test_workbook_holds_words_as_words_and_days_as_days(report: O43Report, tmp_path: Path) -> None:
    write_xlsx(replace(report, agency="=หน่วยงาน"), tmp_path / "o43.xlsx")
    book = load_workbook(tmp_path / "o43.xlsx")
    assert book.sheetnames == [MISSING, MEASURES, TASKS]
    assert (book[TASKS]["A1"].value, book[TASKS]["A1"].data_type) == ("=หน่วยงาน", "s")
    header, first = (next(book[TASKS].iter_rows(min_row=row, max_row=row)) for row in (4, 5))
    row = {name.value: cell for name, cell in zip(header, first, strict=True)}
    assert (row["ผลการดำเนินการ"].value, row["ผลการดำเนินการ"].data_type) == ("=จัดทำ <b>แล้ว</b>\nหน้า ๒", "s")
    assert (row["กำหนด"].value, row["หลักฐาน"].hyperlink.target) == (
        datetime(2022, 10, 31), "https://example.org/a.pdf",
    )  # fmt: skip
    for sheet in book:
        assert {cell.font.name for line in sheet for cell in line if cell.value is not None} == {"TH Sarabun New"}
        assert (sheet.freeze_panes, sheet.print_title_rows, sheet.page_setup.orientation) == (
            "A5", "$4:$4", "landscape",
        )  # fmt: skip
    lacking = [[cell.value for cell in row] for row in book[MISSING].iter_rows(min_row=5)]
    assert len(lacking) == len(report.missing)
    assert "ปัญหา อุปสรรค" in lacking[0][-1]


def test_workbook_says_that_nothing_is_missing(complete: O43Report, tmp_path: Path) -> None:
    write_xlsx(complete, tmp_path / "o43.xlsx")
    assert load_workbook(tmp_path / "o43.xlsx")[MISSING]["A5"].value == words.COMPLETE


class Page(HTMLParser):
    """The tags with their attributes, and the text without style."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta", "br", "rect"):
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open[-1:] != ["style"]:
            self.text += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.tags if name == tag]


def test_page_is_whole_thai_and_asks_for_nothing(report: O43Report) -> None:
    text = html_text(report)
    page = Page(text)
    assert page.open == []
    assert page.all("html") == [{"lang": "th"}]
    assert not {"script", "link", "img", "iframe"} & {tag for tag, _ in page.tags}
    assert "url(" not in text
    assert "default-src 'none'" in text
    assert [attrs["href"] for attrs in page.all("a")] == ["https://example.org/a.pdf"]


def test_page_escapes_what_people_wrote(report: O43Report) -> None:
    text = html_text(report)
    assert "การใช้งบประมาณ =1+1 &lt;b&gt;" in text
    assert "=จัดทำ &lt;b&gt;แล้ว&lt;/b&gt;" in text


def test_page_names_its_headers_and_drawings(report: O43Report) -> None:
    page = Page(html_text(report))
    assert [attrs["scope"] for attrs in page.all("th")] == ["col"] * 7 + ["rowgroup"] * 3
    captions = {attrs["id"] for attrs in page.all("figcaption")}
    assert [attrs["aria-labelledby"] in captions for attrs in page.all("svg")] == [True] * 4
    assert "ต.ค. ๒๕๖๕ (แล้วเสร็จ\u00a0๑)" in page.text
    assert page.text.index(words.MISSING) < page.text.rindex(words.RESULTS)
    assert LATE in page.text


@pytest.mark.parametrize(
    ("url", "target"),
    [
        ("https://example.org/ก ข", None),
        ("https://[", None),
        ("https://example.org/ก?a=1&b=%20", "https://example.org/%E0%B8%81?a=1&b=%20"),
        ("http://example.org", "http://example.org"),
    ],
)
def test_only_well_formed_addresses_are_links(url: str, target: str | None) -> None:
    assert link_target(url) == target
