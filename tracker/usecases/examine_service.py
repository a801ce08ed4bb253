"""What `tracker doctor` looks at of the running service: Redis, workers, queues, sweeps."""

from tracker.delivery.broker import ask_broker
from tracker.domain.counting import counted
from tracker.domain.watch import findings
from tracker.domain.watch_words import on_screen
from tracker.usecases.bench import Bench, Proof, broken, proved, remark

_START = "Start it: tracker up"
_SHOWN_BEFORE = {"sweep", "no-sweep", "clock", "disk", "broker", "database", "schema"}


def redis(bench: Bench) -> Proof:
    """Ask the broker. A service that was never started is no fault; one that has stopped shows by its sweeps."""
    bench.broker = bench.tools.broker_of(bench.settings)
    if bench.broker is None:
        return remark("The service is not running here, and no TRACKER_REDIS_URL is set.", _START)
    waiting = sum(bells.waiting for bells in ask_broker(bench.broker))
    whose = "Redis" if bench.settings.redis_url else "the private Redis of `tracker up`"
    return proved(f"{whose} answers; {counted(waiting, 'call waits', 'calls wait')} in its queues")


def worker(bench: Bench) -> Proof | None:
    """Let workers say that they are there."""
    if bench.broker is None:
        return None
    bench.served = bench.tools.ask_workers(bench.broker.url, bench.broker.queues)
    if not bench.served:
        return broken("No worker answers, so nothing is decided or sent.", _mend(bench))
    return proved(f"{', '.join(sorted(bench.served))} answers")


def queues(bench: Bench) -> Proof | None:
    """See that somebody serves each queue that is needed."""
    if bench.broker is None:
        return None
    served = {queue for theirs in bench.served.values() for queue in theirs}
    if alone := sorted(set(bench.broker.queues) - served):
        return broken(
            f"No worker serves {', '.join(alone)}.",
            f"Name it to a worker: celery -A workers.app worker --queues {','.join(alone)}",
        )
    return proved(f"{', '.join(sorted(bench.broker.queues))} are served")


def sweep(bench: Bench) -> Proof | None:
    """See that a sweep ended lately, whoever ran it."""
    late = bench.found("sweep", "no-sweep")
    if late is None:
        return proved("the last one ended in time")
    never = bench.facts.sweeps is None or bench.facts.sweeps.ended is None
    if bench.broker is None:
        return None if never else broken(f"{late.said} The service is not running.", _START)
    return broken(late.said, "Start beat, and look at its log: celery -A workers.app beat")


def watch(bench: Bench) -> Proof:
    """Say what else the watch would find, such as a message that waits too long."""
    more = [finding for finding in findings(bench.facts) if finding.code not in _SHOWN_BEFORE]
    if not more:
        return proved("every open task has its next step, and no message is stuck")
    said = on_screen(more[0])
    rest = f" And {len(more) - 1} more: tracker watch." if len(more) > 1 else ""
    return remark(said.what, said.mend + rest)


def _mend(bench: Bench) -> str:
    return "Start one: celery -A workers.app worker" if bench.settings.redis_url else _START
