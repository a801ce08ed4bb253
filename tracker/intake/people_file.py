"""Reads a people file (CSV or XLSX): who holds which post in which unit, and how to reach them."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path

from tracker.domain.people import ROLES, Role
from tracker.domain.thai.dates import parse_day
from tracker.domain.thai.numerals import squeeze
from tracker.errors import Refused
from tracker.intake.limits import Progress, quiet
from tracker.intake.people_rows import Rows, sheets_of

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
EVERYTHING = frozenset(HEADERS)
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
_PASSED_OVER = {squeeze(word) for word in ("ที่", "ลำดับ", "ลำดับที่", "no", "no.", "#")}
"""Columns that only count the lines."""
_HEADERS_WITHIN = 20
"""Rows among which the headers stand: a title, the agency's name and the date may come first."""
_EMAIL = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\"]+\.[^@\s,;<>\"]+")
_LINE_ID = re.compile(r"U[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One line of a people file: a person in a post. `until` is the first day on which it is no longer held.

    `says` are the columns that the file has: of the others nothing is known, while an empty cell says that there is
    none. `line` is 0 for what was not read from a file.
    """

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
    lang: str | None
    says: frozenset[str] = EVERYTHING


def read_people(path: Path, extra_channels: tuple[str, ...] = (), progress: Progress = quiet) -> list[PersonLine]:
    """Return the lines of a people file: a workbook's first sheet with the headers, or CSV in UTF-8 or TIS-620.

    The headers may stand below a title. `extra_channels` are the Apprise schemas that the administrator allows.
    Raises Refused, naming the line and what to write there, on the first thing that is wrong.
    """
    columns, rows = _table(path, progress)
    people = [
        person_line(_cells(columns, row), extra_channels, where=f"{path.name} line {number}: ", line=number)
        for number, row in rows
        if any(row)
    ]
    if not people:
        raise Refused(f"{path.name} names nobody: write one person on each line below the header.")
    return people


def _table(path: Path, progress: Progress) -> tuple[list[str | None], Rows]:
    """Return what each column holds and the rows below the headers, of the first sheet that has them."""
    first: list[str] = []
    for rows in sheets_of(path, progress):
        for _, row in islice(rows, _HEADERS_WITHIN):
            if set(REQUIRED) <= set(map(_field, row)):
                return _columns(path, row), rows
            if not first or _knows_more(row, first):
                first = row
    return _columns(path, first), iter(())


def _knows_more(row: list[str], than: list[str]) -> bool:
    return len([cell for cell in row if _field(cell)]) > len([cell for cell in than if _field(cell)])


def _field(header: str) -> str | None:
    return _BY_HEADER.get(squeeze(header))


def _columns(path: Path, header: list[str]) -> list[str | None]:
    columns = [_field(cell) for cell in header]
    if missing := [field for field in REQUIRED if field not in columns]:
        words = ", ".join(f"{field} ({HEADERS[field][1]})" for field in missing)
        raise Refused(f"{path.name} has no column {words}: add it to the first line.")
    if twice := [field for field in HEADERS if columns.count(field) > 1]:
        raise Refused(f"{path.name} has two columns for {twice[0]}: keep one of them.")
    unknown = [cell for cell, field in zip(header, columns, strict=True) if field is None and cell]
    if unknown := [cell for cell in unknown if squeeze(cell) not in _PASSED_OVER]:
        raise Refused(f"{path.name} has a column “{unknown[0]}” that means nothing here: use {', '.join(HEADERS)}.")
    return columns


def _cells(columns: list[str | None], row: list[str]) -> dict[str, str]:
    found = dict.fromkeys((field for field in columns if field), "")
    return found | {field: cell for field, cell in zip(columns, row, strict=False) if field}


def person_line(cells: Mapping[str, str], extra: tuple[str, ...] = (), *, where: str = "", line: int = 0) -> PersonLine:
    """Return a person in a post from what was written in each column; a missing one says nothing.

    `where` begins the sentence of a Refused: the file and its line.
    """

    def refuse(what: str) -> Refused:
        return Refused(where + what)

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
    since, until = day("from"), day("until")
    if since and until and until <= since:
        raise refuse(f"until ({until}) is not after from ({since}): it is the first day on which the post is not held.")
    email, line_id, channels, lang = reached_by(cells, extra, refuse)
    return PersonLine(
        line,
        " ".join(cells["name"].split()),
        cells["unit"],
        role,
        cells.get("position") or None,
        cells.get("unit_group") or None,
        email,
        line_id,
        channels,
        cells.get("supervisor") or None,
        since,
        until,
        lang,
        frozenset(cells),
    )


def reached_by(
    cells: Mapping[str, str], extra: tuple[str, ...], refuse: Callable[[str], Refused] = Refused
) -> tuple[str | None, str | None, tuple[str, ...], str | None]:
    """Return e-mail address, LINE id, channels and language as they were written, each checked."""
    email, line_id = cells.get("email") or None, cells.get("line") or None
    if email and not _EMAIL.fullmatch(email):
        raise refuse(f"“{email}” is not an e-mail address: write it as name@agency.go.th.")
    if line_id and not _LINE_ID.fullmatch(line_id):
        raise refuse("the LINE id is not U and 32 hexadecimal digits: leave it empty until the officer has linked it.")
    lang = cells.get("lang") or None
    if lang not in (None, "th", "en"):
        raise refuse(f"lang “{lang}” is unknown: write th or en.")
    return email, line_id, _channels(cells.get("channels", ""), extra, refuse), lang


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
