"""`tracker up`: Redis, worker and beat as one process that starts and stops as one."""

# mypy: allow-untyped-calls
# (methods that Celery's untyped classes hand down)

import logging
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from threading import Event, Thread, Timer
from types import FrameType
from typing import Any

from celery import Celery
from celery.apps.worker import Worker
from celery.beat import Service
from celery.worker import state

from schedules.beat import SWEEP_TASK
from tracker.settings import Settings
from tracker.usecases.services import Services
from workers.app import CONCURRENCY, log_to_stderr, make_app
from workers.redis_server import PrivateRedis
from workers.tasks import ring
from workers.watchman import Watchman

STOPS_WITHIN = timedelta(seconds=75)
"""More than any one message may take (half a lease, 60 s). After it we leave at once, which loses nothing."""
CUT_OFF = 75
"""Exit status when a message in hand had to be left to its lease (EX_TEMPFAIL)."""

_STOP_SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)

logger = logging.getLogger(__name__)


def run(services: Services, *, concurrency: int = CONCURRENCY, announce: Callable[[str], None]) -> int:
    """Run the whole service until SIGTERM or Ctrl-C, and return the exit status.

    The first sweep is at once. Call it in the main thread: signals arrive only there. Raises Unavailable when no
    Redis is configured and the private one does not start. The services stay open; the caller closes them.
    """
    settings = services.settings
    log_to_stderr(settings.secrets())
    with _stop_on_signals(announce) as stopping, _broker(settings, announce) as url:
        app = make_app(url, settings.sweep_every, services=lambda: services, stopping=stopping, concurrency=concurrency)
        Watchman(services, url, stopping).start()
        announce(f"Checking every {settings.sweep_every.total_seconds():.0f} s. Ctrl-C stops.")
        status = _work(app, stopping)
    announce("Stopped." if status == 0 else f"Stopped, with status {status}: the log above says why.")
    return status


def _work(app: Celery, stopping: Event) -> int:
    beat = _Beat(app, stopping)
    worker = _Worker(app, before_stop=beat.end)
    beat.start()
    worker.start()  # returns when the last task has ended
    stopping.set()
    beat.end()
    beat.join(3)
    return int(worker.exitcode or 0)


@contextmanager
def _broker(settings: Settings, announce: Callable[[str], None]) -> Iterator[str]:
    if settings.redis_url:
        yield settings.redis_url
        return
    with PrivateRedis(settings.home) as redis:
        announce("Started a private Redis (TRACKER_REDIS_URL is not set).")
        yield redis.url


@contextmanager
def _stop_on_signals(announce: Callable[[str], None]) -> Iterator[Event]:
    """Turn the signals to stop into a warm shutdown, for Celery's own Ctrl-C would end with status 1.

    A second Ctrl-C leaves at once, and so does a stop that takes too long: the outbox makes both safe.
    """
    stopping = Event()
    watchdog = Timer(STOPS_WITHIN.total_seconds(), lambda: os._exit(CUT_OFF))
    watchdog.daemon = True

    def stop(number: int, _frame: FrameType | None) -> None:
        if stopping.is_set():
            if number == signal.SIGINT:
                os._exit(CUT_OFF)
            return
        stopping.set()
        state.should_stop = os.EX_OK  # type: ignore[assignment]  # the worker looks at it between two events
        watchdog.start()
        with suppress(RuntimeError):  # the signal may have come while we were writing another line
            announce("Stopping when the messages in hand are sent.")

    state.should_stop = None  # it is global to the process, and may stand from an earlier run
    before = {each: signal.signal(each, stop) for each in _STOP_SIGNALS if not _ignored(each)}
    try:
        yield stopping
    finally:
        watchdog.cancel()
        for number, handler in before.items():
            signal.signal(number, handler)


def _ignored(number: signal.Signals) -> bool:
    """Say whether we were started to outlive a signal, as nohup does with SIGHUP."""
    return signal.getsignal(number) is signal.SIG_IGN


class _Worker(Worker):
    """Celery's worker with our signals and a sweep whenever it has (again) reached the broker."""

    def __init__(self, app: Celery, before_stop: Callable[[], None]) -> None:
        self._tracker = app
        self._before_stop = before_stop
        super().__init__(
            app=app,
            hostname=f"tracker@{os.getpid()}",
            quiet=True,  # the banner goes to stdout
            without_gossip=True,
            without_mingle=True,
            without_heartbeat=True,  # there is nobody to talk to
        )

    def install_platform_tweaks(self, _worker: Any) -> None:
        """Keep the handlers that are there."""

    def on_consumer_ready(self, consumer: Any) -> None:
        super().on_consumer_ready(consumer)
        ring(self._tracker, SWEEP_TASK)

    def stop(self, in_sighandler: bool = False, exitcode: int | None = None) -> None:
        self._before_stop()  # else beat ticks on while the last tasks end
        super().stop(in_sighandler=in_sighandler, exitcode=exitcode)


class _Beat(Thread):
    """Celery's beat in a thread, started again should it fail: without it nobody is reminded of anything."""

    def __init__(self, app: Celery, stopping: Event) -> None:
        super().__init__(name="beat", daemon=True)
        self._app = app
        self._stopping = stopping
        self._service: Service | None = None

    def run(self) -> None:
        while not self._stopping.is_set():
            # It sleeps between two looks, so a short sleep means a short stop.
            self._service = Service(self._app, max_interval=1, scheduler_cls=self._app.conf.beat_scheduler)
            try:
                self._service.start()
            except Exception:
                logger.exception("Beat failed and is started again.")
                self._stopping.wait(5)

    def end(self) -> None:
        """Let it end within a second; safe to repeat."""
        if self._service:
            self._service.stop()
