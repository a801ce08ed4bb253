"""The outbox: a message is in one pair of hands at a time, and what one holds is fenced off from the others."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, StatementError

from tests.fakes import at_once
from tracker.domain.throttle import LEASE, MAX_ATTEMPTS
from tracker.errors import NotFound
from tracker.store import channels, messages, outbox
from tracker.store.outbox import Claim
from tracker.store.session import Store
from tracker.store.tables import MessageRow, PersonRow

NOW = datetime(2022, 10, 3, 2, 0, tzinfo=UTC)
PAST = "2022-01-01 00:00:00+00:00"


def put(store: Store, count: int = 1, *, channel: str = "email", at: datetime = NOW) -> list[int]:
    with store.writing() as session:
        person = PersonRow(name="ก", key="ก", channels=[])
        session.add(person)
        session.flush()
        keys = [str(uuid4()) for _ in range(count)]
        common = {
            "kind": "daily", "person_id": person.id, "channel": channel, "address": "a@example.org", "decided_at": at,
            "created_at": at, "next_attempt_at": at, "day_since": at, "week": False, "replaces_id": None,
        }  # fmt: skip
        rows = [{"key": key, "header_id": f"{key}@x", "retry_key": key, **common} for key in keys]
        return outbox.add(session, rows, [[]] * count)


def take(store: Store, now: datetime = NOW, *, limit: int = 10, channel: str = "email") -> Claim:
    with store.writing() as session:
        return outbox.claim(session, channel, now=now, lease=LEASE, limit=limit)


def retake(store: Store, now: datetime, *, channel: str = "email") -> Claim:
    with store.writing() as session:
        return outbox.claim_lapsed(session, channel, now=now, lease=LEASE)


def let_lapse(store: Store) -> None:
    """Let every lease run out: PostgreSQL's clock decides that, and no test moves it."""
    with store.writing() as session:
        session.execute(text("UPDATE message SET lease_until = :past WHERE status = 'sending'"), {"past": PAST})


def write(store: Store, *message_ids: int) -> None:
    with store.writing() as session:
        words = {"subject": "เรื่อง", "text": "ข้อความ", "html": None, "calendar": None, "written_at": NOW}
        outbox.write(session, [{"message_id": message_id, **words} for message_id in message_ids])


def ids(claim: Claim) -> list[int]:
    return [row.id or 0 for row in claim.messages]


def logged(store: Store, message_id: int) -> list[tuple[int, str, int | None, str | None]]:
    with store.reading() as session:
        return [(each.n, each.outcome, each.code, each.detail) for each in messages.attempts(session, message_id)]


def finish(store: Store, row: MessageRow, token: str, **values: object) -> bool:
    with store.writing() as session:
        return outbox.finish(session, row, token, **values)


def stored(store: Store, message_id: int) -> MessageRow:
    with store.reading() as session:
        return messages.message(session, message_id)


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


def test_the_attempt_is_counted_when_it_is_claimed_and_logged_when_it_ends(store: Store) -> None:
    (message,) = put(store)
    claim = take(store)
    (row,) = claim.messages
    assert (row.status, row.attempts, row.first_attempt_at) == ("sending", 1, NOW)
    assert logged(store, message) == []
    with store.writing() as session:
        assert outbox.finish(session, row, claim.token, status="retrying", error="x")
        outbox.record_attempt(session, row, started_at=NOW, at=NOW, outcome="temporary", code=451, detail="busy")
    assert logged(store, message) == [(1, "temporary", 451, "busy")]


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
    write(store, message)
    assert ids(retake(store, NOW + LEASE)) == []
    let_lapse(store)
    assert ids(take(store)) == []
    second = retake(store, NOW)
    assert ids(second) == [message]
    assert (second.messages[0].attempts, second.messages[0].unsure) == (2, True)
    assert not finish(store, first.messages[0], first.token, status="dead", error="too late")
    with store.writing() as session:
        assert outbox.renew(session, [message], first.token, now=NOW, lease=LEASE) == set()
    assert stored(store, message).status == "sending"
    assert finish(store, second.messages[0], second.token, status="sent", sent_at=NOW)
    assert stored(store, message).status == "sent"


def test_an_attempt_that_vanished_is_written_off_by_whoever_takes_over(store: Store) -> None:
    (message,) = put(store)
    take(store)
    let_lapse(store)
    retake(store, NOW)
    assert [(n, outcome) for n, outcome, _, _ in logged(store, message)] == [(1, "vanished")]


def test_a_message_that_was_never_written_cannot_have_been_sent(store: Store) -> None:
    put(store)
    take(store)
    let_lapse(store)
    assert [row.unsure for row in retake(store, NOW).messages] == [False]


def test_what_ran_out_is_taken_up_one_at_a_time(store: Store) -> None:
    wanted = put(store, 3)
    take(store)
    let_lapse(store)
    assert sorted(ids(retake(store, NOW)) + ids(retake(store, NOW)) + ids(retake(store, NOW))) == wanted


