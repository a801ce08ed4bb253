"""What a document demands by a time: mined from the rows of its measures and from the letter around them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from schedules.calendars import fiscal_year_bounds
from tracker.domain.plans import Obligation, ObligationKind, ObligationRule, PlanWarning, Timeframe
from tracker.domain.thai.numerals import arabic
from tracker.domain.thai.phrases import Found, Reading, find_phrases, read_timeframe, read_times
from tracker.intake.items import step_items
from tracker.intake.layout import Paragraph
from tracker.intake.measures import MeasureRow

_RULES: dict[str, ObligationRule] = {
    "due": "due",
    "window": "window",
    "periodic": "periodic",
    "monthly": "monthly",
    "quarterly": "quarterly",
    "annual": "annual",
    "relative": "event",
    "event": "event",
    "continuous": "continuous",
    "undated": "undated",
}
"""A span counted from an event ("ภายใน ๑๕ วัน นับแต่…") has no day of its own, so its obligation is an event."""

_SUPERVISOR = re.compile(r"(?:คณะ)?ผู้บริหาร|ผู้บังคับบัญชา|นายก|ปลัด|หัวหน้าหน่วยงาน")
_FOLLOWS_UP = re.compile(
    r"(?:ผู้ว่าราชการจังหวัด|อธิบดี|อธิการบดี|คณบดี|ผู้อำนวยการ|หัวหน้า|คณะกรรมการ|คณะทำงาน|ผอ\.)[^\n]{0,40}?(?:กำกับ|ติดตาม|ตรวจ)"
)
_ACTOR = re.compile(
    r"(?:เจ้าหน้าที่(?:ผู้รับผิดชอบ|ทุกภารกิจงาน|แต่ละภารกิจ)?|(?:คณะ)?ผู้บริหาร|ผู้บังคับบัญชา|คณะกรรมการ|คณะทำงาน|"
    r"ผู้รับผิดชอบ|ทุกส่วนราชการ|หัวหน้าส่วนราชการ)"
)
_REPORT = re.compile(r"รายงาน|แจ้งผล|ส่งผล")
_ASKING = re.compile(
    r"โดยให้|ขอให้|จึงให้|และให้|โปรด|ขอความร่วมมือ|ขอความอนุเคราะห์|มอบหมาย|กรุณา|ต้อง(?=รายงาน|จัดส่ง|ส่ง|แจ้ง)|"
    r"ให้\s?(?=หน่วยงาน|ทุก|ส่วนราชการ|ผู้รับผิดชอบ|ผู้ที่|สำนัก|กอง|เจ้าหน้าที่|รายงาน|จัดส่ง|ส่ง|แจ้ง|ดำเนินการ)"
)
_ALSO = re.compile(r"[^\n]{0,80}?(?P<clause>(?:พร้อมทั้ง|และ)\s*(?:ให้)?\s*(?:นำ\S{0,20})?(?:เผยแพร่|ประชาสัมพันธ์)\S{0,80})")
_ONLY_TIMES = re.compile(r"[\s\d.)(-]{0,6}(?:ครั้งที่|รอบ|ภายใน|ทุก|ราย|ไตรมาส|สิ้น|เดือน|ปีละ)")
_REACH, _ASKED_BEFORE = 200, 90
_AT_ONCE = 6
"""A line that begins with "รายงานผล" and ends with a day asks for it, as an item of a list does."""
_HARD = ("due", "periodic", "monthly", "quarterly")


@dataclass(frozen=True, slots=True)
class Duties:
    """The obligations found, and what was doubtful about them."""

    obligations: tuple[Obligation, ...]
    warnings: tuple[PlanWarning, ...] = ()


def measure_duties(measure: MeasureRow, seq: int, fiscal_year: int | None) -> Duties:
    """Return what one measure's row demands: in its times, its follow-up and its steps.

    Its title is a name and demands nothing. The same demand printed twice in a row counts once. A follow-up that
    says "รายงาน" without any time is an undated report.
    """
    found: dict[tuple[object, ...], Obligation] = {}
    warnings: list[PlanWarning] = []
    for text, place in _texts(measure):
        readings = _readings(text, place, fiscal_year)
        warnings.extend(warning for one in readings if (warning := _doubt(one, measure.line)))
        for one in [*readings, *([None] if place == "monitor" and not readings else [])]:
            duty = _obligation(text, one, (seq,), measure.line, place)
            if duty:
                found.setdefault(
                    (duty.kind, duty.rule, duty.due, duty.periods, duty.start, duty.end, *_soft(duty)), duty
                )
    return Duties(tuple(found.values()), tuple(dict.fromkeys(warnings)))


def read_window(text: str, fiscal_year: int | None) -> Timeframe | None:
    """Return the timeframe that a cell of times prints, or None when it has not both ends."""
    reading = read_timeframe(text, fiscal_year)
    spans = [one for one in (reading, *reading.alternatives) if one.start and one.end]
    if not reading.start or not reading.end or reading.rule not in ("window", "periodic", "quarterly"):
        return None
    windows = [one for one in spans if one.rule == reading.rule]
    starts = [one.start for one in windows if one.start]
    ends = [one.end for one in windows if one.end] + [one.due for one in reading.alternatives if one.due]
    return Timeframe(text, min(starts), max(ends))


def letter_duties(
    paragraphs: Iterable[Paragraph], measures: tuple[int, ...], actor: str | None, fiscal_year: int | None
) -> Duties:
    """Return what the text around the measures demands of all of them: "ให้รายงาน … ภายในวันที่ …".

    A publication that the same sentence asks for ("พร้อมทั้งเผยแพร่ …") shares the date. Findings, titles and
    the texts of indicators ask for nothing. A day before the plan's year is history, and is told.
    """
    found: dict[tuple[object, ...], Obligation] = {}
    for paragraph in paragraphs if measures else ():
        if _REPORT.search(paragraph.text):
            for duty in _asked(paragraph, measures, actor, fiscal_year):
                found.setdefault((duty.kind, duty.rule, duty.due, duty.periods), duty)
    past = {one for one in found.values() if fiscal_year and one.due and one.due < fiscal_year_bounds(fiscal_year)[0]}
    told = [
        PlanWarning("past-date", f"กำหนดเวลา “{one.phrase}” อยู่ก่อนปีงบประมาณของแผน จึงไม่ติดตาม", one.line) for one in past
    ]
    return Duties(tuple(one for one in found.values() if one not in past), tuple(told))


def _texts(measure: MeasureRow) -> Iterator[tuple[str, str]]:
    if measure.time.parts:
        yield measure.time.text, "time"
    for place, cell in (("monitor", measure.monitor), ("steps", measure.steps)):
        if cell.parts:
            yield from ((item, place) for item in step_items(cell))


def _readings(text: str, place: str, fiscal_year: int | None) -> list[Reading]:
    if place == "time":
        return [reading for one in _times(text, fiscal_year) for reading in _settled(one)]
    readings = [reading for found in find_phrases(text, fiscal_year) for reading in _settled(found.reading)]
    return [one for one in readings if not (one.rule == "window" and one.precision == "year")]


def _times(text: str, fiscal_year: int | None) -> list[Reading]:
    listed = read_times(text, fiscal_year)
    found = [one.reading for one in find_phrases(text, fiscal_year)]
    return list(listed) if len(listed) >= len(found) or listed[0].rule == "window" else found


def _settled(reading: Reading) -> list[Reading]:
    """Return a reading as what it amounts to: a window that opens now never ends, two quarters are two."""
    others = reading.alternatives
    if reading.rule == "window" and others and others[0].rule == "continuous":
        return [others[0]]
    if reading.rule == "annual" or (reading.rule == "window" and reading.start):
        return [reading, *(other for other in others if other.rule == reading.rule)]
    return [reading]


def _obligation(
    text: str, reading: Reading | None, measures: tuple[int, ...], line: int, place: str
) -> Obligation | None:
    kind: ObligationKind = "activity" if place == "time" else kind_of_duty(text)
    if place == "monitor" and kind == "activity" and _ONLY_TIMES.match(arabic(text)):
        kind = "report"
    if reading is None:
        return _duty(measures, kind, Reading("undated"), text, line) if kind == "report" else None
    if place == "steps" and reading.rule in ("continuous", "undated") and not reading.alternatives:
        return None
    return _duty(measures, kind, reading, text, line)


def _duty(measures: tuple[int, ...], kind: ObligationKind, reading: Reading, text: str, line: int) -> Obligation:
    rule = _RULES[reading.rule]
    if rule == "due" and reading.due is None:
        rule = "undated"
    if rule == "window" and not (reading.start and reading.end):
        rule = "undated"
    if reading.rule == "relative" and reading.due:
        rule = "due"
    dated = rule not in ("event", "undated")
    actor = _ACTOR.match(text)
    return Obligation(
        measures=measures,
        kind=kind,
        rule=rule,
        due=reading.due if dated else None,
        periods=reading.periods if dated and rule != "window" else (),
        start=reading.start if dated else None,
        end=reading.end if dated else None,
        actor=actor[0] if actor else None,
        phrase=text,
        line=line,
        basis="stated",
    )


def kind_of_duty(text: str) -> ObligationKind:
    """Return what an item asks for; a supervisor's follow-up is no report, however often it says the word."""
    words = arabic(text)
    if _SUPERVISOR.match(words) or (words.startswith("กำกับ") and "รายงาน" not in words):
        return "supervise"
    if (follows := _FOLLOWS_UP.match(words)) and "รายงาน" not in follows[0]:
        return "supervise"
    if "รายงาน" in words:
        return "report"
    if re.search(r"เผยแพร่|ประชาสัมพันธ์|ประกาศให้", words):
        return "publish"
    return "produce" if re.search(r"จัดทำ|กำหนด|ทบทวน|ปรับปรุง", words) else "activity"


