import io
import zipfile

import pytest

from tracker.errors import Refused
from tracker.intake import read_document, read_plan
from tracker.intake.documents import MOST_BYTES, kind_of


def refusal(path) -> str:
    with pytest.raises(Refused) as caught:
        read_document(path)
    message = str(caught.value)
    assert "\n" not in message
    return message


def archive(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        for name in names:
            file.writestr(name, "x")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b" \n\t\n", "empty"),
        (b"%PDF-1.7 ...", "OCR"),
        (b"\x89PNG\r\n", "OCR"),
        (b"\xd0\xcf\x11\xe0rest", "plain text"),
        (archive("word/document.xml"), "Word"),
        (archive("xl/workbook.xml"), "Excel"),
        (archive("a.txt"), "unpack"),
        (b"PK\x03\x04broken", "unpack"),
        ("มาตรการ".encode("utf-16"), "UTF-8"),
        (b"abc\x00def", "not text"),
        (b"\x80\x81\x82\x90\x91\xff" * 40, "UTF-8"),
        ("มาตรการ".encode() * 20 + b"\xe0\xb8", "damaged"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_one_line_with_what_to_do(tmp_path, content, said):
    path = tmp_path / "plan.txt"
    path.write_bytes(content)
    message = refusal(path)
    assert said in message
    assert "plan.txt" in message


def test_a_missing_file_and_a_directory_are_refused(tmp_path):
    assert "not a file" in refusal(tmp_path / "nowhere.txt")
    assert "not a file" in refusal(tmp_path)


def test_a_file_over_twenty_megabytes_is_refused_by_its_size_alone(tmp_path):
    path = tmp_path / "plan.txt"
    with path.open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    assert "20 MB" in refusal(path)


@pytest.mark.parametrize("line", ["ก" * 100_001, "ก\n" * 50_001])
def test_a_text_that_no_plan_could_be_is_refused(tmp_path, line):
    path = tmp_path / "plan.txt"
    path.write_text(line, encoding="utf-8")
    assert "longer than any plan" in refusal(path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp874"])
def test_utf8_and_tis620_texts_read_alike(tmp_path, encoding):
    path = tmp_path / "plan.dat"
    path.write_bytes("มาตรการส่งเสริมคุณธรรม\nลำดับ\tเรื่อง\n".encode(encoding))
    layout = read_document(path)
    assert [line.text for line in layout.lines()] == ["มาตรการส่งเสริมคุณธรรม", "ลำดับ เรื่อง"]
    assert layout.source.format == "txt"


def test_content_decides_and_the_name_does_not():
    assert kind_of(b"%PDF-1.4") == "pdf"
    assert kind_of("แผน".encode()) == "txt"


def test_a_readable_document_without_measures_gives_a_plan_that_says_so(tmp_path):
    path = tmp_path / "plan.txt"
    path.write_text("รายงานการประชุม\nไม่มีตารางใด ๆ", encoding="utf-8")
    plan = read_plan(path)
    assert plan.measures == ()
    assert "no-measures" in {warning.code for warning in plan.warnings}
