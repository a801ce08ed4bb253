"""What a person sees of the outbox and the ledger of notices."""

from dataclasses import dataclass
from typing import Any

from tracker.domain.masking import mask_address
from tracker.errors import Refused
from tracker.store import audit, messages, notices, outbox, people
from tracker.store.tables import AttemptRow, MessageRow, NoticeRow, SuppressionRow
from tracker.usecases.services import Services


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


def list_messages(services: Services, *, status: str | None = None) -> list[MessageView]:
    """Return every message, or those of one status, in the order in which they were made."""
    with services.store.reading() as session:
        names = {person.id: person.name for person in people.people(session)}
        carried, subjects = notices.by_message(session), messages.subjects(session)
        return [
            MessageView(row, subjects.get(row.id or 0), names[row.person_id], tuple(carried.get(row.id or 0, ())))
            for row in messages.messages(session)
            if status in (None, row.status)
        ]


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
        rows = [messages.message(session, message_id) for message_id in message_ids]
        if not message_ids:
            rows = [row for row in messages.messages(session) if row.status == "dead"]
        for row in rows:
            status = row.status
            if not outbox.revive(session, row, now):
                raise Refused(f"Message {row.id} is {status}: only dead messages can be retried.")
            audit.append(session, at=now, actor=actor, action="message retry", detail={"message": row.id})
    return len(rows)


def list_notices(services: Services) -> list[tuple[NoticeRow, str]]:
    """Return every notice with its recipient's name."""
    with services.store.reading() as session:
        names = {person.id: person.name for person in people.people(session)}
        return [(row, names[row.person_id]) for row in notices.notices(session)]


def list_suppressions(services: Services) -> list[SuppressionRow]:
    """Return every decision not to send, withdrawn notices among them."""
    with services.store.reading() as session:
        decided = notices.suppressions(session)
        withdrawn = [
            SuppressionRow(
                task_id=row.task_id,
                cycle=row.cycle,
                rung=row.rung,
                reason=f"withdrawn: {row.withdrawn_why}",
                decided_at=row.withdrawn_at or row.decided_at,
            )
            for row in notices.notices(session)
            if row.withdrawn_at is not None
        ]
        return sorted([*decided, *withdrawn], key=lambda row: row.decided_at)
