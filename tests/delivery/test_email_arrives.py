import email
import email.policy
import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from email.header import decode_header, make_header
from email.utils import parseaddr
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fakes_network import ScriptedSmtp
from tracker.delivery.channel import OutcomeKind, Outgoing
from tracker.delivery.email_message import Sender, compose_mail
from tracker.delivery.email_session import KEPT_MESSAGES
from tracker.delivery.mail import EmailChannel

SENDER = Sender("ita@example.org", "สำนักงาน ITA", ("reply@example.org",))
BASE = Outgoing("o@example.org", "s", "t", None, None, "a@b", str(uuid4()), None, datetime(2026, 3, 2, tzinfo=UTC))


def parsed(raw: bytes):
    return email.message_from_bytes(raw, policy=email.policy.default)


@pytest.fixture
def arrived(relay, outgoing):
    message = outgoing()
    channel = EmailChannel(relay.url + "&name=กลุ่มจริยธรรม")
    assert channel.send(message).ok
    channel.close()
    return message, relay.mails[0], parsed(relay.mails[0].raw)


def test_thai_subject_names_and_text_arrive_as_written(arrived):
    message, mail, seen = arrived
    assert str(seen["Subject"]) == mail.subject == message.subject
    assert seen["From"].addresses[0].display_name == "กลุ่มจริยธรรม"
    assert seen["From"].addresses[0].addr_spec == "ita@example.org"
    assert seen["To"].addresses[0].display_name == "สมชาย ใจดี"
    assert seen.get_body(("plain",)).get_content().splitlines() == message.text.splitlines()
    assert seen.get_body(("html",)).get_content().strip() == message.html


def test_the_calendar_is_one_part_with_method_charset_and_an_ascii_file_name(arrived):
    message, _, seen = arrived
    (part,) = seen.iter_attachments()
    assert part.get_content_type() == "text/calendar"
    assert part["Content-Type"].params == {"charset": "utf-8", "method": "PUBLISH"}
    assert part.get_filename() == "deadlines.ics"
    assert part.get_content().splitlines() == message.calendar.splitlines()


def test_each_header_stands_once_and_tells_machines_not_to_answer(arrived):
    message, mail, seen = arrived
    for name in ("Message-ID", "Date", "From", "To", "Subject", "Auto-Submitted", "MIME-Version"):
        assert len(seen.get_all(name)) == 1, name
    assert seen["Message-ID"] == f"<{message.message_id}>"
    assert mail.message_id == message.message_id
    assert seen["Auto-Submitted"] == "auto-generated"
    assert seen["X-Auto-Response-Suppress"] == "All"
    assert seen["Date"].datetime == message.date


def test_the_mail_is_seven_bit_and_no_header_line_is_too_long(arrived):
    _, mail, _ = arrived
    assert mail.raw.isascii()
    assert max(map(len, mail.raw.split(b"\r\n"))) <= 78


def test_a_message_of_text_alone_is_one_plain_part(relay, outgoing):
    EmailChannel(relay.url).send(outgoing(html=None, calendar=None, recipient_name=None))
    seen = parsed(relay.mails[0].raw)
    assert seen.get_content_type() == "text/plain"
    assert str(seen["To"]) == "officer@example.org"


ANY_TEXT = st.text(st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from('\r\n\t ก่ำ=?_"<>,:')))


def shown_name(raw: bytes) -> str:
    """Return the name as RFC 2047 says; the parser of Python 3.11 puts a space between two encoded words."""
    name, _ = parseaddr(email.message_from_bytes(raw)["To"])
    return str(make_header(decode_header(name)))


def written(text: str) -> str:
    return " ".join(text.split())


@given(subject=ANY_TEXT, name=ANY_TEXT)
def test_no_subject_or_name_can_add_a_header_or_a_body(subject, name):
    raw = compose_mail(SENDER, replace(BASE, subject=subject, recipient_name=name))
    plain = compose_mail(SENDER, replace(BASE, subject="s", recipient_name="n"))
    assert parsed(raw).keys() == parsed(plain).keys()
    assert parsed(raw).get_payload() == parsed(plain).get_payload()


