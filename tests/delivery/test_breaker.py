"""The circuit breaker: a dead relay is not asked for each message, and one message tries whether it is back."""

import threading
from datetime import UTC, datetime, timedelta

import pytest

from tests.fakes import ACCEPTED, FakeChannel, at_once
from tracker.delivery.breaker import FAILURES, FIRST_PAUSE, Breaker, of_the_channel
from tracker.delivery.channel import Outcome, OutcomeKind, Outgoing

AWAY = Outcome(OutcomeKind.TEMPORARY, None, "connection refused")
BUSY = Outcome(OutcomeKind.TEMPORARY, 451, "greylisted")
GONE = Outcome(OutcomeKind.PERMANENT, 550, "no such user")
LATER = Outcome(OutcomeKind.TEMPORARY, 429, "rate", wait=timedelta(minutes=7))
MESSAGE = Outgoing(
    "a@example.org", "เรื่อง", "ข้อความ", None, None, "a@example.org", "0b7fdb1c-7a52-4d5c-9e0b-6f9f0f4f4f4f", None,
    datetime(2026, 3, 2, tzinfo=UTC),
)  # fmt: skip


class Stand:
    def __init__(self, answer: Outcome) -> None:
        self.now, self.answer = 0.0, answer
        self.channel = FakeChannel("email", lambda _: self.answer)
        self.breaker = Breaker(self.channel, lambda: self.now)

    def sends(self, times: int = 1) -> list[Outcome]:
        return [self.breaker.send(MESSAGE) for _ in range(times)]

    @property
    def asked(self) -> int:
        return len(self.channel.offered)


def test_a_channel_that_failed_some_times_in_a_row_is_left_alone() -> None:
    stand = Stand(AWAY)
    *_, last = stand.sends(FAILURES + 20)
    assert stand.asked == FAILURES
    assert last.kind is OutcomeKind.TEMPORARY
    assert "connection refused" in last.detail


@pytest.mark.parametrize("answer", [BUSY, GONE, ACCEPTED])
def test_what_concerns_one_message_opens_no_circuit(answer: Outcome) -> None:
    stand = Stand(answer)
    stand.sends(30)
    assert stand.asked == 30


def test_after_a_pause_one_message_tries_and_all_go_on_when_it_arrives() -> None:
    stand = Stand(AWAY)
    stand.sends(FAILURES + 1)
    stand.now += FIRST_PAUSE.total_seconds()
    stand.answer = ACCEPTED
    assert [outcome.ok for outcome in stand.sends(3)] == [True] * 3


def test_each_trial_that_fails_makes_the_pause_longer() -> None:
    stand, pauses = Stand(AWAY), []
    stand.sends(FAILURES)
    for _ in range(6):
        before, asked = stand.now, stand.asked
        while stand.asked == asked:
            stand.now += 10
            stand.sends()
        pauses.append(stand.now - before)
    assert pauses == [30, 60, 120, 240, 300, 300]


def test_a_channel_that_says_how_long_to_wait_is_believed() -> None:
    stand = Stand(LATER)
    stand.sends(FAILURES + 1)
    stand.now += 419
    stand.sends()
    assert stand.asked == FAILURES
    stand.now += 1
    stand.sends()
    assert stand.asked == FAILURES + 1


def test_while_one_message_tries_the_others_do_not() -> None:
    stand, waits = Stand(AWAY), threading.Event()
    stand.sends(FAILURES)
    stand.now += FIRST_PAUSE.total_seconds()

    def slow(_: Outgoing) -> Outcome:
        waits.wait(10)
        return ACCEPTED

    stand.channel.answer = slow
    others: list[Outcome] = []

    def rest() -> None:
        while stand.breaker._trying is False:
            pass
        others.extend(stand.sends(3))
        waits.set()

    at_once(stand.sends, rest)
    assert [outcome.ok for outcome in others] == [False] * 3
    assert stand.asked == FAILURES + 1


def test_a_bug_while_trying_leaves_no_circuit_that_nobody_closes() -> None:
    stand = Stand(AWAY)
    stand.sends(FAILURES)
    stand.now += FIRST_PAUSE.total_seconds()

    def fall_over(_: Outgoing) -> Outcome:
        raise OSError("the library fell over")

    stand.channel.answer = fall_over
    with pytest.raises(OSError, match="fell over"):
        stand.sends()
    stand.channel.answer = lambda _: ACCEPTED
    assert stand.sends()[0].ok


def test_a_lost_answer_and_a_closing_server_are_faults_of_the_channel() -> None:
    assert of_the_channel(Outcome(OutcomeKind.UNKNOWN, 500))
    assert of_the_channel(Outcome(OutcomeKind.TEMPORARY, 421))
    assert not of_the_channel(Outcome(OutcomeKind.TEMPORARY, 552))
    assert not of_the_channel(Outcome(OutcomeKind.MISCONFIGURED, 535))
