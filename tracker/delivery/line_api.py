"""Requests to the LINE Messaging API: one pool of kept connections, no proxies, no redirects, no retries."""

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

import urllib3

from tracker.delivery.email_session import tls_context
from tracker.delivery.loopback import is_loopback
from tracker.errors import Misconfigured

CONNECT_TIMEOUT = 5.0
ANSWER_TIMEOUT = 15.0
KEPT_CONNECTIONS = 32


class LineApi:
    """The API at a base URL, as the holder of a channel access token. Safe to use from many threads."""

    def __init__(self, token: str, api_url: str) -> None:
        if not re.fullmatch(r"[!-~]+", token):
            raise Misconfigured("TRACKER_LINE_TOKEN is empty or has spaces: copy the channel access token again.")
        self.token = token
        self._base = _checked(api_url)
        self._pool = urllib3.PoolManager(
            maxsize=KEPT_CONNECTIONS,
            ssl_context=tls_context(verify=True),
            timeout=urllib3.Timeout(connect=CONNECT_TIMEOUT, read=ANSWER_TIMEOUT),
        )

    def request(
        self, method: str, path: str, *, body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> urllib3.BaseHTTPResponse:
        """Return the whole answer; raises urllib3's HTTPError when there is none."""
        return self._pool.request(
            method,
            self._base + path,
            body=body,
            headers={
                "Authorization": f"Bearer {self.token}",
                "Content-Type": "application/json",
                **(headers or {}),
            },
            retries=False,
            redirect=False,
        )

    def close(self) -> None:
        """Close the idle connections."""
        self._pool.clear()


def _checked(api_url: str) -> str:
    """Return the base without a slash at its end; a token must not travel in the clear or to an odd place."""
    try:
        parts = urlsplit(api_url)
        is_safe = parts.scheme == "https" or (parts.scheme == "http" and is_loopback(parts.hostname or ""))
        has_extras = bool(parts.username or parts.password or parts.query or parts.fragment)
        usable = is_safe and bool(parts.hostname) and parts.port != 0 and not has_extras
    except ValueError:
        usable = False
    if not usable or not re.fullmatch(r"[!-~]+", api_url):
        raise Misconfigured(
            "TRACKER_LINE_API_URL must be an https:// address (http:// only on this machine) and no more: "
            "remove the setting to use https://api.line.me."
        )
    return api_url.rstrip("/")
