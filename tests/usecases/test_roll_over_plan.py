"""A plan goes on into the next year: out as a workbook, confirmed by hand, imported; nothing is stored before."""

from datetime import date
from pathlib import Path

import pytest

from tests.builders import TREASURY, World, measure, obligation, plan
from tracker.errors import NotFound, Refused
from tracker.intake.reading import read_plan
from tracker.usecases.import_plan import import_plan
from tracker.usecases.roll_over_plan import roll_over_plan

TWO = plan(
    measure(1, TREASURY), measure(2, TREASURY),
    obligations=(obligation(date(2022, 10, 31)), obligation(date(2023, 3, 31), measures=(2,), phrase="รายงานผล")),
)  # fmt: skip


@pytest.fixture
def year(world: World) -> World:
    world.people()
    import_plan(world.services, TWO, actor="test")
    world.act("done", 1)
    return world


def test_it_stores_nothing_and_what_is_imported_opens_next_years_tasks(year: World, tmp_path: Path) -> None:
    before = year.dump()
    done = roll_over_plan(year.services, tmp_path / "next.xlsx", fiscal_year=2567)
    assert year.dump() == before
    assert [each.seq for each in done.not_done] == [2]
    assert read_plan(tmp_path / "next.xlsx") == done.plan
    import_plan(year.services, read_plan(tmp_path / "next.xlsx"), actor="test")
    assert [year.task(n).due for n in (3, 4)] == [date(2023, 10, 31), date(2024, 3, 31)]
    assert [year.task(n).status for n in (1, 2, 3, 4)] == ["done", "open", "open", "open"]


def test_which_plan_goes_on_is_never_guessed(year: World, tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="fiscal year 2569"):
        roll_over_plan(year.services, tmp_path / "next.xlsx", fiscal_year=2570)
    import_plan(year.services, TWO, actor="test", agency="อบต.อื่น")
    with pytest.raises(Refused, match=r"2 plans of fiscal year 2566.*--plan"):
        roll_over_plan(year.services, tmp_path / "next.xlsx", fiscal_year=2567)
    with pytest.raises(Refused, match="is not before 2566"):
        roll_over_plan(year.services, tmp_path / "next.xlsx", fiscal_year=2566, plan_id=1)
    with pytest.raises(Refused, match=r"next\.xlsx"):
        roll_over_plan(year.services, tmp_path / "next.pdf", fiscal_year=2567, plan_id=1)
    assert not list(tmp_path.glob("next*"))
    assert roll_over_plan(year.services, tmp_path / "next.xlsx", fiscal_year=2568, plan_id=2).from_year == 2566
