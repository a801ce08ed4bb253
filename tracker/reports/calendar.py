"""Deadlines as an iCalendar file (RFC 5545), for a mail's attachment and for `tracker calendar`."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from tracker.domain.messages.lines import one_line

if TYPE_CHECKING:
    from icalendar import Event

DOMAIN = "ita-tracker.invalid"
"""Stands in a UID where the agency has no mail domain of its own; no host has this name (RFC 2606)."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """The due date of one task. `cycle` counts its extensions, so that a calendar replaces the older date."""

    task_id: int
    cycle: int
    due: date
    title: str
    unit: str


def calendar_text(entries: Iterable[Deadline], *, now: datetime, domain: str = DOMAIN) -> str:
    """Return a calendar with one all-day event for each deadline; `now` is aware and stamps the events.

    The same task always has the same UID, so an import replaces and never doubles. Lines end in CRLF.
    """
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//ita-tracker//TH")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    for deadline in entries:
        calendar.add_component(_event(deadline, now, domain))
    text: bytes = calendar.to_ical(sorted=False)
    return text.decode("utf-8")


def _event(deadline: Deadline, now: datetime, domain: str) -> "Event":
    from icalendar import Event

    unit, title = one_line(deadline.unit), one_line(deadline.title)
    event = Event()
    event.add("uid", f"task-{deadline.task_id}@{domain}")
    event.add("dtstamp", now)
    event.add("sequence", deadline.cycle)
    event.add("dtstart", deadline.due)
    event.add("dtend", deadline.due + timedelta(days=1))
    event.add("summary", f"ครบกำหนด: {title} ({unit})")
    event.add("description", _description(deadline.task_id, unit, title))
    event.add("transp", "TRANSPARENT")  # a deadline does not make the day busy
    return event


def _description(task_id: int, unit: str, title: str) -> str:
    return (
        f"หน่วยงาน: {unit}\nเรื่อง: {title}\n"
        "กำหนดตามแผนมาตรการส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน (ITA)\n"
        f"เลขที่งาน: {task_id}"
    )
