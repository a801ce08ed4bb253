"""State is looked at again when sending: what is no longer true is not said."""

from datetime import date

from tests.builders import World
from tests.fakes import FakeChannel, failing_first
from tracker.delivery.channel import Outcome, OutcomeKind, Outgoing
from tracker.store.tables import NoticeRow
from tracker.usecases.list_messages import list_suppressions

DUE = date(2022, 10, 31)
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
    assert [row.reason for row in list_suppressions(world.services)] == ["withdrawn: the task is done"]


def test_a_waived_or_submitted_task_is_not_spoken_of_either(world: World) -> None:
    world.begins(DUE, date(2022, 11, 1)).sweep()
    world.act("waive", 1, reason="ยกเลิก")
    world.act("submit", 2)
    world.deliver()
    assert to_officer(world) == []
    assert {row.withdrawn_why for row in world.rows(NoticeRow)} == {"the task is waived", "the task is submitted"}


def test_when_one_of_two_tasks_is_closed_the_message_is_written_anew_without_it(world: World) -> None:
    world.begins(DUE, date(2022, 11, 1)).sweep()
    before = world.messages()[0]
    assert "แผนที่ 1" in before.text
    world.act("done", 1)
    world.deliver()
    (sent,) = to_officer(world)
    said = f"{sent.subject} {sent.text} {sent.html} {sent.calendar}"
    assert "แผนที่ 1" not in said
    assert "แผนที่ 2" in said
    assert (sent.message_id, sent.retry_key) == (before.header_id, before.retry_key)
    after = world.messages()[0]
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
