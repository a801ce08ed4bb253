"""What the watch finds, from facts alone; and what is told of it, in which words."""

from datetime import datetime, timedelta
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schedules.calendars import WorkCalendar
from tests.fakes import bangkok
from tracker.domain.watch import (
    LEAST_FREE,
    Attempt,
    Bells,
    ChannelState,
    Code,
    Facts,
    Finding,
    Sweeps,
    Work,
    findings,
)
from tracker.domain.watch_words import in_english, in_thai, letter, on_screen, subject, to_json

MINUTE = timedelta(minutes=1)
MONDAY = "2022-10-03"
EVENING = bangkok(f"{MONDAY} 20:00")


def seen(at: str = f"{MONDAY} 10:00", *, decided: str | None = None, **parts: object) -> Facts:
    now = bangkok(at)
    sweeps = Sweeps.every(MINUTE, ended=now, decided=bangkok(decided) if decided else now)
    well = {"free": LEAST_FREE, "database_clock": now, "newest": now, "sweeps": sweeps, "work": Work()}
    return Facts(now, WorkCalendar(), **{**well, **parts})  # type: ignore[arg-type]


def codes(facts: Facts) -> list[str]:
    return [finding.key for finding in findings(facts)]


def at(text: str) -> datetime:
    return bangkok(f"{MONDAY} {text}")


def mail(**values: object) -> Work:
    return Work(channels=(ChannelState("email", **{"waiting": 2, **values}),))  # type: ignore[arg-type]


def test_nothing_is_found_when_all_is_well() -> None:
    assert codes(seen()) == []


@pytest.mark.parametrize(("late", "found"), [(3 * MINUTE, []), (3 * MINUTE + timedelta(seconds=1), ["sweep"])])
def test_a_sweep_may_be_three_intervals_late(late: timedelta, found: list[str]) -> None:
    facts = seen()
    assert codes(seen(sweeps=Sweeps.every(MINUTE, ended=facts.now - late, decided=facts.now - late))) == found


def test_sweeps_each_second_are_not_late_after_three() -> None:
    ended = seen().now - 2 * MINUTE
    assert codes(seen(sweeps=Sweeps.every(timedelta(seconds=1), ended=ended, decided=ended))) == []


def test_a_service_that_never_swept_is_not_well() -> None:
    assert codes(seen(sweeps=Sweeps.every(MINUTE, ended=None, decided=None))) == ["no-sweep"]


def test_a_broker_that_is_away_explains_a_late_sweep() -> None:
    late = Sweeps.every(MINUTE, ended=at("08:00"), decided=at("08:00"))
    assert codes(seen(sweeps=late, faults={"broker": "The broker does not answer."})) == ["broker"]


@pytest.mark.parametrize(
    ("since", "decided", "found"),
    [
        ("09:56", "10:00", True),
        ("09:57", "10:00", False),  # exactly three intervals
        ("09:00", "09:00", False),  # no sweep came after it: that is found, not this
        ("09:00", "09:02", False),
    ],
)
def test_a_task_is_unchecked_when_a_sweep_passed_it_over(since: str, decided: str, found: bool) -> None:
    work = Work(unchecked=((7, at(since)),))
    assert codes(seen(decided=f"{MONDAY} {decided}", work=work)) == (["task-unchecked"] if found else [])


def test_what_waits_for_the_office_does_not_wait_too_long() -> None:
    weekend = bangkok("2022-10-01 12:00")  # a Saturday
    work = Work(unchecked=((7, weekend),), untold=(1, weekend))
    assert codes(seen(f"{MONDAY} 08:32", work=work)) == []
    assert codes(seen(f"{MONDAY} 08:34", work=work)) == ["task-unchecked", "incident-untold"]


def test_what_was_left_at_closing_is_still_found_at_night_and_what_nobody_could_do_is_not() -> None:
    work = Work(unchecked=((7, at("15:00")),))
    assert codes(seen(f"{MONDAY} 22:00", decided=f"{MONDAY} 16:29", work=work)) == ["task-unchecked"]
    assert codes(seen(f"{MONDAY} 22:00", decided=f"{MONDAY} 14:00", work=work)) == []


def test_a_message_that_is_due_and_not_tried_is_found_after_a_quarter_of_an_hour() -> None:
    assert codes(seen(work=mail(due_since=at("09:45")))) == []
    assert codes(seen(work=mail(due_since=at("09:44")))) == ["message-waits:email"]


def test_a_long_queue_that_is_worked_off_is_not_stuck() -> None:
    assert codes(seen(work=mail(due_since=at("08:30"), last=Attempt(at("09:50"))))) == []
    assert codes(seen(work=mail(due_since=at("08:30"), last=Attempt(at("09:40"))))) == ["message-waits:email"]


