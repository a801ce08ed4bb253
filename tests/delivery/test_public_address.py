"""Looking at a public address: what opens, what does not, and that nothing of the inside is ever asked."""

import socket
import ssl
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
import trustme

from tests.delivery.web_site import WebSite, resolving
from tracker.delivery.email_session import tls_context
from tracker.delivery.public_address import fault_of_address, is_public


@pytest.fixture
def site() -> Iterator[WebSite]:
    with WebSite() as site:
        yield site


def anywhere(_address: str) -> bool:
    """Allow loopback: only a test has a web site there."""
    return True


def test_an_address_that_answers_is_opened_with_one_question(site: WebSite) -> None:
    assert fault_of_address(f"{site.url}/report.pdf", allowed=anywhere) is None
    assert site.asked == [("HEAD", "/report.pdf", f"127.0.0.1:{site.port}")]


def test_thai_words_in_an_address_are_written_as_the_web_writes_them(site: WebSite) -> None:
    assert fault_of_address(f"{site.url}/รายงาน ๖ เดือน.pdf?ปี=๒๕๖๙#หน้า", allowed=anywhere) is None
    ((_, path, _),) = site.asked
    assert path.isascii()
    assert path.endswith("%E0%B9%92%E0%B9%95%E0%B9%96%E0%B9%99")


@pytest.mark.parametrize("status", [401, 403, 404, 410, 500, 503])
def test_an_address_that_refuses_both_questions_is_dead(site: WebSite, status: int) -> None:
    assert fault_of_address(f"{site.url}/{status}", allowed=anywhere) == f"the answer was {status}"
    assert [method for method, _, _ in site.asked] == ["HEAD", "GET"]


def test_a_server_that_hangs_up_on_head_is_asked_again(site: WebSite) -> None:
    assert fault_of_address(f"{site.url}/no-head", allowed=anywhere) is None
    assert [method for method, _, _ in site.asked] == ["HEAD", "GET"]


def test_five_redirects_are_followed_and_a_sixth_is_not(site: WebSite) -> None:
    assert fault_of_address(f"{site.url}{'/to' * 5}/here", allowed=anywhere) is None
    assert len(site.asked) == 6
    assert fault_of_address(f"{site.url}{'/to' * 6}/here", allowed=anywhere) == "more than 5 redirects"


def test_an_endless_answer_is_not_read(site: WebSite) -> None:
    assert fault_of_address(f"{site.url}/huge", allowed=anywhere) is None
    assert site.sent < 16 << 20


def test_a_server_that_drips_is_cut_off(site: WebSite) -> None:
    """Each byte comes in time, the answer never."""
    assert fault_of_address(f"{site.url}/drip", allowed=anywhere, longest=0.5) == "no answer in time"


def test_a_server_that_says_nothing_is_cut_off() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"https://127.0.0.1:{silent.getsockname()[1]}/"
        assert fault_of_address(url, allowed=anywhere, longest=0.3) == "no answer in time"


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:{port}/", "http://localhost:{port}/", "http://[::1]:{port}/", "http://2130706433:{port}/",
        "http://0x7f.1:{port}/", "http://0.0.0.0:{port}/", "http://[::ffff:127.0.0.1]:{port}/",
    ],
)  # fmt: skip
def test_this_machine_is_never_asked(site: WebSite, url: str) -> None:
    assert fault_of_address(url.format(port=site.port)) is not None
    assert site.asked == []


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.255.0.1", "0.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
        "198.18.0.1", "192.0.2.1", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255", "::1", "::",
        "fe80::1%eth0", "fc00::1", "fd12::1", "ff02::1", "2001:db8::1", "::ffff:10.0.0.1", "64:ff9b::a00:1",
        "2002:0a00:0001::1", "2001:0:4136:e378::1", "64:ff9b:1::a00:1", "::127.0.0.1", "::ffff:0:127.0.0.1", "fec0::1",
    ],
)  # fmt: skip
def test_addresses_of_the_inside_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "203.150.1.1", "2001:4860:4860::8888", "::ffff:8.8.8.8"])
def test_addresses_of_the_internet_are_public(address: str) -> None:
    assert is_public(address)


def test_a_name_that_leads_inside_is_not_asked(site: WebSite, monkeypatch: pytest.MonkeyPatch) -> None:
    resolving(monkeypatch, "127.0.0.1")
    fault = fault_of_address(f"http://www.example.org:{site.port}/")
    assert (fault, site.asked) == ("it leads to this machine or into a private network", [])


