"""Mails that came back: who is told instead, what is given up, and whom nobody can shut up."""

import dataclasses
import mailbox
from datetime import date
from pathlib import Path

import pytest

from tests.builders import World, person, staff
from tests.delivery import reports
from tests.delivery.reports import postfix, recipient
from tests.fakes import FakeChannel, at_once
from tests.fakes_imap import ImapServer
from tracker.delivery.channel import Outcome, OutcomeKind
from tracker.delivery.mailbox import open_mailbox
from tracker.errors import Misconfigured, Refused, Unavailable
from tracker.store import audit, outbox
from tracker.store.tables import AddressOffRow, AuditRow, BounceRow, MailboxRow, MessageRow
from tracker.usecases.give_up_address import use_addresses_again
from tracker.usecases.list_messages import retry_messages
from tracker.usecases.list_people import list_people
from tracker.usecases.read_bounces import read_bounces

OFFICER, OFFICER_NAME = "klang@example.org", "เจ้าหน้าที่ คลัง"
LINE_ID = "U" + "0" * 31 + "1"


@pytest.fixture
def maildir(tmp_path: Path) -> mailbox.Maildir:
    return mailbox.Maildir(tmp_path / "box")


@pytest.fixture
def line() -> FakeChannel:
    return FakeChannel("line")


def tell(world: World, line: FakeChannel, maildir: mailbox.Maildir) -> World:
    """Let an officer who also has LINE be sent the first reminder by mail."""
    world.with_channels(email=world.mail, line=line)
    world.services = dataclasses.replace(world.services, bounces=open_mailbox(f"maildir://{maildir._path}"))
    world.people([dataclasses.replace(staff()[0], line_id=LINE_ID, channels=("email", "line")), *staff()[1:]])
    world.imports(date(2022, 10, 31))
    assert world.day("2022-10-03 09:00") == ["klang"]
    return world


@pytest.fixture
def told(world: World, line: FakeChannel, maildir: mailbox.Maildir) -> World:
    return tell(world, line, maildir)


@pytest.fixture
def told_on_both(both: World, line: FakeChannel, maildir: mailbox.Maildir) -> World:
    return tell(both, line, maildir)


def sent_to(world: World, address: str = OFFICER) -> MessageRow:
    return next(row for row in world.rows(MessageRow) if row.address == address)


def test_two_readers_at_once_act_once(told_on_both: World, maildir: mailbox.Maildir) -> None:
    report = postfix(sent_to(told_on_both).header_id)
    with ImapServer() as server:
        told_on_both.services = dataclasses.replace(told_on_both.services, bounces=open_mailbox(server.url()))
        server.put(report)
        at_once(*[lambda: read(told_on_both)] * 3)
    assert len(told_on_both.messages()) == 2
    assert len(told_on_both.incidents()) == 1


def read(world: World) -> dict[str, int]:
    return dict(read_bounces(world.services).counts)


def test_a_mail_that_came_back_is_told_by_the_next_channel(
    told_on_both: World, line: FakeChannel, maildir: mailbox.Maildir
) -> None:
    told = told_on_both
    maildir.add(postfix(sent_to(told).header_id))
    assert read(told) == {"bounced": 1}
    came_back, instead = told.messages()
    assert (came_back.status, came_back.sent_at) == ("dead", None)
    assert "User unknown" in (came_back.error or "")
    assert (instead.channel, instead.replaces_id) == ("line", came_back.id)
    told.deliver("line")
    assert [push.address for push in line.accepted] == [LINE_ID]


def test_the_coordinator_is_told_once_who_why_and_what_to_do(told: World, maildir: mailbox.Maildir) -> None:
    maildir.add(postfix(sent_to(told).header_id))
    read(told)
    (incident,) = told.incidents()
    for said in (OFFICER_NAME, "k…@example.org", "User unknown", "หยุดใช้ที่อยู่นี้", "และส่งแทนทาง LINE", "--on"):
        assert said in incident
    assert OFFICER not in incident