def _soft(duty: Obligation) -> tuple[object, ...]:
    """Duties without a date are told apart by their words."""
    return () if duty.due or duty.rule in (*_HARD, "window", "annual") else (duty.phrase,)


def _doubt(reading: Reading, line: int) -> PlanWarning | None:
    dates = [str(one.due or one.end) for one in reading.alternatives if one.due or one.end]
    open_ended = reading.rule in ("due", "window") and not (reading.due or reading.end)
    if not open_ended and not (reading.rule == "undated" and dates):
        return None
    choices = f" อาจหมายถึง {' หรือ '.join(dates)}" if dates else ""
    return PlanWarning("ambiguous-date", f"กำหนดเวลาไม่ชัดเจน{choices} โปรดระบุวันที่ให้แน่ชัด", line)


def _asked(
    paragraph: Paragraph, measures: tuple[int, ...], actor: str | None, fiscal_year: int | None
) -> Iterator[Obligation]:
    for found in find_phrases(paragraph.text, fiscal_year):
        clause = _clause(paragraph.text, found)
        if clause is None or found.reading.rule not in _HARD:
            continue
        report = _duty(measures, "report", found.reading, clause, paragraph.line)
        yield _by(report, actor)
        also = _ALSO.match(paragraph.text, found.end) if report.due else None
        if also:
            yield _by(_duty(measures, "publish", found.reading, also["clause"].strip(), paragraph.line), actor)


def _clause(text: str, found: Found) -> str | None:
    """Return the words from the asking verb to the time, when a report is asked for shortly before it."""
    before = text[max(0, found.start - _REACH) : found.start]
    report = _last(_REPORT, before, len(before))
    asked = None if report is None else _last(_ASKING, before, report)
    if asked is None and report is not None and report <= _AT_ONCE >= found.start - len(before):
        asked = report if found.reading.rule == "due" else None
    if report is None or asked is None or report - asked > _ASKED_BEFORE:
        return None
    return before[asked:] + found.text


def _last(pattern: re.Pattern[str], text: str, end: int) -> int | None:
    return max((match.start() for match in pattern.finditer(text) if match.start() < end), default=None)


def _by(duty: Obligation, actor: str | None) -> Obligation:
    return replace(duty, actor=actor or duty.actor)
