"""The ladder as people live through it, told day by day."""

import dataclasses
from datetime import date

import pytest

from schedules.calendars import bangkok_day
from tests.builders import TREASURY, World, person, staff
from tests.scenarios.days import CHIEF, DUE, HEAD, OWNER, live
from tracker.store.tables import NoticeRow, SuppressionRow
from tracker.usecases.rebase import rebase


def test_the_whole_ladder_of_one_task_that_nobody_does(world: World) -> None:
    world.clock.set("2022-09-26 09:00")
    world.begins(DUE)
    everybody = sorted([OWNER, HEAD, CHIEF])
    assert live(world, date(2022, 9, 26), date(2023, 2, 28)) == {
        date(2022, 9, 30): [OWNER],  # before-30 falls on Saturday 1 October
        date(2022, 10, 17): [OWNER],  # before-14
        date(2022, 10, 21): [OWNER],  # before-7 falls on Monday 24 October, a day off
        date(2022, 10, 28): [OWNER],  # before-3 is on that Friday, and before-1 moves back to it
        date(2022, 10, 31): [OWNER],  # due
        date(2022, 11, 1): [OWNER],  # overdue-1
        date(2022, 11, 3): sorted([OWNER, HEAD]),  # overdue-3
        date(2022, 11, 9): everybody,  # overdue-7
        date(2022, 11, 16): everybody,
        date(2022, 11, 23): everybody,
        date(2022, 11, 30): everybody,
        date(2022, 12, 8): everybody,  # 5 December is a day off
        date(2022, 12, 16): everybody,  # 12 December too (for the 10th)
        date(2022, 12, 23): everybody,
        date(2023, 1, 4): everybody,  # 30 December to 3 January are days off
        date(2023, 1, 11): everybody,
    }
    assert [row.rung for row in world.rows(NoticeRow) if row.audience == "executive"] == [
        "overdue-7", *(f"overdue-weekly-{n}" for n in range(1, 9)),
    ]  # fmt: skip
    assert [(row.rung, row.reason) for row in world.rows(SuppressionRow)] == [("before-3", "superseded by before-1")]


def test_after_the_last_rung_the_coordinator_still_reads_of_it_every_day(world: World) -> None:
    world.begins(DUE)
    world.day("2023-03-01 09:00")
    for day in ("2023-03-02", "2023-06-01"):
        world.day(f"{day} 09:00")
        assert "แผนที่ 1" in world.wording(world.messages("daily")[-1]).text


def test_after_the_last_rung_the_executive_still_reads_of_it_in_every_digest(world: World) -> None:
    world.begins(DUE, date(2023, 3, 1))
    world.day("2023-02-01 09:00")
    live(world, date(2023, 2, 28), date(2023, 3, 13))
    newest = [row for row in world.messages() if row.address == "palad@example.org"][-1]
    assert bangkok_day(newest.created_at) == date(2023, 3, 13)  # overdue-7 of the second task
    assert "แผนที่ 2" in world.wording(newest).text
    assert "แผนที่ 1" in world.wording(newest).text


def test_three_days_of_outage_across_rungs_give_only_the_newest(world: World) -> None:
    world.begins(DUE)
    live(world, date(2022, 10, 3), date(2022, 10, 28))
    assert world.day("2022-11-03 09:00") == sorted([OWNER, HEAD])
    assert {row.rung for row in world.rows(NoticeRow) if bangkok_day(row.decided_at) == date(2022, 11, 3)} == {
        "overdue-3"
    }
    assert {row.rung for row in world.rows(SuppressionRow)} >= {"due", "overdue-1"}
    assert world.day("2022-11-04 09:00") == []


def test_nothing_leaves_in_songkran_week(world: World) -> None:
    world.clock.set("2023-03-27 09:00")
    world.begins(date(2023, 4, 15))
    told = live(world, date(2023, 3, 27), date(2023, 4, 20))
    assert not [day for day in told if date(2023, 4, 13) <= day <= date(2023, 4, 16)]
    assert [day for day in told if day >= date(2023, 4, 10)] == [
        date(2023, 4, 12),  # the last working day before the due date: before-3, before-1 and due in one
        date(2023, 4, 18),  # overdue-1; 17 April stands in for the 16th or 15th
        date(2023, 4, 20),  # overdue-3
    ]
    assert told[date(2023, 4, 12)] == [OWNER]


def test_a_task_due_on_a_sunday_is_spoken_of_on_the_friday_before(world: World) -> None:
    world.begins(date(2022, 11, 20))
    told = live(world, date(2022, 11, 17), date(2022, 11, 21))
    assert told == {date(2022, 11, 17): [OWNER], date(2022, 11, 18): [OWNER], date(2022, 11, 21): [OWNER]}
    assert "due" in {row.rung for row in world.rows(NoticeRow) if bangkok_day(row.decided_at) == date(2022, 11, 18)}


def test_a_task_imported_forty_days_late_gives_one_message_each(world: World) -> None:
    world.clock.set("2022-12-13 09:00")
    world.begins(date(2022, 11, 3))
    assert world.day("2022-12-13 09:00") == sorted([OWNER, HEAD, CHIEF])
    assert world.day("2022-12-13 14:00") == []
    assert len({row.rung for row in world.rows(NoticeRow)}) == 1


