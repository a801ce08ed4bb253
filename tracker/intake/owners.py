"""Who is responsible, as a cell prints it: units, classes of units, several of them in one cell."""

import re
from collections.abc import Iterable

from tracker.domain.plans import Responsible, UnitKind
from tracker.domain.thai.numerals import squeeze
from tracker.intake.items import inline_numbers, numbered
from tracker.intake.layout import Cell
from tracker.intake.markup import dash_items

_UNIT = (
    "สำนัก|กอง|หน่วย|กลุ่ม|ฝ่าย|งาน|ศูนย์|สถาบัน|ส่วน|ทุก|โรงพยาบาล|โรงเรียน|สถานี|คณะ|วิทยาลัย|ที่ทำการ|แขวง|"
    "ปลัด|รองปลัด|นายก|ผู้อำนวยการ|หัวหน้า|เจ้าหน้าที่|อำเภอ|เทศบาล|องค์การ|ภาควิชา|แผนก|สาขา"
)
_BREAK = re.compile(rf"\s*[,;]\s*|\s*/\s*(?={_UNIT})|\s*และ\s*(?={_UNIT})|\s*(?:ร่วมกับ|กับ)\s*(?={_UNIT})")
_BLANK = re.compile(r"\s+(?=(?:สำนัก|กอง|หน่วย|ทุก|ศูนย์|สถาบัน|โรงพยาบาล|คณะ)(?!งาน))")
_SMALLER = re.compile(r"(?:งาน|ฝ่าย|กลุ่ม|ส่วน(?!ราชการ)|แผนก|หัวหน้า|ผู้อำนวยการ|ผอ)")
_INSIDE = re.compile(r"\s*[(（][^()（）]{0,200}[)）]?\s*")
_CLASS = re.compile(
    r"ทุก|ส่วนราชการ(?:ส่วนภูมิภาค|ใน|ทุก|ต่าง|ที่|สังกัด|$)|หน่วยงาน(?:ใน|ทุก|ต่าง|ที่|สังกัด|$)|บุคลากร(?:ทุก|ใน|$)|"
    r"(?:ข้าราชการ|พนักงาน|เจ้าหน้าที่)(?:ทุก|ทั้งหมด)|กลุ่ม(?:งาน)?ทุก|แต่ละ"
)
_BARE = frozenset(
    [
        "สำนัก",
        "กอง",
        "หน่วย",
        "กลุ่ม",
        "กลุ่มงาน",
        "ฝ่าย",
        "งาน",
        "ศูนย์",
        "สถาบัน",
        "ส่วน",
        "ส่วนราชการ",
        "หน่วยงาน",
        "คณะ",
        "ภาควิชา",
        "แผนก",
    ]
)
_EMPTY = frozenset({"", "-", "–", "ไม่มี", '"', "”", "''"})


def read_owners(cell: Cell) -> tuple[Responsible, ...]:
    """Return the owners that a cell names, each once, in order.

    A parenthesis names a part of the same owner and is left out; a list of bare words ("สำนัก / ศูนย์ /
    กลุ่มงาน") is one class; "ทุก…" and the like are classes, whose members the people file names.
    """
    names = (name for part in cell.parts for name in _names(part))
    owners = {squeeze(name): Responsible(name, _kind(name)) for name in names if squeeze(name) not in _EMPTY}
    return tuple(owners.values())


def _names(part: str) -> Iterable[str]:
    if _is_bare_list(part):
        return [part.strip(" -")]
    whole = _INSIDE.sub(" ", part).strip()
    items = inline_numbers(whole)
    if len(items) == 1:
        items = dash_items(whole)
    return [piece for item in items for piece in _pieces(numbered(item)[1])]


def _pieces(text: str) -> list[str]:
    """Split at commas and before unit words; a blank splits only between units of one rank.

    A bare word among the pieces ("ทุกกอง/สำนัก") names no unit, so the words stay together.
    """
    if any(squeeze(piece) in _BARE for piece in _BREAK.split(text)):
        return [text.strip(" -/")]
    pieces: list[str] = []
    for piece in _BREAK.split(text):
        smaller = _SMALLER.match(piece.strip())
        pieces.extend([piece] if smaller else _BLANK.split(piece))
    return [piece.strip(" -/") for piece in pieces]


def _is_bare_list(text: str) -> bool:
    words = [squeeze(word) for word in re.split(r"[/,]", text)]
    return len(words) > 1 and all(word in _BARE for word in words)


def _kind(name: str) -> UnitKind:
    return "class" if _CLASS.match(squeeze(name)) or _is_bare_list(name) else "unit"