def test_a_lease_may_run_out_but_must_not_hang() -> None:
    assert codes(seen(work=mail(lease_until=at("09:56")))) == []
    assert codes(seen(work=mail(lease_until=at("09:54")))) == ["message-held:email"]


def test_a_channel_that_is_set_wrongly_is_found_while_messages_wait_for_it() -> None:
    refused = Attempt(at("09:59"), "535 wrong password")
    assert codes(seen(work=mail(last=refused))) == ["channel:email"]
    assert codes(seen(work=mail(last=refused, waiting=0))) == []


def test_each_queue_that_nobody_serves_is_found_with_the_time_since() -> None:
    bells = (Bells("sweep", 0), Bells("deliver-line", 3, 5 * MINUTE), Bells("deliver-email", 1, -MINUTE))
    (found,) = findings(seen(bells=bells))
    assert (found.key, found.since) == ("queue:deliver-line", at("09:55"))


def test_the_disk_has_a_floor() -> None:
    assert codes(seen(free=LEAST_FREE - 1)) == ["disk"]


@pytest.mark.parametrize(
    ("parts", "found"),
    [
        ({"database_clock": at("10:00") + timedelta(seconds=31)}, True),
        ({"database_clock": at("10:00") - timedelta(seconds=31)}, True),
        ({"database_clock": at("10:00") - timedelta(seconds=30)}, False),
        ({"database_clock": None}, False),
        ({"newest": at("10:01")}, True),
        ({"newest": at("08:00")}, False),
    ],
)
def test_the_clock_agrees_with_the_database_and_is_not_behind_what_is_written(parts: dict, found: bool) -> None:
    assert codes(seen(**parts)) == (["clock"] if found else [])


def test_what_has_no_excuse_is_found_at_once_and_at_any_hour() -> None:
    work = Work(silent=(3,), dead=(9,))
    assert codes(seen("2022-10-01 23:00", work=work)) == ["task-silent", "message-dead"]


def test_only_some_of_many_are_named() -> None:
    (found,) = findings(seen(work=Work(silent=(1, 2, 3, 4, 5, 6))))
    assert found.said["tasks"] == "1, 2, 3, 4, 5 …"


def one_of_each() -> list[Finding]:
    said = {"fault": "F.", "free": "1", "seconds": "31", "queue": "sweep", "waiting": "2", "tasks": "1, 2"}
    said |= {"channel": "email", "messages": "3", "count": "4"}
    return [Finding(code, said=said, since=EVENING) for code in get_args(Code)]


@pytest.mark.parametrize("finding", one_of_each(), ids=lambda finding: finding.code)
def test_each_finding_says_what_and_what_to_do_in_both_languages(finding: Finding) -> None:
    english, thai = in_english(finding), in_thai(finding)
    for said in (english.what, english.mend, thai.what, thai.mend):
        assert said
        assert "{" not in said
    assert english.what.isascii()
    assert any("ก" <= letter <= "๛" for letter in thai.what)


def test_a_screen_writes_the_moment_as_every_command_does() -> None:
    (found,) = findings(seen(work=mail(due_since=at("09:00"))))
    assert "have been due since 3 ต.ค. 2565 09:00," in on_screen(found).what


def test_a_letter_says_everything_in_thai_and_below_in_english() -> None:
    (found,) = findings(seen(work=mail(due_since=at("09:00"))))
    text = letter("begins", [found], "เทศบาลทดสอบ")
    assert "เรียน ผู้ดูแลระบบ" in text
    assert "ค้างส่งตั้งแต่ วันที่ ๓ ตุลาคม ๒๕๖๕ เวลา ๐๙.๐๐ น." in text
    assert "due since 2022-10-03 09:00" in text
    assert "เทศบาลทดสอบ" in subject("begins", "เทศบาลทดสอบ")
    assert "ปกติแล้ว" in subject("over", None)


def test_a_finding_as_json_has_its_moment_and_its_words() -> None:
    (found,) = findings(seen(work=mail(due_since=at("09:00"))))
    given_ = to_json(found)
    assert (given_["code"], given_["about"], given_["since"]) == ("message-waits", "email", "2022-10-03T02:00:00+00:00")


@given(st.integers(0, 14 * 24 * 60), st.integers(1, 3 * 8 * 60))
def test_office_hours_are_counted_as_if_minute_by_minute(start: int, span: int) -> None:
    calendar, instant = WorkCalendar(), bangkok("2022-10-01 00:00") + start * MINUTE
    after = calendar.after_open(instant, span * MINUTE)
    minutes = int((after - instant) / MINUTE)
    assert sum(calendar.is_open(instant + n * MINUTE) for n in range(minutes)) == span
    assert calendar.is_open(after - MINUTE)
