"""People are stored from a file: who is the same person, and what is refused."""

import dataclasses
from datetime import date

import pytest
from sqlalchemy import event

from tests.builders import OFFICE, TREASURY, World, person, staff
from tracker.errors import Refused
from tracker.store.tables import AuditRow, PersonRow, PostRow, UnitRow
from tracker.usecases.import_people import import_people
from tracker.usecases.list_people import list_people

LINE_ID = "U" + "2" * 32


def without_audit(world: World) -> dict[str, object]:
    return {name: rows for name, rows in world.dump().items() if not name.startswith("audit")}


def test_people_units_and_posts_are_stored(world: World) -> None:
    done = world.people()
    assert (done.added, done.changed, done.same, done.units) == (6, 0, 0, 3)
    officer = next(view for view in list_people(world.services) if view.name == "เจ้าหน้าที่ คลัง")
    assert (officer.unit, officer.role, officer.supervisor) == (TREASURY, "officer", "หัวหน้า คลัง")


def test_the_same_file_twice_changes_nothing(both: World) -> None:
    both.people()
    before = without_audit(both)
    done = both.people()
    assert (done.added, done.changed, done.same, done.units) == (0, 0, 6, 0)
    assert without_audit(both) == before


def test_a_new_address_changes_the_person(world: World) -> None:
    world.people()
    done = world.people([dataclasses.replace(staff()[0], email="new@example.org"), *staff()[1:]])
    assert (done.added, done.changed) == (0, 1)


def test_one_person_may_hold_posts_in_two_units(world: World) -> None:
    lines = [
        person("คน เดียว", TREASURY, "officer", email="one@example.org"),
        person("คน เดียว", OFFICE, "officer", email="one@example.org"),
    ]
    world.people(lines)
    assert len(world.rows(PersonRow)) == 1
    assert len(world.rows(PostRow)) == 2


def test_one_person_may_hold_two_roles_in_one_unit_with_an_address(world: World) -> None:
    lines = [person("คน เดียว", TREASURY, role, email="one@example.org") for role in ("officer", "coordinator")]
    world.people(lines)
    assert (len(world.rows(PersonRow)), len(world.rows(PostRow))) == (1, 2)


def test_two_roles_in_one_unit_without_an_address_are_one_person_too(world: World) -> None:
    lines = [person("คน เดียว", TREASURY, role, line_id=LINE_ID) for role in ("officer", "coordinator")]
    world.people(lines)
    assert (len(world.rows(PersonRow)), len(world.rows(PostRow))) == (1, 2)
    before = without_audit(world)
    world.people(lines)
    assert without_audit(world) == before


def test_two_people_of_one_name_in_different_units_stay_two(world: World) -> None:
    lines = [person("ชื่อ ซ้ำ", unit, "officer", email=f"{n}@example.org") for n, unit in enumerate((TREASURY, OFFICE))]
    world.people(lines)
    assert len(world.rows(PersonRow)) == 2


def test_blanks_in_a_name_do_not_make_another_person(world: World) -> None:
    world.people([person("คน  เดียว", TREASURY, "officer", email="one@example.org")])
    world.people([person("คน เดียว", TREASURY, "officer", email="one@example.org")])
    assert len(world.rows(PersonRow)) == 1


def test_a_supervisor_may_stand_on_a_later_line(world: World) -> None:
    world.people()
    assert all(row.supervisor_id for row in world.rows(PostRow) if row.role == "officer")


def test_a_supervisor_who_was_stored_before_is_known(world: World) -> None:
    world.people()
    assert world.people([staff()[0]]).same == 1


def test_an_unknown_supervisor_is_refused_with_the_line_and_nothing_is_stored(both: World) -> None:
    before = both.dump()
    lines = [*staff(), person("ใคร", TREASURY, "officer", supervisor="ไม่มี ตัวตน", line=9)]
    with pytest.raises(Refused, match=r"people\.csv line 9: the supervisor “ไม่มี ตัวตน” is nobody"):
        both.people(lines)
    assert both.dump() == before


def test_a_supervisor_whose_name_two_people_share_is_refused(world: World) -> None:
    twins = [person("หัวหน้า", unit, "supervisor", email=f"{n}@e.org") for n, unit in enumerate((TREASURY, OFFICE))]
    before = world.dump()
    with pytest.raises(Refused, match="is 2 people"):
        world.people([*twins, person("ลูกน้อง", TREASURY, "officer", supervisor="หัวหน้า")])
    assert world.dump() == before


def test_a_post_that_changed_is_stored_and_counted(world: World) -> None:
    world.people()
    moved = dataclasses.replace(staff()[0], position="ผู้อำนวยการ", until=date(2023, 1, 1))
    done = world.people([moved, *staff()[1:]])
    post = next(row for row in world.rows(PostRow) if row.role == "officer")
    assert (post.position, post.until) == ("ผู้อำนวยการ", date(2023, 1, 1))
    assert (done.changed, done.same) == (1, 5)


