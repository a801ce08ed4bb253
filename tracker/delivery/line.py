"""LINE: our Apprise plugin and the channel that uses it.

Stock `NotifyLine` has no retry key, no base URL and no outcome, opens a connection for each push and follows
redirects with the token. Facts: developers.line.biz, "Retry an API request" and "Common specifications".
"""

import json
import re
import ssl
import threading
import unicodedata
from datetime import timedelta
from typing import Any

import urllib3
from apprise import Apprise, NotifyFormat, OverflowMode
from apprise.plugins.line import NotifyLine
from urllib3.exceptions import ConnectTimeoutError, HTTPError, InvalidHeader, NewConnectionError, SSLError

from tracker.delivery.apprise_plugins import quiet_asset, register
from tracker.delivery.channel import Outcome, OutcomeKind, Outgoing
from tracker.delivery.line_api import LineApi
from tracker.delivery.line_quota import LineQuota
from tracker.domain.counting import counted

PUSH = "/v2/bot/message/push"
BOT_INFO = "/v2/bot/info"
TEXT_LIMIT = 5000
"""In UTF-16 code units, as LINE counts; Apprise counts code points."""
RECIPIENT = re.compile(r"[UCR][0-9a-f]{32}")

_CUT = "…"
_RETRY = urllib3.Retry(retry_after_max=6 * 3600)  # only to read that header: nothing is repeated here
_MONTHLY = "monthly limit"
_KINDS = {
    400: OutcomeKind.PERMANENT,
    401: OutcomeKind.MISCONFIGURED,
    403: OutcomeKind.MISCONFIGURED,
    404: OutcomeKind.MISCONFIGURED,  # no such endpoint: the base URL is wrong
    408: OutcomeKind.TEMPORARY,
    409: OutcomeKind.ACCEPTED,  # the retry key was accepted before: LINE dropped this repeat
    413: OutcomeKind.PERMANENT,
    429: OutcomeKind.TEMPORARY,
}
_QUOTA_GONE = Outcome(
    OutcomeKind.PERMANENT, detail="The monthly quota of the LINE account is used up.", quota_gone=True
)


class TrackerLine(NotifyLine):  # type: ignore[no-untyped-call]
    """Pushes the message that it is given, under its retry key. One thread uses it."""

    service_name = "ITA Tracker LINE"
    secure_protocol = "tline"
    request_rate_per_sec = 0  # Apprise would sleep 5.5 s between two pushes

    def __init__(self, api: LineApi, **kwargs: Any) -> None:
        super().__init__(**kwargs)  # type: ignore[no-untyped-call]
        self._api = api
        self._outgoing: Outgoing | None = None
        self._outcome: Outcome | None = None

    def deliver(self, message: Outgoing) -> Outcome:
        """Send one message through Apprise's `notify` and return the outcome."""
        self._outgoing, self._outcome = message, None
        self.notify(body=message.text, body_format=NotifyFormat.TEXT, overflow=OverflowMode.UPSTREAM)
        return self._outcome or Outcome(OutcomeKind.TEMPORARY, detail="Apprise did not send the message.")

    def send(self, *args: Any, **kwargs: Any) -> bool:  # noqa: ARG002 (Apprise's signature)
        """Push the message at hand; the body that Apprise prepared is but a rendering of its text."""
        if self._outgoing is None:
            return False
        self._outcome = self._attempt(self._outgoing)
        return self._outcome.ok

    def _attempt(self, message: Outgoing) -> Outcome:
        if not RECIPIENT.fullmatch(message.address):
            return Outcome(OutcomeKind.PERMANENT, detail="The address is not a LINE user, group or room id.")
        try:
            answer = self._api.request(
                "POST", PUSH, body=push_body(message), headers={"X-Line-Retry-Key": message.retry_key}
            )
        except HTTPError as fault:
            return _fault(fault)
        return judge(answer)


