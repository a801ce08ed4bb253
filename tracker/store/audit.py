"""The audit trail: append-only entries, each hash covering the one before.

What is in it stays, for it cannot be taken out without breaking the chain. So an entry names people by number, and
addresses that stand in a reason or a server's words are masked before they are kept.
"""

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection
from sqlalchemy import select as select_columns
from sqlalchemy.exc import OperationalError
from sqlmodel import Session, col, select

from tracker.domain.masking import mask_address
from tracker.store.inserting import insert_all
from tracker.store.tables import AuditHeadRow, AuditRow, TaskRow

QUEUED, DIED = "message queued", "message dead"
OF_THE_OUTBOX = (QUEUED, DIED)
"""What happens to messages, and changes nothing that other messages say."""

_ENTRY: Any = AuditRow.__table__  # type: ignore[attr-defined]
_HEAD: Any = AuditHeadRow.__table__  # type: ignore[attr-defined]
_PART = 1000
"""How many entries are read at once."""


def append(
    session: Session,
    *,
    at: datetime,
    actor: str,
    action: str,
    task_id: int | None = None,
    reason: str | None = None,
    detail: dict[str, Any] | None = None,
) -> None:
    """Add an entry in the caller's transaction. `detail` holds texts, whole numbers and lists of them."""
    fact = {"task_id": task_id, "reason": reason, "detail": detail or {}}
    append_all(session, [fact], at=at, actor=actor, action=action)


def append_all(session: Session, facts: Iterable[dict[str, Any]], *, at: datetime, actor: str, action: str) -> None:
    """Add entries of one kind, each with its `task_id`, `reason` and `detail` where it has them."""
    head, rows = _lock_head(session), []
    number, before = head.last_id, head.hash
    said: dict[str, Any] = {"at": at, "actor": actor, "action": action, "task_id": None, "reason": None, "detail": {}}
    for number, fact in enumerate(facts, start=head.last_id + 1):
        entry = {"id": number, **said, **fact}
        entry["reason"], entry["detail"] = _masked(entry["reason"]), _masked(entry["detail"])
        before = entry["hash"] = _hash(before, entry)
        rows.append(entry)
    if rows:
        head.last_id, head.hash = number, before
        insert_all(session, AuditRow, rows)


def hold(session: Session) -> None:
    """Make this transaction the only writer of the trail until it ends.

    Whoever changes more than one row says this first: a writer that held a task and waited for the trail, and one
    that held the trail and waited for the task, would wait for each other. SQLite's writers come one at a time anyway.
    """
    _lock_head(session)


def newest(session: Session) -> int:
    """Return the number of the last entry, 0 when there is none."""
    head = session.get(AuditHeadRow, 1)
    return head.last_id if head else 0


def acted_since(session: Session, entry_id: int) -> tuple[bool, int]:
    """Say whether the trail has anything after an entry but what the outbox itself says; and the newest number.

    Whatever a person does is an entry, so this tells whether people, tasks or days off may have changed since.
    """
    newest_id = select(AuditHeadRow.last_id).where(AuditHeadRow.id == 1).scalar_subquery()
    act, last = session.execute(select(first_act_after(entry_id), newest_id)).one()
    return act is not None, last or entry_id


def first_act_after(entry_id: Any) -> Any:
    """Return SQL for the number of the first entry after one that is not the outbox's own; NULL when there is none.

    In order and the first only: asked whether any exists, PostgreSQL looks through the whole trail, for each mail.
    """
    by_people = [col(AuditRow.action) != action for action in OF_THE_OUTBOX]  # a NOT IN is compiled at each use
    acts = select(AuditRow.id).where(col(AuditRow.id) > entry_id, *by_people)
    return acts.order_by(col(AuditRow.id)).limit(1).scalar_subquery()


def trail(session: Session, task_id: int | None = None) -> list[AuditRow]:
    """Return the entries in order, of one task or of all."""
    query = select(AuditRow).order_by(col(AuditRow.id))
    if task_id is not None:
        query = query.where(AuditRow.task_id == task_id)
    return list(session.exec(query))


def acts_in_plan(session: Session, plan_id: int, actions: Collection[str]) -> list[AuditRow]:
    """Return the entries of some acts on the tasks of a plan, in order."""
    query = select(AuditRow).join(TaskRow, col(TaskRow.id) == col(AuditRow.task_id))
    query = query.where(TaskRow.plan_id == plan_id, col(AuditRow.action).in_(actions))
    return list(session.exec(query.order_by(col(AuditRow.id))))


