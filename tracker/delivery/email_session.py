"""One SMTP dialogue at a time on a connection that is kept.

Apprise's own controller swallows the codes and builds a TLS context (20 ms) for each message.
"""

import os
import re
import smtplib
import socket
import ssl
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from time import monotonic

from urllib3.util import wait_for_read

from tracker.delivery.channel import Outcome, OutcomeKind
from tracker.delivery.email_answers import Step, as_text, connecting_fault, judge

KEPT_IDLE = 30.0
"""Seconds: servers and firewalls forget idle connections without a word after a minute or more."""
KEPT_AGE = 600.0
KEPT_MESSAGES = 100
"""Common relays allow a hundred messages on a connection."""

LONGEST = 80.0
"""Seconds that one mail may take altogether: what takes longer than a claim holds would be sent by another too."""

_AGREED = {Step.MAIL: 2, Step.RCPT: 2, Step.DATA: 3}
"""The first digit with which a server agrees to a command (RFC 5321)."""
_LINE_DOT = re.compile(rb"(?m)^\.")
_ENDING = (421, -1)
"""The server is closing, or what it says is no SMTP: no more words on this connection."""


@dataclass(frozen=True, slots=True)
class Relay:
    """Where and how to hand over mail. Timeouts are seconds for each single operation on the socket."""

    host: str
    port: int
    mode: str  # of Apprise: insecure, starttls or ssl
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    verify: bool = True
    connect_timeout: float = 10.0
    answer_timeout: float = 45.0


