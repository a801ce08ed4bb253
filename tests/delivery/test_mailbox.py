"""The mailbox of delivery reports: a Maildir, and IMAP over TLS; nothing in either is ever changed or lost."""

import mailbox as library
import os
import ssl
from pathlib import Path
from uuid import uuid4

import pytest
import trustme

from tests.delivery.reports import postfix, reply
from tests.fakes_imap import DROP, STALL, ImapServer
from tests.fakes_network import closed_port
from tracker.delivery.bounces import READ_AT_MOST
from tracker.delivery.email_session import tls_context
from tracker.delivery.imap import ImapMailbox
from tracker.delivery.mailbox import MAILS_AT_ONCE, Account, Mail, open_mailbox
from tracker.errors import Misconfigured, Unavailable

OURS = "0f8fad5b-d9cb-469f-a165-70867728950e@ita-tracker.invalid"


@pytest.fixture
def maildir(tmp_path: Path) -> library.Maildir:
    return library.Maildir(tmp_path / "box")


def put(maildir: library.Maildir, mail: bytes) -> None:
    (Path(maildir._path) / "new" / f"{uuid4().hex}.x").write_bytes(mail)


def read(url: str, after: tuple[int, int] | None = None) -> list[Mail]:
    return list(open_mailbox(url).mails(after))


def test_a_mail_in_a_maildir_is_given_once_and_stays_there_unread(maildir: library.Maildir) -> None:
    given = {postfix(OURS), reply(OURS)}
    for mail in given:
        put(maildir, mail)
    url = f"maildir://{maildir._path}"
    assert {each.raw for each in read(url)} == given
    assert read(url) == []
    assert [(mail.get_subdir(), mail.get_flags()) for mail in maildir] == [("cur", "")] * 2


def test_a_mail_that_was_not_dealt_with_is_given_again(maildir: library.Maildir) -> None:
    put(maildir, postfix(OURS))
    box = open_mailbox(f"maildir://{maildir._path}")
    mails = box.mails(None)
    next(mails)
    mails.close()
    assert len(list(box.mails(None))) == 1


def test_of_a_mail_in_a_maildir_only_the_beginning_is_read(maildir: library.Maildir) -> None:
    put(maildir, b"Subject: x\n\n" + b"x" * (3 * READ_AT_MOST))
    (mail,) = read(f"maildir://{maildir._path}")
    assert len(mail.raw) == READ_AT_MOST


def test_a_full_maildir_is_read_in_shares(maildir: library.Maildir) -> None:
    for n in range(MAILS_AT_ONCE + 1):
        (Path(maildir._path) / "new" / f"{n:05}.x").write_bytes(b"x")
    url = f"maildir://{maildir._path}"
    assert [len(read(url)), len(read(url)), len(read(url))] == [MAILS_AT_ONCE, 1, 0]


def test_what_is_no_mail_in_a_maildir_is_left(maildir: library.Maildir, tmp_path: Path) -> None:
    new = Path(maildir._path) / "new"
    os.mkfifo(new / "1.pipe")
    (new / "2.link").symlink_to(tmp_path / "elsewhere")
    (new / "3.folder").mkdir()
    assert read(f"maildir://{maildir._path}") == []


