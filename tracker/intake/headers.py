"""What the columns of a table mean, by the words of its header, in any order and wording."""

import re
from dataclasses import dataclass

from tracker.domain.thai.numerals import arabic, squeeze
from tracker.intake.layout import Row

_LONGEST, _SHORT = 90, 24
"""A header's cell is short; one that is longer is content that happens to use a header's words."""

_OWNER = ("รับผิดชอบ", "ผู้ดำเนินการ", "หน่วยงานหลัก", "หน่วยงานดำเนินการ", "หน่วยงานเจ้าภาพ", "เจ้าภาพ")
_MONITOR = ("กำกับ", "ติดตาม", "รายงานผล", "การรายงาน", "วิธีรายงาน")
_TIME = ("ระยะเวลา", "กำหนดเวลา", "ห้วงเวลา", "ช่วงเวลา", "กำหนดการ", "เวลาดำเนิน", "แล้วเสร็จ", "ปฏิทิน", "วันที่ดำเนิน")
_STEPS = ("ขั้นตอน", "วิธีการ", "วิธีดำเนิน", "วิธีปฏิบัติ", "กระบวนการ", "การดำเนินการ", "รายละเอียดการดำเนิน", "แนวทางการดำเนิน")
_TITLES = (
    ("มาตรการ", 5),
    ("กิจกรรม", 4),
    ("โครงการ", 4),
    ("แนวทาง", 3),
    ("ประเด็น", 2),
    ("ข้อบกพร่อง", 2),
    ("จุดอ่อน", 2),
    ("หัวข้อ", 1),
    ("เรื่อง", 1),
)
_OTHER = (
    "ผลการดำเนิน",
    "ผลที่คาด",
    "ผลลัพธ์",
    "ผลสำเร็จ",
    "ตัวชี้วัด",
    "เป้าหมาย",
    "งบประมาณ",
    "หมายเหตุ",
    "คะแนน",
    "วัตถุประสงค์",
    "ปัญหา",
    "ข้อเสนอแนะ",
    "หลักฐาน",
)
_NUMBERS = re.compile(r"(?:ที่|ลำดับ|ลำดับที่|ข้อ|ข้อที่|no\.?)")
_ITEM = re.compile(r"\s*(?:[-•*]|\(?\d{1,2}\s?[.)])")
_COLUMN_MARK = re.compile(r"\(?\d{1,2}\)?")


@dataclass(frozen=True, slots=True)
class Columns:
    """Where in a row each thing stands; None when the table has no such column."""

    title: int
    width: int
    number: int | None = None
    steps: int | None = None
    owner: int | None = None
    time: int | None = None
    monitor: int | None = None
    indicator: int | None = None
    issue: int | None = None


def measure_columns(row: Row) -> Columns | None:
    """Return the columns when a row is the header of a table of measures, or None.

    Such a header names the measures and who is responsible for them, or else the steps and when or how they
    are followed up: an analysis or a table of scores has none of these.
    """
    if any(len(cell.text) > _LONGEST or _ITEM.match(arabic(cell.text)) for cell in row.cells):
        return None
    roles = [_role(squeeze(cell.text)) for cell in row.cells]
    names = [name for name, _ in roles]
    title = _title(roles)
    if title is None:
        return None
    steps = _first(names, "steps", but=title)
    if steps is None:
        steps = next(
            (n for n, (name, rank) in enumerate(roles) if n != title and name == "title" and rank == _METHOD), None
        )
    if _first(names, "owner") is None and (steps is None or not {"time", "monitor"} & set(names)):
        return None
    return Columns(
        title=title,
        width=len(row.cells),
        number=_first(names, "number"),
        steps=steps,
        owner=_first(names, "owner"),
        time=_first(names, "time"),
        monitor=_first(names, "monitor"),
        indicator=_first(names, "indicator"),
        issue=next((n for n, (name, _) in enumerate(roles) if name == "title" and n not in (title, steps)), None),
    )


def goes_with_header(row: Row) -> bool:
    """Say whether a row belongs to the header above it: it numbers the columns, or names parts of them."""
    texts = [squeeze(cell.text) for cell in row.cells if cell.parts]
    marks = all(_COLUMN_MARK.fullmatch(text) for text in texts)
    names = all(len(text) <= _SHORT and _role(text)[0] in ("steps", "owner", "time", "monitor") for text in texts)
    return len(texts) > 1 and (marks or names)


_METHOD = 3  # the rank of แนวทาง, which is the method where another column names the measure
_FAR = 14  # "วิธีการกำกับติดตาม" is about the follow-up, "ขั้นตอน/วิธีการ/การกำกับติดตาม" about the steps


def _role(text: str) -> tuple[str, int]:
    """Return what a header's cell names, and for a title how surely it names the measure."""
    if not text:
        return "", 0
    if _NUMBERS.fullmatch(text):
        return "number", 0
    if any(word in text for word in _OWNER) or text in ("หน่วยงาน", "ผู้เกี่ยวข้อง", "หน่วยงานที่เกี่ยวข้อง"):
        return "owner", 0
    if (follow_up := _follow_up(text)) and not text.startswith(("มาตรการ/", "ผล")):
        return follow_up, 0
    return _content(text)


def _follow_up(text: str) -> str:
    """Return "monitor" or "time", whichever is named first, unless the cell is about the steps above all."""
    monitor, time = _earliest(text, _MONITOR), _earliest(text, _TIME)
    about_steps = text.startswith(_STEPS) and monitor > _FAR
    if about_steps or min(monitor, time) == len(text):
        return ""
    return "monitor" if monitor < time else "time"


def _content(text: str) -> tuple[str, int]:
    first = min(
        (_earliest(text, words), name)
        for words, name in ((_STEPS, "steps"), (_OTHER, "other"), (_TITLE_WORDS, "title"))
    )
    if first[0] == len(text):
        return "", 0
    if first[1] == "title":
        return "title", max(rank for word, rank in _TITLES if text.find(word) == first[0])
    return ("indicator", 0) if text.startswith("ตัวชี้วัด") and "สำเร็จ" not in text else (first[1], 0)


_TITLE_WORDS = tuple(word for word, _ in _TITLES)


def _earliest(text: str, words: tuple[str, ...]) -> int:
    return min((text.find(word) for word in words if word in text), default=len(text))


def _title(roles: list[tuple[str, int]]) -> int | None:
    """Return the column that names the measures: the surest word; แนวทาง gives way when it alone is the method."""
    titles = [(rank, -n) for n, (name, rank) in enumerate(roles) if name == "title"]
    if not titles:
        return _first([name for name, _ in roles], "indicator")
    has_steps = any(name == "steps" for name, _ in roles)
    if not has_steps and len(titles) > 1 and max(titles)[0] == _METHOD:
        titles = [one for one in titles if one[0] != _METHOD] or titles
    return -max(titles)[1]


def _first(names: list[str], name: str, but: int | None = None) -> int | None:
    return next((n for n, found in enumerate(names) if found == name and n != but), None)
