"""A plan as sheets of a workbook that a person corrects, and back. Pure: rows of cells in, rows of cells out.

What is not printed is an empty cell. Lists stand one below the other in a cell; words are Thai, and the JSON words are
understood too.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, get_args

from tracker.domain.plans import (
    SCHEMA,
    Basis,
    Instrument,
    ObligationKind,
    ObligationRule,
    Plan,
    plan_from_json,
    plan_to_json,
)
from tracker.domain.thai.dates import parse_day, short_day
from tracker.domain.thai.numerals import arabic

Cell = str | int | float | dt.date | None
Sheets = dict[str, list[list[Cell]]]

FACTS, MEASURES, OBLIGATIONS, SCORES, WARNINGS = "แผน", "มาตรการ", "งานที่ต้องทำ", "คะแนน ITA", "ข้อสังเกต"
CLASS_MARK = "(กลุ่ม) "

_FACT_LABELS = {
    "schema": "รูปแบบไฟล์",
    "agency": "หน่วยงาน",
    "fiscal_year": "ปีงบประมาณ",
    "document.number": "เลขที่หนังสือ",
    "document.date": "ลงวันที่",
    "document.subject": "เรื่อง",
    "assessment.fiscal_year": "ปีงบประมาณที่ประเมิน",
    "assessment.score": "คะแนนรวม",
    "assessment.grade": "ระดับ",
    "source.name": "ไฟล์ต้นฉบับ",
    "source.format": "ชนิดของต้นฉบับ",
    "source.sha256": "รหัสของต้นฉบับ",
}
_HEADERS: dict[str, tuple[str, ...]] = {
    MEASURES: (
        "ลำดับ", "ข้อ", "มาตรการ", "ตัวชี้วัดที่", "ขั้นตอน", "ผู้รับผิดชอบ", "ระยะเวลา", "เริ่ม", "สิ้นสุด", "การกำกับติดตาม", "อยู่ที่",
    ),
    OBLIGATIONS: (
        "มาตรการลำดับที่", "ประเภท", "เวลา", "กำหนด", "รอบ", "เริ่ม", "สิ้นสุด", "ผู้ดำเนินการ", "ข้อความในแผน", "อยู่ที่", "ที่มา",
    ),
    SCORES: ("ตัวชี้วัดที่", "ชื่อ", "เครื่องมือ", "คะแนน", "อยู่ที่"),
    WARNINGS: ("รหัส", "ข้อสังเกต", "อยู่ที่"),
}  # fmt: skip
WORDS: dict[str, dict[str, str]] = {
    "ประเภท": dict(zip(get_args(ObligationKind), ("รายงาน", "เผยแพร่", "จัดทำ", "กำกับติดตาม", "ดำเนินการ"), strict=True)),
    "เวลา": dict(
        zip(
            get_args(ObligationRule),
            ("ภายในวันที่", "ตามรอบ", "ทุกเดือน", "ทุกไตรมาส", "ประจำปี", "ช่วงเวลา", "ตามเหตุการณ์", "ต่อเนื่อง", "ไม่ระบุเวลา"),
            strict=True,
        )
    ),
    "ที่มา": dict(zip(get_args(Basis), ("ระบุในแผน", "อนุมาน", "ตามนโยบาย"), strict=True)),
    "เครื่องมือ": {word: word for word in get_args(Instrument)},
}
"""For each column that takes only certain words: the JSON word and the Thai one."""


class SheetError(ValueError):
    """A cell that cannot be read; says which sheet, row and column, and what to write there."""


def to_sheets(plan: Plan) -> Sheets:
    """Return the plan as sheets: header row first."""
    data = plan_to_json(plan)
    facts: list[list[Cell]] = [[label, _fact(data, key)] for key, label in _FACT_LABELS.items()]
    return {
        FACTS: facts,
        MEASURES: [list(_HEADERS[MEASURES]), *map(_measure_row, data["measures"])],
        OBLIGATIONS: [list(_HEADERS[OBLIGATIONS]), *map(_obligation_row, data["obligations"])],
        SCORES: [list(_HEADERS[SCORES]), *(list(each.values()) for each in data["assessment"]["indicators"])],
        WARNINGS: [list(_HEADERS[WARNINGS]), *(list(each.values()) for each in data["warnings"])],
    }


def are_plan_sheets(sheets: Mapping[str, Sequence[Sequence[Cell]]]) -> bool:
    """Say whether sheets are those of `to_sheets`, corrected or not."""
    first = next(iter(sheets.get(FACTS, [])), [])
    return list(first[:2]) == [_FACT_LABELS["schema"], SCHEMA]


def from_sheets(sheets: Mapping[str, Sequence[Sequence[Cell]]]) -> Plan:
    """Return the plan that sheets hold; raises SheetError on the first cell that cannot be read."""
    labels = {label: key for key, label in _FACT_LABELS.items()}
    facts = {labels[str(row[0])]: row[1] for row in sheets[FACTS] if len(row) > 1 and str(row[0]) in labels}
    rows = {name: _Rows(name, sheets.get(name, [])) for name in _HEADERS}
    document = {key: _text(facts.get(f"document.{key}")) for key in ("number", "subject")}
    data = {
        "schema": SCHEMA,
        "source": {key: _text(facts.get(f"source.{key}")) or "" for key in ("name", "sha256", "format")},
        "agency": _text(facts.get("agency")),
        "document": {**document, "date": _day(FACTS, 0, "ลงวันที่", facts.get("document.date"))},
        "fiscal_year": _whole(FACTS, 0, "ปีงบประมาณ", facts.get("fiscal_year")),
        "assessment": {
            "fiscal_year": _whole(FACTS, 0, "ปีงบประมาณที่ประเมิน", facts.get("assessment.fiscal_year")),
            "score": _number(FACTS, 0, "คะแนนรวม", facts.get("assessment.score")),
            "grade": _text(facts.get("assessment.grade")),
            "indicators": [row.indicator() for row in rows[SCORES]],
        },
        "measures": [row.measure() for row in rows[MEASURES]],
        "obligations": [row.obligation() for row in rows[OBLIGATIONS]],
        "warnings": [row.warning() for row in rows[WARNINGS]],
    }
    plan = plan_from_json(data)
    _check_references(plan)
    return plan


def _fact(data: dict[str, Any], key: str) -> Cell:
    group, _, name = key.rpartition(".")
    value = data[group][name] if group else data[name]
    return _shown_day(value) if name == "date" else value


def _measure_row(each: dict[str, Any]) -> list[Cell]:
    frame = each["timeframe"] or {"text": None, "start": None, "end": None}
    owners = [(CLASS_MARK if owner["kind"] == "class" else "") + owner["unit"] for owner in each["responsible"]]
    return [
        each["seq"], each["number"], each["title"], each["indicator"], "\n".join(each["steps"]) or None,
        "\n".join(owners) or None, frame["text"], _shown_day(frame["start"]), _shown_day(frame["end"]),
        each["monitoring"], each["line"],
    ]  # fmt: skip


def _obligation_row(each: dict[str, Any]) -> list[Cell]:
    return [
        ", ".join(map(str, each["measures"])), WORDS["ประเภท"][each["kind"]], WORDS["เวลา"][each["rule"]],
        _shown_day(each["due"]), ", ".join(each["periods"]) or None, _shown_day(each["start"]),
        _shown_day(each["end"]), each["actor"], each["phrase"], each["line"], WORDS["ที่มา"][each["basis"]],
    ]  # fmt: skip


def _shown_day(text: str | None) -> str | None:
    return None if text is None else short_day(dt.date.fromisoformat(text))


class _Rows:
    """The rows of a sheet below its header, found by the header's words in any order of columns."""

    def __init__(self, sheet: str, rows: Sequence[Sequence[Cell]]) -> None:
        self._sheet = sheet
        self._header = [str(cell or "").strip() for cell in (rows[0] if rows else [])]
        if rows and (missing := [word for word in _HEADERS[sheet] if word not in self._header]):
            raise SheetError(f"sheet “{sheet}” has no column “{missing[0]}”: export the plan anew and correct that")
        self._rows = [(number, row) for number, row in enumerate(rows, start=1) if number > 1 and any(_filled(row))]

    def __iter__(self) -> Any:
        return (_Row(self._sheet, number, dict(zip(self._header, row, strict=False))) for number, row in self._rows)


