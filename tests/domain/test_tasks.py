from datetime import date

import pytest

from schedules.ladders import shipped_ladder
from tracker.domain.tasks import MOVES, STATUSES, Task, check_promise, move
from tracker.domain.throttle import MAX_ATTEMPTS, retry_delay
from tracker.errors import Refused

TODAY = date(2022, 11, 1)


def task(promises: int = 0) -> Task:
    return Task(1, "open", date(2022, 10, 31), 1, shipped_ladder(), -1, 1, promises=promises)


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("act", list(MOVES))
def test_an_act_is_allowed_exactly_from_the_states_of_the_table(status: str, act: str) -> None:
    starts, leads_to = MOVES[act]  # type: ignore[index]
    if status in starts:
        assert move(1, status, act) == (leads_to or status)  # type: ignore[arg-type]
    else:
        with pytest.raises(Refused, match=f"Task 1 is {status}"):
            move(1, status, act)  # type: ignore[arg-type]


def test_a_promise_may_lie_as_far_ahead_as_the_ladder_allows_and_no_further() -> None:
    check_promise(task(), date(2022, 11, 15), TODAY)
    with pytest.raises(Refused, match="at most 14 days ahead"):
        check_promise(task(), date(2022, 11, 16), TODAY)


def test_a_promise_in_the_past_is_refused() -> None:
    with pytest.raises(Refused, match="in the past"):
        check_promise(task(), date(2022, 10, 31), TODAY)


def test_a_third_promise_is_refused() -> None:
    with pytest.raises(Refused, match="promised 2 times already"):
        check_promise(task(promises=2), date(2022, 11, 5), TODAY)


def test_eight_attempts_take_about_a_day() -> None:
    longest = sum(retry_delay(n, 1.0).total_seconds() for n in range(1, MAX_ATTEMPTS)) / 3600
    shortest = sum(retry_delay(n, 0.0).total_seconds() for n in range(1, MAX_ATTEMPTS)) / 3600
    assert 8 <= shortest <= longest <= 26


def test_the_first_retry_comes_within_a_minute() -> None:
    assert 30 <= retry_delay(1, 0.0).total_seconds() <= retry_delay(1, 0.999).total_seconds() <= 60
