"""The Celery application: `celery -A workers.app worker`, `celery -A workers.app beat`, and the one of `tracker up`."""

import gc
import logging
import os
from collections.abc import Callable, Iterable
from datetime import timedelta
from threading import Event, Lock
from traceback import walk_tb
from typing import Any

from celery import Celery, signals
from celery.beat import SchedulingError
from kombu.exceptions import OperationalError
from kombu.transport.redis import Channel, QoS
from redis.exceptions import RedisError

from schedules.beat import beat_schedule
from tracker.bootstrap import build
from tracker.delivery.redaction import quiet_libraries, redact_crashes, redacted_handler, strike_out, without_secrets
from tracker.errors import Misconfigured, TrackerError
from tracker.settings import Settings, load_settings
from tracker.usecases.services import Services
from workers.queues import SWEEP, queues, route
from workers.tasks import Crew, add_tasks

CONCURRENCY = 8
"""Threads of one worker: sending waits for the network, so they cost little."""

_OUTAGES = (OperationalError, SchedulingError, RedisError)
_VISIBILITY = timedelta(minutes=5)

_SETTINGS: dict[str, Any] = {
    # The database has every result; without a backend none can leak or fail.
    "task_ignore_result": True,
    "result_backend": None,
    # JSON only: a broker that somebody else can write to must not be able to run code here.
    "task_serializer": "json",
    "accept_content": ["json"],
    # A bell is acknowledged when it is heard. Acknowledged late, one that was being answered while Redis died ended the
    # worker (Celery 5.7, kombu 5.7: "Unrecoverable error: 'NoneType' object has no attribute 'hostname'"); and a bell
    # that a killed worker took along is rung again by the next sweep, for the row is the promise.
    "task_acks_late": False,
    "worker_prefetch_multiplier": 1,  # a task that waits behind a slow one could run elsewhere
    # Threads: sending is I/O, SQLite and engines need no fork. There are no time limits in this pool, so every
    # channel sets its own; and no soft or cold shutdown (Celery 5.7 ends with NotImplementedError), only the warm one.
    "worker_pool": "threads",
    "worker_cancel_long_running_tasks_on_connection_loss": False,  # threads cannot be killed
    "broker_connection_retry_on_startup": True,
    "broker_connection_max_retries": None,  # None is for ever: an outage of any length only delays
    # A bell that cannot be rung soon is given up: the next sweep rings again.
    "task_publish_retry_policy": {"max_retries": 2, "interval_start": 0, "interval_step": 0.2, "interval_max": 0.5},
    "broker_transport_options": {
        # For bells that a worker had fetched and not heard yet. Longer than a lease (120 s), so that what comes back
        # finds what its dead owner had claimed.
        "visibility_timeout": _VISIBILITY.total_seconds(),
        # With kombu's defaults a half-open connection was not noticed in 90 s, and SIGTERM was ignored meanwhile;
        # with these it was in 22 s.
        "socket_timeout": 10,
        "socket_connect_timeout": 5,
        "socket_keepalive": True,
        "health_check_interval": 5,
        "retry_on_timeout": True,
        # Defaults mean a look every 100 s for such bells; with these one came back in 21 s (timeout 20 s).
        "unacked_restore_interval": 5,
        "unacked_restore_throttle": 1,
    },
    "timezone": "Asia/Bangkok",
    "enable_utc": True,
    # Intervals need no memory of the last run, and the default's file (dbm.dumb) does not survive a crash.
    "beat_scheduler": "celery.beat:Scheduler",
    "beat_max_loop_interval": 5,
    "worker_hijack_root_logger": False,  # our handler redacts, Celery's would not
    "worker_redirect_stdouts": False,
}


def make_app(
    broker_url: str,
    sweep_every: timedelta,
    *,
    services: Callable[[], Services] | None = None,
    stopping: Event | None = None,
    concurrency: int = CONCURRENCY,
) -> Celery:
    """Return the app with its tasks, queues and beat table; it connects to nothing yet.

    `services` gives the tasks what they work with, by default what the environment's settings say, built once in
    each process. Once `stopping` is set no task begins another message.
    """
    Channel.QoS = _Heard
    app = Celery("tracker", set_as_current=False)
    app.conf.update(
        _SETTINGS,
        broker_url=broker_url,
        beat_schedule=beat_schedule(sweep_every),
        worker_concurrency=concurrency,
        task_queues=queues(),
        task_default_queue=SWEEP,
        task_routes=(route,),
    )
    add_tasks(app, Crew(services or ServicesOfProcess(), stopping or Event(), concurrency))
    return app


