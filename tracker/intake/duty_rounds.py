"""Which times of one sentence tell of one demand: a round and its day, a frequency that only describes a document."""

import re
from collections.abc import Iterable

from tracker.domain.thai.phrases import Found, read_phrase

_ADDRESSEE = re.compile(
    r"[\s)]*(?:และ)?(?:ต่อ|ให้|แก่|ถึง|ไปยัง|มายัง|ไปที่|(?:นำ)?เสนอ(?:ต่อ)?|(?:จัด|นำ)?ส่ง(?:ให้|ถึง|ไปยัง|มายัง|ไปที่|ที่)?|แจ้ง(?:ให้|ต่อ)?|ผ่าน)"
    r"\s*(?:(?!รอบ|งวด|ครั้งที่|รายงาน|เผยแพร่|จัดทำ|ทุกเดือน|ดำเนิน)[^\d๐-๙;:]){2,90}"
)
_FREQUENCY = re.compile(r"ราย|ประจำ")
_DOCUMENT = re.compile(r"แผน(?!ก(?!าร|ำ))|ปฏิทิน|งบ|บัญชี")
_DONE = re.compile(r"รายงาน|สรุป|ติดตาม|ตรวจ|ประชุม|ส่ง(?!เสริม)|แจ้งผล|เสนอ|เร่งรัด|ประเมิน")
_SHOWN = re.compile(r"เผยแพร่|ประกาศ|เปิดเผย|ลงเว็บ|ประชาสัมพันธ์")

_REACH = 200


def as_demanded(found: Iterable[Found], text: str, fiscal_year: int | None) -> list[Found]:
    """Return the times of a sentence, a round and the day after its addressee as one, without mere descriptions."""
    kept: list[Found] = []
    for one in found:
        if _describes(one, text):
            continue
        round_ = kept[-1] if kept and _is_round_of(kept[-1], one, text) else None
        kept[-1 if round_ else len(kept) :] = [_together(round_, one, text, fiscal_year) if round_ else one]
    return kept


def _is_round_of(first: Found, day: Found, text: str) -> bool:
    a, b = first.reading, day.reading
    if a.rule != "periodic" or a.due or len(a.periods) != 1 or b.rule != "due" or b.periods:
        return False
    return bool(_ADDRESSEE.fullmatch(text, first.end, day.start))


def _together(first: Found, day: Found, text: str, fiscal_year: int | None) -> Found:
    reading = read_phrase(f"{first.text} {day.text}", fiscal_year)
    return Found(first.start, day.end, text[first.start : day.end], reading)


def _describes(one: Found, text: str) -> bool:
    """Say whether a frequency belongs to a document's name ("จัดทำแผนการใช้จ่ายรายไตรมาส"), not to what is done."""
    if one.reading.rule not in ("monthly", "quarterly", "annual") or not _FREQUENCY.match(one.text):
        return False
    clause = text[max(0, one.start - _REACH) : one.start]
    before = clause.rsplit(" ", maxsplit=1)[-1]
    noun = _DOCUMENT.search(before)
    if not noun or before.endswith("เป็น") or _DONE.search(clause):
        return False
    return noun[0] in ("แผน", "ปฏิทิน") or not _SHOWN.search(clause)
