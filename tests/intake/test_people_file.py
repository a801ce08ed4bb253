"""A people file as offices make it: Thai or English headers, spreadsheets' own CSV."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from tracker.errors import Refused
from tracker.intake.people_file import HEADERS, PersonLine, read_people

LINE_ID = "U" + "0a" * 16


def read(tmp_path: Path, text: str, *extra: str, encoding: str = "utf-8") -> list[PersonLine]:
    path = tmp_path / "people.csv"
    path.write_bytes(text.encode(encoding))
    return read_people(path, extra)


def test_english_headers_in_any_order_are_read(tmp_path: Path) -> None:
    text = f'role,unit,name,line,channels,email\nofficer,กองคลัง,ก ข,{LINE_ID},"line,email",a@b.go.th\n'
    (line,) = read(tmp_path, text)
    assert (line.name, line.unit, line.role, line.email, line.line_id) == (
        "ก ข",
        "กองคลัง",
        "officer",
        "a@b.go.th",
        LINE_ID,
    )
    assert (line.channels, line.line, line.lang, line.since) == (("line", "email"), 2, None, None)


def test_thai_headers_words_and_dates_are_read(tmp_path: Path) -> None:
    header = "ชื่อ-สกุล,ตำแหน่ง,หน่วยงาน,กลุ่มหน่วยงาน,บทบาท,อีเมล,หัวหน้า,ตั้งแต่,ถึง"
    text = f"{header}\nก ข,นักวิชาการ,กองคลัง,ทุกส่วนราชการ,เจ้าหน้าที่,a@b.go.th,ค ง,๑ ต.ค. ๒๕๖๕,30/09/2566\n"
    (line,) = read(tmp_path, text)
    assert (line.role, line.position, line.unit_group, line.supervisor) == ("officer", "นักวิชาการ", "ทุกส่วนราชการ", "ค ง")
    assert (line.since, line.until) == (date(2022, 10, 1), date(2023, 9, 30))


@pytest.mark.parametrize("word", [word for words in HEADERS.values() for word in words])
def test_every_header_that_is_known_is_accepted_with_blanks_around(tmp_path: Path, word: str) -> None:
    field = next(field for field, words in HEADERS.items() if word in words)
    value = {"name": "ก", "unit": "ข", "role": "officer", "email": "a@b.go.th", "line": LINE_ID, "lang": "th"}
    others = [key for key in ("name", "unit", "role") if key != field]
    text = f"{','.join(others)}, {word} \n{','.join(value[key] for key in others)},{value.get(field, '')}\n"
    assert len(read(tmp_path, text)) == 1


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_any_delimiter_and_line_end_of_a_spreadsheet_is_read(tmp_path: Path, delimiter: str, newline: str) -> None:
    text = newline.join(delimiter.join(row) for row in (("name", "unit", "role"), ("ก", "ข", "officer"), ("", "", "")))
    assert [line.name for line in read(tmp_path, text)] == ["ก"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp874"])
def test_utf8_and_windows_thai_are_read(tmp_path: Path, encoding: str) -> None:
    (line,) = read(tmp_path, "ชื่อ,หน่วยงาน,บทบาท\nก ข,กองคลัง,ผู้ประสานงาน\n", encoding=encoding)
    assert (line.name, line.role) == ("ก ข", "coordinator")


def test_blank_lines_are_passed_over_and_lines_are_counted_as_in_the_file(tmp_path: Path) -> None:
    rows = read(tmp_path, "name,unit,role\n\n,,\nก,ข,officer\n")
    assert [row.line for row in rows] == [4]


def test_a_cell_may_hold_a_comma_and_a_line_end(tmp_path: Path) -> None:
    (line,) = read(tmp_path, 'name,unit,role,position\nก,"กองคลัง, ฝ่ายบัญชี",officer,"นักวิชาการ\nชำนาญการ"\n')
    assert line.unit == "กองคลัง, ฝ่ายบัญชี"


def test_a_line_without_its_last_cells_is_read_when_they_are_not_needed(tmp_path: Path) -> None:
    (line,) = read(tmp_path, "name,unit,role,email,line\nก,ข,officer\n")
    assert line.email is None


def test_a_line_without_the_cells_that_are_needed_is_refused_and_named(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"people\.csv line 2"):
        read(tmp_path, "name,unit,role\nก,ข\n")


def test_channels_are_kept_in_order_and_further_schemas_need_leave(tmp_path: Path) -> None:
    text = "name,unit,role,channels\nก,ข,officer,LINE; email tgram://token/1\n"
    (line,) = read(tmp_path, text, "tgram")
    assert line.channels == ("line", "email", "tgram://token/1")
    with pytest.raises(Refused, match="channel “tgram” is not allowed") as refused:
        read(tmp_path, text)
    assert "token" not in str(refused.value)


@pytest.mark.parametrize("name", ["sms", "exec://rm", "email://x"])
def test_a_channel_that_is_not_allowed_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(Refused, match="line 2: channel"):
        read(tmp_path, f"name,unit,role,channels\nก,ข,officer,{name}\n")


@pytest.mark.parametrize("line_id", ["@officer", "U123", "u" + "0" * 32, "U" + "G" * 32])
def test_a_line_id_that_is_none_is_refused_without_being_shown(tmp_path: Path, line_id: str) -> None:
    with pytest.raises(Refused, match="line 2: the LINE id") as refused:
        read(tmp_path, f"name,unit,role,line\nก,ข,officer,{line_id}\n")
    assert line_id not in str(refused.value)


def test_a_language_that_nobody_writes_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="lang “fr”"):
        read(tmp_path, "name,unit,role,lang\nก,ข,officer,fr\n")


def test_the_first_fault_is_named_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="line 3"):
        read(tmp_path, "name,unit,role\nก,ข,officer\nค,ง,boss\n")


THAI = ["ที่", "ชื่อ-สกุล", "ตำแหน่ง", "ส่วนราชการ", "บทบาท", "อีเมล", "ตั้งแต่วันที่"]


def workbook(tmp_path: Path, *sheets: list[list[Any]], merged: str | None = None) -> Path:
    book, path = Workbook(), tmp_path / "people.xlsx"
    book.remove(book.active)
    for n, rows in enumerate(sheets):
        sheet = book.create_sheet(f"แผ่น {n}")
        for row in rows:
            sheet.append(row)
        if merged:
            sheet.merge_cells(merged)
    book.save(path)
    return path


def test_a_workbook_with_a_merged_title_thai_headers_digits_and_dates_is_read(tmp_path: Path) -> None:
    rows = [
        ["รายชื่อผู้รับผิดชอบ ประจำปีงบประมาณ ๒๕๖๙"],
        [],
        THAI,
        ["๑", "ก ข", "นักวิชาการ", "กองคลัง", "เจ้าหน้าที่", "a@b.go.th", "๑ ต.ค. ๒๕๖๕"],
        [],
        ["๒", "ค ง", None, "กองช่าง", "หัวหน้าส่วน", None, datetime(2022, 10, 1)],
    ]
    first, second = read_people(workbook(tmp_path, rows, merged="A1:G1"))
    assert (first.line, first.name, first.unit, first.role, first.email) == (4, "ก ข", "กองคลัง", "officer", "a@b.go.th")
    assert (second.line, second.name, second.role, second.position) == (6, "ค ง", "supervisor", None)
    assert first.since == second.since == date(2022, 10, 1)


def test_the_first_sheet_that_has_the_headers_is_read(tmp_path: Path) -> None:
    people = [["name", "unit", "role"], ["ก", "ข", "officer"]]
    assert len(read_people(workbook(tmp_path, [["คำอธิบาย"], ["กรอกแผ่นถัดไป"]], people, [*people, *people[1:]]))) == 1


def test_a_workbook_without_the_headers_is_refused_with_what_is_missing(tmp_path: Path) -> None:
    path = workbook(tmp_path, [["รายชื่อ"], ["ชื่อ-สกุล", "ส่วนราชการ"], ["ก ข", "กองคลัง"]])
    with pytest.raises(Refused, match=r"people\.xlsx has no column role \(บทบาท\)"):
        read_people(path)


def test_a_fault_in_a_workbook_names_the_row_of_the_sheet(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="line 4: role “บอส”"):
        read_people(workbook(tmp_path, [["รายชื่อ"], [], ["ชื่อ", "กอง", "บทบาท"], ["ก ข", "กองคลัง", "บอส"]]))


def test_a_title_may_stand_above_the_headers_of_a_csv_too(tmp_path: Path) -> None:
    (line,) = read(tmp_path, "รายชื่อผู้รับผิดชอบ;;\nชื่อ;หน่วยงาน;บทบาท\nก ข;กองคลัง;officer\n")
    assert (line.line, line.name) == (3, "ก ข")


def test_two_columns_for_one_thing_are_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="two columns for unit"):
        read(tmp_path, "name,unit,กอง,role\nก,ข,ค,officer\n")


def test_a_column_that_is_not_there_says_nothing_and_an_empty_cell_says_that_there_is_none(tmp_path: Path) -> None:
    (line,) = read(tmp_path, "name,unit,role,email\nก,ข,officer,\n")
    assert line.says == {"name", "unit", "role", "email"}


@pytest.mark.parametrize(
    ("content", "what"),
    [(b"PK\x03\x04\0\0\0", "damaged workbook"), (b"\xd0\xcf\x11\xe0\0", r"\.xls\)"), (b"%PDF-1.7", "a PDF")],
)
def test_a_file_of_another_kind_says_what_it_is_and_what_to_do(tmp_path: Path, content: bytes, what: str) -> None:
    path = tmp_path / "people.xlsx"
    path.write_bytes(content)
    with pytest.raises(Refused, match=what + r".*save it as \.xlsx or CSV UTF-8"):
        read_people(path)
