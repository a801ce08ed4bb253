"""Sends what is due on one channel: claim, commit, send with no transaction open, record."""

from collections import Counter
from dataclasses import dataclass, field

from schedules.calendars import WorkCalendar, bangkok_day
from tracker.delivery.channel import Channel, Outgoing
from tracker.domain.throttle import BATCH, LEASE, MISCONFIGURED_PAUSE, SAME_KEY_WINDOW
from tracker.store import holidays, outbox, people
from tracker.store.outbox import Claim
from tracker.store.tables import MessageRow
from tracker.store.types import MessageStatus
from tracker.usecases.compose_messages import Writer
from tracker.usecases.recheck import recheck
from tracker.usecases.record_outcome import end_dead, record_outcome
from tracker.usecases.services import Services


@dataclass(slots=True)
class DeliverResult:
    """How the messages of one call ended: sent, retrying, dead, withdrawn, paused or lost (another's now)."""

    counts: Counter[str] = field(default_factory=Counter)

    @property
    def summary(self) -> str:
        """Return one line for a log or a screen."""
        return ", ".join(f"{count} {what}" for what, count in sorted(self.counts.items())) or "nothing to send"


def deliver(services: Services, channel: str) -> DeliverResult:
    """Send everything that is due on a channel, in small batches, until nothing can be claimed.

    Safe to run from many threads, processes and machines at once. Outside office hours nothing is sent.
    """
    result = DeliverResult()
    sender = services.channels.get(channel)
    while sender is not None:
        now = services.clock.now()
        with services.store.reading() as session:
            calendar = holidays.calendar(session, services.settings.office_hours, bangkok_day(now))
            if not calendar.is_open(now) or not outbox.claimable(session, now).get(channel):
                break
            writer = Writer.of(session, services, now)
        with services.store.writing() as session:
            claim = outbox.claim(session, channel, now=now, lease=LEASE, limit=BATCH)
        if not claim.messages or not _send_batch(services, sender, claim, calendar, writer, result):
            break
    return result


def _send_batch(
    services: Services, sender: Channel, claim: Claim, calendar: WorkCalendar, writer: Writer, result: DeliverResult
) -> bool:
    """Send each claimed message; False when the rest must wait: the channel is at fault, or the office has closed.

    Whatever ends this early, such as a stop of the worker, the messages not yet begun are let go at once.
    """
    left, healthy = list(claim.messages), True
    try:
        while left:
            if not calendar.is_open(services.clock.now()):  # a slow server must not carry a batch into the evening
                _let_go(services, left, claim.token)
                return False
            row = left.pop(0)  # begun: whatever happens to it now, only its lease gives it to another
            ended = (
                _send_one(services, sender, row, claim.token, calendar, writer)
                if healthy
                else _put_back(services, row, claim.token)
            )
            result.counts[ended] += 1
            healthy = healthy and ended != "paused"
    except BaseException:
        _let_go(services, left, claim.token)
        raise
    return healthy


def _send_one(
    services: Services, sender: Channel, row: MessageRow, token: str, calendar: WorkCalendar, batch: Writer
) -> str:
    """Send one claimed message if it is still true, and return how it stands then.

    `batch` is the writer of the batch: who is who was read once for all of it.
    """
    with services.store.writing() as session:
        row = session.merge(row, load=False)
        verdict = _ready(services, batch.at(session, services.clock.now()), row, token)
    if verdict != "send":
        return verdict
    outcome = sender.send(_outgoing(row, services))
    with services.store.writing() as session:
        return record_outcome(session, services, row, token, outcome, calendar)


def _put_back(services: Services, row: MessageRow, token: str) -> str:
    """Let a message wait because its channel is at fault; no attempt is used up."""
    now = services.clock.now()
    with services.store.writing() as session:
        held = outbox.finish(
            session,
            row,
            token,
            status=MessageStatus.RETRYING,
            next_attempt_at=now + MISCONFIGURED_PAUSE,
            attempts_allowed=row.attempts_allowed + 1,
        )
    return "paused" if held else "lost"


def _let_go(services: Services, rows: list[MessageRow], token: str) -> None:
    """Give up the hold on messages that were not begun, so that the next sender need not wait for the lease."""
    with services.store.writing() as session:
        for row in rows:
            outbox.finish(session, row, token, status=MessageStatus.RETRYING, attempts_allowed=row.attempts_allowed + 1)


def _ready(services: Services, writer: Writer, row: MessageRow, token: str) -> str:
    """Return "send", or how the message ended instead of being sent."""
    session, now = writer.session, writer.now
    if not outbox.keep_hold(session, row, token, now + LEASE):
        return "lost"
    if row.attempts > row.attempts_allowed:
        return end_dead(session, services, row, token, "โปรแกรมหยุดทำงานซ้ำทุกครั้งที่ส่งข้อความนี้", now)
    if row.unsure and row.channel == "line" and row.first_attempt_at and now - row.first_attempt_at > SAME_KEY_WINDOW:
        return end_dead(session, services, row, token, "ไม่ได้รับคำตอบภายใน ๒๓ ชั่วโมง", now)
    verdict = recheck(writer, row, token)
    if verdict == "no address":
        return end_dead(session, services, row, token, "ผู้รับไม่มีที่อยู่ของช่องทางนี้แล้ว", now)
    return verdict


def _outgoing(row: MessageRow, services: Services) -> Outgoing:
    with services.store.reading() as session:
        name = people.name_of(session, row.person_id)
    return Outgoing(
        address=row.address,
        subject=row.subject,
        text=row.text,
        html=row.html,
        calendar=row.calendar,
        message_id=row.header_id,
        retry_key=row.retry_key,
        recipient_name=name,
        date=row.created_at,
    )
