"""What the watch asks the database: a few questions with an index for each, however many rows there are."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from sqlalchemy import String, and_, cast, exists, func, literal, or_, select, text
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from schedules.ladders import Ladder
from tracker.domain.watch import NAMED, Attempt, ChannelState, Work
from tracker.store.tables import (
    AddressOffRow,
    AttemptRow,
    AuditHeadRow,
    AuditRow,
    IncidentRow,
    MessageRow,
    PostRow,
    TaskRow,
)
from tracker.store.tables.ledger import DEAD, HELD, WAITING
from tracker.store.tables.work import SILENT
from tracker.store.types import MessageStatus

_LIVING = (MessageStatus.QUEUED, MessageStatus.RETRYING, MessageStatus.SENDING, MessageStatus.SENT)
_CUT = NAMED + 1
_NEWEST = 1000
"""How many attempts back the last one on a channel is looked for."""
_LOOKED_BACK = timedelta(days=60)
"""How long a dead message is looked at: it stays in the table for good, and was told of daily all that time."""
_NEAR = 1000
"""How far apart the messages of one check to its coordinators are at most: they are made one after the other."""


def work(session: Session, ladders: Mapping[str, Ladder], channels: Collection[str], now: datetime) -> Work:
    """Return how tasks and messages stand; `channels` are those that are switched on."""
    return Work(
        _silent(session, ladders),
        _unchecked(session, now),
        tuple(_channel(session, name) for name in channels),
        _dead(session, {"email", "line", *channels}, now - _LOOKED_BACK),
        _untold(session),
    )


def newest_entry(session: Session) -> datetime | None:
    """Return the instant of the last audit entry, None when there is none."""
    last = select(col(AuditHeadRow.last_id)).where(col(AuditHeadRow.id) == 1).scalar_subquery()
    found = session.execute(select(col(AuditRow.at)).where(col(AuditRow.id) == last)).first()
    return found[0] if found else None


def database_clock(session: Session) -> datetime | None:
    """Return the instant on the database's own clock; None for SQLite, which has ours."""
    if session.get_bind().dialect.name != "postgresql":
        return None
    at: datetime = session.execute(text("SELECT clock_timestamp()")).scalar_one()
    return at


def _silent(session: Session, ladders: Mapping[str, Ladder]) -> tuple[int, ...]:
    """Return open tasks without a next notice that are not on the last rung of their ladder.

    One question for each ladder, with the condition of the partial index written out: PostgreSQL, which takes such
    tasks for common, reads the whole table when it is asked in another way.
    """
    found: list[int] = []
    for fingerprint, ladder in ladders.items():
        query = (
            select(col(TaskRow.id))
            .where(
                text(SILENT),
                col(TaskRow.ladder) == fingerprint,
                col(TaskRow.reached) < len(ladder.rungs) - 1,
            )
            .order_by(col(TaskRow.ladder), col(TaskRow.reached))
            .limit(_CUT)
        )
        found += session.scalars(query)
    return tuple(sorted(found)[:_CUT])


def _unchecked(session: Session, now: datetime) -> tuple[tuple[int, datetime], ...]:
    query = (
        select(col(TaskRow.id), col(TaskRow.next_notice_at))
        .where(col(TaskRow.next_notice_at).is_not(None), col(TaskRow.next_notice_at) <= now)
        .order_by(col(TaskRow.next_notice_at))
        .limit(_CUT)
    )
    return tuple((row[0], row[1]) for row in session.execute(query))


def _channel(session: Session, name: str) -> ChannelState:
    ours = col(MessageRow.channel) == name
    waiting, due = session.execute(
        select(func.count(), func.min(MessageRow.next_attempt_at)).where(ours, text(WAITING))
    ).one()
    held = select(func.min(MessageRow.lease_until)).where(ours, text(HELD))
    return ChannelState(
        name, waiting, due, session.execute(held).scalar_one(), _last_attempt(session, name) if waiting else None
    )


def _last_attempt(session: Session, channel: str) -> Attempt | None:
    newest = select(AttemptRow).order_by(col(AttemptRow.id).desc()).limit(_NEWEST).subquery().c
    query = (
        select(newest.finished_at, newest.outcome, newest.detail)
        .join(MessageRow, col(MessageRow.id) == newest.message_id)
        .where(col(MessageRow.channel) == channel)
        .order_by(newest.id.desc())
        .limit(1)
    )
    found = session.execute(query).first()
    if found is None:
        return None
    return Attempt(found[0], (found[2] or "") if found[1] == "misconfigured" else None)


def _dead(session: Session, channels: Collection[str], since: datetime) -> tuple[int, ...]:
    """Return messages due after an instant that ended dead, and that neither another message nor an incident speaks of.

    An address that is off was reported as such. A dead message that told a coordinator of incidents makes no incident
    itself; another coordinator may have it.
    """
    instead, other, after = aliased(MessageRow), aliased(MessageRow), aliased(MessageRow)
    key = literal("dead:") + cast(MessageRow.id, String) + ":" + cast(MessageRow.attempts, String)
    coordinators = select(col(PostRow.person_id)).where(col(PostRow.role) == "coordinator")
    others = exists().where(
        col(other.id).between(col(MessageRow.id) - _NEAR, col(MessageRow.id) + _NEAR),
        col(other.decided_at) == col(MessageRow.decided_at),
        col(other.person_id).in_(coordinators),
        or_(
            col(other.status).in_(_LIVING),
            exists().where(col(after.replaces_id).is_not(None), col(after.replaces_id) == col(other.id)),
        ),
    )
    query = (
        select(col(MessageRow.id))
        .where(
            col(MessageRow.channel).in_(channels),
            text(DEAD),
            col(MessageRow.next_attempt_at) > since,
            ~exists().where(col(instead.replaces_id) == col(MessageRow.id)),
            ~exists().where(
                col(AddressOffRow.person_id) == col(MessageRow.person_id),
                col(AddressOffRow.channel) == col(MessageRow.channel),
                col(AddressOffRow.address) == col(MessageRow.address),
            ),
            or_(
                and_(col(MessageRow.kind) == "incidents", ~others),
                and_(col(MessageRow.kind) != "incidents", ~exists().where(col(IncidentRow.key) == key)),
            ),
        )
        .limit(_CUT)
    )
    return tuple(sorted(session.scalars(query)))


def _untold(session: Session) -> tuple[int, datetime] | None:
    query = select(func.count(), func.min(IncidentRow.at)).where(col(IncidentRow.told_at).is_(None))
    count, since = session.execute(query).one()
    return (count, since) if count else None