class MailSession:
    """A connection to a relay, opened when needed and kept between messages. One thread uses it."""

    def __init__(self, relay: Relay) -> None:
        self._relay = relay
        self._smtp: smtplib.SMTP | None = None
        self._pid = 0
        self._messages = 0
        self._opened_at = self._used_at = self._ends_at = 0.0

    def deliver(self, sender: str, recipient: str, mail: bytes) -> Outcome:
        """Hand over one mail; each address is one plain ASCII address.

        When a kept connection turns out to be closed before the mail itself was begun, one new connection is
        tried; from then on nothing is repeated.
        """
        if not f"{sender}{recipient}".isprintable():
            raise ValueError("An address with a line end could add a command.")
        self._ends_at = monotonic() + LONGEST
        try:
            return self._over_kept(sender, recipient, mail) or self._over_new(sender, recipient, mail)
        except BaseException:  # a bug or a stop in mid-dialogue: the next mail must not read this one's answers
            self.close()
            raise

    def prove(self) -> Outcome:
        """Open a new connection, log in, say NOOP and close it; `detail` says what was proved."""
        relay = self._relay
        try:
            self._open()
            assert self._smtp is not None  # noqa: S101 (opened just now)
            code, words = self._smtp.noop()
        except (OSError, UnicodeError) as fault:
            return connecting_fault(fault)
        finally:
            self.close()
        if code // 100 != 2:  # noqa: PLR2004 (2xx of RFC 5321)
            return Outcome(OutcomeKind.TEMPORARY, code, as_text(words))
        secured = "without TLS" if relay.mode == "insecure" else "over TLS"
        login = "and took the login" if relay.user and relay.password else "and asks for no login of ours"
        return Outcome(OutcomeKind.ACCEPTED, code, f"{relay.host}:{relay.port} answers {secured} {login}")

    def close(self) -> None:
        """Say goodbye without waiting for an answer, and let go."""
        smtp, self._smtp = self._smtp, None
        if smtp is None:
            return
        if self._pid == os.getpid():  # after a fork the connection is the parent's: no word on it
            with suppress(OSError):
                smtp.putcmd("QUIT")
        smtp.close()

    def __del__(self) -> None:
        """Let go with the thread that used it."""
        self.close()

    def _over_kept(self, sender: str, recipient: str, mail: bytes) -> Outcome | None:
        if not self._is_fresh():
            return None
        try:
            return self._converse(sender, recipient, mail)
        except _ClosedEarlyError:
            return None

    def _over_new(self, sender: str, recipient: str, mail: bytes) -> Outcome:
        try:
            self._open()
        except (OSError, UnicodeError) as fault:  # SMTPException is an OSError
            self.close()
            return connecting_fault(fault)
        try:
            return self._converse(sender, recipient, mail)
        except _ClosedEarlyError as fault:
            return Outcome(OutcomeKind.TEMPORARY, fault.code, str(fault))

    def _is_fresh(self) -> bool:
        """Say whether the kept connection may be used; anything to read on it: the server ended it."""
        now, sock = monotonic(), self._smtp.sock if self._smtp else None
        return (
            sock is not None
            and self._pid == os.getpid()
            and self._messages < KEPT_MESSAGES
            and now - self._opened_at < KEPT_AGE
            and now - self._used_at < KEPT_IDLE
            and not wait_for_read(sock, timeout=0)
        )

    def _open(self) -> None:
        self.close()
        relay = self._relay
        self._pid, self._messages, self._opened_at = os.getpid(), 0, monotonic()
        if relay.mode == "ssl":
            context = tls_context(verify=relay.verify)
            self._smtp = smtplib.SMTP_SSL(
                relay.host, relay.port, _own_name(), timeout=relay.connect_timeout, context=context
            )
        else:
            self._smtp = smtplib.SMTP(relay.host, relay.port, _own_name(), timeout=relay.connect_timeout)
        self._introduce(self._smtp)

    def _introduce(self, smtp: smtplib.SMTP) -> None:
        if self._relay.mode == "starttls":
            smtp.starttls(context=tls_context(verify=self._relay.verify))
        if self._relay.user and self._relay.password:
            smtp.login(self._relay.user, self._relay.password)
        smtp.ehlo_or_helo_if_needed()
        if smtp.sock is not None:
            smtp.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def _converse(self, sender: str, recipient: str, mail: bytes) -> Outcome:
        smtp = self._smtp
        assert smtp is not None  # noqa: S101 (opened before)
        try:
            self._hurry(smtp)
            refused = self._announce(smtp, sender, recipient)
        except OSError as fault:
            self.close()
            raise _ClosedEarlyError(str(fault)) from None
        return self._refused(*refused) if refused else self._hand_over(smtp, mail)

    def _hurry(self, smtp: smtplib.SMTP) -> None:
        """Let the next answer take no longer than is left for this mail."""
        if smtp.sock is not None:
            smtp.sock.settimeout(max(1.0, min(self._relay.answer_timeout, self._ends_at - monotonic())))

    def _announce(self, smtp: smtplib.SMTP, sender: str, recipient: str) -> tuple[Step, int, bytes] | None:
        """Say from whom, to whom, and that the mail follows; None when the server agrees, else what it refused.

        In one write where the server allows it (RFC 2920): a relay that is far away costs two turns and not four.
        """
        commands = {Step.MAIL: f"MAIL FROM:<{sender}>", Step.RCPT: f"RCPT TO:<{recipient}>", Step.DATA: "DATA"}
        at_once = smtp.has_extn("pipelining")
        if at_once:
            smtp.send("".join(f"{command}\r\n" for command in commands.values()))
        for step, command in commands.items():
            code, words = smtp.getreply() if at_once else smtp.docmd(command)
            if code // 100 != _AGREED[step]:
                if at_once and code not in _ENDING:
                    self._read_on(smtp, len(commands) - list(commands).index(step) - 1)
                return step, code, words
        return None

    @staticmethod
    def _read_on(smtp: smtplib.SMTP, answers: int) -> None:
        """Read what the server says of the commands after a refused one: nothing may stay unread."""
        with suppress(OSError):
            codes = [smtp.getreply()[0] for _ in range(answers)]
            if not any(code // 100 == _AGREED[Step.DATA] for code in codes):
                return
        smtp.close()  # it waits for a mail in spite of the refusal, and gets none; or it is gone

    def _hand_over(self, smtp: smtplib.SMTP, mail: bytes) -> Outcome:
        try:
            self._hurry(smtp)
            smtp.send((_LINE_DOT.sub(b"..", mail) if b"\n." in mail else mail) + b".\r\n")
        except OSError as fault:  # the dot is the last byte: the server has no whole mail
            self.close()
            return Outcome(OutcomeKind.TEMPORARY, detail=f"The connection ended in mid-message: {fault}")
        try:
            self._hurry(smtp)
            code, words = smtp.getreply()
        except OSError as fault:
            self.close()
            return Outcome(OutcomeKind.UNKNOWN, detail=f"The answer to the mail was lost: {fault}")
        if code // 100 != 2:  # noqa: PLR2004 (2xx of RFC 5321)
            return self._refused(Step.BODY, code, words)
        self._messages, self._used_at = self._messages + 1, monotonic()
        return Outcome(OutcomeKind.ACCEPTED, code, as_text(words))

    def _refused(self, step: Step, code: int, words: bytes) -> Outcome:
        """Clear the dialogue for the next message, and say what the refusal means."""
        if code in _ENDING:
            self.close()
        if code == 421 and step is not Step.BODY:  # noqa: PLR2004 (the server is closing)
            raise _ClosedEarlyError(as_text(words), code)
        with suppress(OSError):
            if self._smtp is not None:
                self._smtp.rset()
                self._used_at = monotonic()
        return Outcome(judge(step, code, as_text(words)), code if code > 0 else None, as_text(words))


class _ClosedEarlyError(Exception):
    """The connection ended before the mail was sent over it."""

    def __init__(self, words: str, code: int | None = None) -> None:
        super().__init__(words)
        self.code = code


@cache
def tls_context(*, verify: bool) -> ssl.SSLContext:
    """Return the one TLS context of this process: building one costs 20 ms."""
    context = ssl.create_default_context()
    if not verify:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


@cache
def _own_name() -> str:
    """Return our name for EHLO; asking for it can take a DNS query, so once."""
    return socket.getfqdn()
