"""A whole installation in a temporary folder: database, Redis, stand-ins, workers and beat; driven from outside."""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks.campaign.arrivals import Arrivals
from benchmarks.campaign.processes import Controlled, Program, Supervisor
from benchmarks.campaign.servers import (
    create_database,
    free_port,
    postgres_answers,
    postgres_program,
    redis_answers,
    redis_program,
)

REPOSITORY = Path(__file__).parents[2]
OPENING = datetime(2026, 3, 4, 2, 0, tzinfo=UTC)
"""A Wednesday at nine in Bangkok, no holiday: every run begins then, and has seven and a half office hours."""
SWEEP_EVERY = 2
DATABASE = "tracker"


class MovedClock:
    """The product's clock as the programs of the installation have it."""

    def __init__(self) -> None:
        self.ahead = OPENING - datetime.now(UTC)

    def now(self) -> datetime:
        return datetime.now(UTC) + self.ahead


@dataclass(frozen=True, slots=True)
class Shape:
    """What an installation consists of. `delay` is what the stand-ins take for a message, in seconds."""

    database: str = "sqlite"
    workers: int = 1
    delay: float = 0.02
    line: bool = True
    proxied_redis: bool = False
    up: bool = False  # `tracker up` with its private Redis instead of workers, beat and a Redis of ours
    home: Path | None = None  # elsewhere than in the folder of the run
    sweep_every: int = SWEEP_EVERY


@dataclass(slots=True)
class Service:
    """An installation that runs, or is about to."""

    shape: Shape
    folder: Path
    supervisor: Supervisor
    mails: Arrivals
    pushes: Arrivals
    smtp: Controlled
    line: Controlled
    redis_port: int
    postgres_port: int
    proxy: Controlled | None = None
    clock: MovedClock = field(default_factory=MovedClock)

    @property
    def home(self) -> Path:
        return self.shape.home or self.folder / "home"

    @property
    def workers(self) -> tuple[str, ...]:
        return tuple(f"worker {n}" for n in range(1, self.shape.workers + 1))

    def settings(self) -> dict[str, str]:
        """Return the settings of the installation, as README documents them."""
        port = self.proxy.port if self.proxy else self.redis_port
        found = {
            "TRACKER_HOME": str(self.home),
            "TRACKER_EMAIL_URL": f"mailto://127.0.0.1:{self.smtp.port}?from=ita@example.org&mode=insecure",
            "TRACKER_SWEEP_EVERY": str(self.shape.sweep_every),
        }
        if not self.shape.up:
            found["TRACKER_REDIS_URL"] = f"redis://127.0.0.1:{port}/0"
        if self.shape.line:
            found |= {"TRACKER_LINE_TOKEN": "token", "TRACKER_LINE_API_URL": f"http://127.0.0.1:{self.line.port}"}
        if self.shape.database == "postgresql":
            found["TRACKER_DATABASE_URL"] = f"postgresql+psycopg://postgres@127.0.0.1:{self.postgres_port}/{DATABASE}"
        return found

    def environment(self) -> dict[str, str]:
        """Return what every program of the installation gets."""
        clean = {name: value for name, value in os.environ.items() if not name.startswith("TRACKER_")}
        return {
            **clean,
            **self.settings(),
            "PYTHONPATH": f"{Path(__file__).parent / 'moved_clock'}:{REPOSITORY}",
            "CAMPAIGN_CLOCK_AHEAD": str(self.clock.ahead / timedelta(seconds=1)),
        }

    def tracker(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a command of the product to its end."""
        return subprocess.run(
            [sys.executable, "-m", "tracker.cli.main", *arguments],
            env=self.environment(),
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=False,
            timeout=600,
        )

    def listed(self, *arguments: str) -> list[dict[str, Any]]:
        """Return what a listing says; an empty list when the database does not answer just now."""
        done = self.tracker(*arguments, "--json")
        return json.loads(done.stdout) if done.returncode == 0 else []

    def start(self) -> None:
        """Start workers and beat."""
        if self.shape.up:
            command = [sys.executable, "-m", "tracker.cli.main", "up"]
            self.supervisor.keep(Program("worker 1", command, self.environment(), self.folder / "worker 1.log"))
            return
        for name in self.workers:
            self._keep_celery(name, "worker", "-n", f"{name.replace(' ', '')}@campaign")
        self._keep_celery("beat", "beat")

    def _keep_celery(self, name: str, *arguments: str) -> None:
        command = [sys.executable, "-m", "celery", "-A", "workers.app", *arguments]
        self.supervisor.keep(Program(name, command, self.environment(), self.folder / f"{name}.log"))

    def words(self) -> str:
        """Return what workers and beat have logged."""
        paths = [self.folder / f"{name}.log" for name in ("beat", *self.workers)]
        return "".join(path.read_text(encoding="utf-8", errors="replace") for path in paths if path.exists())


@contextmanager
def installation(shape: Shape, keep: Path | None = None) -> Iterator[Service]:
    """Yield an installation with its servers running and its home made; nothing of it outlives the block.

    With `keep` its folder stays, for its logs.
    """
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that every block is left in order
    with ExitStack() as stack:
        folder = keep or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="campaign-")))
        folder.mkdir(parents=True, exist_ok=True)
        supervisor = stack.enter_context(Supervisor())
        mails, pushes = Arrivals(folder / "mails.jsonl"), Arrivals(folder / "pushes.jsonl")
        smtp, line = (
            stack.enter_context(_standin(folder, kind, book, shape.delay))
            for kind, book in (("smtp", mails), ("line", pushes))
        )
        service = Service(shape, folder, supervisor, mails, pushes, smtp, line, free_port(), free_port())
        _start_servers(service)
        if shape.proxied_redis:
            proxy = Controlled("benchmarks.campaign.proxy", (str(service.redis_port),), folder / "proxy.log")
            service.proxy = stack.enter_context(proxy)
        made = service.tracker("init", "--agency", "เทศบาลตำบลตัวอย่าง")
        assert made.returncode == 0, made.stderr
        yield service


def _standin(folder: Path, kind: str, book: Arrivals, delay: float) -> Controlled:
    return Controlled("benchmarks.campaign.standins", (kind, str(book.path), str(delay)), folder / f"{kind}.log")


def _start_servers(service: Service) -> None:
    supervisor, folder = service.supervisor, service.folder
    supervisor.keep(redis_program(folder, service.redis_port))
    until(lambda: redis_answers(service.redis_port), within=30)
    if service.shape.database == "postgresql":
        supervisor.keep(postgres_program(folder, service.postgres_port))
        until(lambda: postgres_answers(service.postgres_port), within=60)
        create_database(service.postgres_port, DATABASE)


def until(claim: Callable[[], object], within: float, every: float = 0.1) -> bool:
    """Wait until a claim holds and say whether it ever did."""
    end = time.monotonic() + within
    while not claim():
        if time.monotonic() > end:
            return False
        time.sleep(every)
    return True
