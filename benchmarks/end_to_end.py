"""Deliveries a second, from the beginning of a check to the last mail that the relay took.

PostgreSQL, a real Redis, two worker processes of ours; the check that decides, writes and queues is part of it. Each
contender has a relay of its own, and they take turns.
"""

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from statistics import median
from typing import Self

from celery import Celery
from sqlmodel import col, select

from benchmarks import naive
from benchmarks.agency import Agency, found
from benchmarks.raw import Job, Mail
from benchmarks.rows import Row
from benchmarks.stage import Home, Sink, celery, home, postgres, ring_sweep, sink, talking, wait_until, workers
from tracker.store.tables import WordingRow
from workers.queues import BOUNCES, SWEEP
from workers.redis_server import PrivateRedis

PROCESSES = 2
WARM_UP = 200


@dataclass(frozen=True, slots=True)
class Plan:
    """How large the runs are: mails of ours and of smtplib, and of the slow contender."""

    runs: int
    mails: int
    slow_relay_mails: int
    naive_mails: int

    @classmethod
    def of(cls, *, quick: bool) -> Self:
        return cls(1, 800, 400, 60) if quick else cls(3, 4000, 2000, 240)


@dataclass(frozen=True, slots=True)
class Contest:
    """Who takes turns: a number of threads in each of two processes, and a relay with its latency."""

    threads: int
    latency_ms: int
    raw_target: float
    naive_target: float | None = None

    @property
    def name(self) -> str:
        return f"{PROCESSES} processes x {self.threads}, relay {self.latency_ms} ms"


CONTESTS = (Contest(1, 0, 0.45), Contest(2, 0, 0.45, 20), Contest(8, 0, 0.45), Contest(8, 20, 0.80, 10))
NAIVE_POOLS = {"prefork 2": ("--pool=prefork", "--concurrency=2"), "threads 16": ("--pool=threads", "--concurrency=16")}


def rows(*, quick: bool) -> Iterator[Row]:
    """Yield the rows against raw smtplib, and against a task for each message with stock Apprise."""
    plan = Plan.of(quick=quick)
    with postgres() as new_database:
        for contest in CONTESTS:
            with _ours(contest, new_database(), plan) as ours:
                yield from _take_turns(contest, ours, plan)


@dataclass(slots=True)
class Ours:
    """Our workers at work for an agency, warm: they have sent their first mails."""

    agency: Agency
    broker: str
    relay: Sink
    mail: Mail = field(init=False)

    def rate(self, mails: int) -> float:
        """Let one notice for each of so many officers come due, and return the deliveries a second."""
        self.agency.add_due(mails)
        self.agency.settle()
        seconds = self.relay.seconds(mails, lambda: ring_sweep(self.broker))
        self.settle()
        return mails / seconds

    def settle(self) -> None:
        """Wait until every message is recorded as sent."""
        wait_until(lambda: set(self.agency.statuses()) == {"sent"})

    def warm_up(self) -> None:
        """Make the digests of the day, and a first batch, of which the mail is taken that the others send."""
        ring_sweep(self.broker)
        wait_until(self.agency.statuses)
        self.settle()
        self.rate(WARM_UP)
        with self.agency.store.reading() as session:
            row = session.exec(select(WordingRow).where(col(WordingRow.calendar).is_not(None))).first()
        assert row is not None
        self.mail = Mail(row.subject, row.text, row.html or "", row.calendar or "")


@contextmanager
def _ours(contest: Contest, database_url: str, plan: Plan) -> Iterator[Ours]:
    with ExitStack() as stack:
        relay = stack.enter_context(sink(contest.latency_ms))
        place: Home = stack.enter_context(home(database_url, TRACKER_EMAIL_URL=relay.url))
        redis = stack.enter_context(PrivateRedis(place.path))
        services = place.services()
        stack.callback(services.close)
        ours = Ours(found(services, plan.mails), redis.url, relay)
        stack.enter_context(
            workers(place, redis.url, processes=PROCESSES, threads=contest.threads + len({SWEEP, BOUNCES}))
        )
        ours.warm_up()
        yield ours


def _take_turns(contest: Contest, ours: Ours, plan: Plan) -> Iterator[Row]:
    mails = plan.slow_relay_mails if contest.latency_ms else plan.mails
    our_rates: list[float] = []
    raw_rates: list[float] = []
    naive_rates: dict[str, list[float]] = {pool: [] for pool in NAIVE_POOLS if contest.naive_target}
    with sink(contest.latency_ms) as relay:
        for _ in range(plan.runs):
            our_rates.append(ours.rate(mails))
            raw_rates.append(_raw(relay, ours.mail, contest, mails))
            for pool, rates in naive_rates.items():
                rates.append(_naive(pool, ours, contest, plan.naive_mails))
        note = f"connections: ours {ours.relay.tally().most}, smtplib {relay.tally().most}"
    yield Row(
        f"end to end, {contest.name}", "raw smtplib", "mails/s", our_rates, raw_rates, contest.raw_target, note=note
    )
    for pool, rates in naive_rates.items():
        against = f"a task a message, stock Apprise, {pool}"
        limit = f"smtplib beside it, which only sends: {median(raw_rates) / median(rates):.3g}"
        target = contest.naive_target or 0
        yield Row(f"end to end, {contest.name}", against, "mails/s", our_rates, rates, target, note=limit)


def _raw(relay: Sink, mail: Mail, contest: Contest, mails: int) -> float:
    job = Job(relay.port, contest.threads, mails // PROCESSES // contest.threads, mail)
    mails = job.each * PROCESSES * contest.threads  # without the rest, which would not come out even
    with ExitStack() as stack:
        processes = [stack.enter_context(talking(sys.executable, "-m", "benchmarks.raw")) for _ in range(PROCESSES)]
        for process in processes:
            assert process.ask(job.line()) == "ready\n"

        def begin() -> None:
            for process in processes:
                process.tell("\n")

        return mails / relay.seconds(mails, begin)


def _naive(pool: str, ours: Ours, contest: Contest, mails: int) -> float:
    """Return the mails a second from the first task that is queued; the worker waits for them, warm."""
    with sink(contest.latency_ms) as relay, home() as place:
        env = place.environment | {naive.RELAY: str(relay.port), naive.BROKER: ours.broker}
        log = place.path / "naive.log"
        with (
            celery("benchmarks.naive", *NAIVE_POOLS[pool], env=env, broker=ours.broker, log=log),
            Celery(broker=ours.broker, set_as_current=False) as app,
        ):

            def queue(count: int) -> None:
                for n in range(count):
                    app.send_task(
                        "naive.send", (f"officer{n}@example.org", ours.mail.subject, ours.mail.html), queue="naive"
                    )

            relay.seconds(4, lambda: queue(4))
            return mails / relay.seconds(mails, lambda: queue(mails))
