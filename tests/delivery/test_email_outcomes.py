from time import monotonic

import pytest

from tests.fakes_network import DROP, SLOW, STALL, ScriptedSmtp, closed_port
from tracker.delivery import email_session
from tracker.delivery.channel import OutcomeKind
from tracker.delivery.email_session import MailSession, Relay
from tracker.delivery.mail import EmailChannel
from workers.standins import SmtpFaults, SmtpStandin

ACCEPTED, TEMPORARY, PERMANENT = OutcomeKind.ACCEPTED, OutcomeKind.TEMPORARY, OutcomeKind.PERMANENT
UNKNOWN, MISCONFIGURED = OutcomeKind.UNKNOWN, OutcomeKind.MISCONFIGURED

ANSWERS = [
    ("GREETING", "421 too busy", TEMPORARY, 421),
    ("GREETING", "554 no mail from you", MISCONFIGURED, 554),
    ("GREETING", DROP, TEMPORARY, None),
    ("AUTH", "535 5.7.8 wrong password", MISCONFIGURED, 535),
    ("AUTH", "454 4.7.0 try later", TEMPORARY, 454),
    ("EHLO", "250 no login here", MISCONFIGURED, None),
    ("MAIL", "451 4.3.0 later", TEMPORARY, 451),
    ("MAIL", "421 closing", TEMPORARY, 421),
    ("MAIL", "530 5.7.0 authenticate first", MISCONFIGURED, 530),
    ("MAIL", "535 5.7.8 authenticate first", MISCONFIGURED, 535),
    ("MAIL", "550 5.7.1 you may not send", MISCONFIGURED, 550),
    ("MAIL", "553 5.7.1 not your address", MISCONFIGURED, 553),
    ("MAIL", "552 5.3.4 too big", PERMANENT, 552),
    ("MAIL", DROP, TEMPORARY, None),
    ("RCPT", "550 5.1.1 no such user", PERMANENT, 550),
    ("RCPT", "550 5.1.1 <o@relay.example.org> User unknown in relay recipient table", PERMANENT, 550),
    ("RCPT", "554 5.7.1 <o@example.org>: Relay access denied", TEMPORARY, 554),
    ("RCPT", "550 5.7.54 SMTP; Unable to relay recipient in non-accepted domain", TEMPORARY, 550),
    ("RCPT", "553 5.7.1 <ita@example.org>: Sender address rejected: not owned by user", MISCONFIGURED, 553),
    ("RCPT", "554 5.7.1 <unknown[192.0.2.7]>: Client host rejected: Access denied", MISCONFIGURED, 554),
    ("RCPT", "550 5.1.8 bad sender's system", MISCONFIGURED, 550),
    ("RCPT", "451 4.3.0 later", TEMPORARY, 451),
    ("RCPT", "452 4.5.3 too many", TEMPORARY, 452),
    ("RCPT", "554 5.7.1 refused", PERMANENT, 554),
    ("RCPT", "530 5.7.0 authenticate first", MISCONFIGURED, 530),
    ("RCPT", "450 4.2.0 greylisted", TEMPORARY, 450),
    ("RCPT", "452 4.2.2 mailbox full", TEMPORARY, 452),
    ("RCPT", "552 5.2.2 mailbox full", TEMPORARY, 552),
    ("RCPT", "550 5.2.2 over quota", TEMPORARY, 550),
    ("RCPT", "421 closing", TEMPORARY, 421),
    ("RCPT", DROP, TEMPORARY, None),
    ("DATA", "451 later", TEMPORARY, 451),
    ("DATA", "554 no", PERMANENT, 554),
    ("DATA", DROP, TEMPORARY, None),
    ("DATA", "421 closing", TEMPORARY, 421),
    ("BODY", "450 4.2.0 later", TEMPORARY, 450),
    ("BODY", "451 4.3.0 later", TEMPORARY, 451),
    ("BODY", "452 4.3.1 no room", TEMPORARY, 452),
    ("BODY", "550 5.7.60 SMTP; Client does not have permissions to send as this sender", MISCONFIGURED, 550),
    ("BODY", "550 5.7.26 This mail is unauthenticated", MISCONFIGURED, 550),
    ("BODY", "550 5.7.1 the content was refused", PERMANENT, 550),
    ("BODY", SLOW, ACCEPTED, 250),
    ("BODY", "421 closing", TEMPORARY, 421),
    ("BODY", "554 5.7.1 looks like spam", PERMANENT, 554),
    ("BODY", "552 mailbox full", TEMPORARY, 552),
    ("BODY", "552 5.3.4 too big", PERMANENT, 552),
    ("BODY", DROP, UNKNOWN, None),
    ("BODY", "gibberish", UNKNOWN, None),
]


