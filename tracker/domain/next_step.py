"""What happens next with a task, or why nothing does: for every task at every moment there is an answer. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from schedules.calendars import BANGKOK, WorkCalendar
from schedules.ladders import Rung
from tracker.domain.notices import due, held_until
from tracker.domain.tasks import Status, Task
from tracker.domain.thai.dates import long_day, short_day
from tracker.domain.thai.numerals import thai

Lang = Literal["th", "en"]
Why = Literal["submitted", "done", "waived", "promised", "last rung"]
"""Why a task is not spoken of now: it waits for the coordinator, is closed, is promised, or is past its ladder."""

_CLOSED: Mapping[Status, Why] = {"submitted": "submitted", "done": "done", "waived": "waived"}


@dataclass(frozen=True, slots=True)
class NextStep:
    """The next notice (`rung` at the instant `at`, UTC), or `why` there is none; a promise has both.

    `until` is the promised date that holds the next notice back.
    """

    rung: Rung | None = None
    at: datetime | None = None
    why: Why | None = None
    until: date | None = None

    def __post_init__(self) -> None:
        if (self.rung is None) != (self.at is None) or (self.rung is None and self.why is None):
            raise ValueError("a next step is a rung with its instant, or a reason for none")

    def to_json(self) -> dict[str, Any]:
        """Return the step as JSON values, with its sentence in each language."""
        return {
            "rung": self.rung.name if self.rung else None,
            "audience": list(self.rung.audience) if self.rung else [],
            "follow_up": self.rung.follow_up if self.rung else 0,
            "at": self.at.isoformat() if self.at else None,
            "why": self.why,
            "until": self.until.isoformat() if self.until else None,
            "sentence": {"th": sentence(self, "th"), "en": sentence(self, "en")},
        }


def next_step(task: Task, now: datetime, calendar: WorkCalendar) -> NextStep:
    """Return the next action about a task at a moment, or the stated reason why there is none.

    A rung that has come due leaves at once, or when the office opens; one that was missed for too long is passed over.
    """
    if task.status != "open":
        return NextStep(why=_CLOSED[task.status])
    found = due(task, now=now, calendar=calendar)
    if found.rung is not None:
        return NextStep(found.rung, calendar.next_open(now))
    if found.next_rung is None or found.next_at is None:
        return NextStep(why="last rung")
    if held_until(task, now=now, calendar=calendar):
        return NextStep(found.next_rung, found.next_at, "promised", task.promised)
    return NextStep(found.next_rung, found.next_at)


def sentence(step: NextStep, lang: Lang) -> str:
    """Return the step as one sentence, dates in the Buddhist era."""
    words, day, digits = (_THAI, long_day, thai) if lang == "th" else (_ENGLISH, short_day, str)
    if step.rung is None or step.at is None:
        return words[step.why or "last rung"]
    local = step.at.astimezone(BANGKOK)
    return words["promised" if step.until else "notice"].format(
        follow_up=words["follow-up"].format(n=digits(step.rung.follow_up)) if step.rung.follow_up else "",
        audience=words["and"].join(words[level] for level in step.rung.audience),
        day=day(local.date()),
        clock=digits(f"{local:{words['clock']}}"),
        until=day(step.until) if step.until else "",
    )


_THAI: Mapping[str, str] = {
    "submitted": "ได้รับรายงานแล้ว รอผู้ประสานงานตรวจสอบ",
    "done": "ดำเนินการแล้วเสร็จ ไม่มีการแจ้งเตือนอีก",
    "waived": "ยกเว้นการดำเนินการแล้ว ไม่มีการแจ้งเตือนอีก",
    "last rung": "แจ้งครบทุกลำดับแล้ว เรื่องนี้จะอยู่ในสรุปทุกฉบับถึงผู้บริหารและผู้ประสานงานจนกว่าจะแล้วเสร็จ",
    "notice": "จะแจ้ง{audience}{follow_up} ในวันที่ {day} เวลา {clock} น.",
    "promised": "รอการแจ้งเตือนตามที่ได้ให้คำมั่นไว้ถึงวันที่ {until} จากนั้นจะแจ้ง{audience}{follow_up} ในวันที่ {day} เวลา {clock} น.",
    "clock": "%H.%M",
    "follow-up": " (ติดตามครั้งที่ {n})",
    "and": " และ",
    "owner": "เจ้าหน้าที่ผู้รับผิดชอบ",
    "supervisor": "หัวหน้าส่วน",
    "executive": "ผู้บริหาร",
}
_ENGLISH: Mapping[str, str] = {
    "submitted": "Reported; waits for the coordinator's check.",
    "done": "Done; nothing more is sent.",
    "waived": "Waived; nothing more is sent.",
    "last rung": "Past the last rung; every digest to the executive and the coordinator names it until it is closed.",
    "notice": "The next notice goes to the {audience}{follow_up} on {day} at {clock}.",
    "promised": "Held by a promise until {until}; then a notice goes to the {audience}{follow_up} on {day} at {clock}.",
    "clock": "%H:%M",
    "follow-up": " (follow-up no. {n})",
    "and": " and the ",
    "owner": "owner",
    "supervisor": "supervisor",
    "executive": "executive",
}
