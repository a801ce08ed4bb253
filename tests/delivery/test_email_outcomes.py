from time import monotonic

import pytest

from tests.fakes_network import DROP, STALL, ScriptedSmtp, closed_port
from tracker.delivery.channel import OutcomeKind
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
    ("BODY", "451 4.3.0 later", TEMPORARY, 451),
    ("BODY", "421 closing", TEMPORARY, 421),
    ("BODY", "554 5.7.1 looks like spam", PERMANENT, 554),
    ("BODY", "552 mailbox full", TEMPORARY, 552),
    ("BODY", "552 5.3.4 too big", PERMANENT, 552),
    ("BODY", DROP, UNKNOWN, None),
    ("BODY", "gibberish", UNKNOWN, None),
]


@pytest.mark.parametrize(("step", "said", "kind", "code"), ANSWERS)
def test_each_answer_of_a_mail_server_has_one_meaning(outgoing, step, said, kind, code):
    with ScriptedSmtp({step: said}) as server:
        outcome = EmailChannel(server.url(login="user:hunter22@")).send(outgoing())
    assert (outcome.kind, outcome.code) == (kind, code), outcome


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
