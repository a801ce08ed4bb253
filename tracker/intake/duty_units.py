"""Which one unit a demand names as its doer: asked of it ("ให้กองแผนรวบรวม …"), or named first ("กองแผนรวบรวม …")."""

import re
from collections.abc import Iterable

from tracker.domain.plans import Responsible
from tracker.domain.thai.numerals import squeeze
from tracker.intake.layout import Cell
from tracker.intake.owners import read_owners

_ASKED = re.compile(
    r"(?:(?:โดย|ขอ|จึง|และ|แล้ว)?ให้|มอบหมาย(?:ให้)?|ขอความร่วมมือ(?:ให้)?|ขอความอนุเคราะห์(?:ให้)?|โปรด|กรุณา)\s*"
)
_ITEM = re.compile(r"[\s•*–-]{0,4}(?:\(?[\d๐-๙]{1,2}(?:\.[\d๐-๙]{1,2})?[.)]?\s*)?")
_ACT = re.compile(
    r"เป็น(?:ผู้|หน่วย)|รับผิดชอบ|รวบรวม|ประมวล|สรุป|รายงาน|จัดส่ง|นำส่ง|ส่ง(?!เสริม)|แจ้ง|เสนอ|จัดทำ|นำ|เผยแพร่|ดำเนินการ|กำกับ|ประกาศ"
)
_DOES = re.compile(
    rf"\s*(?:จะ|ต้อง|จะต้อง|มีหน้าที่|เป็นผู้)?\s*(?:{_ACT.pattern}|ติดตาม|ตรวจ|ประเมิน|ทบทวน|ปรับปรุง|วิเคราะห์|จัด|ประชุม|ประชาสัมพันธ์|บันทึก|สำรวจ)"
)
_NAMED = re.compile(
    r"(?:สำนัก|กอง|กลุ่ม|ฝ่าย|ศูนย์|หน่วย(?!งาน(?!ตรวจสอบ))|งาน|สถาบัน|คณะกรรมการ|คณะทำงาน|ผู้อำนวยการ|หัวหน้า|เลขานุการ)"
    r"(?!งาน(?:ที่|ใน|ทุก|ผู้|$))(?!ทุก)(?!.*(?:รายงานผล|ที่$|ที่รับผิดชอบ|ที่เกี่ยวข้อง)).{2,}"
)
_CUT_NAME = re.compile(r"และ$|^(?:สำนัก|กอง|กลุ่ม|ฝ่าย|ศูนย์|หน่วย|งาน|สถาบัน)(?:งาน)?การ$")
_LONGEST_NAME = 80


def named_unit(clause: str) -> str | None:
    """Return the one unit that a clause asks or begins with, None when it means everybody or a kind of units."""
    asked = _ASKED.match(clause) or _ITEM.match(clause)
    if not asked:
        return None
    for act in _ACT.finditer(clause, asked.end(), asked.end() + _LONGEST_NAME):
        name = clause[asked.end() : act.start()].strip()
        if _NAMED.fullmatch(name) and not _CUT_NAME.search(squeeze(name)):
            owners = read_owners(Cell((name,)))
            return owners[0].unit if len(owners) == 1 and owners[0].kind == "unit" else None
    return None


def doing_owner(text: str, owners: Iterable[Responsible]) -> str | None:
    """Return the owner that a duty names as its doer: the text begins with the name, and a verb follows."""
    item = _ITEM.match(text)
    words = text[item.end() :] if item else text
    for owner in sorted(owners, key=lambda one: -len(one.unit)):
        end = _end_of(owner.unit, words)
        if end and _DOES.match(words, end):
            return owner.unit
    return None


def _end_of(name: str, words: str) -> int:
    """Return where a name ends with which a text begins, however both are spaced; 0 when it begins otherwise."""
    if len(name) > _LONGEST_NAME:
        return 0
    wanted = squeeze(name)
    ends = (end for end in range(len(wanted), min(len(words), 2 * len(name)) + 1) if squeeze(words[:end]) == wanted)
    return next(ends, 0) if wanted else 0