def test_no_further_mail_goes_to_an_address_that_is_off(
    told: World, line: FakeChannel, maildir: mailbox.Maildir
) -> None:
    maildir.add(postfix(sent_to(told).header_id))
    read(told)
    told.deliver("line")
    told.sweep("2022-10-17 09:00")
    told.deliver()
    told.deliver("line")
    assert [mail.address for mail in told.mail.accepted].count(OFFICER) == 1
    assert len(line.accepted) == 2


def test_without_another_channel_the_next_audience_up_is_told(world: World, maildir: mailbox.Maildir) -> None:
    world.begins()
    world.services = dataclasses.replace(world.services, bounces=open_mailbox(f"maildir://{maildir._path}"))
    assert world.day("2022-10-03 09:00") == ["klang"]
    maildir.add(postfix(sent_to(world).header_id))
    read(world)
    assert "head.klang" in world.day("2022-10-03 10:00")
    assert "ไม่มีช่องทางอื่น" in world.incidents()[0]
    assert world.day("2022-10-17 09:00") == ["head.klang"]  # before-14, at once


def test_what_was_done_meanwhile_is_not_told_again(told: World, line: FakeChannel, maildir: mailbox.Maildir) -> None:
    maildir.add(postfix(sent_to(told).header_id))
    told.act("done", result="ก", problems="ก", suggestions="ก", evidence=("https://example.org",))
    read(told)
    told.deliver("line")
    assert line.accepted == []


def test_the_same_report_is_acted_on_once_even_if_it_could_not_be_put_away(
    told_on_both: World, maildir: mailbox.Maildir
) -> None:
    told = told_on_both
    report = postfix(sent_to(told).header_id)
    maildir.add(report)
    read(told)
    use_addresses_again(told.services, OFFICER_NAME, actor="test")
    retry_messages(told.services, [sent_to(told).id or 0], actor="test")
    told.deliver()
    maildir.add(report)  # as after a crash between the commit and the move
    assert read(told) == {"known": 1}
    assert told.rows(AddressOffRow) == []
    assert sent_to(told).status == "sent"


def test_a_second_report_of_a_dead_address_is_no_second_incident(told: World, maildir: mailbox.Maildir) -> None:
    told.day("2022-10-17 09:00")
    for row in [row for row in told.rows(MessageRow) if row.address == OFFICER]:
        maildir.add(postfix(row.header_id))
    assert read(told) == {"bounced": 2}
    assert len(told.incidents()) == 1
    assert [row.status for row in told.rows(MessageRow) if row.address == OFFICER] == ["dead", "dead"]


FORGED = {
    "an id that is not ours": lambda _: postfix("0f8fad5b-d9cb-469f-a165-70867728950e@ita-tracker.invalid"),
    "the address of another": lambda row: postfix(row.header_id, recipient("office@example.org")),
    "no address": lambda row: postfix(row.header_id, recipient("")),
    "the reference only": lambda row: postfix(f"{row.retry_key[:8]}@ita-tracker.invalid"),
    "a reply": lambda row: reports.reply(row.header_id),
    "an absence note": lambda row: reports.absence_note(row.header_id),
    "a delay": lambda row: postfix(row.header_id, recipient(action="delayed", status="4.4.1")),
    "a success": lambda row: postfix(row.header_id, recipient(action="delivered", status="2.0.0")),
    "nothing": lambda _: b"",
}


@pytest.mark.parametrize("mail", FORGED.values(), ids=FORGED)
def test_what_is_not_a_report_of_our_mail_to_that_address_changes_nothing(
    told: World, maildir: mailbox.Maildir, mail
) -> None:
    maildir.add(mail(sent_to(told)))
    before = told.dump()
    assert read(told) == {"ignored": 1}
    assert {name: rows for name, rows in told.dump().items() if name != "mark"} == {
        name: rows for name, rows in before.items() if name != "mark"
    }
    assert len(maildir) == 1


