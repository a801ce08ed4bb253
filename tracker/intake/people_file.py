"""Reads a people file (CSV): who holds which post in which unit, and how to reach them."""

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tracker.domain.people import ROLES, Role
from tracker.domain.thai.dates import parse_day
from tracker.domain.thai.numerals import squeeze
from tracker.errors import Refused

LARGEST = 5 * 1024 * 1024
HEADERS: dict[str, tuple[str, ...]] = {
    "name": ("name", "ชื่อ", "ชื่อสกุล", "ชื่อ-สกุล", "ชื่อ - สกุล", "ชื่อ-นามสกุล"),
    "position": ("position", "ตำแหน่ง"),
    "unit": ("unit", "หน่วยงาน", "ส่วนราชการ", "กอง", "สังกัด"),
    "unit_group": ("unit_group", "กลุ่มหน่วยงาน"),
    "role": ("role", "บทบาท", "หน้าที่"),
    "email": ("email", "e-mail", "อีเมล"),
    "line": ("line", "line id", "ไลน์"),
    "channels": ("channels", "ช่องทาง"),
    "supervisor": ("supervisor", "หัวหน้า", "ผู้บังคับบัญชา"),
    "from": ("from", "ตั้งแต่", "ตั้งแต่วันที่"),
    "until": ("until", "ถึง", "ถึงวันที่"),
    "lang": ("lang", "ภาษา"),
}
REQUIRED = ("name", "unit", "role")
ROLE_WORDS: dict[str, Role] = {
    **{role: role for role in ROLES},
    "เจ้าหน้าที่": "officer",
    "ผู้รับผิดชอบ": "officer",
    "หัวหน้า": "supervisor",
    "หัวหน้าส่วน": "supervisor",
    "ผู้บริหาร": "executive",
    "ผู้ประสานงาน": "coordinator",
}
_BY_HEADER = {squeeze(word): field for field, words in HEADERS.items() for word in words}
_EMAIL = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\"]+\.[^@\s,;<>\"]+")
_LINE_ID = re.compile(r"U[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One line of a people file: a person in a post. `until` is the first day on which it is no longer held."""

    line: int
    name: str
    unit: str
    role: Role
    position: str | None
    unit_group: str | None
    email: str | None
    line_id: str | None
    channels: tuple[str, ...]
    supervisor: str | None
    since: date | None
    until: date | None
    lang: str


def read_people(path: Path, extra_channels: tuple[str, ...] = ()) -> list[PersonLine]:
    """Return the lines of a people file in UTF-8 or TIS-620, comma, semicolon or tab between cells.

    `extra_channels` are the Apprise schemas that the administrator allows. Raises Refused, naming the line and
    what to write there, on the first thing that is wrong.
    """
    rows = _rows(path)
    columns = _columns(path, next(rows, (1, []))[1])
    people = [_person(path.name, number, _cells(columns, row), extra_channels) for number, row in rows if any(row)]
    if not people:
        raise Refused(f"{path.name} names nobody: write one person on each line below the header.")
    return people


def _rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    text = _text(path)
    header = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=header.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for row in reader:
            yield reader.line_num, [cell.strip() for cell in row]
    except csv.Error as error:
        raise Refused(
            f"{path.name} line {reader.line_num} is not CSV ({error}): save the sheet as CSV UTF-8."
        ) from None


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > LARGEST:
            raise Refused(f"{path.name} is over 5 MB, which no people file is: check that it is the right file.")
        content = path.read_bytes()
    except FileNotFoundError:
        raise Refused(f"There is no file {path}: check its name.") from None
    except OSError as error:
        raise Refused(f"{path} cannot be read ({error.strerror}): check its rights.") from None
    if b"\0" in content:
        raise Refused(f"{path.name} is not CSV but a binary file: open it in a spreadsheet and save it as CSV UTF-8.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        return content.decode("cp874")
    except UnicodeDecodeError:
        raise Refused(f"{path.name} is neither UTF-8 nor TIS-620 text: save the sheet as CSV UTF-8.") from None


def _columns(path: Path, header: list[str]) -> list[str | None]:
    columns = [_BY_HEADER.get(squeeze(cell)) for cell in header]
    if missing := [field for field in REQUIRED if field not in columns]:
        words = ", ".join(f"{field} ({HEADERS[field][1]})" for field in missing)
        raise Refused(f"{path.name} has no column {words}: add it to the first line.")
    if unknown := [cell for cell, field in zip(header, columns, strict=True) if field is None and cell]:
        raise Refused(f"{path.name} has a column “{unknown[0]}” that means nothing here: use {', '.join(HEADERS)}.")
    return columns


def _cells(columns: list[str | None], row: list[str]) -> dict[str, str]:
    return {field: cell for field, cell in zip(columns, row, strict=False) if field}


def _person(file: str, number: int, cells: Mapping[str, str], extra: tuple[str, ...]) -> PersonLine:
    def refuse(what: str) -> Refused:
        return Refused(f"{file} line {number}: {what}")

    def day(field: str) -> date | None:
        try:
            return parse_day(cells[field]) if cells.get(field) else None
        except ValueError as error:
            raise refuse(f"{field}: {error}.") from None

    if not cells.get("name") or not cells.get("unit"):
        raise refuse("the name or the unit is empty: write both.")
    role_word = cells.get("role", "")
    role = ROLE_WORDS.get(role_word.lower())
    if role is None:
        raise refuse(f"role “{role_word}” is unknown: write one of {', '.join(ROLES)}.")
    email, line_id = cells.get("email") or None, cells.get("line") or None
    if email and not _EMAIL.fullmatch(email):
        raise refuse(f"“{email}” is not an e-mail address: write it as name@agency.go.th.")
    if line_id and not _LINE_ID.fullmatch(line_id):
        raise refuse("the LINE id is not U and 32 hexadecimal digits: leave it empty until the officer has linked it.")
    since, until = day("from"), day("until")
    if since and until and until <= since:
        raise refuse(f"until ({until}) is not after from ({since}): it is the first day on which the post is not held.")
    lang = cells.get("lang") or "th"
    if lang not in ("th", "en"):
        raise refuse(f"lang “{lang}” is unknown: write th or en.")
    return PersonLine(
        number,
        cells["name"],
        cells["unit"],
        role,
        cells.get("position") or None,
        cells.get("unit_group") or None,
        email,
        line_id,
        _channels(cells.get("channels", ""), extra, refuse),
        cells.get("supervisor") or None,
        since,
        until,
        lang,
    )


def _channels(text: str, extra: tuple[str, ...], refuse: Callable[[str], Refused]) -> tuple[str, ...]:
    names = tuple(name.strip() for name in re.split(r"[,;\s]+", text) if name.strip())
    for name in names:
        schema = name.split("://", 1)[0].lower()
        if name.lower() not in ("email", "line") and not ("://" in name and schema in extra):
            raise refuse(
                f"channel “{schema}” is not allowed: write email, line, or the address of a schema that "
                "TRACKER_CHANNELS names."
            )
    return tuple(name if "://" in name else name.lower() for name in names)