@pytest.mark.parametrize("pipelining", [False, True], ids=["one by one", "pipelined"])
@pytest.mark.parametrize(("step", "said", "kind", "code"), ANSWERS)
def test_each_answer_of_a_mail_server_has_one_meaning(outgoing, step, said, kind, code, pipelining):
    with ScriptedSmtp({step: said}, pipelining=pipelining) as server:
        outcome = EmailChannel(server.url(login="user:hunter22@")).send(outgoing())
    assert (outcome.kind, outcome.code) == (kind, code), outcome


@pytest.mark.parametrize(
    ("pipelining", "greedy"),
    [(False, False), (True, False), (True, True)],
    ids=["one by one", "pipelined", "pipelined, and the server takes a mail in spite of a refusal"],
)
@pytest.mark.parametrize(
    ("step", "said"), [(step, said) for step, said, *_ in ANSWERS if step in ("MAIL", "RCPT", "DATA", "BODY")]
)
def test_whatever_one_mail_met_the_next_one_of_that_thread_reads_its_own_answers(
    outgoing, step, said, pipelining, greedy
):
    with ScriptedSmtp({step: [said]}, pipelining=pipelining, greedy=greedy) as server:
        channel = EmailChannel(server.url())
        channel.send(outgoing())
        after = channel.send(last := outgoing())
        assert (after.kind, after.code) == (ACCEPTED, 250), after
        assert last.message_id.encode() in server.mails[-1]


def test_sender_recipient_and_data_go_in_one_write_where_the_server_allows_it(outgoing):
    with ScriptedSmtp({"RCPT": ["250 ok", "550 5.1.1 no such user"]}, pipelining=True) as server:
        channel = EmailChannel(server.url())
        assert [channel.send(outgoing()).kind for _ in range(3)] == [ACCEPTED, PERMANENT, ACCEPTED]
        assert [line[:4] for line in server.commands[1:]] == [
            *("MAIL", "RCPT", "DATA"),
            *("MAIL", "RCPT", "DATA", "rset"),
            *("MAIL", "RCPT", "DATA"),
        ]
        assert server.behind_mail == [b"RCPT TO:<officer@example.org>\r\nDATA\r\n"] * 3


def test_a_server_that_waits_for_a_mail_to_nobody_gets_none(outgoing):
    with ScriptedSmtp({"RCPT": ["550 5.1.1 no such user"]}, pipelining=True, greedy=True) as server:
        channel = EmailChannel(server.url())
        assert [channel.send(outgoing()).kind for _ in range(2)] == [PERMANENT, ACCEPTED]
        assert (server.connections, len(server.mails)) == (2, 1)


def test_a_connection_that_breaks_in_mid_message_is_temporary_and_the_mail_is_not_begun_again_at_once(outgoing):
    with ScriptedSmtp(cut_mail=1000) as server:
        outcome = EmailChannel(server.url()).send(outgoing(text="ก" * 10_000_000))
        assert (outcome.kind, outcome.code) == (TEMPORARY, None)
        assert "mid-message" in outcome.detail
        assert server.connections == 1


def test_a_kept_connection_is_left_after_its_time(outgoing, monkeypatch):
    with ScriptedSmtp() as server:
        channel = EmailChannel(server.url())
        assert channel.send(outgoing()).ok
        monkeypatch.setattr(email_session, "KEPT_AGE", 0.0)
        assert channel.send(outgoing()).ok
        assert server.connections == 2


