"""Evidence that tasks were done: public addresses, and files kept by their hash in the home."""

import hashlib
import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlmodel import Session, col, select

from tracker.errors import Refused
from tracker.store.tables import EvidenceRow, TaskRow

FOLDER = "evidence"
"""Where in the home files are kept."""
LARGEST = 20 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Kept:
    """A public address, or the hash and name of a file that was taken in."""

    url: str | None = None
    sha256: str | None = None
    name: str | None = None


def take_in(home: Path, given: str) -> Kept:
    """Return an address as it is, or keep a copy of a file in the home; raises Refused on anything else.

    A copy that no task comes to name is harmless: the next taking-in of the same file finds it there.
    """
    if given.startswith(("http://", "https://")):
        return Kept(url=given)
    path = Path(given)
    if not path.is_file():
        raise Refused(f"The evidence “{given}” is neither a public address (https://...) nor a file: check it.")
    if path.stat().st_size > LARGEST:
        raise Refused(f"The evidence file {path.name} is over 20 MB: publish it and give its address instead.")
    content = path.read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    _write_whole(home / FOLDER / digest, content)
    return Kept(sha256=digest, name=path.name)


def add(session: Session, task_id: int, kept: Kept, at: datetime) -> None:
    """Name evidence of a task; the same evidence is named once."""
    known = [(row.url, row.sha256) for row in of(session, task_id)]
    if (kept.url, kept.sha256) not in known:
        session.add(EvidenceRow(task_id=task_id, url=kept.url, sha256=kept.sha256, name=kept.name, added_at=at))


def of(session: Session, task_id: int) -> list[EvidenceRow]:
    """Return the evidence of a task in the order in which it was named."""
    return list(session.exec(select(EvidenceRow).where(EvidenceRow.task_id == task_id).order_by(col(EvidenceRow.id))))


def of_plan(session: Session, plan_id: int) -> dict[int, list[EvidenceRow]]:
    """Return the evidence of every task of a plan by the task's id, in the order in which it was named."""
    query = select(EvidenceRow).join(TaskRow, col(TaskRow.id) == col(EvidenceRow.task_id))
    found: dict[int, list[EvidenceRow]] = {}
    for row in session.exec(query.where(TaskRow.plan_id == plan_id).order_by(col(EvidenceRow.id))):
        found.setdefault(row.task_id, []).append(row)
    return found


def _write_whole(path: Path, content: bytes) -> None:
    """Write a file so that it is never seen half-written."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists():
        return
    partial = path.with_suffix(f".{os.getpid()}.partial")
    partial.write_bytes(content)
    partial.replace(path)
