"""A plan is stored with its tasks, once; a changed plan never touches what is there."""

import dataclasses
from datetime import date

import pytest

from tests.builders import OFFICE, TREASURY, World, measure, obligation, plan
from tracker.domain.plans import Plan
from tracker.errors import Misconfigured, Refused
from tracker.store.tables import AuditRow, NoticeRow, PlanRow, TaskRow
from tracker.usecases.arrange import group_units
from tracker.usecases.import_plan import Imported, import_plan

DUE = date(2022, 10, 31)
CLASS = "ทุกส่วนราชการ"


def take(world: World, read: Plan, **values: object) -> Imported:
    return import_plan(world.services, read, actor="test", **values)  # type: ignore[arg-type]


def budget(due: date = DUE, *owners: str, phrase: str = "จัดทำแผนให้แล้วเสร็จ", sha: str = "a") -> Plan:
    return plan(measure(1, *(owners or (TREASURY,))), obligations=(obligation(due, phrase=phrase),), sha=sha * 64)


def test_a_task_carries_what_the_plan_says(world: World) -> None:
    world.people()
    (task,) = take(world, budget()).opened
    assert (task.due, task.status, task.kind, task.basis, task.measure_seq, task.line) == (
        DUE, "open", "produce", "stated", 1, 12,
    )  # fmt: skip
    assert (task.next_rung, task.reached, task.cycle) == ("before-30", -1, 1)


def test_the_same_file_twice_changes_nothing(world: World) -> None:
    world.people()
    take(world, budget())
    before = world.dump()
    world.clock.advance(days=3)
    again = take(world, budget())
    assert again.unchanged
    assert again.opened == ()
    assert world.dump() == before


def test_a_changed_file_opens_what_is_new_and_keeps_the_rest(world: World) -> None:
    world.people()
    take(world, budget())
    world.act("done", result="เสร็จแล้ว")
    kept = world.task(1)
    demands = (obligation(DUE), obligation(date(2022, 11, 30), phrase="เผยแพร่แผน", kind="publish"))
    changed = take(world, plan(measure(1, TREASURY), obligations=demands, sha="b" * 64))
    assert [row.due for row in changed.opened] == [date(2022, 11, 30)]
    assert (changed.kept, changed.no_longer_stated) == (1, ())
    assert world.task(1) == kept
    assert len(world.rows(PlanRow)) == 1


def test_what_a_changed_file_no_longer_states_is_named_and_left_open(world: World) -> None:
    world.people()
    take(world, budget())
    other = plan(measure(1, TREASURY), obligations=(obligation(DUE, kind="publish", phrase="เผยแพร่แผน"),), sha="b" * 64)
    changed = take(world, other)
    assert [row.id for row in changed.no_longer_stated] == [1]
    assert [row.kind for row in changed.opened] == ["publish"]
    assert world.task(1).status == "open"


def test_a_corrected_date_moves_the_task_with_its_history_and_begins_a_new_cycle(world: World) -> None:
    world.people()
    take(world, budget())
    world.day("2022-10-28 09:00")
    changed = take(world, budget(date(2022, 12, 15), sha="b"))
    assert ([row.id for row in changed.changed], changed.opened, changed.no_longer_stated) == ([1], (), ())
    task = world.task(1)
    assert (task.due, task.cycle, task.reached, task.next_rung) == (date(2022, 12, 15), 2, -1, "before-30")
    assert [row.cycle for row in world.rows(NoticeRow)] == [1]
    assert [row.action for row in world.rows(AuditRow) if row.task_id == 1] == ["task corrected"]
    assert take(world, budget(date(2022, 12, 15), sha="c")).changed == ()


def test_a_corrected_title_keeps_the_task_and_its_place_on_the_ladder(world: World) -> None:
    world.people()
    take(world, budget())
    world.day("2022-10-28 09:00")
    renamed = plan(measure(1, TREASURY, title="มาตรการที่แก้ชื่อแล้ว"), obligations=(obligation(DUE),), sha="b" * 64)
    assert [row.id for row in take(world, renamed).changed] == [1]
    task = world.task(1)
    assert (task.measure_title, task.cycle) == ("มาตรการที่แก้ชื่อแล้ว", 1)
    assert task.reached > -1


