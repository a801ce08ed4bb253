"""Hours of work in a row: `python -m benchmarks.soak --minutes 25 --rate 100`.

Keeps so many messages a second coming, as new tasks that have come due, and watches two workers on PostgreSQL: memory,
open files, sockets and connections must stay flat from the second quarter to the last, deliveries keep up, and nobody
may be lost. Exits 1 when one of these is broken. Everything runs in a temporary folder on free ports.
"""

import argparse
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from benchmarks.campaign.agency import Reader, add_people, filling, owe, readers
from benchmarks.campaign.campaign import accepted, no_tracebacks, say, trail_is_whole
from benchmarks.campaign.samples import Sample, flat, rates, sample
from benchmarks.campaign.service import Service, Shape, installation, until
from benchmarks.campaign.verdict import Claim
from workers.app import CONCURRENCY

STEP = 5.0
"""Seconds from one lot of new tasks to the next, from one check to the next, and from one look to the next."""
LOTS = 4
"""The lots fall on different people in turn: two lots in one check for one person would be one message."""
PATIENCE = 900.0
POOLS = 2 * CONCURRENCY
"""Connections that a short run may still open: each thread of two workers keeps one once it has needed it."""


def run(minutes: float, rate: int, keep: Path | None) -> list[Claim]:
    """Let the work come for so many minutes, wait until it is done, and return what was kept."""
    size = round(rate * STEP)
    officers = readers(size * LOTS)
    lots = [officers[n * size : (n + 1) * size] for n in range(LOTS)]
    with installation(Shape("postgresql", workers=2, delay=0.005, sweep_every=round(STEP)), keep) as service:
        say(f"importing {len(officers)} people")
        with filling(service) as services:
            add_people(services, officers)
        service.start()
        until(lambda: service.tracker("health", "--sweep-within", "60").returncode == 0, within=120)
        samples, steps = _keep_coming(service, lots, minutes * 60)
        owed = steps * size
        finished = until(lambda: accepted(service) >= owed, PATIENCE) and until(
            lambda: not _waiting(service), PATIENCE, every=5
        )
        return [Claim(finished, f"{owed} messages came due in {minutes:g} minutes, all are said"),
                *_judged(service, samples, rate), *_counted(service, lots, steps)]  # fmt: skip


def _keep_coming(service: Service, lots: Sequence[Sequence[Reader]], seconds: float) -> tuple[list[Sample], int]:
    """Owe one lot after the other, each at its time, and look at the workers once for each."""
    samples, steps, begin = [], 0, time.monotonic()
    with filling(service) as services:
        while (gone := time.monotonic() - begin) < seconds:
            time.sleep(max(0, steps * STEP - gone))
            owe(services, lots[steps % LOTS], plan_number=steps)
            steps += 1
            samples.append(sample(service, accepted=accepted(service), owed=steps * len(lots[0])))
            if steps % 12 == 0:
                say(f"{samples[-1].accepted} of {samples[-1].owed} delivered, {samples[-1].memory:.0f} MB")
    return samples, steps


def _judged(service: Service, samples: list[Sample], rate: int) -> list[Claim]:
    quarters = rates(samples)
    backlog = [each.owed - each.accepted for each in samples]
    told = ", ".join(f"{each:.0f}" for each in quarters)
    ends = dict(service.supervisor.own_ends)
    came = (samples[-1].owed - samples[0].owed) / (samples[-1].at - samples[0].at)
    return [
        Claim(came >= 0.95 * rate, f"{came:.0f} messages a second came due, {rate} were asked for"),
        Claim(backlog[-1] <= 4 * rate * STEP,
              f"deliveries a second by quarter: {told}; at most {max(backlog)} waited, {backlog[-1]} at the end"),
        flat(samples, "memory", slack=0, unit=" MB"),
        flat(samples, "files", slack=1), flat(samples, "sockets", slack=POOLS),
        flat(samples, "database", slack=POOLS), flat(samples, "redis", slack=POOLS),
        Claim(not ends, f"ended by themselves: {ends or 'none'}"),
    ]  # fmt: skip


def _waiting(service: Service) -> bool:
    return any(service.listed("message", "list", "--status", each) for each in ("queued", "sending", "retrying"))


def _counted(service: Service, lots: Sequence[Sequence[Reader]], steps: int) -> list[Claim]:
    """Return whether everything owed was said, once: notices in the ledger, messages at the stand-ins."""
    mails, pushes = service.mails.read().accepted, service.pushes.read().accepted
    arrived = Counter(to for to, _ in {(each.to, each.key) for each in (*mails, *pushes)})
    owed = {each: len(range(n, steps, LOTS)) for n, lot in enumerate(lots) for each in lot}
    listed = service.listed("message", "list")
    said: Counter[str] = Counter()
    for each in listed:
        said[each["recipient"]] += len(each["notices"]) if each["status"] == "sent" else 0
    sent = Counter(each["recipient"] for each in listed if each["status"] == "sent")
    lost = [each.name for each in owed if said[each.name] < owed[each] or arrived[each.first] < sent[each.name]]
    twice = [each.name for each in owed if said[each.name] > owed[each] or arrived[each.first] > sent[each.name]]
    doubled = len(mails) - len({each.key for each in mails})
    statuses = Counter(each["status"] for each in listed)
    return [
        Claim(not lost and bool(listed), f"{len(lost)} of {len(owed)} people missed something"),
        Claim(not twice and not doubled, f"{len(twice)} people told more than was owed; {doubled} mail duplicates"),
        Claim(set(statuses) == {"sent"}, f"`tracker message list`: {dict(statuses)}"),
        trail_is_whole(service), no_tracebacks(service),
    ]  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser(description="Let work come for a long time and watch what the workers hold.")
    parser.add_argument("--minutes", type=float, default=2, help="25 for a full run")
    parser.add_argument("--rate", type=int, default=100, help="messages a second")
    parser.add_argument("--keep", type=Path, help="a folder for everything, logs too, that stays")
    options = parser.parse_args()
    claims = run(options.minutes, options.rate, options.keep)
    for each in claims:
        print(f"  {each}")
    return 0 if all(each.kept for each in claims) else 1


if __name__ == "__main__":
    sys.exit(main())
