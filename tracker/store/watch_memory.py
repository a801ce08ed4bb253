"""What the watch remembers between two looks: in the database, and in a small file while that does not answer."""

import json
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from sqlmodel import Session, col, delete, select

from tracker.domain.alarm import Memory
from tracker.store import marks
from tracker.store.tables import MarkRow

FILE_NAME = "watch.json"

_TOLD = "watch"
_SEEN = "watch:"


def recall(session: Session) -> Memory:
    """Return what is remembered; no other watch changes it until this transaction ends."""
    marks.only_one(session, _TOLD)
    rows = session.exec(select(MarkRow).where(col(MarkRow.name).startswith(_SEEN, autoescape=True)))
    return Memory({row.name.removeprefix(_SEEN): row.at for row in rows}, marks.mark(session, _TOLD))


def remember(session: Session, memory: Memory) -> None:
    """Keep this, and forget everything else."""
    session.exec(delete(MarkRow).where(col(MarkRow.name).startswith(_SEEN, autoescape=True)))
    session.exec(delete(MarkRow).where(col(MarkRow.name) == _TOLD))
    session.expire_all()
    session.add_all(MarkRow(name=f"{_SEEN}{key}", at=at) for key, at in memory.seen.items())
    if memory.told_at:
        session.add(MarkRow(name=_TOLD, at=memory.told_at))


def recall_from_file(home: Path) -> Memory:
    """Return what the file remembers; a file that is not there, or is damaged, remembers nothing."""
    with suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
        kept = json.loads((home / FILE_NAME).read_text(encoding="utf-8"))
        seen = {str(key): datetime.fromisoformat(at) for key, at in kept["seen"].items()}
        return Memory(seen, datetime.fromisoformat(kept["told_at"]) if kept["told_at"] else None)
    return Memory()


def remember_in_file(home: Path, memory: Memory) -> None:
    """Keep this in the file, whole or not at all; raises OSError when the disk does not take it."""
    kept = {
        "seen": {key: at.isoformat() for key, at in memory.seen.items()},
        "told_at": memory.told_at.isoformat() if memory.told_at else None,
    }
    beside = home / f"{FILE_NAME}.new"
    beside.write_text(json.dumps(kept), encoding="utf-8")
    beside.replace(home / FILE_NAME)


def forget_file(home: Path) -> None:
    """Remove the file; safe to repeat."""
    with suppress(OSError):
        (home / FILE_NAME).unlink(missing_ok=True)