def _filled(row: Sequence[Cell]) -> list[bool]:
    return [cell is not None and str(cell).strip() != "" for cell in row]


class _Row:
    """One row: its cells by the words of the header."""

    def __init__(self, sheet: str, number: int, cells: Mapping[str, Cell]) -> None:
        self._sheet, self._number, self._cells = sheet, number, cells

    def measure(self) -> dict[str, Any]:
        start, end = self._day("เริ่ม"), self._day("สิ้นสุด")
        frame = None
        if start and end:
            frame = {"text": self._text("ระยะเวลา") or "", "start": start, "end": end}
        return {
            "seq": self._needed(self._whole("ลำดับ"), "ลำดับ"),
            "number": self._text("ข้อ"),
            "title": self._needed(self._text("มาตรการ"), "มาตรการ"),
            "indicator": self._whole("ตัวชี้วัดที่"),
            "steps": self._lines("ขั้นตอน"),
            "responsible": [_owner(line) for line in self._lines("ผู้รับผิดชอบ")],
            "timeframe": frame,
            "monitoring": self._text("การกำกับติดตาม"),
            "line": self._whole("อยู่ที่") or self._number,
        }

    def obligation(self) -> dict[str, Any]:
        kind, rule = self._word("ประเภท"), self._word("เวลา")
        due = self._day("กำหนด")
        if rule == "due" and due is None:
            raise self._error("กำหนด", "is empty: write the day, such as 31 มี.ค. 2569")
        return {
            "measures": [self._seq(part) for part in self._list("มาตรการลำดับที่")],
            "kind": kind,
            "rule": rule,
            "due": due,
            "periods": self._list("รอบ"),
            "start": self._day("เริ่ม"),
            "end": self._day("สิ้นสุด"),
            "actor": self._text("ผู้ดำเนินการ"),
            "phrase": self._text("ข้อความในแผน") or "",
            "line": self._whole("อยู่ที่") or self._number,
            "basis": self._word("ที่มา"),
        }

    def indicator(self) -> dict[str, Any]:
        return {
            "id": self._needed(self._whole("ตัวชี้วัดที่"), "ตัวชี้วัดที่"),
            "name": self._text("ชื่อ") or "",
            "instrument": self._word("เครื่องมือ"),
            "score": self._needed(_number(self._sheet, self._number, "คะแนน", self._cells["คะแนน"]), "คะแนน"),
            "line": self._whole("อยู่ที่") or self._number,
        }

    def warning(self) -> dict[str, Any]:
        return {"code": self._text("รหัส") or "", "message": self._text("ข้อสังเกต") or "", "line": self._whole("อยู่ที่")}

    def _text(self, column: str) -> str | None:
        return _text(self._cells.get(column))

    def _whole(self, column: str) -> int | None:
        return _whole(self._sheet, self._number, column, self._cells.get(column))

    def _day(self, column: str) -> str | None:
        return _day(self._sheet, self._number, column, self._cells.get(column))

    def _seq(self, part: str) -> int:
        if not part.isdecimal():
            raise self._error(
                "มาตรการลำดับที่", f"“{part}” is not a number: write it as in sheet “{MEASURES}”, such as 1, 3"
            )
        return int(part)

    def _lines(self, column: str) -> list[str]:
        return [line.strip() for line in (self._text(column) or "").split("\n") if line.strip()]

    def _list(self, column: str) -> list[str]:
        return [part.strip() for part in arabic(self._text(column) or "").split(",") if part.strip()]

    def _word(self, column: str) -> str:
        given = self._text(column) or ""
        for word, thai in WORDS[column].items():
            if given in (word, thai):
                return word
        raise self._error(column, f"“{given}” is unknown: write one of {', '.join(WORDS[column].values())}")

    def _needed(self, value: Any, column: str) -> Any:
        if value is None:
            raise self._error(column, "is empty: fill it in, or delete the row")
        return value

    def _error(self, column: str, what: str) -> SheetError:
        return SheetError(f"sheet “{self._sheet}” row {self._number}, {column}: {what}")


