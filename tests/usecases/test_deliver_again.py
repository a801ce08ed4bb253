"""Delivery that goes wrong: retries, other channels, the dead and the revived."""

import dataclasses
from contextlib import suppress
from datetime import date

import pytest

from tests.builders import TREASURY, World, person, staff
from tests.fakes import ACCEPTED, FakeChannel, failing_first, refusing
from tracker.delivery.channel import Outcome, OutcomeKind, Outgoing
from tracker.domain.throttle import LEASE
from tracker.errors import Refused
from tracker.store import outbox
from tracker.store.tables import AttemptRow, IncidentRow, MessageRow
from tracker.usecases.deliver import deliver
from tracker.usecases.list_messages import retry_messages

BUSY = Outcome(OutcomeKind.TEMPORARY, 451, "try later")
GONE = Outcome(OutcomeKind.PERMANENT, 550, "no such user")
LOST = Outcome(OutcomeKind.UNKNOWN, None, "the connection was lost")
WRONG = Outcome(OutcomeKind.MISCONFIGURED, 535, "login refused")
LINE_ID = "U" + "0" * 31 + "1"
OFFICER = "klang@example.org"


def only(address: str, then: Outcome) -> object:
    return lambda message: then if message.address == address else ACCEPTED


def to(channel: FakeChannel, address: str = OFFICER) -> list[Outgoing]:
    return [message for message in channel.accepted if message.address == address]


def with_line(world: World) -> tuple[FakeChannel, FakeChannel]:
    """Let the officer have LINE as a second channel."""
    mail, line = FakeChannel("email"), FakeChannel("line")
    world.with_channels(email=mail, line=line)
    world.people([dataclasses.replace(staff()[0], line_id=LINE_ID, channels=("email", "line")), *staff()[1:]])
    world.imports(date(2022, 10, 31))
    return mail, line


def test_an_accepted_message_is_sent_and_its_attempt_kept(world: World) -> None:
    world.begins().sweep()
    assert world.deliver() == {"sent": 2}  # the officer, and the coordinator's day
    sent = world.messages()[0]
    assert (sent.status, sent.attempts, sent.sent_at, sent.error) == ("sent", 1, world.clock.now(), None)
    tried = world.rows(AttemptRow)[0]
    assert (tried.outcome, tried.code, tried.detail) == ("accepted", 250, "ok")


def test_nothing_is_sent_outside_office_hours(world: World) -> None:
    world.begins().sweep()
    assert world.deliver(at="2022-10-03 16:30") == {}
    assert world.deliver(at="2022-10-08 10:00") == {}  # Saturday
    assert world.deliver(at="2022-10-13 10:00") == {}  # a holiday
    assert world.deliver(at="2022-10-04 08:30") == {"sent": 2}


def test_a_temporary_failure_is_tried_again_and_arrives_once(world: World) -> None:
    world.mail.answer = failing_first(2, BUSY)
    world.begins().sweep()
    assert world.deliver() == {"retrying": 2}
    assert world.deliver() == {}
    world.clock.advance(minutes=1)
    assert world.deliver() == {"sent": 2}
    assert world.deliver() == {}
    assert len(to(world.mail)) == 1


def test_a_repeat_is_the_same_message_and_not_merely_a_similar_one(world: World) -> None:
    world.mail.answer = failing_first(1, BUSY)
    world.begins().sweep()
    world.deliver()
    world.clock.advance(minutes=1)
    world.deliver()
    first, second = [message for message in world.mail.offered if message.address == OFFICER]
    assert first == second


def test_a_retry_waits_for_the_office_to_open(world: World) -> None:
    world.mail.answer = failing_first(2, BUSY)
    world.begins().sweep("2022-10-07 16:29")  # Friday, a minute before closing
    world.deliver()
    assert world.deliver(at="2022-10-07 16:45") == {}
    assert world.deliver(at="2022-10-08 10:00") == {}
    assert world.deliver(at="2022-10-10 08:30") == {"sent": 2}