@pytest.mark.parametrize(
    ("status", "said"),
    [
        ("5.2.2", "552 5.2.2 mailbox full"),
        ("4.4.7", "400 4.4.7 Message delayed"),
        ("5.7.1", "550 5.7.1 listed as a source of spam"),
    ],
)
def test_a_mail_that_failed_by_no_fault_of_the_address_is_told_elsewhere_and_the_address_stays(
    told: World, line: FakeChannel, maildir: mailbox.Maildir, status: str, said: str
) -> None:
    maildir.add(postfix(sent_to(told).header_id, recipient(status=status, said=said)))
    assert read(told) == {"bounced": 1}
    told.deliver("line")
    assert len(line.accepted) == 1
    assert said in told.incidents()[0]
    told.day("2022-10-17 09:00")
    assert [mail.address for mail in told.mail.accepted].count(OFFICER) == 2


def test_a_report_about_a_message_in_hand_waits(told: World, maildir: mailbox.Maildir) -> None:
    told.sweep("2022-10-17 09:00")
    with told.store.writing() as session:
        claim = outbox.claim(session, "email", now=told.clock.now(), lease=date.resolution, limit=10)
    ours = next(row for row in claim.messages if row.address == OFFICER)
    maildir.add(postfix(ours.header_id))
    assert read(told) == {"waiting": 1}
    with told.store.writing() as session:
        outbox.finish(session, ours, claim.token, status="sent", sent_at=told.clock.now())
    assert read(told) == {"bounced": 1}


def test_a_message_that_is_still_to_be_repeated_goes_elsewhere(told: World, line: FakeChannel, maildir) -> None:
    told.mail.answer = lambda _: Outcome(OutcomeKind.TEMPORARY, 451, "later")
    told.sweep("2022-10-17 09:00")
    told.deliver()
    row = told.messages()[-1]
    maildir.add(postfix(row.header_id))
    assert read(told) == {"bounced": 1}
    told.clock.advance(minutes=5)
    assert told.deliver() == {"dead": 1, "retrying": 1}  # the coordinator's day is the other
    told.deliver("line")
    assert len(line.accepted) == 1


def test_a_coordinator_whose_address_is_off_is_not_written_to_for_ever(world: World, maildir) -> None:
    world.begins()
    world.services = dataclasses.replace(world.services, bounces=open_mailbox(f"maildir://{maildir._path}"))
    for minute in range(10):
        world.day(f"2022-10-03 09:{minute:02}")
        for mail in world.mail.accepted:
            if mail.address == "coordinator@example.org":
                maildir.add(postfix(mail.message_id, recipient(mail.address)))
        read(world)
    assert [mail.address for mail in world.mail.accepted].count("coordinator@example.org") == 1
    second = person("ผู้ประสานงาน สอง", "สำนักปลัด", "coordinator", email="second@example.org")
    world.people([*staff(), second])
    world.day("2022-10-03 10:00")
    assert "c…@example.org" in next(m for m in world.mail.accepted if m.address == "second@example.org").text


def test_an_address_that_the_relay_refuses_is_off_at_once(told: World, line: FakeChannel) -> None:
    told.mail.answer = lambda _: Outcome(OutcomeKind.PERMANENT, 550, "5.1.1 no such user")
    told.sweep("2022-10-17 09:00")
    told.deliver()
    told.deliver("line")
    offered = len(told.mail.offered)
    told.sweep("2022-10-25 09:00")
    told.deliver("line")
    assert len(line.accepted) >= 2
    assert OFFICER not in [mail.address for mail in told.mail.offered[offered:]]
    assert [text for text in told.incidents() if OFFICER_NAME in text and "หยุดใช้ที่อยู่นี้" in text]


def test_a_line_id_that_line_does_not_know_is_off_at_once(told: World, line: FakeChannel) -> None:
    told.people([dataclasses.replace(staff()[0], line_id=LINE_ID, channels=("line", "email")), *staff()[1:]])
    line.answer = lambda _: Outcome(OutcomeKind.PERMANENT, 400, "Failed to send messages")
    told.sweep("2022-10-17 09:00")
    assert told.deliver("line") == {"dead": 1}
    assert told.deliver()["sent"] >= 1
    told.sweep("2022-10-25 09:00")
    assert told.deliver("line") == {}


