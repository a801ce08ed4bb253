"""The lines of a plan without a table: which are labels ("ผู้รับผิดชอบ : …"), and how the others are numbered.

What recurs is trusted more than what stands once: a label without a colon must be the bare words, a label glued to
the words before it must also stand on lines of its own.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from tracker.domain.thai.numerals import arabic, squeeze
from tracker.domain.thai.phrases_grammar import MONTH
from tracker.intake.headers import column_role
from tracker.intake.layout import Layout, Paragraph, Table

FIELDS = ("steps", "owner", "time", "monitor")
_NAMES = "มาตรการ|แนวทาง|กิจกรรม|โครงการ|ประเด็น|ตัวชี้วัด|ด้าน|ข้อ|ส่วน|หมวด|บท|ตอน|ยุทธศาสตร์|กลยุทธ์"
_NAMED = re.compile(
    rf"[\s\d.)(•*–-]{{0,8}}({_NAMES})\s?(?:ที่\s?|ข้อ\s?(?:ที่)?\s?)?(\d{{1,2}}(?:\.\d{{1,2}}){{0,2}})(?![\d/])[\s:.)–-]*(.{{0,300}})"
)
_AIM = "(?:ที่|ใน|เพื่อ)?(?:การ)?(?:แก้ไข|แก้|ปรับปรุง|พัฒนา|ป้องกัน|ยกระดับ|ขับเคลื่อน|ดำเนินการ|กำหนด|ใช้)(?:ปัญหา|ให้ดีขึ้น)?"
_TITLED = re.compile(
    rf"[-•●*\s\d.)(]{{0,8}}(?:ชื่อ)?(มาตรการ|กิจกรรม|โครงการ|แนวทาง|มาตรการ/แนวทาง|มาตรการ/กิจกรรม|มาตรการ{_AIM})\s*:\s*(.{{0,300}})"
)
_WAYS = re.compile(r"แนวทาง(?:การ|ใน)*(?:ดำเนินการ|ดำเนินงาน|ปฏิบัติ(?:งาน)?)")
_ROMAN = re.compile(r"\s*([IVX]{1,5})((?:\.\d{1,2}){0,2})(?:[.)]\s*|\s+)(?=\D)(.{2,300})")
_LETTER = re.compile(r"\s*\(?([ก-ฮ])[.)]\s+(\S.{1,300})")
_NUMBER = re.compile(r"\s*(\(?)(\d{1,2}(?:\.\d{1,2}){0,3})(?:\s?([.)])\)?\s*|\s+)(?=[^\d\s.)])(.{2,300})")
_BULLET = re.compile(r"\s*([-–—•*✓➢▪●○◦]|o(?=\s))\s*(?=[^\s\d])(.{2,300})")
_WORD = re.compile(r"\s*(มาตรการ(?!ที่).{6,160})")
_PREFIX = r"[-•●*\s]{0,4}(?:\(?(?:\d{1,2}(?:\.\d{1,2}){0,2}|[ก-ฮ])[.)]?\s)?\s*"
_COLON = re.compile(rf"{_PREFIX}([^:\d]{{4,44}}?)\s*:\s*(.*)")
_ALONE = re.compile(rf"{_PREFIX}([^:\d]{{4,44}})")
_FOLLOW = r"กำกับ|ติดตาม|รายงาน|ประเมิน"
_STRONG = (
    r"(?:หน่วยงาน|ส่วนราชการ|ส่วนงาน|ผู้)(?:ที่|ผู้)?รับผิดชอบ(?:หลัก|รอง|ร่วม)?|"
    r"(?:หน่วยงาน|ส่วนราชการ|ส่วนงาน|หน่วย)(?:หลัก|รอง|ร่วม|สนับสนุน|เจ้าภาพ|เจ้าของเรื่อง|ดำเนินการ|ปฏิบัติ)|"
    r"เจ้าภาพ(?:หลัก|รอง|ร่วม)?|ผู้ดำเนินการ|ผู้ปฏิบัติ|"
    r"(?:กำหนด|ห้วง|ช่วง|ระยะ|กรอบ)เวลา(?:ใน)?(?:การ)?(?:ดำเนินการ|ดำเนินงาน|ปฏิบัติ(?:งาน)?|แล้วเสร็จ)?|กำหนดแล้วเสร็จ"
)
_BARE = re.compile(
    r"(?:ขั้นตอน|วิธี|แนวทาง|กระบวนการ)(?:การ)?(?:และวิธีการ|/วิธีการ)?(?:ดำเนินการ|ดำเนินงาน|ปฏิบัติ(?:งาน)?)?|"
    rf"{_STRONG}|(?:หน่วยงาน|ส่วนราชการ|ผู้|ส่วนงาน|ฝ่าย)(?:ที่|ผู้)?(?:รับผิดชอบ|ดำเนินการ)(?:หลัก)?|"
    rf"(?:แนวทาง|วิธี)?(?:การ)?(?:{_FOLLOW})(?:การ)?(?:{_FOLLOW}|ผล|และ|/|การ){{0,8}}|"
    r"กิจกรรม(?:ที่ดำเนินการ|หลัก|การดำเนินงาน)?|วัตถุประสงค์|เป้าหมาย|ตัวชี้วัด(?:ความสำเร็จ)?|งบประมาณ|ผลที่คาดว่าจะได้รับ|หลักการและเหตุผล|สถานที่(?:ดำเนินการ)?"
)
_LEADER = re.compile(
    rf"{_PREFIX}({_STRONG}|(?:วิธี|ขั้นตอน|แนวทาง)(?:การ)?(?:ดำเนินการ|ดำเนินงาน|ปฏิบัติ(?:งาน)?)?|"
    rf"(?:แนวทาง|วิธี)?การ(?:{_FOLLOW})(?:การ)?(?:{_FOLLOW}|ผล|และ|/|การ){{0,8}})\s+(?:[-–—]\s+)?(\S.*)"
)
_HELPERS = re.compile(r"(?:หน่วยงาน|ส่วนราชการ|ส่วนงาน|เจ้าภาพ)(?:รอง|ร่วม|สนับสนุน)")
_EVALUATION = re.compile(r"(?:แนวทาง|วิธี)?(?:การ)?ประเมินผล(?:การดำเนินงาน|การดำเนินการ|สำเร็จ|ความสำเร็จ)?")
_INLINE = re.compile(r"\s+(?=[ก-๙/][ก-๙/()]{3,40}\s?:\s)")
_WRAPPED = re.compile(r"\s*\(([^()]{4,44}:[^()]{2,200})\)\s*")
_ONLY_MARK = re.compile(r"\s*(?:[-•●*]|\(?(?:\d{1,2}(?:\.\d{1,2}){0,2}|[ก-ฮ])[.)]?)\s*")
_AFTER_ITEM = re.compile(rf"\s+(?=(?:{_STRONG})\s)")
_JOINED = "".join(
    f"(?<!{word})" for word in ("หน่วยงาน", "ส่วนราชการ", "และ", "การ", "/", "กำหนด", "ของ", "ตาม", "ที่", "ให้")
)
_LONGEST, _OFTEN, _SURE, _MOST_LABELS = 2_000, 2, 6, 60


@dataclass(slots=True)
class BlockLine:
    """One line: a label with its value, or words with the style of their number ("n.", "n.n", "มาตรการ n", "-").

    `role` is what the label names, "" for a line that is none; `way` says that it may as well name a measure, `inside`
    that it stands in one cell with the label above it, whatever its number.
    """

    text: str
    line: int
    label: str = ""
    role: str = ""
    value: str = ""
    style: str = ""
    number: str | None = None
    words: str = ""
    bare: bool = False
    way: bool = False
    inside: bool = False


def block_lines(layout: Layout) -> list[BlockLine]:
    """Return the lines of a document outside of its wide tables, each label with its value on a line of its own."""
    raw = [piece for line in _raw(layout) for piece in _cut(line, _INLINE)]
    known = Counter(label for line in raw for label in _labels(line.text))
    if recurring := _recurring(known):
        raw = [piece for line in raw for piece in _unglued(line, recurring)]
        known = Counter(label for line in raw for label in _labels(line.text))
    return list(_in_cells(layout, [_line(line, known) for line in raw]))


def _in_cells(layout: Layout, lines: list[BlockLine]) -> Iterator[BlockLine]:
    """Yield the lines, those that stand below a label in its cell bound to it."""
    rows = {row.line for block in layout.blocks if isinstance(block, Table) for row in block.rows}
    labelled = 0
    for line in lines:
        if line.role:
            labelled = line.line
        elif line.line == labelled and line.line in rows and not line.way:
            line.style, line.number, line.inside = "", None, True
        yield line


def _raw(layout: Layout) -> Iterator[Paragraph]:
    for block in layout.blocks:
        if isinstance(block, Paragraph):
            wrapped = _WRAPPED.fullmatch(block.text)
            yield Paragraph(wrapped[1], block.line) if wrapped else block
            continue
        for row in block.rows:
            filled = [cell for cell in row.cells if cell.parts]
            if len(filled) == 2 and (label_role(filled[0].text) or _is_name(filled[0].text)):  # noqa: PLR2004
                yield Paragraph(f"{filled[0].text} : {filled[1].parts[0]}", row.line)
                yield from (Paragraph(part, row.line) for part in filled[1].parts[1:])


def _is_name(text: str) -> bool:
    found = _NAMED.fullmatch(arabic(text)) or _TITLED.fullmatch(f"{arabic(text)} : ")
    return bool(found) and not found[found.re.groups]  # type: ignore[index,union-attr]


def _cut(line: Paragraph, at: re.Pattern[str]) -> list[Paragraph]:
    if len(line.text) > _LONGEST:
        return [line]
    pieces = [piece for piece in at.split(line.text) if piece.strip()]
    if len(pieces) > 1 and _ONLY_MARK.fullmatch(arabic(pieces[0])):
        pieces[:2] = [f"{pieces[0]} {pieces[1]}"]
    return [Paragraph(piece, line.line) for piece in pieces]


def _labels(text: str) -> Iterator[str]:
    """Yield the squeezed words of the label with which a line begins, if it may be one."""
    plain = arabic(text[:_LONGEST])
    if found := _COLON.fullmatch(plain) or _LEADER.fullmatch(plain):
        if label_role(found[1]):
            yield squeeze(found[1])
    elif (found := _ALONE.fullmatch(plain)) and _BARE.fullmatch(squeeze(found[1])):
        yield squeeze(found[1])


@dataclass(frozen=True, slots=True)
class _Recurring:
    """The labels that recur at the beginning of lines: where they stand inside a line, and at its end."""

    inside: re.Pattern[str]
    at_end: re.Pattern[str]


def _recurring(known: Counter[str]) -> _Recurring | None:
    words = [re.escape(word) for word, count in known.items() if count >= _OFTEN and len(word) >= _SURE]
    labels = "|".join(sorted(words[:_MOST_LABELS], key=len, reverse=True))
    if not labels:
        return None
    return _Recurring(
        re.compile(rf"(?<=[ก-๙\d)])\s*{_JOINED}(?=(?:{labels})\s?:)"),
        re.compile(rf"(?<=[ก-๙)]){_JOINED}(?:{labels})\s*$"),
    )


def _unglued(line: Paragraph, recurring: _Recurring) -> list[Paragraph]:
    """Part a line before a label that recurs at the beginning of other lines: a reader glued it there."""
    if len(line.text) > _LONGEST:
        return [line]
    pieces = [
        piece
        for part in _cut(line, recurring.inside)
        for piece in (_cut(part, _AFTER_ITEM) if _styled(arabic(part.text)) else [part])
    ]
    last = pieces[-1] if pieces else line
    ends = recurring.at_end.search(last.text)
    if ends and ends.start() and _styled(arabic(last.text)):
        pieces[-1:] = [Paragraph(last.text[: ends.start()], line.line), Paragraph(ends[0], line.line)]
    return pieces


def _line(line: Paragraph, known: Counter[str]) -> BlockLine:
    text, plain = line.text, arabic(line.text)
    if len(plain) > _LONGEST:
        return BlockLine(text, line.line)
    if labelled := _titled(line, plain) or _labelled(line, plain, known):
        return labelled
    style, number, at = _styled(plain) or ("", None, 0)
    return BlockLine(text, line.line, style=style, number=number, words=text[at:].strip())


def _titled(line: Paragraph, plain: str) -> BlockLine | None:
    """Return a line that names its measure behind a label ("มาตรการ : …"); "แนวทาง : …" may as well be its steps."""
    found = _TITLED.fullmatch(plain)
    if not found:
        return None
    label, title, numbered = squeeze(found[1]), line.text[found.start(2) :].strip(), _styled(plain)
    return BlockLine(
        line.text,
        line.line,
        label=label,
        role="steps" if label == "แนวทาง" else "",
        value=title,
        style="แนวทาง:" if label == "แนวทาง" else "มาตรการ:",
        number=numbered[1] if numbered else None,
        words=title,
        way=True,
    )


def _labelled(line: Paragraph, plain: str, known: Counter[str]) -> BlockLine | None:
    """Return a line as a label with its value, None when it is none; a numbered one without a colon must recur."""
    text = line.text
    if (found := _COLON.fullmatch(plain)) and not _NAMED.match(plain) and (role := label_role(found[1])):
        return BlockLine(text, line.line, squeeze(found[1]), role, text[found.start(2) :].strip())
    if (found := _ALONE.fullmatch(plain)) and _BARE.fullmatch(squeeze(found[1])):
        label = squeeze(found[1])
        stands_once = squeeze(plain) != label and known[label] < _OFTEN
        if (role := label_role(label)) and not stands_once:
            return BlockLine(text, line.line, label, role, bare=True)
    found = _LEADER.fullmatch(plain)
    if found and known[squeeze(found[1])] >= (
        1 if _HELPERS.fullmatch(squeeze(found[1])) and _recurs(known) else _OFTEN
    ):
        return BlockLine(text, line.line, squeeze(found[1]), label_role(found[1]), text[found.start(2) :].strip())
    return None


def begun_list(line: BlockLine) -> BlockLine | None:
    """Return the item with which the value of a label begins a list ("วิธีดำเนินการ : ๑) …"), None for plain words."""
    style, number, _ = _styled(arabic(line.value)) or ("", None, 0)
    return BlockLine(line.value, line.line, style=style, number=number) if style not in ("", "word") else None


def _recurs(known: Counter[str]) -> bool:
    return any(count >= _OFTEN for count in known.values())


def _styled(plain: str) -> tuple[str, str | None, int] | None:
    """Return how a line is numbered: the style, the number, and where its words begin; None for running text."""
    if found := _NAMED.fullmatch(plain):
        return f"{found[1]} {_depth(found[2])}", found[2], found.start(3)
    if found := _ROMAN.fullmatch(plain):
        return f"roman{found[2] and '.n'}", f"{found[1]}{found[2]}", found.start(3)
    if found := _NUMBER.fullmatch(plain):
        return _numbered(found)
    if found := _LETTER.fullmatch(plain):
        return "ก.", found[1], found.start(2)
    if found := _BULLET.fullmatch(plain):
        return {"–": "-", "—": "-"}.get(found[1], found[1]), None, found.start(2)
    return ("word", None, 0) if _WORD.fullmatch(plain) else None


def _numbered(found: re.Match[str]) -> tuple[str, str | None, int] | None:
    """Return the style of a numbered line; a day ("๑๒ มกราคม …") and a bare short number are none."""
    bare = found[3] is None and "." not in found[2]
    if re.match(MONTH, found[4]) or (bare and len(found[4]) < _SURE):
        return None
    depth = _depth(found[2])
    mark = "" if depth != "n" else ")" if found[3] == ")" else "."
    return f"{found[1]}{depth}{mark}", found[2], found.start(4)


def _depth(number: str) -> str:
    return ".".join("n" for _ in number.split("."))


def label_role(text: str) -> str:
    """Return which part of a measure a label names; one that is none of ours ("วัตถุประสงค์") ends the part before."""
    key = squeeze(text)
    if key.count("(") != key.count(")"):
        return ""
    if key.startswith(("หลักการ", "สถานที่")):
        return "other"
    if key in ("แนวทาง", "กิจกรรม", "กิจกรรมที่ดำเนินการ", "กิจกรรมหลัก") or _WAYS.fullmatch(key):
        return "steps"
    role = column_role(key) or ("monitor" if _EVALUATION.fullmatch(key) else "")
    return role if role in (*FIELDS, "other", "indicator") else ""
