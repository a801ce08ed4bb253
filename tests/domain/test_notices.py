from dataclasses import replace
from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from schedules.calendars import WorkCalendar
from schedules.days_off import in_force
from schedules.ladders import shipped_ladder
from tests.fakes import bangkok
from tracker.domain.notices import due, pending
from tracker.domain.tasks import Task

LADDER = shipped_ladder()
CALENDAR = WorkCalendar(in_force(range(2021, 2026), {}))
NAMES = [rung.name for rung in LADDER.rungs]


def task(**values: object) -> Task:
    base = Task(1, "open", date(2022, 10, 31), 1, LADDER, -1, unit_id=1)
    return replace(base, **values)  # type: ignore[arg-type]


def said(at: str, **values: object) -> str | None:
    rung = due(task(**values), now=bangkok(at), calendar=CALENDAR).rung
    return rung.name if rung else None


def test_nothing_is_due_before_the_first_rung() -> None:
    assert said("2022-09-01 09:00") is None


def test_the_due_rung_comes_on_the_due_day_at_opening() -> None:
    before = NAMES.index("before-1")
    assert said("2022-10-31 08:29", reached=before) is None
    assert said("2022-10-31 08:30", reached=before) == "due"


def test_a_rung_is_said_once() -> None:
    assert said("2022-10-31 15:00", reached=NAMES.index("due")) is None


def test_after_an_outage_only_the_newest_missed_rung_is_said_and_the_older_are_superseded() -> None:
    found = due(task(reached=NAMES.index("before-30")), now=bangkok("2022-11-10 09:00"), calendar=CALENDAR)
    assert found.rung is not None
    assert found.rung.name == "overdue-7"
    assert [rung.name for rung in found.superseded] == [
        "before-14",
        "before-7",
        "before-3",
        "before-1",
        "due",
        "overdue-1",
        "overdue-3",
    ]


def test_a_closed_task_says_nothing_and_why() -> None:
    for status in ("submitted", "done", "waived"):
        found = due(task(status=status), now=bangkok("2022-12-01 09:00"), calendar=CALENDAR)
        assert found.rung is None
        assert found.next_at is None
        assert status in (found.why_none or "")


def test_a_promise_holds_notices_back_until_the_working_day_after_it() -> None:
    promised = {"promised": date(2022, 11, 4), "reached": NAMES.index("due")}  # a Friday
    assert said("2022-11-03 09:00", **promised) is None
    assert said("2022-11-07 08:30", **promised) == "overdue-3"


def test_after_the_last_rung_there_is_a_stated_reason_for_silence() -> None:
    found = due(task(reached=len(NAMES) - 1), now=bangkok("2023-09-01 09:00"), calendar=CALENDAR)
    assert found.rung is None
    assert found.next_at is None
    assert found.why_none == "the last rung was reached"


def test_a_task_opened_late_waits_with_its_newest_rung_since_it_was_opened() -> None:
    rung, at = pending(task(), now=bangkok("2022-11-04 09:00"), calendar=CALENDAR)
    assert rung is not None
    assert rung.name == "overdue-3"
    assert at == bangkok("2022-11-04 09:00")


def test_what_is_brought_up_while_the_office_is_closed_waits_for_its_opening() -> None:
    assert pending(task(), now=bangkok("2022-11-05 12:00"), calendar=CALENDAR)[1] == bangkok("2022-11-07 08:30")


def test_a_second_look_leaves_what_waits_where_it_was() -> None:
    waiting = task(next_notice_at=bangkok("2022-11-04 09:00"))
    assert pending(waiting, now=bangkok("2022-11-04 16:00"), calendar=CALENDAR)[1] == bangkok("2022-11-04 09:00")


WEEKLY = {"reached": NAMES.index("overdue-7")}
ENDED = {"ladder": replace(LADDER, rungs=LADDER.rungs[: NAMES.index("overdue-7") + 1])}


def withheld(at: str, **values: object) -> list[str]:
    found = due(task(**values), now=bangkok(at), calendar=CALENDAR)
    assert found.rung is None
    assert found.superseded == ()
    return [rung.name for rung in found.outdated]


def test_a_rung_is_still_said_when_it_was_missed_for_as_long_as_the_ladder_allows() -> None:
    assert said("2022-12-09 15:00", **ENDED) == "overdue-7"


def test_a_rung_that_was_missed_for_longer_is_withheld_with_all_before_it_and_counts_as_reached() -> None:
    assert withheld("2022-12-13 09:00", **ENDED) == NAMES[: NAMES.index("overdue-7") + 1]
    found = due(task(**ENDED), now=bangkok("2022-12-13 09:00"), calendar=CALENDAR)
    assert found.reached == NAMES.index("overdue-7")
    assert found.why_none == "the last rung was reached"


def test_the_newest_of_the_missed_rungs_decides_whether_they_are_too_old() -> None:
    assert said("2022-12-20 09:00", reached=NAMES.index("before-30")) == "overdue-weekly-5"


