"""Deadlines as an iCalendar file (RFC 5545), for a mail's attachment and for `tracker calendar`.

One event of nine lines, the same in each of thousands of mails: it is written here in a tenth of the time that the
icalendar library takes, which reads what we write in the tests.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from tracker.domain.messages.lines import in_octets, one_line

DOMAIN = "ita-tracker.invalid"
"""Stands in a UID where the agency has no mail domain of its own; no host has this name (RFC 2606)."""

_HEAD = ("BEGIN:VCALENDAR", "PRODID:-//ita-tracker//TH", "VERSION:2.0", "CALSCALE:GREGORIAN", "METHOD:PUBLISH")
_ESCAPES = str.maketrans({"\\": r"\\", ";": r"\;", ",": r"\,", "\n": r"\n"})
_OCTETS = 75
"""A line holds so many, without its end; in a continued one the first is a blank (RFC 5545, 3.1)."""


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
    return _lines(*_HEAD) + "".join(_event(deadline, now, domain) for deadline in entries) + _lines("END:VCALENDAR")


@lru_cache(maxsize=4096)  # on one morning a task is told to its officer, supervisor and executive
def _event(deadline: Deadline, now: datetime, domain: str) -> str:
    # Of one SEQUENCE the later DTSTAMP counts (RFC 5546, 2.1.5): a task taken up again comes back.
    cancelled = ("STATUS:CANCELLED",) if deadline.off else ()
    return _lines(
        "BEGIN:VEVENT",
        f"UID:{_text(f'task-{deadline.task_id}@{domain}')}",
        f"DTSTAMP:{now.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"SEQUENCE:{deadline.cycle}",
        f"DTSTART;VALUE=DATE:{deadline.due:%Y%m%d}",
        f"DTEND;VALUE=DATE:{deadline.due + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_text(f'ครบกำหนด: {one_line(deadline.title)} ({one_line(deadline.unit)})')}",
        f"DESCRIPTION:{_text(_description(deadline.task_id))}",
        "TRANSP:TRANSPARENT",  # a deadline does not make the day busy
        *cancelled,
        "END:VEVENT",
    )


def _text(value: str) -> str:
    return value.translate(_ESCAPES)


def _lines(*lines: str) -> str:
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _folded(line: str) -> str:
    return b"\r\n ".join(in_octets(line, _OCTETS, _OCTETS - 1)).decode("utf-8")


def _description(task_id: int) -> str:
    return f"กำหนดตามแผนมาตรการส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน (ITA)\nเลขที่งาน: {task_id}"
