"""What stands in the outbox, to be looked at: listings and counts. Claiming and recording is in `outbox`."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import and_, func, or_, text
from sqlmodel import Session, col, select

from tracker.domain.some import Some
from tracker.store.finding import numbered
from tracker.store.leases import moment
from tracker.store.tables import AttemptRow, MessageNoticeRow, MessageRow, NoticeRow, WordingRow
from tracker.store.tables.ledger import DEAD, HELD, WAITING


def message(session: Session, message_id: int) -> MessageRow:
    """Return one message; raises NotFound with what to do."""
    return numbered(session, MessageRow, message_id, what="message", listing="tracker message list")


def wordings(session: Session, message_ids: Collection[int]) -> dict[int, WordingRow]:
    """Return what some messages say, by the message's id; those that were never written are left out."""
    query = select(WordingRow).where(col(WordingRow.message_id).in_(message_ids))
    return {row.message_id: row for row in session.exec(query)}


def messages_carrying(session: Session, notice_ids: Sequence[int]) -> list[MessageRow]:
    """Return the messages that carry any of some notices."""
    carrying = select(MessageNoticeRow.message_id).where(col(MessageNoticeRow.notice_id).in_(notice_ids))
    return list(session.exec(select(MessageRow).where(col(MessageRow.id).in_(carrying)).order_by(col(MessageRow.id))))


def attempts(session: Session, message_id: int) -> list[AttemptRow]:
    """Return the attempts at one message, in their order."""
    return list(session.exec(select(AttemptRow).where(AttemptRow.message_id == message_id).order_by(col(AttemptRow.n))))


def waiting(session: Session) -> list[MessageRow]:
    """Return the messages that are still to be sent, in the order in which they were made."""
    return list(session.exec(select(MessageRow).where(or_(text(WAITING), text(HELD))).order_by(col(MessageRow.id))))


def unsent(session: Session) -> tuple[int, datetime | None]:
    """Return how many messages are still to be sent, and when the oldest of them was made."""
    query = select(func.count(), func.min(MessageRow.created_at)).where(or_(text(WAITING), text(HELD)))
    return session.exec(query).one()


def claimable(session: Session, now: datetime) -> dict[str, int]:
    """Return how many messages of each channel are due, or were claimed with a lease that has run out."""
    due = and_(text(WAITING), col(MessageRow.next_attempt_at) <= now)
    lapsed = and_(text(HELD), col(MessageRow.lease_until) < moment(session, now))
    query = select(MessageRow.channel, func.count()).where(or_(due, lapsed)).group_by(MessageRow.channel)
    return {channel: count for channel, count in session.exec(query)}  # noqa: C416 - rows are no pairs to mypy


def waiting_on(session: Session, channel: str, now: datetime, *, most: int) -> int:
    """Return how many messages of a channel are due, counted no further than asked."""
    due = and_(text(WAITING), col(MessageRow.channel) == channel, col(MessageRow.next_attempt_at) <= now)
    some = select(MessageRow.id).where(due).limit(most).subquery()
    return session.exec(select(func.count()).select_from(some)).one()


def unsettled(session: Session, now: datetime) -> int:
    """Return how many messages are in somebody's hands or could be claimed at an instant."""
    due = and_(text(WAITING), col(MessageRow.next_attempt_at) <= now)
    return session.exec(select(func.count()).select_from(MessageRow).where(or_(text(HELD), due))).one()


def sent_since(session: Session, since: datetime) -> dict[str, int]:
    """Return how many messages each channel accepted after an instant."""
    query = select(MessageRow.channel, func.count()).where(col(MessageRow.sent_at) > since).group_by(MessageRow.channel)
    return {channel: count for channel, count in session.exec(query)}  # noqa: C416 - rows are no pairs to mypy


def dead_since(session: Session, since: datetime, most: int) -> Some[MessageRow]:
    """Return the first of the messages that are dead and were last tried, or made, after an instant."""
    tried = select(AttemptRow.id).where(
        col(AttemptRow.message_id) == col(MessageRow.id), col(AttemptRow.finished_at) > since
    )
    died = text(DEAD), or_(col(MessageRow.created_at) > since, tried.exists())
    count = session.exec(select(func.count()).select_from(MessageRow).where(*died)).one()
    first = session.exec(select(MessageRow).where(*died).order_by(col(MessageRow.id)).limit(most)) if count else ()
    return Some(tuple(first), count)


def load_of(session: Session, message_ids: Collection[int]) -> dict[int, int]:
    """Return how many notices each of some messages carries; those that carry none are left out."""
    query = (
        select(MessageNoticeRow.message_id, func.count())
        .where(col(MessageNoticeRow.message_id).in_(message_ids))
        .group_by(col(MessageNoticeRow.message_id))
    )
    return {message_id: count for message_id, count in session.exec(query)}  # noqa: C416 - rows are no pairs to mypy


def carried_by(session: Session, message_ids: Collection[int]) -> dict[int, list[NoticeRow]]:
    """Return the notices that some messages carry and that were not withdrawn, in the order of their ids."""
    query = (
        select(MessageNoticeRow.message_id, NoticeRow)
        .join(NoticeRow, col(MessageNoticeRow.notice_id) == col(NoticeRow.id))
        .where(col(MessageNoticeRow.message_id).in_(message_ids), col(NoticeRow.withdrawn_at).is_(None))
        .order_by(col(NoticeRow.id))
    )
    carried: dict[int, list[NoticeRow]] = {message_id: [] for message_id in message_ids}
    for message_id, notice in session.exec(query):
        carried[message_id].append(notice)
    return carried
