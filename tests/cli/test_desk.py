"""`tracker` alone: what needs doing today, each line with the command to type next."""

import dataclasses
import re
import shlex
import sqlite3
from datetime import date, timedelta

import typer.main

from schedules.calendars import bangkok_day
from tests.builders import World
from tests.cli.conftest import Program
from tests.cli.test_shapes import swept
from tests.fakes import UNKNOWN, FakeChannel, bangkok, refusing
from tracker.cli.desk import errands_of
from tracker.cli.main import app
from tracker.clock import SystemClock
from tracker.domain.messages.lines import cells
from tracker.usecases.today import Today, today

TODAY = bangkok_day(SystemClock().now())


def sql(program: Program, statement: str, *values: object) -> None:
    with sqlite3.connect(program.home / "tracker.db") as connection:
        connection.execute(statement, values)


def all_due(program: Program, day: date) -> None:
    sql(program, "UPDATE task SET due = ?", day.isoformat())


def switch_on(program: Program) -> None:
    """Switch on the channels of everybody in the sample; nothing is sent on them."""
    program.setting("TRACKER_EMAIL_URL", "mailto://127.0.0.1:1?from=ita@example.org")
    program.setting("TRACKER_LINE_TOKEN", "token")
    program.setting("TRACKER_LINE_API_URL", "http://127.0.0.1:1")


def commands(shown: str) -> list[str]:
    return [line.strip() for line in shown.splitlines() if line.startswith("    tracker ")]


def at(world: World, moment: str) -> Today:
    return today(world.services, now=bangkok(moment))


def test_before_there_is_a_home_it_says_what_to_do_first(bare: Program) -> None:
    ran = bare()
    assert (ran.code, ran.err) == (0, "")
    assert "There is no tracker home" in ran.out
    assert commands(ran.out)[0] == "tracker init"
    assert not bare.home.exists()


def test_a_new_home_asks_for_people_and_a_plan(bare: Program) -> None:
    bare.done("init", "--agency", "เทศบาลตำบลตัวอย่าง")
    shown = bare.done()
    assert shown.startswith("เทศบาลตำบลตัวอย่าง · ")
    assert commands(shown)[:2] == ["tracker people import people.csv", "tracker plan import PLAN"]
    assert "! No channel is on" in shown
    assert "! No sweep has ended yet." in shown


def test_help_still_lists_every_command(bare: Program) -> None:
    shown = bare.done("--help")
    for name in typer.main.get_command(app).commands:  # type: ignore[attr-defined]
        assert f" {name} " in shown


def test_each_thing_that_waits_is_counted_with_the_command_to_type(filled: Program) -> None:
    switch_on(filled)
    all_due(filled, TODAY - timedelta(days=9))
    sql(filled, "UPDATE task SET due = ? WHERE id IN (5, 6)", (TODAY + timedelta(days=6)).isoformat())
    sql(filled, "UPDATE task SET due = ? WHERE id = 7", (TODAY + timedelta(days=7)).isoformat())
    sql(filled, "DELETE FROM post WHERE role = 'officer' AND unit_id = (SELECT id FROM unit WHERE name = 'กองช่าง')")
    filled.done("task", "submit", 1, 2)
    shown = filled.done()
    assert "2 reports to check" in shown
    assert "39 tasks overdue: told to nobody yet 39" in shown
    assert "2 tasks due within a week, first " in shown
    assert "Nobody can be told in 1 unit with " in shown
    assert ": กองช่าง" in shown
    assert commands(shown)[:4] == [
        "tracker task show 1",
        "tracker task list --status overdue",
        f"tracker task list --status open --due-before {TODAY + timedelta(days=7)}",
        "tracker people import people.csv",
    ]


def test_every_command_that_it_names_can_be_typed(filled: Program) -> None:
    all_due(filled, TODAY)
    filled.done("task", "submit", 1)
    for line in commands(filled.done()):
        words = shlex.split(line)[1:]
        if words[0] not in ("up", "doctor") and not words[-1].endswith(("csv", "PLAN")):
            assert filled(*words).code == 0, line
        assert filled(*words, "--help").code == 0, line


