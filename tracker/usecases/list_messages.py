"""What a person sees of the outbox and the ledger of notices."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from tracker.domain.masking import mask_address
from tracker.errors import Refused
from tracker.store import audit, listing, messages, notices, outbox, people
from tracker.store.listing import Listing, Unsaid
from tracker.store.tables import AttemptRow, MessageRow, NoticeRow
from tracker.store.types import MessageStatus
from tracker.usecases.services import Services

STATES = tuple(MessageStatus)


@dataclass(frozen=True, slots=True)
class MessageView:
    """A message as it is listed: to whom, where, how it stands, and what it speaks of; no subject while unwritten."""

    row: MessageRow
    subject: str | None
    recipient: str
    notices: tuple[NoticeRow, ...]

    def to_json(self, *, reveal: bool) -> dict[str, Any]:
        """Return the shape that `message list --json` promises; addresses are masked unless revealed."""
        row = self.row
        return {
            "id": row.id,
            "recipient": self.recipient,
            "channel": row.channel,
            "address": row.address if reveal else mask_address(row.address),
            "status": row.status,
            "attempts": row.attempts,
            "created_at": row.created_at.isoformat(),
            "sent_at": row.sent_at.isoformat() if row.sent_at else None,
            "error": row.error,
            "notices": [
                {"task": notice.task_id, "rung": notice.rung, "audience": notice.audience} for notice in self.notices
            ],
        }


@contextmanager
def listed_messages(
    services: Services, *, status: str | None = None, newest: int | None = None
) -> Iterator[Listing[MessageView]]:
    """Give every message, or those of one status, in the order in which they were made; or only the newest so many.

    Raises Refused on a status that there is none such.
    """
    if status is not None and status not in STATES:
        raise Refused(f"There is no status “{status}”: use one of {', '.join(STATES)}.")
    with services.store.reading() as session:
        parts, total = listing.messages(session, status, newest)
        yield Listing((view for part in parts for view in _views(session, part)), total)


def list_messages(services: Services, *, status: str | None = None, newest: int | None = None) -> list[MessageView]:
    """Return what `listed_messages` gives, all of it at once."""
    with listed_messages(services, status=status, newest=newest) as found:
        return list(found.rows)


def _views(session: Session, rows: Sequence[MessageRow]) -> Iterator[MessageView]:
    names, ids = listing.names(session, (row.person_id for row in rows)), [row.id or 0 for row in rows]
    carried, subjects = listing.ever_carried_by(session, ids), listing.subjects(session, ids)
    for row in rows:
        notices_of = tuple(carried.get(row.id or 0, ()))
        yield MessageView(row, subjects.get(row.id or 0), names[row.person_id], notices_of)


def show_message(services: Services, message_id: int) -> tuple[MessageView, str | None, list[AttemptRow]]:
    """Return one message, its text when it was written, and its attempts; raises NotFound."""
    with services.store.reading() as session:
        row = messages.message(session, message_id)
        carried = tuple(notices.notices_of(session, message_id))
        said = messages.wordings(session, [message_id]).get(message_id)
        view = MessageView(row, said.subject if said else None, people.name_of(session, row.person_id), carried)
        return view, said.text if said else None, messages.attempts(session, message_id)


def retry_messages(services: Services, message_ids: list[int], *, actor: str) -> int:
    """Queue dead messages again, all that are named or, with none named, all that are dead.

    Returns how many. Raises Refused, and revives none, when one that is named is not dead.
    """
    now = services.clock.now()
    with services.store.writing() as session:
        named = [messages.message(session, message_id) for message_id in message_ids]
        rows = named or listing.dead(session)
        for row in rows:
            status = row.status
            if not outbox.revive(session, row, now):
                raise Refused(f"Message {row.id} is {status}: only dead messages can be retried.")
            audit.append(session, at=now, actor=actor, action="message retry", detail={"message": row.id})
    return len(rows)


@contextmanager
def listed_notices(services: Services, *, newest: int | None = None) -> Iterator[Listing[tuple[NoticeRow, str]]]:
    """Give every notice with its recipient's name in the order of the decisions; or only the newest so many."""
    with services.store.reading() as session:
        parts, total = listing.notices(session, newest)
        yield Listing((each for part in parts for each in _named(session, part)), total)


def _named(session: Session, rows: Sequence[NoticeRow]) -> Iterator[tuple[NoticeRow, str]]:
    names = listing.names(session, (row.person_id for row in rows))
    return ((row, names[row.person_id]) for row in rows)


@contextmanager
def listed_unsaid(services: Services, *, newest: int | None = None) -> Iterator[Listing[Unsaid]]:
    """Give every decision not to send, withdrawn notices among them; or only the newest so many."""
    with services.store.reading() as session:
        yield Listing(*listing.unsaid(session, newest))
