"""State is looked at again when sending: what is no longer true is not said."""

import dataclasses
from datetime import date

import pytest

from tests.builders import World, staff
from tests.fakes import ACCEPTED, FakeChannel, failing_first
from tracker.delivery.channel import Outcome, OutcomeKind, Outgoing
from tracker.store.tables import NoticeRow, PersonRow, WordingRow
from tracker.usecases.list_messages import listed_unsaid
from tracker.usecases.take_leave import add_leave

DUE = date(2022, 10, 31)
BUSY = Outcome(OutcomeKind.TEMPORARY, 451, "try later")
LOST = Outcome(OutcomeKind.UNKNOWN, None, "the connection was lost")
OFFICER = "klang@example.org"


def to_officer(world: World) -> list[Outgoing]:
    return [message for message in world.mail.accepted if message.address == OFFICER]


def test_a_task_closed_between_decision_and_sending_is_not_spoken_of(world: World) -> None:
    world.begins().sweep()
    world.act("done")
    assert world.deliver() == {"withdrawn": 1, "sent": 1}
    assert to_officer(world) == []
    assert world.messages()[0].status == "withdrawn"
    with listed_unsaid(world.services) as unsaid:
        assert [each.reason for each in unsaid.rows] == ["withdrawn: the task is done"]


def test_a_waived_or_submitted_task_is_not_spoken_of_either(world: World) -> None:
    world.begins(DUE, date(2022, 11, 1)).sweep()
    world.act("waive", 1, reason="ยกเลิก")
    world.act("submit", 2)
    world.deliver()
    assert to_officer(world) == []
    assert {row.withdrawn_why for row in world.rows(NoticeRow)} == {"the task is waived", "the task is submitted"}


def test_when_one_of_two_tasks_is_closed_the_message_is_written_anew_without_it(world: World) -> None:
    world.mail.answer = failing_first(2, BUSY)
    world.begins(DUE, date(2022, 11, 1)).sweep()
    world.deliver()
    before = world.messages()[0]
    assert "แผนที่ 1" in world.wording(before).text
    world.act("done", 1)
    world.clock.advance(minutes=1)
    world.deliver()
    (sent,) = to_officer(world)
    said = f"{sent.subject} {sent.text} {sent.html} {sent.calendar}"
    assert "แผนที่ 1" not in said
    assert "แผนที่ 2" in said
    assert (sent.message_id, sent.retry_key) == (before.header_id, before.retry_key)
    after = world.wording(before)
    assert (after.text, after.subject) == (sent.text, sent.subject)


def test_a_message_whose_answer_was_lost_is_repeated_word_for_word(world: World) -> None:
    world.mail.answer = failing_first(2, LOST)
    world.begins(DUE, date(2022, 11, 1)).sweep()
    world.deliver()
    world.act("done", 1)
    world.clock.advance(minutes=1)
    world.deliver()
    first, second = [message for message in world.mail.offered if message.address == OFFICER]
    assert first == second


def test_a_task_extended_meanwhile_is_not_spoken_of_and_starts_a_new_cycle(world: World) -> None:
    world.begins().sweep()
    world.act("extend", day=date(2022, 11, 30), reason="ผู้บริหารอนุมัติ")
    world.deliver()
    assert to_officer(world) == []
    task = world.task()
    assert (task.due, task.cycle, task.reached, task.next_rung) == (date(2022, 11, 30), 2, -1, "before-30")


def test_the_same_rung_is_said_again_in_a_new_cycle(world: World) -> None:
    world.begins().day("2022-10-03 09:00")
    world.act("extend", day=date(2022, 11, 30), reason="ผู้บริหารอนุมัติ")
    assert world.day("2022-10-31 09:00") == ["klang"]
    assert {(row.cycle, row.rung) for row in world.rows(NoticeRow)} == {(1, "before-30"), (2, "before-30")}


def test_a_promise_made_meanwhile_takes_the_notice_back(world: World) -> None:
    world.begins().sweep("2022-11-03 09:00")
    world.clock.advance(minutes=1)
    world.act("ack", day=date(2022, 11, 10))
    world.deliver()
    assert world.mail.accepted[-1].address == "coordinator@example.org"
    assert {row.withdrawn_why for row in world.rows(NoticeRow)} == {"the owner promised a date"}


