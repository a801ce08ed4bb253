"""The outbox: claim with a lease, record what happened, fence off a claim that ran out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import and_, insert, or_, select, update
from sqlmodel import Session, col, func
from sqlmodel import select as select_rows

from tracker.domain.throttle import MAX_ATTEMPTS
from tracker.errors import NotFound
from tracker.store.tables import AttemptRow, MessageNoticeRow, MessageRow
from tracker.store.types import MessageStatus

_WAITING = (MessageStatus.QUEUED, MessageStatus.RETRYING)


@dataclass(frozen=True, slots=True)
class Claim:
    """Messages that are ours to send until the lease runs out."""

    token: str
    messages: tuple[MessageRow, ...]


def add(session: Session, row: MessageRow, notice_ids: Sequence[int]) -> MessageRow:
    """Put a message into the outbox with the notices that it carries."""
    session.add(row)
    session.flush()
    if notice_ids:
        links = [{"message_id": row.id, "notice_id": notice_id} for notice_id in notice_ids]
        session.execute(insert(MessageNoticeRow), links)
    return row


def claim(session: Session, channel: str, *, now: datetime, lease: timedelta, limit: int) -> Claim:
    """Take the oldest messages of a channel that are due, or whose sender let the lease run out.

    Two claims never get the same row: SQLite holds the write lock, PostgreSQL skips rows that are locked.
    Attempts are counted here, so that a message that kills its sender ends dead and not in a loop.
    """
    token = uuid4().hex
    due = (
        select(col(MessageRow.id))
        .where(col(MessageRow.channel) == channel, _claimable(now))
        .order_by(col(MessageRow.next_attempt_at), col(MessageRow.id))
        .limit(limit)
        .with_for_update(skip_locked=True)
        .cte("due")  # PostgreSQL runs it once; as a subquery it may run it again and take more than the limit
    )
    values: dict[Any, Any] = {
        "status": MessageStatus.SENDING,
        "lease_token": token,
        "lease_until": now + lease,
        "attempts": MessageRow.attempts + 1,
        "first_attempt_at": func.coalesce(MessageRow.first_attempt_at, now),
    }
    taken = update(MessageRow).where(col(MessageRow.id).in_(select(due.c.id))).values(values).returning(MessageRow)
    rows = session.scalars(taken, execution_options={"synchronize_session": False}).all()
    if rows:
        attempts = [{"message_id": row.id, "n": row.attempts, "started_at": now} for row in rows]
        session.execute(insert(AttemptRow), attempts)
    return Claim(token, tuple(sorted(rows, key=lambda row: row.id or 0)))


def claimable(session: Session, now: datetime) -> dict[str, int]:
    """Return how many messages of each channel could be claimed at an instant."""
    query = select(col(MessageRow.channel), func.count()).where(_claimable(now)).group_by(col(MessageRow.channel))
    return {row[0]: row[1] for row in session.execute(query)}


def keep_hold(session: Session, row: MessageRow, token: str, until: datetime) -> bool:
    """Renew the lease of a claimed message; False when somebody else has it now."""
    return _fenced(session, row, token, lease_until=until)


def finish(session: Session, row: MessageRow, token: str, **values: Any) -> bool:
    """Store the end of a claim: a status and what goes with it. False, and nothing stored, when it is not ours."""
    return _fenced(session, row, token, lease_token=None, lease_until=None, **values)


def record_attempt(
    session: Session, row: MessageRow, *, at: datetime, outcome: str, code: int | None, detail: str
) -> None:
    """Store how the attempt that `claim` opened ended, in the channel's own words."""
    statement = update(AttemptRow).where(col(AttemptRow.message_id) == row.id, col(AttemptRow.n) == row.attempts)
    session.execute(statement.values(finished_at=at, outcome=outcome, code=code, detail=detail))


def pause(session: Session, channel: str, until: datetime) -> None:
    """Let the waiting messages of a channel wait on, because the channel itself is at fault."""
    statement = update(MessageRow).where(
        col(MessageRow.channel) == channel,
        col(MessageRow.status).in_(_WAITING),
        col(MessageRow.next_attempt_at) < until,
    )
    session.execute(statement.values(next_attempt_at=until))


def has_newer(session: Session, row: MessageRow, *, day: bool) -> bool:
    """Say whether a later check made another coordinator's day (or executive's week) for the same person."""
    carries = col(MessageRow.day_since).is_not(None) if day else col(MessageRow.week)
    query = select(col(MessageRow.id)).where(
        carries, col(MessageRow.person_id) == row.person_id, col(MessageRow.decided_at) > row.decided_at
    )
    return session.execute(query.limit(1)).first() is not None


