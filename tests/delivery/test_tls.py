import ssl

import pytest
import trustme
from aiosmtpd.smtp import AuthResult

from tests.delivery.conftest import LINE_ID
from tests.fakes_network import ScriptedSmtp
from tracker.delivery.channel import OutcomeKind
from tracker.delivery.email_session import tls_context
from tracker.delivery.line import LineChannel
from tracker.delivery.mail import EmailChannel
from workers.standins import LineStandin, SmtpStandin


@pytest.fixture(scope="module")
def authority():
    return trustme.CA()


@pytest.fixture
def server_context(authority):
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("localhost").configure_cert(context)
    return context


@pytest.fixture
def trusted(authority, tmp_path, monkeypatch):
    authority.cert_pem.write_to_path(tmp_path / "authority.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
    tls_context.cache_clear()
    yield
    tls_context.cache_clear()


def authenticate(_server, _session, _envelope, _mechanism, given):
    return AuthResult(success=given.password == b"s3cret/w@rd", handled=False)


@pytest.fixture
def starttls(server_context):
    with SmtpStandin(tls_context=server_context, authenticator=authenticate, auth_required=True) as relay:
        yield relay


@pytest.fixture
def implicit(server_context):
    with SmtpStandin(ssl_context=server_context) as relay:
        yield relay


def url(relay, login="", mode="starttls", more=""):
    return f"mailtos://{login}localhost:{relay.port}?from=ita@example.org&mode={mode}{more}"


def test_starttls_and_login_deliver_when_the_certificate_is_trusted(trusted, starttls, outgoing):
    channel = EmailChannel(url(starttls, login="ita:s3cret%2Fw%40rd@"))
    assert channel.send(outgoing()).ok
    assert channel.send(outgoing()).ok
    assert channel._plugin().session._messages == 2  # over one connection
    channel.close()


def test_implicit_tls_delivers_when_the_certificate_is_trusted(trusted, implicit, outgoing):
    channel = EmailChannel(url(implicit, mode="ssl"))
    assert channel.send(outgoing()).ok
    assert channel.send(outgoing()).ok
    assert channel._plugin().session._messages == 2  # over one connection
    channel.close()


def test_a_wrong_password_is_misconfigured_and_not_in_the_outcome(trusted, starttls, outgoing):
    outcome = EmailChannel(url(starttls, login="ita:wrongpass@")).send(outgoing())
    assert (outcome.kind, outcome.code) == (OutcomeKind.MISCONFIGURED, 535)
    assert "wrongpass" not in str(outcome)


def test_a_missing_login_is_misconfigured(trusted, starttls, outgoing):
    outcome = EmailChannel(url(starttls)).send(outgoing())
    assert (outcome.kind, outcome.code) == (OutcomeKind.MISCONFIGURED, 530)


@pytest.mark.parametrize("mode", ["starttls", "ssl"])
def test_a_certificate_that_nobody_signed_is_misconfigured(starttls, implicit, outgoing, mode):
    tls_context.cache_clear()
    outcome = EmailChannel(url(implicit if mode == "ssl" else starttls, mode=mode)).send(outgoing())
    assert outcome.kind is OutcomeKind.MISCONFIGURED
    assert "certificate" in outcome.detail.lower()


def test_verification_can_be_switched_off_by_the_url(implicit, outgoing):
    channel = EmailChannel(url(implicit, mode="ssl", more="&verify=no"))
    assert channel.send(outgoing()).ok
    channel.close()


@pytest.mark.parametrize("mode", ["starttls", "ssl"])
def test_a_server_without_tls_is_misconfigured_and_gets_no_mail(relay, outgoing, mode):
    outcome = EmailChannel(url(relay, mode=mode)).send(outgoing())
    assert outcome.kind is OutcomeKind.MISCONFIGURED
    assert not relay.mails


def test_a_server_that_hangs_up_instead_of_tls_is_temporary(outgoing):
    with ScriptedSmtp({"EHLO": "250-x\r\n250 STARTTLS", "STAR": "drop"}) as server:
        outcome = EmailChannel(f"mailtos://127.0.0.1:{server.port}?from=ita@example.org").send(outgoing())
    assert outcome.kind is OutcomeKind.TEMPORARY


@pytest.fixture
def line_over_tls(server_context):
    with LineStandin() as standin:
        standin._server.socket = server_context.wrap_socket(standin._server.socket, server_side=True)
        yield standin.url.replace("http://127.0.0.1", "https://localhost")


def test_line_over_tls_takes_a_push_when_the_certificate_is_trusted(trusted, line_over_tls, outgoing):
    assert LineChannel("token", line_over_tls).send(outgoing(LINE_ID)).ok


def test_line_with_a_certificate_that_nobody_signed_is_misconfigured(line_over_tls, outgoing):
    tls_context.cache_clear()
    assert LineChannel("token", line_over_tls).send(outgoing(LINE_ID)).kind is OutcomeKind.MISCONFIGURED
