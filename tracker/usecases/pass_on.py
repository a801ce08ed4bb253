"""Turns a notice that its recipient was not told of into one that others may be told."""

from tracker.domain.decisions import Returned
from tracker.domain.truth import why_withdrawn
from tracker.store import notices, tasks
from tracker.store.tables import NoticeRow, TaskRow
from tracker.usecases.compose_messages import Writer


def returned(writer: Writer, given_back: NoticeRow, row: TaskRow) -> Returned | None:
    """Return a notice that was given back, with who has heard of its rung; None when it need not be said any more."""
    task = tasks.as_task(row, writer.ladders)
    rung = writer.rungs(row).get(given_back.rung)
    why = why_withdrawn(
        task,
        cycle=given_back.cycle,
        rung=given_back.rung,
        decided_at=given_back.decided_at,
        promised_at=row.promised_at,
        today=writer.today,
    )
    if why or rung is None:
        return None
    heard = notices.heard(writer.session, given_back)
    lost = frozenset(person_id for person_id, dead in heard.items() if dead)
    return Returned(task, rung, given_back.audience, frozenset(heard), lost)  # type: ignore[arg-type]  # by a CHECK
