"""The names in one text of owners: where a comma, "และ", a slash or a blank parts two of them, and where not."""

import re
from collections.abc import Iterator

from tracker.domain.thai.numerals import squeeze

UNIT = (
    "สำนัก|กอง|หน่วย|กลุ่ม|ฝ่าย|งาน|ศูนย์|สถาบัน|ส่วน|ทุก|โรงพยาบาล|โรงเรียน|สถานี|คณะ|วิทยาลัย|ที่ทำการ|แขวง|"
    "ปลัด|รองปลัด|นายก|นายอำเภอ|ผู้อำนวยการ|ผอ|หัวหน้า|ผู้ว่าราชการ|อธิบดี|อธิการบดี|คณบดี|ผู้จัดการ|เจ้าหน้าที่|อำเภอ|เทศบาล|องค์การ|ภาควิชา|แผนก|สาขา|"
    r"เขต(?=\s?\d)|ภาค(?=\s?\d)|ชมรม|สโมสร|สภา(?:เทศบาล|องค์การ|มหาวิทยาลัย|คณาจารย์)"
)
"""What the name of an owner begins with, as one pattern."""
BARE = frozenset(
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
"""Words for a kind of unit, which alone name none."""
_SHORT_NAME = r"[ก-ฮ]{2,5}(?:\.|\s*(?:$|[/,]))"
_BREAK = re.compile(
    rf"\s*(?:(?P<comma>,)|(?P<end>;))\s*|\s*(?P<slash>/)\s*(?={UNIT}|{_SHORT_NAME})|"
    rf"\s*(?:ร่วมกับ|กับ)\s*(?={UNIT})|\s*(?P<listed>และ)\s*(?={UNIT}|[ก-ฮ]{{2,5}}\.)"
)
_LOWER = re.compile(r"และ(?:งาน|แผนงาน)")
_HIGHER = re.compile(r"(?:สำนัก|กอง|ฝ่าย|กลุ่ม|ศูนย์|สถาบัน|ส่วน|คณะ|หน่วย|แผนก|ภาควิชา)(?!งาน\s)")
_BLANK = re.compile(r"\s+(?=(?:สำนัก|กอง|หน่วย|ทุก(?!แห่ง|คน|ระดับ|ตำแหน่ง)|ศูนย์|สถาบัน|โรงพยาบาล|คณะ)(?!งาน))")
_SMALLER = re.compile(r"(?:งาน|ฝ่าย|กลุ่ม|ส่วน(?!ราชการ)|แผนก|หัวหน้า|ผู้อำนวยการ|ผอ)")
_HEADS = re.compile(r"\s+(?=(?:รอง)?(?:นายก|ปลัด|หัวหน้า|ผู้อำนวยการ|ผอ\.|คณบดี))")
_AUDIT = re.compile(
    r"(?:(?<=กลุ่มตรวจสอบภายใน)|(?<=กลุ่มงานตรวจสอบภายใน)|(?<=หน่วยตรวจสอบภายใน)|(?<=ฝ่ายตรวจสอบภายใน))"
    r"\s+(?=(?:สำนัก|กอง|ศูนย์|กลุ่ม|ฝ่าย|สถาบัน|ทุก)(?!งาน))|\s+(?=(?:กลุ่ม|กลุ่มงาน|หน่วย|ฝ่าย)ตรวจสอบภายใน)"
)
"""Blanks beside the internal audit, which by law answers to the head of the agency and is no part of an office."""
_PERSON = re.compile(r"(?:นาย(?!ก|อำเภอ|ช่าง|ทะเบียน|แพทย์|สถานี)|นางสาว|นาง|น\.ส\.|ว่าที่|ดร\.)")
_POST = re.compile(
    r"(?:ผู้ช่วย)?(?:นิติกร|นัก(?:วิชาการ|ทรัพยากร|วิเคราะห์|จัดการ|บริหารงาน|พัฒนาชุมชน|ประชาสัมพันธ์|สังคมสงเคราะห์|สืบสวน|ตรวจสอบ)|เจ้าพนักงาน|เจ้าหน้าที่(?!ทุก|ทั้ง|ที่)|นายช่าง|วิศวกร|พนักงาน(?!ทุก|ทั้ง|ที่))"
)
_PLACED = re.compile(rf"(?:\s|ตำแหน่ง)(?!เจ้าหน้าที่|ตำแหน่ง)(?:{UNIT})")
_OFFICE = re.compile(r"สำนัก|กอง|ศูนย์|ฝ่าย|กลุ่ม|คณะ|สถาบัน|โรงพยาบาล|โรงเรียน")
_WORKPLACE = re.compile(rf"ตำแหน่ง|(?!ทุก|คณะกรรมการ|คณะทำงาน)(?:{_POST.pattern}|{UNIT})")


def names_in(text: str) -> list[str]:
    """Return the names in a text: parted before unit words, at a blank only between units of one rank.

    A bare word ("ทุกกอง/สำนัก") names no unit: it stays with the class that it goes on.
    """
    cuts = _cuts(text)
    starts, ends = [0, *(cut.end() for cut in cuts)], [*(cut.start() for cut in cuts), len(text)]
    pieces = [text[a:b].strip() for a, b in zip(starts, ends, strict=True)]
    first, last = _class_of_bare(pieces, [cut.lastgroup for cut in cuts])
    together = [text[starts[first] : ends[last - 1]]] if last else []
    apart = [[name for piece in some for name in _apart(piece)] for some in (pieces[:first], pieces[last:])]
    return [name.strip(" -/") for name in (*apart[0], *together, *apart[1])]


def goes_with(above: str, part: str) -> bool:
    """Say whether a line is the post or the workplace of the person or the post that the line above names alone."""
    post = _POST.match(above)
    alone = not _PLACED.search(above) if _PERSON.match(above) else post and not _OFFICE.search(above, post.end())
    return bool(alone and _WORKPLACE.match(part)) and not (post and _POST.match(part))


def begins_post(text: str) -> bool:
    """Say whether a text begins with the name of a post ("นักวิชาการพัสดุ"), or says that one follows."""
    return bool(_POST.match(text)) or text.startswith("ตำแหน่ง")


def is_section(name: str) -> bool:
    """Say whether a name is that of a part of an office, or of its head."""
    return bool(_SMALLER.match(name))


def is_bare_list(text: str) -> bool:
    """Say whether a text lists kinds of units ("สำนัก / ศูนย์ / กลุ่มงาน") and so names a class."""
    words = [squeeze(word) for word in re.split(r"[/,]", text)]
    return len(words) > 1 and all(word in BARE for word in words)


def _cuts(text: str) -> list[re.Match[str]]:
    """Return the separators; "และ" inside the name of a unit is none: "สำนักบริการและงานทะเบียน" is a single office."""
    cuts: list[re.Match[str]] = []
    for found in _BREAK.finditer(text):
        name = text[cuts[-1].end() if cuts else 0 : found.start()].strip()
        if not (found["listed"] and _LOWER.match(text, found.start()) and _HIGHER.match(name)):
            cuts.append(found)
    return cuts


def _class_of_bare(pieces: list[str], separators: list[str | None]) -> tuple[int, int]:
    """Return which pieces (from, to) are one class, as bare words among them tell; (0, 0) when there are none.

    It begins with a "ทุก…" and goes on as far as its own kind of separator does.
    """
    bare = [n for n, piece in enumerate(pieces) if squeeze(piece) in BARE]
    if not bare:
        return 0, 0
    every = [n for n, piece in enumerate(pieces[: bare[0]]) if piece.startswith("ทุก")]
    first, last = every[-1] if every else bare[0], bare[-1] + 1
    if last - first == 1:
        first, last = (first - 1, last) if first else (first, min(last + 1, len(pieces)))
    own = set(separators[first : last - 1])
    while first and not every and separators[first - 1] in own:
        first -= 1
    while last < len(pieces) and separators[last - 1] in own:
        last += 1
    return first, last


def _apart(text: str) -> Iterator[str]:
    """Split at blanks between units of one rank, or between posts; a person's post and a unit's parent stay."""
    if _PERSON.match(text):
        yield text
    elif _POST.match(text):
        yield from _posts_apart(text)
    else:
        for piece in _AUDIT.split(text):
            yield from _units_apart(piece)


def _posts_apart(text: str) -> list[str]:
    """Split behind the unit to which a post belongs: "นิติกร กองหนึ่ง กองสอง" names two owners."""
    further = list(_BLANK.finditer(text))[1:]
    if not further:
        return [text]
    return [text[: further[0].start()], *_BLANK.split(text[further[0].end() :])]


def _units_apart(text: str) -> list[str]:
    if not (smaller := _SMALLER.match(text)):
        return [post for piece in _BLANK.split(text) for post in _HEADS.split(piece)]
    if smaller[0] in ("หัวหน้า", "ผู้อำนวยการ", "ผอ"):
        return _HEADS.split(text)
    return re.split(rf"\s+(?={smaller[0]})", text)
