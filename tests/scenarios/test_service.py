"""The whole service at work: several workers, real SMTP, real LINE requests, things that break."""

import dataclasses
import threading
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from tests.builders import TREASURY, World, person, staff
from tests.fakes import FakeChannel, at_once
from tracker.delivery.channel import Outcome, OutcomeKind
from tracker.delivery.line import LineChannel
from tracker.delivery.mail import EmailChannel
from tracker.usecases.deliver_all import deliver_all
from workers.standins import LineFaults, LineStandin, SmtpFaults, SmtpStandin

DUE = date(2022, 10, 31)
LINE_ID = "U" + "0" * 31 + "2"


def crowd(count: int) -> list[object]:
    """Return as many units with an officer each, and those above them."""
    officers = [
        person(f"เจ้าหน้าที่ {n}", f"กองที่ {n}", "officer", email=f"o{n}@example.org", unit_group="ทุกส่วนราชการ")
        for n in range(count)
    ]
    return [*officers, *(line for line in staff() if line.role in ("executive", "coordinator"))]


def test_workers_at_once_send_each_message_once(both: World) -> None:
    both.people(crowd(40))  # type: ignore[arg-type]
    both.imports(DUE, owner="ทุกส่วนราชการ")
    both.sweep()
    at_once(*[both.deliver] * 4)
    both.deliver()
    assert Counter(Counter(message.message_id for message in both.mail.offered).values()) == {1: 41}
    assert {row.status for row in both.messages()} == {"sent"}


def test_sweeps_and_workers_at_once_send_each_message_once(both: World) -> None:
    both.people(crowd(15))  # type: ignore[arg-type]
    both.imports(DUE, date(2022, 11, 1), owner="ทุกส่วนราชการ")

    def work() -> None:
        for _ in range(3):
            both.sweep()
            both.deliver()

    at_once(*[work] * 3)
    both.deliver()
    assert Counter(message.address for message in both.mail.accepted).most_common(1)[0][1] == 1
    assert len(both.mail.accepted) == 16


def test_a_worker_that_dies_while_sending_leaves_the_message_to_another(world: World) -> None:
    world.begins(DUE).sweep()
    stuck = threading.Event()

    def die(_: object) -> Outcome:
        stuck.set()
        raise SystemExit

    world.mail.answer = die
    with pytest.raises(SystemExit):
        world.deliver()
    assert stuck.is_set()
    world.with_channels(email=FakeChannel("email"))
    assert world.deliver() == {"sent": 1}  # the one that was not begun
    world.clock.advance(minutes=3)
    assert world.deliver() == {"sent": 1}


def test_nothing_is_left_undecided_at_the_end_of_a_day_of_faults(world: World) -> None:
    """The acceptance story of faults, on fakes: one refused, one lost, the first failing."""
    mail, line = FakeChannel("email"), FakeChannel("line")
    world.with_channels(email=mail, line=line)
    world.people([dataclasses.replace(staff()[0], line_id=LINE_ID, channels=("email", "line")), *staff()[1:]])
    world.imports(DUE)
    first = [True]

    def relay(message: object) -> Outcome:
        if message.address == "klang@example.org":  # type: ignore[attr-defined]
            return Outcome(OutcomeKind.PERMANENT, 550, "no such user")
        if first.pop() if first else False:
            return Outcome(OutcomeKind.TEMPORARY, 451, "try later")
        return Outcome(OutcomeKind.ACCEPTED, 250, "ok")

    mail.answer = relay
    for at in ("09:05", "09:20", "10:00", "11:30", "14:00"):
        world.sweep(f"2022-10-31 {at}")
        deliver_all(world.services)
    assert {row.status for kind in ("notices", "daily", "incidents") for row in world.messages(kind)} <= {
        "sent",
        "dead",
    }
    assert [message.address for message in line.accepted] == [LINE_ID]
    told = [world.wording(row).text for row in world.messages("incidents")]
    assert any("klang" not in text and "k…@example.org" in text for text in told)


def test_a_fiscal_years_first_reminder_through_a_real_relay_and_line(world: World, tmp_path: Path) -> None:
    faults = SmtpFaults(reject="^klang@", fail_first=1)
    with SmtpStandin(faults) as smtp, LineStandin(LineFaults(drop_first=1)) as line:
        channels = {"email": EmailChannel(smtp.url), "line": LineChannel("a-token", line.url)}
        world.services = dataclasses.replace(world.services, channels=channels)
        world.people([dataclasses.replace(staff()[0], line_id=LINE_ID, channels=("email", "line")), *staff()[1:]])
        world.imports(DUE)
        for at in ("09:05", "09:20", "10:00", "11:30"):
            world.sweep(f"2022-10-31 {at}")
            deliver_all(world.services)
        for channel in channels.values():
            channel.close()
        assert [push.to for push in line.pushes] == [LINE_ID]  # its answer was lost, and it is said once
        assert "กองคลัง" in line.pushes[0].text
        assert max(Counter(mail.message_id for mail in smtp.mails).values()) == 1
        assert {mail.to for mail in smtp.mails} == {"coordinator@example.org"}
        assert TREASURY in world.wording(world.messages()[0]).text
