"""What the agency says of its units and its days off."""

from datetime import date

import pytest

from tests.builders import OFFICE, TREASURY, World, measure, obligation, person, plan
from tests.fakes import bangkok
from tracker.errors import NotFound, Refused
from tracker.store import holidays
from tracker.store.tables import AuditRow, TaskRow, UnitAliasRow, UnitRow
from tracker.usecases.arrange import days_off, group_units, list_units, name_alias, rename_unit, set_day_off
from tracker.usecases.confirm_holidays import confirm_holidays, confirmed_at
from tracker.usecases.import_plan import import_plan
from tracker.usecases.list_tasks import list_tasks

SHORT = "กองคลังฯ"
DUE = date(2022, 10, 31)


def alias(world: World, name: str = SHORT, unit: str = TREASURY) -> int:
    return name_alias(world.services, name, unit, actor="test")


def units_of_tasks(world: World) -> list[str]:
    return [view.unit for view in list_tasks(world.services, now=world.clock.now())]


def test_an_alias_moves_the_tasks_that_the_plan_gave_to_the_other_name(both: World) -> None:
    both.begins(DUE, owner=SHORT)
    assert units_of_tasks(both) == [SHORT]
    assert alias(both) == 1
    assert units_of_tasks(both) == [TREASURY]
    assert SHORT not in [row.name for row in both.rows(UnitRow)]
    assert both.day("2022-10-03 09:00") == ["klang"]


def test_an_alias_named_before_the_import_is_used_by_it(world: World) -> None:
    world.people()
    alias(world)
    world.imports(DUE, owner=SHORT)
    assert units_of_tasks(world) == [TREASURY]


def test_the_same_plan_after_an_alias_changes_nothing(world: World) -> None:
    world.begins(DUE, owner=SHORT)
    alias(world)
    assert world.imports(DUE, owner=SHORT).unchanged
    assert units_of_tasks(world) == [TREASURY]


def test_an_alias_named_twice_is_harmless(world: World) -> None:
    world.begins(DUE, owner=SHORT)
    assert (alias(world), alias(world)) == (1, 0)


def test_a_task_that_the_unit_has_already_is_waived_and_not_doubled(world: World) -> None:
    world.people()
    import_plan(world.services, plan(measure(1, TREASURY, SHORT), obligations=(obligation(DUE),)), actor="test")
    assert alias(world) == 0
    assert sorted(row.status for row in list_rows(world)) == ["open", "waived"]
    assert any(row.action == "task waive" for row in world.rows(AuditRow))


def list_rows(world: World) -> list[object]:
    return [view.row for view in list_tasks(world.services, now=world.clock.now())]


def test_a_unit_with_people_of_its_own_cannot_become_another_name(world: World) -> None:
    world.begins()
    before = world.dump()
    with pytest.raises(Refused, match="people of its own"):
        alias(world, OFFICE, TREASURY)
    assert world.dump() == before


def test_an_alias_of_a_unit_that_is_not_there_is_refused(world: World) -> None:
    with pytest.raises(NotFound, match="tracker unit list"):
        alias(world)


def test_an_alias_that_means_another_unit_already_does_not_swallow_that_unit(world: World) -> None:
    """Whoever names the same alias for a second unit must not merge the first unit into it."""
    world.begins(DUE, owner="กองช่าง")
    alias(world, "ช่าง", "กองช่าง")
    before = units_of_tasks(world)
    with pytest.raises(Refused):
        alias(world, "ช่าง", TREASURY)
    assert units_of_tasks(world) == before


def test_aliases_of_a_name_that_is_merged_go_with_it(world: World) -> None:
    world.begins(DUE, owner=SHORT)
    alias(world, "คลังฯ", SHORT)
    alias(world, SHORT, TREASURY)
    view = next(view for view in list_units(world.services) if view.name == TREASURY)
    assert set(view.aliases) == {SHORT, "คลังฯ"}


FINANCE = "กองการเงินและคลัง"


def rename(world: World, old: str = TREASURY, new: str = FINANCE) -> str:
    return rename_unit(world.services, old, new, actor="test")


def test_a_unit_that_is_renamed_keeps_its_tasks_people_and_history(both: World) -> None:
    both.begins(DUE)
    both.day("2022-10-03 09:00")
    before = [(row.id, row.key, row.unit_id, row.reached) for row in both.rows(TaskRow)]
    assert rename(both) == TREASURY
    assert [(row.id, row.key, row.unit_id, row.reached) for row in both.rows(TaskRow)] == before
    assert units_of_tasks(both) == [FINANCE]
    assert both.day("2022-10-17 09:00") == ["klang"]


