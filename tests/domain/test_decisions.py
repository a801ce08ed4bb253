from dataclasses import replace
from datetime import date

import pytest

from schedules.calendars import WorkCalendar
from schedules.ladders import shipped_ladder
from tests.fakes import bangkok
from tracker.domain.decisions import Decision, Returned, decide
from tracker.domain.people import Directory, Leave, Level, Person, Post
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


def look(
    rung: str,
    people: list[Person] = PEOPLE,
    posts: list[Post] = POSTS,
    leaves: tuple[Leave, ...] = (),
    **values: object,
) -> Decision:
    """Decide about one task whose rung comes due now."""
    index = NAMES.index(rung)
    task = replace(Task(1, "open", date(2022, 10, 31), 1, LADDER, index - 1, UNIT), **values)  # type: ignore[arg-type]
    now = LADDER.rungs[index].instant(task.due, CALENDAR)
    who = Directory(people, posts, DAY, leaves)
    return decide([task], who, now=now, calendar=CALENDAR, available=frozenset({"email"}))


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


def away(person_id: int, substitute_id: int, since: date = DAY, until: date = date(2022, 11, 10)) -> Leave:
    return Leave(person_id, substitute_id, since, until)


SUBSTITUTE = person(5)
WITH_SUBSTITUTE = [*PEOPLE, SUBSTITUTE]
POSTS_TOO = [*POSTS, Post(5, 8, "officer")]


def look_with(rung: str, *leaves: Leave, posts: list[Post] = POSTS_TOO) -> Decision:
    return look(rung, WITH_SUBSTITUTE, posts, leaves=leaves)


def test_a_substitute_is_told_in_the_place_of_somebody_on_leave() -> None:
    decision = look_with("before-7", away(OFFICER, 5))
    assert told(decision) == {5: "owner"}
    assert [notice.acting_for for notice in decision.notices] == [OFFICER]


def test_leave_begins_on_its_first_day_and_is_over_on_its_last() -> None:
    assert told(look_with("before-7", away(OFFICER, 5, date(2022, 11, 8), DAY))) == {OFFICER: "owner"}
    assert told(look_with("before-7", away(OFFICER, 5, date(2022, 11, 10), date(2022, 11, 20)))) == {OFFICER: "owner"}


def test_a_substitute_who_is_away_too_hands_on_to_their_own() -> None:
    decision = look_with("before-7", away(OFFICER, HEAD), away(HEAD, 5))
    assert [(notice.person_id, notice.acting_for) for notice in decision.notices] == [(5, OFFICER)]


def test_substitutes_in_a_circle_are_nobody_and_the_next_audience_is_told() -> None:
    decision = look_with("before-7", away(OFFICER, 5), away(5, OFFICER))
    assert told(decision) == {HEAD: "supervisor"}
    assert [(each.level, each.told_instead) for each in decision.unreached] == [("owner", "supervisor")]


def test_a_substitute_who_has_left_is_nobody() -> None:
    posts = [*POSTS, Post(5, 8, "officer", until=DAY)]
    assert told(look_with("before-7", away(OFFICER, 5), posts=posts)) == {HEAD: "supervisor"}


def test_a_head_who_acts_for_the_officer_is_told_once_in_the_higher_role() -> None:
    decision = look_with("overdue-3", away(OFFICER, HEAD))
    assert told(decision) == {HEAD: "supervisor"}
    assert [notice.acting_for for notice in decision.notices] == [None]


def pass_on(
    *audiences: Level, heard: set[int], lost: set[int], who: Directory = Directory(PEOPLE, POSTS, DAY)
) -> Decision:
    """Decide about notices of overdue-3 that did not reach their recipients."""
    task = Task(1, "open", date(2022, 10, 31), 1, LADDER, NAMES.index("overdue-3"), UNIT)
    rung, now = LADDER.rungs[task.reached], bangkok("2022-11-03 10:00")
    back = [Returned(task, rung, audience, frozenset(heard), frozenset(lost)) for audience in audiences]
    return decide([], who, now=now, calendar=CALENDAR, available=frozenset({"email"}), returned=back)


def test_what_does_not_reach_the_owner_goes_to_the_supervisor() -> None:
    decision = pass_on("owner", heard={OFFICER}, lost={OFFICER})
    assert told(decision) == {HEAD: "supervisor"}
    assert [notice.meant_for for notice in decision.notices] == ["owner"]


def test_who_has_heard_of_the_rung_already_is_not_told_again() -> None:
    decision = pass_on("owner", heard={OFFICER, HEAD}, lost={OFFICER})
    assert decision.notices == []
    assert [(each.level, each.told_instead) for each in decision.unreached] == [("owner", "supervisor")]


@pytest.mark.parametrize("order", [("owner", "supervisor"), ("supervisor", "owner")])
def test_who_stands_in_for_two_that_were_not_told_is_told_once_in_the_higher_role(order: tuple[Level, Level]) -> None:
    who = Directory(WITH_SUBSTITUTE, POSTS_TOO, DAY, (away(OFFICER, 5), away(HEAD, 5)))
    assert told(pass_on(*order, heard=set(), lost=set(), who=who)) == {5: "supervisor"}


def test_when_no_message_reaches_anybody_it_is_kept_that_nobody_was_told() -> None:
    everybody = {OFFICER, HEAD, CHIEF, COORDINATOR}
    decision = pass_on("owner", heard=everybody, lost=everybody)
    assert [each.reason for each in decision.suppressions] == ["no owner and nobody above can be reached"]
