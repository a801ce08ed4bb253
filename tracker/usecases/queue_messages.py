"""Puts messages into the outbox, in the caller's transaction: one for each person, whatever it carries."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import uuid4

from tracker.domain.messages import CoordinatorDay, ExecutiveWeek
from tracker.store import audit, outbox
from tracker.store.tables import MessageRow
from tracker.usecases.compose_messages import About, Parts, Writer

MESSAGE_ID_HOST = "ita-tracker.invalid"
"""The right side of every Message-ID: a name that can never belong to anybody (RFC 2606)."""


def assemble(
    writer: Writer,
    about: Mapping[int, About],
    *,
    day: CoordinatorDay | None,
    incidents: tuple[str, ...],
    weeks: Mapping[int, ExecutiveWeek],
) -> dict[int, Parts]:
    """Return what each person is told in one check: one message, however many things it carries."""
    coordinators = [person.id for person in writer.coordinators()] if day or incidents else []
    return {
        person_id: Parts(
            about.get(person_id, ()),
            day if person_id in coordinators else None,
            incidents if person_id in coordinators else (),
            weeks.get(person_id),
        )
        for person_id in dict.fromkeys([*about, *coordinators, *weeks])
    }


def queue(writer: Writer, person_id: int, parts: Parts, *, day_since: datetime | None = None) -> MessageRow:
    """Store the message of a check that tells a person on the first of their channels, due at once."""
    retry_key = _new_retry_key()
    channel, address = writer.route(person_id)
    row = MessageRow(
        key=_key(writer, person_id, parts, retry_key),
        kind=parts.kind,
        person_id=person_id,
        channel=channel,
        address=address,
        decided_at=writer.now,
        day_since=day_since if parts.day else None,
        week=parts.week is not None,
        created_at=writer.now,
        next_attempt_at=writer.now,
        **_identity(retry_key),
        **_written(writer, person_id, parts, channel, retry_key),
    )
    return _store(writer, row, parts, actor="sweep")


def queue_elsewhere(writer: Writer, before: MessageRow, parts: Parts, route: tuple[str, str]) -> MessageRow:
    """Store what takes the place of a message that could not be delivered, on another channel, due at once."""
    retry_key = _new_retry_key()
    channel, address = route
    row = MessageRow(
        key=f"{before.key}>{channel}",
        kind=parts.kind,
        person_id=before.person_id,
        channel=channel,
        address=address,
        decided_at=before.decided_at,
        day_since=before.day_since if parts.day else None,
        week=parts.week is not None,
        replaces_id=before.id,
        created_at=writer.now,
        next_attempt_at=writer.now,
        **_identity(retry_key),
        **_written(writer, before.person_id, parts, channel, retry_key),
    )
    return _store(writer, row, parts, actor="deliver")


def write_anew(writer: Writer, row: MessageRow, parts: Parts) -> None:
    """Set what a stored message says now."""
    for name, value in _written(writer, row.person_id, parts, row.channel, row.retry_key).items():
        setattr(row, name, value)


def _new_retry_key() -> str:
    """Return the key of a new message; its first eight characters are the reference that readers quote."""
    return str(uuid4())


def _identity(retry_key: str) -> dict[str, Any]:
    """Return what never changes for a message from here on."""
    return {"retry_key": retry_key, "header_id": f"{retry_key}@{MESSAGE_ID_HOST}"}


def _written(writer: Writer, person_id: int, parts: Parts, channel: str, retry_key: str) -> dict[str, Any]:
    content = writer.content(person_id, parts, channel=channel, reference=retry_key[:8].upper())
    return {
        "subject": content.subject,
        "text": content.text,
        "html": content.html,
        "calendar": content.calendar,
        "written_at": writer.now,
    }


def _store(writer: Writer, row: MessageRow, parts: Parts, *, actor: str) -> MessageRow:
    outbox.add(writer.session, row, [notice.id for notice, _ in parts.about if notice.id is not None])
    said = [f"{notice.task_id}/{notice.cycle}/{notice.rung}/{notice.audience}" for notice, _ in parts.about]
    detail = {"message": row.id, "person": row.person_id, "channel": row.channel, "kind": row.kind, "notices": said}
    audit.append(writer.session, at=writer.now, actor=actor, action="message queued", detail=detail)
    return row


def _key(writer: Writer, person_id: int, parts: Parts, retry_key: str) -> str:
    """Return what exists once: a digest of a day for a person, a message that carries a notice first."""
    if parts.about:
        return f"notices:{parts.about[0][0].id}"
    return f"{parts.kind}:{retry_key if parts.kind == 'incidents' else writer.today}:{person_id}"