def test_whoever_holds_a_message_may_hold_it_longer(store: Store) -> None:
    (message,) = put(store)
    claim = take(store)
    let_lapse(store)
    with store.writing() as session:
        assert outbox.renew(session, [message], claim.token, now=NOW, lease=LEASE) == {message}
    assert ids(retake(store, NOW)) == []


def test_what_is_let_go_is_as_if_it_had_not_been_claimed(store: Store) -> None:
    (message,) = put(store)
    before = stored(store, message).model_dump()
    claim = take(store)
    with store.writing() as session:
        outbox.let_go(session, [message], "somebody else's token")
    assert stored(store, message).status == "sending"
    with store.writing() as session:
        outbox.let_go(session, [message], claim.token)
    assert stored(store, message).model_dump() == before


def test_what_is_let_go_after_an_attempt_waits_for_its_next(store: Store) -> None:
    (message,) = put(store)
    claim = take(store)
    finish(store, claim.messages[0], claim.token, status="retrying", error="busy")
    again = take(store)
    with store.writing() as session:
        outbox.let_go(session, [message], again.token)
    row = stored(store, message)
    assert (row.status, row.attempts, row.first_attempt_at) == ("retrying", 1, NOW)


def test_what_has_ended_is_never_claimed_again(store: Store) -> None:
    write(store, *put(store, 3))
    claim = take(store)
    ends = [{"status": "sent", "sent_at": NOW}, {"status": "dead", "error": "x"}, {"status": "withdrawn", "error": "y"}]
    for row, end in zip(claim.messages, ends, strict=True):
        assert finish(store, row, claim.token, **end)
    assert ids(take(store, NOW + timedelta(days=30))) == []


def test_a_paused_channel_waits_and_the_others_go_on(store: Store) -> None:
    until = NOW + timedelta(minutes=10)
    with store.writing() as session:
        channels.pause(session, "email", until)
        assert channels.paused_until(session, "email", NOW) == until
        assert channels.paused_until(session, "line", NOW) is None
        assert channels.paused_until(session, "email", until) is None


def test_senders_at_once_never_spend_more_than_the_rate_of_their_channel(store: Store) -> None:
    def work() -> int:
        with store.writing() as session:
            room = channels.room(session, "email", 60, NOW)
            channels.use(session, "email", 60, NOW, min(room, 3))
            return min(room, 3)

    assert sum(at_once(*[work] * 6)) == 10  # type: ignore[arg-type]  # what a minute's sixty let leave in ten seconds


def test_how_many_can_be_claimed_is_what_a_claim_then_gets(store: Store) -> None:
    put(store, 3)
    put(store, at=NOW + timedelta(hours=1))
    with store.reading() as session:
        assert messages.claimable(session, NOW) == {"email": 3}
    take(store, limit=2)
    with store.reading() as session:
        assert messages.claimable(session, NOW) == {"email": 1}
    let_lapse(store)
    with store.reading() as session:
        assert messages.claimable(session, NOW) == {"email": 3}
    assert len(ids(retake(store, NOW)) + ids(retake(store, NOW))) == 2
    assert len(ids(take(store))) == 1


def test_only_the_dead_are_revived_with_attempts_of_their_own(store: Store) -> None:
    (message,) = put(store)
    with store.writing() as session:
        assert not outbox.revive(session, messages.message(session, message), NOW)
    claim = take(store)
    finish(store, claim.messages[0], claim.token, status="dead", error="x")
    with store.writing() as session:
        assert outbox.revive(session, messages.message(session, message), NOW)
    row = stored(store, message)
    assert (row.status, row.attempts_allowed - row.attempts) == ("retrying", MAX_ATTEMPTS)


def test_a_message_that_is_sent_says_when(store: Store) -> None:
    write(store, *put(store))
    claim = take(store)
    with pytest.raises(IntegrityError, match="sent_at"):
        finish(store, claim.messages[0], claim.token, status="sent")


@pytest.mark.parametrize(
    ("broken", "rule"),
    [
        ("UPDATE message SET status = 'sending'", "lease"),
        ("UPDATE message SET attempts = 1", "attempts"),
        ("UPDATE message SET status = 'sent', sent_at = created_at", "sent_by_an_attempt"),
        ("UPDATE message SET status = 'dead'", "ended_for_a_reason"),
        ("UPDATE message SET status = 'lost'", "status_known"),
    ],
)
def test_a_state_that_cannot_be_is_refused(store: Store, broken: str, rule: str) -> None:
    put(store)
    with pytest.raises(IntegrityError, match=rule), store.writing() as session:
        session.execute(text(broken))


def test_a_message_that_is_not_there_is_named(store: Store) -> None:
    with store.reading() as session, pytest.raises(NotFound, match="There is no message 7"):
        messages.message(session, 7)


def test_instants_come_back_aware_and_in_utc(store: Store) -> None:
    (message,) = put(store)
    assert stored(store, message).created_at == NOW
    assert stored(store, message).created_at.tzinfo is not None


def test_an_instant_without_a_zone_is_refused(store: Store) -> None:
    with pytest.raises((StatementError, ValueError)):
        put(store, at=NOW.replace(tzinfo=None))
    with store.reading() as session:
        assert session.execute(text("SELECT count(*) FROM message")).scalar() == 0
