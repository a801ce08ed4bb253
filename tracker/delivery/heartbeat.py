"""The heartbeat: a ping to a service that raises the alarm when none comes."""

import socket
from ipaddress import ip_address
from urllib.parse import urlsplit

import urllib3

from tracker.delivery.email_session import tls_context

_TIMEOUT = 10.0
_WELL = range(200, 300)


def ping(url: str) -> str | None:
    """Ask for an address once; None when it was taken, or else what went wrong, without the address.

    Its path is a secret: it goes in the clear to this machine and to private networks only, and no redirect is
    followed.
    """
    try:
        parts = urlsplit(url)
        if parts.scheme not in ("https", "http") or not parts.hostname:
            return "TRACKER_HEARTBEAT_URL is no web address: write it as https://..."
        if parts.scheme != "https" and not _is_private(parts.hostname):
            return "TRACKER_HEARTBEAT_URL is http:// to a public address: write it as https://..."
        with urllib3.PoolManager(ssl_context=tls_context(verify=True), timeout=urllib3.Timeout(_TIMEOUT)) as pool:
            status = pool.request("GET", url, retries=False, redirect=False).status
    except (urllib3.exceptions.HTTPError, OSError, ValueError) as fault:
        return f"no answer ({type(fault).__name__})"
    return None if status in _WELL else f"the answer was {status}, where 200 was expected"


def _is_private(host: str) -> bool:
    """Say whether every address of a host is of this machine or a private network; raises OSError when it has none."""
    found = {str(each[4][0]).partition("%")[0] for each in socket.getaddrinfo(host, None)}
    return all(ip_address(address).is_private for address in found)
