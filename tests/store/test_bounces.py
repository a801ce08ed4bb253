"""What came back: addresses that are off, reports acted on once, mailboxes read so far; on both databases."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

from tests.fakes import at_once
from tracker.store import addresses, bounces, marks, messages, people
from tracker.store.session import Store
from tracker.store.tables import MessageRow, PersonRow

NOW = datetime(2022, 10, 3, 2, 0, tzinfo=UTC)


def sent(store: Store, *, channel: str = "email", address: str = "a@example.org") -> MessageRow:
    with store.writing() as session:
        person = PersonRow(name="ก", key=uuid4().hex, email="a@example.org", line="U" + "0" * 32, channels=[])
        session.add(person)
        session.flush()
        key = str(uuid4())
        row = MessageRow(
            key=key, kind="daily", person_id=person.id or 0, channel=channel, address=address,
            header_id=f"{key}@x", retry_key=key, next_attempt_at=NOW, created_at=NOW, decided_at=NOW,
            status="sent", sent_at=NOW, attempts=1,
        )  # fmt: skip
        session.add(row)
        session.flush()
        return row


def test_an_address_that_is_off_leaves_the_other_channels(store: Store) -> None:
    row = sent(store)
    with store.writing() as session:
        assert addresses.turn_off(session, row, "5.1.1 no such user", NOW)
    with store.reading() as session:
        (person,) = people.directory(session, NOW.date()).people.values()
    assert [channel for channel, _ in person.routes(frozenset({"email", "line"}))] == ["line"]


def test_an_address_is_off_from_the_first_time_on(store: Store) -> None:
    row = sent(store)
    with store.writing() as session:
        assert addresses.turn_off(session, row, "first", NOW)
        assert not addresses.turn_off(session, row, "second", NOW + timedelta(days=1))
        (off,) = addresses.rows_off(session).values()
    assert (off.why, off.since) == ("first", NOW)


def test_two_who_turn_the_same_address_off_at_once_do_it_once(store: Store) -> None:
    row = sent(store)

    def turn_off() -> bool:
        with store.writing() as session:
            return addresses.turn_off(session, row, "x", NOW)

    assert sorted(at_once(*[turn_off] * 4)) == [False, False, False, True]  # type: ignore[type-var]


def test_another_address_of_the_same_person_is_used(store: Store) -> None:
    row = sent(store, address="old@example.org")
    with store.writing() as session:
        addresses.turn_off(session, row, "x", NOW)
    with store.reading() as session:
        (person,) = people.directory(session, NOW.date()).people.values()
    assert person.routes(frozenset({"email"})) == (("email", "a@example.org"),)


def test_turned_on_again_is_as_if_never_off(store: Store) -> None:
    row = sent(store)
    with store.writing() as session:
        addresses.turn_off(session, row, "x", NOW)
        assert addresses.turn_on(session, row.person_id) == [("email", "a@example.org")]
        assert addresses.turn_on(session, row.person_id) == []
        assert addresses.off(session) == {}


def test_a_message_is_found_by_the_first_id_that_is_ours(store: Store) -> None:
    first, second = sent(store), sent(store)
    with store.reading() as session:
        found = bounces.message_of(session, ["nobody@x", second.header_id, first.header_id])
        assert found is not None
        assert found.id == second.id
        assert bounces.message_of(session, []) is None
        assert bounces.message_of(session, ["nobody@x"]) is None


def test_what_was_sent_by_another_channel_never_bounces(store: Store) -> None:
    row = sent(store, channel="line")
    with store.reading() as session:
        assert bounces.message_of(session, [row.header_id]) is None


def test_a_report_is_acted_on_once(store: Store) -> None:
    row = sent(store)

    def act() -> bool:
        with store.writing() as session:
            marks.only_one(session, "bounces")
            return bounces.note(session, "key", row, NOW)

    assert sorted(at_once(*[act] * 4)) == [False, False, False, True]  # type: ignore[type-var]


def test_a_message_that_came_back_is_dead_with_its_reason_and_not_sent(store: Store) -> None:
    row = sent(store)
    with store.writing() as session:
        held = messages.message(session, row.id or 0)
        assert bounces.end_dead(session, held, "5.1.1 no such user")
        assert not bounces.end_dead(session, held, "again")
    with store.reading() as session:
        dead = messages.message(session, row.id or 0)
    assert (dead.status, dead.error, dead.sent_at) == ("dead", "5.1.1 no such user", None)


def test_a_mailbox_is_read_from_where_it_was_read_to(store: Store) -> None:
    highest = 2**32 - 1  # IMAP's numbers are unsigned
    with store.writing() as session:
        assert bounces.position(session, "imap:a") is None
        bounces.keep_position(session, "imap:a", (7, 1))
        bounces.keep_position(session, "imap:a", (highest, highest))
    with store.reading() as session:
        assert bounces.position(session, "imap:a") == (highest, highest)
        assert bounces.position(session, "imap:b") is None
