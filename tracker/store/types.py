"""Column types and naming that every table shares. Import this before any table is declared."""

from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Column
from sqlmodel import Field, SQLModel

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class MessageStatus(StrEnum):
    """The states of a message; `sending` is held by a lease."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    RETRYING = "retrying"
    DEAD = "dead"
    WITHDRAWN = "withdrawn"


def json_column() -> Any:
    """Return a field that keeps lists and objects as JSON; never null."""
    return Field(sa_column=Column(JSON, nullable=False))


def one_of(column: str, values: tuple[str, ...]) -> CheckConstraint:
    """Return a constraint that a text column holds one of some words."""
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=f"{column}_known")
