"""The audit trail: append-only entries, each hash covering the one before.

What is in it stays, for it cannot be taken out without breaking the chain. So an entry names people by number, and
addresses that stand in a reason or a server's words are masked before they are kept.
"""

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import insert
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, select

from tracker.domain.masking import mask_address
from tracker.store.tables import AuditHeadRow, AuditRow, TaskRow

QUEUED, DIED = "message queued", "message dead"
OF_THE_OUTBOX = (QUEUED, DIED)
"""What happens to messages, and changes nothing that other messages say."""


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
        session.connection().execute(insert(AuditRow.__table__), rows)  # type: ignore[attr-defined]  # no objects: half


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


def broken(session: Session) -> Iterator[str]:
    """Yield a sentence for each place where the chain does not hold; nothing when no entry was touched."""
    previous, last = "", 0
    for entry in session.exec(select(AuditRow).order_by(col(AuditRow.id))):
        if entry.id != last + 1:
            yield f"entries {last + 1} to {entry.id - 1} are missing"
        if entry.hash != _hash(previous, entry.model_dump()):
            yield f"entry {entry.id} was changed, or one before it was removed"
        previous, last = entry.hash, entry.id
    head = session.get(AuditHeadRow, 1)
    kept = (head.last_id, head.hash) if head else (0, "")
    if kept != (last, previous):
        yield f"the trail should end with entry {kept[0]}, but ends with entry {last}"


def _lock_head(session: Session) -> AuditHeadRow:
    """Return the head row, held against other writers until the transaction ends."""
    query = select(AuditHeadRow).where(AuditHeadRow.id == 1).with_for_update()
    head = session.exec(query).one_or_none()
    if head is None:  # the very first entry, which somebody else may be writing at this moment
        dialect: Any = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
        session.execute(dialect.insert(AuditHeadRow).values(id=1, last_id=0, hash="").on_conflict_do_nothing())
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
