"""What each answer of a mail server means, and each error before one."""

import re
import smtplib
import ssl
from enum import Enum, auto

from tracker.delivery.channel import Outcome, OutcomeKind

_AUTHENTICATE = frozenset({530, 534, 535, 538})
_ABOUT_THE_MESSAGE = frozenset({552, 555})  # at MAIL: its size, its parameters
_ABOUT_US = re.compile(
    # RFC 3463: our address is bad; RFC 7372: SPF, DKIM or name of our host; Exchange: we may not use this address.
    r"5\.(?:1\.[78]|7\.2[0-7]|7\.60|2\.252)\b|.*(?:sender address|client host|helo command) rejected",
    re.IGNORECASE | re.DOTALL,
)
_RELAY_DENIED = re.compile(
    r"\brelay(?:ing)?(?: access)?(?: is)? (?:denied|not |prohibited|refused)|(?:unable|not \w+|cannot) (?:to )?relay\b",
    re.IGNORECASE,
)


class Step(Enum):
    """How far a dialogue has come."""

    MAIL = auto()
    RCPT = auto()
    DATA = auto()
    BODY = auto()


def judge(step: Step, code: int, words: str) -> OutcomeKind:
    """Return what a refusal means.

    At MAIL only we have been named, so a 5xx there is our configuration, and so is one that speaks of us later:
    Postfix keeps what it has against a sender until RCPT, Exchange until the mail is there. A server that does not
    relay for us may know other recipients, so that must not stop the channel; but it is mended within a day or
    never, so the recipient is not given up at once.
    """
    if not 400 <= code < 600:  # noqa: PLR2004 (no answer of SMTP)
        return OutcomeKind.UNKNOWN if step is Step.BODY else OutcomeKind.TEMPORARY
    if code < 500:  # noqa: PLR2004
        return OutcomeKind.TEMPORARY
    if code in _AUTHENTICATE or (step is Step.MAIL and code not in _ABOUT_THE_MESSAGE) or _ABOUT_US.match(words):
        return OutcomeKind.MISCONFIGURED
    if step is not Step.MAIL and _mailbox_is_full(code, words):
        return OutcomeKind.TEMPORARY
    if step is Step.RCPT and _RELAY_DENIED.search(words):
        return OutcomeKind.TEMPORARY
    return OutcomeKind.PERMANENT


def _mailbox_is_full(code: int, words: str) -> bool:
    about_size = words.startswith(("5.3.4", "5.2.3"))
    return words.startswith("5.2.2") or (code == 552 and not about_size)  # noqa: PLR2004


def connecting_fault(fault: Exception) -> Outcome:
    """Return what an error means that was raised before anything was sent."""
    code, words = None, str(fault)
    if isinstance(fault, smtplib.SMTPResponseException):
        code, words = fault.smtp_code, as_text(fault.smtp_error)
    return Outcome(_kind_of_connecting(fault), code, words)


def _kind_of_connecting(fault: Exception) -> OutcomeKind:
    """Nothing was sent. What waiting will not mend (TLS, login, a refusing host) is our configuration."""
    if isinstance(fault, smtplib.SMTPResponseException):
        is_ours = fault.smtp_code >= 500  # noqa: PLR2004
    elif isinstance(fault, ssl.SSLEOFError | ssl.SSLZeroReturnError | smtplib.SMTPServerDisconnected):
        is_ours = False
    else:
        is_ours = isinstance(fault, ssl.SSLError | smtplib.SMTPException | UnicodeError)
    return OutcomeKind.MISCONFIGURED if is_ours else OutcomeKind.TEMPORARY


def as_text(words: bytes | str) -> str:
    """Return a server's words as text, whatever bytes it sent."""
    return words.decode("utf-8", "replace") if isinstance(words, bytes) else words
