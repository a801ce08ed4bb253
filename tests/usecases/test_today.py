"""What a coordinator's desk is told from, on each database; and who is at home in a unit."""

import json
from dataclasses import replace
from datetime import date, timedelta

from tests.builders import OFFICE, TREASURY, World, measure, obligation, person, plan, staff
from tests.fakes import UNKNOWN, bangkok, refusing
from tracker.store import people
from tracker.usecases.give_up_address import use_addresses_again
from tracker.usecases.import_plan import import_plan
from tracker.usecases.nobody_home import NobodyHome, nobody_home
from tracker.usecases.status import status
from tracker.usecases.today import Today, today

NOW = "2022-11-03 10:00"
MONDAY = date(2022, 10, 31)


def lived(world: World) -> World:
    """Tasks: 1 reported, 2 waived, 3 told to supervisors, 4 to its owner, 5 due in six days, 6 in seven."""
    days = (MONDAY, MONDAY, MONDAY, date(2022, 11, 2), date(2022, 11, 9), date(2022, 11, 10))
    world.begins(*days)
    world.act("submit", 1)
    world.act("waive", 2, reason="ยกเลิก")
    world.day("2022-11-01 09:00")
    world.day("2022-11-03 09:00")
    return world


def seen(world: World, at: str = NOW) -> Today:
    return today(world.services, now=bangkok(at))


def test_it_counts_what_waits_by_what_the_database_has(both: World) -> None:
    found = seen(lived(both))
    assert found.states == {"open": 4, "submitted": 1, "waived": 1}
    assert [task.task_id for task in found.digest.submitted] == [1]
    assert found.told == {"supervisor": 1, "owner": 1}
    assert (len(found.coming), [row.id for row in found.coming]) == (1, [5])
    assert (found.alone, found.people) == ((), 6)


def test_what_is_due_today_is_coming_and_not_overdue(both: World) -> None:
    lived(both)
    found = seen(both, "2022-11-09 23:59")
    assert [row.id for row in found.coming] == [5, 6]
    assert sum(found.told.values()) == 2


def test_it_agrees_with_the_status_and_the_coordinators_digest(both: World) -> None:
    found, standing = seen(lived(both)), status(both.services, now=bangkok(NOW))
    assert {level or "nobody": count for level, count in found.told.items()} == standing.escalated
    assert len(found.digest.overdue) == standing.states["overdue"]
    assert {each.task_id: each.escalated_to for each in found.digest.overdue} == {
        view.row.id: level for view, level in standing.overdue
    }
    said = json.loads(json.dumps(standing.to_json()))
    assert (said["escalated"], said["nobody_home"]) == ({"supervisor": 1, "owner": 1}, [])


def alone(world: World, *channels: str) -> tuple[NobodyHome, ...]:
    with world.store.reading() as session:
        return nobody_home(session, people.directory(session, MONDAY), channels)


def two_units(world: World, *lines: object) -> None:
    """Let the treasury and the office owe a task each."""
    world.people(list(lines))  # type: ignore[arg-type]
    owed = (obligation(MONDAY, measures=(1,)), obligation(MONDAY, measures=(2,)))
    one = plan(measure(1, TREASURY), measure(2, OFFICE), obligations=owed)
    import_plan(world.services, one, actor="test")


def test_a_unit_without_an_officer_and_one_whose_officer_has_no_address_are_told_apart(both: World) -> None:
    two_units(
        both, person("ไม่มี ที่อยู่", TREASURY, "officer"), person("หัวหน้า", OFFICE, "supervisor", email="h@example.org")
    )
    assert alone(both, "email") == (NobodyHome(TREASURY, 1, known=True), NobodyHome(OFFICE, 1, known=False))


def test_a_unit_whose_only_officer_has_an_address_that_is_off_is_told_with_the_name(both: World) -> None:
    both.mail.answer = refusing("klang@example.org", words=UNKNOWN)
    both.begins(MONDAY)
    both.day("2022-10-17 09:00")
    (found,) = alone(both, "email")
    assert (found.known, found.off) == (True, "เจ้าหน้าที่ คลัง")
    assert found.mend == 'tracker people address "เจ้าหน้าที่ คลัง" --on'
    use_addresses_again(both.services, "เจ้าหน้าที่ คลัง", actor="test")
    assert alone(both, "email") == ()


def test_somebody_is_at_home_only_on_a_channel_that_is_on(both: World) -> None:
    two_units(both, *staff(), replace(person("ไลน์", "อื่น", "officer"), line_id=f"U{'0' * 32}"))
    assert alone(both, "email") == ()
    assert [each.unit for each in alone(both, "line")] == [TREASURY, OFFICE]
    assert alone(both) == ()  # with no channel at all it is the channels that are at fault


def test_a_named_owner_is_at_home_for_a_unit_that_has_nobody(both: World) -> None:
    two_units(both, *[line for line in staff() if line.name != "เจ้าหน้าที่ ปลัด"])
    assert [each.unit for each in alone(both, "email")] == [OFFICE]
    (task,) = [row.id for row in both.rows(type(both.task())) if row.unit_id != both.task(1).unit_id]
    with both.store.reading() as session:
        (owner,) = [row.id for row in people.people(session) if row.name == "หัวหน้า ปลัด"]
    both.act("assign", task or 0, owner_id=owner)
    assert alone(both, "email") == ()


def test_a_week_is_seven_days_from_today(world: World) -> None:
    world.begins(*(MONDAY + timedelta(days=n) for n in range(9)))
    assert len(seen(world, f"{MONDAY} 09:00").coming) == 7
