"""Which times of one sentence tell of one demand: a round and its day, a frequency that only describes a document."""

import re
from collections.abc import Iterable

from tracker.domain.thai.phrases import Found
from tracker.domain.thai.phrases_joining import day_of_round

_ADDRESSEE = re.compile(
    r"[\s)]*(?:และ)?(?:ต่อ|ให้|แก่|ถึง|ไปยัง|มายัง|ไปที่|(?:นำ)?เสนอ(?:ต่อ)?|(?:จัด|นำ)?ส่ง(?:ให้|ถึง|ไปยัง|มายัง|ไปที่|ที่)?|แจ้ง(?:ให้|ต่อ)?|ผ่าน)"
    r"\s*(?:(?!รอบ|งวด|ครั้งที่|รายงาน|เผยแพร่|จัดทำ|ทุกเดือน|ดำเนิน)[^\d๐-๙;:]){2,90}"
)
_TIES = re.compile(r"[\s(:]*(?:สำหรับ|ของ|ประจำ|ใน|เป็น|คือ|การรายงาน)?[\s(:]*")
_LEADING = re.compile(r"[\s):–-]*(?:ให้)?(?:รายงาน|ส่ง|จัดส่ง)?\s*(?:ดังนี้|คือ|ได้แก่)?[\s:–-]*")
_FREQUENCY = re.compile(r"ราย|ประจำ")
_DOCUMENT = re.compile(r"แผน(?!ก(?!าร|ำ))|ปฏิทิน|งบ|บัญชี")
_DONE = re.compile(r"รายงาน|สรุป|ติดตาม|ตรวจ|ประชุม|ส่ง(?!เสริม)|แจ้งผล|เสนอ|เร่งรัด|ประเมิน")
_SHOWN = re.compile(r"เผยแพร่|ประกาศ|เปิดเผย|ลงเว็บ|ประชาสัมพันธ์")

_REACH = 200


def as_demanded(found: Iterable[Found], text: str) -> list[Found]:
    """Return the times of a sentence: a round and its day as one, wherever the round is named, without descriptions.

    Several rounds named at once before as many days tell nothing of one of them.
    """
    kept: list[Found] = []
    lead: Found | None = None
    times = [one for one in found if not _describes(one, text)]
    for n, one in enumerate(times):
        above = kept[-1] if kept else None
        days = sum(later.reading.rule == "due" for later in times[n:])
        if lead and len(lead.reading.periods) <= days and _leads(lead, one, text):
            kept[-1] = one if len(lead.reading.periods) > 1 else _together(lead, one, one, lead, text)
        elif above and _follows(above, one, text):
            kept[-1] = _together(above, one, above, one, text)
            continue
        else:
            kept.append(one)
        lead = one if _is_round(one) else None
    return kept


def _is_round(one: Found) -> bool:
    return one.reading.rule == "periodic" and one.reading.due is None and bool(one.reading.periods)


def _is_bare_day(one: Found) -> bool:
    return one.reading.rule == "due" and not one.reading.periods


def _leads(round_: Found, day: Found, text: str) -> bool:
    """Say whether a round is named before its day: at once, or with nobody but its addressee between them."""
    if not _is_bare_day(day):
        return False
    alone = len(round_.reading.periods) == 1
    return bool(
        _LEADING.fullmatch(text, round_.end, day.start) or (alone and _ADDRESSEE.fullmatch(text, round_.end, day.start))
    )


def _follows(day: Found, round_: Found, text: str) -> bool:
    """Say whether a round is named behind its day: "… ๕ เมษายน สำหรับรอบ ๖ เดือน"."""
    return _is_bare_day(day) and _is_round(round_) and bool(_TIES.fullmatch(text, day.end, round_.start))


def _together(first: Found, last: Found, day: Found, round_: Found, text: str) -> Found:
    one_round = len(round_.reading.periods) == 1
    reading = day_of_round(day.reading, round_.reading) if one_round else day.reading
    return Found(first.start, last.end, text[first.start : last.end], reading)


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
