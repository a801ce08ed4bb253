"""Which tasks a plan opens: one for each obligation, owner and period. Pure."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from schedules.reporting import ReportingPolicy
from tracker.domain.occasions import occasions
from tracker.domain.plans import (
    Basis,
    Measure,
    Obligation,
    ObligationKind,
    Place,
    Plan,
    Responsible,
    place_of_format,
)
from tracker.domain.thai.dates import MONTHS
from tracker.domain.thai.numerals import squeeze, thai
from tracker.domain.thai.phrases import find_phrases

_WHAT: dict[ObligationKind, str] = {
    "report": "รายงานผลการดำเนินงาน",
    "publish": "เผยแพร่ต่อสาธารณะ",
    "produce": "จัดทำให้แล้วเสร็จ",
    "supervise": "กำกับติดตาม",
    "activity": "ดำเนินการตามมาตรการให้แล้วเสร็จ",
}
_PERIOD_WORDS = {"3-month": 3, "6-month": 6, "9-month": 9, "12-month": 12}
_OWN_WORDS_UP_TO = 120
_VERBS = ("รายงาน", "จัดทำ", "เผยแพร่", "สรุป", "จัดส่ง", "ดำเนินการ", "เปิด", "ปรับปรุง", "จัดให้มี")
_UNITS = ("สำนัก", "กอง", "กลุ่ม", "ฝ่าย", "ศูนย์", "หน่วย", "งาน", "สถาบัน")
"""A unit's name stays in the title of a duty, unless the task is the unit's own."""
_HANGING = re.compile(r"\s*(?:ให้|โดย|และ|ของ|ใน|ที่มีข้อมูล)$")  # what is left before a time that was taken out
_LIST_MARK = re.compile(r"^\s*(?:[-•–]|[๐-๙0-9]{1,2}[.)])\s*")


@dataclass(frozen=True, slots=True)
class Opening:
    """A task to open for an owner as printed; a class of units becomes one for each member.

    `measure` is None for a duty that the document lays on units as such. `key` names the demand inside the
    plan, without its owner, and stays the same when the document is read again.
    """

    measure: Measure | None
    owner: Responsible
    kind: ObligationKind
    period: str | None
    title: str
    due: date
    basis: Basis
    phrase: str
    line: int
    place: Place
    key: str


def openings(plan: Plan, fiscal_year: int, reporting: ReportingPolicy) -> list[Opening]:
    """Return the tasks that a plan opens in a fiscal year (B.E.), each demand of each owner once.

    Continuous, event-bound, vague and supervising duties open none: they are shown in the plan.
    """
    found: dict[tuple[str, Responsible], Opening] = {}
    for obligation in plan.obligations:
        for measure, owner in _bearers(obligation, plan):
            runs = measure.timeframe if measure and len(obligation.measures) == 1 else None
            for due, period in occasions(obligation, fiscal_year, reporting, runs):
                opening = _opening(obligation, measure, owner, due, period, place_of_format(plan.source.format))
                found.setdefault((opening.key, owner), opening)
    return list(found.values())


def _bearers(obligation: Obligation, plan: Plan) -> Iterator[tuple[Measure | None, Responsible]]:
    """Yield who bears an obligation, measure by measure; a publication asked of all is one for each owner.

    What the document asks of one unit beside its measures, such as to put the reports together, is that unit's alone;
    so is what a measure asks of one of its owners by name.
    """
    if not obligation.measures and obligation.actor:
        yield None, Responsible(obligation.actor, "class" if obligation.actor.startswith("ทุก") else "unit")
        return
    measures = [measure for measure in plan.measures if measure.seq in obligation.measures]
    if obligation.kind == "publish" and len(measures) > 1:
        owners = dict.fromkeys(owner for measure in measures for owner in measure.responsible)
        yield from ((None, owner) for owner in owners)
        return
    for measure in measures:
        named = [owner for owner in measure.responsible if len(measures) == 1 and _is_named(owner, obligation)]
        yield from ((measure, owner) for owner in named or measure.responsible)


def _is_named(owner: Responsible, obligation: Obligation) -> bool:
    return bool(obligation.actor) and squeeze(owner.unit) == squeeze(obligation.actor or "")


def _opening(
    obligation: Obligation, measure: Measure | None, owner: Responsible, due: date, period: str | None, place: Place
) -> Opening:
    stated = obligation.due.isoformat() if obligation.due else ""
    about = squeeze(measure.title) if measure else "plan"
    parts = (about, obligation.kind, obligation.rule, period or "", stated, _own_mark(obligation))
    return Opening(
        measure,
        owner,
        obligation.kind,
        period,
        _without_owner(title_of(obligation, period), owner),
        due,
        obligation.basis,
        obligation.phrase,
        obligation.line,
        place,
        hashlib.sha256("|".join(parts).encode()).hexdigest()[:16],
    )


def _without_owner(title: str, owner: Responsible) -> str:
    """Return a title that does not begin with the unit's own name, which stands before it everywhere."""
    rest = title.removeprefix(owner.unit).lstrip()
    return rest if rest.startswith(_VERBS) else title


def _own_mark(obligation: Obligation) -> str:
    """Return what tells two demands of one measure, kind and date apart: their words, unless it is a report."""
    return "" if obligation.kind == "report" else squeeze(obligation.phrase)


def title_of(obligation: Obligation, period: str | None) -> str:
    """Return what is owed, in Thai: the document's own words without their time, or words of ours for the kind."""
    what = _own_words(obligation)
    if not any(verb in what for verb in _VERBS):
        what = _WHAT[obligation.kind]
    told = _period_words(period)
    return what if not told or squeeze(told) in squeeze(what) else f"{what} {told}"


def _own_words(obligation: Obligation) -> str:
    """Return the stated words of one measure without actor, list mark and times; "" when they name no duty.

    What a letter asks of every measure is a sentence about all of them, so it names no single duty.
    """
    if obligation.basis != "stated" or obligation.kind == "activity" or len(obligation.measures) > 1:
        return ""
    words = obligation.phrase
    for found in reversed(find_phrases(words)):
        if found.reading.rule in ("due", "periodic") and not any(verb in found.text for verb in _VERBS):
            words = f"{words[: found.start]} {words[found.end :]}"
    words = _LIST_MARK.sub("", " ".join(words.split()))
    for actor in (obligation.actor or "", "เจ้าหน้าที่ผู้รับผิดชอบ"):
        words = words if actor.startswith(_UNITS) else words.removeprefix(actor).lstrip()
    words = _HANGING.sub("", words)
    return words if len(words) <= _OWN_WORDS_UP_TO else words[:_OWN_WORDS_UP_TO].rstrip() + "…"


def _period_words(period: str | None) -> str:
    if period is None:
        return ""
    if period in _PERIOD_WORDS:
        return f"รอบ {thai(_PERIOD_WORDS[period])} เดือน"
    if period.startswith("quarter-"):
        return f"ไตรมาสที่ {thai(period.removeprefix('quarter-'))}"
    return f"เดือน{MONTHS[int(period[-2:]) - 1]}"
