from dataclasses import replace
from datetime import date

from schedules.calendars import WorkCalendar
from schedules.ladders import shipped_ladder
from tests.fakes import bangkok
from tracker.domain.decisions import Decision, decide
from tracker.domain.people import Directory, Person, Post
from tracker.domain.tasks import Task

LADDER = shipped_ladder()
NAMES = [rung.name for rung in LADDER.rungs]
CALENDAR = WorkCalendar()
DAY = date(2022, 11, 9)
UNIT = 7
OFFICER, HEAD, CHIEF, COORDINATOR = 1, 2, 3, 4


def person(person_id: int, **values: object) -> Person:
    return replace(Person(person_id, f"p{person_id}", email=f"p{person_id}@example.org"), **values)  # type: ignore[arg-type]


PEOPLE = [person(n) for n in (OFFICER, HEAD, CHIEF, COORDINATOR)]
POSTS = [
    Post(OFFICER, UNIT, "officer", supervisor_id=HEAD),
    Post(HEAD, UNIT, "supervisor", supervisor_id=CHIEF),
    Post(CHIEF, 9, "executive"),
    Post(COORDINATOR, UNIT, "coordinator"),
]


def look(rung: str, people: list[Person] = PEOPLE, posts: list[Post] = POSTS, **values: object) -> Decision:
    """Decide about one task whose rung comes due now."""
    index = NAMES.index(rung)
    task = replace(Task(1, "open", date(2022, 10, 31), 1, LADDER, index - 1, UNIT), **values)  # type: ignore[arg-type]
    now = LADDER.rungs[index].instant(task.due, CALENDAR)
    return decide([task], Directory(people, posts, DAY), now=now, calendar=CALENDAR, available=frozenset({"email"}))


def told(decision: Decision) -> dict[int, str]:
    return {notice.person_id: notice.audience for notice in decision.notices}


def test_before_the_due_date_only_the_owner_is_told() -> None:
    assert told(look("before-7")) == {OFFICER: "owner"}


def test_three_days_late_the_supervisor_is_told_too() -> None:
    assert told(look("overdue-3")) == {OFFICER: "owner", HEAD: "supervisor"}


def test_seven_days_late_the_executive_is_told_too() -> None:
    assert told(look("overdue-7")) == {OFFICER: "owner", HEAD: "supervisor", CHIEF: "executive"}


def test_somebody_who_is_owner_and_supervisor_is_told_once_in_the_higher_role() -> None:
    posts = [Post(HEAD, UNIT, "officer"), Post(HEAD, UNIT, "supervisor", supervisor_id=CHIEF), *POSTS[2:]]
    assert told(look("overdue-3", posts=posts)) == {HEAD: "supervisor"}


def test_without_an_officer_the_supervisor_is_told_at_once_and_it_is_reported() -> None:
    decision = look("before-7", posts=POSTS[1:])
    assert told(decision) == {HEAD: "supervisor"}
    assert decision.notices[0].meant_for == "owner"
    assert [(each.level, each.told_instead) for each in decision.unreached] == [("owner", "supervisor")]


def test_an_officer_whom_no_channel_reaches_counts_as_nobody() -> None:
    people = [person(OFFICER, email=None), *PEOPLE[1:]]
    assert told(look("before-7", people=people)) == {HEAD: "supervisor"}


def test_with_nobody_at_all_the_coordinator_is_the_last_resort() -> None:
    assert told(look("before-7", posts=POSTS[3:])) == {COORDINATOR: "coordinator"}


def test_when_even_the_coordinator_is_missing_the_silence_is_recorded() -> None:
    decision = look("before-7", posts=[])
    assert decision.notices == []
    assert "can be reached" in decision.suppressions[-1].reason


def test_somebody_who_has_left_the_post_is_not_told() -> None:
    posts = [replace(POSTS[0], until=date(2022, 10, 1)), *POSTS[1:]]
    assert OFFICER not in told(look("before-1", posts=posts))


def test_an_assigned_person_is_told_instead_of_the_whole_unit() -> None:
    other = 5
    posts = [*POSTS, Post(other, UNIT, "officer", supervisor_id=HEAD)]
    decision = look("before-1", people=[*PEOPLE, person(other)], posts=posts, owner_id=other)
    assert told(decision) == {other: "owner"}


def test_supervisors_that_name_each_other_end_with_the_executives() -> None:
    posts = [
        Post(OFFICER, UNIT, "officer", supervisor_id=HEAD),
        Post(HEAD, UNIT, "supervisor", supervisor_id=OFFICER),
        Post(CHIEF, 9, "executive"),
    ]
    assert told(look("overdue-7", posts=posts)) == {OFFICER: "owner", HEAD: "supervisor", CHIEF: "executive"}


def test_all_tasks_of_one_person_come_together() -> None:
    tasks = [Task(n, "open", date(2022, 10, 31), 1, LADDER, -1, UNIT) for n in range(5)]
    now = bangkok("2022-10-31 09:00")
    decision = decide(tasks, Directory(PEOPLE, POSTS, DAY), now=now, calendar=CALENDAR, available=frozenset({"email"}))
    assert {person_id: len(about) for person_id, about in decision.by_person().items()} == {OFFICER: 5}
