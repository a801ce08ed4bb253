"""People leave, come, move, act for one another, and change their addresses while messages wait."""

import dataclasses
from datetime import date

import pytest

from tests.builders import TREASURY, World, measure, obligation, person, plan, staff
from tests.fakes import failing_first, refusing
from tests.scenarios.days import CHIEF, DUE, HEAD, OWNER, live, mails_to
from tracker.delivery.channel import Outcome, OutcomeKind
from tracker.store.tables import MessageRow, NoticeRow, TaskRow
from tracker.usecases.arrange import group_units, rename_unit
from tracker.usecases.import_plan import import_plan
from tracker.usecases.take_leave import add_leave

BUSY = Outcome(OutcomeKind.TEMPORARY, 451, "try later")
OFFICER, SECOND, THIRD = "เจ้าหน้าที่ คลัง", "เจ้าหน้าที่ ปลัด", "หัวหน้า ปลัด"
WORKS = "กองช่าง"


def away(world: World, who: str, substitute: str) -> None:
    since, until = date(2022, 10, 17), date(2022, 11, 14)
    add_leave(world.services, who, substitute, since=since, until=until, actor="test")


def test_who_has_left_is_not_mailed_and_the_head_is_told_instead(world: World) -> None:
    first, *others = staff()
    world.people([dataclasses.replace(first, until=date(2022, 10, 24)), *others])
    world.imports(DUE)
    told = live(world, date(2022, 10, 17), DUE)
    assert told == {
        date(2022, 10, 17): [OWNER],
        date(2022, 10, 21): [OWNER],
        date(2022, 10, 28): [HEAD],
        date(2022, 10, 31): [HEAD],
    }
    assert "ไม่มีเจ้าหน้าที่ผู้รับผิดชอบ" in " ".join(world.incidents())


def test_a_substitute_who_is_on_leave_too_is_stood_in_for(world: World) -> None:
    world.begins(DUE)
    away(world, OFFICER, SECOND)
    away(world, SECOND, THIRD)
    assert world.day("2022-10-17 09:00") == ["head.office"]
    assert OFFICER in mails_to(world, "head.office")[-1]  # for whom the reader acts
    assert world.day("2022-11-14 09:00") == sorted([OWNER, HEAD, CHIEF])


def test_substitutes_in_a_circle_are_nobody_and_the_head_is_told(world: World) -> None:
    world.begins(DUE)
    away(world, OFFICER, SECOND)
    away(world, SECOND, OFFICER)
    assert world.day("2022-10-17 09:00") == [HEAD]
    assert "ไม่มีเจ้าหน้าที่ผู้รับผิดชอบ" in world.incidents()[0]


def test_an_executive_without_contact_is_not_waited_for_and_the_coordinator_is_told(world: World) -> None:
    world.people([dataclasses.replace(one, email=None) if one.role == "executive" else one for one in staff()])
    world.imports(DUE)
    live(world, date(2022, 10, 28), date(2022, 11, 8))
    assert world.day("2022-11-09 09:00") == sorted([OWNER, HEAD, "coordinator"])
    last = mails_to(world, "coordinator")[-1]
    assert "ยังไม่มีผู้บริหารที่ติดต่อได้" in last
    assert "แผนที่ 1" in last


def test_a_unit_that_is_renamed_keeps_its_tasks_and_its_people(world: World) -> None:
    world.begins(DUE).day("2022-10-17 09:00")
    rename_unit(world.services, TREASURY, "กองคลังและพัสดุ", actor="test")
    world.people()  # whose file still has the old name
    assert world.day("2022-10-21 09:00") == [OWNER]
    assert "กองคลังและพัสดุ: จัดทำแผนที่ 1" in mails_to(world, OWNER)[-1]
    assert len(world.rows(TaskRow)) == 1


def test_a_message_that_waits_for_somebody_who_left_on_1_october_goes_to_the_successor(world: World) -> None:
    first, *others = staff()
    heir = dataclasses.replace(first, name="ผู้รับตำแหน่ง", email="heir@example.org", since=date(2022, 10, 1))
    world.clock.set("2022-09-26 09:00")
    world.people([dataclasses.replace(first, until=date(2022, 10, 1)), heir, *others])
    world.imports(DUE)
    world.mail.answer = failing_first(2, BUSY)
    assert world.day("2022-09-30 16:29") == []  # before-30, and the mail server is busy
    world.day("2022-10-03 08:30")
    assert world.day("2022-10-03 08:31") == ["heir"]
    assert mails_to(world, OWNER) == []
    assert {row.rung for row in world.rows(NoticeRow)} == {"before-30"}
    assert live(world, date(2022, 10, 4), date(2022, 10, 17)) == {date(2022, 10, 17): ["heir"]}


def test_who_is_transferred_reads_of_the_new_unit_and_no_more_of_the_old(world: World) -> None:
    first, *others = staff()
    moves = date(2022, 10, 24)
    old = dataclasses.replace(first, until=moves)
    new = dataclasses.replace(first, unit=WORKS, since=moves)
    heir = dataclasses.replace(first, name="ผู้รับตำแหน่ง", email="heir@example.org", since=moves)
    world.people([old, new, heir, *others])
    demands = (obligation(DUE, measures=(1,)), obligation(DUE, measures=(2,), phrase="จัดทำแบบก่อสร้าง"))
    two = plan(measure(1, TREASURY), measure(2, WORKS, title="มาตรการของช่าง"), obligations=demands)
    import_plan(world.services, two, actor="test")
    world.day("2022-10-21 09:00")
    assert TREASURY in mails_to(world, OWNER)[-1]
    assert world.day("2022-10-28 09:00") == ["heir", OWNER]
    assert f"{WORKS}: จัดทำแบบก่อสร้าง" in mails_to(world, OWNER)[-1]
    assert f"{TREASURY}: " not in mails_to(world, OWNER)[-1]
    assert f"{TREASURY}: จัดทำแผน" in mails_to(world, "heir")[-1]