def test_a_ladder_that_never_catches_up_says_what_comes_due_on_the_day_itself() -> None:
    never = {"ladder": replace(LADDER, catch_up_days=0), **WEEKLY}
    assert said("2022-11-16 16:00", **never) == "overdue-weekly-1"
    assert withheld("2022-11-17 08:30", **never) == ["overdue-weekly-1"]


def test_a_task_opened_late_starts_at_its_newest_rung_however_old_that_is() -> None:
    assert said("2023-06-01 10:00", opened_at=bangkok("2023-06-01 09:00"), **ENDED) == "overdue-7"
    assert withheld("2023-07-05 09:00", opened_at=bangkok("2023-06-01 09:00"), **ENDED)


def test_what_was_opened_on_a_day_off_counts_from_the_next_opening_of_the_office() -> None:
    friday = {"ladder": replace(LADDER, catch_up_days=0), "opened_at": bangkok("2022-11-05 12:00")}  # a Saturday
    assert said("2022-11-07 08:30", **friday) == "overdue-3"


def test_a_promise_makes_no_rung_outdated() -> None:
    """A rung that a promise held back counts from the end of the promise."""
    promised = {"promised": date(2022, 12, 9), **ENDED}
    assert said("2022-12-13 08:30", **promised) == "overdue-7"  # the 12th is a day off
    assert said("2023-01-12 08:30", **promised) == "overdue-7"
    assert withheld("2023-01-13 08:30", **promised)


def test_an_act_that_brings_up_an_old_rung_makes_it_new() -> None:
    """Such as an extension to a day that has passed: `pending` keeps the moment of the act."""
    at = "2023-06-01 10:00"
    _, kept = pending(task(**ENDED), now=bangkok(at), calendar=CALENDAR)
    assert said("2023-06-05 09:00", next_notice_at=kept, **ENDED) == "overdue-7"


def test_a_rung_that_is_too_old_waits_for_the_sweep_that_records_it() -> None:
    stale = task(next_notice_at=bangkok("2022-11-09 08:30"), **ENDED)
    rung, at = pending(stale, now=bangkok("2023-06-01 10:00"), calendar=CALENDAR)
    assert rung is not None
    assert (rung.name, at) == ("overdue-7", bangkok("2022-11-09 08:30"))


DUE_DAYS = st.dates(date(2022, 1, 1), date(2024, 6, 30))
STEPS = st.lists(st.integers(1, 60 * 24 * 20), min_size=1, max_size=30)


@given(DUE_DAYS, STEPS, st.integers(-40, 40))
def test_whatever_the_sweeps_each_rung_is_said_at_most_once_and_never_goes_back(
    due_day: date, minutes: list[int], lead: int
) -> None:
    now = datetime.combine(due_day + timedelta(days=lead), datetime.min.time(), bangkok("2022-01-01").tzinfo)
    current, spoken = task(due=due_day), []
    for step in minutes:
        now += timedelta(minutes=step)
        found = due(current, now=now, calendar=CALENDAR)
        if found.rung:
            spoken.append(NAMES.index(found.rung.name))
            assert found.rung.instant(due_day, CALENDAR) <= now
        assert found.next_at is None or found.next_at > now
        assert (found.next_at is None) == (found.why_none is not None)
        current = replace(current, reached=found.reached)
    assert spoken == sorted(set(spoken))


@given(DUE_DAYS, STEPS, st.integers(-40, 40), st.integers(0, 40))
def test_whatever_the_sweeps_each_rung_is_said_superseded_or_outdated_exactly_once(
    due_day: date, minutes: list[int], lead: int, catch_up: int
) -> None:
    now = datetime.combine(due_day + timedelta(days=lead), datetime.min.time(), bangkok("2022-01-01").tzinfo)
    current = task(due=due_day, opened_at=now, ladder=replace(LADDER, catch_up_days=catch_up))
    decided: list[str] = []
    for step in minutes:
        now += timedelta(minutes=step)
        found = due(current, now=now, calendar=CALENDAR)
        decided += [rung.name for rung in (*found.superseded, *found.outdated, *([found.rung] if found.rung else []))]
        current = replace(current, reached=found.reached)
    assert decided == NAMES[: current.reached + 1]


@given(DUE_DAYS, st.integers(-400, 400))
def test_what_a_person_has_just_brought_up_is_never_outdated(due_day: date, lead: int) -> None:
    now = datetime.combine(due_day + timedelta(days=lead), datetime.min.time(), bangkok("2022-01-01").tzinfo)
    _, kept = pending(task(due=due_day), now=now, calendar=CALENDAR)
    brought_up = task(due=due_day, next_notice_at=kept)
    opening = CALENDAR.next_open(now)
    found = due(brought_up, now=opening, calendar=CALENDAR)
    assert found.outdated == ()
    assert found.rung is not None or found.next_at == kept


@given(DUE_DAYS)
def test_every_rung_comes_due_inside_office_hours_on_a_working_day(due_day: date) -> None:
    instants = [rung.instant(due_day, CALENDAR) for rung in LADDER.rungs]
    assert all(map(CALENDAR.is_open, instants))
    assert instants == sorted(instants)