def test_eight_temporary_failures_end_dead_and_the_coordinator_is_told(world: World) -> None:
    world.mail.answer = only(OFFICER, BUSY)  # type: ignore[assignment]
    world.begins().sweep()
    for _ in range(20):
        world.deliver()
        world.clock.advance(hours=6)
    dead = world.messages()[0]
    assert (dead.status, dead.attempts, dead.error) == ("dead", 8, "try later")
    assert "k…@example.org" in world.incidents()[0]  # masked
    world.day("2022-10-12 09:00")
    assert all(row.status == "sent" for row in world.messages("daily"))


def test_a_refused_address_falls_to_the_next_channel_in_the_same_cycle(world: World) -> None:
    mail, line = with_line(world)
    mail.answer = refusing(OFFICER)
    world.sweep()
    assert world.deliver() == {"dead": 1, "sent": 1}
    assert world.deliver("line") == {"sent": 1}
    assert [message.address for message in line.accepted] == [LINE_ID]
    first, second = world.messages()
    assert (second.replaces_id, second.status, second.retry_key != first.retry_key) == (first.id, "sent", True)
    assert "ระบบได้ส่งแทนทาง LINE" in world.incidents()[0]


def test_without_another_channel_the_coordinator_is_asked_to_mend_the_address(world: World) -> None:
    world.mail.answer = refusing(OFFICER)
    world.begins().sweep()
    world.deliver()
    assert "ไม่มีช่องทางอื่น" in world.incidents()[0]
    world.sweep("2022-10-03 09:10")
    assert len(world.messages("incidents")) == 1
    world.sweep("2022-10-03 09:20")
    assert len(world.messages("incidents")) == 1


def test_a_coordinator_who_cannot_be_reached_is_not_written_to_about_it_for_ever(world: World) -> None:
    world.mail.answer = refusing("coordinator@example.org")
    world.begins()
    for minute in range(10):
        world.day(f"2022-10-03 09:{minute:02}")
    refused = [message for message in world.mail.offered if message.address == "coordinator@example.org"]
    assert len(refused) <= 2


def test_a_lost_answer_is_repeated_under_the_same_keys_and_marked_unsure(world: World) -> None:
    world.mail.answer = failing_first(2, LOST)
    world.begins().sweep()
    assert world.deliver() == {"retrying": 2}
    assert world.messages()[0].unsure
    world.clock.advance(minutes=1)
    assert world.deliver() == {"sent": 2}
    offered = [message for message in world.mail.offered if message.address == OFFICER]
    assert len({(message.message_id, message.retry_key, message.text) for message in offered}) == 1
    assert not world.messages()[0].unsure


def test_a_line_push_without_an_answer_is_not_repeated_after_line_forgot_its_key(world: World) -> None:
    mail, line = with_line(world)
    mail.answer, line.answer = refusing(OFFICER), lambda _: LOST
    world.sweep()
    world.deliver()
    world.deliver("line")
    world.clock.advance(days=1)
    assert world.deliver("line") == {"dead": 1}
    assert len(line.offered) == 1


def test_a_misconfigured_channel_keeps_every_row_and_uses_no_attempt_up(world: World) -> None:
    world.mail.answer = failing_first(1, WRONG)
    world.begins().sweep()
    assert world.deliver() == {"paused": 1}
    assert world.deliver() == {}
    rows = world.rows(MessageRow)
    assert {row.status for row in rows} == {"retrying", "queued"}
    assert {row.attempts_allowed - row.attempts for row in rows} == {8}
    assert len(world.mail.offered) == 1
    world.clock.advance(minutes=10)
    assert world.deliver() == {"sent": 2}


def test_a_misconfigured_channel_raises_one_alarm_a_day(world: World) -> None:
    world.mail.answer = lambda _: WRONG
    world.begins().sweep()
    for _ in range(4):
        world.deliver()
        world.clock.advance(minutes=11)
    assert len(world.incidents()) == 1
    assert "ช่องทางอีเมล" in world.incidents()[0]


def test_one_message_that_cannot_be_built_does_not_stop_the_others(world: World) -> None:
    world.begins().sweep()
    with world.store.writing() as session:
        first = session.get(MessageRow, 1)
        assert first is not None
        first.retry_key = "not a UUID as LINE wants it"
        session.add(first)
    assert world.deliver() == {"dead": 1, "sent": 1}
    assert [row.status for row in world.messages("daily")] == ["sent"]
    assert "ValueError" in (world.messages()[0].error or "")


