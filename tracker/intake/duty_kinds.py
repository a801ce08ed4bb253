"""What an item of a measure's row asks for: a report, a publication, a product, a superior's follow-up, or an act."""

import re

from tracker.domain.plans import ObligationKind
from tracker.domain.thai.numerals import arabic

_SUPERVISOR = re.compile(r"(?:คณะ)?ผู้บริหาร|ผู้บังคับบัญชา|นายก|ปลัด|หัวหน้าหน่วยงาน")
_FOLLOWS_UP = re.compile(
    r"(?:ผู้ว่าราชการจังหวัด|อธิบดี|อธิการบดี|คณบดี|ผู้อำนวยการ|หัวหน้า|คณะกรรมการ|คณะทำงาน|ผอ\.)[^\n]{0,40}?(?:กำกับ|ติดตาม|ตรวจ)"
)
_UNIT_FOLLOWS_UP = re.compile(
    r"(?:สำนัก|กอง|กลุ่ม|ฝ่าย|ศูนย์|หน่วย|งาน|คณะ|จังหวัด|อำเภอ|เลขานุการ)(?!ติดตาม|ตรวจ)[^\n]{2,40}?(?:กำกับ|ติดตาม)"
)
_TOLD_UPWARDS = re.compile(r"สรุป|(?<!ข้อ)เสนอ(?!แนะ)|นำเรียน|(?:แจ้ง|ส่ง)ผล")


def kind_of_duty(text: str) -> ObligationKind:
    """Return what an item asks for; a supervisor's follow-up is no report, however often it says the word."""
    words = arabic(text)
    if _SUPERVISOR.match(words) or (words.startswith("กำกับ") and "รายงาน" not in words):
        return "supervise"
    if (follows := _FOLLOWS_UP.match(words)) and "รายงาน" not in follows[0]:
        return "supervise"
    if "รายงาน" in words:
        return "report"
    if _UNIT_FOLLOWS_UP.match(words):
        return "supervise"
    if re.search(r"เผยแพร่|ประชาสัมพันธ์|ประกาศให้", words):
        return "publish"
    return "produce" if re.search(r"จัดทำ|กำหนด|ทบทวน|ปรับปรุง", words) else "activity"


def kind_of_follow_up(text: str) -> ObligationKind:
    """Return what the column of follow-ups asks for; there a summary laid before a superior is a report."""
    kind = kind_of_duty(text)
    return "report" if kind in ("activity", "produce") and _TOLD_UPWARDS.search(text) else kind
