"""The memory of a worker while it checks and sends: PSS of its process tree, the peak of looks each 0.2 s.

A new worker each time, with as many threads as it has by default; PostgreSQL, a real Redis.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from threading import Event, Thread

from benchmarks.agency import found
from benchmarks.rows import Growth, Row
from benchmarks.stage import home, postgres, ring_sweep, sink, wait_until, workers
from workers.app import CONCURRENCY
from workers.redis_server import PrivateRedis

UNITS = 1000
LOOK_EVERY = 0.2
MEGABYTE = 1024  # in the kB of /proc


def rows(*, quick: bool) -> Iterator[Row]:
    """Yield by how much ten times as many due tasks let a worker grow."""
    runs, few, many = (1, 300, 3000) if quick else (3, 10_000, 100_000)
    ours: list[float] = []
    other: list[float] = []
    with postgres() as new_database:
        for _ in range(runs):
            for due, peaks in ((many, ours), (few, other)):
                peaks.append(_peak(new_database(), due))
    what = f"PSS of a worker, {many:,} due for {UNITS:,} officers, checked and sent"
    yield Growth(
        what, f"{few:,} due", "MB", ours, other, 25, at_least=False, note="growth in MB; at most 200", most=200
    )


def _peak(database_url: str, due: int) -> float:
    """Return the peak in MB of a new worker that checks so many due tasks and sends what comes of it."""
    with ExitStack() as stack:
        relay = stack.enter_context(sink())
        place = stack.enter_context(home(database_url, TRACKER_EMAIL_URL=relay.url))
        redis = stack.enter_context(PrivateRedis(place.path))
        services = place.services()
        stack.callback(services.close)
        agency = found(services, UNITS)
        agency.add_due(due)
        agency.settle()
        (worker,) = stack.enter_context(workers(place, redis.url, processes=1, threads=CONCURRENCY))
        return _highest(lambda: _pss(worker), while_=lambda: _check_and_send(redis.url, agency.statuses))


def _check_and_send(broker: str, statuses: Callable[[], dict[str, int]]) -> None:
    ring_sweep(broker)
    wait_until(lambda: set(statuses()) == {"sent"}, every=1)


def _highest(look: Callable[[], float], *, while_: Callable[[], None]) -> float:
    """Return the highest of what is seen while something is done."""
    seen, done = [look()], Event()

    def watch() -> None:
        while not done.wait(LOOK_EVERY):
            seen.append(look())

    watcher = Thread(target=watch)
    watcher.start()
    try:
        while_()
    finally:
        done.set()
        watcher.join()
    return max(seen)


def _pss(pid: int) -> float:
    """Return the MB of a process and of all below it, shared pages counted by their share."""
    try:
        rollup = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
        children = [
            int(child) for path in Path(f"/proc/{pid}/task").glob("*/children") for child in path.read_text().split()
        ]
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    own = next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:"))
    return own / MEGABYTE + sum(map(_pss, children))
