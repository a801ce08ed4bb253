"""What the O43 report says is done, and what it says is missing."""

from datetime import date
from pathlib import Path

import pytest

from tests.builders import OFFICE, TREASURY, World
from tests.reports.report_worlds import EVERYBODY, SAID, a_plan, begun, told
from tracker.errors import NotFound, Refused
from tracker.reports.o43 import Extension
from tracker.usecases.import_plan import import_plan
from tracker.usecases.report_o43 import o43_report, write_o43


def lacking(world: World, at: str = "2022-12-07 10:00") -> dict[int | None, tuple[str, ...]]:
    return {each.task.id if each.task else None: each.elements for each in told(world, at).missing}


def test_nothing_said_is_everything_missing(both: World) -> None:
    every = ("completion", "result", "evidence", "problems", "suggestions")
    assert lacking(begun(both)) == {1: every, 2: every, 3: every, 4: every, None: every}


def test_a_task_closed_with_every_element_lacks_nothing_and_none_is_an_answer(world: World) -> None:
    begun(world).act("done", 1, **SAID)
    assert 1 not in lacking(world)


@pytest.mark.parametrize("element", ["result", "problems", "suggestions"])
@pytest.mark.parametrize("silence", [None, "", "  ", "-", "–", "..."])
def test_silence_and_dashes_are_missing(world: World, element: str, silence: str | None) -> None:
    begun(world).act("done", 1, **{**SAID, element: silence})
    assert lacking(world)[1] == (element,)


def test_evidence_that_is_published_nowhere_lacks_its_address(world: World, tmp_path: Path) -> None:
    (tmp_path / "ภาพ.pdf").write_bytes(b"%PDF")
    begun(world).act("done", 1, **{**SAID, "evidence": (str(tmp_path / "ภาพ.pdf"),)})
    assert lacking(world)[1] == ("address",)
    assert [proof.file for proof in told(world).measures[0].tasks[0].evidence] == ["ภาพ.pdf"]


def test_a_report_that_waits_for_its_check_is_not_done(world: World) -> None:
    begun(world).act("submit", 1, **SAID)
    assert lacking(world)[1] == ("completion",)


def test_a_measure_of_a_class_is_done_only_when_every_member_is(world: World) -> None:
    begun(world).act("done", 2, **SAID)
    assert told(world).measures[1].standing == "partly"
    world.act("done", 3, **SAID)
    assert told(world).measures[1].standing == "done"
    assert {task.unit for task in told(world).measures[1].tasks} == {TREASURY, OFFICE}


def test_a_waived_task_is_shown_with_its_reason_and_owes_nothing(world: World) -> None:
    begun(world).act("waive", 2, 3, reason="ยกเลิกตามหนังสือ")
    measure = told(world).measures[1]
    assert (measure.standing, {task.waived_because for task in measure.tasks}) == ("waived", {"ยกเลิกตามหนังสือ"})
    assert not {2, 3} & set(lacking(world))


def test_what_the_program_waived_itself_is_told_in_thai(world: World) -> None:
    import_plan(world.services, a_plan(), actor="test")  # nobody knows yet who every unit is
    world.people()
    waived = [task for task in told(world).tasks if task.state == "waived"]
    assert [task.unit for task in waived] == [EVERYBODY]
    assert (waived[0].waived_because or "").startswith("ระบบปิดงานนี้")


def test_a_measure_that_nothing_was_tracked_for_is_missing_too(world: World) -> None:
    missing = begun(world) and told(world).missing
    assert [each.measure.seq for each in missing if each.measure and each.task is None] == [3]
    assert told(world).measures[2].standing == "untracked"


def test_what_is_not_due_yet_is_told_apart_from_what_is_late(world: World) -> None:
    expected = {each.task.id: each.is_expected for each in told(begun(world)).missing if each.task}
    assert expected == {1: False, 2: False, 3: False, 4: True}


def test_lateness_is_judged_by_when_the_unit_reported(world: World) -> None:
    begun(world)
    world.clock.set("2022-11-07 09:00")
    world.act("submit", 1, on=date(2022, 11, 2), **SAID)
    world.act("done", 1)
    task = told(world).measures[0].tasks[0]
    assert (task.state, task.days_late, task.submitted_on, task.closed_on) == (
        "done", 2, date(2022, 11, 2), date(2022, 11, 7),
    )  # fmt: skip


def test_a_moved_due_date_is_told_with_its_reason(world: World) -> None:
    begun(world).act("extend", 1, day=date(2022, 12, 30), reason="รอมติ")
    assert told(world).measures[0].tasks[0].extensions == (Extension(date(2022, 10, 31), date(2022, 12, 30), "รอมติ"),)


def test_last_years_score_stands_by_its_indicator(world: World) -> None:
    indicator = told(begun(world)).measures[0].indicator
    assert indicator is not None
    assert (indicator.id, indicator.name, indicator.score) == (2, "การใช้งบประมาณ", 84.15)


def test_bars_count_what_is_owed_by_month_and_unit(world: World) -> None:
    begun(world).act("done", 1, **SAID)
    world.act("waive", 3, reason="ยกเลิก")
    report = told(world)
    assert [(bar.label, bar.counts) for bar in report.by_month] == [
        ("2022-10", (1, 0, 0, 0)), ("2022-11", (0, 0, 0, 1)), ("2023-09", (0, 0, 1, 0)),
    ]  # fmt: skip
    assert sum(bar.total for bar in report.by_unit) == 3


def test_no_plan_and_two_plans_are_refused_with_what_to_do(world: World) -> None:
    with pytest.raises(NotFound, match=r"no plan for fiscal year 2566.*tracker plan list"):
        o43_report(world.services, fiscal_year=2566)
    begun(world)
    import_plan(world.services, a_plan(), actor="test", agency="เทศบาลอื่น")
    with pytest.raises(Refused, match=r"2 plans.*add --agency"):
        o43_report(world.services, fiscal_year=2566)
    assert o43_report(world.services, fiscal_year=2566, agency="เทศบาลอื่น").agency == "เทศบาลอื่น"


def test_an_unknown_ending_or_place_is_refused_and_nothing_is_left_behind(world: World, tmp_path: Path) -> None:
    begun(world)
    before = sorted(tmp_path.iterdir())
    with pytest.raises(Refused, match=r"\.docx, \.xlsx, \.html, \.json: name the file o43\.docx"):
        write_o43(world.services, tmp_path / "o43.pdf", fiscal_year=2566)
    with pytest.raises(Refused, match="cannot be written"):
        write_o43(world.services, tmp_path / "nowhere" / "o43.docx", fiscal_year=2566)
    (tmp_path / "folder.html").mkdir()
    with pytest.raises(Refused, match="cannot be written"):
        write_o43(world.services, tmp_path / "folder.html", fiscal_year=2566)
    (tmp_path / "folder.html").rmdir()
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.parametrize("ending", ["docx", "xlsx", "html", "json", "DOCX"])
def test_a_file_of_the_name_given_is_replaced_whole(world: World, tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"o43.{ending}"
    path.write_text("older")
    write_o43(begun(world).services, path, fiscal_year=2566)
    assert path.stat().st_size > 1000
    assert not list(tmp_path.glob("*.partial")) + list(tmp_path.glob(".*.partial"))
