"""What the workers hold while they run: memory, open files, sockets, connections at the servers."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.campaign.processes import tree
from benchmarks.campaign.servers import postgres_connections, redis_clients
from benchmarks.campaign.service import DATABASE, Service
from benchmarks.campaign.verdict import Claim


@dataclass(frozen=True, slots=True)
class Sample:
    """One look. Memory is the proportional set size of all workers and what they started, in MB."""

    at: float
    accepted: int
    owed: int
    memory: float
    files: int
    sockets: int
    database: int
    redis: int


def sample(service: Service, *, accepted: int, owed: int) -> Sample:
    """Look once; `owed` messages have come due so far, `accepted` of them have left."""
    pids = [pid for name in service.workers for pid in tree(service.supervisor.pid(name) or 0) if pid]
    opened = [link for pid in pids for link in _opened(pid)]
    sockets = sum(link.startswith("socket:") for link in opened)
    return Sample(
        time.monotonic(), accepted, owed, sum(map(_memory, pids)), len(opened) - sockets, sockets,
        postgres_connections(service.postgres_port, DATABASE), redis_clients(service.redis_port),
    )  # fmt: skip


def _opened(pid: int) -> list[str]:
    found = []
    for path in Path(f"/proc/{pid}/fd").iterdir():
        try:
            found.append(str(path.readlink()))
        except OSError:  # closed meanwhile
            continue
    return found


def _memory(pid: int) -> float:
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
    return next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:")) / 1024


def flat(samples: Sequence[Sample], name: str, *, slack: float, unit: str = "") -> Claim:
    """A figure of the last quarter is that of the second, give or take 5 % and the slack."""
    second, last = (median(getattr(each, name) for each in part) for part in _second_and_last(samples))
    kept = last - second <= max(second * 0.05, slack)
    change = (last / second - 1) * 100 if second else 0.0
    words = f"{name}: {second:.1f}{unit} in the second quarter, {last:.1f}{unit} in the last ({change:+.1f} %)"
    return Claim(kept, f"{words}, at most {max(getattr(each, name) for each in samples):.1f}{unit}")


def rates(samples: Sequence[Sample]) -> list[float]:
    """Return the deliveries a second of each quarter."""
    return [(part[-1].accepted - part[0].accepted) / (part[-1].at - part[0].at) for part in _quarters(samples)]


def _quarters(samples: Sequence[Sample]) -> list[Sequence[Sample]]:
    size = len(samples) // 4
    return [samples[n * size : (n + 1) * size] for n in range(4)]


def _second_and_last(samples: Sequence[Sample]) -> tuple[Sequence[Sample], Sequence[Sample]]:
    _, second, _, last = _quarters(samples)
    return second, last
