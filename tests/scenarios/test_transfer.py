"""People are transferred on 1 October: who is told before, and who after."""

import dataclasses
from datetime import date

import pytest

from tests.builders import OFFICE, TREASURY, World, person, staff
from tests.fakes import UNKNOWN, failing_first, refusing
from tests.scenarios.days import DUE, HEAD, OWNER, live, mails_to
from tests.scenarios.test_people_move import BUSY, OFFICER, WORKS
from tracker.domain.people import Role
from tracker.store.tables import PostRow, TaskRow
from tracker.usecases.add_person import add_person
from tracker.usecases.link_person import link_person
from tracker.usecases.person_named import person_named
from tracker.usecases.transfer_person import Transferred, transfer_person

MOVES = date(2022, 10, 1)  # a Saturday
HEIR = person("ผู้รับตำแหน่ง", TREASURY, "officer", email="heir@example.org", since=MOVES, supervisor="หัวหน้า คลัง")


@pytest.fixture
def september(world: World) -> World:
    """Two tasks of the treasury, on 26 September: due on 31 October and on 7 November."""
    world.clock.set("2022-09-26 09:00")
    world.people([*staff(), HEIR])
    world.imports(DUE, date(2022, 11, 7))
    return world


def moves(
    world: World, who: str = OFFICER, to: str = WORKS, *, role: Role | None = None, day: date = MOVES
) -> Transferred:
    return transfer_person(world.services, who, to, since=day, role=role, new_units=True, actor="test")


def assigned(world: World, *ids: int, to: str) -> None:
    with world.store.reading() as session:
        owner = person_named(session, to)
    world.act("assign", *ids, owner_id=owner)


def test_who_is_transferred_on_1_october_is_mailed_before_and_the_successor_after(september: World) -> None:
    moves(september)
    assert september.day("2022-09-30 09:00") == [OWNER]
    told = live(september, date(2022, 10, 3), date(2022, 11, 7))
    assert told[date(2022, 10, 7)] == ["heir"]
    assert OWNER not in {name for names in told.values() for name in names}
    assert len(mails_to(september, OWNER)) == 1


def test_a_task_that_named_who_leaves_is_told_to_the_unit_again(september: World) -> None:
    assigned(september, 1, 2, to=OFFICER)
    done = moves(september)
    assert (done.given_back, done.kept, done.nobody_left) == ((1, 2), (), 0)
    assert september.day("2022-09-30 09:00") == [OWNER]  # who is still an officer of the unit
    assert OWNER not in {name for names in live(september, date(2022, 10, 3), DUE).values() for name in names}
    assert "heir" in september.day("2022-11-01 09:00")


def test_a_people_file_that_moves_somebody_gives_their_tasks_back_too(september: World) -> None:
    assigned(september, 1, 2, to=OFFICER)
    first = staff()[0]
    done = september.people(
        [dataclasses.replace(first, until=MOVES), dataclasses.replace(first, unit=WORKS, since=MOVES)]
    )
    assert done.given_back == [1, 2]
    assert september.day("2022-09-30 09:00") == [OWNER]
    assert OWNER not in {name for names in live(september, date(2022, 10, 3), DUE).values() for name in names}


def test_a_people_file_that_ends_one_post_leaves_the_tasks_of_another_that_has_an_end_already(september: World) -> None:
    """Somebody lent to the treasury until next year moves from one of the other units to the third."""
    first = dataclasses.replace(staff()[0], until=date(2023, 10, 1))
    there = dataclasses.replace(first, unit=OFFICE, until=None)
    september.people([first, there, dataclasses.replace(there, unit=WORKS)])
    assigned(september, 1, to=OFFICER)
    assert september.people([dataclasses.replace(there, until=MOVES)]).given_back == []
    assert september.task(1).owner_id is not None


def test_an_end_given_by_people_add_gives_the_tasks_back_too(september: World) -> None:
    assigned(september, 1, to=OFFICER)
    first = staff()[0]
    september.people([dataclasses.replace(first, unit=WORKS)])
    done = add_person(september.services, dataclasses.replace(first, until=MOVES), actor="test")
    assert done.given_back == [1]
    assert september.task(1).owner_id is None


