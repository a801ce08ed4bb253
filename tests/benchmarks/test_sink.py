"""The mail server of the benchmarks counts what real senders give it: a wrong count would be a wrong figure."""

import smtplib
import socket
import time
from collections.abc import Iterator

import pytest

from benchmarks.stage import Sink, sink


@pytest.fixture(scope="module", params=[0, 20])
def server(request: pytest.FixtureRequest) -> Iterator[Sink]:
    with sink(request.param) as running:
        yield running


def answers(server: Sink, *pieces: bytes) -> list[bytes]:
    """Return the lines that come back for what is sent piece by piece, a goodbye last."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as connection:
        for piece in (*pieces, b"QUIT\r\n"):
            connection.sendall(piece)
            time.sleep(0.01)  # so that it is read by itself
        with connection.makefile("rb") as read:
            return [line.rstrip() for line in read]


def test_a_mail_of_smtplib_is_counted_once(server):
    before = server.tally()
    with smtplib.SMTP("127.0.0.1", server.port) as smtp:
        smtp.sendmail("a@example.org", ["b@example.org"], "เรื่อง\r\n.\r\n..\r\n".encode())
    after = server.tally()
    assert after.mails == before.mails + 1
    assert after.last > before.last


def test_two_mails_in_one_packet_are_both_taken_and_answered_in_order(server):
    before = server.tally().mails
    mail = b"MAIL FROM:<a>\r\nRCPT TO:<b>\r\nDATA\r\n"
    told = answers(server, mail + b"one\r\n.\r\n" + mail + b"two\r\n.\r\n")
    once = [b"250 ok", b"250 ok", b"354 go", b"250 queued"]
    assert told == [b"220 sink", *once, *once, b"221 bye"]
    assert server.tally().mails == before + 2


def test_the_end_of_a_mail_is_found_wherever_packets_are_cut(server):
    before = server.tally().mails
    text = b"DATA\r\nText\r\n.\r\n"
    for cut in range(1, len(text)):
        answers(server, text[:cut], text[cut:])
    assert server.tally().mails == before + len(text) - 1


def test_an_empty_mail_ends_at_its_dot(server):
    assert answers(server, b"DATA\r\n", b".\r\n") == [b"220 sink", b"354 go", b"250 queued", b"221 bye"]


def test_pipelining_is_offered(server):
    assert b"250-PIPELINING" in answers(server, b"EHLO me\r\n")


def test_only_connections_that_carry_mail_count_as_such():
    with sink() as server:
        answers(server, b"NOOP\r\n")
        assert server.tally().most == 0
        answers(server, b"DATA\r\n.\r\n")
        answers(server, b"DATA\r\n.\r\n")
        assert server.tally().most == 1
