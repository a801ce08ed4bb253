"""What coordinators and executives get beside the notices, and what happens when a template is broken."""

import dataclasses
from datetime import date

from schedules.calendars import bangkok_day
from tests.builders import TREASURY, World, staff
from tests.fakes import refusing
from tests.scenarios.days import DUE, OWNER, live, mails_to
from tracker.store.tables import MessageRow
from tracker.usecases.take_leave import add_leave


def weeks(world: World) -> list[date]:
    """Return the days on which an executive's week was made, in a message of its own or in another."""
    return [bangkok_day(row.created_at) for row in world.rows(MessageRow) if row.week]


def test_the_digest_of_a_coordinator_and_a_notice_in_one_check_are_one_message(world: World) -> None:
    *others, coordinator = staff()
    officer = dataclasses.replace(coordinator, unit=TREASURY, role="officer")
    world.people([*others[1:], officer, coordinator])
    world.imports(DUE)
    world.day("2022-10-17 09:00")
    (mail,) = mails_to(world, "coordinator")
    assert "แผนที่ 1" in mail
    assert "tracker holiday confirm" in mail  # what the day of the coordinator asks for
    assert mail.count("เรียน ") == 1
    assert len(world.rows(MessageRow)) == 1


def test_the_week_comes_to_the_executive_once_on_its_first_working_day(world: World) -> None:
    """On Mondays; on Tuesdays when the Monday is a day off (5 and 12 December)."""
    world.begins(DUE)
    live(world, DUE, date(2022, 12, 16))
    assert weeks(world) == [
        date(2022, 11, 14),  # the first Monday after overdue-7 reached the executive on the 9th
        date(2022, 11, 21),
        date(2022, 11, 28),
        date(2022, 12, 6),
        date(2022, 12, 13),
    ]


def test_before_anything_reached_the_executive_no_week_comes(world: World) -> None:
    world.begins(DUE)
    live(world, date(2022, 10, 28), date(2022, 11, 8))  # overdue since the 1st, and the 7th is a Monday
    assert weeks(world) == []
    assert mails_to(world, "palad") == []


def test_a_week_whose_monday_the_beat_missed_comes_later_in_the_same_week(world: World) -> None:
    world.begins(DUE)
    live(world, DUE, date(2022, 11, 11))
    assert weeks(world) == []
    live(world, date(2022, 11, 17), date(2022, 11, 22))
    assert weeks(world) == [date(2022, 11, 17), date(2022, 11, 21)]


def test_a_week_in_which_everything_was_done_does_not_come(world: World) -> None:
    world.begins(DUE)
    live(world, DUE, date(2022, 11, 11))
    world.act("done")
    live(world, date(2022, 11, 14), date(2022, 11, 21))
    assert weeks(world) == []


def test_a_broken_template_is_replaced_by_the_shipped_one_and_the_coordinator_is_told_once_a_day(world: World) -> None:
    world.begins(DUE)
    folder = world.home / "templates"
    folder.mkdir(parents=True)
    (folder / "coming.txt").write_text("{% if %}", encoding="utf-8")
    assert world.day("2022-10-17 09:00") == [OWNER]
    assert "อีก ๑๔ วัน" in mails_to(world, OWNER)[-1]
    world.day("2022-10-17 09:01")
    told = mails_to(world, "coordinator")[-1]
    assert "coming.txt" in told
    assert len(world.incidents()) == 1
    world.day("2022-10-17 09:02")
    assert len(mails_to(world, "coordinator")) == 2  # the day, and the incident a minute later
    (folder / "coming.txt").unlink()
    assert world.day("2022-10-21 09:00") == [OWNER]
    assert len(world.incidents()) == 1


def test_the_coordinators_day_says_what_was_sent_and_what_failed_since_the_last_and_no_more(world: World) -> None:
    world.begins(DUE)
    world.mail.answer = refusing("klang@example.org")
    world.sweep("2022-10-17 09:00")
    world.deliver(at="2022-10-17 09:01")
    world.day("2022-10-17 09:02")  # the head instead of the officer
    world.day("2022-10-18 09:00")
    assert "k…@example.org" in mails_to(world, "coordinator")[-1]
    world.day("2022-10-19 09:00")
    assert "k…@example.org" not in mails_to(world, "coordinator")[-1]


def test_a_coordinator_on_leave_is_stood_in_for_by_the_substitute(world: World) -> None:
    world.begins(DUE)
    since, until = date(2022, 10, 17), date(2022, 10, 19)
    add_leave(world.services, "ผู้ประสานงาน ทดสอบ", "หัวหน้า ปลัด", since=since, until=until, actor="test")
    world.day("2022-10-17 09:00")
    assert len(mails_to(world, "head.office")) == 1
    assert mails_to(world, "coordinator") == []
    world.day("2022-10-19 09:00")
    assert len(mails_to(world, "coordinator")) == 1
