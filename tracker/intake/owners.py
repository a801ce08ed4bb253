"""Who is responsible, as a cell prints it: units, classes of units, several of them in one cell."""

import re
from collections.abc import Iterable, Sequence

from tracker.domain.plans import Responsible, UnitKind
from tracker.domain.thai.numerals import squeeze, thai
from tracker.intake.items import inline_numbers, numbered
from tracker.intake.layout import Cell
from tracker.intake.markup import dash_items
from tracker.intake.owner_names import BARE, UNIT, begins_post, goes_with, is_bare_list, is_section, names_in

_INSIDE = re.compile(r"\s*[(（][^()（）]{0,200}[)）]?\s*")
_LEAD = r"(?:เจ้าภาพ|แกนหลัก|แกนนำ|รวบรวม|หน่วยงานหลัก|หน่วยงานรวบรวม|(?:ผู้)?รับผิดชอบหลัก|ผู้รวบรวม|(?:ผู้)?ประสานงาน|หน่วยประสาน)"
_LEADS = re.compile(
    rf"[(（]\s*(?:โดย(?:มี|ให้)?|มี|ให้)?\s*(?P<name>(?:{UNIT})[^()（）]{{1,60}}?)\s*"
    rf"(?:(?:ทำหน้าที่)?เป็น\s?(?:หลัก|เลขา|ผู้ประสาน|หน่วยงานประสาน|{_LEAD})|{_LEAD}|\s(?:หลัก|รวม)(?![ก-๙]))[^()（）]{{0,40}}[)）]?$"
)
_LED_BY = re.compile(
    rf"[(（]\s*(?:{_LEAD}(?:หลัก)?\s*(?:โดย|คือ|ได้แก่|:)?|(?:ประสาน|นำ)?โดย)\s*(?P<name>(?:{UNIT})[^()（）]{{1,60}})[)）]?$"
)
"""Parentheses that name who leads the others: "(กองกลางเป็นเจ้าภาพหลัก)", "(รวบรวมโดยกองกลาง)"."""
_OPEN = re.compile(r"[(（][^()（）]*$")
_STARTS = re.compile(
    rf"\s*(?:{UNIT}|\(?[\d๐-๙]{{1,2}}[.)]|[-–•●*]|ผู้|คณะ|บุคลากร|ข้าราชการ|พนักงาน|เลขา|รอง|นาย|นาง|น\.ส\.|ว่าที่|สถาน|อบ|ราชการ|กรม|จังหวัด|มหา|กระทรวง|ข้อ|การ|ธนาคาร|บริษัท|โครงการ|เขต|รพ|ศาล|เรือน|ด่าน)"
)
_HANGING = re.compile(r"(?:และ|/|,|กับ)\s*$")
_HEADWORD = re.compile(r"(?:สำนัก|กอง(?!ทุน)|ศูนย์|กลุ่ม|ฝ่าย|สถาบัน|หน่วย|ทุก)")
_LONGEST = 400
_PARENT = re.compile(r"(?:สำนัก|กอง|ฝ่าย|ส่วน)(?!งาน)\S+$")
_THAI = re.compile(r"[ก-๙]")
_LABEL = re.compile(r"(?:หน่วยงาน|ผู้รับผิดชอบ|ส่วนราชการ|เจ้าภาพ)?(?:หลัก|รอง|ร่วม|สนับสนุน|เจ้าภาพ)?\s*:\s*")
_CLASS = re.compile(
    r"ทุก|(?:สถานศึกษา|โรงเรียน|โรงพยาบาล\S{0,30}?|รพ\.?สต\.?|หน่วยบริการ|ศูนย์\S{0,30}?|วิทยาลัย|คณะ|สำนัก|กอง|ฝ่าย|งาน|อำเภอ)(?:ใน|ทุก|ที่เกี่ยวข้อง|ต่างๆ)|"
    r".{2,40}(?:ทุก[^0-9]{1,20}|ที่เกี่ยวข้อง|ในสังกัด)$|"
    r"ส่วนราชการ(?:ส่วนภูมิภาค|ใน|ทุก|ต่าง|ที่|สังกัด|$)|หน่วยงาน(?:ใน|ทุก|ต่าง|ที่|สังกัด|$)|บุคลากร(?:ทุก|ใน|$)|"
    r"(?:ข้าราชการ|พนักงาน|เจ้าหน้าที่)(?:ทุก|ทั้งหมด)|กลุ่ม(?:งาน)?ทุก|แต่ละ"
)
_RESTS = frozenset({"จังหวัด", "อำเภอ", "ตำบล", "เทศบาล", "กรม", "กระทรวง", "เขต", "งาน", "การ", "ราชการ"})
"""Words that alone on a line only end the name above it."""
_RANGE = re.compile(
    r"(?P<name>.*(?:เขต|ภาค|ที่|สาย|โซน|แขวง|เทศบาล|หมู่|ชุด|รุ่น)\s?)(?P<first>\d{1,2})\s?(?:[-–—]|ถึง)\s?(?:(?:เขต|ภาค|ที่)\s?)?(?P<last>\d{1,2})"
)
_MOST_MEMBERS = 80
_EMPTY = frozenset({"", "-", "–", "ไม่มี", '"', "”", "''"})