def test_a_bug_in_mid_dialogue_leaves_no_answer_for_the_next_mail_to_read(outgoing):
    with ScriptedSmtp(pipelining=True) as server:
        session = MailSession(Relay("127.0.0.1", server.port, "insecure"))
        with pytest.raises(TypeError):
            session.deliver("ita@example.org", "o@example.org", "a text is no mail")  # found once DATA is open
        assert session.deliver("ita@example.org", "o@example.org", b"Subject: x\r\n\r\ny\r\n").ok
        assert server.connections == 2


def test_an_address_with_a_line_end_is_a_bug_and_never_a_command(outgoing):
    with ScriptedSmtp(pipelining=True) as server:
        session = MailSession(Relay("127.0.0.1", server.port, "insecure"))
        with pytest.raises(ValueError, match="line end"):
            session.deliver("ita@example.org", "o@example.org>\r\nRCPT TO:<x@example.org", b"")
        assert not server.commands


def test_a_temporary_fault_of_login_or_tls_is_no_fault_of_ours(outgoing):
    with ScriptedSmtp({"EHLO": "250-x\r\n250 STARTTLS", "STAR": "454 4.7.0 TLS not available"}) as server:
        outcome = EmailChannel(f"mailtos://127.0.0.1:{server.port}?from=ita@example.org").send(outgoing())
    assert (outcome.kind, outcome.code) == (TEMPORARY, 454)


@pytest.mark.parametrize(
    ("step", "option", "kind"),
    [("GREETING", "&cto=0.2", TEMPORARY), ("RCPT", "&rto=0.2", TEMPORARY), ("BODY", "&rto=0.2", UNKNOWN)],
)
def test_a_server_that_falls_silent_costs_one_timeout_and_no_more(outgoing, step, option, kind):
    with ScriptedSmtp({step: STALL}) as server:
        began = monotonic()
        outcome = EmailChannel(server.url(option)).send(outgoing())
        assert outcome.kind is kind
        assert monotonic() - began < 2


@pytest.mark.parametrize(("step", "kind"), [("RCPT", TEMPORARY), ("BODY", UNKNOWN)])
def test_a_mail_takes_no_longer_than_a_claim_holds_however_patient_the_relays_timeout(
    outgoing, monkeypatch, step, kind
):
    monkeypatch.setattr(email_session, "LONGEST", 0.0)
    with ScriptedSmtp({step: STALL}) as server:
        assert EmailChannel(server.url("&rto=600")).send(outgoing()).kind is kind


def test_a_refused_connection_is_temporary(outgoing):
    channel = EmailChannel(f"mailto://127.0.0.1:{closed_port()}?from=ita@example.org")
    assert channel.send(outgoing()).kind is TEMPORARY


def test_a_host_without_an_address_is_temporary(outgoing):
    channel = EmailChannel("mailto://127.0.0.1?from=ita@example.org&smtp=nobody.invalid")
    assert channel.send(outgoing()).kind is TEMPORARY


def test_a_refusal_leaves_the_connection_good_for_the_next_message(outgoing):
    with ScriptedSmtp({"RCPT": ["550 no such user"]}) as server:
        channel = EmailChannel(server.url())
        assert channel.send(outgoing()).kind is PERMANENT
        assert channel.send(outgoing()).ok
        assert server.connections == 1
        assert "RSET" in [command.upper() for command in server.commands]


def test_the_words_of_a_refusal_are_kept_short_and_without_the_address(outgoing):
    with ScriptedSmtp({"RCPT": "550 5.1.1 <officer@example.org> unknown " + "x" * 400}) as server:
        outcome = EmailChannel(server.url()).send(outgoing())
    assert outcome.detail.startswith("5.1.1 <o…@example.org> unknown")
    assert len(outcome.detail) == 300


def test_the_stand_in_refuses_delays_and_loses_answers_on_order(outgoing):
    with SmtpStandin(SmtpFaults(reject="^nobody@", fail_first=1, drop_first=1)) as relay:
        channel = EmailChannel(relay.url)
        assert channel.send(outgoing("nobody@example.org")).kind is PERMANENT
        assert channel.send(outgoing()).code == 451
        lost = outgoing()
        assert channel.send(lost).kind is UNKNOWN
        assert channel.send(lost).ok
        assert [mail.message_id for mail in relay.mails] == [lost.message_id] * 2
        channel.close()
