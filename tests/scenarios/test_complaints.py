"""What people would complain of, and why they need not."""

import dataclasses
from contextlib import suppress
from datetime import date

import pytest

from schedules.calendars import WorkCalendar
from schedules.days_off import suggested
from tests.builders import World, person, staff
from tests.fakes import ACCEPTED, FakeClock, at_once
from tests.scenarios.days import CHIEF, DUE, EVERYBODY, HEAD, OWNER, live, mails_to
from tracker.delivery.channel import Outcome, OutcomeKind, Outgoing
from tracker.errors import Refused
from tracker.store.session import Store
from tracker.store.tables import MessageRow, SuppressionRow
from tracker.usecases.arrange import set_day_off

GONE = Outcome(OutcomeKind.PERMANENT, 550, "no such user")


def test_a_missed_morning_is_not_a_lost_reminder(world: World) -> None:
    world.begins(DUE)
    live(world, date(2022, 10, 3), date(2022, 10, 16))
    assert world.day("2022-10-17 14:47") == [OWNER]  # before-14 came due at 08:30


def test_a_missed_day_is_not_a_lost_reminder_either(world: World) -> None:
    world.begins(DUE)
    live(world, date(2022, 10, 3), date(2022, 10, 20))
    assert world.day("2022-10-25 08:30") == [OWNER]  # before-7 came due on Friday the 21st, the 24th is a day off
    assert "อีก ๖ วัน" in mails_to(world, OWNER)[-1]


def test_two_runs_do_not_repeat_a_reminder(world: World) -> None:
    world.begins(DUE)
    assert world.day("2022-10-17 09:00") == [OWNER]
    for again in ("2022-10-17 09:00", "2022-10-17 09:01", "2022-10-17 16:29", "2022-10-18 08:30"):
        assert world.day(again) == []


def test_two_beats_at_once_write_to_each_reader_once(both: World) -> None:
    both.begins(DUE)
    both.clock.set("2022-11-09 08:30")

    def beat() -> None:
        both.sweep()
        both.deliver()

    at_once(beat, beat)
    both.deliver()
    addresses = [message.address.split("@")[0] for message in both.mail.accepted]
    assert sorted(addresses) == sorted([*EVERYBODY, "coordinator"])


def test_nothing_leaves_on_weekends_or_holidays(world: World) -> None:
    world.begins(DUE)
    set_day_off(world.services, date(2022, 11, 9), "วันหยุดพิเศษ", off=True, actor="test")
    told = live(world, date(2022, 10, 15), date(2022, 12, 16))
    calendar = WorkCalendar(frozenset(suggested(2022)) | {date(2022, 11, 9)})
    assert all(calendar.is_working(day) for day in told)
    assert told[date(2022, 11, 10)] == EVERYBODY  # overdue-7


def test_no_flood_after_an_outage(world: World) -> None:
    """Ten tasks that went past their dates while everything stood still give each reader one message, once."""
    world.begins(*[date(2022, 11, day) for day in range(1, 11)])
    live(world, date(2022, 10, 3), date(2022, 10, 5))
    assert world.day("2022-12-20 08:30") == EVERYBODY
    assert len(world.rows(SuppressionRow)) > 50
    assert world.day("2022-12-20 08:31") == []


def test_in_progress_does_not_silence_for_ever(world: World) -> None:
    world.begins(DUE)
    live(world, date(2022, 10, 28), DUE)
    world.act("ack", day=date(2022, 11, 14))
    assert live(world, date(2022, 11, 1), date(2022, 11, 14)) == {}
    assert world.day("2022-11-15 09:00") == EVERYBODY
    world.act("ack", day=date(2022, 11, 29))
    assert live(world, date(2022, 11, 16), date(2022, 11, 29)) == {}
    assert world.day("2022-11-30 09:00") == EVERYBODY
    with pytest.raises(Refused, match="the limit"):
        world.act("ack", day=date(2022, 12, 2))
    assert CHIEF in world.day("2022-12-08 09:00")


def test_nobody_can_promise_a_date_beyond_the_limit_of_the_policy(world: World) -> None:
    world.begins(DUE)
    with pytest.raises(Refused, match="at most 14 days ahead"):
        world.act("ack", day=date(2022, 10, 18))
    assert world.day("2022-10-03 09:00") == [OWNER]