def test_a_unit_is_found_by_its_name_whatever_the_blanks(world: World) -> None:
    world.people()
    world.people([person("อีกคน", " กอง คลัง ".replace(" ", "", 1), "officer", email="x@example.org")])
    assert sum(row.key == "กองคลัง" for row in world.rows(UnitRow)) == 1


def test_an_import_leaves_an_audit_entry(world: World) -> None:
    world.people()
    (entry,) = [row for row in world.rows(AuditRow) if row.action == "people import"]
    assert entry.detail == {"file": "people.csv", "added": 6, "changed": 0, "tasks": 0}


def test_people_who_left_are_listed_with_their_days_but_not_told(world: World) -> None:
    gone = dataclasses.replace(staff()[0], until=date(2022, 10, 1))
    world.people([gone, *staff()[1:]])
    world.imports(date(2022, 10, 31))
    world.sweep()
    assert {name for _, _, _, name in world.notices()} == {"หัวหน้า คลัง"}
    assert any(view.until == date(2022, 10, 1) for view in list_people(world.services))


def test_a_new_name_with_an_address_that_is_nobody_elses_is_the_same_person(both: World) -> None:
    both.people()
    renamed = dataclasses.replace(staff()[0], name="เจ้าหน้าที่ สมรสแล้ว", email="KLANG@example.org")
    done = both.people([renamed, *staff()[1:]])
    assert (done.added, done.changed, len(both.rows(PersonRow))) == (0, 1, 6)
    assert ("name", "เจ้าหน้าที่ คลัง", "เจ้าหน้าที่ สมรสแล้ว") in done.lines[0].changed
    assert next(row for row in both.rows(PersonRow) if row.id == 1).name == "เจ้าหน้าที่ สมรสแล้ว"


def test_people_who_share_a_mailbox_stay_apart(world: World) -> None:
    lines = [person(name, TREASURY, "officer", email="saraban@example.org") for name in ("คน หนึ่ง", "คน สอง")]
    world.people(lines)
    assert world.people([*lines, person("คน สาม", TREASURY, "officer", email="saraban@example.org")]).added == 1
    assert {row.name for row in world.rows(PersonRow)} == {"คน หนึ่ง", "คน สอง", "คน สาม"}


def test_a_successor_who_takes_over_the_mailbox_in_the_same_file_is_another_person(world: World) -> None:
    world.people([person("คน เก่า", TREASURY, "officer", email="post@example.org")])
    world.people([
        person("คน ใหม่", TREASURY, "officer", email="post@example.org"),
        person("คน เก่า", TREASURY, "officer", email="post@example.org", until=date(2022, 10, 1)),
    ])  # fmt: skip
    assert {row.name for row in world.rows(PersonRow)} == {"คน เก่า", "คน ใหม่"}


def test_what_the_file_has_no_column_for_stays_and_an_empty_cell_takes_it_away(world: World) -> None:
    world.people([person("คน เดียว", TREASURY, "officer", email="one@example.org", line_id=LINE_ID, lang="en")])
    line = person("คน เดียว", TREASURY, "officer", email="one@example.org", lang=None)
    world.people([dataclasses.replace(line, says=frozenset({"name", "unit", "role", "email"}))])
    (row,) = world.rows(PersonRow)
    assert (row.line, row.lang) == (LINE_ID, "en")
    world.people([line])
    (row,) = world.rows(PersonRow)
    assert (row.line, row.lang) == (None, "th")


def test_a_dry_run_tells_the_difference_and_stores_nothing(both: World) -> None:
    both.people()
    before = both.dump()
    lines = [dataclasses.replace(staff()[0], email="new@example.org"), person("คน ใหม่", "หน่วยตรวจสอบ", "officer")]
    done = import_people(both.services, lines, file="people.csv", actor="test", dry_run=True)
    assert both.dump() == before
    assert done.lines[0].changed == [("email", "klang@example.org", "new@example.org")]
    assert (done.added, done.changed, done.new_units) == (1, 1, ["หน่วยตรวจสอบ"])


def test_ten_times_as_many_people_cost_hardly_more_statements(both: World) -> None:
    def statements(count: int) -> int:
        said: list[str] = []
        event.listen(both.store.engine, "before_cursor_execute", lambda *args: said.append(args[2]))
        lines = [
            person(
                f"คน ที่ {count}/{n}",
                f"หน่วยที่ {count}/{n % 7}",
                "officer",
                email=f"{count}.{n}@example.org",
                supervisor=f"คน ที่ {count}/0",
            )
            for n in range(count)
        ]
        both.people(lines)
        both.people(lines)
        # On SQLite each new person's number comes back from an INSERT of its own.
        return len([one for one in said if not one.startswith("INSERT INTO person")])

    assert statements(400) - statements(40) <= 10
