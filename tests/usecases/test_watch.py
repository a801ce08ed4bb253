"""The watch on real databases: well after every sweep and delivery; and for each thing that breaks, exactly that."""

import dataclasses
import json
import shutil
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlalchemy import text
from sqlmodel import update

from tests.builders import World
from tests.fakes import FakeChannel, refusing
from tests.fakes_http import WebListener
from tests.fakes_network import closed_port
from tracker.clock import SystemClock
from tracker.delivery.broker import Broker
from tracker.delivery.channel import Outcome, OutcomeKind
from tracker.domain.throttle import LEASE
from tracker.store import watch_memory
from tracker.store.session import Store
from tracker.store.tables import MessageRow, TaskRow
from tracker.usecases.deliver_all import deliver_all
from tracker.usecases.sweep import sweep
from tracker.usecases.watch import Watched, watch

DUE = date(2022, 10, 31)
AWAY = Broker(f"redis://127.0.0.1:{closed_port()}/0", ("sweep",))


class Guarded:
    """A world that is at work, with a heartbeat service and an administrator who listen."""

    def __init__(self, world: World, listener: WebListener) -> None:
        self.world, self.listener = world, listener
        world.home.mkdir(exist_ok=True)
        self.set(heartbeat_url=listener.url, admin_url=listener.hook)
        world.begins(DUE)
        self.works("2022-10-31 09:00")

    def set(self, **settings: object) -> None:
        world = self.world
        changed = dataclasses.replace(world.services.settings, **settings)  # type: ignore[arg-type]
        world.services = dataclasses.replace(world.services, settings=changed)

    def works(self, at: str) -> None:
        self.world.sweep(at)
        deliver_all(self.world.services)

    def sweeps(self, minutes: int) -> None:
        """Let time pass with a sweep each minute, and nobody who sends."""
        for _ in range(minutes):
            self.world.clock.advance(minutes=1)
            self.world.sweep()

    def look(self, broker: Broker | None = None) -> Watched:
        return watch(self.world.services, broker)

    def found(self, broker: Broker | None = None) -> list[str]:
        """Return what is found. PostgreSQL has a clock of its own, far from the one that we advance."""
        apart = self.world.store.engine.dialect.name == "postgresql"
        keys = [finding.key for finding in self.look(broker).findings]
        return [key for key in keys if not (apart and key == "clock")]

    def change(self, table: type, *where: object, **values: object) -> None:
        with self.world.store.writing() as session:
            session.execute(update(table).where(*where).values(**values))

    @property
    def pings(self) -> int:
        return sum(one.method == "GET" for one in self.listener.asked)

    @property
    def told(self) -> list[str]:
        return [json.loads(one.body)["title"].split(" — ")[0] for one in self.listener.asked if one.method == "POST"]


class Later(SystemClock):
    """The real clock, which PostgreSQL shares, and some time more."""

    def __init__(self) -> None:
        self._more = timedelta(0)

    def now(self) -> datetime:
        return super().now() + self._more

    def passes(self, **by: float) -> None:
        self._more += timedelta(**by)


@pytest.fixture
def listener() -> Iterator[WebListener]:
    with WebListener() as server:
        yield server


@pytest.fixture
def guarded(both: World, listener: WebListener) -> Guarded:
    return Guarded(both, listener)


@pytest.fixture
def lite(world: World, listener: WebListener) -> Guarded:
    """The same on SQLite: for what no SQL decides."""
    return Guarded(world, listener)


def test_a_service_at_work_is_well(guarded: Guarded) -> None:
    assert guarded.found() == []


def test_a_task_whose_next_notice_was_erased_is_found_and_an_act_mends_it(guarded: Guarded) -> None:
    guarded.change(TaskRow, next_notice_at=None, next_rung=None)
    assert guarded.found() == ["task-silent"]
    guarded.world.act("assign", 1, owner_id=guarded.world.messages()[0].person_id)
    assert guarded.found() == []


def test_a_task_past_its_last_rung_is_well(guarded: Guarded) -> None:
    guarded.works("2024-01-08 09:00")
    assert guarded.world.task().next_notice_at is None
    assert guarded.found() == []


def test_a_task_that_sweeps_pass_over_is_found(guarded: Guarded) -> None:
    with guarded.world.store.writing() as session:
        before = guarded.world.clock.now().replace(hour=1, minute=40)  # 08:40 in Bangkok
        session.execute(update(TaskRow).values(next_notice_at=before))
    assert guarded.found() == ["task-unchecked"]
    guarded.works("2022-10-31 09:01")
    assert guarded.found() == []


