"""The outbox: claim with a lease, let go, record what happened, fence off a claim that ran out."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import Select, and_, case, exists, insert, or_, select, text, update
from sqlmodel import Session, col, func

from tracker.domain.throttle import MAX_ATTEMPTS
from tracker.store.inserting import insert_all
from tracker.store.leases import moment
from tracker.store.tables import AttemptRow, MessageNoticeRow, MessageRow, WordingRow
from tracker.store.tables.ledger import DIGEST, HELD, WAITING
from tracker.store.types import MessageStatus

_MESSAGE: Any = MessageRow.__table__  # type: ignore[attr-defined]
"""The table itself, for what is written once a message: without the bookkeeping of objects it costs half."""
_VANISHED = "the sender was gone before it could say how it ended"


@dataclass(frozen=True, slots=True)
class Claim:
    """Messages that are ours to send until the lease runs out."""

    token: str
    messages: tuple[MessageRow, ...]


def add(session: Session, rows: Sequence[Mapping[str, Any]], carrying: Sequence[Collection[int]]) -> list[int]:
    """Put messages into the outbox, each with the ids of the notices that it carries; return their ids in order."""
    keys = [row["key"] for row in rows]
    insert_all(session, MessageRow, [_complete(row) for row in rows])
    stored = session.connection().execute(select(_MESSAGE.c.key, _MESSAGE.c.id).where(_MESSAGE.c.key.in_(keys)))
    of_key = {key: message_id for key, message_id in stored}  # noqa: C416 - rows are no pairs to mypy
    ids = [of_key[key] for key in keys]
    links = [
        {"message_id": message_id, "notice_id": notice_id}
        for message_id, notice_ids in zip(ids, carrying, strict=True)
        for notice_id in notice_ids
    ]
    insert_all(session, MessageNoticeRow, links)
    return ids


def claim(session: Session, channel: str, *, now: datetime, lease: timedelta, limit: int) -> Claim:
    """Take the oldest messages of a channel that are due.

    Two claims never get the same row: SQLite holds the write lock, PostgreSQL skips rows that are locked.
    Attempts are counted here, so that a message that kills its sender ends dead and not in a loop.
    """
    due = (
        select(col(MessageRow.id))
        .where(text(WAITING), col(MessageRow.channel) == channel, col(MessageRow.next_attempt_at) <= now)
        .order_by(col(MessageRow.next_attempt_at), col(MessageRow.id))
        .limit(limit)
    )
    return _take(session, due, now=now, lease=lease)


def claim_lapsed(session: Session, channel: str, *, now: datetime, lease: timedelta) -> Claim:
    """Take one message whose sender let the lease run out, and record that attempt as vanished.

    One at a time: it may be the message that killed its sender, and must not take others along again. Whether
    the channel has it is not known, so its words stay as they are.
    """
    lapsed = (
        select(col(MessageRow.id))
        .where(text(HELD), col(MessageRow.channel) == channel, col(MessageRow.lease_until) < moment(session, now))
        .order_by(col(MessageRow.lease_until), col(MessageRow.id))
        .limit(1)
    )
    written = exists().where(col(WordingRow.message_id) == col(MessageRow.id))
    taken = _take(session, lapsed, now=now, lease=lease, unsure=written)
    for row in taken.messages:
        _log(session, row.id, row.attempts - 1, started_at=now, at=now, outcome="vanished", code=None, detail=_VANISHED)
    return taken


def renew(session: Session, ids: Collection[int], token: str, *, now: datetime, lease: timedelta) -> set[int]:
    """Hold claimed messages for longer; return those that are still ours."""
    statement = (
        update(MessageRow)
        .where(col(MessageRow.id).in_(ids), col(MessageRow.lease_token) == token)
        .values(lease_until=moment(session, now, lease))
        .returning(col(MessageRow.id))
        .execution_options(synchronize_session=False)
    )
    return {message_id or 0 for message_id in session.scalars(statement)}


def let_go(session: Session, ids: Collection[int], token: str) -> None:
    """Give up the hold on messages that were not begun: as if they had not been claimed."""
    first = col(MessageRow.attempts) == 1
    values: dict[str, Any] = {
        "status": case((first, MessageStatus.QUEUED), else_=MessageStatus.RETRYING),
        "first_attempt_at": case((first, None), else_=col(MessageRow.first_attempt_at)),
        "attempts": MessageRow.attempts - 1,
        "lease_token": None,
        "lease_until": None,
    }
    statement = update(MessageRow).where(col(MessageRow.id).in_(ids), col(MessageRow.lease_token) == token)
    session.execute(statement.values(values), execution_options={"synchronize_session": False})


def write(session: Session, words: Sequence[Mapping[str, Any]]) -> None:
    """Store what claimed messages say, in place of what they said before; each mapping is a whole `WordingRow`."""
    insert_all(session, WordingRow, words, known="replace")


def send_to(session: Session, message_id: int, address: str) -> None:
    """Store that a claimed message goes to another address than it was queued for."""
    session.connection().execute(update(_MESSAGE).where(_MESSAGE.c.id == message_id).values(address=address))


def finish(session: Session, row: MessageRow, token: str, **values: Any) -> bool:
    """Store the end of a claim: a status and what goes with it. False, and nothing stored, when it is not ours."""
    statement = (
        update(_MESSAGE)
        .where(_MESSAGE.c.id == row.id, _MESSAGE.c.lease_token == token)
        .values(lease_token=None, lease_until=None, **values)
    )
    return session.connection().execute(statement).rowcount == 1


def record_attempt(
    session: Session,
    row: MessageRow,
    *,
    started_at: datetime,
    at: datetime,
    outcome: str,
    code: int | None,
    detail: str,
) -> None:
    """Store how an attempt ended, in the channel's own words. Only for a message whose claim `finish` ended."""
    _log(session, row.id, row.attempts, started_at=started_at, at=at, outcome=outcome, code=code, detail=detail)


