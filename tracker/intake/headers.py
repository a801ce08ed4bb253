"""What the columns of a table mean, by the words of its header, in any order and wording."""

import re
from dataclasses import dataclass

from tracker.domain.thai.numerals import arabic, squeeze
from tracker.intake.layout import Row
from tracker.intake.ticks import period_label

_LONGEST = 90
"""A header's cell is short; one that is longer is content that happens to use a header's words."""

_OWNER = (
    "รับผิดชอบ",
    "ผู้ดำเนินการ",
    "ผู้ปฏิบัติ",
    "ผู้ขับเคลื่อน",
    "หน่วยงานหลัก",
    "หน่วยงานสนับสนุน",
    "หน่วยงานร่วม",
    "หน่วยงานดำเนินการ",
    "หน่วยดำเนินการ",
    "หน่วยงานปฏิบัติ",
    "เจ้าภาพ",
    "เจ้าของเรื่อง",
)
_OWNER_ALONE = (
    "หน่วยงาน",
    "ผู้เกี่ยวข้อง",
    "ผู้ที่เกี่ยวข้อง",
    "หน่วยงานที่เกี่ยวข้อง",
    "ส่วนราชการ",
    "ส่วนงาน",
    "สำนัก/กอง",
    "กอง/สำนัก",
    "กอง/ฝ่าย",
    "กลุ่ม/ฝ่าย",
    "กลุ่มงาน",
    "ฝ่าย/งาน",
)
_MONITOR = ("กำกับ", "ติดตาม", "รายงานผล", "การรายงาน", "วิธีรายงาน")
_TIME = (
    "ระยะเวลา",
    "กำหนดเวลา",
    "ห้วงเวลา",
    "ช่วงเวลา",
    "กรอบเวลา",
    "กำหนดการ",
    "กำหนดส่ง",
    "เวลาดำเนิน",
    "แล้วเสร็จ",
    "ปฏิทิน",
    "วันที่ดำเนิน",
    "เริ่มต้น",
    "วันที่เริ่ม",
    "วัน/เดือน/ปี",
    "วันเดือนปี",
)
_UNTIL = ("สิ้นสุด", "วันที่สิ้นสุด", "ถึงวันที่", "ถึง")
_STEPS = ("ขั้นตอน", "วิธีการ", "วิธีดำเนิน", "วิธีปฏิบัติ", "กระบวนการ", "การดำเนินการ", "รายละเอียดการดำเนิน", "แนวทางการดำเนิน")
_ALONE = {
    "": "",
    **dict.fromkeys(_UNTIL, "until"),
    "เวลา": "time",
    "รายละเอียด": "steps",
    "วิธี": "steps",
    "การปฏิบัติ": "steps",
}
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
    "กลุ่มเป้าหมาย",
    "สาเหตุ",
)
_RESULTS = ("ผลการดำเนิน", "ผลการปฏิบัติ", "ผลที่ได้", "ผลการจัดกิจกรรม", "ผลดำเนิน", "สรุปผลการดำเนิน", "การดำเนินการที่แล้ว")
_ANALYSIS = ("วิเคราะห์", "สาเหตุ", "คะแนน", "ข้อค้นพบ", "ข้อคำถาม")
_NUMBERS = re.compile(r"(?:ที่|ลำดับ|ลำดับที่|ข้อ|ข้อที่|no\.?)")
_ITEM = re.compile(r"\s*(?:[-•*]|\(?\d{1,2}\s?[.)])")


@dataclass(frozen=True, slots=True)
class Columns:
    """Where in a row each thing stands; None when the table has no such column.

    One merged column may be two things at once. `helpers` are further columns of owners, `until` the end of the
    time that `time` begins, `periods` the columns that are ticked, with their months or quarters. `results` says
    that the table tells what was done, as last year's report does.
    """

    title: int
    width: int
    number: int | None = None
    steps: int | None = None
    owner: int | None = None
    time: int | None = None
    monitor: int | None = None
    indicator: int | None = None
    issue: int | None = None
    helpers: tuple[int, ...] = ()
    until: int | None = None
    periods: tuple[tuple[int, str], ...] = ()
    results: bool = False


def measure_columns(row: Row) -> Columns | None:
    """Return the columns when a row is the header of a table of measures, or None.

    Such a header names the measures and who is responsible for them, or else the steps and when or how they
    are followed up: an analysis or a table of scores has none of these.
    """
    if any(len(cell.text) > _LONGEST or _ITEM.match(arabic(cell.text)) for cell in row.cells):
        return None
    texts = [squeeze(cell.text) for cell in row.cells]
    roles = [_role(text) for text in texts]
    title = _title(roles)
    if title is None or _is_analysis(texts, roles):
        return None
    columns = _columns(texts, roles, title, _periods(row))
    timed = columns.time is not None or columns.monitor is not None or columns.periods
    return columns if columns.owner is not None or (columns.steps is not None and timed) else None


