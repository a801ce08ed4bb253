"""Sends what is due on one channel: claim, look and write, commit, send with no transaction open, record."""

import random
import time
from collections import Counter, deque
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel import Session

from tracker.delivery.channel import Channel, Outcome
from tracker.domain.throttle import BATCH, FRESH, LEASE, LEAST, SHARES, SLICE, SLICE_LOAD
from tracker.errors import Unavailable
from tracker.store import audit, channels, messages, outbox
from tracker.store.marking import Marks, Sent
from tracker.store.outbox import Claim
from tracker.store.tables import MessageRow
from tracker.usecases.ground import Ground, read_ground
from tracker.usecases.prepare import Prepared, Ready, prepare
from tracker.usecases.record_outcome import record_outcome
from tracker.usecases.services import Services

_RATE_WAIT = 0.5
"""Seconds between two looks at a relay's rate that is spent."""
_LAPSED_EVERY = 20
"""Claims between two looks for what a vanished sender held, while other messages wait too."""
_RECORD_AGAIN = (0.1, 0.3, 1.0, 2.0, 4.0, 8.0, 15.0)
"""Seconds to wait for a database that is away: what was sent and is not recorded would be sent twice."""


@dataclass(slots=True)
class DeliverResult:
    """How the messages of one call ended: sent, retrying, dead, withdrawn, paused or lost (another's now)."""

    counts: Counter[str] = field(default_factory=Counter)

    @property
    def summary(self) -> str:
        """Return one line for a log or a screen."""
        return ", ".join(f"{count} {what}" for what, count in sorted(self.counts.items())) or "nothing to send"


def deliver(
    services: Services,
    channel: str,
    *,
    stopping: Callable[[], bool] = lambda: False,
    wait: Callable[[float], object] = time.sleep,
) -> DeliverResult:
    """Send everything that is due on a channel, batch by batch, until nothing can be claimed.

    Safe to run from many threads, processes and machines at once. Outside office hours nothing is sent. Once
    `stopping` says so no message is begun; `wait` passes the time (seconds) while a relay's rate is spent.
    """
    sender = services.channels.get(channel)
    if sender is None:
        return DeliverResult()
    with closing(Marks(services.store)) as marks:
        delivery = _Delivery(services, channel, sender, stopping, marks)
        while not stopping() and (taken := delivery.take()) is not None:
            if not taken:
                wait(_RATE_WAIT)
            elif not delivery.send_all():
                break
    return delivery.result