class _Heard(QoS):
    """What kombu keeps of bells until they are acknowledged, on a connection that may be gone meanwhile.

    With kombu's own (5.7) a worker ended over either: "Unrecoverable error: 'NoneType' object has no attribute
    'client'". A bell that stays unacknowledged rings once more, and finds what is due.
    """

    restore_at_shutdown = False

    def ack(self, delivery_tag: str) -> None:
        if self.channel.connection is not None:
            super().ack(delivery_tag)  # type: ignore[no-untyped-call]


class ServicesOfProcess:
    """Services that are built at the first call in each process: connections must not cross a fork."""

    def __init__(self, settings: Settings | None = None) -> None:
        self._settings = settings
        self._lock = Lock()
        self._built: tuple[int, Services] | None = None

    def __call__(self) -> Services:
        """Return this process's services; raises what `build` raises, and tries again at the next call."""
        with self._lock:
            if not self._built or self._built[0] != os.getpid():
                self._built = os.getpid(), build(self._settings)
                gc.freeze()  # what is loaded by now stays: the collector need not go through it while messages leave
            return self._built[1]

    def close(self, **_: Any) -> None:
        """Close them if this process built any."""
        with self._lock:
            if self._built and self._built[0] == os.getpid():
                self._built[1].close()
            self._built = None


def log_to_stderr(secrets: Iterable[str]) -> None:
    """Log to stderr, redacted, and keep Celery from setting up a log of its own.

    One line for each sweep or delivery that did something; of libraries, warnings.
    """
    strike_out(secrets)
    redact_crashes()
    handler = redacted_handler("%(asctime)s %(levelname)s %(message)s")
    handler.filters.insert(0, _shorten_outages)
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.getLogger("workers").setLevel(logging.INFO)
    logging.captureWarnings(capture=True)
    logging.getLogger("py.warnings").setLevel(logging.ERROR)  # Celery's, on root users and on coming versions
    quiet_libraries()
    signals.setup_logging.connect(_log_is_set_up, weak=False)


def _shorten_outages(record: logging.LogRecord) -> bool:
    """Tell an outage of the broker in one line; Celery's beat and consumer print a hundred at each try.

    Also what kombu itself stumbles over then, such as a connection that it has let go of already.
    """
    told = record.exc_info[1] if record.exc_info else None
    theirs = record.name.startswith(("celery.", "kombu.")) and told is not None and _raised_in(told) == "kombu"
    if isinstance(told, _OUTAGES) or theirs:
        record.msg, record.args = record.getMessage().partition("\n")[0], None
        record.exc_info = None
    elif record.name.startswith("celery.") and not told:
        record.msg, record.args = " ".join(record.getMessage().split()), None
    return True


def _raised_in(told: BaseException) -> str:
    """Return the package whose code raised an exception, "" when it was never raised."""
    frames = list(walk_tb(told.__traceback__))
    return str(frames[-1][0].f_globals.get("__name__", "")).partition(".")[0] if frames else ""


def _log_is_set_up(**_: Any) -> None:
    """Answer Celery's question, by being there, that it need not set up logging."""


def _from_environment() -> Celery:
    settings = load_settings(os.environ)
    if not settings.redis_url:
        raise Misconfigured(
            "TRACKER_REDIS_URL is not set, and worker and beat meet there: set it, or run `tracker up` instead."
        )
    services, stopping = ServicesOfProcess(settings), Event()
    log_to_stderr(settings.secrets())
    signals.worker_shutting_down.connect(lambda **_: stopping.set(), weak=False)
    for ended in (signals.worker_process_shutdown, signals.worker_shutdown):
        ended.connect(services.close, weak=False)
    signals.beat_init.connect(lambda **_: _watch(settings), weak=False)
    return make_app(settings.redis_url, settings.sweep_every, services=services, stopping=stopping)


def _watch(settings: Settings) -> None:
    """Watch in beat's process, whose end ends it; what keeps it from watching keeps beat from starting."""
    from workers.watchman import Watchman

    try:
        Watchman(build(settings, sending=False, checked=False), settings.redis_url or "", Event()).start()
    except TrackerError as error:
        raise SystemExit(f"tracker: {error}") from None


def __getattr__(name: str) -> Celery:
    """Make `app` when `celery -A workers.app` asks for it; who only imports `make_app` needs no settings."""
    if name != "app":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    try:
        app = _from_environment()
    except TrackerError as error:
        raise SystemExit(f"tracker: {without_secrets(str(error))}") from None
    globals()["app"] = app
    return app
