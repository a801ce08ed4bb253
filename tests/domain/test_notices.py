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


def test_a_task_opened_late_waits_with_its_newest_rung() -> None:
    rung, at = pending(task(), now=bangkok("2022-11-04 09:00"), calendar=CALENDAR)
    assert rung is not None
    assert rung.name == "overdue-3"
    assert at == bangkok("2022-11-03 08:30")


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


@given(DUE_DAYS)
def test_every_rung_comes_due_inside_office_hours_on_a_working_day(due_day: date) -> None:
    instants = [rung.instant(due_day, CALENDAR) for rung in LADDER.rungs]
    assert all(map(CALENDAR.is_open, instants))
    assert instants == sorted(instants)
