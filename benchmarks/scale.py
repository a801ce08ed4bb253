"""What a check costs among many open tasks, and what it costs beside the bare INSERT of the rows that it writes.

Both on a file of SQLite and on PostgreSQL. The first check of the day, which makes the digests, is not measured.
"""

import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Self

from benchmarks.agency import Agency, found
from benchmarks.bare import beside
from benchmarks.rows import Row
from benchmarks.stage import home, postgres
from tracker.usecases.services import Services
from tracker.usecases.sweep import sweep

UNITS = 1000


@dataclass(frozen=True, slots=True)
class Plan:
    """How many runs, open tasks of the small and of the large agency, and due ones when few are and when many."""

    runs: int
    small: int
    large: int
    few: int
    many: int

    @classmethod
    def of(cls, *, quick: bool) -> Self:
        return cls(1, 1000, 20_000, 100, 3000) if quick else cls(3, 10_000, 1_000_000, 300, 30_000)


@dataclass(frozen=True, slots=True)
class Place:
    """An agency and the services that check it."""

    services: Services
    agency: Agency

    def due(self, count: int) -> int:
        """Let so many tasks come due, and return the id after which they come; what was queued before is sent."""
        self.agency.all_sent()
        last = self.agency.add_due(count)
        self.agency.settle()
        return last

    def check(self, due: int) -> float:
        """Return the seconds of a check that finds so many due."""
        start = time.monotonic()
        assert sweep(self.services).notices == due
        return time.monotonic() - start


def rows(*, quick: bool) -> Iterator[Row]:
    """Yield how a check grows with the tasks that are not due, and with those that are."""
    plan = Plan.of(quick=quick)
    with postgres() as new_database:
        for database, new_url in (("SQLite", str), ("PostgreSQL", new_database)):
            with ExitStack() as stack:
                small, large = (_place(stack, new_url(), tasks) for tasks in (plan.small, plan.large))
                yield _among_many(database, small, large, plan)
                yield _beside_bare(database, large, plan)


def _place(stack: ExitStack, database_url: str, tasks: int) -> Place:
    services = stack.enter_context(home(database_url)).services()
    stack.callback(services.close)
    agency = found(services, UNITS)
    agency.add_later(tasks)
    sweep(services)
    return Place(services, agency)


def _among_many(database: str, small: Place, large: Place, plan: Plan) -> Row:
    ours: list[float] = []
    other: list[float] = []
    for _ in range(plan.runs):
        for place, seconds in ((large, ours), (small, other)):
            place.due(plan.few)
            seconds.append(place.check(plan.few))
    what = f"check, {plan.few:,} due of {plan.large:,} open tasks, {database}"
    return Row(what, f"the same, of {plan.small:,}", "s", ours, other, 2, at_least=False)


def _beside_bare(database: str, place: Place, plan: Plan) -> Row:
    ours: list[float] = []
    other: list[float] = []
    for _ in range(plan.runs):
        last = place.due(plan.many)
        with beside(place.services.store, last) as bare:
            ours.append(place.check(plan.many))
            other.append(bare.seconds())
    what = f"check, {plan.many:,} due of {plan.large:,} open tasks for {UNITS:,} officers, {database}"
    return Row(what, "bare INSERT … SELECT of the same rows", "s", ours, other, 12, at_least=False)
