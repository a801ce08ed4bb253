"""When something regular last ended well, and the lock that lets only one of it run."""

import zlib
from datetime import datetime

from sqlalchemy import text
from sqlmodel import Session, select

from tracker.store.inserting import insert_all
from tracker.store.tables import MarkRow


def only_one(session: Session, name: str) -> None:
    """Wait until no other transaction does the same thing; held until this one ends.

    SQLite needs nothing: its writers come one at a time anyway.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": zlib.crc32(name.encode())})


def mark(session: Session, name: str) -> datetime | None:
    """Return when something last ended well, None for never."""
    return session.exec(select(MarkRow.at).where(MarkRow.name == name)).first()


def set_mark(session: Session, name: str, at: datetime) -> None:
    """Keep when something ended well; two who say so at once do not meet."""
    insert_all(session, MarkRow, [{"name": name, "at": at}], known="replace")
