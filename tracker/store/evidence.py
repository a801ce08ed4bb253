"""Evidence that tasks were done: public addresses, and files kept by their hash in the home."""

import hashlib
import os
import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlmodel import Session, col, select

from tracker.errors import Refused
from tracker.store.tables import EvidenceCheckRow, EvidenceRow, PlanRow, TaskRow

FOLDER = "evidence"
"""Where in the home files are kept."""
LARGEST = 20 * 1024 * 1024
_PLAIN = re.compile(r"https?://[^\s/?#@]+(?:[/?#]|$)")
"""A host and no login before it: an address is printed in reports, and stays in the trail for good."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A public address, or the hash and name of a file that was taken in."""

    url: str | None = None
    sha256: str | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Named:
    """Evidence that a task names, and its last check if there was one."""

    row: EvidenceRow
    check: EvidenceCheckRow | None


def take_in(home: Path, given: str) -> Kept:
    """Return an address as it is, or keep a copy of a file in the home; raises Refused on anything else.

    A copy that no task comes to name is harmless: the next taking-in of the same file finds it there.
    """
    if given.startswith(("http://", "https://")):
        if not _PLAIN.match(given):
            shown = given.partition("@")[2] or given
            raise Refused(f"The evidence “{shown}” is no public address: write it without a login, as https://host/...")
        return Kept(url=given)
    path = Path(given)
    if not path.is_file():
        raise Refused(f"The evidence “{given}” is neither a public address (https://...) nor a file: check it.")
    if path.stat().st_size > LARGEST:
        raise Refused(f"The evidence file {path.name} is over 20 MB: publish it and give its address instead.")
    try:
        content = path.read_bytes()
    except OSError as error:
        raise Refused(f"The evidence file {given} cannot be read ({error.strerror}): check its rights.") from None
    digest = hashlib.sha256(content).hexdigest()
    if fault_of_file(home, digest):  # also one that was damaged since: taking the file in again mends it
        _write_whole(home / FOLDER / digest, content)
    return Kept(sha256=digest, name=path.name)


def add(session: Session, task_id: int, kept: Kept, at: datetime) -> bool:
    """Name evidence of a task; the same evidence is named once, and False says that it was."""
    known = [(row.url, row.sha256) for row in of(session, task_id)]
    if (kept.url, kept.sha256) in known:
        return False
    session.add(EvidenceRow(task_id=task_id, url=kept.url, sha256=kept.sha256, name=kept.name, added_at=at))
    return True


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


def listed(session: Session, task_ids: Collection[int] = (), *, since_year: int | None = None) -> list[Named]:
    """Return evidence with its last check, in the order in which it was named.

    Of some tasks, or of all; `since_year` leaves out the plans of earlier fiscal years (B.E.).
    """
    query = (
        select(EvidenceRow, EvidenceCheckRow)
        .join(EvidenceCheckRow, col(EvidenceCheckRow.evidence_id) == col(EvidenceRow.id), isouter=True)
        .order_by(col(EvidenceRow.id))
    )
    if task_ids:
        query = query.where(col(EvidenceRow.task_id).in_(task_ids))
    if since_year is not None:
        query = query.join(TaskRow, col(TaskRow.id) == col(EvidenceRow.task_id))
        query = query.join(PlanRow, col(PlanRow.id) == col(TaskRow.plan_id)).where(PlanRow.fiscal_year >= since_year)
    return [Named(row, check) for row, check in session.exec(query)]


def checks_of_plan(session: Session, plan_id: int) -> dict[int, EvidenceCheckRow]:
    """Return the last check of the evidence of a plan, by the evidence's id."""
    query = (
        select(EvidenceCheckRow)
        .join(EvidenceRow, col(EvidenceRow.id) == col(EvidenceCheckRow.evidence_id))
        .join(TaskRow, col(TaskRow.id) == col(EvidenceRow.task_id))
    )
    return {row.evidence_id: row for row in session.exec(query.where(TaskRow.plan_id == plan_id))}


def keep_check(session: Session, evidence_id: int, fault: str | None, at: datetime) -> EvidenceCheckRow:
    """Keep what a look at evidence found, and return it with the look since which it is so."""
    row = session.get(EvidenceCheckRow, evidence_id)
    if row is None:
        row = EvidenceCheckRow(evidence_id=evidence_id, checked_at=at)
    row.checked_at, row.since = at, (row.since or at) if fault else None
    row.fault = fault
    session.add(row)
    return row


def fault_of_file(home: Path, sha256: str) -> str | None:
    """Return what is wrong with a file that was taken in, None when it is there as it was."""
    try:
        with (home / FOLDER / sha256).open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        return f"the file cannot be read ({error.strerror})"
    return None if digest == sha256 else "the file is not what was taken in"


def _write_whole(path: Path, content: bytes) -> None:
    """Write a file so that it is never seen half-written."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(f".{os.getpid()}.partial")
    partial.write_bytes(content)
    partial.replace(path)
