"""The tables: flat rows with CHECK and UNIQUE constraints (a table model does not validate when it is made)."""

from datetime import date, datetime
from typing import Any, get_args

from sqlalchemy import JSON, CheckConstraint, Column, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from tracker.domain.people import CLIMB, ROLES
from tracker.domain.plans import Place
from tracker.domain.tasks import STATUSES
from tracker.domain.throttle import MAX_ATTEMPTS
from tracker.store.types import MessageStatus, one_of

MESSAGE_KINDS = ("notices", "daily", "incidents")


def _json() -> Any:
    return Field(sa_column=Column(JSON, nullable=False))


class UnitRow(SQLModel, table=True):
    """A unit of the agency; `key` is its name with blanks and digit forms evened out."""

    __tablename__ = "unit"
    id: int | None = Field(default=None, primary_key=True)
    name: str
    key: str = Field(unique=True)


class UnitAliasRow(SQLModel, table=True):
    """Another name of a unit that a person has confirmed."""

    __tablename__ = "unit_alias"
    key: str = Field(primary_key=True)
    name: str
    unit_id: int = Field(foreign_key="unit.id", index=True)


class UnitGroupRow(SQLModel, table=True):
    """One member of a class of units, such as every division."""

    __tablename__ = "unit_group"
    __table_args__ = (UniqueConstraint("key", "unit_id"),)
    id: int | None = Field(default=None, primary_key=True)
    key: str
    name: str
    unit_id: int = Field(foreign_key="unit.id", index=True)


class PersonRow(SQLModel, table=True):
    """Somebody who can be told; work contacts only."""

    __tablename__ = "person"
    __table_args__ = (one_of("lang", ("th", "en")),)
    id: int | None = Field(default=None, primary_key=True)
    name: str
    key: str = Field(index=True)
    email: str | None = None
    line: str | None = None
    channels: list[str] = _json()
    lang: str = "th"


class PostRow(SQLModel, table=True):
    """What a person is in a unit, from `since` until the day before `until`."""

    __tablename__ = "post"
    __table_args__ = (
        one_of("role", ROLES),
        UniqueConstraint("person_id", "unit_id", "role"),
        CheckConstraint("since IS NULL OR until IS NULL OR since < until", name="since_before_until"),
    )
    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id")
    unit_id: int = Field(foreign_key="unit.id", index=True)
    role: str
    position: str | None = None
    supervisor_id: int | None = Field(default=None, foreign_key="person.id")
    since: date | None = None
    until: date | None = None


class HolidayRow(SQLModel, table=True):
    """What the agency says of one day: off, or (against the suggestion) a working day."""

    __tablename__ = "holiday"
    day: date = Field(primary_key=True)
    name: str
    off: bool


class LadderRow(SQLModel, table=True):
    """A ladder as it was when tasks were opened on it; never changed, found by its fingerprint."""

    __tablename__ = "ladder"
    fingerprint: str = Field(primary_key=True)
    body: dict[str, Any] = _json()


class PlanRow(SQLModel, table=True):
    """A plan that was imported; `reading` is the whole of it as `tracker.plan/1`."""

    __tablename__ = "plan"
    __table_args__ = (UniqueConstraint("agency", "fiscal_year"),)
    id: int | None = Field(default=None, primary_key=True)
    agency: str
    fiscal_year: int
    source_name: str
    sha256: str
    reading: dict[str, Any] = _json()
    imported_at: datetime


