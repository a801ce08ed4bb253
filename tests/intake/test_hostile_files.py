import io
import random
import zipfile
import zlib

import docx
import openpyxl
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.campaign import examples
from tests.intake.files import TABLE, add_table, pdf, plan_csv, plan_docx, plan_pdf, plan_xlsx, saved, stream, text
from tests.patience import no_hang
from tracker.domain.plans import Plan
from tracker.errors import Refused
from tracker.intake import read_plan
from tracker.intake.documents import kind_of

SEEDS = {"docx": plan_docx(), "xlsx": plan_xlsx(), "pdf": plan_pdf(), "csv": plan_csv()}
LOCKED = b"\xd0\xcf\x11\xe0" + b"\x00" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\x00" * 100
ONE_CELL = '<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>'
WIDE_ROW = '<row r="#"><c r="XFD#"><v>1</v></c></row>'
HEADS = [b"", b"%PDF-1.7\n", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"a,b,c\n"]
fuzzed = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def read(tmp_path):
    def reads(data: bytes) -> Plan | str:
        """Return the plan, or the one sentence with which it is refused."""
        path = tmp_path / "plan.dat"
        path.write_bytes(data)
        try:
            return read_plan(path)
        except Refused as refused:
            sentence = str(refused)
            assert sentence.startswith("plan.dat")
            assert "\n" not in sentence
            return sentence

    return reads


