"""`tracker demo`: a fiscal year of follow-up in under a minute, every real part in its place, on loopback only."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from importlib import resources
from pathlib import Path

from celery import Celery
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from schedules.beat import SWEEP_TASK
from schedules.calendars import WorkCalendar
from tracker.bootstrap import build
from tracker.domain.thai.dates import short_day
from tracker.errors import Refused, Unavailable
from tracker.intake.people_file import read_people
from tracker.intake.reading import read_plan
from tracker.settings import load_settings
from tracker.store import holidays, marks, messages, tasks
from tracker.usecases.give_up_address import use_addresses_again
from tracker.usecases.import_people import import_people
from tracker.usecases.import_plan import import_plan
from tracker.usecases.services import Services
from tracker.usecases.set_up import set_up
from tracker.usecases.sweep import MARK
from workers.app import make_app
from workers.demo_report import keep_arrivals, show_results
from workers.demo_story import MAILBOX_MENDED, MAILBOX_OF, SCENES, play
from workers.moving_clock import MovingClock
from workers.redis_server import PrivateRedis
from workers.standins import LineFaults, LineStandin, SmtpFaults, SmtpStandin
from workers.tasks import ring

HOME = "demo-home"
MARKER = ".made-by-tracker-demo"
AGENCY = "เทศบาลตำบลธารแก้วไพร"
FIRST_DAY, LAST_DAY = date(2025, 11, 4), date(2026, 9, 30)

_PATIENCE = 20.0
"""Seconds that one day's work may take before the demo gives up and shows the worker's log."""


def run_demo() -> int:
    """Run the demo and return the exit status; it leaves everything that it made in `demo-home`."""
    console = Console()
    home = _fresh_home(Path(HOME).absolute())
    with ExitStack() as stack:
        # One mailbox does not exist, one mail is put off, one LINE answer is lost: all part of the story.
        relay = stack.enter_context(SmtpStandin(SmtpFaults(reject="^khlang.officer@", fail_first=1)))
        line = stack.enter_context(LineStandin(LineFaults(drop_first=1)))
        redis = stack.enter_context(PrivateRedis(home))
        environ = {
            "TRACKER_HOME": str(home),
            "TRACKER_EMAIL_URL": relay.url,
            "TRACKER_LINE_TOKEN": "demo-token",
            "TRACKER_LINE_API_URL": line.url,
            "TRACKER_REDIS_URL": redis.url,
        }
        services, clock = _services(environ, home)
        stack.callback(services.close)
        _import_samples(services, console)
        with _worker(environ, clock, home / "worker.log"):
            app = make_app(redis.url, services.settings.sweep_every)
            _Year(services, clock, app, relay, console).live()
        keep_arrivals(services, relay.mails, line.pushes, home)
        show_results(console, services, home)
    return 0


def _fresh_home(home: Path) -> Path:
    """Return an empty home; raises Refused rather than touch a folder that no demo made."""
    if home.exists() and not (home / MARKER).exists():
        raise Refused(f"{home} is there and was not made by a demo: move it away, or run the demo elsewhere.")
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(mode=0o700)
    (home / MARKER).touch()
    return home


def _services(environ: Mapping[str, str], home: Path) -> tuple[Services, MovingClock]:
    clock = MovingClock(home / "clock")
    clock.set(WorkCalendar().opening(FIRST_DAY))
    settings = load_settings(environ)
    set_up(settings, AGENCY)
    return build(load_settings(environ), clock=clock), clock


def _import_samples(services: Services, console: Console) -> None:
    with resources.as_file(resources.files("workers") / "sample") as sample:
        people = import_people(services, read_people(sample / "people.csv"), file="people.csv", actor="demo")
        plan = import_plan(services, read_plan(sample / "plan.txt"), actor="demo")
    console.print(f"{AGENCY} (an agency that does not exist), fiscal year {plan.fiscal_year}")
    console.print(f"  people.csv  {people.added} people in {people.units} units")
    console.print(f"  plan.txt    {len(plan.opened)} tasks opened, due from 28 พ.ย. 2568 to 30 ก.ย. 2569")


@contextmanager
def _worker(environ: Mapping[str, str], clock: MovingClock, log: Path) -> Iterator[None]:
    """Run Celery worker and beat in a process of their own, as `tracker up` does, on the moving clock."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("TRACKER_")}
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "workers.demo_worker", str(clock.path)], env={**clean, **environ}, stderr=out
        )
        try:
            yield
        finally:
            process.terminate()
            process.wait(timeout=30)


@dataclass(slots=True)
class _Year:
    """The demo's fiscal year, day by day: it stops on every day on which something is due or somebody acts."""

    services: Services
    clock: MovingClock
    app: Celery
    relay: SmtpStandin
    console: Console

    def live(self) -> None:
        """Go from the first day to the last, with a line for everything that somebody does."""
        with self.services.store.reading() as session:
            calendar = holidays.calendar(session, self.services.settings.office_hours, FIRST_DAY)
        columns = TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn()
        with Progress(*columns, console=self.console) as progress:
            bar = progress.add_task("", total=(LAST_DAY - FIRST_DAY).days)
            for n in range((LAST_DAY - FIRST_DAY).days + 1):
                day = FIRST_DAY + timedelta(days=n)
                progress.update(bar, completed=n, description=short_day(day).rjust(13))
                if calendar.is_working(day):
                    self._spend(day, calendar.opening(day))

    def _spend(self, day: date, opening: datetime) -> None:
        """Spend one working day: what is due at opening, what people do at ten, what follows from both at eleven."""
        scenes = [scene for scene in SCENES if scene.on == day]
        if not scenes and not self._something_waits(opening):
            return
        self._check(opening + timedelta(minutes=5))
        self.clock.set(opening + timedelta(minutes=90))
        for scene in scenes:
            self._tell(day, scene.told, play(scene, self.services))
        if day >= MAILBOX_MENDED and self.relay.faults.reject:
            self.relay.faults.reject = None
            use_addresses_again(self.services, MAILBOX_OF, actor="demo")
            self._tell(day, "the mailbox that the server refused is mended, and used again")
        if self._something_waits(opening + timedelta(hours=2)):
            self._check(opening + timedelta(hours=2, minutes=30))

    def _tell(self, day: date, told: str, count: int | None = None) -> None:
        tasks_touched = "" if count is None else f" ({count} {'task' if count == 1 else 'tasks'})"
        self.console.print(f"  {short_day(day):>13}  {told}{tasks_touched}", highlight=False)

    def _something_waits(self, until: datetime) -> bool:
        with self.services.store.reading() as session:
            return bool(tasks.due_for_notice(session, until) or messages.unsettled(session, until))

    def _check(self, at: datetime) -> None:
        """Move the clock, ask the worker for a sweep, and wait until all that is due has left."""
        self.clock.set(at)
        deadline = time.monotonic() + _PATIENCE
        while time.monotonic() < deadline:
            ring(self.app, SWEEP_TASK)
            for _ in range(100):
                if self._is_settled(at):
                    return
                time.sleep(0.01)
        raise Unavailable(f"The worker did not finish {short_day(at.date())}: look at worker.log in {HOME}.")

    def _is_settled(self, at: datetime) -> bool:
        with self.services.store.reading() as session:
            swept = marks.mark(session, MARK)
            return swept is not None and swept >= at and not messages.unsettled(session, at)