class TaskRow(SQLModel, table=True):
    """One obligation of one owner for one period: what is tracked."""

    __tablename__ = "task"
    __table_args__ = (
        UniqueConstraint("plan_id", "key"),
        one_of("status", STATUSES),
        one_of("place", get_args(Place)),
        CheckConstraint("status = 'open' OR next_notice_at IS NULL", name="only_open_is_noticed"),
        CheckConstraint("(next_rung IS NULL) = (next_notice_at IS NULL)", name="next_rung_with_its_time"),
        CheckConstraint("cycle >= 1 AND reached >= -1 AND promises >= 0", name="counts"),
        # The sweep's one question; partial, so that closed tasks cost nothing.
        Index(
            "ix_task_next_notice_at",
            "next_notice_at",
            sqlite_where=text("next_notice_at IS NOT NULL"),
            postgresql_where=text("next_notice_at IS NOT NULL"),
        ),
    )
    id: int | None = Field(default=None, primary_key=True)
    plan_id: int = Field(foreign_key="plan.id")
    key: str
    measure_seq: int | None = None
    measure_number: str | None = None
    measure_title: str | None = None
    kind: str
    period: str | None = None
    title: str
    unit_id: int = Field(foreign_key="unit.id", index=True)
    owner_id: int | None = Field(default=None, foreign_key="person.id")
    due: date = Field(index=True)
    status: str = "open"
    cycle: int = 1
    ladder: str = Field(foreign_key="ladder.fingerprint")
    reached: int = -1
    next_rung: str | None = None
    next_notice_at: datetime | None = None
    promised: date | None = None
    promised_at: datetime | None = None
    promises: int = 0
    basis: str
    phrase: str
    line: int | None = None
    place: str = "line"
    opened_at: datetime
    submitted_on: date | None = None
    closed_on: date | None = None
    result: str | None = None
    problems: str | None = None
    suggestions: str | None = None


class EvidenceRow(SQLModel, table=True):
    """Proof that a task was done: a public address, or a file kept by its hash in the home."""

    __tablename__ = "evidence"
    __table_args__ = (
        CheckConstraint("(url IS NULL) <> (sha256 IS NULL)", name="url_or_file"),
        UniqueConstraint("task_id", "url"),
        UniqueConstraint("task_id", "sha256"),
    )
    id: int | None = Field(default=None, primary_key=True)
    task_id: int = Field(foreign_key="task.id")
    url: str | None = None
    sha256: str | None = None
    name: str | None = None
    added_at: datetime


class MessageRow(SQLModel, table=True):
    """The outbox: what is really sent. The row is the promise, the queue only a hint."""

    __tablename__ = "message"
    __table_args__ = (
        one_of("status", tuple(MessageStatus)),
        one_of("kind", MESSAGE_KINDS),
        CheckConstraint("(status = 'sending') = (lease_token IS NOT NULL AND lease_until IS NOT NULL)", name="lease"),
        CheckConstraint("(status = 'sent') = (sent_at IS NOT NULL)", name="sent_at"),
        CheckConstraint("attempts >= 0", name="attempts"),
        Index("ix_message_due", "channel", "status", "next_attempt_at"),
    )
    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    kind: str
    person_id: int = Field(foreign_key="person.id", index=True)
    channel: str
    address: str
    subject: str
    text: str
    html: str | None = None
    calendar: str | None = None
    header_id: str
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
    replaces_id: int | None = Field(default=None, foreign_key="message.id", unique=True)


class AttemptRow(SQLModel, table=True):
    """One try to deliver one message, with its result in the channel's own words. Append-only."""

    __tablename__ = "attempt"
    __table_args__ = (UniqueConstraint("message_id", "n"),)
    id: int | None = Field(default=None, primary_key=True)
    message_id: int = Field(foreign_key="message.id")
    n: int
    started_at: datetime
    finished_at: datetime | None = None
    outcome: str | None = None
    code: int | None = None
    detail: str | None = None


class NoticeRow(SQLModel, table=True):
    """One rung that has come due for one recipient: this key exists once, ever."""

    __tablename__ = "notice"
    __table_args__ = (
        UniqueConstraint("task_id", "cycle", "rung", "person_id"),
        one_of("audience", CLIMB),
        CheckConstraint("(withdrawn_at IS NULL) = (withdrawn_why IS NULL)", name="withdrawn"),
    )
    id: int | None = Field(default=None, primary_key=True)
    task_id: int = Field(foreign_key="task.id")
    cycle: int
    rung: str
    person_id: int = Field(foreign_key="person.id")
    audience: str
    meant_for: str | None = None
    decided_at: datetime
    withdrawn_at: datetime | None = None
    withdrawn_why: str | None = None


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
    detail: dict[str, Any] = _json()
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