def test_a_task_of_another_unit_goes_on_to_name_who_moves(september: World) -> None:
    assigned(september, 1, to="เจ้าหน้าที่ ปลัด")
    done = moves(september, "เจ้าหน้าที่ ปลัด")
    assert (done.given_back, done.kept) == ((), (1,))
    assert "office" in september.day("2022-10-03 09:00")


def test_somebody_may_be_named_again_after_the_move(september: World) -> None:
    moves(september)
    assigned(september, 1, to=OFFICER)
    assert OWNER in september.day("2022-10-03 09:00")


def test_a_message_that_waits_over_the_day_goes_to_the_successor(september: World) -> None:
    moves(september)
    september.mail.answer = failing_first(2, BUSY)
    assert september.day("2022-09-30 16:29") == []
    september.day("2022-10-03 08:30")
    assert september.day("2022-10-03 08:31") == ["heir"]
    assert mails_to(september, OWNER) == []


def test_a_head_who_moves_is_not_escalated_to_and_the_new_head_is(september: World) -> None:
    new_head = person("หัวหน้า ใหม่", TREASURY, "supervisor", email="new.head@example.org", since=MOVES)
    september.people([new_head])
    assert moves(september, "หัวหน้า คลัง", WORKS).let_go == 2
    told = live(september, date(2022, 10, 28), date(2022, 11, 3))
    assert "new.head" in told[date(2022, 11, 3)]
    assert HEAD not in told[date(2022, 11, 3)]


def test_an_officer_who_is_promoted_in_the_unit_keeps_the_tasks_that_name_them(september: World) -> None:
    assigned(september, 1, to=OFFICER)
    done = moves(september, to=TREASURY, role="supervisor")
    assert (done.given_back, done.kept) == ((), (1,))
    assert OWNER in september.day("2022-10-03 09:00")


def test_who_comes_back_goes_on_in_the_post_of_old(september: World) -> None:
    moves(september)
    moves(september, to=TREASURY, day=date(2023, 10, 1))
    posts = {(row.since, row.until) for row in september.rows(PostRow) if row.person_id == 1}
    assert posts == {(date(2023, 10, 1), None), (MOVES, date(2023, 10, 1))}


def test_the_unit_of_the_new_post_has_no_task_moved_to_it(september: World) -> None:
    before = [(row.id, row.unit_id, row.due) for row in september.rows(TaskRow)]
    moves(september, to=OFFICE)
    assert [(row.id, row.unit_id, row.due) for row in september.rows(TaskRow)] == before


def test_a_supervisor_who_is_linked_is_escalated_to(september: World) -> None:
    link_person(september.services, OFFICER, {}, supervisor="หัวหน้า ปลัด", actor="test")
    link_person(september.services, "ผู้รับตำแหน่ง", {}, supervisor="หัวหน้า ปลัด", actor="test")
    told = live(september, date(2022, 10, 28), date(2022, 11, 3))
    assert "head.office" in told[date(2022, 11, 3)]
    assert HEAD not in told[date(2022, 11, 3)]


def test_an_address_that_is_linked_is_used_from_then_on(september: World) -> None:
    link_person(september.services, OFFICER, {"email": "other@example.org", "lang": "en"}, actor="test")
    assert september.day("2022-09-30 09:00") == ["other"]
    assert "Dear เจ้าหน้าที่ คลัง" in mails_to(september, "other")[-1]


def test_a_link_that_leaves_only_an_address_that_is_off_says_so(september: World) -> None:
    september.mail.answer = refusing("klang@example.org", words=UNKNOWN)
    assert link_person(september.services, OFFICER, {"lang": "en"}, actor="test").remarks == ()
    september.day("2022-09-30 09:00")
    (said,) = link_person(september.services, OFFICER, {"lang": "th"}, actor="test").remarks
    assert "cannot be reached by anything now" in said
