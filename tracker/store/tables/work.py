"""What is owed: plans as they were read, the tasks that they opened, and the proof that those were done."""

from datetime import date, datetime
from typing import Any, get_args

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from tracker.domain.plans import Place
from tracker.domain.tasks import STATUSES
from tracker.store.types import json_column, one_of

SILENT = "status = 'open' AND next_notice_at IS NULL"
SUBMITTED = "status = 'submitted'"
"""SQL of two partial indexes, said word for word by the queries that they answer."""


class LadderRow(SQLModel, table=True):
    """A ladder as it was when tasks were opened on it; never changed, found by its fingerprint."""

    __tablename__ = "ladder"
    fingerprint: str = Field(primary_key=True)
    body: dict[str, Any] = json_column()


class PlanRow(SQLModel, table=True):
    """A plan that was imported; `reading` is the whole of it as `tracker.plan/1`."""

    __tablename__ = "plan"
    __table_args__ = (UniqueConstraint("agency", "fiscal_year"),)
    id: int | None = Field(default=None, primary_key=True)
    agency: str
    fiscal_year: int
    source_name: str
    sha256: str
    reading: dict[str, Any] = json_column()
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
        # What nothing will be said about: the watch asks whether it is past its last rung, digests repeat it.
        Index("ix_task_silent", "ladder", "reached", sqlite_where=text(SILENT), postgresql_where=text(SILENT)),
        # What waits for the coordinator's check: few among many.
        Index("ix_task_submitted", "due", "id", sqlite_where=text(SUBMITTED), postgresql_where=text(SUBMITTED)),
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


class EvidenceCheckRow(SQLModel, table=True):
    """When evidence was last looked at, what was wrong with it then, and since which look this has been so."""

    __tablename__ = "evidence_check"
    __table_args__ = (CheckConstraint("(fault IS NULL) = (since IS NULL)", name="since"),)
    evidence_id: int = Field(foreign_key="evidence.id", primary_key=True, sa_column_kwargs={"autoincrement": False})
    checked_at: datetime
    fault: str | None = None
    since: datetime | None = None
