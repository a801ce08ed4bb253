"""Stores how an attempt ended and what follows from it, in the caller's transaction."""

import random
from datetime import datetime

from sqlmodel import Session

from schedules.calendars import WorkCalendar, bangkok_day
from tracker.delivery.channel import Outcome, OutcomeKind
from tracker.domain.thai.channels import of_channel
from tracker.domain.throttle import MISCONFIGURED_PAUSE, retry_delay
from tracker.store import channels, notices, outbox
from tracker.store.tables import MessageRow
from tracker.store.types import MessageStatus
from tracker.usecases.fall_back import fall_back
from tracker.usecases.services import Services

_NO_WORDS = "the channel refused it without a word"


def record_outcome(
    session: Session,
    services: Services,
    row: MessageRow,
    token: str,
    outcome: Outcome,
    calendar: WorkCalendar,
    started_at: datetime,
) -> str:
    """Store an outcome other than accepted and what follows from it; return how the message stands.

    Of a message that is not ours any more ("lost") nothing is stored: who took it over has written this attempt off.
    """
    now = services.clock.now()
    ended = _end(session, services, row, token, outcome, calendar, now)
    if ended != "lost":
        outbox.record_attempt(
            session,
            row,
            started_at=started_at,
            at=now,
            outcome=outcome.kind,
            code=outcome.code,
            detail=outcome.detail,
        )
    return ended


def _end(
    session: Session,
    services: Services,
    row: MessageRow,
    token: str,
    outcome: Outcome,
    calendar: WorkCalendar,
    now: datetime,
) -> str:
    if outcome.kind is OutcomeKind.MISCONFIGURED:
        return _channel_at_fault(session, row, token, outcome, now)
    if outcome.kind is OutcomeKind.PERMANENT or row.attempts >= row.attempts_allowed:
        return end_dead(session, services, row, token, outcome.detail, now, quota_gone=outcome.quota_gone)
    delay = max(retry_delay(row.attempts, random.random()), outcome.wait)  # noqa: S311 - spreads a herd
    later = calendar.next_open(now + delay)
    held = outbox.finish(
        session,
        row,
        token,
        status=MessageStatus.RETRYING,
        next_attempt_at=later,
        error=outcome.detail,
        unsure=row.unsure or outcome.kind is OutcomeKind.UNKNOWN,
    )
    return "retrying" if held else "lost"


def end_dead(
    session: Session,
    services: Services,
    row: MessageRow,
    token: str,
    why: str,
    now: datetime,
    *,
    quota_gone: bool = False,
) -> str:
    """End a message that cannot be delivered, tell the coordinator, and try the person's next channel."""
    if not outbox.finish(session, row, token, status=MessageStatus.DEAD, error=why or _NO_WORDS):
        return "lost"
    fall_back(session, services, row, why, now, quota_gone=quota_gone)
    return "dead"


def _channel_at_fault(session: Session, row: MessageRow, token: str, outcome: Outcome, now: datetime) -> str:
    """Keep the message, let the whole channel wait, and report it once a day; no attempt is used up."""
    channels.pause(session, row.channel, now + MISCONFIGURED_PAUSE)
    failed = f"ช่องทาง{of_channel(row.channel)} ส่งไม่ได้เพราะการตั้งค่า ({outcome.detail})"
    text = f"{failed} ข้อความทั้งหมดยังอยู่ครบและรอส่ง โปรดแจ้งผู้ดูแลระบบ"
    notices.report_incident(session, f"misconfigured:{row.channel}:{bangkok_day(now)}", text, now)
    held = outbox.finish(
        session,
        row,
        token,
        status=MessageStatus.RETRYING,
        next_attempt_at=now + MISCONFIGURED_PAUSE,
        error=outcome.detail,
        attempts_allowed=row.attempts_allowed + 1,
    )
    return "paused" if held else "lost"
