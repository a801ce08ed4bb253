"""The outbox: a message is in one pair of hands at a time, and what one holds is fenced off from the others."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, StatementError

from tests.fakes import at_once
from tracker.domain.throttle import LEASE, MAX_ATTEMPTS
from tracker.errors import NotFound
from tracker.store import outbox
from tracker.store.outbox import Claim
from tracker.store.session import Store
from tracker.store.tables import MessageRow, PersonRow

NOW = datetime(2022, 10, 3, 2, 0, tzinfo=UTC)


def put(store: Store, count: int = 1, *, channel: str = "email", at: datetime = NOW) -> list[int]:
    with store.writing() as session:
        person = PersonRow(name="ก", key="ก", channels=[])
        session.add(person)
        session.flush()
        ids = []
        for _ in range(count):
            key = str(uuid4())
            row = MessageRow(
                key=key, kind="daily", person_id=person.id or 0, channel=channel, address="a@example.org",
                subject="เรื่อง", text="ข้อความ", header_id=f"{key}@x", retry_key=key, next_attempt_at=at, created_at=at,
                decided_at=at, written_at=at,
            )  # fmt: skip
            ids.append(outbox.add(session, row, []).id or 0)
        return ids


def take(store: Store, now: datetime = NOW, *, limit: int = 10, channel: str = "email") -> Claim:
    with store.writing() as session:
        return outbox.claim(session, channel, now=now, lease=LEASE, limit=limit)


def ids(claim: Claim) -> list[int]:
    return [row.id or 0 for row in claim.messages]


def finish(store: Store, row: MessageRow, token: str, **values: object) -> bool:
    with store.writing() as session:
        return outbox.finish(session, row, token, **values)


def stored(store: Store, message_id: int) -> MessageRow:
    with store.reading() as session:
        return outbox.message(session, message_id)


def test_a_message_is_claimed_once(store: Store) -> None:
    (message,) = put(store)
    assert ids(take(store)) == [message]
    assert ids(take(store)) == []


def test_claimers_at_once_never_get_the_same_message(store: Store) -> None:
    wanted = put(store, 60)

    def work() -> list[int]:
        taken: list[int] = []
        while got := ids(take(store, limit=3)):
            taken += got
        return taken

    shares = at_once(*[work] * 6)
    taken = [message for share in shares for message in share]  # type: ignore[attr-defined]
    assert sorted(taken) == wanted
    assert {stored(store, message).attempts for message in wanted} == {1}


def test_the_attempt_is_counted_and_opened_when_it_is_claimed(store: Store) -> None:
    (message,) = put(store)
    (row,) = take(store).messages
    assert (row.status, row.attempts, row.first_attempt_at) == ("sending", 1, NOW)
    with store.reading() as session:
        assert [(each.n, each.outcome) for each in outbox.attempts(session, message)] == [(1, None)]


def test_the_oldest_come_first_and_no_more_than_asked(store: Store) -> None:
    late, early, middle = (put(store, at=NOW + timedelta(minutes=n))[0] for n in (3, 1, 2))
    then = NOW + timedelta(minutes=5)
    assert set(ids(take(store, then, limit=2))) == {early, middle}
    assert ids(take(store, then)) == [late]


def test_what_is_not_due_yet_waits(store: Store) -> None:
    put(store, at=NOW + timedelta(seconds=1))
    assert ids(take(store)) == []
    assert ids(take(store, NOW + timedelta(seconds=1)))


def test_a_claim_takes_only_its_own_channel(store: Store) -> None:
    put(store, channel="line")
    assert ids(take(store)) == []
    assert ids(take(store, channel="line"))


def test_a_lease_that_ran_out_is_claimed_again_and_the_old_holder_is_fenced_off(store: Store) -> None:
    (message,) = put(store)
    first = take(store)
    assert ids(take(store, NOW + LEASE)) == []
    later = NOW + LEASE + timedelta(seconds=1)
    second = take(store, later)
    assert ids(second) == [message]
    assert second.messages[0].attempts == 2
    assert not finish(store, first.messages[0], first.token, status="dead", error="too late")
    with store.writing() as session:
        assert not outbox.keep_hold(session, first.messages[0], first.token, later + LEASE)
    assert stored(store, message).status == "sending"
    assert finish(store, second.messages[0], second.token, status="sent", sent_at=later)
    assert stored(store, message).status == "sent"


def test_whoever_holds_a_message_may_hold_it_longer(store: Store) -> None:
    put(store)
    claim = take(store)
    with store.writing() as session:
        assert outbox.keep_hold(session, claim.messages[0], claim.token, NOW + 2 * LEASE)
    assert ids(take(store, NOW + LEASE + timedelta(seconds=1))) == []


def test_what_has_ended_is_never_claimed_again(store: Store) -> None:
    put(store, 3)
    claim = take(store)
    ends = [{"status": "sent", "sent_at": NOW}, {"status": "dead", "error": "x"}, {"status": "withdrawn", "error": "y"}]
    for row, end in zip(claim.messages, ends, strict=True):
        assert finish(store, row, claim.token, **end)
    assert ids(take(store, NOW + timedelta(days=30))) == []


def test_a_paused_channel_waits_and_the_others_go_on(store: Store) -> None:
    put(store, 2)
    (other,) = put(store, channel="line")
    with store.writing() as session:
        outbox.pause(session, "email", NOW + timedelta(minutes=10))
    assert ids(take(store)) == []
    assert ids(take(store, channel="line")) == [other]
    assert len(ids(take(store, NOW + timedelta(minutes=10)))) == 2


def test_a_pause_never_makes_a_message_earlier(store: Store) -> None:
    (message,) = put(store, at=NOW + timedelta(hours=1))
    with store.writing() as session:
        outbox.pause(session, "email", NOW + timedelta(minutes=10))
    assert stored(store, message).next_attempt_at == NOW + timedelta(hours=1)


def test_how_many_can_be_claimed_is_what_a_claim_then_gets(store: Store) -> None:
    put(store, 3)
    put(store, at=NOW + timedelta(hours=1))
    with store.reading() as session:
        assert outbox.claimable(session, NOW) == {"email": 3}
    assert len(ids(take(store))) == 3


def test_only_the_dead_are_revived_with_attempts_of_their_own(store: Store) -> None:
    (message,) = put(store)
    with store.writing() as session:
        assert not outbox.revive(session, outbox.message(session, message), NOW)
    claim = take(store)
    finish(store, claim.messages[0], claim.token, status="dead", error="x")
    with store.writing() as session:
        assert outbox.revive(session, outbox.message(session, message), NOW)
    row = stored(store, message)
    assert (row.status, row.attempts_allowed - row.attempts) == ("retrying", MAX_ATTEMPTS)


def test_a_message_that_is_sent_says_when(store: Store) -> None:
    put(store)
    claim = take(store)
    with pytest.raises(IntegrityError, match="sent_at"):
        finish(store, claim.messages[0], claim.token, status="sent")


def test_a_message_that_is_not_there_is_named(store: Store) -> None:
    with store.reading() as session, pytest.raises(NotFound, match="There is no message 7"):
        outbox.message(session, 7)


def test_instants_come_back_aware_and_in_utc(store: Store) -> None:
    (message,) = put(store)
    assert stored(store, message).created_at == NOW
    assert stored(store, message).created_at.tzinfo is not None


def test_an_instant_without_a_zone_is_refused(store: Store) -> None:
    with pytest.raises((StatementError, ValueError)):
        put(store, at=NOW.replace(tzinfo=None))
    with store.reading() as session:
        assert session.execute(text("SELECT count(*) FROM message")).scalar() == 0