@given(st.text(st.sampled_from('กขคง่้ิำ ABC 12/๒๕๖๙ "()<>,.:=?_😀'), min_size=1, max_size=200))
def test_every_thai_subject_and_name_survives_folding_letter_for_letter(text):
    raw = compose_mail(SENDER, replace(BASE, subject=text, recipient_name=text))
    seen = parsed(raw)
    if written(text):
        assert str(seen["Subject"]) == written(text)
        assert shown_name(raw) == written(text)
    assert seen["To"].addresses[0].addr_spec == "o@example.org"
    assert max(map(len, raw.split(b"\r\n"))) <= 78


@pytest.mark.parametrize(
    "address",
    [
        "o@example.org\r\nBcc: x@evil.test",
        "a@b.c,d@e.f",
        "a b@c.d",
        "<a@b.c>",
        "สมชาย@example.org",
        "",
        "a@",
        "a@b\n",
    ],
)
def test_an_address_that_is_not_one_plain_address_is_permanent_and_never_reaches_the_wire(relay, outgoing, address):
    outcome = EmailChannel(relay.url).send(outgoing(address))
    assert outcome.kind is OutcomeKind.PERMANENT
    assert not relay.mails


def test_a_text_that_is_no_unicode_is_permanent(relay, outgoing):
    assert EmailChannel(relay.url).send(outgoing(text="\ud800")).kind is OutcomeKind.PERMANENT


def test_many_messages_of_one_thread_share_one_connection_until_it_is_recycled(outgoing):
    with ScriptedSmtp() as server:
        channel = EmailChannel(server.url())
        for _ in range(KEPT_MESSAGES):
            assert channel.send(outgoing()).ok
        assert server.connections == 1
        assert channel.send(outgoing()).ok
        assert server.connections == 2
        channel.close()


def test_threads_send_at_once_each_over_its_own_connection_and_nothing_is_mixed_up(outgoing):
    messages = [outgoing(f"officer{number}@example.org") for number in range(80)]
    with ScriptedSmtp() as server, ThreadPoolExecutor(8) as pool:
        channel = EmailChannel(server.url())
        assert all(outcome.ok for outcome in pool.map(channel.send, messages))
        assert server.connections <= 8
        arrived = {parsed(mail)["Message-ID"]: parsed(mail)["To"].addresses[0].addr_spec for mail in server.mails}
        assert arrived == {f"<{message.message_id}>": message.address for message in messages}
        channel.close()


def test_a_connection_that_the_server_closed_while_idle_is_replaced_in_silence(outgoing):
    with ScriptedSmtp(hang_up_after=1) as server:
        channel = EmailChannel(server.url())
        for _ in range(3):
            server.hung_up.clear()
            assert channel.send(outgoing()).ok
            assert server.hung_up.wait(5)
        assert server.connections == len(server.mails) == 3


@pytest.mark.parametrize("verb", ["MAIL", "RCPT", "DATA"])
@pytest.mark.parametrize("said", ["drop", "421 4.4.2 timeout"])
def test_a_kept_connection_that_ends_before_the_mail_left_is_replaced_once(outgoing, verb, said):
    usual = "354 go" if verb == "DATA" else "250 ok"
    with ScriptedSmtp({verb: [usual, said]}) as server:
        channel = EmailChannel(server.url())
        assert channel.send(outgoing()).ok
        assert channel.send(outgoing()).ok
        assert (server.connections, len(server.mails)) == (2, 2)


def test_after_close_a_send_opens_a_new_connection(outgoing):
    with ScriptedSmtp() as server:
        channel = EmailChannel(server.url())
        assert channel.send(outgoing()).ok
        channel.close()
        assert channel.send(outgoing()).ok
        assert server.connections == 2
        assert "QUIT" in server.commands


def test_the_connection_of_a_thread_that_ended_is_closed_with_it(outgoing):
    with ScriptedSmtp() as server:
        channel = EmailChannel(server.url())
        with ThreadPoolExecutor(1) as pool:
            assert pool.submit(channel.send, outgoing()).result().ok
        assert server.hung_up.wait(5)
        assert server.commands[-1] == "QUIT"


def test_a_forked_process_never_speaks_on_its_parents_connection(outgoing):
    with ScriptedSmtp() as server:
        channel = EmailChannel(server.url())
        assert channel.send(outgoing()).ok
        if (child := os.fork()) == 0:
            os._exit(0 if channel.send(outgoing()).ok else 1)
        assert os.waitpid(child, 0)[1] == 0
        assert channel.send(outgoing()).ok
        assert (server.connections, len(server.mails)) == (2, 3)
        assert "QUIT" not in server.commands