def test_the_old_name_of_a_unit_goes_on_to_mean_it(world: World) -> None:
    world.begins(DUE)
    rename(world)
    assert world.imports(DUE).unchanged
    world.imports(DUE, date(2022, 12, 30))
    assert set(units_of_tasks(world)) == {FINANCE}
    view = next(view for view in list_units(world.services) if view.name == FINANCE)
    assert view.aliases == (TREASURY,)


def test_a_renaming_has_its_audit_entry(world: World) -> None:
    world.begins(DUE)
    rename(world, f"  {TREASURY} ", f" {FINANCE}  ")
    (entry,) = [row for row in world.rows(AuditRow) if row.action == "unit rename"]
    assert entry.detail == {"before": TREASURY, "after": FINANCE}


def test_a_unit_can_be_named_as_one_of_its_aliases_and_back_again(world: World) -> None:
    world.begins(DUE)
    alias(world)
    rename(world, TREASURY, SHORT)
    assert [row.name for row in world.rows(UnitAliasRow)] == [TREASURY]
    rename(world, SHORT, TREASURY)
    assert [row.name for row in world.rows(UnitAliasRow)] == [SHORT]
    assert units_of_tasks(world) == [TREASURY]


def test_a_renaming_said_again_changes_nothing(world: World) -> None:
    world.begins(DUE)
    rename(world)
    before = world.dump()
    rename(world)
    assert world.dump() == before


def test_blanks_in_a_name_can_be_mended(world: World) -> None:
    world.begins(DUE)
    rename(world, TREASURY, "กอง คลัง")
    assert units_of_tasks(world) == ["กอง คลัง"]
    assert world.rows(UnitAliasRow) == []


def test_a_unit_cannot_be_renamed_into_another(world: World) -> None:
    world.begins(DUE)
    name_alias(world.services, "สป.", OFFICE, actor="test")
    before = world.dump()
    for taken in (OFFICE, "สป."):
        with pytest.raises(Refused, match=f'tracker unit alias "{TREASURY}" "{OFFICE}"'):
            rename(world, TREASURY, taken)
    with pytest.raises(Refused, match="needs a name"):
        rename(world, TREASURY, "  ")
    with pytest.raises(NotFound, match="tracker unit list"):
        rename(world, "กองไม่มี", FINANCE)
    assert world.dump() == before


def test_naming_the_members_of_a_class_opens_their_tasks(world: World) -> None:
    world.begins(DUE, owner="ทุกกองพิเศษ")
    assert group_units(world.services, "ทุกกองพิเศษ", [TREASURY, OFFICE], actor="test") == 2
    assert sorted(view.row.status for view in list_tasks(world.services, now=world.clock.now())) == [
        "open", "open", "waived",
    ]  # fmt: skip


def test_a_class_with_an_unknown_member_is_refused_whole(world: World) -> None:
    world.begins()
    before = world.dump()
    with pytest.raises(NotFound, match="กองไม่มี"):
        group_units(world.services, "ทุกกอง", [TREASURY, "กองไม่มี"], actor="test")
    assert world.dump() == before


def test_units_are_listed_with_who_answers_for_them_today(world: World) -> None:
    world.people([person("คนเก่า", TREASURY, "officer", email="x@example.org", until=date(2022, 10, 1))])
    (view,) = list_units(world.services)
    assert (view.name, view.officers) == (TREASURY, ())


def test_a_day_off_added_moves_the_next_notice(both: World) -> None:
    both.begins(date(2022, 11, 30)).sweep()
    assert both.task().next_notice_at == bangkok("2022-10-31 08:30")
    assert set_day_off(both.services, date(2022, 10, 31), "วันหยุดพิเศษ", off=True, actor="test") == 1
    assert both.task().next_notice_at == bangkok("2022-10-28 08:30")


def test_a_suggested_day_off_that_is_worked_moves_it_too(world: World) -> None:
    world.begins(date(2022, 11, 12)).sweep()  # before-30 on 13 October, a holiday
    assert world.task().next_notice_at == bangkok("2022-10-12 08:30")
    assert set_day_off(world.services, date(2022, 10, 13), "วันทำการ", off=False, actor="test") == 1
    assert world.task().next_notice_at == bangkok("2022-10-13 08:30")
    assert world.day("2022-10-13 09:00") == ["klang"]