class _Delivery:
    """One call's way through the outbox of a channel."""

    def __init__(
        self, services: Services, channel: str, sender: Channel, stopping: Callable[[], bool], marks: Marks
    ) -> None:
        self._services, self._channel, self._sender, self._stopping = services, channel, sender, stopping
        self._marks = marks
        self._ground: Ground | None = None
        self._left: deque[MessageRow] = deque()
        self._ready: deque[Ready] = deque()
        self._loads: dict[int, int] = {}
        self._looked_at: datetime | None = None
        # Senders that begin together must not all write at one time and all wait for the relay at another.
        self._length = random.randint(1, SLICE)  # noqa: S311 - spreads them
        self._token, self._takes = "", 0
        self.result = DeliverResult()

    def take(self) -> bool | None:
        """Claim messages and look at the first; None when there is nothing to send, False when the rate is spent."""
        with self._services.store.writing() as session:
            now = self._services.clock.now()
            ground = self._stand_on(session, now)
            if not ground.calendar.is_open(now) or channels.paused_until(session, self._channel, now):
                return None
            claim = self._claim(session, now)
            if claim is None or not claim.messages:
                return None if claim is None else False
            self._left, self._token = deque(claim.messages), claim.token
            self._loads = messages.load_of(session, [row.id or 0 for row in claim.messages])
            look = self._prepare(session, ground, now)
        self._take_over(*look)
        return True

    def _claim(self, session: Session, now: datetime) -> Claim | None:
        rate = self._services.settings.email_rate if self._channel == "email" else None
        waiting = messages.waiting_on(session, self._channel, now, most=BATCH * SHARES)
        limit = max(LEAST, waiting // SHARES)
        limit = min(limit, channels.room(session, self._channel, rate, now)) if rate else limit
        if not limit:
            return Claim("", ()) if waiting else None
        claim = Claim("", ())
        if not waiting or self._takes % _LAPSED_EVERY == 0:
            claim = outbox.claim_lapsed(session, self._channel, now=now, lease=LEASE)
        if waiting and not claim.messages:
            claim = outbox.claim(session, self._channel, now=now, lease=LEASE, limit=limit)
        self._takes += 1
        if rate and claim.messages:
            channels.use(session, self._channel, rate, now, len(claim.messages))
        return claim if claim.messages else None

    def _stand_on(self, session: Session, now: datetime) -> Ground:
        self._ground = read_ground(session, self._services, now)
        return self._ground

    def send_all(self) -> bool:
        """Send each claimed message; False when the rest must wait: the channel is at fault, the office or we close.

        Whatever ends this early, the messages not yet begun are let go at once.
        """
        try:
            return self._send_each()
        except BaseException:
            self._let_go()
            raise

    def _send_each(self) -> bool:
        while self._left or self._ready:
            now = self._services.clock.now()
            # Asked for each: a slow server must not carry a batch into the evening.
            if self._stopping() or (self._ground and not self._ground.calendar.is_open(now)):
                return self._let_go()
            if not self._ready or self._looked_at is None or now - self._looked_at > FRESH:
                self._look()
            elif self._send(self._ready.popleft()) == "paused":
                return self._let_go()
        return True

    def _look(self) -> None:
        """Make the next slice ready: what is in memory at once is bounded, and what is true is asked again."""
        self._left.extendleft(each.row for each in reversed(self._ready))
        self._ready.clear()
        with self._services.store.writing() as session:
            now = self._services.clock.now()
            self._hold(session, now)
            look = self._prepare(session, self._stand_on(session, now), now)
        self._take_over(*look)

    def _hold(self, session: Session, now: datetime) -> None:
        """Renew the claim on all that is left, and leave out what somebody else has now."""
        ours = outbox.renew(session, [row.id or 0 for row in self._left], self._token, now=now, lease=LEASE)
        kept = deque(row for row in self._left if row.id in ours)
        self.result.counts.update(["lost"] * (len(self._left) - len(kept)))
        self._left = kept

    def _prepare(self, session: Session, on: Ground, now: datetime) -> tuple[Prepared, int, datetime]:
        some = self._slice()
        return prepare(self._services, on.writer.at(session, now), some, self._token), len(some), now

    def _take_over(self, prepared: Prepared, looked_at: int, now: datetime) -> None:
        """Go on with what was prepared, once that is committed."""
        for _ in range(looked_at):
            self._left.popleft()
        self.result.counts.update(prepared.ended)
        self._ready.extend(prepared.ready)
        self._looked_at = now

    def _slice(self) -> list[MessageRow]:
        """Return the next messages to look at, without taking them out: the first time some, then a whole slice."""
        some: list[MessageRow] = []
        load = 0
        for row in self._left:
            load += self._loads.get(row.id or 0, 0)
            if some and (load > SLICE_LOAD or len(some) == self._length):
                break
            some.append(row)
        self._length = SLICE
        return some

    def _send(self, each: Ready) -> str:
        """Send one message; begun, only its lease gives it to another, whatever happens."""
        started_at = self._services.clock.now()
        outcome = self._sender.send(each.outgoing)
        ended = self._record(each.row, outcome, started_at)
        self.result.counts[ended] += 1
        return ended

    def _record(self, row: MessageRow, outcome: Outcome, started_at: datetime) -> str:
        for pause in _RECORD_AGAIN:
            try:
                return self._record_once(row, outcome, started_at)
            except Unavailable:
                time.sleep(pause)
        return self._record_once(row, outcome, started_at)

    def _record_once(self, row: MessageRow, outcome: Outcome, started_at: datetime) -> str:
        assert self._ground is not None  # noqa: S101 - it was claimed on one
        if outcome.ok:
            at = self._services.clock.now()
            sent = Sent(row, self._token, started_at, at, outcome.code, outcome.detail)
            marked = self._marks.mark(sent, seen=self._ground.seen)
            ended, acted = "sent" if marked.held else "lost", marked.acted
        else:
            with self._services.store.writing() as session:
                calendar = self._ground.calendar
                ended = record_outcome(session, self._services, row, self._token, outcome, calendar, started_at)
                acted, _ = audit.acted_since(session, self._ground.seen)
        if acted:  # what is ready may not be true any more
            self._looked_at = None
        return ended

    def _let_go(self) -> bool:
        """Give up the hold on what was not begun, so that the next sender need not wait for the lease."""
        left = [each.row for each in self._ready] + list(self._left)
        self._ready.clear()
        self._left.clear()
        with self._services.store.writing() as session:
            outbox.let_go(session, [row.id or 0 for row in left], self._token)
        return False
