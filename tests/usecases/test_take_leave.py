"""Leave is stored, ended and listed; what makes no sense is refused, and what deserves a second look is said."""

import dataclasses
from datetime import date, timedelta

import pytest

from tests.builders import World, staff
from tracker.errors import NotFound, Refused
from tracker.store.tables import AuditRow, LeaveRow, PersonRow
from tracker.usecases.take_leave import LeaveView, add_leave, end_leave, list_leaves

OFFICER, SECOND, HEAD = "เจ้าหน้าที่ คลัง", "เจ้าหน้าที่ ปลัด", "หัวหน้า คลัง"
SINCE, UNTIL = date(2022, 10, 17), date(2022, 10, 24)


def take(
    world: World, who: str = OFFICER, substitute: str = SECOND, since: date = SINCE, until: date = UNTIL
) -> tuple[LeaveView, list[str]]:
    return add_leave(world.services, who, substitute, since=since, until=until, actor="test")


def test_a_leave_is_stored_and_listed_with_both_names(both: World) -> None:
    both.people()
    view, remarks = take(both)
    assert (view.person, view.substitute, view.since, view.until) == (OFFICER, SECOND, SINCE, UNTIL)
    assert remarks == []
    assert list_leaves(both.services) == [view]


def test_people_can_be_named_by_their_number(world: World) -> None:
    world.people()
    ids = {row.name: str(row.id) for row in world.rows(PersonRow)}
    view, _ = take(world, ids[OFFICER], ids[SECOND])
    assert (view.person, view.substitute) == (OFFICER, SECOND)


def test_a_leave_and_its_end_are_kept_in_the_trail(world: World) -> None:
    world.people()
    view, _ = take(world)
    world.clock.set("2022-10-19 09:00")
    end_leave(world.services, view.id, actor="test")
    entries = [row for row in world.rows(AuditRow) if row.action.startswith("leave")]
    assert [(row.action, row.actor, row.detail["until"]) for row in entries] == [
        ("leave add", "test", "2022-10-24"),
        ("leave end", "test", "2022-10-19"),
    ]
    assert (entries[0].detail["person"], entries[0].detail["substitute"]) == (1, 3)  # numbers, which erasure leaves


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"who": "ไม่มีตัวตน"}, "Nobody is"),
        ({"substitute": "ไม่มีตัวตน"}, "Nobody is"),
        ({"substitute": OFFICER}, "cannot act for themselves"),
        ({"until": SINCE}, "the first day back"),
        ({"until": SINCE - timedelta(days=1)}, "the first day back"),
        ({"until": SINCE + timedelta(days=367)}, "a transfer"),
    ],
)
def test_a_leave_that_makes_no_sense_is_refused_and_nothing_is_stored(
    world: World, values: dict[str, object], why: str
) -> None:
    world.people()
    before = world.dump()
    with pytest.raises(Refused, match=why):
        take(world, **values)  # type: ignore[arg-type]
    assert world.dump() == before


@pytest.mark.parametrize(
    ("since", "until"),
    [(SINCE, UNTIL), (date(2022, 10, 23), date(2022, 11, 1)), (date(2022, 10, 1), date(2022, 10, 18))],
)
def test_two_leaves_of_a_person_share_no_day(world: World, since: date, until: date) -> None:
    world.people()
    take(world)
    with pytest.raises(Refused, match=r"on leave already from 17 ต\.ค\. 2565 until 24 ต\.ค\. 2565"):
        take(world, substitute=HEAD, since=since, until=until)


def test_a_leave_may_begin_on_the_day_on_which_another_ends(world: World) -> None:
    world.people()
    take(world)
    take(world, substitute=HEAD, since=UNTIL, until=date(2022, 10, 31))
    take(world, since=date(2022, 10, 10), until=SINCE)
    assert [view.since for view in list_leaves(world.services)] == [date(2022, 10, 10), SINCE, UNTIL]


def test_a_leave_that_has_begun_ends_today(world: World) -> None:
    world.people()
    view, _ = take(world)
    world.clock.set("2022-10-19 09:00")
    assert end_leave(world.services, view.id, actor="test").until == date(2022, 10, 19)
    assert list_leaves(world.services) == []
    assert [one.until for one in list_leaves(world.services, past=True)] == [date(2022, 10, 19)]


@pytest.mark.parametrize("today", ["2022-10-03 09:00", "2022-10-17 08:00"])
def test_a_leave_that_has_not_begun_or_begins_today_is_taken_back_whole(world: World, today: str) -> None:
    world.people()
    view, _ = take(world)
    world.clock.set(today)
    assert end_leave(world.services, view.id, actor="test") == view
    assert world.rows(LeaveRow) == []


def test_a_leave_that_has_ended_stays_as_it_was(world: World) -> None:
    world.people()
    view, _ = take(world)
    world.clock.set("2022-10-24 00:00")
    with pytest.raises(Refused, match=r"ended on 24 ต\.ค\. 2565 already"):
        end_leave(world.services, view.id, actor="test")


def test_an_unknown_leave_is_not_found_and_it_says_where_to_look(world: World) -> None:
    with pytest.raises(NotFound, match="tracker leave list"):
        end_leave(world.services, 7, actor="test")


def test_who_acts_for_a_substitute_on_leave_is_remarked(world: World) -> None:
    world.people()
    take(world, SECOND, HEAD, date(2022, 10, 19), date(2022, 10, 21))
    _, remarks = take(world)
    assert remarks == [f"From 2022-10-19 on {HEAD} acts, because {SECOND} is on leave too."]


def test_a_circle_of_substitutes_is_remarked_with_its_first_day(world: World) -> None:
    world.people()
    take(world, SECOND, OFFICER, date(2022, 10, 20), UNTIL)
    _, remarks = take(world)
    assert len(remarks) == 1
    assert remarks[0].startswith(f"From 2022-10-20 on nobody acts for {OFFICER}")


def test_a_substitute_who_has_left_is_remarked(world: World) -> None:
    world.people([dataclasses.replace(one, until=SINCE) if one.name == SECOND else one for one in staff()])
    _, remarks = take(world)
    assert len(remarks) == 1
    assert remarks[0].startswith(f"From {SINCE} on nobody acts")


def test_a_leave_holds_from_its_first_day_until_the_day_before_the_return(world: World) -> None:
    world.begins(date(2022, 10, 24))
    world.day("2022-10-12 09:00")
    take(world)
    assert world.day("2022-10-17 08:30") == ["office"]
    assert world.day("2022-10-21 16:29") == ["office"]
    assert world.day("2022-10-25 08:30") == ["klang"]
