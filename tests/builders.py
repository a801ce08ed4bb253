"""Agencies, people and plans for tests, built through the product's own use cases."""

import dataclasses
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from tests.fakes import FakeChannel, FakeClock
from tracker.domain.plans import (
    Assessment,
    Document,
    Measure,
    Obligation,
    Plan,
    Responsible,
    Source,
    Timeframe,
)
from tracker.intake.people_file import PersonLine
from tracker.settings import Settings, load_settings
from tracker.store.session import Store
from tracker.usecases.import_people import import_people
from tracker.usecases.import_plan import Imported, import_plan
from tracker.usecases.services import Services

TREASURY, OFFICE = "กองคลัง", "สำนักปลัด"


def settings(home: Path, **environ: str) -> Settings:
    return load_settings({"TRACKER_HOME": str(home), "TRACKER_EMAIL_URL": "mailto://127.0.0.1?from=ita@example.org", **environ})


def services(store: Store, clock: FakeClock, home: Path, channels: Mapping[str, FakeChannel] | None = None) -> Services:
    made = dataclasses.replace(settings(home), agency="เทศบาลตำบลทดสอบ")
    return Services(made, clock, store, channels if channels is not None else {"email": FakeChannel("email")})


def person(name: str, unit: str, role: str, **values: object) -> PersonLine:
    blank = PersonLine(
        line=2, name=name, unit=unit, role="officer", position=None, unit_group=None, email=None, line_id=None,
        channels=(), supervisor=None, since=None, until=None, lang="th",
    )
    return dataclasses.replace(blank, role=role, **values)  # type: ignore[arg-type]


def staff() -> list[PersonLine]:
    """Two units with an officer and a head each, a clerk above them, and a coordinator."""
    return [
        person("เจ้าหน้าที่ คลัง", TREASURY, "officer", email="klang@example.org", supervisor="หัวหน้า คลัง",
               unit_group="ทุกส่วนราชการ"),
        person("หัวหน้า คลัง", TREASURY, "supervisor", email="head.klang@example.org", supervisor="ปลัด ทดสอบ"),
        person("เจ้าหน้าที่ ปลัด", OFFICE, "officer", email="office@example.org", supervisor="หัวหน้า ปลัด",
               unit_group="ทุกส่วนราชการ"),
        person("หัวหน้า ปลัด", OFFICE, "supervisor", email="head.office@example.org", supervisor="ปลัด ทดสอบ"),
        person("ปลัด ทดสอบ", "ผู้บริหาร", "executive", email="palad@example.org"),
        person("ผู้ประสานงาน ทดสอบ", OFFICE, "coordinator", email="coordinator@example.org"),
    ]


def measure(seq: int, *owners: str, title: str | None = None) -> Measure:
    kinds = [Responsible(owner, "class" if owner.startswith("ทุก") else "unit") for owner in owners]
    return Measure(seq, f"{seq}.", title or f"มาตรการทดสอบที่ {seq}", None, ("ขั้นตอน",), tuple(kinds), None, None, seq + 10)


def obligation(due: date | None = None, *, measures: tuple[int, ...] = (1,), **values: object) -> Obligation:
    blank = Obligation(
        measures=measures, kind="produce", rule="due", due=due, periods=(), start=None, end=None, actor=None,
        phrase="จัดทำแผนให้แล้วเสร็จ", line=12, basis="stated",
    )
    return dataclasses.replace(blank, **values)  # type: ignore[arg-type]


def plan(*measures: Measure, obligations: tuple[Obligation, ...], fiscal_year: int = 2566, sha: str = "a" * 64) -> Plan:
    return Plan(
        Source("plan.txt", sha, "txt"), "เทศบาลตำบลทดสอบ", Document(), fiscal_year, Assessment(), measures,
        obligations, (),
    )


def window(start: date, end: date) -> Timeframe:
    return Timeframe("ต.ค.-ธ.ค.", start, end)


def agency(services: Services, *, due: date = date(2022, 10, 31), owner: str = TREASURY) -> Imported:
    """Import the staff and a plan of one measure with one task that is due on a day."""
    import_people(services, staff(), file="people.csv", actor="test")
    return import_plan(services, plan(measure(1, owner), obligations=(obligation(due),)), actor="test")
