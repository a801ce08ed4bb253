"""Agencies, people and plans for tests, built through the product's own use cases."""

import dataclasses
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TypeVar

from sqlmodel import SQLModel, select

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
from tracker.domain.tasks import Act
from tracker.intake.people_file import PersonLine
from tracker.settings import Settings, load_settings
from tracker.store.session import Store
from tracker.store.tables import IncidentRow, MessageRow, NoticeRow, PersonRow, TaskRow, WordingRow
from tracker.usecases.act_on_task import Said, act_on_tasks
from tracker.usecases.deliver import deliver
from tracker.usecases.import_people import PeopleImported, import_people
from tracker.usecases.import_plan import Imported, import_plan
from tracker.usecases.services import Services
from tracker.usecases.sweep import SweepResult, sweep

T = TypeVar("T", bound=SQLModel)

TREASURY, OFFICE = "กองคลัง", "สำนักปลัด"


def settings(home: Path, **environ: str) -> Settings:
    return load_settings(
        {"TRACKER_HOME": str(home), "TRACKER_EMAIL_URL": "mailto://127.0.0.1?from=ita@example.org", **environ}
    )


def services(store: Store, clock: FakeClock, home: Path, channels: Mapping[str, FakeChannel] | None = None) -> Services:
    made = dataclasses.replace(settings(home), agency="เทศบาลตำบลทดสอบ")
    return Services(made, clock, store, channels if channels is not None else {"email": FakeChannel("email")})


def person(name: str, unit: str, role: str, **values: object) -> PersonLine:
    blank = PersonLine(
        line=2,
        name=name,
        unit=unit,
        role="officer",
        position=None,
        unit_group=None,
        email=None,
        line_id=None,
        channels=(),
        supervisor=None,
        since=None,
        until=None,
        lang="th",
    )
    return dataclasses.replace(blank, role=role, **values)  # type: ignore[arg-type]


def staff() -> list[PersonLine]:
    """Two units with an officer and a head each, a clerk above them, and a coordinator."""
    return [
        person(
            "เจ้าหน้าที่ คลัง",
            TREASURY,
            "officer",
            email="klang@example.org",
            supervisor="หัวหน้า คลัง",
            unit_group="ทุกส่วนราชการ",
        ),
        person("หัวหน้า คลัง", TREASURY, "supervisor", email="head.klang@example.org", supervisor="ปลัด ทดสอบ"),
        person(
            "เจ้าหน้าที่ ปลัด",
            OFFICE,
            "officer",
            email="office@example.org",
            supervisor="หัวหน้า ปลัด",
            unit_group="ทุกส่วนราชการ",
        ),
        person("หัวหน้า ปลัด", OFFICE, "supervisor", email="head.office@example.org", supervisor="ปลัด ทดสอบ"),
        person("ปลัด ทดสอบ", "ผู้บริหาร", "executive", email="palad@example.org"),
        person("ผู้ประสานงาน ทดสอบ", OFFICE, "coordinator", email="coordinator@example.org"),
    ]


def measure(seq: int, *owners: str, title: str | None = None) -> Measure:
    kinds = [Responsible(owner, "class" if owner.startswith("ทุก") else "unit") for owner in owners]
    return Measure(
        seq, f"{seq}.", title or f"มาตรการทดสอบที่ {seq}", None, ("ขั้นตอน",), tuple(kinds), None, None, seq + 10
    )


def obligation(due: date | None = None, *, measures: tuple[int, ...] = (1,), **values: object) -> Obligation:
    blank = Obligation(
        measures=measures,
        kind="produce",
        rule="due",
        due=due,
        periods=(),
        start=None,
        end=None,
        actor=None,
        phrase="จัดทำแผนให้แล้วเสร็จ",
        line=12,
        basis="stated",
    )
    return dataclasses.replace(blank, **values)  # type: ignore[arg-type]


def plan(*measures: Measure, obligations: tuple[Obligation, ...], fiscal_year: int = 2566, sha: str = "a" * 64) -> Plan:
    return Plan(
        Source("plan.txt", sha, "txt"),
        "เทศบาลตำบลทดสอบ",
        Document(),
        fiscal_year,
        Assessment(),
        measures,
        obligations,
        (),
    )