def test_a_message_that_nobody_sends_is_found_and_goes_when_somebody_does(guarded: Guarded) -> None:
    guarded.world.sweep("2022-11-01 09:00")
    guarded.sweeps(15)
    assert guarded.found() == []
    guarded.sweeps(1)
    assert guarded.found() == ["message-waits:email"]
    guarded.works("2022-11-01 09:17")
    assert guarded.found() == []


def test_a_lease_that_hangs_is_found(guarded: Guarded) -> None:
    def die(_: object) -> Outcome:
        raise SystemExit

    guarded.world.sweep("2022-11-01 09:00")
    guarded.world.mail.answer = die
    with pytest.raises(SystemExit):
        guarded.world.deliver()
    # PostgreSQL's own clock decides leases, and this story plays in another year.
    guarded.change(MessageRow, MessageRow.status == "sending", lease_until=guarded.world.clock.now() + LEASE)
    guarded.sweeps(7)
    assert guarded.found() == []
    guarded.sweeps(1)
    assert guarded.found() == ["message-held:email"]


def test_ten_minutes_without_beat_are_found_by_day_and_by_night(guarded: Guarded) -> None:
    for at in ("2022-10-31 09:10", "2022-10-31 22:10"):
        guarded.world.clock.set(at)
        assert guarded.found() == ["sweep"]
        guarded.world.sweep()
        assert guarded.found() == []


def test_a_message_that_died_untold_is_found(guarded: Guarded) -> None:
    guarded.change(MessageRow, status="dead", sent_at=None, error="no such user")
    assert guarded.found() == ["message-dead"]


def test_a_message_that_died_and_was_told_of_is_well(guarded: Guarded) -> None:
    guarded.world.with_channels(email=FakeChannel("email", refusing("klang@example.org")))
    guarded.works("2022-11-01 09:00")
    assert any(row.status == "dead" for row in guarded.world.messages())
    guarded.works("2022-11-01 09:01")
    assert guarded.found() == []


def test_a_coordinator_who_cannot_be_told_is_found(guarded: Guarded) -> None:
    refused = refusing("klang@example.org", "coordinator@example.org")
    guarded.world.with_channels(email=FakeChannel("email", refused))
    for minute in range(3):
        guarded.works(f"2022-11-01 09:0{minute}")
    assert guarded.found() == ["message-dead"]


def test_incidents_without_a_coordinator_are_found(guarded: Guarded) -> None:
    with guarded.world.store.writing() as session:
        session.execute(text("DELETE FROM post WHERE role = 'coordinator'"))
    guarded.world.with_channels(email=FakeChannel("email", refusing("klang@example.org")))
    guarded.works("2022-11-01 09:00")
    guarded.sweeps(4)
    assert guarded.found() == ["incident-untold"]


def test_a_channel_that_is_set_wrongly_is_found_before_its_messages_are_late(guarded: Guarded) -> None:
    wrong = Outcome(OutcomeKind.MISCONFIGURED, 535, "wrong password")
    guarded.world.with_channels(email=FakeChannel("email", lambda _: wrong))
    guarded.world.sweep("2022-11-01 09:00")
    guarded.world.deliver()
    (finding,) = [each for each in guarded.look().findings if each.code != "clock"]
    assert (finding.key, finding.said["fault"]) == ("channel:email", "wrong password")
    guarded.world.with_channels(email=FakeChannel("email"))
    guarded.works("2022-11-01 09:11")
    assert guarded.found() == []


def test_a_broker_that_is_away_is_found(guarded: Guarded) -> None:
    assert guarded.found(AWAY) == ["broker"]
    guarded.world.clock.advance(minutes=10)
    assert guarded.found(AWAY) == ["broker"]


def test_a_full_disk_is_found(lite: Guarded, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=99 * 1024 * 1024))
    assert lite.found() == ["disk"]


def test_a_home_that_is_gone_is_found(lite: Guarded) -> None:
    lite.world.home.rmdir()
    assert lite.found() == ["disk"]


def test_a_clock_behind_the_trail_is_found(guarded: Guarded) -> None:
    guarded.world.clock.advance(minutes=-1)
    assert [finding.key for finding in guarded.look().findings] == ["clock"]


