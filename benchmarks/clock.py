"""A clock that says a Monday in office hours whenever a benchmark runs, in this process and in the workers.

Days off cannot be switched to working days, so the one reader of the clock is moved by a constant: it goes on at its
true pace, and leases and back-offs with it. A file with the instant, as the demo has, would stand still between two
writes; a faked libc would need a package, and move Celery's own waiting as well. Durations are measured by the
monotonic clock of the parent, which nothing touches.
"""

from datetime import UTC, datetime, timedelta

from tracker.clock import SystemClock

MONDAY = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)
"""A working Monday at 10 in Bangkok: when every stage begins. It leaves 6.5 hours of office."""
AHEAD = "BENCHMARK_CLOCK_AHEAD"
"""The environment variable that tells a worker the seconds by which its clock is ahead."""

_true_now = SystemClock.now


class Moved:
    """The machine's clock, ahead of it by a constant."""

    def __init__(self, ahead: timedelta) -> None:
        self.ahead = ahead

    def now(self) -> datetime:
        return _true_now(SystemClock()) + self.ahead


def on_monday() -> Moved:
    """Return a clock that says MONDAY now."""
    return Moved(MONDAY - _true_now(SystemClock()))


def move_the_machines(ahead: timedelta) -> None:
    """Let the clock that the product reads in this process be ahead from now on."""
    moved = Moved(ahead)
    SystemClock.now = lambda _clock: moved.now()  # type: ignore[method-assign,assignment]
