"""The workbook that a coordinator corrects: out, by hand, in again."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from openpyxl import load_workbook

from tests.builders import TREASURY, World, measure, obligation, plan
from tests.strategies import plans
from tracker.domain.plan_sheets import MEASURES, OBLIGATIONS
from tracker.domain.plans import Plan
from tracker.errors import Refused
from tracker.intake.reading import read_plan
from tracker.reports.plan_workbook import write_plan_workbook
from tracker.usecases.export_plan import export_plan
from tracker.usecases.import_plan import import_plan

PLAN = plan(measure(1, TREASURY, title="=มาตรการ"), obligations=(obligation(date(2022, 10, 31)),))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(plans())
def test_a_plan_comes_back_from_its_workbook_as_it_was(tmp_path: Path, one: Plan) -> None:
    write_plan_workbook(one, tmp_path / "plan.xlsx")
    assert read_plan(tmp_path / "plan.xlsx") == one


def test_a_workbook_that_nobody_corrected_changes_nothing(world: World, tmp_path: Path) -> None:
    world.people()
    import_plan(world.services, PLAN, actor="test")
    path = tmp_path / "plan.xlsx"
    export_plan(world.services, 1, path)
    assert import_plan(world.services, read_plan(path), actor="test").unchanged


def test_a_correction_in_the_workbook_wins_and_moves_the_task(world: World, tmp_path: Path) -> None:
    world.people()
    import_plan(world.services, PLAN, actor="test")
    path = tmp_path / "plan.xlsx"
    export_plan(world.services, 1, path)
    book = load_workbook(path)
    book[OBLIGATIONS]["D2"] = "15 ธ.ค. 2565"
    book[MEASURES]["C2"] = "มาตรการที่แก้แล้ว"
    book.save(path)
    done = import_plan(world.services, read_plan(path), actor="test")
    task = world.task(1)
    assert ([row.id for row in done.opened], len(done.no_longer_stated)) == ([2], 1)
    assert (task.due, world.task(2).due) == (date(2022, 10, 31), date(2022, 12, 15))  # both corrected: never a guess


def test_a_cell_that_cannot_be_read_is_refused_by_its_place(world: World, tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    write_plan_workbook(PLAN, path)
    book = load_workbook(path)
    book[OBLIGATIONS]["D2"] = "เร็วๆ นี้"
    book.save(path)
    with pytest.raises(Refused, match=r"plan\.xlsx: sheet “งานที่ต้องทำ” row 2, กำหนด"):
        read_plan(path)


def test_only_a_workbook_can_be_written(world: World, tmp_path: Path) -> None:
    import_plan(world.services, PLAN, actor="test")
    with pytest.raises(Refused, match=r"name the file plan\.xlsx"):
        export_plan(world.services, 1, tmp_path / "plan.pdf")
    with pytest.raises(Refused, match="cannot be written"):
        export_plan(world.services, 1, tmp_path / "nowhere" / "plan.xlsx")
    assert not list(tmp_path.glob("*.partial"))
