"""Redis and PostgreSQL that hang, vanish or start anew while messages leave."""

import os
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from benchmarks.campaign.agency import Reader, fill, readers
from benchmarks.campaign.campaign import accepted, promises, say, until_all_said
from benchmarks.campaign.processes import tree
from benchmarks.campaign.service import Service, Shape, installation, until
from benchmarks.campaign.verdict import Claim

MESSAGES = 120
LASTS = 25.0
"""Seconds of an outage."""
GOES_ON_WITHIN = 90.0
"""Seconds after an outage in which what came due meanwhile has left: noticing it may take 22 of them."""


def redis_frozen(keep: Path | None) -> list[Claim]:
    """Redis is stopped (SIGSTOP): its connections stay open and say nothing."""
    return _outage(
        Shape("postgresql", workers=2, delay=0.2), keep,
        begin=lambda service: service.supervisor.signal("redis", signal.SIGSTOP),
        end=lambda service: service.supervisor.signal("redis", signal.SIGCONT),
    )  # fmt: skip


def redis_hole(keep: Path | None) -> list[Claim]:
    """The network between us and Redis swallows everything."""
    return _outage(
        Shape("postgresql", workers=2, delay=0.2, proxied_redis=True), keep,
        begin=lambda service: _tell_proxy(service, "hole"),
        end=lambda service: _tell_proxy(service, "pass"),
    )  # fmt: skip


def redis_killed(keep: Path | None) -> list[Claim]:
    """Redis dies three times and is started again at once; workers and beat must live through it."""
    return _outage(
        Shape("postgresql", workers=2, delay=0.2), keep,
        begin=lambda service: _kill_thrice(lambda: service.supervisor.kill("redis")),
        end=lambda _: None, lasts=0,
    )  # fmt: skip


def up_redis_killed(keep: Path | None) -> list[Claim]:
    """The private Redis of `tracker up` dies three times; the service must live through it."""
    return _outage(
        Shape(delay=0.2, up=True), keep,
        begin=lambda service: _kill_thrice(lambda: _kill_private_redis(service)),
        end=lambda _: None, lasts=0,
    )  # fmt: skip


def _kill_thrice(kill: Callable[[], object]) -> None:
    for _ in range(3):
        kill()
        time.sleep(2)


def _kill_private_redis(service: Service) -> None:
    _, *children = tree(service.supervisor.pid("worker 1") or 0)
    for child in children:
        with suppress(OSError):
            if "redis" in Path(f"/proc/{child}/comm").read_text():
                os.kill(child, signal.SIGKILL)


def postgres_restart(keep: Path | None) -> list[Claim]:
    """PostgreSQL is restarted as an upgrade does it: every connection is cut."""
    return _outage(
        Shape("postgresql", workers=2, delay=0.2), keep,
        begin=lambda service: service.supervisor.restart("postgresql"),
        end=_postgres_is_back,
        lasts=0, database=True,
    )  # fmt: skip


def postgres_frozen(keep: Path | None) -> list[Claim]:
    """PostgreSQL hangs (SIGSTOP): every query waits."""
    return _outage(
        Shape("postgresql", workers=2, delay=0.2), keep,
        begin=lambda service: service.supervisor.signal("postgresql", signal.SIGSTOP),
        end=lambda service: service.supervisor.signal("postgresql", signal.SIGCONT),
        database=True,
    )  # fmt: skip


def _tell_proxy(service: Service, word: str) -> None:
    assert service.proxy
    service.proxy.tell(word)


def _postgres_is_back(service: Service) -> None:
    until(lambda: service.supervisor.pid("postgresql"), within=60)


def _outage(
    shape: Shape,
    keep: Path | None,
    *,
    begin: Callable[[Service], None],
    end: Callable[[Service], None],
    lasts: float = LASTS,
    database: bool = False,
) -> list[Claim]:
    """Let an outage fall into sending, let more come due meanwhile, and return what was kept."""
    first, more = readers(MESSAGES), readers(MESSAGES, start=MESSAGES)
    with installation(shape, keep) as service:
        fill(service, first)
        service.start()
        until(lambda: accepted(service) > MESSAGES // 4, within=120)
        say(f"the outage begins, {accepted(service)} accepted so far")
        began_at = time.monotonic()
        begin(service)
        if not database:  # the database answers: more comes due while it lasts
            fill(service, more, coordinator=False)
        time.sleep(max(0, began_at + lasts - time.monotonic()))
        end(service)
        ended_at = time.monotonic()
        say(f"the outage is over, {accepted(service)} accepted so far")
        if database:
            until(lambda: service.tracker("health").returncode == 0, within=60)
            fill(service, more, coordinator=False)
        finished = until_all_said(service, [*first, *more], within=600)
        return [
            Claim(finished, "everything said"),
            _went_on(service, more, ended_at),
            _nobody_gave_up(service),
            *promises(service, [*first, *more]),
        ]


def _went_on(service: Service, officers: list[Reader], ended_at: float) -> Claim:
    """Return whether what came due during the outage left soon after it."""
    addresses = {address for each in officers for address in each.addresses()}
    arrived = [
        each.at for each in (*service.mails.read().accepted, *service.pushes.read().accepted) if each.to in addresses
    ]
    took = max(arrived, default=ended_at + 9999) - ended_at
    return Claim(took <= GOES_ON_WITHIN, f"what came due meanwhile had left {took:.0f} s after the outage")


def _nobody_gave_up(service: Service) -> Claim:
    ends = {name: count for name, count in service.supervisor.own_ends.items() if name in ("beat", *service.workers)}
    return Claim(not ends, f"workers and beat lived through it{f' but: {ends}' if ends else ''}")