def read_owners(cell: Cell) -> tuple[Responsible, ...]:
    """Return the owners that a cell names, each once, in order.

    A parenthesis names a part of the same owner and is left out, unless it names who leads them all; a list of
    bare words ("สำนัก / ศูนย์ / กลุ่มงาน") is one class; "ทุก…" and the like are classes, whose members the people
    file names.
    """
    names = (name for part in _rejoined(cell.parts) for name in _names(part))
    owners = {squeeze(name): Responsible(name, _kind(name)) for name in names if squeeze(name) not in _EMPTY}
    return tuple(owners.values())


def parted_owners(cells: Sequence[Cell]) -> tuple[Cell, ...]:
    """Return the cells with two names apart that a narrow column glued together, where another cell names the first.

    A reader that joins the lines of a cell cannot tell a name's second line from the next name.
    """
    known = {squeeze(part) for cell in cells for part in cell.parts if _HEADWORD.match(part)}
    return tuple(
        Cell(tuple(name for part in cell.parts for name in _unglued(part, known)), cell.shade) for cell in cells
    )


def _unglued(part: str, known: set[str]) -> list[str]:
    heads = _HEADWORD.finditer(part, 1) if len(part) < _LONGEST else ()
    cuts = [found.start() for found in heads if squeeze(part[: found.start()]) in known]
    glued = cuts and _THAI.match(part[cuts[0] - 1])
    return [part[: cuts[0]], *_unglued(part[cuts[0] :], known)] if glued else [part]


def _rejoined(parts: tuple[str, ...]) -> list[str]:
    """Join a line to the one above when it only goes on with its name, or names the section of its unit."""
    joined: list[str] = []
    for part in parts:
        above = joined[-1] if joined else ""
        if above and goes_with(above, part):
            joined[-1] = f"{above} {part}"
        elif above and _goes_on(above, part):
            joined[-1] = f"{above}{'' if _THAI.match(part) and not above.endswith(' ') else ' '}{part}"
        elif above and part.startswith("งาน") and _PARENT.match(above):
            joined[-1] = f"{above} {part}"
        else:
            joined.append(part)
    return joined


def _goes_on(above: str, part: str) -> bool:
    """Say whether a line ends the name or the parenthesis of the line above."""
    begins = _STARTS.match(part) or begins_post(part)
    return bool(_HANGING.search(above) or _OPEN.search(above) or not begins or part in _RESTS)


def _names(part: str) -> Iterable[str]:
    whole = _LABEL.sub(" ", _INSIDE.sub(_inside, part)).strip()
    if is_bare_list(whole):
        return [whole.strip(" -")]
    items = inline_numbers(whole)
    if len(items) == 1:
        items = dash_items(whole)
    names = (name for item in items for name in names_in(numbered(item)[1]))
    return [member for name in names for member in _members(name)]


def _members(name: str) -> list[str]:
    """Return the units that a range of numbers names ("สำนักงานเขต ๑ - ๑๒"), each by its own, or the name as it is."""
    found = _RANGE.fullmatch(name)
    numbers = range(int(found["first"]), int(found["last"]) + 1) if found else range(0)
    if not found or not 1 < len(numbers) <= _MOST_MEMBERS:
        return [name]
    write = str if found["first"].isascii() else thai
    return [f"{found['name']}{write(number)}" for number in numbers]


def _inside(found: re.Match[str]) -> str:
    """Return what a parenthesis leaves: the unit that leads the others, as a name of its own, or a blank."""
    inside = found[0].strip()
    lead = _LEADS.match(inside) or _LED_BY.match(inside)
    name = lead["name"].strip() if lead else ""
    if squeeze(name) in {"", *BARE} or name.endswith("และ") or (is_section(name) and _is_of_one_unit(found)):
        return " "
    return f"; {name}; "


def _is_of_one_unit(found: re.Match[str]) -> bool:
    """Say whether a parenthesis stands behind the name of a unit, and not of a class."""
    outer = names_in(_LABEL.sub(" ", found.string[max(found.start() - _LONGEST, 0) : found.start()]).strip())
    return _kind(outer[-1]) == "unit"


def _kind(name: str) -> UnitKind:
    return "class" if _CLASS.match(squeeze(name)) or is_bare_list(name) else "unit"
