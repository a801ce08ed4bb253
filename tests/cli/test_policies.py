"""Ladders, days off, units and progress as the coordinator sees them."""

import json

import pytest

from tests.cli.conftest import Program

OWN = """
promises = 2
promise_days = 14
[[rung]]
name = "before-30"
before = 30
audience = ["owner"]
tone = "coming"
[report]
catch_up_days = 5
[[report.rung]]
name = "before-9"
before = 9
audience = ["owner", "supervisor"]
tone = "coming"
"""


def adopt(program: Program, text: str = OWN) -> None:
    (program.home / "ladder.toml").write_text(text, encoding="utf-8")


def test_the_ladders_of_the_kinds_are_shown_with_the_default(filled: Program) -> None:
    adopt(filled)
    shown = json.loads(filled.done("ladder", "show", "--json"))
    assert set(shown) == {"rungs", "promises", "promise_days", "catch_up_days", "kinds"}
    assert (shown["catch_up_days"], shown["kinds"]["report"]["catch_up_days"]) == (30, 5)
    one = json.loads(filled.done("ladder", "show", "--kind", "report", "--json"))
    assert one == shown["kinds"]["report"]
    assert set(one) == {"rungs", "promises", "promise_days", "catch_up_days"}
    table = filled.done("ladder", "show")
    assert "kind report" in table
    assert "before-9" in table
    assert "before-30" not in filled.done("ladder", "show", "--kind", "report")
    assert "before-30" in filled.done("ladder", "show", "--kind", "publish")


def test_every_ladder_is_checked(filled: Program) -> None:
    adopt(filled)
    shown = filled.done("ladder", "check")
    assert "agency’s own ladder is in order: 1 rung" in shown
    assert "ladder of kind report is in order: 1 rung" in shown


@pytest.mark.parametrize("command", [("show",), ("check",), ("rebase", "--reason", "x")])
def test_a_ladder_of_a_kind_that_is_none_is_one_clear_error(filled: Program, command: tuple[str, ...]) -> None:
    adopt(filled, OWN.replace("report", "rapport"))
    ran = filled("ladder", *command)
    assert ran.code == 1
    assert "unknown kind [rapport]: write one of report, publish" in ran.complaint


def test_a_kind_that_is_none_cannot_be_shown(filled: Program) -> None:
    ran = filled("ladder", "show", "--kind", "rapport")
    assert ran.code == 1
    assert "use one of report, publish" in ran.complaint


def test_a_rebase_shows_what_changes_and_changes_it(filled: Program) -> None:
    adopt(filled)
    before = filled.dump()
    foretold = filled.done("ladder", "rebase", "--dry-run")
    assert "Would move" in foretold
    assert filled.dump() == before
    assert filled("ladder", "rebase").code == 1
    done = filled.done("ladder", "rebase", "--reason", "ปรับรอบการติดตาม")
    assert "before-9 on" in done
    assert "Moved 0 tasks" in filled.done("ladder", "rebase", "--reason", "อีกครั้ง")
    assert "task rebase" in filled.done("audit", "1")
    assert "none changed or removed" in filled.done("audit", "--verify")


def test_one_task_alone_can_be_put_on_the_ladder_in_force(filled: Program) -> None:
    adopt(filled)
    assert "Moved 1 task" in filled.done("ladder", "rebase", 2, "--reason", "ทดลอง")


def test_a_year_is_confirmed_in_either_era(filled: Program) -> None:
    assert "2569 (2026) is not confirmed" in filled("holiday", "list", 2569).err
    assert not any(row["confirmed"] for row in json.loads(filled.done("holiday", "list", 2569, "--json")))
    assert "2569 (2026) are confirmed" in filled.done("holiday", "confirm", 2026)
    assert "2569 (2026) was confirmed on" in filled("holiday", "list", 2569).err
    rows = json.loads(filled.done("holiday", "list", 2026, "--json"))
    assert set(rows[0]) == {"day", "name", "off", "source", "confirmed"}
    assert all(row["confirmed"] for row in rows)


@pytest.mark.parametrize("year", [69, 1800, 2300, 2800])
def test_a_year_of_neither_era_is_refused(filled: Program, year: int) -> None:
    for command in ("list", "confirm"):
        ran = filled("holiday", command, year)
        assert ran.code == 1
        assert "write it as 2569 or 2026" in ran.complaint


def test_the_status_remarks_years_that_nobody_has_confirmed(filled: Program) -> None:
    assert "Nobody has confirmed the days off of 2569" in filled("status").err
    shown = json.loads(filled.done("status", "--json"))
    assert set(shown["measures"][0]) == {"plan", "seq", "number", "title", "tasks", "done", "complete"}
    assert 2026 in shown["unconfirmed_years"]
    for year in shown["unconfirmed_years"]:
        filled.done("holiday", "confirm", year)
    assert "Nobody has confirmed" not in filled("status").err


def test_a_unit_is_renamed_and_refused_the_name_of_another(filled: Program) -> None:
    assert "“กองช่าง” is called “กองวิศวกรรม” now" in filled.done("unit", "rename", "กองช่าง", "กองวิศวกรรม")
    assert "กองวิศวกรรม" in filled.done("task", "list")
    ran = filled("unit", "rename", "กองวิศวกรรม", "กองคลัง")
    assert ran.code == 1
    assert "tracker unit alias" in ran.complaint


def test_a_task_is_shown_with_its_next_step_in_both_languages(filled: Program) -> None:
    shown = json.loads(filled.done("task", "show", 1, "--json"))["next_step"]
    assert set(shown) == {"rung", "audience", "follow_up", "at", "why", "until", "sentence"}
    assert set(shown["sentence"]) == {"th", "en"}
    filled.done("task", "submit", 1)
    assert "waits for the coordinator's check" in filled.done("task", "show", 1)


def test_a_plan_is_shown_with_how_far_each_measure_has_come(filled: Program) -> None:
    first = json.loads(filled.done("task", "show", 1, "--json"))
    before = json.loads(filled.done("plan", "show", 1, "--json"))
    assert before["schema"] == "tracker.plan/1"
    assert [each["seq"] for each in before["progress"]] == [each["seq"] for each in before["measures"]]
    filled.done("task", "done", 1, "--result", "แล้วเสร็จ")
    after = json.loads(filled.done("plan", "show", 1, "--json"))["progress"]
    assert sum(each["done"] for each in after) == (1 if first["measure"] else 0)
    assert "tasks done" in filled.done("plan", "show", 1)
