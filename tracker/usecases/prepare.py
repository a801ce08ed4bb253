"""Makes claimed messages ready to leave: looked at once more, and written from what is true now."""

import logging
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from functools import cached_property
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from tracker.delivery.channel import Outgoing
from tracker.domain.throttle import SAME_KEY_WINDOW
from tracker.errors import TrackerError
from tracker.store import outbox
from tracker.store.messages import wordings
from tracker.store.tables import MessageRow, WordingRow
from tracker.store.types import MessageStatus
from tracker.usecases.compose_messages import Content, Parts, Writer
from tracker.usecases.recheck import held, parts_of, still_said, tell_again
from tracker.usecases.record_outcome import end_dead
from tracker.usecases.services import Services
from tracker.usecases.standing import Standing, read_standing

logger = logging.getLogger(__name__)

NOTHING_LEFT = "nothing is left to say"


@dataclass(frozen=True, slots=True)
class Ready:
    """A claimed message and what goes over the wire for it."""

    row: MessageRow
    outgoing: Outgoing


@dataclass(frozen=True, slots=True)
class Prepared:
    """The messages that can leave, in their order, and how the others ended."""

    ready: list[Ready] = field(default_factory=list)
    ended: list[str] = field(default_factory=list)


def prepare(services: Services, writer: Writer, rows: Sequence[MessageRow], token: str) -> Prepared:
    """Look once more at claimed messages and write them, in the writer's transaction.

    Notices of tasks closed, extended, promised or said anew meanwhile are withdrawn, and those whose recipient has
    left or gone on leave given back for others; a message with nothing left to say is withdrawn, one that no address
    or no attempt is left for ends dead. What may have been sent already (`unsure`) keeps its words.
    """
    look, prepared = _Look(services, writer, token, rows), Prepared()
    for row in rows:
        found = look.at(row)
        if isinstance(found, Ready):
            prepared.ready.append(found)
        else:
            prepared.ended.append(found)
    outbox.write(writer.session, look.written)
    return prepared


class _Look:
    """One look at some messages; what they have in common is read once."""

    def __init__(self, services: Services, writer: Writer, token: str, rows: Sequence[MessageRow]) -> None:
        self.services, self.writer, self.token = services, writer, token
        self.written: list[dict[str, Any]] = []
        self._held = held(writer.session, [row.id or 0 for row in rows])
        self._before = wordings(writer.session, [row.id or 0 for row in rows if row.unsure])
        writer.learn({task.id or 0 for about in self._held.about.values() for _, task in about})

    @cached_property
    def standing(self) -> Standing:
        return read_standing(self.writer)

    def at(self, row: MessageRow) -> Ready | str:
        """Return a message ready to leave, or how it ended; one that cannot be written never stops the others."""
        try:
            return self._unsendable(row) or self._write(row)
        except (SQLAlchemyError, TrackerError):
            raise
        except Exception as fault:
            logger.exception("Message %s cannot be written and is set aside.", row.id)
            return self._end(row, f"เขียนข้อความไม่ได้ ({type(fault).__name__}) โปรดแจ้งผู้ดูแลระบบ")

    def _unsendable(self, row: MessageRow) -> str | None:
        """End a message that must not be tried again; None when it may be."""
        if row.attempts > row.attempts_allowed:
            return self._end(row, "โปรแกรมหยุดทำงานซ้ำทุกครั้งที่ส่งข้อความนี้")
        forgotten = row.first_attempt_at is not None and self.writer.now - row.first_attempt_at > SAME_KEY_WINDOW
        if row.channel == "line" and row.unsure and forgotten:
            return self._end(row, "ไม่ได้รับคำตอบภายใน ๒๓ ชั่วโมง")
        return None

    def _write(self, row: MessageRow) -> Ready | str:
        """Give a message its words and its address, or end it when there are none."""
        live, dropped = still_said(self.writer, self._held.about[row.id or 0], self._held.said)
        parts = parts_of(self.writer, row, live, lambda: self.standing)
        if row.incidents and not parts.incidents:
            tell_again(self.writer, row)
        if not parts.kind:
            end: dict[str, Any] = {"status": MessageStatus.WITHDRAWN, "error": dropped or NOTHING_LEFT}
            outbox.finish(self.writer.session, row, self.token, **end)
            return "withdrawn"
        if not self._address(row):
            return self._end(row, "ผู้รับไม่มีที่อยู่ของช่องทางนี้แล้ว")
        before = self._before.get(row.id or 0)
        return Ready(row, self._outgoing(row, self._compose(row, parts) if before is None else before))

    def _outgoing(self, row: MessageRow, words: Content | WordingRow) -> Outgoing:
        return Outgoing(
            address=row.address,
            subject=words.subject,
            text=words.text,
            html=words.html,
            calendar=words.calendar,
            message_id=row.header_id,
            retry_key=row.retry_key,
            recipient_name=self.writer.directory.people[row.person_id].name,
            date=row.created_at,
        )

    def _compose(self, row: MessageRow, parts: Parts) -> Content:
        reference = row.retry_key[:8].upper()
        content = self.writer.content(
            row.person_id, parts, channel=row.channel, reference=reference, stamp=row.decided_at
        )
        self.written.append({"message_id": row.id, "written_at": self.writer.now, **asdict(content)})
        return content

    def _address(self, row: MessageRow) -> bool:
        """Let a message go to the address that its reader has now; False when the channel has none for them any more.

        While it is unknown whether it has arrived, it goes where it went.
        """
        routes = self.writer.directory.people[row.person_id].routes(self.writer.available)
        addresses = [address for channel, address in routes if channel == row.channel]
        if addresses and row.address not in addresses and not row.unsure:
            row.address = addresses[0]
            outbox.send_to(self.writer.session, row.id or 0, row.address)
        return bool(addresses)

    def _end(self, row: MessageRow, why: str) -> str:
        return end_dead(self.writer.session, self.services, row, self.token, why, self.writer.now)
