"""What was decided, sent and done: messages, attempts, notices, decisions not to send, incidents, the trail."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from tracker.domain.people import CLIMB
from tracker.domain.throttle import MAX_ATTEMPTS
from tracker.store.types import MessageStatus, json_column, one_of

MESSAGE_KINDS = ("notices", "daily", "weekly", "incidents")
"""What leads a message, the most urgent first; one message can carry several of them."""
ATTEMPT_OUTCOMES = ("accepted", "temporary", "permanent", "unknown", "misconfigured", "vanished")
"""How an attempt ends: as the channel says, or `vanished` when its sender was gone before it could say."""
WAITING, HELD, DEAD = "status IN ('queued', 'retrying')", "status = 'sending'", "status = 'dead'"
DIGEST = "(day_since IS NOT NULL OR week OR incidents)"
"""SQL of the partial indexes. A query says them word for word: no planner matches them with bound parameters."""


def _where(condition: str) -> dict[str, Any]:
    return {"sqlite_where": text(condition), "postgresql_where": text(condition)}


class MessageRow(SQLModel, table=True):
    """The outbox: what is really sent. The row is the promise, the queue only a hint.

    Beside the notices that are linked to it, a message can carry a coordinator's day (what happened after
    `day_since`), an executive's week (`week`), and the `incidents` told at `decided_at`, the instant of the check
    that asked for it. What it says is its `WordingRow`.
    """

    __tablename__ = "message"
    __table_args__ = (
        one_of("status", tuple(MessageStatus)),
        one_of("kind", MESSAGE_KINDS),
        CheckConstraint("(status = 'sending') = (lease_token IS NOT NULL AND lease_until IS NOT NULL)", name="lease"),
        CheckConstraint("(status = 'sent') = (sent_at IS NOT NULL)", name="sent_at"),
        CheckConstraint("attempts >= 0 AND (status <> 'queued' OR attempts = 0)", name="attempts"),
        CheckConstraint("status <> 'sent' OR attempts > 0", name="sent_by_an_attempt"),
        CheckConstraint("status NOT IN ('dead', 'withdrawn') OR error IS NOT NULL", name="ended_for_a_reason"),
        Index("ix_message_waiting", "channel", "next_attempt_at", "id", **_where(WAITING)),
        Index("ix_message_held", "channel", "lease_until", **_where(HELD)),
        Index("ix_message_dead", "id", **_where(DEAD)),
        Index("ix_message_digest", "decided_at", "person_id", **_where(DIGEST)),
        Index("ix_message_replaces", "replaces_id", unique=True, **_where("replaces_id IS NOT NULL")),
    )
    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    kind: str
    person_id: int = Field(foreign_key="person.id")
    channel: str
    address: str
    header_id: str = Field(index=True)
    retry_key: str
    status: str = MessageStatus.QUEUED
    attempts: int = 0
    attempts_allowed: int = MAX_ATTEMPTS
    next_attempt_at: datetime
    lease_token: str | None = None
    lease_until: datetime | None = None
    first_attempt_at: datetime | None = None
    unsure: bool = False
    sent_at: datetime | None = None
    error: str | None = None
    created_at: datetime
    decided_at: datetime
    day_since: datetime | None = None
    week: bool = False
    incidents: bool = False
    replaces_id: int | None = Field(default=None, foreign_key="message.id")


class WordingRow(SQLModel, table=True):
    """What a message says: written just before each try, from what is true then.

    It stays as it is while it is unknown whether the channel has taken it. In a table of its own, for a message
    changes hands several times, and each time PostgreSQL copies the whole row and enters it in every index.
    """

    __tablename__ = "wording"
    message_id: int = Field(foreign_key="message.id", primary_key=True, sa_column_kwargs={"autoincrement": False})
    subject: str
    text: str
    html: str | None = None
    calendar: str | None = None
    written_at: datetime


class AttemptRow(SQLModel, table=True):
    """One try to deliver one message, with its result in the channel's own words. Append-only."""

    __tablename__ = "attempt"
    __table_args__ = (UniqueConstraint("message_id", "n"), one_of("outcome", ATTEMPT_OUTCOMES))
    id: int | None = Field(default=None, primary_key=True)
    message_id: int = Field(foreign_key="message.id")
    n: int
    started_at: datetime
    finished_at: datetime
    outcome: str
    code: int | None = None
    detail: str | None = None


class NoticeRow(SQLModel, table=True):
    """One rung that has come due for one recipient: this key exists once, ever.

    `meant_for` is the audience that could not be reached; `acting_for_id` who is on leave, when a substitute is told.
    `pass_on` asks the next check to tell others, because this recipient was not told.
    """

    __tablename__ = "notice"
    __table_args__ = (
        UniqueConstraint("task_id", "cycle", "rung", "person_id"),
        one_of("audience", CLIMB),
        CheckConstraint("(withdrawn_at IS NULL) = (withdrawn_why IS NULL)", name="withdrawn"),
        Index("ix_notice_pass_on", "id", **_where("pass_on")),
    )
    id: int | None = Field(default=None, primary_key=True)
    task_id: int = Field(foreign_key="task.id")
    cycle: int
    rung: str
    person_id: int = Field(foreign_key="person.id")
    audience: str
    meant_for: str | None = None
    acting_for_id: int | None = Field(default=None, foreign_key="person.id")
    decided_at: datetime
    withdrawn_at: datetime | None = None
    withdrawn_why: str | None = None
    pass_on: bool = False


class MessageNoticeRow(SQLModel, table=True):
    """Which notices a message carries; after a fallback two messages carry the same ones."""

    __tablename__ = "message_notice"
    message_id: int = Field(foreign_key="message.id", primary_key=True)
    notice_id: int = Field(foreign_key="notice.id", primary_key=True, index=True)


class SuppressionRow(SQLModel, table=True):
    """A decision not to send, with its reason."""

    __tablename__ = "suppression"
    __table_args__ = (UniqueConstraint("task_id", "cycle", "rung", "reason"),)
    id: int | None = Field(default=None, primary_key=True)
    task_id: int = Field(foreign_key="task.id")
    cycle: int
    rung: str
    reason: str
    decided_at: datetime


class IncidentRow(SQLModel, table=True):
    """Something that the coordinator must know; told once, in the message named."""

    __tablename__ = "incident"
    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    at: datetime
    text: str
    told_at: datetime | None = Field(default=None, index=True)


class AuditRow(SQLModel, table=True):
    """One fact, append-only; each entry's hash covers the one before it."""

    __tablename__ = "audit"
    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    at: datetime
    actor: str
    action: str
    task_id: int | None = Field(default=None, foreign_key="task.id", index=True)
    reason: str | None = None
    detail: dict[str, Any] = json_column()
    hash: str


class AuditHeadRow(SQLModel, table=True):
    """The one row that says which entry is the last: shows a tail cut off, and serialises writers."""

    __tablename__ = "audit_head"
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)
    id: int = Field(default=1, primary_key=True)
    last_id: int = 0
    hash: str = ""


class MarkRow(SQLModel, table=True):
    """When something regular last ended well, such as the sweep."""

    __tablename__ = "mark"
    name: str = Field(primary_key=True)
    at: datetime