def test_a_folder_that_is_no_maildir_is_named(tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    with pytest.raises(Misconfigured, match="new and cur"):
        read(f"maildir://{tmp_path}")


def test_only_reports_are_fetched_and_only_their_beginning() -> None:
    long_one = postfix(OURS) + b"x" * READ_AT_MOST
    with ImapServer() as server:
        server.put(reply(OURS), long_one)
        other, report = read(server.url())
    assert report.raw == long_one[:READ_AT_MOST]
    assert b"ita-tracker" not in other.raw
    assert [uid for uid, what in server.fetched if what.startswith("[]")] == [2]
    assert (other.position, report.position) == ((7, 1), (7, 2))


def test_nothing_in_the_mailbox_is_changed() -> None:
    with ImapServer() as server:
        server.put(postfix(OURS))
        read(server.url())
    assert {command.split()[0] for command in server.commands} == {
        "CAPABILITY", "LOGIN", "STATUS", "EXAMINE", "UID", "LOGOUT",
    }  # fmt: skip
    assert all("BODY.PEEK" in command for command in server.commands if "FETCH" in command)


def test_a_reader_goes_on_behind_what_was_looked_at() -> None:
    with ImapServer() as server:
        server.put(*[postfix(OURS)] * 3)
        assert [mail.position for mail in read(server.url(), (7, 2))] == [(7, 3)]
        assert read(server.url(), (7, 3)) == []
        server.validity = 8  # the numbers were given anew
        assert [mail.position for mail in read(server.url(), (7, 3))] == [(8, 1), (8, 2), (8, 3)]


def test_of_a_mailbox_never_read_before_the_newest_are_looked_at() -> None:
    with ImapServer(mails={1: b"old", 5_000_000: b"a", 5_000_100: b"b"}) as server:
        assert [mail.position for mail in read(server.url())] == [(7, 5_000_000), (7, 5_000_100)]


def test_numbers_far_apart_are_passed_over() -> None:
    with ImapServer(mails={1: b"a", 400_000: b"b"}) as server:
        assert [mail.position for mail in read(server.url(), (7, 1))] == [(7, 400_000)]


def test_a_full_mailbox_is_read_in_shares() -> None:
    with ImapServer() as server:
        server.put(*[b"x"] * (MAILS_AT_ONCE + 1))
        first = read(server.url())
        assert len(first) == MAILS_AT_ONCE
        assert [mail.position for mail in read(server.url(), first[-1].position)] == [(7, MAILS_AT_ONCE + 1)]


def test_a_server_may_write_the_number_last() -> None:
    with ImapServer(uid_comes_last=True) as server:
        server.put(postfix(OURS))
        assert OURS.encode() in read(server.url())[0].raw


def test_users_and_folders_with_odd_characters_are_quoted() -> None:
    with ImapServer(user='DOMAIN\\i"ta', password='p@ss "w\\rd/', folder="Bounces 2") as server:
        server.put(b"x")
        url = server.url(login="DOMAIN%5Ci%22ta:p%40ss%20%22w%5Crd%2F").replace("Bounces 2", "Bounces%202")
        assert len(read(url)) == 1


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def certified(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("localhost").configure_cert(context)
    return context


@pytest.fixture
def trusted(authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    authority.cert_pem.write_to_path(tmp_path / "authority.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
    tls_context.cache_clear()
    yield
    tls_context.cache_clear()


def test_over_tls_and_over_starttls_it_is_the_same(trusted: None, certified: ssl.SSLContext) -> None:
    with ImapServer(implicit=certified, mails={1: b"x"}) as server:
        assert len(read(server.url(scheme="imaps", host="localhost"))) == 1
    with ImapServer(starttls=certified, mails={1: b"x"}) as server:
        assert len(read(server.url("?starttls", host="localhost"))) == 1


def test_a_certificate_that_nobody_signed_gets_no_password(certified: ssl.SSLContext) -> None:
    tls_context.cache_clear()
    with ImapServer(implicit=certified) as server, pytest.raises(Unavailable, match="certificate"):
        read(server.url(scheme="imaps", host="localhost"))
    with ImapServer(starttls=certified) as plain, pytest.raises(Unavailable, match="certificate"):
        read(plain.url("?starttls", host="localhost"))
    assert server.logins == plain.logins == []


def test_a_server_without_starttls_gets_no_password() -> None:
    with ImapServer() as server, pytest.raises(Unavailable):
        read(server.url("?starttls"))
    assert server.logins == []


def test_a_refused_login_is_said_without_the_password() -> None:
    with ImapServer() as server, pytest.raises(Misconfigured, match="refused the login") as refused:
        read(server.url(login="ita:wrong-one"))
    assert "wrong-one" not in str(refused.value)
    assert "AUTHENTICATIONFAILED" in str(refused.value)


@pytest.mark.parametrize(
    ("verb", "said"),
    [
        ("GREETING", DROP),
        ("GREETING", "* BYE too busy"),
        ("GREETING", "gibberish"),
        ("CAPABILITY", "TAG BAD no"),
        ("LOGIN", DROP),
        ("STATUS", "TAG NO no such mailbox"),
        ("STATUS", "TAG OK but no numbers"),
        ("EXAMINE", "TAG NO not now"),
        ("SEARCH", "TAG NO not now"),
        ("SEARCH", "* SEARCH one two\r\nTAG OK done"),
        ("FETCH", DROP),
        ("FETCH", "TAG NO not now"),
        ("FETCH", "* 1 FETCH (UID 1 BODY[] {99999999999}"),
        ("FETCH", "\x00\xff nonsense\r\nTAG OK done\r\n"),
    ],
)
def test_a_server_at_odds_is_one_sentence_and_the_next_run_tries_again(verb: str, said: str) -> None:
    with ImapServer(mails={1: postfix(OURS)}, script={verb: said}) as server:
        with pytest.raises(Unavailable, match="the next run tries again") as fault:
            read(server.url())
        assert "s3cret" not in str(fault.value)
        server.script.clear()
        assert len(read(server.url())) == 1


@pytest.mark.parametrize("verb", ["GREETING", "LOGIN", "FETCH"])
def test_a_server_that_says_nothing_more_is_given_up(verb: str) -> None:
    with ImapServer(mails={1: postfix(OURS)}, script={verb: STALL}) as server:
        account = Account("127.0.0.1", server.port, "none", "ita", "s3cret", "INBOX")
        with pytest.raises(Unavailable, match="timed out"):
            list(ImapMailbox(account, answer_timeout=0.2).mails(None))


def test_a_mail_that_went_meanwhile_is_passed_over() -> None:
    with ImapServer(mails={1: b"x"}, script={"FETCH": "TAG OK nothing there"}) as server:
        assert read(server.url()) == [Mail(b"", (7, 1))]


def test_nobody_at_the_port_is_one_sentence() -> None:
    with pytest.raises(Unavailable, match="TRACKER_BOUNCE_URL"):
        read(f"imap://u:hush@127.0.0.1:{closed_port()}/INBOX")


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("", "of no kind"),
        ("pop3://u:hush@h/INBOX", "of no kind"),
        ("imaps://u:hush@h:99999/INBOX", "malformed"),
        ("imaps://h/INBOX", "lacks"),
        ("imaps://u@h/INBOX", "lacks"),
        ("imaps://u:hush@h/INBOX?verify=no", "unknown option"),
        ("imaps://u:hush@h/INBOX?starttls", "unknown option"),
        ("imap://u:hush@h/INBOX", "in the clear"),
        ("imap://u:hush%0d%0aA1%20LOGOUT@h/INBOX?starttls", "plain ASCII"),
        ("imaps://u:hush@h/กล่อง", "plain ASCII"),
        ("maildir://relative/path", "absolute path"),
        ("maildir:relative", "absolute path"),
        ("maildir:///a?b", "absolute path"),
    ],
)
def test_an_address_that_cannot_be_used_is_explained_without_its_password(url: str, said: str) -> None:
    with pytest.raises(Misconfigured, match=said) as refused:
        open_mailbox(url)
    assert "hush" not in str(refused.value)


def test_a_mailbox_is_known_by_its_place_and_not_by_its_password() -> None:
    before, after = (open_mailbox(f"imaps://u:{password}@h/INBOX").name for password in ("hush", "other"))
    assert before == after
    assert "hush" not in before
