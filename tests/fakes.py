"""Fakes for the edge of the world: a clock that is advanced, a channel that records, refuses or loses answers."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

from schedules.calendars import BANGKOK
from tracker.delivery.channel import Outcome, OutcomeKind, Outgoing

ACCEPTED = Outcome(OutcomeKind.ACCEPTED, 250, "ok")


def bangkok(text: str) -> datetime:
    """Return the instant (UTC) of a Bangkok day and time, such as 2022-10-31 09:00."""
    return datetime.fromisoformat(text).replace(tzinfo=BANGKOK).astimezone(UTC)


class FakeClock:
    """Stands still until it is moved."""

    def __init__(self, at: str) -> None:
        self._now = bangkok(at)

    def now(self) -> datetime:
        return self._now

    def set(self, at: str) -> None:
        self._now = bangkok(at)

    def advance(self, **by: float) -> None:
        self._now += timedelta(**by)


class FakeChannel:
    """Records what it is given; `answer` decides the outcome of each message."""

    def __init__(self, name: str, answer: Callable[[Outgoing], Outcome] = lambda _: ACCEPTED) -> None:
        self.name = name
        self.answer = answer
        self.accepted: list[Outgoing] = []
        self.offered: list[Outgoing] = []
        self._lock = threading.Lock()

    def send(self, message: Outgoing) -> Outcome:
        outcome = self.answer(message)
        with self._lock:
            self.offered.append(message)
            if outcome.kind is OutcomeKind.ACCEPTED:
                self.accepted.append(message)
        return outcome

    def close(self) -> None:
        pass


UNKNOWN = "550 5.1.1 User unknown"


def refusing(*addresses: str, words: str = "no such user") -> Callable[[Outgoing], Outcome]:
    """Answer 550 for some addresses; `UNKNOWN` are words that turn an address off."""
    gone = Outcome(OutcomeKind.PERMANENT, 550, words)
    return lambda message: gone if message.address in addresses else ACCEPTED


def failing_first(times: int, outcome: Outcome) -> Callable[[Outgoing], Outcome]:
    """Answer with an outcome for the first messages, then accept."""
    left = [times]

    def answer(_: Outgoing) -> Outcome:
        left[0] -= 1
        return outcome if left[0] >= 0 else ACCEPTED

    return answer


def at_once(*works: Callable[[], object]) -> list[object]:
    """Run works in threads that start together and return their results; an error in one is raised."""
    start = threading.Barrier(len(works))

    def run(work: Callable[[], object]) -> object:
        start.wait()
        return work()

    with ThreadPoolExecutor(len(works)) as pool:
        return [future.result() for future in [pool.submit(run, work) for work in works]]
