"""The agency of a campaign: any number of people, every other one with LINE first, a task each that has come due."""

import dataclasses
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from benchmarks.campaign.service import OPENING, Service
from schedules.calendars import bangkok_day
from tests.builders import measure, obligation, person, plan
from tracker.bootstrap import build
from tracker.intake.people_file import PersonLine
from tracker.settings import load_settings
from tracker.usecases.import_people import import_people
from tracker.usecases.import_plan import import_plan
from tracker.usecases.services import Services

DUE = bangkok_day(OPENING) + timedelta(days=7)
"""So the rung `before-7` has come due when the run begins."""
COORDINATOR = "coordinator@example.org"


@dataclass(frozen=True, slots=True)
class Reader:
    """One officer: the addresses that stand for them, the first channel first. A blank address is none."""

    n: int
    channels: tuple[str, ...]
    email: str
    line: str

    @property
    def name(self) -> str:
        return f"เจ้าหน้าที่ {self.n}"

    @property
    def unit(self) -> str:
        return f"กองที่ {self.n}"

    @property
    def first(self) -> str:
        """Return the address at which they are told when nothing goes wrong."""
        return self.email if self.channels[0] == "email" else self.line

    def addresses(self) -> tuple[str, ...]:
        return tuple(each for each in (self.email, self.line) if each)


def readers(count: int, start: int = 0) -> list[Reader]:
    """Return officers: those with an even number have e-mail first, the others LINE."""
    orders = ("email", "line"), ("line", "email")
    return [Reader(n, orders[n % 2], f"officer{n}@example.org", f"U{n:032x}") for n in range(start, start + count)]


def fill(service: Service, officers: Sequence[Reader], *, coordinator: bool = True) -> None:
    """Import officers with a unit each, a coordinator, and a plan that owes one task of each."""
    with filling(service) as services:
        add_people(services, officers, coordinator=coordinator)
        owe(services, officers)


@contextmanager
def filling(service: Service) -> Iterator[Services]:
    """Yield the services of an installation for imports; the programs under trial have their own."""
    services = build(load_settings(service.settings()), clock=service.clock, sending=False)
    try:
        yield services
    finally:
        services.close()


def add_people(services: Services, officers: Sequence[Reader], *, coordinator: bool = True) -> None:
    """Import officers with a unit each, and a coordinator."""
    lines = [_line(each) for each in officers]
    if coordinator:
        lines.append(person("ผู้ประสานงาน", "สำนักปลัด", "coordinator", email=COORDINATOR))
    import_people(services, lines, file="people.csv", actor="campaign")


def owe(services: Services, officers: Sequence[Reader], plan_number: int = 0) -> None:
    """Import one more plan that owes one task of each officer."""
    owing = measure(1, *(each.unit for each in officers))
    stated = plan(owing, obligations=(obligation(DUE),), fiscal_year=2569)
    agency = f"เทศบาลตำบลตัวอย่าง {officers[0].n}/{plan_number}"
    imported = import_plan(services, dataclasses.replace(stated, agency=agency), actor="campaign")
    assert len(imported.opened) == len(officers), imported.remarks


def _line(reader: Reader) -> PersonLine:
    known = {"email": reader.email or None, "line_id": reader.line or None, "channels": reader.channels}
    return person(reader.name, reader.unit, "officer", **known)
