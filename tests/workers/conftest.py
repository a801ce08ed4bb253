import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from sqlmodel import select

from tracker.store import marks
from tracker.store.schema import upgrade
from tracker.store.session import Store
from tracker.store.tables import IncidentRow, MessageRow, PersonRow, PostRow, UnitRow
from tracker.usecases.standing import DAILY
from workers.moving_clock import MovingClock

REPOSITORY = Path(__file__).parents[2]
SERVE = Path(__file__).with_name("serve_embedded.py")
OFFICE_HOURS = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)
"""A Monday at 10 in Bangkok."""


def until(claim: Callable[[], object], within: float = 10) -> None:
    """Wait until a claim holds; fails when it never does."""
    end = time.monotonic() + within
    while not claim():
        assert time.monotonic() < end, f"not so within {within} s"
        time.sleep(0.02)


def children(pid: int) -> list[int]:
    """Return the child processes of a process, whichever of its threads started them."""
    listed = (path.read_text().split() for path in Path(f"/proc/{pid}/task").glob("*/children"))
    return [int(child) for each in listed for child in each]


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@dataclass
class Home:
    """A home with its database and a clock that stands in office hours."""

    path: Path
    settings: dict[str, str] = field(default_factory=dict)

    def __post_init__(self):
        self.store = Store(f"sqlite:///{self.path / 'tracker.db'}")
        upgrade(self.store)
        self.clock = MovingClock(self.path / "clock")
        self.clock.set(OFFICE_HOURS)

    @property
    def environment(self) -> dict[str, str]:
        ours = {name: value for name, value in os.environ.items() if not name.startswith("TRACKER_")}
        return ours | {"TRACKER_HOME": str(self.path), "PYTHONPATH": str(REPOSITORY)} | self.settings

    def queue(self, count: int = 1, channel: str = "email") -> None:
        """Let messages to a coordinator about an incident wait; today's digest was made before."""
        with self.store.writing() as session:
            address = {"email": "o@example.org", "line": f"U{'0' * 32}"}
            person = PersonRow(name="สมชาย", key=uuid4().hex, channels=[channel], **address)
            unit = UnitRow(name=uuid4().hex, key=uuid4().hex)
            session.add_all([person, unit])
            session.flush()
            session.add(PostRow(person_id=person.id, unit_id=unit.id, role="coordinator"))
            session.add(IncidentRow(key=uuid4().hex, at=OFFICE_HOURS, text="โปรดรายงาน", told_at=OFFICE_HOURS))
            session.add_all(_message(person.id, channel, address[channel]) for _ in range(count))
            marks.set_mark(session, DAILY, OFFICE_HOURS)

    def statuses(self) -> list[str]:
        with self.store.reading() as session:
            return list(session.exec(select(MessageRow.status)))

    def swept_at(self) -> datetime | None:
        with self.store.reading() as session:
            return marks.mark(session, "sweep")

    @contextmanager
    def running(self, *command: str) -> Iterator[subprocess.Popen[str]]:
        """Run a program on this home; its log goes to `log` in the home."""
        with (self.path / "log").open("a") as log:
            process = subprocess.Popen(command, env=self.environment, stdout=log, stderr=log, text=True, cwd=self.path)
            try:
                yield process
            finally:
                process.kill()
                process.wait()

    def embedded(self):
        """Run what `tracker up` runs, with the clock of this home."""
        return self.running(sys.executable, str(SERVE))

    def celery(self, *arguments: str):
        return self.running(sys.executable, "-m", "celery", "-A", "workers.app", *arguments)

    @property
    def log(self) -> str:
        return (self.path / "log").read_text()


def _message(person_id: int, channel: str, address: str) -> MessageRow:
    return MessageRow(
        key=uuid4().hex, kind="incidents", person_id=person_id, channel=channel, address=address,
        header_id=f"{uuid4().hex}@example.org", retry_key=str(uuid4()),
        next_attempt_at=OFFICE_HOURS, created_at=OFFICE_HOURS, decided_at=OFFICE_HOURS, incidents=True,
    )  # fmt: skip


@pytest.fixture
def home(tmp_path) -> Iterator[Home]:
    made = Home(
        tmp_path, {"TRACKER_SWEEP_EVERY": "1", "TRACKER_EMAIL_URL": "mailto://127.0.0.1:9?from=ita@example.org"}
    )
    yield made
    made.store.close()