def message(session: Session, message_id: int) -> MessageRow:
    """Return one message; raises NotFound with what to do."""
    found = session.get(MessageRow, message_id)
    if found is None:
        raise NotFound(f"There is no message {message_id}: see the ids with `tracker message list`.")
    return found


def messages(session: Session) -> list[MessageRow]:
    """Return every message in the order in which they were made."""
    return list(session.exec(select_rows(MessageRow).order_by(col(MessageRow.id))))


def waiting(session: Session) -> list[MessageRow]:
    """Return the messages that are still to be sent, in the order in which they were made."""
    held = (*_WAITING, MessageStatus.SENDING)
    return list(
        session.exec(select_rows(MessageRow).where(col(MessageRow.status).in_(held)).order_by(col(MessageRow.id)))
    )


def unsettled(session: Session, now: datetime) -> int:
    """Return how many messages are in somebody's hands or could be claimed at an instant."""
    held = col(MessageRow.status) == MessageStatus.SENDING
    query = select(func.count()).select_from(MessageRow).where(or_(held, _claimable(now)))
    return int(session.execute(query).scalar_one())


def sent_since(session: Session, since: datetime) -> dict[str, int]:
    """Return how many messages each channel accepted after an instant."""
    query = (
        select(col(MessageRow.channel), func.count())
        .where(col(MessageRow.sent_at) > since)
        .group_by(col(MessageRow.channel))
    )
    return {row[0]: row[1] for row in session.execute(query)}


def dead_since(session: Session, since: datetime) -> list[MessageRow]:
    """Return the messages that are dead and were last tried, or made, after an instant."""
    tried = select(col(AttemptRow.message_id)).where(col(AttemptRow.started_at) > since)
    query = select_rows(MessageRow).where(
        MessageRow.status == MessageStatus.DEAD,
        or_(col(MessageRow.created_at) > since, col(MessageRow.id).in_(tried)),
    )
    return list(session.exec(query.order_by(col(MessageRow.id))))


def attempts(session: Session, message_id: int) -> list[AttemptRow]:
    """Return the attempts at one message, in their order."""
    query = select_rows(AttemptRow).where(AttemptRow.message_id == message_id).order_by(col(AttemptRow.n))
    return list(session.exec(query))


def channels_tried(session: Session, row: MessageRow) -> set[str]:
    """Return the channels of a message and of those that it replaces."""
    tried = {row.channel}
    while row.replaces_id is not None:
        row = message(session, row.replaces_id)
        tried.add(row.channel)
    return tried


def is_replaced(session: Session, row: MessageRow) -> bool:
    """Say whether another message was made to take the place of one."""
    query = select(col(MessageRow.id)).where(col(MessageRow.replaces_id) == row.id)
    return session.execute(query).first() is not None


def revive(session: Session, row: MessageRow, now: datetime) -> bool:
    """Queue a dead message again with as many attempts as a new one has; False when it is not dead."""
    statement = update(MessageRow).where(col(MessageRow.id) == row.id, col(MessageRow.status) == MessageStatus.DEAD)
    values: dict[Any, Any] = {
        "status": MessageStatus.RETRYING,
        "attempts_allowed": MessageRow.attempts + MAX_ATTEMPTS,
        "next_attempt_at": now,
    }
    revived = session.connection().execute(statement.values(values)).rowcount == 1
    session.expire(row)
    return revived


def _claimable(now: datetime) -> Any:
    waiting = and_(col(MessageRow.status).in_(_WAITING), col(MessageRow.next_attempt_at) <= now)
    let_go = and_(col(MessageRow.status) == MessageStatus.SENDING, col(MessageRow.lease_until) < now)
    return or_(waiting, let_go)


def _fenced(session: Session, row: MessageRow, token: str, **values: Any) -> bool:
    statement = (
        update(MessageRow)
        .where(col(MessageRow.id) == row.id, col(MessageRow.lease_token) == token)
        .values(**values)
        .execution_options(synchronize_session=False)
    )
    return session.connection().execute(statement).rowcount == 1


def messages_carrying(session: Session, notice_ids: Sequence[int]) -> list[MessageRow]:
    """Return the messages that carry any of some notices."""
    carrying = select(col(MessageNoticeRow.message_id)).where(col(MessageNoticeRow.notice_id).in_(notice_ids))
    query = select_rows(MessageRow).where(col(MessageRow.id).in_(carrying)).order_by(col(MessageRow.id))
    return list(session.exec(query))