def test_a_redirect_that_leads_inside_is_not_followed(site: WebSite) -> None:
    """The first address is allowed, the one that it leads to is not."""
    fault = fault_of_address(f"{site.url}/to=http://localhost.example.org:{site.port}/secret",
                             allowed=lambda address: address == "127.0.0.1" and not site.asked)  # fmt: skip
    assert fault in ("it leads to this machine or into a private network", "there is no such host")
    assert [path for _, path, _ in site.asked] == [f"/to=http://localhost.example.org:{site.port}/secret"]


def test_a_name_is_resolved_once_and_what_was_looked_at_is_connected(
    site: WebSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name server that answers “public” first and “loopback” then gets no second question."""
    looked_at: list[str] = []
    asked = resolving(monkeypatch, "127.0.0.1", "127.0.0.2")
    url = f"http://www.example.org:{site.port}/"
    assert fault_of_address(url, allowed=lambda address: looked_at.append(address) is None) is None
    assert (asked, looked_at) == (["www.example.org"], ["127.0.0.1"])
    assert site.asked == [("HEAD", "/", f"www.example.org:{site.port}")]


def test_a_second_answer_of_the_name_server_is_looked_at_anew(site: WebSite, monkeypatch: pytest.MonkeyPatch) -> None:
    resolving(monkeypatch, "127.0.0.1", "127.0.0.2")
    url = f"http://www.example.org:{site.port}/404"
    fault = fault_of_address(url, allowed=lambda address: address == "127.0.0.1")
    assert fault == "it leads to this machine or into a private network"
    assert len(site.asked) == 1


@pytest.mark.parametrize(
    ("url", "fault"),
    [
        ("ftp://example.org/", "it is no plain web address (http or https)"),
        ("http:///x", "it is no plain web address (http or https)"),
        ("http://user:password@example.org/", "it is no plain web address (http or https)"),
        ("http://[::1/", "it is no web address"),
        ("http://example.org:99999/", "it is no web address"),
        ("http://no-such-host.invalid/", "there is no such host"),
        (f"http://{'a' * 300}.org/", "there is no such host"),
    ],
)
def test_what_is_no_address_is_said(url: str, fault: str) -> None:
    assert fault_of_address(url, allowed=anywhere) == fault


@pytest.mark.parametrize("place", ["http://[::1", "http://a\u2100b/", "http://a\0b/", "http://exa mple.org/"])
def test_a_redirect_to_what_is_no_address_is_a_dead_address_and_no_crash(site: WebSite, place: str) -> None:
    fault = fault_of_address(f"{site.url}/to={quote(place, safe='')}", allowed=anywhere)
    assert fault in ("it leads to what is no web address", "it is no web address", "there is no such host")


def test_a_redirect_in_thai_is_followed_whether_it_is_encoded_or_not(site: WebSite) -> None:
    """Web servers here send the bytes of UTF-8 as they are."""
    assert fault_of_address(f"{site.url}/to=%2Fรายงาน.pdf", allowed=anywhere) is None
    assert site.asked[-1][1] == f"/{quote('รายงาน')}.pdf"


def test_a_machine_without_ipv6_goes_on_with_the_next_address(site: WebSite, monkeypatch: pytest.MonkeyPatch) -> None:
    nowhere = (9999, socket.SOCK_STREAM, 0, "", ("2001:4860:4860::8888", site.port, 0, 0))  # of a family that it lacks
    real = socket.getaddrinfo
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **more: [nowhere, *real(*args, **more)])
    assert fault_of_address(f"{site.url}/report.pdf", allowed=anywhere) is None


def test_a_redirect_to_a_file_is_not_followed(site: WebSite) -> None:
    assert fault_of_address(f"{site.url}/to=file:///etc/passwd", allowed=anywhere) is not None


def test_certificates_are_looked_at_under_the_name_that_was_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    authority = trustme.CA()
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("localhost").configure_cert(context)
    with WebSite(context) as site:
        assert fault_of_address(f"{site.url}/", allowed=anywhere) == "its certificate is not valid"
        authority.cert_pem.write_to_path(tmp_path / "authority.pem")
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
        tls_context.cache_clear()
        assert fault_of_address(f"{site.url}/", allowed=anywhere) is None
        other = f"https://127.0.0.1:{site.port}/"
        assert fault_of_address(other, allowed=anywhere) == "its certificate is not valid"
    tls_context.cache_clear()
