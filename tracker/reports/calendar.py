"""Deadlines as an iCalendar file (RFC 5545), for a mail's attachment and for `tracker calendar`."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from tracker.domain.messages.lines import one_line

if TYPE_CHECKING:
    from icalendar import Component

DOMAIN = "ita-tracker.invalid"
"""Stands in a UID where the agency has no mail domain of its own; no host has this name (RFC 2606)."""

_DATE = {"VALUE": "DATE"}


@dataclass(frozen=True, slots=True)
class Deadline:
    """The due date of one task. `cycle` counts its extensions, so that a calendar replaces the older date.

    One that is `off` is owed no more: the event says so, for a calendar that has it from before to drop it.
    """

    task_id: int
    cycle: int
    due: date
    title: str
    unit: str
    off: bool = False


def calendar_text(entries: Iterable[Deadline], *, now: datetime, domain: str = DOMAIN) -> str:
    """Return a calendar with one all-day event for each deadline; `now` is aware and stamps the events.

    The same task always has the same UID, so an import replaces and never doubles. Lines end in CRLF.
    """
    head, foot = _frame()
    return head + "".join(_event(deadline, now, domain) for deadline in entries) + foot


@cache
def _frame() -> tuple[str, str]:
    """Return what stands before and after the events."""
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//ita-tracker//TH")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    head, end, foot = _text(calendar).rpartition("END:VCALENDAR")
    return head, end + foot


@lru_cache(maxsize=4096)  # on one morning a task is told to its officer, supervisor and executive
def _event(deadline: Deadline, now: datetime, domain: str) -> str:
    """Return one event; its values come typed, which spares the library from guessing their types."""
    from icalendar import Event, vDate, vDatetime, vInt, vText

    unit, title = one_line(deadline.unit), one_line(deadline.title)
    event = Event()
    event["uid"] = vText(f"task-{deadline.task_id}@{domain}")
    event["dtstamp"] = vDatetime(now.astimezone(UTC))
    event["sequence"] = vInt(deadline.cycle)
    event["dtstart"] = vDate(deadline.due, params=_DATE)
    event["dtend"] = vDate(deadline.due + timedelta(days=1), params=_DATE)
    event["summary"] = vText(f"ครบกำหนด: {title} ({unit})")
    event["description"] = vText(_description(deadline.task_id))
    event["transp"] = vText("TRANSPARENT")  # a deadline does not make the day busy
    if deadline.off:  # of one SEQUENCE the later DTSTAMP counts (RFC 5546, 2.1.5): a task taken up again comes back
        event["status"] = vText("CANCELLED")
    return _text(event)


def _text(component: "Component") -> str:
    text: bytes = component.to_ical(sorted=False)
    return text.decode("utf-8")


def _description(task_id: int) -> str:
    return f"กำหนดตามแผนมาตรการส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน (ITA)\nเลขที่งาน: {task_id}"
