"""A circuit breaker: a channel that does not work is left alone for a while, not tried for each message."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from threading import Lock

from tracker.delivery.channel import Channel, Outcome, OutcomeKind, Outgoing

FAILURES = 5
"""So many faults of the channel in a row open the circuit."""
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=30), timedelta(minutes=5)

_CLOSING, _TOO_MANY = 421, 429


@dataclass(slots=True)
class Breaker:
    """A channel that answers for itself while it is known not to work. Safe to use from many threads at once.

    Without it every message of a morning would wait for a dead relay to time out, one after the other, and hold a
    thread meanwhile. What is not tried counts as a temporary failure, so that it is tried again, and falls to the next
    channel after a day, as ever. After a pause one message goes out to see; the others wait for what becomes of it.
    """

    channel: Channel
    monotonic: Callable[[], float] = time.monotonic
    _lock: Lock = field(default_factory=Lock)
    _failures: int = 0
    _pauses: int = 0
    _closed_until: float = 0.0
    _trying: bool = False
    _last: str = ""

    @property
    def name(self) -> str:
        """Return the channel's name."""
        return self.channel.name

    def send(self, message: Outgoing) -> Outcome:
        """Try once, unless the channel is being left alone."""
        with self._lock:
            open_circuit = self._failures >= FAILURES
            if open_circuit and (self._trying or self.monotonic() < self._closed_until):
                return Outcome(OutcomeKind.TEMPORARY, detail=f"Not tried, the channel fails: {self._last}")
            self._trying = open_circuit
        try:
            outcome = self.channel.send(message)
        except BaseException:
            self._settle(None)
            raise
        self._settle(outcome)
        return outcome

    def prove(self) -> Outcome:
        """Ask the service itself, whatever became of messages before."""
        return self.channel.prove()

    def close(self) -> None:
        """Let go of every kept connection."""
        self.channel.close()

    def _settle(self, outcome: Outcome | None) -> None:
        with self._lock:
            self._trying = False
            if outcome is None or not of_the_channel(outcome):
                self._failures = self._pauses = 0
                return
            self._failures, self._last = self._failures + 1, outcome.detail
            if self._failures >= FAILURES:
                pause = min(FIRST_PAUSE * 2**self._pauses, LONGEST_PAUSE)
                self._pauses = min(self._pauses + 1, 10)
                self._closed_until = self.monotonic() + max(pause, outcome.wait).total_seconds()


def of_the_channel(outcome: Outcome) -> bool:
    """Say whether an outcome is the channel's own fault, and no matter of one message or address."""
    if outcome.kind is OutcomeKind.UNKNOWN:
        return True
    return outcome.kind is OutcomeKind.TEMPORARY and outcome.code in (None, _CLOSING, _TOO_MANY)