def test_a_reopened_task_is_spoken_of_from_its_next_rung_on(world: World) -> None:
    world.begins().day("2022-10-03 09:00")
    world.act("done")
    world.act("reopen", reason="รายงานยังไม่ครบ")
    assert world.day("2022-10-17 09:00") == ["klang"]


def test_coordinators_digests_are_not_rechecked(world: World) -> None:
    world.begins().sweep()
    world.act("done")
    world.deliver()
    assert [row.status for row in world.messages("daily")] == ["sent"]


def test_a_task_closed_while_a_fallback_waits_is_not_spoken_of_on_the_other_channel(world: World) -> None:
    line = FakeChannel("line")
    world.begins()
    with world.store.writing() as session:
        from tracker.store import people

        officer = people.people_named(session, "เจ้าหน้าที่ คลัง")[0]
        officer.line, officer.channels = "U" + "1" * 32, ["email", "line"]
        session.add(officer)
    world.with_channels(email=world.mail, line=line)
    world.mail.answer = lambda _: Outcome(OutcomeKind.PERMANENT, 550, "no")
    world.sweep()
    world.deliver()
    world.act("done")
    assert world.deliver("line") == {"withdrawn": 1}
    assert line.offered == []


def to_chief(world: World) -> str:
    return next(message.text for message in reversed(world.mail.accepted) if message.address == "palad@example.org")


def test_what_an_executives_digest_repeats_is_looked_at_again_too(world: World) -> None:
    """A task past its last rung stands in every digest to the executive, which carries no notice of it."""
    world.begins(date(2022, 6, 1), date(2022, 11, 4))
    world.day("2022-11-14 09:00")
    world.sweep("2022-11-15 09:00")  # overdue-7 of the second task, on a day without a week's digest
    world.mail.answer = lambda _: BUSY
    world.deliver()
    written = [row for row in world.messages() if row.address == "palad@example.org"][-1]
    assert "แผนที่ 1" in world.wording(written).text
    world.act("done", 1)
    world.mail.answer = lambda _: ACCEPTED
    world.clock.advance(minutes=1)
    world.deliver()
    assert "แผนที่ 2" in to_chief(world)
    assert "แผนที่ 1" not in to_chief(world)


def test_what_is_closed_while_a_batch_is_being_sent_is_not_repeated_in_the_rest_of_it(world: World) -> None:
    def close(_: Outgoing) -> Outcome:
        if world.task(1).status == "open":
            world.act("done", 1)
        return ACCEPTED

    world.begins(date(2022, 6, 1), date(2022, 11, 4))
    world.day("2022-10-03 09:00")
    world.sweep("2022-11-14 09:00")
    world.sweep("2022-11-15 16:29")
    world.mail.answer = close
    world.deliver(at="2022-11-16 08:30")
    assert "แผนที่ 2" in to_chief(world)
    assert "แผนที่ 1" not in to_chief(world)


def test_who_went_on_leave_meanwhile_is_not_told_and_the_substitute_is_at_the_next_check(world: World) -> None:
    world.begins().sweep()
    since, until = date(2022, 10, 3), date(2022, 10, 10)
    add_leave(world.services, "เจ้าหน้าที่ คลัง", "เจ้าหน้าที่ ปลัด", since=since, until=until, actor="test")
    assert world.deliver()["withdrawn"] == 1
    assert to_officer(world) == []
    with listed_unsaid(world.services) as unsaid:
        assert [each.reason for each in unsaid.rows] == ["withdrawn: the recipient is on leave"]
    world.sweep("2022-10-03 09:01")
    world.deliver()
    assert world.mail.accepted[-1].address == "office@example.org"
    notice = world.rows(NoticeRow)[-1]
    assert (notice.rung, notice.audience) == ("before-30", "owner")
    assert notice.acting_for_id is not None


def test_a_task_given_to_somebody_else_meanwhile_is_told_to_that_person_only(world: World) -> None:
    world.begins().sweep()
    ids = {row.name: row.id for row in world.rows(PersonRow)}
    world.act("assign", owner_id=ids["เจ้าหน้าที่ ปลัด"])
    world.deliver()
    world.sweep("2022-10-03 09:01")
    world.deliver()
    told = [message.address for message in world.mail.accepted if "แผนที่ 1" in message.text]
    assert told == ["office@example.org"]
    assert {row.withdrawn_why for row in world.rows(NoticeRow)} == {None, "the recipient is not the owner any more"}