@dataclass(slots=True)
class Chain:
    """The trail, followed entry by entry; how far it came, and whether it has the entry of the hash `expected`."""

    expected: str | None = None
    entries: int = 0
    last: int = 0
    hash: str = ""
    expected_at: int | None = None

    def follow(self, entry: Mapping[str, Any]) -> Iterator[str]:
        """Take the next entry and yield a sentence for each thing that does not hold."""
        yield from self._gap(entry["id"])
        try:
            holds = entry["hash"] == _hash(self.hash, entry)
        except (TypeError, AttributeError, ValueError):  # SQLite keeps a blob where a text belongs, JSON half a letter
            holds = False
        if not holds:
            yield f"entry {entry['id']} was changed, or one before it was removed"
        elif entry["hash"] == self.expected:
            self.expected_at = entry["id"]
        self.entries, self.last, self.hash = self.entries + 1, entry["id"], entry["hash"]

    def pass_over(self, entry_id: int) -> Iterator[str]:
        """Take an entry that holds what no program of ours wrote."""
        yield from self._gap(entry_id)
        yield f"entry {entry_id} was changed: it cannot be read"
        self.entries, self.last, self.hash = self.entries + 1, entry_id, ""

    def end(self, last: int, newest: str) -> Iterator[str]:
        """Compare the end with what the head says."""
        if (last, newest) != (self.last, self.hash):
            yield f"the trail should end with entry {last}, but ends with entry {self.last}"

    def _gap(self, entry_id: int) -> Iterator[str]:
        if entry_id != self.last + 1:
            yield f"after entry {self.last} comes entry {entry_id}"


def broken(session: Session | Connection, chain: Chain | None = None) -> Iterator[str]:
    """Yield a sentence for each place where the chain does not hold; nothing when no entry was touched.

    Reads part by part, so that a trail of any length takes little memory; `chain` says afterwards how it went.
    """
    chain = chain or Chain()
    for entry in _all_entries(session):
        yield from chain.pass_over(entry) if isinstance(entry, int) else chain.follow(entry)
    head = session.execute(select_columns(_HEAD.c.last_id, _HEAD.c.hash).where(_HEAD.c.id == 1)).first()
    yield from chain.end(*(head or (0, "")))


def _all_entries(session: Session | Connection) -> Iterator[Mapping[str, Any] | int]:
    """Yield every entry in order; of one that the database's driver cannot read, its number."""
    after: int | None = None
    while True:
        following = select_columns(_ENTRY).order_by(_ENTRY.c.id)
        if after is not None:
            following = following.where(_ENTRY.c.id > after)
        found: list[Any]
        try:
            found = list(session.execute(following.limit(_PART)).mappings())
        except (ValueError, TypeError, OperationalError):  # somebody wrote what is no instant, no JSON or no text
            found = _one_by_one(session, following)
        if not found:
            return
        yield from found
        after = found[-1] if isinstance(found[-1], int) else found[-1]["id"]


def _one_by_one(session: Session | Connection, following: Any) -> list[Mapping[str, Any] | int]:
    found: list[Mapping[str, Any] | int] = []
    for entry_id in session.execute(following.with_only_columns(_ENTRY.c.id).limit(_PART)).scalars():
        try:
            found.append(dict(session.execute(select_columns(_ENTRY).where(_ENTRY.c.id == entry_id)).mappings().one()))
        except (ValueError, TypeError, OperationalError):
            found.append(entry_id)
    return found


def _lock_head(session: Session) -> AuditHeadRow:
    """Return the head row, held against other writers until the transaction ends."""
    query = select(AuditHeadRow).where(AuditHeadRow.id == 1).with_for_update()
    head = session.exec(query).one_or_none()
    if head is None:  # the very first entry, which somebody else may be writing at this moment
        insert_all(session, AuditHeadRow, [{"id": 1, "last_id": 0, "hash": ""}], known="leave")
        head = session.exec(query).one()
    return head


def _masked(value: Any) -> Any:
    if isinstance(value, str):
        return mask_address(value)
    if isinstance(value, Mapping):
        return {name: _masked(each) for name, each in value.items()}
    return [_masked(each) for each in value] if isinstance(value, list | tuple) else value


def _hash(previous: str, entry: Mapping[str, Any]) -> str:
    facts = [previous, entry["id"], entry["at"].astimezone(UTC).isoformat()]
    facts += [entry[name] for name in ("actor", "action", "task_id", "reason", "detail")]
    return hashlib.sha256(json.dumps(facts, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