def off(world: World) -> list[str]:
    view = next(view for view in list_people(world.services) if view.name == OFFICER_NAME)
    return [each.line(reveal=False) for each in view.off]


def test_an_import_with_another_address_reaches_the_person_there(told: World, maildir: mailbox.Maildir) -> None:
    maildir.add(postfix(sent_to(told).header_id))
    read(told)
    assert off(told) == [
        f"email k…@example.org (off since 2022-10-03: {told.rows(AddressOffRow)[0].why})",
    ]
    told.people([dataclasses.replace(staff()[0], email="new@example.org", channels=("email",)), *staff()[1:]])
    assert off(told) == []
    assert told.day("2022-10-17 09:00") == ["new"]


def test_the_same_file_again_does_not_turn_an_address_on(told: World, maildir: mailbox.Maildir) -> None:
    maildir.add(postfix(sent_to(told).header_id))
    read(told)
    told.people()
    assert len(off(told)) == 1


def test_an_address_can_be_used_again_by_hand_and_fail_again(told: World, maildir: mailbox.Maildir) -> None:
    maildir.add(postfix(sent_to(told).header_id))
    read(told)
    assert use_addresses_again(told.services, OFFICER_NAME, actor="test") == [("email", OFFICER)]
    assert told.day("2022-10-17 09:00") == ["klang"]
    maildir.add(postfix(told.messages()[-1].header_id))
    read(told)
    assert len(told.incidents()) == 2
    with pytest.raises(Refused, match="No address of"):
        use_addresses_again(told.services, "หัวหน้า คลัง", actor="test")


def test_the_trail_says_what_was_turned_off_and_on_and_by_whom(told: World, maildir: mailbox.Maildir) -> None:
    maildir.add(postfix(sent_to(told).header_id))
    read(told)
    use_addresses_again(told.services, OFFICER_NAME, actor="somebody")
    rows = [(row.action, row.actor) for row in told.rows(AuditRow) if row.action.startswith("address")]
    assert rows == [("address off", "deliver"), ("address on", "somebody")]
    with told.store.reading() as session:
        assert list(audit.broken(session)) == []


def test_a_mailbox_on_a_server_is_read_on_from_where_it_was(told: World) -> None:
    with ImapServer() as server:
        told.services = dataclasses.replace(told.services, bounces=open_mailbox(server.url()))
        server.put(b"Subject: hello\r\n\r\n", postfix(sent_to(told).header_id))
        assert read(told) == {"bounced": 1, "ignored": 1}
        assert read(told) == {}
        server.validity = 8
        assert read(told) == {"known": 1, "ignored": 1}
        assert len(told.rows(MailboxRow)) == len(told.rows(BounceRow)) == 1


def test_a_server_that_breaks_off_loses_nothing(told: World) -> None:
    with ImapServer() as server:
        told.services = dataclasses.replace(told.services, bounces=open_mailbox(server.url()))
        server.put(b"Subject: hello\r\n\r\n")
        read(told)
        server.put(postfix(sent_to(told).header_id))
        server.script["FETCH"] = "drop"
        with pytest.raises(Unavailable):
            read(told)
        assert told.incidents() == []  # it was read a moment ago
        server.script.clear()
        assert read(told) == {"bounced": 1}


def test_the_coordinator_learns_once_a_day_of_a_mailbox_that_cannot_be_read(told: World) -> None:
    told.services = dataclasses.replace(told.services, bounces=open_mailbox("maildir:///no/such/place"))
    for _ in range(3):
        with pytest.raises(Misconfigured):
            read(told)
        told.clock.advance(hours=1)
    assert len(told.incidents()) == 1
    assert "กล่องจดหมายตีกลับ" in told.incidents()[0]


def test_without_a_mailbox_it_says_how_to_set_one(world: World) -> None:
    with pytest.raises(Misconfigured, match="TRACKER_BOUNCE_URL"):
        read_bounces(world.services)
