"""What the row of a measure demands by a time: in its times, its follow-up and its steps."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from tracker.domain.plans import Obligation, ObligationKind, ObligationRule, PlanWarning, Responsible, Timeframe
from tracker.domain.thai.numerals import arabic, squeeze
from tracker.domain.thai.phrases import Found, Reading, find_phrases, read_timeframe, read_times
from tracker.intake.duty_days import find_report_times
from tracker.intake.duty_doubts import time_doubts
from tracker.intake.duty_kinds import kind_of_duty, kind_of_follow_up
from tracker.intake.duty_rounds import as_demanded
from tracker.intake.duty_units import doing_owner, named_unit
from tracker.intake.items import step_items, unmarked
from tracker.intake.layout import Cell
from tracker.intake.measures import MeasureRow
from tracker.intake.owners import read_owners

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

_ACTOR = re.compile(
    r"(?:เจ้าหน้าที่(?:ผู้รับผิดชอบ|ทุกภารกิจงาน|แต่ละภารกิจ)?|(?:คณะ)?ผู้บริหาร|ผู้บังคับบัญชา|คณะกรรมการ|คณะทำงาน|"
    r"ผู้รับผิดชอบ|ทุกส่วนราชการ|หัวหน้าส่วนราชการ)"
)
_ONLY_TIMES = re.compile(r"[\s\d.)(-]{0,6}(?:ครั้งที่|รอบ|ภายใน|ทุก|ราย|ไตรมาส|สิ้น|เดือน|ปีละ)")
_BARE_DAY = re.compile(r"(?:วันที่\s?)?\d{1,2}\s?[ก-ฮเ/.-]\S{0,12}[\s\d]")
_SURE = 40
HARD = ("due", "periodic", "monthly", "quarterly")


@dataclass(frozen=True, slots=True)
class Duties:
    """The obligations found, and what was doubtful about them."""

    obligations: tuple[Obligation, ...]
    warnings: tuple[PlanWarning, ...] = ()


def measure_duties(measure: MeasureRow, seq: int, fiscal_year: int | None) -> Duties:
    """Return what one measure's row demands: in its times, its follow-up and its steps.

    Its title is a name and demands nothing. The same demand printed twice in a row counts once, in the words that say
    its day. A follow-up that says "รายงาน" without any time is an undated report.
    """
    found: dict[tuple[object, ...], tuple[Obligation, bool]] = {}
    warnings: list[PlanWarning] = []
    for text, place, line in _texts(measure):
        readings = _readings(text, place, fiscal_year)
        warnings.extend(time_doubts(text, readings, line, place))
        for one in [*readings, *([None] if place == "monitor" and not readings else [])]:
            if duty := _obligation(text, one, (seq,), line, place):
                key = (duty.kind, duty.rule, duty.due, duty.periods, duty.start, duty.end, *_soft(duty))
                exact = bool(one and (one.day or one.offset))
                if key not in found or (exact and not found[key][1]):
                    found[key] = duty, exact
    owners = read_owners(measure.owner)
    duties = (replace(duty, actor=_doer(duty, owners)) for duty, _ in found.values())
    return Duties(tuple(duties), tuple(dict.fromkeys(warnings)))


def _doer(duty: Obligation, owners: tuple[Responsible, ...]) -> str | None:
    """Return who does it by the duty's own words: the owner or other unit that it begins with, or whoever it names."""
    return doing_owner(duty.phrase, owners) or duty.actor or named_unit(duty.phrase)


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


def _texts(measure: MeasureRow) -> Iterator[tuple[str, str, int]]:
    """Yield what may demand something, with the kind of its cell and the line where it stands."""
    if measure.time.parts:
        yield measure.time.text, "time", (*measure.time.lines, measure.line)[0]
    for place, cell in (("monitor", measure.monitor), ("steps", measure.steps)):
        for item in _items(cell, place) if cell.parts else ():
            yield item, place, _line_of(item, cell, measure.line)


def _items(cell: Cell, place: str) -> Sequence[str]:
    return _follow_ups(cell) if place == "monitor" else step_items(cell)


def _line_of(item: str, cell: Cell, line: int) -> int:
    """Return the line of the part in which an item begins; `line` where the parts have none of their own."""
    begins = squeeze(item)[:_SURE]
    for part, own in zip(cell.parts, cell.lines, strict=False):
        words = squeeze(unmarked(part))
        if words and (begins.startswith(words[:_SURE]) or begins in words):
            return own
    return line


def _follow_ups(cell: Cell) -> list[str]:
    """Return the items of a follow-up; a line that is only a time belongs to the words above it."""
    items: list[str] = []
    for item in step_items(cell):
        timed = _ONLY_TIMES.match(arabic(item)) and [one.text for one in find_phrases(item)] == [item]
        if items and timed and not find_phrases(items[-1]) and len(cell.parts) > 1:
            items[-1] = f"{items[-1]} {item}"
        else:
            items.append(item)
    return items