def window(start: date, end: date) -> Timeframe:
    return Timeframe("ต.ค.-ธ.ค.", start, end)


def agency(services: Services, *, due: date = date(2022, 10, 31), owner: str = TREASURY) -> Imported:
    """Import the staff and a plan of one measure with one task that is due on a day."""
    import_people(services, staff(), file="people.csv", actor="test")
    return import_plan(services, plan(measure(1, owner), obligations=(obligation(due),)), actor="test")


class World:
    """One installation at a clock: what a story needs to be told in few words."""

    def __init__(
        self, store: Store, clock: FakeClock, home: Path, channels: Mapping[str, FakeChannel] | None = None
    ) -> None:
        self.store, self.clock, self.home = store, clock, home
        self.mail = FakeChannel("email")
        self.services = services(store, clock, home, channels if channels is not None else {"email": self.mail})

    def with_channels(self, **channels: FakeChannel) -> "World":
        self.services = dataclasses.replace(self.services, channels=channels)
        return self

    def people(self, lines: list[PersonLine] | None = None) -> PeopleImported:
        return import_people(self.services, staff() if lines is None else lines, file="people.csv", actor="test")

    def imports(self, *dues: date, owner: str = TREASURY, **values: object) -> Imported:
        """Import a plan whose only measure owes one task for each day."""
        demands = tuple(obligation(due, phrase=f"จัดทำแผนที่ {n} ให้แล้วเสร็จ") for n, due in enumerate(dues, start=1))
        return import_plan(self.services, plan(measure(1, owner), obligations=demands), actor="test", **values)  # type: ignore[arg-type]

    def begins(self, *dues: date, owner: str = TREASURY) -> "World":
        self.people()
        self.imports(*(dues or (date(2022, 10, 31),)), owner=owner)
        return self

    def sweep(self, at: str | None = None) -> SweepResult:
        if at:
            self.clock.set(at)
        return sweep(self.services)

    def deliver(self, channel: str = "email", at: str | None = None) -> dict[str, int]:
        if at:
            self.clock.set(at)
        return dict(deliver(self.services, channel).counts)

    def day(self, at: str) -> list[str]:
        """Sweep and send at a moment; return who got a mail then, digests of the day and the week left out."""
        before = len(self.mail.accepted)
        self.sweep(at)
        self.deliver()
        digests = {row.header_id for row in self.rows(MessageRow) if row.kind in ("daily", "weekly")}
        return sorted(one.address.split("@")[0] for one in self.mail.accepted[before:] if one.message_id not in digests)

    def act(self, act: Act, *ids: int, **said: object) -> list[TaskRow]:
        return act_on_tasks(self.services, act, ids or (1,), Said("test", **said))  # type: ignore[arg-type]

    def rows(self, table: type[T]) -> list[T]:
        with self.store.reading() as session:
            return list(session.exec(select(table)).all())

    def task(self, task_id: int = 1) -> TaskRow:
        return next(row for row in self.rows(TaskRow) if row.id == task_id)

    def digests(self) -> list[str]:
        """Return the texts of the coordinators' days as they were sent."""
        return [self.wording(row).text for row in self.messages("daily") if row.status == "sent"]

    def messages(self, kind: str = "notices") -> list[MessageRow]:
        return sorted((row for row in self.rows(MessageRow) if row.kind == kind), key=lambda row: row.id or 0)

    def wording(self, message: MessageRow) -> WordingRow:
        """Return what a message says that has been written."""
        return next(row for row in self.rows(WordingRow) if row.message_id == message.id)

    def notices(self) -> set[tuple[int, str, str, str]]:
        """Return (task, rung, audience, name) of everything that was decided to be said."""
        names = {row.id: row.name for row in self.rows(PersonRow)}
        return {(row.task_id, row.rung, row.audience, names[row.person_id]) for row in self.rows(NoticeRow)}

    def incidents(self) -> list[str]:
        return [row.text for row in self.rows(IncidentRow)]

    def dump(self) -> dict[str, list[tuple[object, ...]]]:
        """Return every row of every table: what is stored, to be compared."""
        with self.store.reading() as session:
            return {
                table.name: sorted(map(tuple, session.execute(table.select()).all()), key=repr)
                for table in SQLModel.metadata.sorted_tables
            }
