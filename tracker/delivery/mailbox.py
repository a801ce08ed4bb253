"""The mailbox that delivery reports come back to: what it gives, and which kinds there are."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from urllib.parse import SplitResult, unquote, urlsplit

from tracker.delivery.loopback import is_loopback
from tracker.errors import Misconfigured

MAILS_AT_ONCE = 200
"""How many mails one run looks at; the next goes on from there."""

Position = tuple[int, int]
"""UIDVALIDITY and UID of a mail in an IMAP mailbox."""

_HOW = (
    "write it as imaps://user:password@imap.example.go.th/INBOX, imap://...?starttls, or maildir:///absolute/path, "
    "with @ : / and % in the user and the password as %40 %3A %2F %25."
)


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail as it was found: its beginning, and where it stands if the mailbox has positions."""

    raw: bytes
    position: Position | None = None


class Mailbox(Protocol):
    """A place where mail arrives. Nothing in it is ever deleted."""

    @property
    def name(self) -> str:
        """Return what the mailbox is known by: the same for the same place, and no secret."""
        ...

    def mails(self, after: Position | None) -> Iterator[Mail]:
        """Yield the beginning of each mail that was not looked at yet, at most MAILS_AT_ONCE, the oldest first.

        Asking for the next says that the last was dealt with. Raises Unavailable, or Misconfigured when waiting will
        not help.
        """
        ...


@dataclass(frozen=True, slots=True, repr=False)
class Account:
    """Where an IMAP mailbox is and who reads it; `repr` is the plain one of object, for it holds a password."""

    host: str
    port: int
    tls: str  # "implicit", "starttls" or "none"
    user: str
    password: str
    folder: str


def open_mailbox(url: str) -> Mailbox:
    """Return the mailbox that TRACKER_BOUNCE_URL names; raises Misconfigured, without a secret in it."""
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        raise Misconfigured(f"TRACKER_BOUNCE_URL is malformed: {_HOW}") from None
    if parts.scheme == "maildir":
        return _maildir(parts)
    if parts.scheme in ("imap", "imaps"):
        from tracker.delivery.imap import ImapMailbox

        return ImapMailbox(_account(parts, port))
    raise Misconfigured(f"TRACKER_BOUNCE_URL is of no kind that can be read: {_HOW}")


def _maildir(parts: SplitResult) -> Mailbox:
    from tracker.delivery.maildir import MaildirMailbox

    path = Path(unquote(parts.path))
    if parts.netloc or parts.query or parts.fragment or not path.is_absolute() or "\0" in str(path):
        raise Misconfigured(f"TRACKER_BOUNCE_URL names no absolute path: {_HOW}")
    return MaildirMailbox(path)


def _account(parts: SplitResult, port: int | None) -> Account:
    host, user, password = parts.hostname or "", unquote(parts.username or ""), unquote(parts.password or "")
    folder = unquote(parts.path.strip("/")) or "INBOX"
    options = {"imap": ("", "starttls"), "imaps": ("",)}[parts.scheme]
    if not host or not user or not password or parts.query not in options or parts.fragment or port == 0:
        raise Misconfigured(f"TRACKER_BOUNCE_URL lacks a host, user or password, or has an unknown option: {_HOW}")
    if not all(text.isascii() and text.isprintable() for text in (host, user, password, folder)):
        raise Misconfigured(
            "TRACKER_BOUNCE_URL has a host, user, password or folder that is not plain ASCII: change it."
        )
    tls = "implicit" if parts.scheme == "imaps" else parts.query or "none"
    if tls == "none" and not is_loopback(host):
        raise Misconfigured(
            "TRACKER_BOUNCE_URL would send the password in the clear: write imaps://, or add ?starttls at its end."
        )
    return Account(host, port or (993 if tls == "implicit" else 143), tls, user, password, folder)
