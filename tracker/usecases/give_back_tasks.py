"""Gives the open tasks that named somebody who leaves a unit back to it, in the caller's transaction."""

from datetime import datetime

from sqlmodel import Session

from tracker.store import audit, tasks
from tracker.store.tables import TaskRow


def give_back_tasks(session: Session, person_id: int, unit_id: int, *, actor: str, now: datetime) -> list[TaskRow]:
    """Let the open tasks of a unit name somebody no more, so that its officers are told; return those.

    Whoever leaves on a later day is one of them until then. Tasks of other units that name the person stay theirs.
    """
    given_back = tasks.naming(session, person_id, unit_id)
    for task in given_back:
        tasks.change(session, task, owner_id=None)
        why, detail = (
            f"person {person_id} leaves the unit",
            {"before": {"owner_id": person_id}, "set": {"owner_id": None}},
        )
        audit.append(session, at=now, actor=actor, action="task assign", task_id=task.id, reason=why, detail=detail)
    return given_back
