"""The Celery tasks: load, call one use case, done. Arguments are hints; the database says what there is to do."""

import logging
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from math import ceil
from threading import Event, Lock
from typing import Any

from celery import Celery, signals
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from schedules.beat import BOUNCES_TASK, EVIDENCE_TASK, STALE_AFTER, SWEEP_TASK
from tracker.errors import TrackerError
from tracker.usecases.services import Services
from workers.queues import BOUNCES, DELIVER_TASK, NAMES, SWEEP, delivery_queue

MESSAGES_FOR_ONE = 20
"""How many messages make a second sender of the same channel worth its while."""
MOST_BELLS = 64
"""More senders than any number of workers has; who has enough of them lets a bell pass."""

logger = logging.getLogger(__name__)


@dataclass(slots=True)
class Crew:
    """What the tasks of one process share: the services, how many may work at once, and the word to stop."""

    services: Callable[[], Services]
    stopping: Event
    threads: int
    queues: frozenset[str] = frozenset(NAMES)
    _lock: Lock = field(default_factory=Lock)
    _busy: Counter[str] = field(default_factory=Counter)

    def senders(self) -> int:
        """Return how many may send at once for one queue, so that a place is free for what is never to wait.

        A sweep and a slow mailbox of delivery reports, where this process serves their queues too.
        """
        sending = {delivery_queue(name) for name in self.services().channels} & self.queues
        return max(1, (self.threads - len({SWEEP, BOUNCES} & self.queues)) // max(1, len(sending)))

    @contextmanager
    def place(self, queue: str, limit: int) -> Iterator[bool]:
        """Give a place among those who work for a queue, or False when enough do: a late bell says nothing new."""
        with self._lock:
            given = self._busy[queue] < limit
            self._busy[queue] += given
        try:
            yield given
        finally:
            with self._lock:
                self._busy[queue] -= given


def add_tasks(app: Celery, crew: Crew) -> None:
    """Give an app its tasks, which work for that crew."""

    def alone(queue: str, what: str, work: Callable[[], None]) -> Callable[[], None]:
        """Return a task that does nothing while another one of its queue is at work here."""

        def now() -> None:
            with crew.place(queue, 1) as free, _faults_logged(what):
                if free and not crew.stopping.is_set():
                    work()

        return now

    def deliver_now(channel: str) -> None:
        with _faults_logged(f"deliver {channel}"), crew.place(delivery_queue(channel), crew.senders()) as free:
            if free and not crew.stopping.is_set():
                _deliver(app, crew, channel)

    def learn(instance: Any, **_: Any) -> None:
        if instance.app is app:  # as `--concurrency` and `--queues` say, which the settings do not know
            crew.threads, crew.queues = instance.concurrency, frozenset(app.amqp.queues.consume_from)

    signals.celeryd_after_setup.connect(learn, weak=False)
    tasks: Any = app  # shared=False, else every other app in the process gets them
    tasks.task(alone(SWEEP, "sweep", lambda: _sweep(app, crew)), name=SWEEP_TASK, shared=False)
    tasks.task(alone(BOUNCES, "bounces", lambda: _read_bounces(crew)), name=BOUNCES_TASK, shared=False)
    tasks.task(alone(BOUNCES, "evidence", lambda: _check_evidence(crew)), name=EVIDENCE_TASK, shared=False)
    tasks.task(deliver_now, name=DELIVER_TASK, shared=False)


def ring(app: Celery, task: str, *args: str) -> bool:
    """Ask for a task; False, logged, when the broker does not take it. The next sweep rings again."""
    try:
        app.send_task(task, args=args, expires=STALE_AFTER.total_seconds())
    except (OperationalError, RedisError, AttributeError) as error:  # the last out of kombu, on a connection just lost
        logger.warning("The broker took no “%s” (%s); the next sweep asks again.", task, error)
        return False
    return True


def _sweep(app: Celery, crew: Crew) -> None:
    from tracker.usecases.sweep import SweepResult, sweep

    services = crew.services()
    result = sweep(services)
    if result != SweepResult(closed_until=result.closed_until):
        logger.info("sweep: %s", result.summary)
    for channel, waiting in result.queued.items():
        for _ in range(min(ceil(waiting / MESSAGES_FOR_ONE), MOST_BELLS)):
            if not ring(app, DELIVER_TASK, channel):
                return  # each try takes its time, and the others would fare no better


def _read_bounces(crew: Crew) -> None:
    from tracker.usecases.read_bounces import read_bounces

    services = crew.services()
    if services.bounces is not None and (result := read_bounces(services)).counts:
        logger.info("bounces: %s", result.summary)


def _check_evidence(crew: Crew) -> None:
    from tracker.usecases.check_evidence import check_some_evidence

    if found := check_some_evidence(crew.services()):
        faults = sum(each.fault is not None for each in found)
        logger.info("evidence: %d looked at, %d cannot be opened", len(found), faults)


def _deliver(app: Celery, crew: Crew, channel: str) -> None:
    from tracker.usecases.deliver import deliver

    services = crew.services()
    result = deliver(services, channel, stopping=crew.stopping.is_set, wait=crew.stopping.wait)
    if result.counts:
        logger.info("deliver %s: %s", channel, result.summary)
    if result.counts["dead"]:  # what fell to another channel need not wait for the next sweep
        for other in services.channels.keys() - {channel}:
            ring(app, DELIVER_TASK, other)


@contextmanager
def _faults_logged(what: str) -> Iterator[None]:
    """Log an expected fault in one line; a bug passes, and keeps its traceback."""
    try:
        yield
    except TrackerError as error:
        logger.error("%s: %s", what, error)  # noqa: TRY400 - the sentence says what to do, a traceback would not
