"""Puts messages into the outbox, in the caller's transaction: one for each person, whatever it carries."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from tracker.domain.messages import CoordinatorDay, ExecutiveWeek
from tracker.store import audit, notices, outbox
from tracker.store.tables import MessageRow
from tracker.usecases.compose_messages import About, Parts, Writer, leading

MESSAGE_ID_HOST = "ita-tracker.invalid"
"""The right side of every Message-ID: a name that can never belong to anybody (RFC 2606)."""

_AT_ONCE, _CARRIED_AT_ONCE = 500, 5000
"""Messages stored together, and about how many notices they carry: one check of a large agency has many thousands."""


@dataclass(frozen=True, slots=True)
class Order:
    """What a message is to carry to one person. Its words are written when it leaves, from what is true then.

    `day_since` is the beginning of the coordinator's day, when it carries one.
    """

    person_id: int
    notices: Sequence[int] = ()
    day_since: datetime | None = None
    incidents: bool = False
    week: bool = False

    @property
    def kind(self) -> str:
        """Return what leads the message, one of MESSAGE_KINDS."""
        return leading(notices=self.notices, daily=self.day_since, weekly=self.week, incidents=self.incidents)


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


def queue(writer: Writer, orders: Iterable[Order]) -> int:
    """Store the messages of a check, each on the first channel of its person, due at once; return their number."""
    count = 0
    for some in _portions(orders):
        rows = [_row(writer, order, writer.route(order.person_id), decided_at=writer.now) for order in some]
        _store(writer, rows, [order.notices for order in some], actor="sweep")
        count += len(some)
    return count


def _portions(orders: Iterable[Order]) -> Iterator[list[Order]]:
    """Yield the orders in their order, as many together as need not much memory."""
    some: list[Order] = []
    carried = 0
    for order in orders:
        if len(some) == _AT_ONCE or carried >= _CARRIED_AT_ONCE:
            yield some
            some, carried = [], 0
        some.append(order)
        carried += len(order.notices)
    if some:
        yield some


def queue_elsewhere(writer: Writer, before: MessageRow, order: Order, route: tuple[str, str]) -> None:
    """Store what takes the place of a message that could not be delivered, on another channel, due at once."""
    row = _row(writer, order, route, decided_at=before.decided_at)
    row |= {"key": f"{before.key}>{route[0]}", "replaces_id": before.id}
    _store(writer, [row], [order.notices], actor="deliver")


def _row(writer: Writer, order: Order, route: tuple[str, str], *, decided_at: datetime) -> dict[str, Any]:
    retry_key = str(uuid4())  # never changes from here on; its first eight characters are what readers quote
    channel, address = route
    return {
        "key": _key(writer, order, retry_key),
        "kind": order.kind,
        "person_id": order.person_id,
        "channel": channel,
        "address": address,
        "header_id": f"{retry_key}@{MESSAGE_ID_HOST}",
        "retry_key": retry_key,
        "decided_at": decided_at,
        "day_since": order.day_since,
        "week": order.week,
        "incidents": order.incidents,
        "created_at": writer.now,
        "next_attempt_at": writer.now,
        "replaces_id": None,
    }


def _key(writer: Writer, order: Order, retry_key: str) -> str:
    """Return what exists once: a digest of a day for a person, a message that carries a notice first."""
    if order.notices:
        return f"notices:{order.notices[0]}"
    return f"{order.kind}:{retry_key if order.kind == 'incidents' else writer.today}:{order.person_id}"


def _store(writer: Writer, rows: list[dict[str, Any]], carrying: list[Sequence[int]], *, actor: str) -> None:
    ids = outbox.add(writer.session, rows, carrying)
    facts = _facts(writer, rows, ids, carrying)
    audit.append_all(writer.session, facts, at=writer.now, actor=actor, action=audit.QUEUED)


def _facts(
    writer: Writer, rows: list[dict[str, Any]], ids: list[int], carrying: list[Sequence[int]]
) -> Iterator[dict[str, Any]]:
    said = notices.as_said(writer.session, [notice_id for notice_ids in carrying for notice_id in notice_ids])
    for row, message_id, notice_ids in zip(rows, ids, carrying, strict=True):
        yield {
            "detail": {
                "message": message_id,
                "person": row["person_id"],
                "channel": row["channel"],
                "kind": row["kind"],
                "notices": [said[notice_id] for notice_id in notice_ids],
            }
        }