def _readings(text: str, place: str, fiscal_year: int | None) -> list[Reading]:
    if place == "time":
        return [reading for one in _times(text, fiscal_year) for reading in _settled(one)]
    found = list(_times_said(text, place, fiscal_year))
    if any(one.reading.rule in HARD for one in found):
        dated = any(one.reading.due for one in found)
        found = [one for one in found if not _goes_with_a_time(one, dated=dated)]
    readings = [reading for one in found for reading in _settled(one.reading)]
    if place == "monitor" and not readings and _BARE_DAY.match(arabic(text)):
        readings = [one for one in read_times(text, fiscal_year) if one.rule == "due"]
    return [one for one in readings if not (one.rule == "window" and one.precision == "year")]


def _times_said(text: str, place: str, fiscal_year: int | None) -> list[Found]:
    if place != "monitor":
        return as_demanded(find_phrases(text, fiscal_year), text)
    said, found = find_report_times(text, fiscal_year)
    return as_demanded(found, said)


def _goes_with_a_time(one: Found, *, dated: bool) -> bool:
    """Say whether a phrase only tells more of the time beside it: a meeting is where, "ปีละ ๒ ครั้ง" how many they are.

    Beside a day, "ประจำปี" or "ทุกปี" only says what that day's report is about.
    """
    if one.reading.rule == "event":
        return "ประชุม" in one.text
    bare = one.reading.rule == "annual" and not (one.reading.due or one.reading.start)
    return bare and (dated or "ครั้ง" in one.text or one.text.endswith("ประจำปี"))


def _times(text: str, fiscal_year: int | None) -> list[Reading]:
    listed = read_times(text, fiscal_year)
    found = [one.reading for one in find_phrases(text, fiscal_year)]
    return list(listed) if len(listed) >= len(found) or listed[0].rule == "window" else found


def _settled(reading: Reading) -> list[Reading]:
    """Return a reading as what it amounts to: a window that opens now never ends, two quarters or days are two.

    A day that another fiscal year gives is a choice, not a further time.
    """
    others = reading.alternatives
    if reading.rule == "window" and others and others[0].rule == "continuous":
        return [others[0]]
    if reading.rule == "annual" or (reading.rule == "window" and reading.start):
        return [reading, *(other for other in others if other.rule == reading.rule and not _is_open(other))]
    if reading.rule == "due" and reading.due:
        further = (other for other in others if other.rule == "due" and other.fiscal_year == reading.fiscal_year)
        return [reading, *further]
    return [reading]


def _is_open(reading: Reading) -> bool:
    return bool(reading.start and not reading.end)


def _obligation(
    text: str, reading: Reading | None, measures: tuple[int, ...], line: int, place: str
) -> Obligation | None:
    kind: ObligationKind = "activity"
    if place != "time":
        kind = (kind_of_follow_up if place == "monitor" else kind_of_duty)(text)
    if place == "monitor" and kind == "activity" and (_ONLY_TIMES.match(arabic(text)) or _BARE_DAY.match(arabic(text))):
        kind = "report"
    if reading is None:
        return duty_of(measures, kind, Reading("undated"), text, line) if kind == "report" else None
    if place == "steps" and reading.rule in ("continuous", "undated") and not reading.alternatives:
        return None
    return duty_of(measures, kind, reading, text, line)


def duty_of(measures: tuple[int, ...], kind: ObligationKind, reading: Reading, text: str, line: int) -> Obligation:
    """Return a reading of a text as what is owed; a rule without the days that it needs is undated.

    What runs from now to a day is due on that day.
    """
    rule = _rule(reading)
    dated = rule not in ("event", "undated")
    actor = _ACTOR.match(text)
    return Obligation(
        measures=measures,
        kind=kind,
        rule=rule,
        due=(reading.due or (reading.end if rule == "due" else None)) if dated else None,
        periods=_periods(reading, rule, kind),
        start=reading.start if dated else None,
        end=reading.end if dated else None,
        actor=actor[0] if actor else None,
        phrase=text,
        line=line,
        basis="stated",
    )


def _rule(reading: Reading) -> ObligationRule:
    rule = _RULES[reading.rule]
    if rule == "due" and reading.due is None:
        return "undated"
    if rule == "window" and not (reading.start and reading.end):
        return "due" if reading.end else "undated"
    if reading.rule == "relative" and reading.due:
        return "due"
    return rule


def _periods(reading: Reading, rule: ObligationRule, kind: ObligationKind) -> tuple[str, ...]:
    """Return the rounds of what is owed; an act that is done twice a year is bound to no half of it."""
    if rule in ("event", "undated", "window"):
        return ()
    return reading.periods[-1:] if rule == "annual" and kind != "report" else reading.periods


def _soft(duty: Obligation) -> tuple[object, ...]:
    """Duties without a date are told apart by their words."""
    return () if duty.due or duty.rule in (*HARD, "window", "annual") else (duty.phrase,)
