"""Reads the mailbox of delivery reports: a mail that came back is told by another channel, and its address given up."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlmodel import Session

from schedules.calendars import bangkok_day
from tracker.delivery.bounces import read_report
from tracker.delivery.mailbox import Mail
from tracker.errors import Misconfigured, TrackerError
from tracker.store import audit, bounces, marks, notices
from tracker.store.types import MessageStatus
from tracker.usecases.fall_back import fall_back
from tracker.usecases.give_up_address import give_up_address
from tracker.usecases.services import Services

MARK = "bounces"
_TOO_LONG = timedelta(days=1)
"""How long a mailbox may be unreadable before the coordinator is told."""


@dataclass(slots=True)
class BouncesRead:
    """What a run did with each mail: bounced, known (acted on before), ignored, or waiting (its message is in hand)."""

    counts: Counter[str] = field(default_factory=Counter)

    @property
    def summary(self) -> str:
        """Return one line for a log or a screen."""
        return ", ".join(f"{count} {what}" for what, count in sorted(self.counts.items())) or "no new mail"


def read_bounces(services: Services) -> BouncesRead:
    """Act on every report in the mailbox that was not looked at yet, each in a transaction of its own.

    Safe to repeat and to run twice at once. Raises Misconfigured when no mailbox is set, and what the mailbox raises;
    the coordinator is told, once a day, of one that could not be read for a day.
    """
    mailbox = services.bounces
    if mailbox is None:
        raise Misconfigured(
            "No mailbox of delivery reports is set: set TRACKER_BOUNCE_URL, such as imaps://user:password@host/INBOX."
        )
    result = BouncesRead()
    with services.store.reading() as session:
        after = bounces.position(session, mailbox.name)
    try:
        for mail in mailbox.mails(after):
            outcome = _look_at(services, mailbox.name, mail)
            result.counts[outcome] += 1
            if outcome == "waiting":
                break  # the next run begins with it
    except TrackerError as fault:
        _report_unreadable(services, fault)
        raise
    with services.store.writing() as session:
        marks.set_mark(session, MARK, services.clock.now())
    return result


def _look_at(services: Services, mailbox: str, mail: Mail) -> str:
    now = services.clock.now()
    with services.store.writing() as session:
        marks.only_one(session, MARK)
        audit.hold(session)
        outcome = _act_on(session, services, mail.raw, now)
        if mail.position and outcome != "waiting":
            bounces.keep_position(session, mailbox, mail.position)
    return outcome


def _act_on(session: Session, services: Services, raw: bytes, now: datetime) -> str:
    """Do what follows from one mail, and return its word in BouncesRead.

    Believed is only a report that names the Message-ID of a mail of ours, which none but its readers can know, and
    the address that this mail was sent to: nobody can turn the address of another off.
    """
    report = read_report(raw)
    row = bounces.message_of(session, report.message_ids) if report else None
    failure = report.failure_at(row.address) if report and row else None
    if report is None or row is None or failure is None:
        return "ignored"
    if row.status == MessageStatus.SENDING:
        return "waiting"  # the report was faster than the answer of the relay
    if not bounces.note(session, report.key, row, now):
        return "known"
    if bounces.end_dead(session, row, failure.words):
        fall_back(session, services, row, failure.words, now)
    else:  # the message has another end, or is still to be sent: to another address, then
        give_up_address(session, services, row, failure.words, now)
    return "bounced"


def _report_unreadable(services: Services, fault: TrackerError) -> None:
    now = services.clock.now()
    with services.store.writing() as session:
        read_at = marks.mark(session, MARK)
        if read_at is None or now - read_at > _TOO_LONG:
            text = f"อ่านกล่องจดหมายตีกลับไม่ได้ จึงไม่ทราบว่าอีเมลฉบับใดส่งไม่ถึง โปรดแจ้งผู้ดูแลระบบ ({fault})"
            notices.report_incident(session, f"bounces:{bangkok_day(now)}", text, now)
