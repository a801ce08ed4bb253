"""For every task at every moment there is a next action, or a stated reason why there is none."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schedules.calendars import WorkCalendar
from schedules.days_off import in_force
from schedules.ladders import shipped_ladder
from tests.fakes import bangkok
from tracker.domain.next_step import NextStep, next_step, sentence
from tracker.domain.notices import due
from tracker.domain.tasks import STATUSES, Task

LADDER = shipped_ladder()
CALENDAR = WorkCalendar(in_force(range(2021, 2027), {}))
NAMES = [rung.name for rung in LADDER.rungs]


def task(**values: object) -> Task:
    base = Task(1, "open", date(2022, 10, 31), 1, LADDER, -1, unit_id=1)
    return replace(base, **values)  # type: ignore[arg-type]


def step(at: str, **values: object) -> NextStep:
    return next_step(task(**values), bangkok(at), CALENDAR)


def test_the_next_rung_is_named_with_its_audience_and_instant() -> None:
    found = step("2022-11-01 15:00", reached=NAMES.index("overdue-1"))
    assert found.to_json() == {
        "rung": "overdue-3",
        "audience": ["owner", "supervisor"],
        "follow_up": 1,
        "at": "2022-11-03T01:30:00+00:00",
        "why": None,
        "until": None,
        "sentence": {
            "th": "จะแจ้งเจ้าหน้าที่ผู้รับผิดชอบ และหัวหน้าส่วน (ติดตามครั้งที่ ๑) ในวันที่ ๓ พฤศจิกายน ๒๕๖๕ เวลา ๐๘.๓๐ น.",
            "en": "The next notice goes to the owner and the supervisor (follow-up no. 1) on 3 พ.ย. 2565 at 08:30.",
        },
    }


def test_a_rung_that_has_come_due_leaves_now_or_when_the_office_opens() -> None:
    assert step("2022-11-04 10:15").at == bangkok("2022-11-04 10:15")
    assert step("2022-11-05 10:15").at == bangkok("2022-11-07 08:30")


def test_a_rung_that_is_too_old_to_be_said_is_passed_over() -> None:
    found = step("2023-06-01 09:00", reached=NAMES.index("overdue-7"), next_notice_at=bangkok("2022-11-16 08:30"))
    assert (found.why, found.rung) == ("last rung", None)


def test_a_promise_names_its_day_and_what_comes_after_it() -> None:
    found = step("2022-11-01 09:00", reached=NAMES.index("due"), promised=date(2022, 11, 4))
    assert (found.why, found.until) == ("promised", date(2022, 11, 4))
    assert sentence(found, "en") == (
        "Held by a promise until 4 พ.ย. 2565; then a notice goes to the owner on 7 พ.ย. 2565 at 08:30."
    )
    assert "คำมั่นไว้ถึงวันที่ ๔ พฤศจิกายน ๒๕๖๕" in sentence(found, "th")


def test_a_promise_that_has_ended_holds_nothing() -> None:
    assert step("2022-11-07 08:30", reached=NAMES.index("due"), promised=date(2022, 11, 4)).why is None


@pytest.mark.parametrize(
    ("values", "english", "thai"),
    [
        ({"status": "submitted"}, "waits for the coordinator's check", "รอผู้ประสานงานตรวจสอบ"),
        ({"status": "done"}, "nothing more", "ไม่มีการแจ้งเตือนอีก"),
        ({"status": "waived"}, "nothing more", "ไม่มีการแจ้งเตือนอีก"),
        ({"reached": len(NAMES) - 1}, "every digest to the executive and the coordinator", "ถึงผู้บริหารและผู้ประสานงาน"),
    ],
)
def test_a_task_that_is_not_spoken_of_says_why(values: dict[str, object], english: str, thai: str) -> None:
    found = step("2023-02-01 09:00", **values)
    assert found.rung is None
    assert english in sentence(found, "en")
    assert thai in sentence(found, "th")


def test_a_step_with_neither_action_nor_reason_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="or a reason"):
        NextStep()
    with pytest.raises(ValueError, match="with its instant"):
        NextStep(rung=LADDER.rungs[0])


@st.composite
def tasks(draw: st.DrawFn) -> Task:
    day = draw(st.dates(date(2022, 1, 1), date(2024, 12, 31)))
    promised = draw(st.none() | st.integers(-60, 60).map(lambda days: day + timedelta(days=days)))
    return task(
        status=draw(st.sampled_from(STATUSES)),
        due=day,
        reached=draw(st.integers(-1, len(NAMES) - 1)),
        promised=promised,
        opened_at=draw(st.none() | st.datetimes(datetime(2022, 1, 1), datetime(2024, 12, 31)).map(_aware)),
    )


def _aware(moment: datetime) -> datetime:
    return moment.replace(tzinfo=bangkok("2022-01-01").tzinfo)


MOMENTS = st.datetimes(datetime(2021, 6, 1), datetime(2025, 12, 31)).map(_aware)


@given(tasks(), MOMENTS)
def test_every_task_at_every_moment_has_a_next_action_or_a_reason(one: Task, now: datetime) -> None:
    found = next_step(one, now, CALENDAR)
    assert (found.rung is not None) or (found.why is not None)
    assert (found.rung is None) == (found.at is None)
    if found.at is not None:
        assert found.at >= now
        assert CALENDAR.is_open(found.at)
    for lang in ("th", "en"):
        said = sentence(found, lang)
        assert said
        assert "{" not in said
        assert "\n" not in said


@given(tasks(), MOMENTS)
def test_the_next_action_is_what_the_sweep_would_decide(one: Task, now: datetime) -> None:
    found = next_step(one, now, CALENDAR)
    decided = due(one, now=now, calendar=CALENDAR)
    assert found.rung == (decided.rung or decided.next_rung)
    if found.rung is None and one.status == "open":
        assert decided.reached == len(NAMES) - 1