def test_many_late_tasks_give_one_message_each_never_a_flood(world: World) -> None:
    world.clock.set("2022-12-13 09:00")
    world.begins(*[date(2022, 11, day) for day in range(1, 29)])
    assert world.day("2022-12-13 09:00") == sorted([OWNER, HEAD, CHIEF])


def test_when_nobody_is_home_the_supervisor_is_told_at_once_and_the_coordinator_why(world: World) -> None:
    world.people([line for line in staff() if line.role != "officer"])
    world.imports(DUE)
    assert world.day("2022-10-03 09:00") == [HEAD]
    (notice,) = world.rows(NoticeRow)
    assert (notice.audience, notice.meant_for) == ("supervisor", "owner")
    assert "ไม่มีเจ้าหน้าที่ผู้รับผิดชอบ" in world.wording(world.messages("daily")[0]).text


def test_a_unit_of_which_nobody_is_known_reaches_the_executive(world: World) -> None:
    world.people()
    world.imports(DUE, owner="กองช่าง")
    assert world.day("2022-10-03 09:00") == [CHIEF]


def test_done_stops_everything(world: World) -> None:
    world.begins(DUE)
    world.day("2022-11-01 09:00")
    world.act("done")
    assert live(world, date(2022, 11, 2), date(2022, 12, 31)) == {}


def test_a_report_stops_the_owners_reminders_and_the_coordinator_is_asked(world: World) -> None:
    world.begins(DUE)
    world.day("2022-10-28 09:00")
    world.act("submit")
    assert live(world, date(2022, 10, 31), date(2022, 11, 30)) == {}
    asked = world.wording(world.messages("daily")[-1]).text
    assert "แผนที่ 1" in asked
    assert "tracker task done 1" in asked


def test_a_report_that_is_sent_back_is_reminded_of_again(world: World) -> None:
    world.begins(DUE)
    world.day("2022-10-28 09:00")
    world.act("submit")
    world.day("2022-11-03 09:00")
    world.act("reopen", reason="หลักฐานไม่ครบ")
    assert world.day("2022-11-03 10:00") == sorted([OWNER, HEAD])


def test_an_extension_starts_the_ladder_again(world: World) -> None:
    world.begins(DUE)
    live(world, date(2022, 10, 28), date(2022, 11, 3))
    world.act("extend", day=date(2022, 11, 30), reason="ผู้บริหารอนุมัติ")
    told = live(world, date(2022, 11, 4), date(2022, 12, 6))
    assert told == {
        date(2022, 11, 4): [OWNER],  # before-30 of the new date has come already, and before-14 has not
        date(2022, 11, 16): [OWNER],
        date(2022, 11, 23): [OWNER],
        date(2022, 11, 25): [OWNER],
        date(2022, 11, 29): [OWNER],
        date(2022, 11, 30): [OWNER],
        date(2022, 12, 1): [OWNER],
        date(2022, 12, 6): sorted([OWNER, HEAD]),
    }


def test_a_promise_delays_escalation_until_its_day(world: World) -> None:
    world.begins(DUE)
    live(world, date(2022, 10, 31), date(2022, 11, 2))
    world.act("ack", day=date(2022, 11, 14))
    told = live(world, date(2022, 11, 3), date(2022, 11, 16))
    assert told == {date(2022, 11, 15): sorted([OWNER, HEAD, CHIEF]), date(2022, 11, 16): sorted([OWNER, HEAD, CHIEF])}


def test_somebody_on_leave_is_not_told_and_the_substitute_is(world: World) -> None:
    first, *others = staff()
    away = dataclasses.replace(first, until=date(2022, 10, 24))
    acting = person("รักษาการ คลัง", TREASURY, "officer", email="acting@example.org", since=date(2022, 10, 24))
    world.people([away, acting, *others])
    world.imports(DUE)
    told = live(world, date(2022, 10, 17), date(2022, 10, 31))
    assert told == {
        date(2022, 10, 17): [OWNER],
        date(2022, 10, 21): [OWNER],
        date(2022, 10, 28): ["acting"],
        date(2022, 10, 31): ["acting"],
    }


@pytest.mark.parametrize("closes", ["2022-10-31 16:29", "2022-10-31 08:30"])
def test_the_last_and_the_first_minute_of_the_office_count(world: World, closes: str) -> None:
    world.begins(DUE)
    assert world.day(closes) == [OWNER]


SHORT = """
promises = 0
promise_days = 0
[[rung]]
name = "before-3"
before = 3
audience = ["owner"]
tone = "coming"
[[rung]]
name = "overdue-2"
after = 2
audience = ["owner", "executive"]
tone = "overdue"
"""


def test_an_edited_ladder_changes_no_promise_until_the_tasks_are_put_on_it(world: World) -> None:
    world.begins(DUE)
    world.day("2022-10-17 09:00")
    world.home.mkdir(exist_ok=True)
    (world.home / "ladder.toml").write_text(SHORT, encoding="utf-8")
    assert world.day("2022-10-21 09:00") == [OWNER]  # before-7 of the ladder on which the task was opened
    rebase(world.services, [], reason="ปรับรอบการติดตาม", actor="test")
    told = live(world, date(2022, 10, 24), date(2022, 11, 30))
    assert told == {date(2022, 10, 28): [OWNER], date(2022, 11, 2): sorted([OWNER, CHIEF])}
