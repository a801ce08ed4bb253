"""Delivery reports: what is read from each system's, and what is not believed or not a report at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.delivery import reports
from tests.delivery.reports import TO, postfix, recipient
from tracker.delivery.bounces import READ_AT_MOST, read_report
from tracker.delivery.refusals import blames_address

OURS = "0f8fad5b-d9cb-469f-a165-70867728950e@ita-tracker.invalid"
SHAPES = {
    "postfix": postfix,
    "exchange": reports.exchange,
    "gmail": reports.gmail,
    "utf8": reports.utf8,
    "utf8 in base64": lambda message_id: reports.utf8(message_id, encoded=True),
}


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_each_system_is_understood(shape) -> None:
    report = read_report(shape(OURS))
    assert report is not None
    assert report.message_ids[0] == OURS
    failure = report.failure_at(TO.upper())
    assert failure is not None
    assert blames_address("email", failure.words)
    assert TO not in failure.words


def test_of_the_words_in_thai_only_the_code_is_kept() -> None:
    """They may quote what we wrote."""
    report = read_report(reports.utf8(OURS))
    assert report is not None
    assert report.failures[0].words == "550 5.1.1 …"


def test_a_report_says_nothing_of_anybody_whom_it_does_not_name() -> None:
    report = read_report(postfix(OURS))
    assert report is not None
    assert report.failure_at("office@example.org") is None
    assert report.failure_at("") is None


def test_who_is_forwarded_is_known_by_the_address_that_was_written_to() -> None:
    report = read_report(postfix(OURS, recipient("private@example.net", original=TO)))
    assert report is not None
    assert report.failure_at(TO) == report.failure_at("private@example.net") is not None


def test_of_several_recipients_each_has_an_end_of_their_own() -> None:
    full = recipient("full@example.org", status="5.2.2", said="552 5.2.2 mailbox full")
    report = read_report(postfix(OURS, recipient(), full, recipient("late@example.org", action="delayed")))
    assert report is not None
    assert [each.addresses for each in report.failures] == [{TO}, {"full@example.org"}]


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed", "expanded", ""])
def test_what_has_not_failed_is_no_failure(action: str) -> None:
    assert read_report(postfix(OURS, recipient(action=action, status="4.4.1"))) is None


@pytest.mark.parametrize("mail", [reports.absence_note(OURS), reports.reply(OURS), b"", b"\r\n\r\n", b"\x00\xff" * 99])
def test_what_is_no_report_is_left_alone(mail: bytes) -> None:
    assert read_report(mail) is None


def test_a_report_that_somebody_forwards_is_not_one() -> None:
    inner = postfix(OURS)
    outer = b'Content-Type: multipart/mixed; boundary="o"\r\n\r\n--o\r\nContent-Type: message/rfc822\r\n\r\n'
    assert read_report(outer + inner + b"\r\n--o--\r\n") is None


def test_without_the_mail_the_thread_says_which_one_it_was() -> None:
    mail = reports.gmail(OURS).replace(b"message/rfc822", b"text/plain").replace(b"X-Original-Message-ID", b"X-Nothing")
    report = read_report(mail)
    assert report is not None
    assert report.message_ids == (OURS,)


def test_the_same_report_has_the_same_key_and_another_another() -> None:
    first, copy, other = (postfix(OURS, own_id=name) for name in ("a", "a", "b"))
    keys = [read_report(mail).key for mail in (first, b"Received: by x\r\n" + copy, other)]  # type: ignore[union-attr]
    assert keys[0] == keys[1] != keys[2]


def test_the_status_stands_in_the_words_once() -> None:
    bare = read_report(postfix(OURS, recipient(status="5.0.0", said="550 no such user here")))
    said = read_report(postfix(OURS, recipient(status="5.0.0")))
    assert bare is not None
    assert said is not None
    assert bare.failures[0].words == "5.0.0 550 no such user here"
    assert said.failures[0].words.count("5.") == 1


def test_a_report_of_any_size_is_read_by_its_beginning() -> None:
    huge = postfix(OURS).replace("เรียน".encode(), b"x" * (8 * READ_AT_MOST))
    assert read_report(huge) == read_report(huge[:READ_AT_MOST]) != None  # noqa: E711 - both are equal, and something
    assert read_report(postfix(OURS, human="x" * READ_AT_MOST)) is None


@pytest.mark.parametrize(
    "mail",
    [
        b"".join(b"Content-Type: multipart/report; boundary=%d\n\n--%d\n" % (n, n) for n in range(9000)),
        b"Content-Type: multipart/report; boundary=" + b"a" * READ_AT_MOST,
        b"Content-Type: message/rfc822\n\n" * 9000,
    ],
    ids=["parts in parts", "a line", "mails in mails"],
)
def test_what_has_no_end_has_one_here(mail: bytes) -> None:
    assert read_report(mail) is None


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_a_report_that_is_cut_off_anywhere_never_raises(shape) -> None:
    mail = shape(OURS)
    for end in range(0, len(mail), 7):
        read_report(mail[:end])


@given(st.sampled_from(sorted(SHAPES)), st.data())
def test_a_report_with_damage_never_raises_and_never_names_another(shape: str, data: st.DataObject) -> None:
    mail = bytearray(SHAPES[shape](OURS))
    for _ in range(data.draw(st.integers(1, 12))):
        at = data.draw(st.integers(0, len(mail) - 1))
        mail[at : at + data.draw(st.integers(0, 40))] = data.draw(st.binary(max_size=20))
    report = read_report(bytes(mail))
    assert report is None or report.failure_at("office@example.org") is None


@pytest.mark.parametrize(
    ("channel", "words", "blamed"),
    [
        ("email", "5.1.1 no such user", True),
        ("email", "550-5.1.1 The email account 550 5.1.1 does not exist", True),
        ("email", "550 5.1.10 RESOLVER.ADR.RecipientNotFound", True),
        ("email", "5.2.1 mailbox disabled", True),
        ("email", "550 5.4.1 Recipient address rejected: Access denied", True),
        ("email", "5.0.0 550 unknown", True),
        ("email", "5.2.2 mailbox full", False),
        ("email", "5.2.3 too long", False),
        ("email", "5.7.1 blocked by a list, see 5.1.1", False),
        ("email", "5.1.0 sender address rejected", False),
        ("email", "5.1.8 bad sender", False),
        ("email", "5.3.4 too big", False),
        ("email", "4.2.0 greylisted", False),
        ("email", "4.4.1 timed out; 5.1.1 is not meant", False),
        ("email", "no such user", False),
        ("email", "connection to 192.5.1.1 refused", False),
        ("email", "connection to 5.1.1.9 refused", False),
        ("line", "Failed to send messages", True),
        ("line", "The property, 'to', in the request body is invalid (line: -, column: -)", True),
        ("line", "A message (messages[0]) in the request body is invalid", False),
        ("line", "5.1.1", False),
        ("tgram", "5.1.1", False),
        ("email", "ผู้รับไม่มีที่อยู่ของช่องทางนี้แล้ว", False),
    ],
)
def test_only_some_refusals_are_the_fault_of_the_address(channel: str, words: str, blamed: bool) -> None:
    assert blames_address(channel, words) is blamed
