"""Days off that come at short notice, years that end, and messages that wait for a morning."""

from datetime import date

from schedules.calendars import bangkok_day
from tests.builders import World, measure, obligation, plan
from tests.fakes import failing_first
from tests.scenarios.days import DUE, EVERYBODY, HEAD, OWNER, live, mails_to
from tracker.delivery.channel import Outcome, OutcomeKind
from tracker.usecases.arrange import set_day_off
from tracker.usecases.import_plan import import_plan

BUSY = Outcome(OutcomeKind.TEMPORARY, 451, "try later")


def closes(world: World, day: date, *, off: bool = True) -> None:
    set_day_off(world.services, day, "วันหยุดตามมติคณะรัฐมนตรี", off=off, actor="test")


def test_a_day_off_at_short_notice_holds_back_what_was_decided_and_the_next_day_counts_right(world: World) -> None:
    world.begins(DUE).sweep("2022-10-17 08:30")
    closes(world, date(2022, 10, 17))
    assert world.deliver(at="2022-10-17 08:31") == {}
    assert world.sweep("2022-10-17 09:00").closed_until is not None
    world.deliver(at="2022-10-18 08:30")
    (mail,) = mails_to(world, OWNER)
    assert "อีก ๑๓ วัน" in mail


def test_a_day_off_at_short_notice_moves_the_rungs_that_nobody_decided_yet(world: World) -> None:
    world.begins(DUE)
    live(world, date(2022, 10, 3), date(2022, 10, 20))
    closes(world, date(2022, 10, 21))  # the day of before-7, announced the day before
    assert world.day("2022-10-20 09:01") == [OWNER]
    assert live(world, date(2022, 10, 21), date(2022, 10, 27)) == {}


def test_a_day_off_that_is_taken_back_is_a_day_like_any_other(world: World) -> None:
    world.begins(DUE)
    live(world, date(2022, 10, 3), date(2022, 10, 20))
    closes(world, date(2022, 10, 24), off=False)
    assert live(world, date(2022, 10, 21), date(2022, 10, 25)) == {date(2022, 10, 24): [OWNER]}  # before-7


def test_a_day_off_on_the_due_date_makes_nothing_late_a_day_earlier(world: World) -> None:
    """The due date itself does not move; what follows it counts working days after it."""
    world.begins(DUE)
    closes(world, DUE)
    world.day("2022-10-26 09:00")  # before-7
    told = live(world, date(2022, 10, 27), date(2022, 11, 3))
    assert told == {
        date(2022, 10, 28): [OWNER],  # before-3, before-1 and due in one
        date(2022, 11, 1): [OWNER],
        date(2022, 11, 3): sorted([OWNER, HEAD]),
    }
    assert world.task().due == DUE


def test_a_message_that_waited_overnight_is_written_anew_and_stays_the_same_message(world: World) -> None:
    world.begins(DUE)
    world.mail.answer = failing_first(2, BUSY)
    assert world.day("2022-10-17 16:29") == []
    before = world.messages()[0]
    assert "อีก ๑๔ วัน" in world.wording(before).text
    world.deliver(at="2022-10-18 08:30")
    (mail,) = [message for message in world.mail.accepted if message.address.startswith(OWNER)]
    assert "อีก ๑๓ วัน" in mail.text
    assert (mail.message_id, mail.retry_key) == (before.header_id, before.retry_key)
    assert bangkok_day(world.wording(world.messages()[0]).written_at) == date(2022, 10, 18)


def test_a_message_that_waited_over_its_due_date_says_that_the_date_has_passed(world: World) -> None:
    world.begins(DUE)
    live(world, date(2022, 10, 3), date(2022, 10, 30))
    world.mail.answer = failing_first(2, BUSY)
    world.day("2022-10-31 16:29")
    assert "ครบกำหนดวันนี้" in world.wording(world.messages()[-1]).text
    world.deliver(at="2022-11-01 08:30")
    assert "ครบกำหนดวันนี้" not in mails_to(world, OWNER)[-1]
    assert "เกินกำหนดมาแล้ว ๑ วัน" in mails_to(world, OWNER)[-1]


def test_at_the_end_of_the_year_both_years_plans_come_in_one_message(world: World) -> None:
    """The last report of one year is due on Saturday 30 September, a task of the next on 31 October."""
    world.clock.set("2023-09-25 09:00")
    world.people()
    for year, due, sha in ((2566, date(2023, 9, 30), "a"), (2567, date(2023, 10, 31), "b")):
        demand = obligation(due, phrase=f"จัดทำแผนปี {year} ให้แล้วเสร็จ")
        one = plan(measure(1, "กองคลัง"), obligations=(demand,), fiscal_year=year, sha=sha * 64)
        import_plan(world.services, one, actor="test")
    told = live(world, date(2023, 9, 26), date(2023, 10, 11))
    assert told == {
        date(2023, 9, 26): [OWNER],  # before-7 of the old year, which was imported after it
        date(2023, 9, 27): [OWNER],  # before-3
        date(2023, 9, 29): [OWNER],  # before-1 and due of the old year, before-30 of the new one
        date(2023, 10, 2): [OWNER],  # overdue-1
        date(2023, 10, 4): sorted([OWNER, HEAD]),
        date(2023, 10, 10): EVERYBODY,
    }
    both = mails_to(world, OWNER)[2]
    assert "แผนปี 2566" in both
    assert "แผนปี 2567" in both


def test_new_year_and_songkran_cost_no_working_day_twice(world: World) -> None:
    """Seven working days after 30 December 2022 are counted over the long New Year: the 30th to the 3rd are off."""
    world.begins(date(2022, 12, 29))
    told = live(world, date(2022, 12, 28), date(2023, 1, 12))
    assert [day for day in told if day > date(2022, 12, 29)] == [
        date(2023, 1, 4),  # overdue-1: the first working day of the year
        date(2023, 1, 6),
        date(2023, 1, 12),
    ]
