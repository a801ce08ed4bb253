"""Looks whether anybody can open a web address; never asks this machine or a network of the inside.

The socket is connected, to an address that was looked at, before anything else learns the name: a name that resolves
to something else a moment later changes nothing.
"""

import http.client
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from ipaddress import IPv6Address, IPv6Network, ip_address
from threading import Timer
from time import monotonic
from typing import Any
from urllib.parse import urljoin

from urllib3.exceptions import LocationParseError
from urllib3.util import Url, parse_url

from tracker.delivery.email_session import tls_context

LONGEST = 20.0
"""Seconds for an address with all its redirects."""
MOST_REDIRECTS = 5
_CONNECT = 8.0
_A_FEW_BYTES = 1024
_GONE_ELSEWHERE = (301, 302, 303, 307, 308)
_WELL = range(200, 300)
_GIVEN_OUT = IPv6Network("2000::/3")
"""All that is given out as public in IPv6. What lies outside can lead inside: NAT64, old site-local, `::127.0.0.1`."""
_AGENT = "Mozilla/5.0 (compatible; ita-tracker evidence check)"

_NO_HOST, _NO_ANSWER = "there is no such host", "no answer"

Allowed = Callable[[str], bool]


class _CannotError(Exception):
    """The address cannot be opened; says why."""


def is_public(address: str) -> bool:
    """Say whether an IP address is one of the public Internet, whatever form it is wrapped in."""
    found = ip_address(address.partition("%")[0])
    if isinstance(found, IPv6Address):
        if found.ipv4_mapped:
            found = found.ipv4_mapped
        elif found.sixtofour or found.teredo or found not in _GIVEN_OUT:
            return False  # the first two lead to an IPv4 address, which may be of the inside
    return found.is_global and not found.is_multicast


def fault_of_address(url: str, *, allowed: Allowed = is_public, longest: float = LONGEST) -> str | None:
    """Return why nobody can open an address, None when it opened.

    Asks with HEAD, and where that is refused with GET for its first bytes; each redirect is looked at like the address.
    """
    ends = monotonic() + longest
    try:
        for _ in range(MOST_REDIRECTS + 1):
            status, location = _ask(url, "HEAD", allowed, ends)
            if status not in _WELL and not location:
                status, location = _ask(url, "GET", allowed, ends)
            if not location:
                return None if status in _WELL else f"the answer was {status}"
            url = _led_to(url, location)
    except _CannotError as fault:
        return str(fault)
    return f"more than {MOST_REDIRECTS} redirects"


def is_unanswered(fault: str | None) -> bool:
    """Say whether a fault may be of the network here: nobody has answered."""
    return fault is not None and fault.startswith((_NO_HOST, _NO_ANSWER))


def _ask(url: str, method: str, allowed: Allowed, ends: float) -> tuple[int, str | None]:
    """Return the status, and where a redirect leads; status 0 when HEAD got no answer worth the name."""
    parts = _parts(url)
    with _connected(parts, allowed, ends) as connection:
        headers = {"User-Agent": _AGENT, "Accept": "*/*", "Accept-Encoding": "identity", "Connection": "close"}
        if method == "GET":
            headers["Range"] = f"bytes=0-{_A_FEW_BYTES - 1}"
        try:
            connection.request(method, parts.request_uri, headers=headers)
            with connection.getresponse() as answer:
                answer.read(_A_FEW_BYTES)
                moved = answer.status in _GONE_ELSEWHERE
                return answer.status, answer.getheader("Location") if moved else None
        except (http.client.HTTPException, OSError, ValueError) as fault:
            if method == "HEAD" and monotonic() < ends:
                return 0, None
            raise _CannotError(_said(fault, ends)) from None


def _led_to(url: str, location: str) -> str:
    """Return where a redirect leads; http.client takes for Latin what web sites write in UTF-8."""
    try:
        return urljoin(url, location.encode("latin-1").decode(errors="replace"))
    except ValueError:
        raise _CannotError("it leads to what is no web address") from None


def _parts(url: str) -> Url:
    try:
        parts = parse_url(url)
    except LocationParseError:
        raise _CannotError("it is no web address") from None
    if parts.scheme not in ("http", "https") or not parts.host or parts.auth:
        raise _CannotError("it is no plain web address (http or https)")
    return parts


@contextmanager
def _connected(parts: Url, allowed: Allowed, ends: float) -> Iterator[http.client.HTTPConnection]:
    """Yield a connection whose socket leads to an address that is allowed; it is cut when the time is over."""
    host, port = (parts.host or "").strip("[]"), parts.port or (443 if parts.scheme == "https" else 80)
    with _socket(host, port, allowed, ends) as plain:
        also = plain.dup()
        cut = Timer(max(ends - monotonic(), 0), _cut, [also])
        cut.start()
        try:
            connection = http.client.HTTPConnection(host, port)
            connection.auto_open = 0  # else it would connect by name once the socket is gone
            connection.default_port = 443 if parts.scheme == "https" else 80
            connection.sock = _secured(plain, host, ends) if parts.scheme == "https" else plain
            try:
                yield connection
            finally:
                connection.close()
        finally:
            cut.cancel()
            also.close()


def _socket(host: str, port: int, allowed: Allowed, ends: float) -> socket.socket:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, ValueError):  # ValueError for letters that no name has
        raise _CannotError(_NO_HOST) from None
    if not all(allowed(str(each[4][0])) for each in found):
        raise _CannotError("it leads to this machine or into a private network")
    fault: Exception = OSError()
    for family, kind, protocol, _, place in found:
        try:
            return _reached(family, kind, protocol, place, ends)
        except OSError as error:  # also of a machine that has no sockets of IPv6
            fault = error
    raise _CannotError(_said(fault, ends))


def _reached(family: int, kind: int, protocol: int, place: Any, ends: float) -> socket.socket:
    made = socket.socket(family, kind, protocol)
    made.settimeout(max(min(_CONNECT, ends - monotonic()), 0.01))
    try:
        made.connect(place)
    except OSError:
        made.close()
        raise
    return made


def _secured(plain: socket.socket, host: str, ends: float) -> socket.socket:
    try:
        return tls_context(verify=True).wrap_socket(plain, server_hostname=host)
    except ssl.SSLCertVerificationError:
        raise _CannotError("its certificate is not valid") from None
    except (OSError, ValueError) as fault:
        raise _CannotError(_said(fault, ends)) from None


def _cut(connection: socket.socket) -> None:
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)  # of the connection, whoever else holds it


def _said(fault: Exception, ends: float) -> str:
    if isinstance(fault, TimeoutError) or monotonic() >= ends:
        return f"{_NO_ANSWER} in time"
    return f"{_NO_ANSWER} ({type(fault).__name__})"