def test_days_off_are_listed_with_their_source(world: World) -> None:
    set_day_off(world.services, date(2022, 10, 14), "วันหยุดพิเศษ", off=True, actor="test")
    set_day_off(world.services, date(2022, 10, 13), "วันทำการ", off=False, actor="test")
    listed = {each.day: (each.off, each.source) for each in days_off(world.services, 2022)}
    assert listed[date(2022, 10, 13)] == (False, "agency")
    assert listed[date(2022, 10, 14)] == (True, "agency")
    assert listed[date(2022, 4, 13)] == (True, "suggested")


def test_the_same_day_said_again_keeps_the_last_word(world: World) -> None:
    for off in (True, False):
        set_day_off(world.services, date(2022, 10, 14), "ชื่อ", off=off, actor="test")
    assert [each.off for each in days_off(world.services, 2022) if each.day == date(2022, 10, 14)] == [False]


def test_a_day_off_writes_only_the_tasks_whose_next_notice_moves(world: World) -> None:
    world.begins(date(2022, 11, 30), date(2022, 12, 30)).sweep()
    before = {row.id: (row.next_rung, row.next_notice_at) for row in world.rows(TaskRow)}
    assert set_day_off(world.services, date(2022, 10, 31), "วันหยุดพิเศษ", off=True, actor="test") == 1
    after = {row.id: (row.next_rung, row.next_notice_at) for row in world.rows(TaskRow)}
    assert [task_id for task_id in before if before[task_id] != after[task_id]] == [1]


def test_a_day_off_keeps_the_time_since_which_a_task_waits(world: World) -> None:
    """Else a rung that was missed long ago would look as if it had come due today."""
    world.begins(DUE)
    world.clock.set("2023-06-01 09:00")
    before = world.task().next_notice_at
    for off in (True, False):
        set_day_off(world.services, date(2023, 8, 1), "วันหยุดพิเศษ", off=off, actor="test")
    after = world.task().next_notice_at
    assert before is not None
    assert after is not None
    assert after < bangkok("2023-01-31 09:00")  # when the last rung came due, not the moment of the look


def test_a_year_is_confirmed_with_its_audit_entry(both: World) -> None:
    assert confirmed_at(both.services, 2022) is None
    days = confirm_holidays(both.services, 2022, actor="test")
    assert days == sum(each.off for each in days_off(both.services, 2022))
    assert confirmed_at(both.services, 2022) == both.clock.now()
    (entry,) = [row for row in both.rows(AuditRow) if row.action == "holiday confirm"]
    assert entry.detail == {"year": 2565, "days_off": days}


def test_a_year_confirmed_again_keeps_the_last_time(world: World) -> None:
    confirm_holidays(world.services, 2022, actor="test")
    world.clock.set("2022-11-01 09:00")
    confirm_holidays(world.services, 2022, actor="test")
    assert confirmed_at(world.services, 2022) == bangkok("2022-11-01 09:00")


def test_the_days_that_are_confirmed_are_those_in_force(world: World) -> None:
    before = confirm_holidays(world.services, 2022, actor="test")
    set_day_off(world.services, date(2022, 10, 13), "วันทำการ", off=False, actor="test")
    set_day_off(world.services, date(2023, 1, 10), "วันหยุดพิเศษ", off=True, actor="test")  # of another year
    assert confirm_holidays(world.services, 2022, actor="test") == before - 1


def test_adding_or_removing_a_day_keeps_the_confirmation(world: World) -> None:
    confirm_holidays(world.services, 2022, actor="test")
    set_day_off(world.services, date(2022, 10, 14), "วันหยุดพิเศษ", off=True, actor="test")
    set_day_off(world.services, date(2022, 10, 13), "วันทำการ", off=False, actor="test")
    assert confirmed_at(world.services, 2022) is not None


def test_the_years_that_nobody_has_confirmed_are_named_in_their_order(world: World) -> None:
    confirm_holidays(world.services, 2023, actor="test")
    with world.store.reading() as session:
        assert holidays.unconfirmed(session, [2024, 2022, 2023, 2022]) == [2022, 2024]
        assert holidays.unconfirmed(session, []) == []
