"""What a header's cell names, by its words: owners, times, steps, follow-up, the measure itself."""

import re

METHOD = 3
"""The rank of แนวทาง, which is the method where another column names the measure."""
ACTIVITY = 4
"""The rank of กิจกรรม and โครงการ, which are its steps where a column of มาตรการ names the measure."""
BEST = 5
"""The rank of มาตรการ."""

_OWNER = (
    "รับผิดชอบ",
    "ผู้ดำเนินการ",
    "ผู้ปฏิบัติ",
    "ผู้ขับเคลื่อน",
    "หน่วยงานหลัก",
    "หน่วยงานสนับสนุน",
    "หน่วยงานร่วม",
    "ผู้สนับสนุน",
    "ผู้ร่วมดำเนิน",
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
_REPORT = re.compile(
    r"(?:.{0,20}(?:กำหนด|ส่ง|วันที่|วัน|รอบ|งวด|รับ|จัดทำ|แบบ|เวลา|ผู้|ช่องทาง|ความถี่))?รายงาน(?:ครั้ง.{0,6}|รอบ.{0,12}|งวด.{0,6}|\(.{0,20})?|"
    r"(?:ระยะ|กำหนด|ช่วง|ห้วง|วัน|รอบ|งวด|เวลา|ที่|ใน|ของ|การ|จัด|ต้อง|ครบ|ส่ง){1,6}รายงานผล.{0,20}"
)
TIMES = (
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
_UNTIL = ("ถึงวันที่", "ถึง")
_WHEN = r"(?:วัน|เดือน|ปี|เวลา|กำหนด|ช่วง|ห้วง|ระยะ|ที่|การ|ดำเนิน|งาน|โครงการ|กิจกรรม|[/.]){0,6}"
_BEGINS = re.compile(rf"{_WHEN}(?:เริ่ม|ตั้งแต่).{{0,20}}")
_ENDS = re.compile(rf"{_WHEN}(?:สิ้นสุด|เสร็จ|แล้วเสร็จ|ครบกำหนด|ถึงวัน|ถึงเดือน).{{0,20}}")
STEPS = ("ขั้นตอน", "วิธีการ", "วิธีดำเนิน", "วิธีปฏิบัติ", "กระบวนการ", "การดำเนินการ", "รายละเอียดการดำเนิน", "แนวทางการดำเนิน")
_ALONE = {
    "": "",
    **dict.fromkeys(_UNTIL, "until"),
    "จากวันที่": "start",
    "จาก": "start",
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
_FAR = 14  # "วิธีการกำกับติดตาม" is about the follow-up, "ขั้นตอน/วิธีการ/การกำกับติดตาม" about the steps
_NUMBERS = re.compile(r"(?:ที่|ลำดับ|ลำดับที่|ข้อ|ข้อที่|no\.?)")


def column_role(text: str) -> str:
    """Return what a header's cell (squeezed) names: "owner", "time" … or "" when it names nothing known."""
    role = role_of(text)[0]
    return "time" if role == "start" or (role == "until" and text not in _ALONE) else role


def role_of(text: str) -> tuple[str, int]:
    """Return what a header's cell names, and for a title how surely it names the measure."""
    if text in _ALONE:
        return _ALONE[text], 0
    if _NUMBERS.fullmatch(text):
        return "number", 0
    if any(word in text for word in _OWNER) or text in _OWNER_ALONE:
        return "owner", 0
    if _REPORT.fullmatch(text):
        return "monitor", 0
    if (follow_up := _follow_up(text)) and not text.startswith(("มาตรการ/", "ผล")):
        return follow_up, 0
    return _content(text)


def _follow_up(text: str) -> str:
    """Return "monitor" or a word of time, whichever is named first, unless the cell is about the steps above all.

    A time is "time", or "start" or "until" when the cell names that end of it alone.
    """
    begins, ends = _BEGINS.fullmatch(text), _ENDS.fullmatch(text)
    if (begins or ends) and not any(word in text for word in _MONITOR):
        both = begins and re.search("สิ้นสุด|เสร็จ|ถึง", text)
        return "time" if both else "start" if begins else "until"
    monitor, time = _earliest(text, _MONITOR), _earliest(text, TIMES)
    about_steps = text.startswith(STEPS) and monitor > _FAR
    if about_steps or min(monitor, time) == len(text):
        return ""
    return "monitor" if monitor < time else "time"


def _content(text: str) -> tuple[str, int]:
    first = min(
        (_earliest(text, words), name) for words, name in ((STEPS, "steps"), (_OTHER, "other"), (_TITLE_WORDS, "title"))
    )
    if first[0] == len(text):
        return "", 0
    if first[1] == "title":
        return "title", max(rank for word, rank in _TITLES if word in text)
    return ("indicator", 0) if text.startswith("ตัวชี้วัด") and "สำเร็จ" not in text else (first[1], 0)


_TITLE_WORDS = tuple(word for word, _ in _TITLES)


def _earliest(text: str, words: tuple[str, ...]) -> int:
    return min((text.find(word) for word in words if word in text), default=len(text))