def column_role(text: str) -> str:
    """Return what a header's cell (squeezed) names: "owner", "time" … or "" when it names nothing known."""
    return _role(text)[0]


def _columns(
    texts: list[str], roles: list[tuple[str, int]], title: int, periods: tuple[tuple[int, str], ...]
) -> Columns:
    names = [name for name, _ in roles]
    owner, time, until = _first(names, "owner"), _first(names, "time"), _first(names, "until")
    steps = _steps(texts, roles, title)
    ticked = {n for n, _ in periods}
    if time is None and owner is not None and any(word in texts[owner] for word in _TIME):
        time = owner
    return Columns(
        title=title,
        width=len(texts),
        number=_first(names, "number"),
        steps=steps,
        owner=owner,
        time=until if time is None else None if time in ticked else time,
        monitor=_first(names, "monitor"),
        indicator=_first(names, "indicator"),
        issue=next((n for n, (name, _) in enumerate(roles) if name == "title" and n not in (title, steps)), None),
        helpers=tuple(n for n, name in enumerate(names) if name == "owner" and n != owner),
        until=None if time is None or time in ticked else until,
        periods=periods,
        results=any(text.startswith(_RESULTS) for text in texts),
    )


def _periods(row: Row) -> tuple[tuple[int, str], ...]:
    """Return the columns that are months or quarters; one alone is none."""
    named = [(n, label) for n, cell in enumerate(row.cells) if (label := period_label(cell.text))]
    return tuple(named) if len(named) > 1 else ()


def _steps(texts: list[str], roles: list[tuple[str, int]], title: int) -> int | None:
    """Return the column of the steps: so called, or the method beside a measure, or merged with the title."""
    named = _first([name for name, _ in roles], "steps", but=title)
    if named is not None:
        return named
    ranked = [(n, rank) for n, (name, rank) in enumerate(roles) if n != title and name == "title"]
    own = roles[title][1]
    ways = [
        n
        for n, rank in ranked
        if rank == _METHOD or (rank == _ACTIVITY and (own > rank or (own == rank and n > title)))
    ]
    if ways:
        return min(ways, key=lambda n: (n < title, n))
    return title if any(word in texts[title] for word in _STEPS) else None


def _is_analysis(texts: list[str], roles: list[tuple[str, int]]) -> bool:
    """Say whether a table tells what was found: it has no column for measures, and one for causes or scores."""
    measured = any(name == "title" and rank > _METHOD for name, rank in roles)
    found = any(word in text and not text.startswith("แนวทาง") for text in texts for word in _ANALYSIS)
    return found and not measured and not any(name in ("time", "monitor", "steps") for name, _ in roles)


_METHOD = 3  # the rank of แนวทาง, which is the method where another column names the measure
_ACTIVITY = 4  # the rank of กิจกรรม and โครงการ, which are its steps where a column of มาตรการ names the measure
_FAR = 14  # "วิธีการกำกับติดตาม" is about the follow-up, "ขั้นตอน/วิธีการ/การกำกับติดตาม" about the steps


def _role(text: str) -> tuple[str, int]:
    """Return what a header's cell names, and for a title how surely it names the measure."""
    if text in _ALONE:
        return _ALONE[text], 0
    if _NUMBERS.fullmatch(text):
        return "number", 0
    if any(word in text for word in _OWNER) or text in _OWNER_ALONE:
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
        return "title", max(rank for word, rank in _TITLES if word in text)
    return ("indicator", 0) if text.startswith("ตัวชี้วัด") and "สำเร็จ" not in text else (first[1], 0)


_TITLE_WORDS = tuple(word for word, _ in _TITLES)


def _earliest(text: str, words: tuple[str, ...]) -> int:
    return min((text.find(word) for word in words if word in text), default=len(text))


def _title(roles: list[tuple[str, int]]) -> int | None:
    """Return the column that names the measures: the surest word; แนวทาง gives way when it alone is the method."""
    titles = [(rank, -n) for n, (name, rank) in enumerate(roles) if name == "title"]
    steps = [n for n, (name, _) in enumerate(roles) if name == "steps"]
    if not titles:
        indicator = _first([name for name, _ in roles], "indicator")
        return steps[0] if len(steps) > 1 else indicator if steps else None
    has_steps = bool(steps)
    if not has_steps and len(titles) > 1 and max(titles)[0] == _METHOD:
        titles = [one for one in titles if one[0] != _METHOD] or titles
    return -max(titles)[1]


def _first(names: list[str], name: str, but: int | None = None) -> int | None:
    return next((n for n, found in enumerate(names) if found == name and n != but), None)