def test_dead_messages_are_sent_again_on_request(world: World) -> None:
    world.mail.answer = failing_first(1, GONE)
    world.begins().sweep()
    world.deliver()
    assert retry_messages(world.services, [], actor="test") == 1
    assert world.deliver() == {"sent": 1}
    assert world.messages()[0].status == "sent"


def test_only_dead_messages_can_be_retried_and_none_is_when_one_is_not(world: World) -> None:
    world.mail.answer = failing_first(1, GONE)
    world.begins().sweep()
    world.deliver()
    before = world.dump()
    with pytest.raises(Refused, match="Message 2 is sent"):
        retry_messages(world.services, [1, 2], actor="test")
    assert world.dump() == before


def test_a_revived_message_that_dies_again_does_not_stop_the_channel(world: World) -> None:
    mail, line = with_line(world)
    mail.answer = refusing(OFFICER)
    world.sweep()
    world.deliver()
    world.deliver("line")
    retry_messages(world.services, [1], actor="test")
    assert world.deliver() == {"dead": 1}
    world.deliver("line")
    assert len(line.accepted) == 1


def test_a_message_that_kills_its_sender_ends_dead_and_not_in_a_loop(world: World) -> None:
    world.begins().sweep()
    killed = []

    def kill(message: Outgoing) -> Outcome:
        if message.address == OFFICER:
            killed.append(message)
            raise SystemExit
        return ACCEPTED

    world.mail.answer = kill
    for _ in range(12):
        with suppress(SystemExit):
            world.deliver()
        world.clock.advance(minutes=3)
    assert len(killed) == 8
    assert world.messages()[0].status == "dead"
    assert [row.attempts for row in world.messages("daily")] == [1]
    assert [row.outcome for row in world.rows(AttemptRow) if row.message_id == 1] == ["vanished"] * 8


def test_a_person_without_any_channel_left_is_told_nothing_twice(world: World) -> None:
    mail, line = with_line(world)
    mail.answer = refusing(OFFICER)
    line.answer = lambda _: GONE
    world.sweep()
    world.deliver()
    world.deliver("line")
    assert [row.status for row in world.messages()] == ["dead", "dead"]
    assert len(world.incidents()) == 2


def test_an_officer_who_has_only_line_is_told_by_line(world: World) -> None:
    line = FakeChannel("line")
    world.with_channels(email=world.mail, line=line)
    world.people([person("ไลน์ เท่านั้น", TREASURY, "officer", line_id=LINE_ID), *staff()[1:]])
    world.imports(date(2022, 10, 31))
    world.sweep()
    world.deliver("line")
    assert [message.address for message in line.accepted] == [LINE_ID]
    assert line.accepted[0].html is None


def test_a_slow_server_does_not_carry_a_batch_past_closing_time(world: World) -> None:
    def slow(_: Outgoing) -> Outcome:
        world.clock.advance(minutes=2)
        return ACCEPTED

    mail = FakeChannel("email", slow)
    world.with_channels(email=mail)
    world.people()
    world.imports(date(2022, 10, 31), owner="ทุกส่วนราชการ")
    world.sweep("2022-10-31 16:29")
    assert len(world.messages()) + len(world.messages("daily")) == 3
    assert world.deliver() == {"sent": 1}
    world.with_channels(email=FakeChannel("email"))
    assert world.deliver(at="2022-10-31 20:00") == {}
    assert world.deliver(at="2022-11-01 08:30") == {"sent": 2}


def test_a_used_up_quota_is_told_once_a_day_and_blames_no_address(world: World) -> None:
    used_up = Outcome(OutcomeKind.PERMANENT, 429, "You have reached your monthly limit.", quota_gone=True)
    mail, line = FakeChannel("email"), FakeChannel("line", lambda _: used_up)
    world.with_channels(email=mail, line=line)
    by_line = [
        dataclasses.replace(one, line_id=LINE_ID, channels=("line", "email")) if one.role == "officer" else one
        for one in staff()
    ]
    world.people(by_line)
    world.imports(date(2022, 10, 31), owner="ทุกส่วนราชการ")
    world.sweep("2022-10-31 09:00")
    assert world.deliver("line") == {"dead": 2}
    world.deliver("email")
    assert {message.address for message in mail.accepted} >= {OFFICER, "office@example.org"}
    assert [row.key for row in world.rows(IncidentRow)] == ["quota:line:2022-10-31"]