def test_a_finished_task_is_never_touched_by_a_correction(world: World) -> None:
    world.people()
    take(world, budget())
    world.act("done", result="เสร็จแล้ว")
    before = world.task(1)
    changed = take(world, budget(date(2022, 12, 15), sha="b"))
    assert (changed.opened, changed.changed) == ((), ())
    assert world.task(1) == before


def test_finished_work_that_is_no_longer_stated_is_not_brought_up(world: World) -> None:
    world.people()
    take(world, budget())
    world.act("done")
    assert take(world, budget(date(2022, 12, 15), sha="b")).no_longer_stated == ()


def test_a_changed_owner_opens_a_task_for_the_new_one_and_names_the_old_one(world: World) -> None:
    world.people()
    take(world, budget(DUE, TREASURY))
    changed = take(world, budget(DUE, OFFICE, sha="b"))
    assert len(changed.opened) == 1
    assert [row.id for row in changed.no_longer_stated] == [1]


def test_a_dry_run_stores_nothing_at_all_and_tells_the_same(both: World) -> None:
    both.people()
    before = both.dump()
    foretold = take(both, budget(), dry_run=True)
    assert both.dump() == before
    really = take(both, budget())
    assert [(row.due, row.title, row.unit_id) for row in foretold.opened] == [
        (row.due, row.title, row.unit_id) for row in really.opened
    ]
    assert foretold.remarks == really.remarks


@pytest.mark.parametrize(
    ("changes", "what_to_do"),
    [
        ({"fiscal_year": None}, "--fiscal-year"),
        ({"measures": ()}, "tracker plan read plan.txt"),
    ],
)
def test_a_plan_without_year_or_measures_is_refused(world: World, changes: dict[str, object], what_to_do: str) -> None:
    before = world.dump()
    with pytest.raises(Refused, match=what_to_do):
        take(world, dataclasses.replace(budget(), **changes))  # type: ignore[arg-type]
    assert world.dump() == before


def test_a_plan_of_nobody_is_refused_unless_the_home_or_an_option_names_the_agency(world: World) -> None:
    nobodys = dataclasses.replace(budget(), agency=None)
    nameless = dataclasses.replace(world.services, settings=dataclasses.replace(world.services.settings, agency=None))
    with pytest.raises(Refused, match="--agency"):
        import_plan(nameless, nobodys, actor="test")
    assert take(world, nobodys).agency == "เทศบาลตำบลทดสอบ"
    assert import_plan(nameless, nobodys, actor="test", agency="อบต.").agency == "อบต."


def test_a_year_given_wins_over_the_documents_and_it_is_said(world: World) -> None:
    world.people()
    done = take(world, budget(), fiscal_year=2567)
    assert done.fiscal_year == 2567
    assert any("2566" in remark and "2567" in remark for remark in done.remarks)


def test_undated_reports_are_due_by_policy_and_it_is_said(world: World) -> None:
    world.people()
    report = obligation(None, kind="report", rule="periodic", periods=("6-month", "12-month"), basis="policy")
    done = take(world, plan(measure(1, TREASURY), obligations=(report,)))
    assert [(row.due, row.period) for row in done.opened] == [
        (date(2023, 3, 31), "6-month"), (date(2023, 9, 30), "12-month"),
    ]  # fmt: skip
    assert any("by policy" in remark for remark in done.remarks)


def test_an_agencys_own_reporting_dates_win(world: World) -> None:
    world.home.mkdir()
    rows = '"3-month" = "12-31"\n"6-month" = "04-30"\n"9-month" = "06-30"\n"12-month" = "09-15"\n'
    (world.home / "reporting.toml").write_text(f"[default]\n{rows}", encoding="utf-8")
    world.people()
    report = obligation(None, kind="report", rule="periodic", periods=("6-month", "12-month"), basis="policy")
    done = take(world, plan(measure(1, TREASURY), obligations=(report,)))
    assert [row.due for row in done.opened] == [date(2023, 4, 30), date(2023, 9, 15)]