def test_a_unit_that_joins_a_class_gets_its_task_and_its_officer_the_newest_rung(world: World) -> None:
    world.begins(DUE, owner="ทุกส่วนราชการ")
    live(world, date(2022, 10, 3), date(2022, 10, 19))
    world.people([person("เจ้าหน้าที่ ช่าง", WORKS, "officer", email="works@example.org")])
    group_units(world.services, "ทุกส่วนราชการ", [WORKS], actor="test")
    assert world.day("2022-10-20 09:00") == ["works"]
    assert {rung for task, rung, *_ in world.notices() if task == 3} == {"before-14"}
    assert world.day("2022-10-21 09:00") == [OWNER, "office", "works"]


def test_when_the_last_channel_of_the_owner_fails_the_head_is_told_at_the_next_check(world: World) -> None:
    world.begins(DUE)
    world.mail.answer = refusing("klang@example.org")
    assert world.day("2022-10-17 09:00") == []
    assert world.day("2022-10-17 09:01") == ["coordinator", HEAD]
    assert "ยังไม่มีเจ้าหน้าที่ผู้รับผิดชอบของหน่วยงานนี้ที่ติดต่อได้" in mails_to(world, HEAD)[-1]
    told = mails_to(world, "coordinator")[-1]
    assert "k…@example.org" in told
    assert "ไม่มีช่องทางอื่น" in told
    assert world.day("2022-10-17 09:02") == []


def test_an_address_that_is_corrected_while_a_message_waits_is_used(world: World) -> None:
    world.begins(DUE)
    world.mail.answer = failing_first(2, BUSY)
    assert world.day("2022-10-17 09:00") == []
    world.people([dataclasses.replace(staff()[0], email="mended@example.org", unit=TREASURY), *staff()[1:]])
    world.deliver(at="2022-10-17 09:10")
    assert [message.address for message in world.mail.accepted if "แผนที่ 1" in message.text] == ["mended@example.org"]
    assert world.messages()[0].address == "mended@example.org"


def test_somebody_without_any_address_left_is_passed_over_while_the_message_waits(world: World) -> None:
    world.begins(DUE)
    world.mail.answer = failing_first(2, BUSY)
    world.day("2022-10-17 09:00")
    world.people([dataclasses.replace(staff()[0], email=None), *staff()[1:]])
    world.day("2022-10-17 09:10")
    assert HEAD in world.day("2022-10-17 09:11")
    assert {row.status for row in world.messages() if row.address == "klang@example.org"} == {"dead"}


@pytest.mark.parametrize("lang", ["th", "en"])
def test_a_reader_is_written_to_in_the_language_of_the_people_file(world: World, lang: str) -> None:
    world.people([dataclasses.replace(one, lang=lang) if one.role == "officer" else one for one in staff()])
    world.imports(DUE)
    live(world, date(2022, 10, 28), date(2022, 11, 3))
    words = {
        "th": ("เรียน เจ้าหน้าที่ คลัง", "กำหนด: วันจันทร์ที่ ๓๑ ตุลาคม ๒๕๖๕"),
        "en": ("Dear เจ้าหน้าที่ คลัง", "Monday 31 October 2022 (B.E. 2565)"),
    }
    for mail in mails_to(world, OWNER):
        assert all(word in mail for word in words[lang])
    assert "เรียน หัวหน้า คลัง" in mails_to(world, HEAD)[-1]


def test_who_becomes_an_executive_between_checks_is_told_from_then_on(world: World) -> None:
    """A new chief executive on 1 November, the old one gone: escalation finds the new one."""
    *others, chief, coordinator = staff()
    starts = date(2022, 11, 1)
    new = dataclasses.replace(chief, name="ปลัด คนใหม่", email="new.palad@example.org", since=starts)
    heads = [dataclasses.replace(one, supervisor=None) if one.role == "supervisor" else one for one in others]
    world.people([*heads, dataclasses.replace(chief, until=starts), new, coordinator])
    world.imports(DUE)
    live(world, date(2022, 10, 28), date(2022, 11, 8))
    assert world.day("2022-11-09 09:00") == sorted([OWNER, HEAD, "new.palad"])


def test_a_second_officer_hears_nothing_twice_when_the_first_cannot_be_reached(world: World) -> None:
    second = person("คนที่สอง", TREASURY, "officer", email="second@example.org", supervisor="หัวหน้า คลัง")
    world.people([*staff(), second])
    world.imports(DUE)
    world.mail.answer = refusing("klang@example.org")
    assert world.day("2022-10-17 09:00") == ["second"]
    assert world.day("2022-10-17 09:01") == ["coordinator"]  # of the dead address; somebody has heard of the task
    assert len([row for row in world.rows(MessageRow) if row.address == "second@example.org"]) == 1