def test_a_promise_that_is_not_kept_is_followed_up_where_the_ladder_stands(world: World) -> None:
    world.begins(DUE)
    live(world, date(2022, 10, 28), date(2022, 11, 1))
    world.act("ack", day=date(2022, 11, 4))
    assert live(world, date(2022, 11, 2), date(2022, 11, 7)) == {date(2022, 11, 7): sorted([OWNER, HEAD])}


def five(world: World) -> None:
    officers = [
        person(f"เจ้าหน้าที่ {n}", f"กองที่ {n}", "officer", email=f"o{n}@example.org", unit_group="ทุกส่วนราชการ")
        for n in range(1, 6)
    ]
    world.people([*officers, staff()[-1]])
    world.imports(DUE, owner="ทุกส่วนราชการ")


def test_one_reader_whose_message_raises_does_not_cost_the_others_theirs(world: World) -> None:
    def answer(message: Outgoing) -> Outcome:
        if message.address == "o2@example.org":
            raise OSError("the library fell over")
        return ACCEPTED

    five(world)
    world.mail.answer = answer
    world.sweep("2022-10-03 09:00")
    with pytest.raises(OSError, match="fell over"):
        world.deliver()
    world.deliver(at="2022-10-03 09:01")
    assert {message.address[:2] for message in world.mail.accepted} == {"o1", "o3", "o4", "o5", "co"}
    for minute in range(2, 60, 3):  # each try ends like the first, until it is enough
        with suppress(OSError):
            world.day(f"2022-10-03 09:{minute:02}")
    assert {row.address for row in world.rows(MessageRow) if row.status == "dead"} == {"o2@example.org"}
    assert "เจ้าหน้าที่ 2" in mails_to(world, "coordinator")[-1]


def test_one_address_that_is_refused_does_not_cost_the_others_theirs(world: World) -> None:
    five(world)
    world.mail.answer = lambda message: GONE if message.address == "o2@example.org" else ACCEPTED
    assert world.day("2022-10-03 09:00") == ["o1", "o3", "o4", "o5"]
    assert world.day("2022-10-03 09:01") == ["coordinator"]  # nobody else is above, so it is the last resort
    assert "แผนที่ 1" in mails_to(world, "coordinator")[-1]
    assert "o…@example.org" in mails_to(world, "coordinator")[-1]


@pytest.mark.parametrize("act", ["submit", "done", "waive"])
def test_who_has_reported_reads_no_more_even_when_the_message_waits(world: World, act: str) -> None:
    world.begins(DUE).sweep("2022-10-31 16:29")
    world.clock.set("2022-10-31 19:00")
    world.act(act, reason="ได้รับรายงานแล้ว")  # type: ignore[arg-type]
    assert live(world, date(2022, 11, 1), date(2022, 11, 11)) == {}
    assert mails_to(world, OWNER) == []


def head_as_owner(world: World, **values: object) -> None:
    _, head, *others = staff()
    world.people([head, dataclasses.replace(head, role="officer", **values), *others])  # type: ignore[arg-type]
    world.imports(DUE)


def test_a_head_who_is_the_owner_too_is_told_once_and_as_the_head(world: World) -> None:
    head_as_owner(world, supervisor=None)
    told = live(world, date(2022, 10, 28), date(2022, 11, 9))
    assert told[date(2022, 11, 3)] == [HEAD]
    assert told[date(2022, 11, 9)] == sorted([HEAD, CHIEF])
    assert {audience for _, rung, audience, _ in world.notices() if rung == "overdue-3"} == {"supervisor"}


def test_a_head_who_is_the_owner_too_is_followed_up_by_whom_the_file_names_above(world: World) -> None:
    head_as_owner(world)
    told = live(world, date(2022, 10, 28), date(2022, 11, 9))
    assert told[date(2022, 11, 3)] == told[date(2022, 11, 9)] == sorted([HEAD, CHIEF])


def test_a_copy_of_the_service_that_starts_later_says_nothing_again(world: World) -> None:
    """Such as the old server, started by mistake on the same database."""
    world.begins(DUE)
    live(world, date(2022, 10, 28), DUE)
    other = World(Store(str(world.store.engine.url)), FakeClock("2022-10-31 09:30"), world.home)
    assert other.day("2022-10-31 09:30") == []
    other.store.close()