def _owner(line: str) -> dict[str, str]:
    is_class = line.startswith(CLASS_MARK.strip())
    return {"unit": line.removeprefix(CLASS_MARK.strip()).strip(), "kind": "class" if is_class else "unit"}


def _text(cell: Cell) -> str | None:
    if cell is None:
        return None
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return str(cell).strip() or None


def _whole(sheet: str, row: int, column: str, cell: Cell) -> int | None:
    number = _number(sheet, row, column, cell)
    if number is not None and not number.is_integer():
        raise SheetError(f"sheet “{sheet}” row {row}, {column}: “{cell}” is not a whole number")
    return None if number is None else int(number)


def _number(sheet: str, row: int, column: str, cell: Cell) -> float | None:
    text = arabic(_text(cell) or "")
    try:
        return float(text) if text else None
    except ValueError:
        raise SheetError(f"sheet “{sheet}” row {row}, {column}: “{cell}” is not a number") from None


def _day(sheet: str, row: int, column: str, cell: Cell) -> str | None:
    if isinstance(cell, dt.datetime):
        cell = cell.date()
    if isinstance(cell, dt.date):
        return cell.isoformat()
    text = _text(cell)
    try:
        return None if text is None else parse_day(text).isoformat()
    except ValueError as error:
        raise SheetError(f"sheet “{sheet}” row {row}, {column}: {error}") from None


def _check_references(plan: Plan) -> None:
    known = {measure.seq for measure in plan.measures}
    for obligation in plan.obligations:
        if unknown := set(obligation.measures) - known:
            raise SheetError(
                f"sheet “{OBLIGATIONS}” names measure {min(unknown)}, which sheet “{MEASURES}” does not have: "
                "correct the number, or delete the row"
            )
