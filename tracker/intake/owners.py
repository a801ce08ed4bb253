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
    "ปลัด|รองปลัด|นายก|นายอำเภอ|ผู้อำนวยการ|ผอ|หัวหน้า|ผู้ว่าราชการ|อธิบดี|อธิการบดี|คณบดี|ผู้จัดการ|เจ้าหน้าที่|อำเภอ|เทศบาล|องค์การ|ภาควิชา|แผนก|สาขา"
)
_BREAK = re.compile(rf"\s*[,;]\s*|\s*/\s*(?={_UNIT})|\s*และ\s*(?={_UNIT}|[ก-ฮ]{{2,5}}\.)|\s*(?:ร่วมกับ|กับ)\s*(?={_UNIT})")
_BLANK = re.compile(r"\s+(?=(?:สำนัก|กอง|หน่วย|ทุก(?!แห่ง|คน|ระดับ|ตำแหน่ง)|ศูนย์|สถาบัน|โรงพยาบาล|คณะ)(?!งาน))")
_SMALLER = re.compile(r"(?:งาน|ฝ่าย|กลุ่ม|ส่วน(?!ราชการ)|แผนก|หัวหน้า|ผู้อำนวยการ|ผอ)")
_INSIDE = re.compile(r"\s*[(（][^()（）]{0,200}[)）]?\s*")
_POSITION = re.compile(r"\s+(?=(?:รอง)?(?:นายก|ปลัด|หัวหน้า|ผู้อำนวยการ|ผอ\.|คณบดี))")
_PERSON = re.compile(r"(?:นาย(?!ก|อำเภอ)|นางสาว|นาง|น\.ส\.|ว่าที่|ดร\.)")
_STARTS = re.compile(
    rf"\s*(?:{_UNIT}|\(?[\d๐-๙]{{1,2}}[.)]|[-–•●*]|ผู้|คณะ|บุคลากร|ข้าราชการ|พนักงาน|เลขา|รอง|นาย|นาง|น\.ส\.|ว่าที่|สถาน|อบ|ราชการ|กรม|จังหวัด|มหา|กระทรวง|ข้อ|การ|ธนาคาร|บริษัท|โครงการ|เขต|รพ|ศาล|เรือน|ด่าน)"
)
_HANGING = re.compile(r"(?:และ|/|,|กับ)\s*$")
_PARENT = re.compile(r"(?:สำนัก|กอง|ฝ่าย|ส่วน)(?!งาน)\S+$")
_THAI = re.compile(r"[ก-๙]")
_LABEL = re.compile(r"(?:หน่วยงาน|ผู้รับผิดชอบ|ส่วนราชการ)?(?:หลัก|รอง|ร่วม|สนับสนุน|เจ้าภาพ)?\s*:\s*")
_CLASS = re.compile(
    r"ทุก|(?:สถานศึกษา|โรงเรียน|โรงพยาบาล\S{0,30}?|รพ\.?สต\.?|หน่วยบริการ|ศูนย์\S{0,30}?|วิทยาลัย|คณะ|สำนัก|กอง|ฝ่าย|งาน|อำเภอ)(?:ใน|ทุก|ที่เกี่ยวข้อง|ต่างๆ)|"
    r".{2,40}(?:ทุก[^0-9]{1,20}|ที่เกี่ยวข้อง|ในสังกัด)$|"
    r"ส่วนราชการ(?:ส่วนภูมิภาค|ใน|ทุก|ต่าง|ที่|สังกัด|$)|หน่วยงาน(?:ใน|ทุก|ต่าง|ที่|สังกัด|$)|บุคลากร(?:ทุก|ใน|$)|"
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
    names = (name for part in _rejoined(cell.parts) for name in _names(_LABEL.sub(" ", part)))
    owners = {squeeze(name): Responsible(name, _kind(name)) for name in names if squeeze(name) not in _EMPTY}
    return tuple(owners.values())


def _rejoined(parts: tuple[str, ...]) -> list[str]:
    """Join a line to the one above when it only goes on with its name, or names the section of its unit."""
    joined: list[str] = []
    for part in parts:
        above = joined[-1] if joined else ""
        if above and (_HANGING.search(above) or not _STARTS.match(part)):
            joined[-1] = f"{above}{'' if _THAI.match(part) and not above.endswith(' ') else ' '}{part}"
        elif above and part.startswith("งาน") and _PARENT.match(above):
            joined[-1] = f"{above} {part}"
        else:
            joined.append(part)
    return joined


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
        pieces.extend(_apart(piece.strip()))
    return [piece.strip(" -/") for piece in pieces]


def _apart(text: str) -> list[str]:
    """Split at blanks between units of one rank, or between posts; a person's post and a unit's parent stay."""
    if _PERSON.match(text):
        return [text]
    if not (smaller := _SMALLER.match(text)):
        return [post for piece in _BLANK.split(text) for post in _POSITION.split(piece)]
    if smaller[0] in ("หัวหน้า", "ผู้อำนวยการ", "ผอ"):
        return _POSITION.split(text)
    return re.split(rf"\s+(?={smaller[0]})", text)


def _is_bare_list(text: str) -> bool:
    words = [squeeze(word) for word in re.split(r"[/,]", text)]
    return len(words) > 1 and all(word in _BARE for word in words)


def _kind(name: str) -> UnitKind:
    return "class" if _CLASS.match(squeeze(name)) or _is_bare_list(name) else "unit"