def has_newer(session: Session, row: MessageRow, *, day: bool) -> bool:
    """Say whether a later check made another coordinator's day (or executive's week) for the same person."""
    carries = col(MessageRow.day_since).is_not(None) if day else col(MessageRow.week)
    query = select(col(MessageRow.id)).where(
        text(DIGEST), carries, col(MessageRow.person_id) == row.person_id, col(MessageRow.decided_at) > row.decided_at
    )
    return session.execute(query.limit(1)).first() is not None


def is_heard(session: Session, decided_at: datetime, coordinators: Collection[int]) -> bool:
    """Say whether a message of one check has told its incidents, or will tell them to one of those named."""
    coming = and_(or_(text(WAITING), text(HELD)), col(MessageRow.person_id).in_(coordinators))
    query = select(col(MessageRow.id)).where(
        text(DIGEST),
        col(MessageRow.decided_at) == decided_at,
        col(MessageRow.incidents),
        or_(col(MessageRow.status) == MessageStatus.SENT, coming),
    )
    return session.execute(query.limit(1)).first() is not None


def tells_no_incidents(session: Session, row: MessageRow) -> None:
    """Store that a message leaves out the incidents of its check: its reader coordinates no more."""
    row.incidents = False
    session.connection().execute(update(_MESSAGE).where(_MESSAGE.c.id == row.id).values(incidents=False))


def channels_tried(session: Session, row: MessageRow) -> set[str]:
    """Return the channels of a message and of those that it replaces."""
    tried = {row.channel}
    replaced = row.replaces_id
    while replaced is not None:
        channel, replaced = session.execute(
            select(col(MessageRow.channel), col(MessageRow.replaces_id)).where(col(MessageRow.id) == replaced)
        ).one()
        tried.add(channel)
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


def _take(
    session: Session, wanted: Select[Any], *, now: datetime, lease: timedelta, unsure: Any = MessageRow.unsure
) -> Claim:
    token = uuid4().hex
    # A CTE runs once; as a subquery PostgreSQL may run it again and take more than the limit.
    chosen = wanted.with_for_update(skip_locked=True).cte("chosen")
    values: dict[str, Any] = {
        "status": MessageStatus.SENDING,
        "lease_token": token,
        "lease_until": moment(session, now, lease),
        "attempts": MessageRow.attempts + 1,
        "first_attempt_at": func.coalesce(MessageRow.first_attempt_at, now),
        "unsure": unsure,
    }
    taken = update(MessageRow).where(col(MessageRow.id).in_(select(chosen.c.id))).values(values).returning(MessageRow)
    rows = session.scalars(taken, execution_options={"synchronize_session": False}).all()
    for row in rows:
        session.expunge(row)  # ours for longer than this transaction; what is written of it, `write` writes
    return Claim(token, tuple(sorted(rows, key=lambda row: (row.next_attempt_at, row.id or 0))))


def _log(session: Session, message_id: int | None, n: int, *, at: datetime, **values: Any) -> None:
    session.connection().execute(insert(AttemptRow), {"message_id": message_id, "n": n, "finished_at": at, **values})


def _complete(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "status": MessageStatus.QUEUED,
        "attempts": 0,
        "attempts_allowed": MAX_ATTEMPTS,
        "unsure": False,
        "incidents": False,
        **row,
    }
