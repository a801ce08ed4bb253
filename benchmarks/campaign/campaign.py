"""Kills at random while messages leave."""

import random
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from benchmarks.campaign import verdict
from benchmarks.campaign.agency import Reader, fill, readers
from benchmarks.campaign.service import Service, Shape, installation, until
from benchmarks.campaign.verdict import Claim
from workers.app import CONCURRENCY

GAP = 1.0, 3.0
"""Seconds from one kill to the next."""
AT_MOST = 15.0
"""Seconds that a kill waits for something to be accepted, so that it falls into sending."""
SHORTEST_DELAY, LONGEST_DELAY = 0.02, 0.5
PATIENCE = 1800.0
"""Seconds in which everything must have been delivered; far above what leases and starts take."""


@dataclass(frozen=True, slots=True)
class Campaign:
    """What a run does; see `benchmarks.kill --help`."""

    database: str
    messages: int
    kills: int
    seed: int
    to_the_end: bool = False
    delay: float | None = None
    keep: Path | None = None

    @property
    def workers(self) -> int:
        return 2 if self.database == "postgresql" else 1

    def shape(self) -> Shape:
        """Return an installation whose stand-ins are so slow that the kills fall into sending."""
        lasts = self.kills * sum(GAP) / 2
        senders = self.workers * CONCURRENCY // 2
        delay = min(LONGEST_DELAY, max(SHORTEST_DELAY, lasts * senders / self.messages))
        return Shape(self.database, self.workers, self.delay or delay)


def run(campaign: Campaign) -> list[Claim]:
    """Fill an agency, let it send under kills, wait until all is said, and return what was promised and kept."""
    officers = readers(campaign.messages)
    with installation(campaign.shape(), campaign.keep) as service:
        say(f"{campaign.messages} messages, stand-ins take {service.shape.delay * 1000:.0f} ms for one")
        fill(service, officers)
        began = time.monotonic()
        service.start()
        _kill(service, campaign, officers)
        finished = until_all_said(service, officers, PATIENCE)
        took = time.monotonic() - began
        return [
            Claim(finished, f"everything said {took:.0f} s after the start; {_killed(service)}"),
            *promises(service, officers),
        ]


def _kill(service: Service, campaign: Campaign, officers: list[Reader]) -> None:
    """Kill one worker in the check that decides everything, then anything while it sends."""
    chance = random.Random(campaign.seed)  # noqa: S311 - a seed makes a run repeatable, as far as it can be
    targets = [*service.workers, "beat"]
    if campaign.database == "postgresql":
        targets += ["redis", "postgresql"]
    first_round = chance.sample(targets, len(targets))  # each at least once
    until(lambda: service.supervisor.pid("worker 1"), within=30)
    time.sleep(chance.uniform(2, 4))
    service.supervisor.kill("worker 1")
    until(lambda: accepted(service), within=600)
    while len(service.supervisor.kills) < campaign.kills or (
        campaign.to_the_end and not everybody_told(service, officers)
    ):
        before = accepted(service)
        time.sleep(chance.uniform(*GAP))
        _until_more_than(before, service)
        name = first_round.pop() if first_round else chance.choice(targets)
        if service.supervisor.kill(name):
            say(f"killed {name}, {accepted(service)} accepted so far")


def _until_more_than(before: int, service: Service) -> None:
    until(lambda: accepted(service) > before, within=AT_MOST)


def _in_hand(service: Service) -> dict[str, int]:
    """Return how many mails a kill may leave accepted but unrecorded: one for each thread that sends."""
    database = dict.fromkeys(("postgresql", "disk"), CONCURRENCY * service.shape.workers)
    return dict.fromkeys(service.workers, CONCURRENCY) | database


def accepted(service: Service) -> int:
    """Return how many messages were accepted so far."""
    return len(service.mails.read().accepted) + len(service.pushes.read().accepted)


def everybody_told(service: Service, officers: list[Reader]) -> bool:
    """Say whether something was accepted for every officer."""
    told = service.mails.read().readers | service.pushes.read().readers
    return not any(told.isdisjoint(each.addresses()) for each in officers)


def until_all_said(service: Service, officers: list[Reader], within: float) -> bool:
    """Wait until every officer was told and the ledger has nothing left to send; False when that never was."""
    end = time.monotonic() + within
    if not until(lambda: everybody_told(service, officers), within, every=0.5):
        return False
    looks = max(2.0, len(officers) / 1000)  # a listing of ten thousand takes seconds, from the very processors
    return until(lambda: _nothing_waits(service), end - time.monotonic(), every=looks)


def _nothing_waits(service: Service) -> bool:
    found = service.listed("message", "list")
    return bool(found) and not any(each["status"] in ("queued", "sending", "retrying") for each in found)


def promises(service: Service, officers: list[Reader]) -> list[Claim]:
    """Return what holds for every run in which all was to be sent on the first channel."""
    mails, pushes = service.mails.read().accepted, service.pushes.read().accepted
    return [
        verdict.nobody_lost(officers, mails, pushes),
        verdict.line_never_doubled(pushes, service.pushes.dropped),
        verdict.told_by_one_channel(officers, mails, pushes),
        verdict.mails_keep_their_id(mails),
        *verdict.mails_doubled_by_kills_only(mails, service.supervisor.kills, _in_hand(service)),
        *verdict.all_sent(service.listed("message", "list"), officers),
        trail_is_whole(service),
        no_tracebacks(service),
    ]


def trail_is_whole(service: Service) -> Claim:
    """`tracker audit --verify` finds nothing."""
    done = service.tracker("audit", "--verify")
    return Claim(done.returncode == 0, f"`tracker audit --verify`: {(done.stdout or done.stderr).strip()}")


def no_tracebacks(service: Service) -> Claim:
    """A traceback is a bug, say the docs; whatever dies around a worker is one line."""
    lines = service.words().splitlines()
    shown = Counter(
        next((each for each in lines[n + 1 :] if each and not each.startswith((" ", "Traceback"))), "")[:160]
        for n, line in enumerate(lines)
        if line.startswith("Traceback")
    )
    listed = "".join(f"\n            {count} x {words}" for words, count in shown.most_common(5))
    return Claim(not shown, f"{shown.total()} tracebacks in the logs of workers and beat{listed}")


def _killed(service: Service) -> str:
    killed, ended = Counter(kill.name for kill in service.supervisor.kills), service.supervisor.own_ends
    return f"kills: {_counted(killed)}; ended by themselves: {_counted(ended)}"


def _counted(counts: Counter[str]) -> str:
    return ", ".join(f"{name} {count}" for name, count in sorted(counts.items())) or "none"


def say(words: str) -> None:
    """Say on stderr how it goes."""
    print(f"{time.strftime('%H:%M:%S')} {words}", file=sys.stderr, flush=True)