def test_a_sender_that_falls_over_uses_up_no_attempt_of_the_messages_behind(world: World) -> None:
    def answer(message: Outgoing) -> Outcome:
        if message.address == OFFICER:
            raise OSError("the library fell over")
        return ACCEPTED

    world.mail.answer = answer
    world.begins().sweep()
    with pytest.raises(OSError, match="fell over"):
        world.deliver()
    behind = world.messages("daily")[0]
    assert (behind.status, behind.attempts_allowed - behind.attempts) == ("queued", 8)
    assert world.deliver() == {"sent": 1}


def test_a_revived_message_goes_to_the_address_that_was_mended(world: World) -> None:
    world.mail.answer = refusing(OFFICER)
    world.begins().sweep()
    world.deliver()
    world.people([dataclasses.replace(staff()[0], email="mended@example.org"), *staff()[1:]])
    retry_messages(world.services, [1], actor="test")
    assert world.deliver()["sent"] >= 1
    assert len(to(world.mail, "mended@example.org")) == 1
    assert world.messages()[0].status == "sent"


def test_a_revived_message_says_nothing_of_what_was_done_meanwhile(world: World) -> None:
    world.mail.answer = failing_first(1, GONE)
    world.begins().sweep()
    world.deliver()
    world.act("done")
    retry_messages(world.services, [1], actor="test")
    assert world.deliver()["withdrawn"] == 1
    assert to(world.mail) == []


def test_what_falls_to_another_channel_takes_the_coordinators_day_along(world: World) -> None:
    mail, line = FakeChannel("email", refusing("coordinator@example.org")), FakeChannel("line")
    world.with_channels(email=mail, line=line)
    *others, coordinator = staff()
    world.people([*others, dataclasses.replace(coordinator, line_id=LINE_ID, channels=("email", "line"))])
    world.imports(date(2022, 10, 31))
    world.sweep("2022-11-01 09:00")
    world.deliver()
    assert world.deliver("line") == {"sent": 1}
    assert "แผนที่ 1" in line.accepted[0].text
    assert [row.kind for row in world.rows(MessageRow) if row.channel == "line"] == ["daily"]


def test_when_every_channel_of_everybody_fails_nothing_loops_and_nothing_is_lost_in_silence(world: World) -> None:
    world.mail.answer = lambda _: GONE
    world.begins()
    for minute in range(20):
        world.day(f"2022-11-09 09:{minute:02}")
    assert len(world.mail.offered) <= 8  # officer, head, executive and coordinator, and what was passed on to them
    assert len(world.incidents()) >= 4
    assert {row.status for row in world.messages()} == {"dead"}


def test_the_rate_of_a_relay_is_kept(world: World) -> None:
    world.begins(date(2022, 10, 31))
    world.services = dataclasses.replace(
        world.services, settings=dataclasses.replace(world.services.settings, email_rate=6)
    )
    world.sweep("2022-11-09 09:00")  # everybody above is told too
    begins, times = world.clock.now(), []

    def waits(seconds: float) -> None:
        world.clock.advance(seconds=seconds)

    def answer(_: Outgoing) -> Outcome:
        times.append((world.clock.now() - begins).total_seconds())
        return ACCEPTED

    world.mail.answer = answer
    deliver(world.services, "email", wait=waits)
    assert times == [0.0, 10.0, 20.0, 30.0]


def test_what_is_left_of_a_slow_batch_stays_ours(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    taken_by_others = []

    def slow(_: Outgoing) -> Outcome:
        world.clock.advance(minutes=1)
        with world.store.writing() as session:
            taken_by_others.extend(outbox.claim_lapsed(session, "email", now=world.clock.now(), lease=LEASE).messages)
        return ACCEPTED

    monkeypatch.setattr("tracker.usecases.deliver.SLICE", 1)  # looked at one by one, and held together
    world.begins(date(2022, 10, 31))
    world.sweep("2022-11-09 09:00")
    world.mail.answer = slow
    assert world.deliver() == {"sent": 4}
    assert taken_by_others == []
