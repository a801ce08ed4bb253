"""Tasks are put on the ladder in force; the limit to catching up; ladders of kinds."""

from datetime import date

import pytest

from tests.builders import TREASURY, World, measure, obligation, plan
from tests.fakes import bangkok
from tracker.errors import Misconfigured, NotFound, Refused
from tracker.store.tables import AuditRow, LadderRow, SuppressionRow, TaskRow
from tracker.usecases.import_plan import import_plan
from tracker.usecases.policies import KINDS, ladder_of_kind, policy_in_force
from tracker.usecases.rebase import Rebased, rebase

DUE, LATER = date(2022, 10, 31), date(2022, 12, 30)
WHY = "ปรับรอบการติดตาม"


def rungs(*offsets: int, table: str = "rung", audience: str = '["owner"]', **names: int) -> str:
    named = {**{f"before-{-n}" if n < 0 else f"overdue-{n}": n for n in offsets}, **names}
    return "".join(
        f'[[{table}]]\nname = "{name}"\n{"after" if n > 0 else "before"} = {abs(n)}\n'
        f'audience = {audience}\ntone = "{"overdue" if n > 0 else "coming"}"\n'
        for name, n in sorted(named.items(), key=lambda pair: pair[1])
    )


def adopt(world: World, text: str) -> None:
    """Make a ladder the agency's own."""
    world.home.mkdir(exist_ok=True)
    (world.home / "ladder.toml").write_text(f"promises = 2\npromise_days = 14\n{text}", encoding="utf-8")


def moved(world: World, *ids: int, **more: object) -> list[Rebased]:
    return rebase(world.services, ids, reason=WHY, actor="test", **more)  # type: ignore[arg-type]


def trail(world: World) -> list[AuditRow]:
    return [row for row in world.rows(AuditRow) if row.action == "task rebase"]


def test_an_edited_ladder_changes_no_task_until_it_is_asked_for(world: World) -> None:
    world.begins(LATER)
    adopt(world, rungs(-60, -5))
    world.sweep()
    assert world.task().next_rung == "before-30"


def test_open_tasks_move_to_the_ladder_in_force_with_what_changes_for_each(both: World) -> None:
    both.begins(DUE, LATER)
    both.day("2022-10-03 09:00")  # before-30 of the first
    adopt(both, rungs(-30, -5))
    before = {row.id: row.ladder for row in both.rows(TaskRow)}
    first, second = moved(both)
    assert (first.unit, first.before.rung, first.before.next_rung) == (TREASURY, "before-30", "before-14")
    assert (first.after.rung, first.after.next_rung, first.after.next_at) == (
        "before-30", "before-5", bangkok("2022-10-26 08:30"),
    )  # fmt: skip
    assert (second.after.rung, second.after.next_rung) == (None, "before-30")
    for change, row in zip((first, second), both.rows(TaskRow), strict=True):
        assert change.before.ladder == before[row.id]
        assert (row.ladder, row.next_rung, row.next_notice_at) == (
            change.after.ladder, change.after.next_rung, change.after.next_at,
        )  # fmt: skip


def test_each_task_that_moves_has_its_audit_entry(world: World) -> None:
    world.begins(DUE)
    world.day("2022-10-03 09:00")
    adopt(world, rungs(-30, -5))
    (change,) = moved(world)
    (entry,) = trail(world)
    assert (entry.task_id, entry.actor, entry.reason) == (1, "test", WHY)
    assert entry.detail == {
        "before": change.before.ladder,
        "after": change.after.ladder,
        "stood_on": "before-30",
        "stands_on": "before-30",
    }


def test_tasks_that_are_on_it_already_stay_untouched(world: World) -> None:
    world.begins(DUE, LATER)
    adopt(world, rungs(-30, -5))
    moved(world)
    before = world.dump()
    assert moved(world) == []
    assert world.dump() == before


def test_a_ladder_stored_in_other_words_but_with_the_same_meaning_counts_as_in_force(world: World) -> None:
    """As those stored before there was a limit to catching up."""
    world.begins(DUE)
    with world.store.writing() as session:
        row = session.get_one(LadderRow, world.task().ladder)
        row.body = {key: value for key, value in row.body.items() if key != "catch_up_days"}
    assert moved(world) == []


def test_a_dry_run_shows_the_same_and_stores_nothing(world: World) -> None:
    world.begins(DUE, LATER)
    adopt(world, rungs(-30, -5))
    before = world.dump()
    rehearsed = rebase(world.services, (), reason=None, actor="test", dry_run=True)
    assert world.dump() == before
    assert moved(world) == rehearsed


def test_only_the_tasks_that_are_named_move(world: World) -> None:
    world.begins(DUE, LATER)
    adopt(world, rungs(-5))
    assert [change.task_id for change in moved(world, 2, 2)] == [2]
    assert len({row.ladder for row in world.rows(TaskRow)}) == 2


def test_closed_tasks_never_change(world: World) -> None:
    world.begins(DUE, LATER)
    world.act("done", 1)
    world.act("waive", 2, reason="ยกเลิก")
    adopt(world, rungs(-5))
    before = world.dump()
    assert moved(world) == []
    for closed in (1, 2):
        with pytest.raises(Refused, match="a closed task keeps its ladder"):
            moved(world, closed)
    with pytest.raises(NotFound, match="task 99"):
        moved(world, 99)
    assert world.dump() == before


@pytest.mark.parametrize("reason", [None, "", "  "])
def test_a_rebase_without_a_reason_is_refused(world: World, reason: str | None) -> None:
    with pytest.raises(Refused, match="needs a reason"):
        rebase(world.services, (), reason=reason, actor="test")