def test_an_agencys_own_ladder_that_is_wrong_stops_the_import(world: World) -> None:
    world.home.mkdir()
    (world.home / "ladder.toml").write_text("promises = 1", encoding="utf-8")
    before = world.dump()
    with pytest.raises(Misconfigured, match=r"ladder\.toml"):
        take(world, budget())
    assert world.dump() == before


def test_the_ladder_of_a_task_stays_when_the_agency_changes_its_own(world: World) -> None:
    world.people()
    take(world, budget())
    world.home.mkdir()
    rung = '[[rung]]\nname = "only"\nbefore = 2\naudience = ["owner"]\ntone = "coming"\n'
    (world.home / "ladder.toml").write_text(f"promises = 0\npromise_days = 1\n{rung}", encoding="utf-8")
    demands = (obligation(DUE), obligation(date(2022, 11, 30), phrase="จัดทำอีกแผน"))
    take(world, plan(measure(1, TREASURY), obligations=demands, sha="b" * 64))
    assert [row.next_rung for row in world.rows(TaskRow)] == ["before-30", "only"]


def test_a_class_gives_one_task_to_each_member(world: World) -> None:
    world.people()
    done = take(world, budget(DUE, CLASS))
    assert sorted(done.units[row.unit_id] for row in done.opened) == sorted([TREASURY, OFFICE])
    assert done.remarks == ()


def test_a_class_without_members_gives_one_task_and_a_remark(world: World) -> None:
    done = take(world, budget(DUE, CLASS))
    assert [done.units[row.unit_id] for row in done.opened] == [CLASS]
    assert any("tracker unit group" in remark for remark in done.remarks)


def test_members_named_later_get_their_tasks_and_the_classs_own_is_waived(world: World) -> None:
    take(world, budget(DUE, CLASS))
    imported = world.people()
    assert imported.tasks_opened == 2
    first, *members = world.rows(TaskRow)
    assert (first.status, first.next_notice_at) == ("waived", None)
    assert [row.status for row in members] == ["open", "open"]
    entry = next(row for row in world.rows(AuditRow) if row.action == "task waive")
    assert (entry.task_id, CLASS in (entry.reason or "")) == (first.id, True)


def test_a_member_that_joins_later_gets_the_tasks_of_the_class(world: World) -> None:
    world.people()
    take(world, budget(DUE, CLASS))
    take(world, plan(measure(1, "กองช่าง"), obligations=(obligation(DUE),), fiscal_year=2567))
    assert group_units(world.services, CLASS, ["กองช่าง"], actor="test") == 1
    assert group_units(world.services, CLASS, ["กองช่าง"], actor="test") == 0


def test_a_plan_of_a_year_that_has_ended_gets_no_new_tasks_from_new_members(world: World) -> None:
    take(world, budget(DUE, CLASS))
    world.clock.set("2023-10-02 09:00")
    assert world.people().tasks_opened == 0


def test_a_finished_task_of_a_class_stays_when_members_are_named(world: World) -> None:
    take(world, budget(DUE, CLASS))
    world.act("done")
    world.people()
    assert world.task(1).status == "done"


def test_a_unit_without_an_officer_is_named(world: World) -> None:
    done = take(world, budget(DUE, "กองช่าง"))
    assert any("กองช่าง" in remark and "No responsible officer" in remark for remark in done.remarks)


def test_an_import_leaves_an_audit_entry(world: World) -> None:
    take(world, budget())
    (entry,) = [row for row in world.rows(AuditRow) if row.action == "plan import"]
    assert (entry.actor, entry.detail["opened"], entry.detail["sha256"]) == ("test", 1, "a" * 64)


def test_a_task_opened_late_waits_with_its_newest_rung(world: World) -> None:
    world.people()
    (task,) = take(world, budget(date(2022, 9, 1))).opened
    assert task.next_rung is not None
    assert task.next_rung.startswith("overdue-")
    assert task.next_notice_at is not None
    assert task.next_notice_at <= world.clock.now()
