"""What is foretold is what is then really sent, and looking ahead stores nothing."""

import dataclasses
from datetime import date, timedelta

from schedules.calendars import BANGKOK, bangkok_day
from tests.builders import TREASURY, World, measure, obligation, plan, staff
from tests.fakes import bangkok
from tracker.usecases.import_plan import import_plan
from tracker.usecases.preview import preview
from tracker.usecases.rehearsal import Foretold, Preview

START = date(2022, 10, 3)
Told = set[tuple[date, str, int, str, str]]


def look(world: World, start: date = START, end: date = START + timedelta(days=60)) -> list[Foretold]:
    return preview(world.services, now=world.clock.now(), start=start, end=end).messages


def foretold(world: World, end: date) -> Told:
    return {(bangkok_day(each.at), each.recipient, *notice) for each in look(world, end=end) for notice in each.notices}


def test_looking_ahead_stores_nothing(both: World) -> None:
    both.begins()
    before = both.dump()
    assert look(both)
    assert both.dump() == before


def test_only_the_days_asked_for_are_shown(world: World) -> None:
    world.begins()
    days = {bangkok_day(each.at) for each in look(world, date(2022, 10, 28), date(2022, 10, 31))}
    assert days == {date(2022, 10, 28), date(2022, 10, 31)}
    assert look(world, date(2022, 10, 29), date(2022, 10, 30)) == []


def test_everything_foretold_leaves_in_office_hours_of_working_days(world: World) -> None:
    world.begins(date(2022, 10, 31), date(2022, 12, 31))
    for each in look(world, end=date(2023, 3, 31)):
        local = each.at.astimezone(BANGKOK)
        assert local.weekday() < 5
        assert "08:30" <= f"{local:%H:%M}" < "16:30"


def test_a_promise_is_taken_into_account(world: World) -> None:
    world.begins()
    world.act("ack", day=date(2022, 10, 14))
    assert min(day for day, *_ in foretold(world, date(2022, 10, 31))) == date(2022, 10, 17)


def test_a_closed_task_is_not_foretold(world: World) -> None:
    world.begins()
    world.act("done")
    assert foretold(world, date(2022, 12, 31)) == set()


def test_the_daily_digest_is_foretold_for_each_working_day(world: World) -> None:
    world.begins()
    daily = [bangkok_day(each.at) for each in look(world, end=date(2022, 10, 17)) if "ประสานงาน" in each.recipient]
    assert daily == [date(2022, 10, day) for day in (3, 4, 5, 6, 7, 10, 11, 12, 17)]  # 13 and 14 are days off


def test_the_subjects_foretold_are_those_of_the_mails(world: World) -> None:
    world.begins(date(2022, 10, 31), date(2022, 11, 1))
    wanted = {each.subject for each in look(world, end=date(2022, 10, 3)) if each.notices}
    world.sweep()
    world.deliver()
    assert {world.wording(row).subject for row in world.messages()} == wanted


def test_the_coordinators_subject_foretold_is_that_of_the_mail(world: World) -> None:
    world.begins(date(2022, 9, 1))
    (wanted,) = [each.subject for each in look(world, end=START) if not each.notices]
    world.sweep()
    world.deliver()
    assert [world.wording(row).subject for row in world.messages("daily")] == [wanted]


def test_substitutes_and_leavers_are_resolved_on_the_day_itself(world: World) -> None:
    first, *others = staff()
    world.people([dataclasses.replace(first, until=date(2022, 10, 24)), *others])
    demand = obligation(date(2022, 10, 31))
    import_plan(world.services, plan(measure(1, TREASURY), obligations=(demand,)), actor="test")
    told = foretold(world, date(2022, 10, 31))
    assert {name for day, name, *_ in told if day < date(2022, 10, 24)} == {"เจ้าหน้าที่ คลัง"}
    assert {name for day, name, *_ in told if day > date(2022, 10, 24)} == {"หัวหน้า คลัง"}


def test_a_span_that_lies_behind_is_empty(world: World) -> None:
    world.begins()
    assert preview(world.services, now=bangkok("2022-10-20 09:00"), start=START, end=date(2022, 10, 19)) == Preview(
        [], []
    )
