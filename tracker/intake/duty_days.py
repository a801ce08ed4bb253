"""Days that are printed bare in a sentence about a report: "รายงานรอบ ๖ เดือน (๓๑ มี.ค. ๖๙)" is owed by that day."""

import re

from tracker.domain.thai.numerals import arabic
from tracker.domain.thai.phrases import Found, find_phrases
from tracker.domain.thai.phrases_grammar import moment, pattern

_BARE = pattern(rf"(?:(?<![^\s(:])|(?<=คือ)|(?<=ผล)|(?<=รายงาน)){moment(1)}")
_REPORT = re.compile(r"รายงาน|สรุป|(?<!ข้อ)เสนอ|จัดส่ง|นำส่ง|ส่งผล|แจ้งผล")
_NO_DEADLINE = re.compile(
    r"มติ|หนังสือ|คำสั่ง|ประกาศ|ประชุม[^\n]{0,20}ครั้งที่|จัด(?:อบรม|กิจกรรม|ขึ้น)"
    r"|(?:ลง|เมื่อ|ณ|ภายใน|ก่อน|ไม่เกิน|ถึง|ระหว่าง|ตั้งแต่|และ|กับ|[,–-])\s*$"
)
_REACH, _LONGEST = 120, 4000


def find_report_times(text: str, fiscal_year: int | None) -> tuple[str, tuple[Found, ...]]:
    """Return a sentence about a report and its times, where a bare day is a deadline as if it said "ภายใน".

    The day of a letter, a resolution or a meeting is none. The sentence is returned with these words added.
    """
    found = find_phrases(text, fiscal_year)
    if len(text) > _LONGEST or not _REPORT.search(text):
        return text, found
    plain, said, last = arabic(text), "", 0
    for day in _BARE.finditer(plain):
        if (day["d1"] or day["s1"]) and not _is_read(day.start(), found) and _is_owed(plain[: day.start()]):
            said += f"{text[last : day.start()]}ภายใน"
            last = day.start()
    said += text[last:]
    return (said, find_phrases(said, fiscal_year)) if last else (text, found)


def _is_read(at: int, found: tuple[Found, ...]) -> bool:
    return any(one.start <= at < one.end for one in found)


def _is_owed(before: str) -> bool:
    """Say whether the words before a day speak of a report, and of nothing else that has a day."""
    near = before[-_REACH:]
    report = max((word.end() for word in _REPORT.finditer(near)), default=None)
    return report is not None and not _NO_DEADLINE.search(near, report)
