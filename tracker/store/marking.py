"""Records that messages were sent: the one thing that is written for each mail by itself, so at the least cost.

A worker that is killed between the relay's answer and this record sends one mail twice, so the record is not put off
and gathered. On PostgreSQL it is one statement on a connection that is kept, instead of seven turns; SQLite is in our
own process, where turns cost nothing.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, exists, insert, literal, select, update

from tracker.store import audit, outbox
from tracker.store.session import Store
from tracker.store.tables import AttemptRow, MessageRow
from tracker.store.types import MessageStatus

_SENT: dict[str, Any] = {"status": MessageStatus.SENT, "error": None, "unsure": False}
_ACCEPTED = "accepted"


@dataclass(frozen=True, slots=True)
class Sent:
    """A message that its channel took: by which claim, in which attempt, when, and in the channel's own words."""

    row: MessageRow
    token: str
    started_at: datetime
    at: datetime
    code: int | None
    detail: str


@dataclass(frozen=True, slots=True)
class Marked:
    """Whether the message was still ours, and whether a person has done anything since an entry of the trail."""

    held: bool
    acted: bool


class Marks:
    """Keeps a connection for the records of one sender. One thread uses it."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._kept: Connection | None = None

    def mark(self, sent: Sent, *, seen: int) -> Marked:
        """Store that a message was sent, durably; raises Unavailable, and may then be repeated."""
        if self._store.engine.dialect.name != "postgresql":
            return self._in_steps(sent, seen)
        values = {
            "message": sent.row.id, "token": sent.token, "started": sent.started_at, "ended": sent.at,
            "code": sent.code, "detail": sent.detail, "seen": seen,
        }  # fmt: skip
        with self._connection() as connection:
            held, acted = connection.execute(_AT_ONCE, values).one()
        return Marked(held, acted)

    def close(self) -> None:
        """Give the connection back."""
        kept, self._kept = self._kept, None
        if kept is not None:
            kept.close()

    @contextmanager
    def _connection(self) -> Iterator[Connection]:
        with self._store.answered():
            if self._kept is None:
                self._kept = self._store.engine.connect().execution_options(isolation_level="AUTOCOMMIT")
            try:
                yield self._kept
            except BaseException:
                self.close()
                raise

    def _in_steps(self, sent: Sent, seen: int) -> Marked:
        with self._store.writing() as session:
            held = outbox.finish(session, sent.row, sent.token, sent_at=sent.at, **_SENT)
            if held:
                outbox.record_attempt(
                    session,
                    sent.row,
                    started_at=sent.started_at,
                    at=sent.at,
                    outcome=_ACCEPTED,
                    code=sent.code,
                    detail=sent.detail,
                )
            return Marked(held, audit.acted_since(session, seen)[0])


def _at_once() -> Any:
    message, attempt = MessageRow.__table__, AttemptRow.__table__  # type: ignore[attr-defined]
    done = (
        update(message)
        .where(message.c.id == bindparam("message"), message.c.lease_token == bindparam("token"))
        .values(sent_at=bindparam("ended"), lease_token=None, lease_until=None, **_SENT)
        .returning(message.c.id, message.c.attempts)
        .cte("done")
    )
    logged = {
        "message_id": done.c.id,
        "n": done.c.attempts,
        "started_at": bindparam("started", type_=attempt.c.started_at.type),
        "finished_at": bindparam("ended", type_=attempt.c.finished_at.type),
        "outcome": literal(_ACCEPTED),
        "code": bindparam("code", type_=attempt.c.code.type),
        "detail": bindparam("detail", type_=attempt.c.detail.type),
    }
    entry = insert(attempt).from_select(list(logged), select(*logged.values()), include_defaults=False)
    acted = audit.first_act_after(bindparam("seen")).is_not(None)
    return select(exists(select(done.c.id)), acted).add_cte(entry.cte("logged"))


_AT_ONCE = _at_once()
