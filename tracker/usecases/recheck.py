"""Looks once more, just before sending, whether what a message says is still true."""

from datetime import datetime

from sqlmodel import Session

from tracker.store import notices, outbox, tasks
from tracker.store.tables import MessageRow, NoticeRow, TaskRow
from tracker.store.types import MessageStatus
from tracker.usecases.compose_messages import About, Writer
from tracker.usecases.queue_messages import short_reference
from tracker.usecases.services import Services


def recheck(session: Session, services: Services, row: MessageRow, token: str, now: datetime) -> str:
    """Return "send", or "withdrawn" when there is nothing left to say.

    Notices of tasks closed, extended or promised meanwhile are withdrawn, and the message is written anew
    without them; while an answer is outstanding (`unsure`) the text stays as it was sent.
    """
    if row.kind != "notices" or row.id is None:
        return "send"
    held = [notice for notice in notices.notices_of(session, row.id) if notice.withdrawn_at is None]
    about = [(notice, tasks.task(session, notice.task_id)) for notice in held]
    stale = [(notice, why) for notice, task in about if (why := _stale(notice, task))]
    for notice, why in stale:
        notices.withdraw(session, [notice], now, why)
    gone = {notice.id for notice, _ in stale}
    live = [(notice, task) for notice, task in about if notice.id not in gone]
    if not live:
        outbox.finish(session, row, token, status=MessageStatus.WITHDRAWN, error=stale[0][1] if stale else None)
        return "withdrawn"
    if stale and not row.unsure:
        _write_anew(session, services, row, live, now)
    return "send"


def _stale(notice: NoticeRow, task: TaskRow) -> str | None:
    """Return why a notice is no longer to be said, None when it is."""
    if task.status != "open":
        return f"the task is {task.status}"
    if task.cycle != notice.cycle:
        return "the due date was extended"
    if task.promised is not None and task.promised_at is not None and task.promised_at > notice.decided_at:
        return "the owner promised a date"
    return None


def _write_anew(session: Session, services: Services, row: MessageRow, live: About, now: datetime) -> None:
    writer = Writer.of(session, services, now)
    writer.learn([notice.task_id for notice, _ in live])
    content = writer.content(row.person_id, live, channel=row.channel, reference=short_reference(row.retry_key))
    outbox.replace_content(session, row, content.subject, content.text, content.html, content.calendar)