def test_it_is_at_most_a_screen_of_80_by_24_however_much_waits(filled: Program) -> None:
    filled.setting("COLUMNS", "80")
    all_due(filled, TODAY - timedelta(days=9))
    sql(filled, "UPDATE task SET title = ? WHERE id < 9", "รายงานผลการดำเนินงานที่มีชื่อยาวมาก " * 9)
    sql(filled, "UPDATE task SET next_notice_at = NULL, next_rung = NULL WHERE status = 'open'")
    sql(filled, "UPDATE task SET due = ? WHERE id = 5", TODAY.isoformat())
    sql(filled, "DELETE FROM post WHERE role = 'officer'")
    filled.done("task", "submit", 1)
    lines = filled.done().splitlines()
    assert len(lines) <= 24
    assert all(cells(line) <= 80 for line in lines)


def test_how_far_what_is_overdue_escalated_is_what_the_digest_knows(world: World) -> None:
    world.begins(date(2022, 10, 31), date(2022, 11, 2))
    world.day("2022-11-01 09:00")
    world.day("2022-11-03 09:00")
    found = at(world, "2022-11-03 10:00")
    assert found.told == {"supervisor": 1, "owner": 1}
    (errand,) = [each for each in errands_of(found) if "overdue" in each.what]
    assert errand.what == "2 tasks overdue: told to supervisors 1, to owners 1"


def test_a_new_cycle_was_told_to_nobody_yet(world: World) -> None:
    world.begins(date(2022, 10, 31))
    world.day("2022-11-03 09:00")
    world.act("extend", day=date(2022, 11, 4), reason="x")
    assert at(world, "2022-11-07 08:00").told == {None: 1}


def test_a_message_that_was_not_delivered_is_shown_for_a_week_without_its_address(world: World) -> None:
    world.with_channels(email=FakeChannel("email", refusing("klang@example.org"))).begins(date(2022, 10, 31))
    world.day("2022-11-01 09:00")
    (errand,) = [each for each in errands_of(at(world, "2022-11-04 09:00")) if "not delivered" in each.what]
    assert errand.what == "1 message of this week not delivered, first k…@example.org: no such user"
    assert re.fullmatch(r"tracker message show \d+", errand.command)
    assert not [each for each in errands_of(at(world, "2022-11-14 09:00")) if "not delivered" in each.what]


def test_a_quiet_day_says_so(world: World) -> None:
    world.begins(date(2023, 3, 31))
    found = dataclasses.replace(at(world, "2022-10-03 09:00"), findings=())
    quiet = dataclasses.replace(found, digest=dataclasses.replace(found.digest, unconfirmed_years=()))
    assert list(errands_of(quiet)) == []


def test_a_quiet_home_prints_that_nothing_is_wanted(filled: Program) -> None:
    switch_on(filled)
    all_due(filled, TODAY + timedelta(days=300))
    sql(filled, "UPDATE task SET next_notice_at = '2999-01-01 00:00:00', next_rung = 'before-30'")
    for year in {TODAY.year, (TODAY + timedelta(days=60)).year}:
        filled.done("holiday", "confirm", year + 543)
    filled.done("sweep")
    assert "Nothing needs you today, and nothing is due within a week." in filled.done()


def test_status_is_readable_at_80_columns_and_says_the_same(filled: Program) -> None:
    swept(filled)
    filled.setting("COLUMNS", "80")
    ran = filled("status", "--now", "2026-04-20T09:00")
    assert all(cells(line) <= 80 for line in ran.out.splitlines())
    assert re.search(r"all units +\d+ +\d+", ran.out)
    assert "Measures: 0 of 8 are done." in ran.out
    assert re.search(r"Overdue: \d+, told to owners 1, to nobody yet \d+\.", ran.out)
    assert "กองสาธารณสุขและสิ่งแวดล้อม" in ran.out


def test_an_address_that_is_off_is_named_with_what_switches_it_on(world: World) -> None:
    world.with_channels(email=FakeChannel("email", refusing("klang@example.org", words=UNKNOWN))).begins(
        date(2022, 10, 31)
    )
    world.day("2022-11-01 09:00")
    (errand,) = [each for each in errands_of(at(world, "2022-11-04 09:00")) if "nobody" in each.what]
    assert errand.what.startswith(
        "The address of เจ้าหน้าที่ คลัง is off, so nobody can be told in 1 unit with 1 open task: "
    )
    assert errand.command == 'tracker people address "เจ้าหน้าที่ คลัง" --on'
