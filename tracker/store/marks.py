"""When something regular last ended well, and the lock that lets only one of it run."""

import zlib
from datetime import datetime

from sqlalchemy import text
from sqlmodel import Session

from tracker.store.tables import MarkRow


def only_one(session: Session, name: str) -> None:
    """Wait until no other transaction does the same thing; held until this one ends.

    SQLite needs nothing: its writers come one at a time anyway.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": zlib.crc32(name.encode())})


def mark(session: Session, name: str) -> datetime | None:
    """Return when something last ended well, None for never."""
    found = session.get(MarkRow, name)
    return found.at if found else None


def set_mark(session: Session, name: str, at: datetime) -> None:
    """Keep when something ended well."""
    session.merge(MarkRow(name=name, at=at))
