"""A fiscal year of an agency, foretold: how long `preview` takes for it, and how many messages people would get.

`python -m benchmarks.year`. Forty units with an officer and a head each, three executives, one coordinator, fifteen
measures with a 6-month and a 12-month report: 600 tasks. Once when nobody ever reports; once when 85 % are in before
the year is looked at, since an act cannot be foretold.
"""

import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from schedules.calendars import bangkok_day, fiscal_year_bounds
from tests.builders import World, measure, obligation, person, plan
from tests.fakes import FakeClock
from tracker.intake.people_file import PersonLine
from tracker.store.schema import upgrade
from tracker.store.session import Store
from tracker.store.tables import TaskRow
from tracker.usecases.import_plan import import_plan
from tracker.usecases.preview import Preview, preview

UNITS, MEASURES, EXECUTIVES = 40, 15, 3
FISCAL_YEAR, MONTHS = 2566, 12
REPORTED = 0.85
START = "2022-10-03 08:30"  # the first Monday of the year
EXPECTED = 10.0  # seconds on an idle machine


@dataclass(frozen=True, slots=True)
class Year:
    """What a look at a year took (seconds), and what would leave in it."""

    name: str
    tasks: int
    seconds: float
    messages: int
    to_officers: int
    largest_day: date
    largest_count: int

    @property
    def officers_month(self) -> float:
        """Return the mean number of messages that an officer gets in a month."""
        return self.to_officers / UNITS / MONTHS


def unit(n: int) -> str:
    return f"กองที่ {n}"


def head(n: int) -> str:
    return f"หัวหน้า {n}"


def officer(n: int) -> str:
    return f"เจ้าหน้าที่ {n}"


def everybody() -> list[PersonLine]:
    chiefs = [person(f"ผู้บริหาร {n}", "ผู้บริหาร", "executive", email=f"chief{n}@example.org") for n in range(EXECUTIVES)]
    heads = [
        person(head(n), unit(n), "supervisor", email=f"head{n}@example.org", supervisor=chiefs[n % EXECUTIVES].name)
        for n in range(UNITS)
    ]
    officers = [
        person(officer(n), unit(n), "officer", email=f"officer{n}@example.org", supervisor=head(n))
        for n in range(UNITS)
    ]
    return [*chiefs, *heads, *officers, person("ผู้ประสานงาน", "สำนักปลัด", "coordinator", email="c@example.org")]


def agency(folder: Path) -> World:
    """Return an agency of 40 units with its plan imported and everything open."""
    store = Store(f"sqlite:///{folder}/tracker.db")
    upgrade(store)
    world = World(store, FakeClock(START), folder / "home")
    world.people(everybody())
    measures = [measure(seq, *(unit(n) for n in range(UNITS) if (n + seq) % 2)) for seq in range(1, MEASURES + 1)]
    reports = obligation(
        kind="report",
        rule="periodic",
        periods=("6-month", "12-month"),
        measures=tuple(range(1, MEASURES + 1)),
        phrase="รายงานผล รอบ 6 เดือน และรอบ 12 เดือน",
    )
    import_plan(world.services, plan(*measures, obligations=(reports,), fiscal_year=FISCAL_YEAR), actor="benchmark")
    return world


def look_ahead(world: World, name: str) -> Year:
    """Foretell the whole fiscal year and return what it took and what would leave."""
    first, last = fiscal_year_bounds(FISCAL_YEAR)
    start = time.perf_counter()
    found = preview(world.services, now=world.clock.now(), start=first, end=last)
    seconds = time.perf_counter() - start
    return _counted(world, name, seconds, found)


def _counted(world: World, name: str, seconds: float, found: Preview) -> Year:
    days = Counter(bangkok_day(each.at) for each in found.messages)
    (largest_day, largest_count), *_ = days.most_common(1)
    officers = {officer(n) for n in range(UNITS)}
    to_officers = sum(each.recipient in officers for each in found.messages)
    open_tasks = sum(row.status == "open" for row in world.rows(TaskRow))
    return Year(name, open_tasks, seconds, len(found.messages), to_officers, largest_day, largest_count)


def years() -> list[Year]:
    """Return the year in which nobody acts and the one in which 85 % have reported."""
    with tempfile.TemporaryDirectory() as folder:
        world = agency(Path(folder))
        nobody = look_ahead(world, "nobody ever reports")
        ids = [row.id for row in world.rows(TaskRow) if row.id is not None]
        world.act("done", *[task_id for n, task_id in enumerate(ids) if n % 20 < 20 * REPORTED])
        most = look_ahead(world, f"{REPORTED:.0%} have reported")
        world.services.close()
    return [nobody, most]


def table(found: list[Year]) -> str:
    """Return the figures as a Markdown table."""
    rows = "".join(
        f"| {each.name} | {each.tasks} | {each.seconds:.1f} | {each.messages} | {each.officers_month:.1f} "
        f"| {each.largest_count} on {each.largest_day} |\n"
        for each in found
    )
    return (
        f"# A fiscal year foretold: {UNITS} units, {MEASURES} measures, a 6-month and a 12-month report\n\n"
        "The look ahead of `tracker preview` over the whole year; digests of the coordinator and the executives are "
        "counted too.\n\n"
        "| what | open tasks | seconds | messages | to an officer, a month | largest day |\n|---|---|---|---|---|---|\n"
        + rows
    )


def main() -> int:
    found = years()
    print(table(found))
    if (slowest := max(each.seconds for each in found)) > EXPECTED:
        print(f"a year took {slowest:.1f} s to foretell: more than {EXPECTED:.0f} s", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
