"""The rules of notices over random ladders, calendars, staffs and checks: pure, so thousands of lives in seconds."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from schedules.calendars import BANGKOK, OfficeHours, WorkCalendar, bangkok_day
from schedules.ladders import AUDIENCES, Ladder, Rung
from tracker.domain.decisions import Decision, decide
from tracker.domain.next_step import next_step
from tracker.domain.notices import due, held_until, pending
from tracker.domain.people import ROLES, Leave, Person, Post, Staff
from tracker.domain.tasks import STATUSES, Task
from tracker.domain.truth import why_withdrawn

FIRST, SPAN = date(2023, 1, 2), 120
EMAIL = frozenset({"email"})
PEOPLE = range(1, 6)

days = st.integers(-30, SPAN).map(lambda n: FIRST + timedelta(days=n))
quarters = st.integers(-60 * 96, 200 * 96)
"""Quarters of an hour: one number is drawn far faster than a date and a time."""
moments = quarters.map(lambda n: datetime(2023, 1, 2, tzinfo=BANGKOK) + n * timedelta(minutes=15))
office_hours = st.sampled_from([OfficeHours(), OfficeHours(time(9), time(12)), OfficeHours(time(0), time(0))])
calendars = st.builds(WorkCalendar, st.lists(days, max_size=5).map(frozenset), office_hours)


@st.composite
def ladders(draw: st.DrawFn) -> Ladder:
    offsets = sorted(draw(st.sets(st.integers(-40, 25), min_size=1, max_size=8)))
    audiences = st.lists(st.sampled_from(AUDIENCES), min_size=1, max_size=3, unique=True).map(tuple)
    rungs = tuple(Rung(f"rung{offset}", offset, draw(audiences), "overdue") for offset in offsets)
    return Ladder(rungs, catch_up_days=draw(st.sampled_from([0, 5, 30, 400])))


@st.composite
def tasks(draw: st.DrawFn) -> Task:
    ladder = draw(ladders())
    return Task(
        1,
        draw(st.sampled_from(STATUSES)),
        draw(days),
        1,
        ladder,
        draw(st.integers(-1, len(ladder.rungs) - 1)),
        unit_id=1,
        owner_id=draw(st.none() | st.sampled_from(PEOPLE)),
        promised=draw(st.none() | days),
        opened_at=draw(st.none() | moments),
    )


@st.composite
def staffs(draw: st.DrawFn) -> Staff:
    mute = draw(st.sampled_from([0, 0, *PEOPLE]))
    people = tuple(Person(n, f"คนที่ {n}", None if n == mute else f"p{n}@example.org") for n in PEOPLE)
    posts = st.builds(
        Post,
        person_id=st.sampled_from(PEOPLE),
        unit_id=st.integers(1, 2),
        role=st.sampled_from(ROLES),
        supervisor_id=st.none() | st.sampled_from(PEOPLE),
        since=st.sampled_from([None, None, FIRST, FIRST + timedelta(days=40)]),
        until=st.sampled_from([None, None, FIRST + timedelta(days=40), FIRST + timedelta(days=70)]),
    )
    leaves = st.builds(Leave, st.sampled_from(PEOPLE), st.sampled_from(PEOPLE), days, days)
    return Staff(people, tuple(draw(st.lists(posts, max_size=6))), tuple(draw(st.lists(leaves, max_size=2))))


@dataclass(frozen=True, slots=True)
class Life:
    """A task that is looked at at some moments by checks, of which those outside office hours decide nothing."""

    task: Task
    staff: Staff
    calendar: WorkCalendar
    checks: list[datetime]

    def decisions(self) -> Iterator[tuple[datetime, Task, Decision]]:
        task = self.task
        for now in self.checks:
            if self.calendar.is_open(now):
                directory = self.staff.on(bangkok_day(now))
                found = decide([task], directory, now=now, calendar=self.calendar, available=EMAIL)
                yield now, task, found
                task = replace(task, reached=found.steps[0].reached, next_notice_at=found.steps[0].next_at)


open_tasks = tasks().map(lambda task: replace(task, status="open", reached=-1))
checks = st.lists(moments, min_size=1, max_size=10).map(sorted)
open_lives = st.builds(Life, open_tasks, staffs(), calendars, checks)


@given(open_lives)
def test_nobody_is_told_the_same_rung_twice_nor_an_older_one_after_a_newer(life: Life) -> None:
    told: dict[int, int] = {}
    for _, _, found in life.decisions():
        assert len({notice.person_id for notice in found.notices}) == len(found.notices)
        for notice in found.notices:
            place = life.task.ladder.rungs.index(notice.rung)
            assert place > told.get(notice.person_id, -1)
            told[notice.person_id] = place


@given(open_lives)
def test_of_the_rungs_that_came_due_the_newest_is_said_and_the_others_withheld_with_a_reason(life: Life) -> None:
    for now, before, found in life.decisions():
        come = life.task.ladder.rungs[before.reached + 1 : found.steps[0].reached + 1]
        said = {notice.rung.name for notice in found.notices}
        assert said <= {rung.name for rung in come[-1:]}
        withheld = {each.rung: each.reason for each in found.suppressions}
        assert said | set(withheld) == {rung.name for rung in come}
        assert all(withheld.values())
        assert all(rung.instant(before.due, life.calendar) <= now for rung in come)


@given(open_lives)
def test_whoever_is_told_can_be_told_and_is_not_away(life: Life) -> None:
    for now, _, found in life.decisions():
        away = {leave.person_id for leave in life.staff.leaves if leave.covers(bangkok_day(now))}
        reachable = {person.id for person in life.staff.people if person.email}
        assert {notice.person_id for notice in found.notices} <= reachable - away


@given(tasks(), staffs(), calendars, moments)
def test_of_a_task_that_is_not_open_nothing_is_decided_and_nothing_that_waits_is_said(
    task: Task, staff: Staff, calendar: WorkCalendar, now: datetime
) -> None:
    found = decide([task], staff.on(bangkok_day(now)), now=now, calendar=calendar, available=EMAIL)
    why = why_withdrawn(
        task, cycle=1, rung=task.ladder.rungs[0].name, decided_at=now, promised_at=None, today=bangkok_day(now)
    )
    if task.status == "open":
        holds = task.promised is not None and task.promised >= bangkok_day(now)
        assert why == ("the owner promised a date" if holds else None)
    else:
        assert (found.notices, found.suppressions, found.steps[0].next_at) == ([], [], None)
        assert why == f"the task is {task.status}"


@given(tasks(), calendars, moments)
def test_whatever_is_to_be_said_next_is_said_while_the_office_is_open(
    task: Task, calendar: WorkCalendar, now: datetime
) -> None:
    assert all(calendar.is_open(rung.instant(task.due, calendar)) for rung in task.ladder.rungs)
    found = due(task, now=now, calendar=calendar)
    kept = pending(task, now=now, calendar=calendar)[1]
    for at in (found.next_at, kept, held_until(task, now=now, calendar=calendar), next_step(task, now, calendar).at):
        assert at is None or calendar.is_open(at)
    assert calendar.is_open(calendar.next_open(now))


@given(calendars, moments)
def test_the_next_opening_is_the_first_open_moment(calendar: WorkCalendar, now: datetime) -> None:
    opening = calendar.next_open(now)
    assert opening >= now
    if opening > now:
        assert not calendar.is_open(now)
        assert not calendar.is_open(opening - timedelta(microseconds=1))
        assert not calendar.is_open(now + (opening - now) / 2)


@given(tasks(), calendars, moments)
def test_the_rungs_of_a_ladder_come_in_their_order(task: Task, calendar: WorkCalendar, now: datetime) -> None:
    instants = [rung.instant(task.due, calendar) for rung in task.ladder.rungs]
    assert instants == sorted(instants)
    come = [rung for rung, at in zip(task.ladder.rungs, instants, strict=True) if at <= now]
    fresh = replace(task, status="open", reached=-1, promised=None)
    assert due(fresh, now=now, calendar=calendar).reached == len(come) - 1


@given(tasks(), calendars, moments)
def test_a_task_has_a_next_action_or_a_reason_and_never_an_action_when_it_is_not_open(
    task: Task, calendar: WorkCalendar, now: datetime
) -> None:
    step = next_step(task, now, calendar)
    assert (step.rung is None) == (step.at is None)
    assert step.rung or step.why
    if task.status != "open":
        assert (step.rung, step.why) == (None, task.status)
    if step.at:
        assert step.at >= now
    if step.why == "promised":
        assert task.promised is not None
        assert step.at is not None
        assert bangkok_day(step.at) > task.promised


@given(open_lives, moments)
def test_what_a_check_keeps_for_a_task_is_its_next_step_at_any_later_moment(life: Life, later: datetime) -> None:
    for now, before, found in life.decisions():
        (kept,) = found.steps
        after = replace(before, reached=kept.reached, next_notice_at=kept.next_at)
        moment = max(later, now)
        step = next_step(after, moment, life.calendar)
        if kept.next_at is None:
            assert step.why == "last rung"
        elif kept.next_at > moment:
            assert (step.rung and step.rung.name, step.at) == (kept.next_rung, kept.next_at)
        else:
            assert step.rung or due(after, now=moment, calendar=life.calendar).outdated


@given(open_tasks, calendars, st.integers(0, 20), moments)
def test_a_promise_holds_every_notice_back_until_the_working_day_after_it_and_no_longer(
    task: Task, calendar: WorkCalendar, lead: int, now: datetime
) -> None:
    promised = bangkok_day(now) + timedelta(days=lead)
    held = replace(task, promised=promised)
    assert due(held, now=now, calendar=calendar).rung is None
    ends = calendar.opening(calendar.same_or_after(promised + timedelta(days=1)))
    assert held_until(held, now=now, calendar=calendar) == ends
    assert held_until(held, now=ends, calendar=calendar) is None