def changed(data: bytes, changes: dict[str, bytes]) -> bytes:
    """Return an archive with members replaced or added."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, changes.get(name, old.read(name)))
        for name in changes.keys() - set(old.namelist()):
            new.writestr(name, changes[name])
    return buffer.getvalue()


def member(data: bytes, name: str) -> bytes:
    return zipfile.ZipFile(io.BytesIO(data)).read(name)


def with_sheet(sheet_data: str) -> bytes:
    """Return a workbook whose sheet is this XML."""
    head = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    return changed(SEEDS["xlsx"], {"xl/worksheets/sheet1.xml": f"{head}{sheet_data}</worksheet>".encode()})


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_an_archive_that_unpacks_to_too_much_is_refused_before_it_is_opened(read, kind):
    bomb = changed(SEEDS[kind], {"media/image.bin": b"\x00" * (70 * 1024**2)})
    assert len(bomb) < 200_000
    assert "unpacks to more" in read(bomb)


def test_an_archive_that_lies_about_its_sizes_is_refused(read):
    data = bytearray(changed(SEEDS["docx"], {"word/media/a.bin": b"\x00" * (70 * 1024**2)}))
    place = data.rfind(b"word/media/a.bin") - 46
    data[place + 24 : place + 28] = (100).to_bytes(4, "little")
    assert isinstance(read(bytes(data)), str)


def test_an_archive_with_too_many_members_is_refused(read):
    assert "unpacks to more" in read(changed(SEEDS["xlsx"], {f"xl/{n}": b"" for n in range(6_000)}))


@pytest.mark.parametrize(("kind", "name"), [("docx", "word/document.xml"), ("xlsx", "xl/workbook.xml")])
@pytest.mark.parametrize(
    "entity", ['<!ENTITY a "x">', '<!ENTITY a SYSTEM "file:///etc/passwd">', '<!ENTITY a SYSTEM "http://127.0.0.1:9/">']
)
def test_xml_entities_are_refused_so_that_nothing_is_expanded_or_fetched(read, kind, name, entity):
    xml = member(SEEDS[kind], name).decode()
    start = xml.find("?>") + 2 if xml.startswith("<?") else 0
    evil = xml[:start] + f"<!DOCTYPE x [{entity}]>" + xml[start:].replace("</", "&a;</", 1)
    assert "entities" in read(changed(SEEDS[kind], {name: evil.encode()}))
    assert isinstance(read(changed(SEEDS[kind], {name: evil.encode("utf-16")})), str)


def test_an_external_target_is_never_opened(read):
    rels = member(SEEDS["docx"], "word/_rels/document.xml.rels").decode()
    link = (
        '<Relationship Id="rIdX" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" '
        'Target="http://127.0.0.1:9/evil.dotm" TargetMode="External"/></Relationships>'
    )
    outside = changed(SEEDS["docx"], {"word/_rels/document.xml.rels": rels.replace("</Relationships>", link).encode()})
    assert len(read(outside).measures) == 2


@pytest.mark.parametrize(
    ("data", "kind", "said"),
    [
        (b"\xd0\xcf\x11\xe0 old", "office", "old Word or Excel"),
        (LOCKED, "locked", "password"),
        (changed(SEEDS["docx"], {"word/vbaProject.bin": b"x"}), "macros", "macros"),
        (changed(SEEDS["xlsx"], {"xl/vbaProject.bin": b"x"}), "macros", "macros"),
        (changed(SEEDS["xlsx"], {"xl/workbook.bin": b"x"}), "binary workbook", ".xlsx"),
        (changed(SEEDS["docx"], {"mimetype": b"x", "META-INF/manifest.xml": b"x"}), "opendocument", ".docx"),
    ],
)
def test_kinds_that_cannot_be_read_are_refused_with_what_to_do(read, data, kind, said):
    assert kind_of(data) == kind
    assert said in read(data)


def test_a_locked_pdf_is_refused(read):
    locked = pdf(text(60, 700, "แผนของเทศบาลตำบล")).replace(
        b"/Root 1 0 R",
        b"/Root 1 0 R /ID [<00><00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 "
        b"/O <" + b"11" * 32 + b"> /U <" + b"22" * 32 + b"> >>",
    )
    assert "password" in read(locked)


@pytest.mark.parametrize(
    "sheet",
    [
        f"<dimension ref='A1:XFD1048576'/>{ONE_CELL}",
        '<sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>',
        '<sheetData><row r="999999999"><c r="A999999999"><v>1</v></c></row></sheetData>',
        f"{ONE_CELL}<mergeCells><mergeCell ref='A1:XFD1048576'/></mergeCells>",
        "<sheetData>" + "".join(WIDE_ROW.replace("#", str(n)) for n in range(1, 20_000)) + "</sheetData>",
        '<sheetData><row r="1"><c r="A1" t="s"><v>99999</v></c></row></sheetData>',
    ],
)
def test_a_sheet_that_claims_a_million_rows_does_not_hang(read, sheet):
    with no_hang():
        read(with_sheet(sheet))


def test_a_table_in_a_table_in_a_table_is_read_or_refused(read):
    def nested(depth: int) -> bytes:
        inner = "<w:p/>"
        for _ in range(depth):
            cells = f"<w:tc><w:p><w:r><w:t>ก</w:t></w:r></w:p>{inner}</w:tc><w:tc><w:p/></w:tc>"
            inner = f"<w:tbl><w:tr>{cells}</w:tr></w:tbl><w:p/>"
        document = docx.Document()
        xml = saved(document)
        body = member(xml, "word/document.xml").decode()
        return changed(xml, {"word/document.xml": body.replace("<w:sectPr", inner + "<w:sectPr", 1).encode()})

    assert isinstance(read(nested(20)), Plan)
    assert "damaged Word" in read(nested(2_000))


def test_a_cell_that_claims_to_span_a_billion_columns_costs_nothing(read):
    document = docx.Document()
    table = add_table(document, TABLE)
    table.cell(0, 0)._tc.get_or_add_tcPr().append(parse_xml(f'<w:gridSpan {nsdecls("w")} w:val="999999999"/>'))
    assert isinstance(read(saved(document)), Plan)


def test_a_workbook_longer_than_any_plan_is_refused(read):
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    for _ in range(11_000):
        sheet.append(["ก"] * 10)
    assert "more cells than any plan" in read(saved(book))


def test_a_word_table_larger_than_any_plan_is_refused(read):
    xml = member(SEEDS["docx"], "word/document.xml").decode()
    table = f"<w:tbl>{('<w:tr>' + '<w:tc><w:p/></w:tc>' * 60 + '</w:tr>') * 1_000}</w:tbl><w:sectPr"
    assert "than any plan" in read(
        changed(SEEDS["docx"], {"word/document.xml": xml.replace("<w:sectPr", table, 1).encode()})
    )


def test_a_page_full_of_lines_is_read_without_tables(read):
    lines = "".join(f"0 {n / 4} m 595 {n / 4} l S {n / 4} 0 m {n / 4} 842 l S\n" for n in range(2_000))
    with no_hang():
        assert isinstance(read(pdf(text(60, 700, "แผนของเทศบาลตำบล") + lines)), Plan)


@pytest.mark.parametrize("kind", ["docx", "xlsx", "pdf"])
def test_a_file_cut_anywhere_is_read_or_refused(read, kind):
    data = SEEDS[kind]
    for end in range(4, len(data), len(data) // 12):
        read(data[:end])


@pytest.mark.parametrize("kind", sorted(SEEDS))
@settings(fuzzed, max_examples=examples(60))
@given(seed=st.integers(0, 2**32))
def test_a_file_with_bytes_cut_doubled_shuffled_or_garbled_is_read_or_refused(read, kind, seed):
    read(mutated(SEEDS[kind], random.Random(seed)))


PARTS = [
    ("docx", "word/document.xml"),
    ("docx", "word/numbering.xml"),
    ("docx", "word/styles.xml"),
    ("docx", "word/_rels/document.xml.rels"),
    ("docx", "[Content_Types].xml"),
    ("xlsx", "xl/worksheets/sheet1.xml"),
    ("xlsx", "xl/styles.xml"),
    ("xlsx", "xl/workbook.xml"),
    ("xlsx", "xl/_rels/workbook.xml.rels"),
]


@pytest.mark.parametrize(("kind", "name"), PARTS)
@settings(fuzzed, max_examples=examples(25))
@given(seed=st.integers(0, 2**32))
def test_an_archive_whose_xml_is_mutated_is_read_or_refused(read, kind, name, seed):
    read(changed(SEEDS[kind], {name: mutated(member(SEEDS[kind], name), random.Random(seed))}))


@fuzzed
@given(data=st.binary(max_size=400), head=st.sampled_from(HEADS))
def test_random_bytes_are_read_or_refused(read, data, head):
    read(head + data)


@fuzzed
@given(content=st.text(alphabet="0123456789 .-<>[]()/TJmlreSBETfqQ'\"\n", max_size=200))
def test_a_page_of_random_operators_is_read_or_refused(read, content):
    read(pdf(content))


def mutated(data: bytes, chance: random.Random) -> bytes:
    """Cut, double, swap or garble a few pieces."""
    for _ in range(chance.randint(1, 4)):
        if len(data) < 8:
            break
        a, b, c = sorted(chance.randrange(len(data)) for _ in range(3))
        change = chance.randrange(4)
        if change == 0:
            data = data[:a] + data[b:]
        elif change == 1:
            data = data[:b] + data[a:b][:5_000] + data[b:]
        elif change == 2:
            data = data[:a] + data[b:c] + data[a:b] + data[c:]
        else:
            data = data[:a] + bytes(chance.randrange(256) for _ in range(min(6, b - a))) + data[a + min(6, b - a) :]
    return data


def test_a_page_with_more_letters_than_any_page_is_refused_and_not_cut(read):
    crowded = "".join(text(60, 800 - 3.5 * n, f"{n:03}" * 34) for n in range(220))
    assert "page 1 holds more text" in read(pdf(crowded))


def test_a_bomb_inside_a_pdf_does_not_unfold(read):
    packed = zlib.compress(b" " * (300 * 1024**2), 9).decode("latin-1")
    bomb = pdf(text(60, 700, "แผนของเทศบาลตำบล")).decode("latin-1")
    start = bomb.index("7 0 obj\n") + len("7 0 obj\n")
    end = bomb.index("endstream", start) + len("endstream")
    bomb = bomb[:start] + stream(packed, "/Filter /FlateDecode") + bomb[end:]
    with no_hang():
        read(bomb.encode("latin-1"))
