"""E-mail: our Apprise plugin and the channel that uses it.

Stock `NotifyEmail` sets a random Message-ID, opens a connection for each message, tells success from failure
only, and cannot carry text, HTML and a calendar together. Ours takes over `send`; the URL stays Apprise's.
"""

import threading
from typing import Any
from weakref import WeakSet

from apprise import Apprise, NotifyFormat, OverflowMode
from apprise.exception import AppriseException
from apprise.plugins.email.base import NotifyEmail

from tracker.delivery.apprise_plugins import quiet_asset, register
from tracker.delivery.channel import Outcome, OutcomeKind, Outgoing
from tracker.delivery.email_message import Sender, compose_mail, is_mail_address, plain_name
from tracker.delivery.email_session import MailSession, Relay
from tracker.errors import Misconfigured

SCHEMAS = {"mailto": "tmail", "mailtos": "tmails"}
HIGHEST_PORT = 65535
OPTIONS = frozenset({"from", "name", "reply", "smtp", "mode", "verify", "cto", "rto"})

_EXAMPLE = "mailtos://user:password@smtp.example.go.th?from=ita@example.go.th"


class TrackerEmail(NotifyEmail):  # type: ignore[no-untyped-call]
    """Sends the message that it is given, whole, over a kept connection. One thread uses it."""

    service_name = "ITA Tracker e-mail"
    protocol = "tmail"
    secure_protocol = "tmails"
    request_rate_per_sec = 0  # Apprise would sleep 5.5 s between two messages
    socket_connect_timeout = 10
    socket_read_timeout = 45.0  # a relay may examine a mail before it answers

    def __init__(self, sender_name: str = "", **kwargs: Any) -> None:
        super().__init__(**kwargs)  # type: ignore[no-untyped-call]
        self.sender = Sender(
            address=str(self.from_addr[1]),
            name=sender_name or plain_name(str(self.from_addr[0] or self.app_id)),
            reply_to=tuple(sorted(self.reply_to)),
        )
        self.session = MailSession(self._relay())
        self._outgoing: Outgoing | None = None
        self._outcome: Outcome | None = None

    @staticmethod
    def parse_url(url: str, *args: Any, **kwargs: Any) -> dict[str, Any] | None:  # noqa: ARG004 (Apprise's)
        """Take the sender's name out: Apprise encodes it, and then takes a long one for a wrong address."""
        parsed: dict[str, Any] | None = NotifyEmail.parse_url(url)  # type: ignore[no-untyped-call]
        if parsed:
            asked = parsed["qsd"]
            parsed["sender_name"] = asked.get("name", "")
            parsed["from_addr"] = asked.get("from", "")
        return parsed

    def deliver(self, message: Outgoing) -> Outcome:
        """Send one message through Apprise's `notify` and return the outcome."""
        self._outgoing, self._outcome = message, None
        self.notify(
            body=message.text,
            title=message.subject,
            body_format=NotifyFormat.TEXT,
            overflow=OverflowMode.UPSTREAM,  # never split one message into several
        )
        return self._outcome or Outcome(OutcomeKind.TEMPORARY, detail="Apprise did not send the message.")

    def send(self, *args: Any, **kwargs: Any) -> bool:  # noqa: ARG002 (Apprise's signature)
        """Send the message at hand; the body that Apprise prepared is but a rendering of its text."""
        if self._outgoing is None:
            return False
        self._outcome = self._attempt(self._outgoing)
        return self._outcome.ok

    def _attempt(self, message: Outgoing) -> Outcome:
        if not is_mail_address(message.address):
            return Outcome(OutcomeKind.PERMANENT, detail="The address is not a plain ASCII e-mail address.")
        try:
            mail = compose_mail(self.sender, message)
        except UnicodeError as fault:
            return Outcome(OutcomeKind.PERMANENT, detail=f"The message cannot be encoded: {type(fault).__name__}")
        return self.session.deliver(self.sender.address, message.address, mail)

    def _relay(self) -> Relay:
        return Relay(
            host=str(self.smtp_host).strip("[]"),
            port=int(self.port or 0),
            mode=str(self.secure_mode),
            user=self.user,
            password=self.password,
            verify=self.verify_certificate,
            connect_timeout=self.socket_connect_timeout,
            answer_timeout=self.socket_read_timeout,
        )