def test_a_submitted_task_moves_too_and_is_spoken_of_only_when_it_is_reopened(world: World) -> None:
    world.begins(DUE)
    world.act("submit")
    adopt(world, rungs(-20, 1))
    (change,) = moved(world)
    assert (change.status, change.after.next_rung) == ("submitted", None)
    assert world.task().next_notice_at is None
    world.clock.set("2022-10-12 09:00")
    assert world.act("reopen", reason="ไม่ครบ")[0].next_rung == "before-20"


def test_what_was_said_is_not_said_again(world: World) -> None:
    world.begins(DUE)
    world.day("2022-10-17 09:00")  # before-14
    adopt(world, rungs(-30, -14, -2))
    moved(world)
    assert world.day("2022-10-17 10:00") == []
    assert world.day("2022-10-28 09:00") == ["klang"]  # before-2, moved back from Saturday


def test_a_new_rung_that_has_come_due_is_said_at_the_next_sweep(world: World) -> None:
    world.begins(DUE)
    world.day("2022-11-03 09:00")  # overdue-3
    world.clock.set("2023-03-01 09:00")
    adopt(world, rungs(-30, 3, 5, audience='["owner", "supervisor"]'))
    moved(world)
    assert world.day("2023-03-01 09:00") == ["head.klang", "klang"]


def test_rungs_of_other_names_do_not_lose_what_was_said_before(world: World) -> None:
    """The message names the first notice of the task, whose rung the new ladder does not have."""
    world.begins(DUE)
    world.day("2022-10-17 09:00")
    adopt(world, rungs(early=-30, late=-3))
    (change,) = moved(world)
    assert change.after.rung == "early"
    assert world.day("2022-10-28 09:00") == ["klang"]


def test_each_kind_of_task_moves_to_the_ladder_of_its_kind(world: World) -> None:
    demands = (
        obligation(DUE, kind="publish", phrase="เผยแพร่แผน"),
        obligation(LATER, kind="report", phrase="รายงานผล"),
    )
    world.people()
    adopt(world, rungs(-30) + "[publish]\ncatch_up_days = 5\n" + rungs(-9, table="publish.rung"))
    import_plan(world.services, plan(measure(1, TREASURY), obligations=demands), actor="test")
    opened = {row.kind: row.next_rung for row in world.rows(TaskRow)}
    assert opened == {"publish": "before-9", "report": "before-30"}
    adopt(world, rungs(-30) + "[report]\n" + rungs(-8, table="report.rung"))
    assert {change.after.next_rung for change in moved(world)} == {"before-30", "before-8"}


def test_a_ladder_file_with_a_kind_that_is_none_stops_with_its_name(world: World) -> None:
    adopt(world, rungs(-30) + "[publsh]\npromises = 1\n")
    with pytest.raises(Misconfigured, match=r"unknown kind \[publsh\]: write one of report, publish"):
        policy_in_force(world.services.settings)
    with pytest.raises(Misconfigured):
        moved(world)


def test_the_ladder_of_a_kind_can_be_asked_for(world: World) -> None:
    adopt(world, rungs(-30) + "[publish]\n" + rungs(-9, table="publish.rung"))
    found = {kind: ladder_of_kind(world.services.settings, kind).rungs[0].offset for kind in KINDS}
    assert found == {"report": -30, "publish": -9, "produce": -30, "supervise": -30, "activity": -30}
    with pytest.raises(Refused, match="no kind “publsh”: use one of report"):
        ladder_of_kind(world.services.settings, "publsh")


def withheld(world: World) -> set[str]:
    return {row.rung for row in world.rows(SuppressionRow) if "days ago" in row.reason}


def test_after_an_outage_longer_than_the_limit_the_old_rung_is_recorded_and_not_said(world: World) -> None:
    adopt(world, rungs(-30, 1, 3))
    world.begins(DUE)
    world.day("2022-10-03 09:00")
    assert world.day("2023-03-01 09:00") == []
    assert withheld(world) == {"overdue-1", "overdue-3"}
    assert (world.task().reached, world.task().next_notice_at) == (2, None)


def test_a_task_opened_late_is_said_however_old_its_rung_is(world: World) -> None:
    world.clock.set("2023-03-01 09:00")
    adopt(world, rungs(-30, 1, 3))
    world.begins(DUE)
    assert world.day("2023-03-01 09:30") == ["klang"]
    assert withheld(world) == set()


def test_an_extension_to_a_day_whose_rungs_passed_long_ago_is_said(world: World) -> None:
    adopt(world, rungs(-30, 1, 3))
    world.begins(DUE)
    world.day("2022-11-03 09:00")
    world.clock.set("2023-06-01 09:00")
    world.act("extend", reason="เหตุ", day=date(2023, 2, 1))
    assert world.day("2023-06-01 09:30") == ["klang"]
    assert withheld(world) == set()


def test_a_task_reopened_after_months_is_said(world: World) -> None:
    adopt(world, rungs(-30, 1, 3))
    world.begins(DUE)
    world.act("submit")
    world.clock.set("2023-06-01 09:00")
    world.act("reopen", reason="ไม่ครบ")
    assert world.day("2023-06-06 09:30") == ["klang"]
    assert withheld(world) == set()


def test_a_corrected_date_whose_rungs_passed_long_ago_is_said(world: World) -> None:
    adopt(world, rungs(-30, 1, 3))
    world.begins(DUE)
    world.clock.set("2023-06-01 09:00")  # no check has run meanwhile
    assert len(world.imports(date(2023, 2, 1)).changed) == 1
    assert world.day("2023-06-01 09:30") == ["klang"]
    assert withheld(world) == set()
