"""Puts messages into the outbox, in the caller's transaction."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlmodel import Session

from tracker.store import outbox
from tracker.store.tables import MessageRow
from tracker.usecases.compose_messages import Content

MESSAGE_ID_HOST = "ita-tracker.invalid"
"""The right side of every Message-ID: a name that can never belong to anybody (RFC 2606)."""


def new_retry_key() -> str:
    """Return the key of a new message; its first eight characters are the reference that readers quote."""
    return str(uuid4())


def short_reference(retry_key: str) -> str:
    """Return what a reader quotes, such as `3F9A21BC`."""
    return retry_key[:8].upper()


def written(route: tuple[str, str], content: Content) -> dict[str, Any]:
    """Return the columns that say where a message goes and what it says."""
    return {
        "channel": route[0],
        "address": route[1],
        "subject": content.subject,
        "text": content.text,
        "html": content.html,
        "calendar": content.calendar,
    }


def queue(session: Session, row: MessageRow, notice_ids: Sequence[int], *, now: datetime) -> MessageRow:
    """Store a message that is due at once. Its Message-ID and retry key never change from here on."""
    row.header_id = f"{row.retry_key}@{MESSAGE_ID_HOST}"
    row.created_at = row.next_attempt_at = now
    return outbox.add(session, row, notice_ids)
