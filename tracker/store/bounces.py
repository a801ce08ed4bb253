"""Delivery reports: the message that one is about, which were acted on, and how far mailboxes are read."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session, col, select

from tracker.store.tables import BounceRow, MailboxRow, MessageRow
from tracker.store.types import MessageStatus


def message_of(session: Session, header_ids: Sequence[str]) -> MessageRow | None:
    """Return the e-mail with the first of some Message-IDs (no angle brackets) that is ours, None when none is."""
    query = select(MessageRow).where(col(MessageRow.header_id).in_(header_ids), MessageRow.channel == "email")
    found = {row.header_id: row for row in session.exec(query)}
    return next((found[header_id] for header_id in header_ids if header_id in found), None)


def note(session: Session, key: str, message: MessageRow, at: datetime) -> bool:
    """Keep that a report is acted on; False when it was before. The caller holds the lock on reading mailboxes."""
    if session.get(BounceRow, key) is not None:
        return False
    session.add(BounceRow(key=key, message_id=message.id or 0, at=at))
    session.flush()
    return True


def end_dead(session: Session, row: MessageRow, why: str) -> bool:
    """End a message that was sent and came back; False when it does not stand as sent (any more)."""
    statement = update(MessageRow).where(col(MessageRow.id) == row.id, col(MessageRow.status) == MessageStatus.SENT)
    ended = session.connection().execute(statement.values(status=MessageStatus.DEAD, sent_at=None, error=why))
    session.expire(row)
    return ended.rowcount == 1


def position(session: Session, mailbox: str) -> tuple[int, int] | None:
    """Return the UIDVALIDITY of a mailbox and the highest UID that was looked at, None for a new one."""
    found = session.get(MailboxRow, mailbox)
    return (found.validity, found.uid) if found else None


def keep_position(session: Session, mailbox: str, position: tuple[int, int]) -> None:
    """Keep how far a mailbox was read."""
    validity, uid = position
    session.merge(MailboxRow(name=mailbox, validity=validity, uid=uid))
