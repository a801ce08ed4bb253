"""What the text around the measures demands: of everybody ("ให้ทุกกองรายงานผล … ภายใน …"), or of one named unit."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from schedules.calendars import fiscal_year_bounds
from tracker.domain.plans import Obligation, ObligationKind, PlanWarning
from tracker.domain.thai.phrases import Found, find_phrases
from tracker.intake.duties import HARD, Duties, duty_of
from tracker.intake.duty_rounds import as_demanded
from tracker.intake.duty_units import named_unit
from tracker.intake.layout import Paragraph
from tracker.intake.letter_sentences import Sentence, sentences

_REPORT = re.compile(r"รายงาน|แจ้งผล|ส่งผล")
_SUMMARY = re.compile(r"สรุปผล|ส่ง(?:แบบ|ใบ)?สรุป")
"""A summary of results is a report where it is asked for; titles and headings say the word too."""
_PUBLISH = re.compile(r"เผยแพร่|ประชาสัมพันธ์(?=ผล|ใน|บน|ผ่าน|ต่อ|ทาง)")
_HEADWORDS = "สำนัก|กอง|กลุ่ม|ฝ่าย|ศูนย์|หน่วย|งาน|โรงเรียน|โรงพยาบาล|สถาบัน|คณะ|ผู้อำนวยการ|หัวหน้า|เลขานุการ|บุคลากร|อำเภอ|แต่ละ"
_ASKING = re.compile(
    r"โดยให้|ขอให้|จึงให้|และให้|แล้วให้|โปรด|ขอความร่วมมือ|ขอความอนุเคราะห์|มอบหมาย|กรุณา|ต้อง(?=รายงาน|จัดส่ง|ส่ง|แจ้ง)|"
    rf"ให้\s?(?=หน่วยงาน|ทุก|ส่วนราชการ|ผู้รับผิดชอบ|ผู้ที่|{_HEADWORDS}|เจ้าหน้าที่|รายงาน|จัดส่ง|ส่ง|แจ้ง|ดำเนินการ)"
)
_COLLECTS = re.compile(r"รวบรวม|ประมวล|สรุป|เสนอ|จัดทำ")
_ALSO = re.compile(r"[^\n]{0,80}?(?P<clause>(?:พร้อมทั้ง|และ)\s*(?:ให้)?\s*(?:นำ\S{0,20})?(?:เผยแพร่|ประชาสัมพันธ์)\S{0,80})")
_REACH, _ASKED_BEFORE = 200, 90
_AT_ONCE = 6
"""A line that begins with "รายงานผล" and ends with a day asks for it, as an item of a list does."""


@dataclass(frozen=True, slots=True)
class _Demand:
    """A clause from its asking verb to its time, what it asks for, and the one unit that it names, if it does."""

    clause: str
    kind: ObligationKind
    unit: str | None


def letter_duties(
    paragraphs: Iterable[Paragraph],
    measures: tuple[int, ...],
    actor: str | None,
    fiscal_year: int | None,
    since: int | None = None,
) -> Duties:
    """Return what the text around the measures demands: "ให้รายงาน … ภายในวันที่ …".

    A demand on one named unit ("ให้กองแผนรวบรวม …") is that unit's, so that it belongs to no measure; any other is
    everybody's. A publication that the same sentence asks for ("พร้อมทั้งเผยแพร่ …") shares the date. Findings, titles
    and the texts of indicators ask for nothing. A day before the year `since` (the plan's own, when it is not given)
    is history, and is told.
    """
    found: dict[tuple[object, ...], Obligation] = {}
    for sentence in sentences(paragraphs):
        if any(word.search(sentence.text) for word in (_REPORT, _SUMMARY, _PUBLISH)):
            for duty in _asked(sentence, measures, actor, fiscal_year):
                unit = None if duty.measures else duty.actor
                found.setdefault((duty.kind, duty.rule, duty.due, () if duty.due else duty.periods, unit), duty)
    first = since or fiscal_year
    past = {one for one in found.values() if first and one.due and one.due < fiscal_year_bounds(first)[0]}
    told = [
        PlanWarning("past-date", f"กำหนดเวลา “{one.phrase}” อยู่ก่อนปีงบประมาณของแผน จึงไม่ติดตาม", one.line)
        for one in found.values()
        if one in past
    ]
    return Duties(tuple(one for one in found.values() if one not in past), tuple(told))


def _asked(
    sentence: Sentence, measures: tuple[int, ...], actor: str | None, fiscal_year: int | None
) -> Iterator[Obligation]:
    text, after = sentence.text, 0
    for found in as_demanded(find_phrases(text, fiscal_year), text):
        if found.reading.rule not in HARD:
            continue
        demand = _demand(sentence, found, after)
        line, after = sentence.line_at(found.start), found.end
        if demand is None:
            continue
        bearers = () if demand.unit else measures
        duty = duty_of(bearers, demand.kind, found.reading, demand.clause, line)
        yield _by(duty, demand.unit or actor)
        also = _ALSO.match(text, found.end) if duty.due and demand.kind == "report" else None
        if also and not find_phrases(also["clause"], fiscal_year):
            clause = also["clause"].strip()
            yield _by(duty_of(bearers, "publish", found.reading, clause, line), demand.unit or actor)


def _demand(sentence: Sentence, found: Found, after: int) -> _Demand | None:
    """Return what is asked for by a time; a sentence that asks anew after another time asks by itself."""
    text, start = sentence.text, 0 if sentence.listed else max(0, found.start - _REACH)
    anew = _last(_ASKING, text[after : found.start], found.start - after) if after else None
    if anew is not None:
        return _own_demand(text[after + anew : found.end], found)
    before = text[start : found.start]
    if clause := _clause(before, found, listed=sentence.listed) or _summary(before, found):
        return _Demand(clause, "report", named_unit(clause))
    asked = _last(_ASKING, before, len(before))
    if asked is None and not (start == 0 and found.reading.rule == "due" and _collector(before)):
        return None
    return _own_demand(before[asked or 0 :] + found.text, found)


def _clause(before: str, found: Found, *, listed: bool) -> str | None:
    """Return the words from the asking verb to the time, when a report is asked for shortly before it."""
    first = _REPORT.search(before) if listed else None
    report = first.start() if first else _last(_REPORT, before, len(before))
    asked = None if report is None else _last(_ASKING, before, report)
    if asked is None and report is not None and report <= _AT_ONCE >= found.start - len(before):
        asked = report if found.reading.rule == "due" else None
    if asked is None and listed:
        asked = report
    if report is None or asked is None or report - asked > _ASKED_BEFORE:
        return None
    return before[asked:] + found.text


def _summary(before: str, found: Found) -> str | None:
    """Return the words from the asking verb to the time, when a summary of results is asked for between them."""
    summary = _last(_SUMMARY, before, len(before))
    asked = None if summary is None else _last(_ASKING, before, summary)
    if summary is None or asked is None or summary - asked > _ASKED_BEFORE or _PUBLISH.search(before, summary):
        return None
    return before[asked:] + found.text


def _own_demand(clause: str, found: Found) -> _Demand | None:
    """Return the demand of a clause that begins with its asking verb: a report, a collection or a publication."""
    words = clause[: len(clause) - len(found.text)]
    unit = named_unit(clause)
    report, publish = _told(words), _last(_PUBLISH, words, len(words))
    if publish is not None and publish > (report or 0) and (unit or report or "ผลการดำเนิน" in words):
        return _Demand(clause, "publish", unit)
    if report is not None or (unit and _COLLECTS.search(words)):
        return _Demand(clause, "report", unit)
    return None


def _told(words: str) -> int | None:
    """Return where the last word for a report stands in a clause that asks for something."""
    report = _last(_REPORT, words, len(words))
    return _last(_SUMMARY, words, len(words)) if report is None else report


def _collector(before: str) -> bool:
    """Say whether a line begins with a unit that collects the reports: "- กองแผนรวบรวม …"."""
    return bool(named_unit(before) and re.search(r"รวบรวม|ประมวล|สรุป", before))


def _last(pattern: re.Pattern[str], text: str, end: int) -> int | None:
    return max((match.start() for match in pattern.finditer(text) if match.start() < end), default=None)


def _by(duty: Obligation, actor: str | None) -> Obligation:
    return replace(duty, actor=actor or duty.actor)