def test_the_clocks_of_program_and_database_are_compared(postgres_url: str, guarded: Guarded) -> None:
    if guarded.world.store.engine.dialect.name == "postgresql":
        assert [finding.key for finding in guarded.look().findings] == ["clock"]
    guarded.world.services = dataclasses.replace(guarded.world.services, clock=SystemClock())
    assert "clock" not in [finding.key for finding in guarded.look().findings]


def test_a_database_of_another_version_is_found(guarded: Guarded) -> None:
    with guarded.world.store.writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    assert guarded.found() == ["schema"]


def test_a_file_that_is_no_database_is_found(lite: Guarded, tmp_path: Path) -> None:
    (tmp_path / "broken.db").write_text("no database" * 1000)
    lite.world.services = dataclasses.replace(lite.world.services, store=Store(f"sqlite:///{tmp_path / 'broken.db'}"))
    assert lite.found() == ["database"]


def test_the_heartbeat_is_sent_when_all_is_proven_and_at_no_other_time(lite: Guarded) -> None:
    lite.look()
    assert lite.pings == 1
    lite.change(TaskRow, next_notice_at=None, next_rung=None)
    lite.look()
    assert lite.pings == 1


def test_a_heartbeat_that_is_not_taken_is_said_and_does_no_harm(lite: Guarded) -> None:
    lite.listener.status = 503
    seen = lite.look()
    assert (seen.findings, seen.no_ping) == ((), "the answer was 503, where 200 was expected")


def test_the_administrator_is_told_of_beginning_each_day_and_end_whatever_looks(guarded: Guarded) -> None:
    clock = Later()
    guarded.world.services = dataclasses.replace(guarded.world.services, clock=clock)
    for _ in range(3):
        guarded.look()
        clock.passes(minutes=1)
    assert guarded.told == ["[ITA tracker] ระบบติดตามขัดข้อง โปรดตรวจสอบ"]
    clock.passes(days=1)
    for _ in range(2):
        guarded.look()
    assert guarded.told[1:] == ["[ITA tracker] ระบบติดตามยังขัดข้องอยู่ โปรดตรวจสอบ"]


def test_the_end_of_trouble_is_told_once(lite: Guarded) -> None:
    lite.world.clock.set("2022-10-31 09:10")
    for _ in range(3):
        lite.look()
        lite.world.clock.advance(minutes=1)
    lite.world.sweep()
    seen = lite.look()
    assert seen.over
    assert not lite.look().over
    assert lite.told[1:] == ["[ITA tracker] ระบบติดตามกลับมาทำงานตามปกติแล้ว"]


def test_what_the_administrator_could_not_be_told_is_told_at_the_next_look(lite: Guarded) -> None:
    lite.world.clock.set("2022-10-31 09:10")
    lite.look()
    lite.world.clock.advance(minutes=2)
    lite.listener.status = 500
    assert lite.look().not_told
    lite.listener.status = 200
    assert lite.look().not_told is None
    lite.look()
    assert len(lite.told) == 2  # the one that was refused, and the one that was taken


def test_a_database_that_is_away_is_told_once_and_so_is_its_return(guarded: Guarded, tmp_path: Path) -> None:
    there = guarded.world.services
    away = Store(f"postgresql+psycopg://tracker:secret@127.0.0.1:{closed_port()}/tracker")
    guarded.world.services = dataclasses.replace(there, store=away)
    for _ in range(5):
        seen = guarded.look()
        guarded.world.clock.advance(minutes=1)
    assert [finding.key for finding in seen.findings] == ["database"]
    assert "secret" not in "".join(one.body for one in guarded.listener.asked)
    assert (guarded.world.home / watch_memory.FILE_NAME).exists()
    away.close()
    guarded.world.services = dataclasses.replace(there, clock=SystemClock())
    sweep(guarded.world.services)
    guarded.look()
    assert not (guarded.world.home / watch_memory.FILE_NAME).exists()
    assert len(guarded.told) == 2


def test_what_cannot_be_remembered_is_not_told_each_minute(lite: Guarded) -> None:
    away = Store(f"postgresql+psycopg://tracker@127.0.0.1:{closed_port()}/tracker")
    lite.world.services = dataclasses.replace(lite.world.services, store=away)
    lite.world.home.rmdir()
    for _ in range(4):
        lite.look()
        lite.world.clock.advance(minutes=1)
    away.close()
    assert lite.told == []