class EmailChannel:
    """E-mail over the relay that an Apprise URL names. Each thread keeps its own connection."""

    name = "email"

    def __init__(self, url: str) -> None:
        """Raise Misconfigured, without naming the URL, when it is not usable; nothing is connected yet."""
        self._url = url
        self._of_thread = threading.local()
        self._plugins: WeakSet[TrackerEmail] = WeakSet()
        self._lock = threading.Lock()
        self._plugin()

    def send(self, message: Outgoing) -> Outcome:
        """Try once; see `email_answers.judge` for what each answer means."""
        return self._plugin().deliver(message)

    def prove(self) -> Outcome:
        """Connect, with TLS and login as set, and say NOOP: all but a mail."""
        return self._plugin().session.prove()

    def close(self) -> None:
        """Close the connections of every thread."""
        with self._lock:
            plugins = list(self._plugins)
        for plugin in plugins:
            plugin.session.close()

    def _plugin(self) -> TrackerEmail:
        plugin: TrackerEmail | None = getattr(self._of_thread, "plugin", None)
        if plugin is None:
            plugin = self._of_thread.plugin = parse_email_url(self._url)
            with self._lock:
                self._plugins.add(plugin)
        return plugin


def parse_email_url(url: str) -> TrackerEmail:
    """Return the plugin that a URL stands for; raises Misconfigured with a sentence without secrets."""
    scheme, _, rest = url.strip().partition("://")
    if scheme.lower() not in SCHEMAS or not rest:
        raise Misconfigured(f"TRACKER_EMAIL_URL is not an Apprise e-mail URL: write it as {_EXAMPLE}.")
    ours = f"{SCHEMAS[scheme.lower()]}://{rest}"
    _refuse_what_has_no_effect(TrackerEmail.parse_url(ours) or {})
    register(TrackerEmail)
    try:
        plugin = Apprise.instantiate(ours, asset=quiet_asset(), suppress_exceptions=False)
    except (AppriseException, TypeError, ValueError):
        plugin = None
    if not isinstance(plugin, TrackerEmail):
        raise Misconfigured(
            "TRACKER_EMAIL_URL has no valid sender, or a mode other than insecure, starttls and ssl: "
            f"write it as {_EXAMPLE}."
        ) from None
    _refuse_what_smtp_cannot_say(plugin)
    return plugin


def _refuse_what_has_no_effect(parsed: dict[str, Any]) -> None:
    if parsed.get("targets"):
        raise Misconfigured("TRACKER_EMAIL_URL names a recipient: remove it, and write a / in the password as %2F.")
    extra = {name for prefix in ("+", "-", ":") for name in parsed.get(f"qsd{prefix}", {})}
    extra |= set(parsed.get("qsd", {})) - OPTIONS
    if extra:
        named = sorted(extra & set(NotifyEmail.template_args))  # another name may be a piece of the password
        raise Misconfigured(
            "TRACKER_EMAIL_URL has options that have no effect here: "
            f"remove {', '.join(named) or 'them'}, and write a ?, & or # in the password as %3F, %26 or %23."
        )


def _refuse_what_smtp_cannot_say(plugin: TrackerEmail) -> None:
    if not plugin.smtp_host or not 0 < int(plugin.port or 0) <= HIGHEST_PORT:
        raise Misconfigured(f"TRACKER_EMAIL_URL has no valid host or port: write it as {_EXAMPLE}.")
    if not all(is_mail_address(address) for address in (plugin.sender.address, *plugin.sender.reply_to)):
        raise Misconfigured("TRACKER_EMAIL_URL has a sender or reply address that is not plain ASCII: change it.")
    if not f"{plugin.user or ''}{plugin.password or ''}".isascii():
        raise Misconfigured("TRACKER_EMAIL_URL has a user or password that is not ASCII: change it.")
