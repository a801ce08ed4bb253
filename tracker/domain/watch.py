"""Whether everything is as it must be: facts in, findings out. Pure.

What waits for the office is measured in office hours, and only up to the last check that decided something: a check
that does not come is a finding of its own, and must not bring about ten others.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from schedules.calendars import WorkCalendar

Code = Literal[
    "database",
    "schema",
    "disk",
    "clock",
    "broker",
    "sweep",
    "no-sweep",
    "queue",
    "task-silent",
    "task-unchecked",
    "message-waits",
    "message-held",
    "message-dead",
    "channel",
    "incident-untold",
]
Part = Literal["database", "schema", "broker"]

INTERVALS = 3
"""How many intervals a check may be late."""
SHORTEST_INTERVAL = timedelta(minutes=1)
"""A shorter one between checks makes none of them late sooner: one check may take longer than that."""
LEAST_FREE = 100 * 1024 * 1024
"""Bytes of the home's disk, for some thousand messages and their attempts."""
CLOCK_SKEW = timedelta(seconds=30)
MESSAGE_PATIENCE = timedelta(minutes=15)
LEASE_PATIENCE = timedelta(minutes=5)
NAMED = 5
"""How many of the things at fault a finding names."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """The newest finished attempt on a channel; `fault` is what the channel said of its settings, None when none."""

    at: datetime
    fault: str | None = None


@dataclass(frozen=True, slots=True)
class ChannelState:
    """How a channel stands: messages that wait, since when, the oldest lease in force or run out, the last attempt."""

    name: str
    waiting: int = 0
    due_since: datetime | None = None
    lease_until: datetime | None = None
    last: Attempt | None = None


@dataclass(frozen=True, slots=True)
class Work:
    """What the database says of tasks and messages; lists are cut off after `NAMED` and one more.

    `silent` are open tasks that nothing will be said about although rungs are left; `unchecked` those whose next
    notice has come due, the oldest first; `dead` the messages that could not be delivered and that nobody was told
    of; `untold` how many incidents no message has told, and since when.
    """

    silent: tuple[int, ...] = ()
    unchecked: tuple[tuple[int, datetime], ...] = ()
    channels: tuple[ChannelState, ...] = ()
    dead: tuple[int, ...] = ()
    untold: tuple[int, datetime] | None = None


@dataclass(frozen=True, slots=True)
class Sweeps:
    """When a check last ended, and when one last ended while the office was open; `within` is how old that may be."""

    ended: datetime | None
    decided: datetime | None
    within: timedelta

    @classmethod
    def every(cls, interval: timedelta, *, ended: datetime | None, decided: datetime | None) -> "Sweeps":
        """Return the state of checks that come at an interval."""
        return cls(ended, decided, INTERVALS * max(interval, SHORTEST_INTERVAL))


@dataclass(frozen=True, slots=True)
class Bells:
    """What waits in one queue of the broker; `stale` is how long the oldest has been too old to be answered."""

    queue: str
    waiting: int
    stale: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What was seen at an instant; a part that is None or empty was not looked at.

    `faults` are the parts that do not answer, in their own words. `clocks` are instants that others keep: of the
    database's own clock, and `newest`, the newest that any of us has written down.
    """

    now: datetime
    calendar: WorkCalendar = field(default_factory=WorkCalendar)
    faults: Mapping[Part, str] = field(default_factory=dict)
    free: int | None = None
    database_clock: datetime | None = None
    newest: datetime | None = None
    sweeps: Sweeps | None = None
    bells: tuple[Bells, ...] = ()
    work: Work | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it must be: what, about which one, since when, and values for its sentences."""

    code: Code
    about: str = ""
    since: datetime | None = None
    said: Mapping[str, str] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """Return what tells it from every other finding of the same look."""
        return f"{self.code}:{self.about}" if self.about else self.code


def findings(facts: Facts) -> tuple[Finding, ...]:
    """Return everything that is not as it must be, causes first; nothing when all is proven well."""
    return (
        *(Finding(part, said={"fault": fault}) for part, fault in facts.faults.items()),
        *_machine(facts),
        *_sweep(facts),
        *_queues(facts),
        *_tasks(facts),
        *_messages(facts),
        *_coordinator(facts),
    )


def _machine(facts: Facts) -> Iterator[Finding]:
    if facts.free is not None and facts.free < LEAST_FREE:
        yield Finding("disk", said={"free": str(facts.free // (1024 * 1024))})
    skew = abs(facts.now - facts.database_clock) if facts.database_clock else timedelta(0)
    if facts.newest:
        skew = max(skew, facts.newest - facts.now)
    if skew > CLOCK_SKEW:
        yield Finding("clock", said={"seconds": f"{skew.total_seconds():.0f}"})


def _sweep(facts: Facts) -> Iterator[Finding]:
    """Find a check that is late; a broker that does not answer explains it, and is found already."""
    if facts.sweeps is None or "broker" in facts.faults:
        return
    ended = facts.sweeps.ended
    if ended is None:
        yield Finding("no-sweep")
    elif facts.now - ended > facts.sweeps.within:
        yield Finding("sweep", since=ended)


def _queues(facts: Facts) -> Iterator[Finding]:
    for bells in facts.bells:
        if bells.stale is not None and bells.stale > timedelta(0):
            said = {"queue": bells.queue, "waiting": str(bells.waiting)}
            yield Finding("queue", bells.queue, facts.now - bells.stale, said)


def _tasks(facts: Facts) -> Iterator[Finding]:
    if facts.work is None or facts.sweeps is None:
        return
    if silent := facts.work.silent:
        yield Finding("task-silent", said={"tasks": _named(silent)})
    late = [(task, since) for task, since in facts.work.unchecked if _missed(facts, since, facts.sweeps.within)]
    if late:
        said = {"tasks": _named([task for task, _ in late])}
        yield Finding("task-unchecked", since=late[0][1], said=said)


def _messages(facts: Facts) -> Iterator[Finding]:
    if facts.work is None:
        return
    for channel in facts.work.channels:
        yield from _channel(facts, channel)
    if dead := facts.work.dead:
        yield Finding("message-dead", said={"messages": _named(dead)})


def _channel(facts: Facts, channel: ChannelState) -> Iterator[Finding]:
    said = {"channel": channel.name, "waiting": str(channel.waiting)}
    if channel.waiting and channel.last and channel.last.fault is not None:
        yield Finding("channel", channel.name, channel.last.at, {**said, "fault": channel.last.fault})
    if channel.due_since:
        tried = channel.last.at if channel.last else channel.due_since  # a long queue that is worked off is not stuck
        if _missed(facts, max(channel.due_since, tried), MESSAGE_PATIENCE):
            yield Finding("message-waits", channel.name, channel.due_since, said)
    if channel.lease_until and _missed(facts, channel.lease_until, LEASE_PATIENCE):
        yield Finding("message-held", channel.name, channel.lease_until, said)


def _coordinator(facts: Facts) -> Iterator[Finding]:
    if facts.work is None or facts.work.untold is None or facts.sweeps is None:
        return
    count, since = facts.work.untold
    if _missed(facts, since, facts.sweeps.within):
        yield Finding("incident-untold", since=since, said={"count": str(count)})


def _missed(facts: Facts, since: datetime, patience: timedelta) -> bool:
    """Say whether a check was made after something had waited for so much of office hours, and left it waiting."""
    decided = facts.sweeps.decided if facts.sweeps else None
    return decided is not None and since < decided and facts.calendar.after_open(since, patience) < decided


def _named(ids: tuple[int, ...] | list[int]) -> str:
    return ", ".join(map(str, ids[:NAMED])) + (" …" if len(ids) > NAMED else "")