class LineChannel:
    """Push messages of the LINE Messaging API over a pool of kept connections."""

    name = "line"

    def __init__(self, token: str, api_url: str) -> None:
        """Raise Misconfigured when the token or the base URL is not usable; nothing is connected yet."""
        self._api = LineApi(token, api_url)
        self._quota = LineQuota(self._api)
        self._of_thread = threading.local()
        register(TrackerLine)

    def send(self, message: Outgoing) -> Outcome:
        """Try once, unless LINE has said that the month's messages are used up."""
        if self._quota.left() == 0:
            return _QUOTA_GONE
        outcome = self._plugin().deliver(message)
        if outcome.quota_gone:
            self._quota.note_gone()
        return outcome

    def prove(self) -> Outcome:
        """Ask LINE whose token this is, and how many messages are left this month."""
        try:
            answer = self._api.request("GET", BOT_INFO)
        except HTTPError as fault:
            return _fault(fault)
        outcome = judge(answer)
        if not outcome.ok:
            return outcome
        left = self._quota.left()
        told = "no monthly limit is told" if left is None else f"{counted(left, 'message')} left this month"
        return Outcome(outcome.kind, answer.status, f"LINE knows the token; {told}", quota_gone=left == 0)

    def quota_left(self) -> int | None:
        """Return how many messages LINE still takes this month, as read in the last ten minutes.

        None when the plan has no limit or LINE does not say.
        """
        return self._quota.left()

    def close(self) -> None:
        """Close the idle connections."""
        self._api.close()

    def _plugin(self) -> TrackerLine:
        plugin: TrackerLine | None = getattr(self._of_thread, "plugin", None)
        if plugin is None:
            parts = {"schema": TrackerLine.secure_protocol, "token": self._api.token, "api": self._api}
            made = Apprise.instantiate(parts, asset=quiet_asset(), suppress_exceptions=False)
            assert isinstance(made, TrackerLine)  # noqa: S101 (registered under this schema)
            plugin = self._of_thread.plugin = made
        return plugin


def push_body(message: Outgoing) -> bytes:
    """Return the JSON of a push: the same bytes for the same message, as the retry key demands."""
    push = {"to": message.address, "messages": [{"type": "text", "text": cut_text(message.text)}]}
    return json.dumps(push, ensure_ascii=False).encode("utf-8", "replace")


def cut_text(text: str) -> str:
    """Return a text of at most 5000 UTF-16 code units; a cut spares whole characters and ends in `…`."""
    units = text.encode("utf-16-le", "replace")
    if len(units) <= 2 * TEXT_LIMIT:
        return text
    end = len(units[: 2 * (TEXT_LIMIT - len(_CUT))].decode("utf-16-le", "ignore"))
    while end and unicodedata.category(text[end]).startswith("M"):  # its base letter goes with it
        end -= 1
    return text[:end].rstrip() + _CUT


def judge(answer: urllib3.BaseHTTPResponse) -> Outcome:
    """Return what an answer to a push means; only a 5xx leaves it open whether LINE has the message."""
    words = _message_in(answer.data)
    if answer.status == 429 and _MONTHLY in words:  # noqa: PLR2004 (429 has two meanings)
        return Outcome(OutcomeKind.PERMANENT, answer.status, words, quota_gone=True)
    by_class = {
        2: OutcomeKind.ACCEPTED,
        3: OutcomeKind.MISCONFIGURED,  # never followed: the token would go along
        5: OutcomeKind.UNKNOWN,
    }
    kind = _KINDS.get(answer.status) or by_class.get(answer.status // 100, OutcomeKind.PERMANENT)
    return Outcome(kind, answer.status, words, wait=_asked_to_wait(answer))


def _asked_to_wait(answer: urllib3.BaseHTTPResponse) -> timedelta:
    """Return what the header Retry-After asks for, six hours at most; nothing when it is absent or nonsense."""
    try:
        return timedelta(seconds=_RETRY.get_retry_after(answer) or 0)
    except (InvalidHeader, ValueError, OverflowError):
        return timedelta(0)


def _message_in(body: bytes) -> str:
    try:
        return str(json.loads(body)["message"])
    except (ValueError, KeyError, TypeError):
        return body[:300].decode("utf-8", "replace") if not body.startswith(b"{") else ""


def _fault(fault: HTTPError) -> Outcome:
    """Return what a broken exchange means: unknown, unless the request certainly never left."""
    words = f"{type(fault).__name__}: {fault}"
    if isinstance(fault, SSLError) and isinstance(fault.args[0], ssl.SSLCertVerificationError):
        return Outcome(OutcomeKind.MISCONFIGURED, detail=words)
    never_left = isinstance(fault, NewConnectionError | ConnectTimeoutError)
    return Outcome(OutcomeKind.TEMPORARY if never_left else OutcomeKind.UNKNOWN, detail=words)