def test_an_older_rung_that_waited_is_not_said_after_a_newer_one(world: World) -> None:
    world.mail.answer = failing_first(2, BUSY)
    world.begins().sweep("2022-10-27 16:28")
    world.deliver()
    world.sweep("2022-10-28 08:30")
    world.deliver()
    (mail,) = to_officer(world)
    assert "อีก ๓ วัน" in mail.text
    assert "superseded by before-1" in {row.withdrawn_why for row in world.rows(NoticeRow)}


def test_a_coordinators_day_that_waited_until_the_next_was_made_is_left_out(world: World) -> None:
    world.mail.answer = lambda _: BUSY
    world.begins().sweep()
    world.deliver()
    world.sweep("2022-10-04 09:00")
    world.mail.answer = lambda _: ACCEPTED
    world.deliver()
    assert [row.status for row in world.messages("daily")] == ["withdrawn", "sent"]


def test_what_a_withdrawn_digest_would_have_told_is_told_by_the_next(world: World) -> None:
    world.people([line for line in staff() if line.role != "officer"])
    world.imports(DUE)
    world.mail.answer = lambda _: BUSY
    world.sweep()
    world.deliver()
    incident = world.incidents()[0]
    assert incident in world.wording(world.messages("daily")[0]).text
    world.sweep("2022-10-04 09:00")
    world.mail.answer = lambda _: ACCEPTED
    world.deliver()
    world.sweep("2022-10-04 09:01")
    world.deliver()
    told = [message.text for message in world.mail.accepted if message.address == "coordinator@example.org"]
    assert sum(incident in text for text in told) == 1


def test_somebody_who_coordinates_no_more_gets_no_coordinators_day(world: World) -> None:
    *others, coordinator = staff()
    heir = dataclasses.replace(coordinator, name="ผู้ประสานงาน ใหม่", email="heir@example.org", since=date(2022, 10, 4))
    world.people([*others, dataclasses.replace(coordinator, until=date(2022, 10, 4)), heir])
    world.imports(DUE)
    world.mail.answer = lambda _: BUSY
    world.sweep()
    world.deliver()
    world.mail.answer = lambda _: ACCEPTED
    world.day("2022-10-04 09:00")
    assert "coordinator@example.org" not in {message.address for message in world.mail.accepted}
    assert "heir@example.org" in {message.address for message in world.mail.accepted}


def test_a_message_is_written_when_it_leaves(world: World) -> None:
    world.begins().sweep("2022-10-17 09:00")
    before = world.messages()[0]
    assert world.rows(WordingRow) == []
    world.deliver(at="2022-10-17 15:00")
    after, (mail,) = world.wording(before), to_officer(world)
    assert (after.subject, after.text, after.html) == (mail.subject, mail.text, mail.html)
    assert after.calendar == mail.calendar
    assert after.written_at == world.messages()[0].sent_at == world.clock.now()


def test_a_message_whose_sender_vanished_is_repeated_word_for_word(world: World) -> None:
    def vanish(_: Outgoing) -> Outcome:
        raise SystemExit

    world.begins(DUE, date(2022, 11, 1)).sweep()
    world.mail.answer = vanish
    with pytest.raises(SystemExit):
        world.deliver()
    before = world.wording(world.messages()[0])
    world.act("done", 1)
    world.mail.answer = lambda _: ACCEPTED
    world.clock.advance(minutes=3)
    world.deliver()
    (sent,) = to_officer(world)
    assert (sent.subject, sent.text, sent.calendar) == (before.subject, before.text, before.calendar)


def test_a_promise_that_was_made_and_has_ended_before_the_decision_takes_nothing_back(world: World) -> None:
    world.begins()
    world.clock.set("2022-10-17 10:00")
    world.act("ack", day=date(2022, 10, 18))
    assert world.day("2022-10-18 09:00") == []
    assert world.day("2022-10-19 08:30") == ["klang"]
