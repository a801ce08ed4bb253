"""Reads an IMAP mailbox (RFC 9051) and changes nothing in it: people may use it too, so nothing is marked read."""

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from imaplib import IMAP4, IMAP4_SSL
from time import monotonic
from typing import Any

from tracker.delivery.bounces import READ_AT_MOST
from tracker.delivery.email_session import tls_context
from tracker.delivery.mailbox import MAILS_AT_ONCE, Account, Mail, Position
from tracker.delivery.redaction import redact
from tracker.errors import Misconfigured, Unavailable

ANSWER_TIMEOUT = 10.0
"""Seconds for each single operation on the socket."""
ENOUGH = 30.0
"""Seconds after which a run begins no other mail: a stop of the worker must not wait for a slow server."""
NEWEST = 500
"""How many UIDs below the next one are looked at in a mailbox that was never read before."""

_LONGEST_LITERAL = READ_AT_MOST + 1024
_UIDS_AT_ONCE = 100_000
"""The answer to a search stays below the 1 MB that imaplib takes for a line."""


class _Bounded:
    """Takes no literal that is longer than what we ever ask for: imaplib would make room for any length named."""

    def read(self, size: int) -> bytes:
        if size > _LONGEST_LITERAL:
            raise IMAP4.abort(f"the server wants to send {size} bytes at once")
        return super().read(size)  # type: ignore[misc, no-any-return]  # of IMAP4


class _Plain(_Bounded, IMAP4):
    pass


class _Tls(_Bounded, IMAP4_SSL):
    pass


class ImapMailbox:
    """A folder of an IMAP account; each run opens a connection of its own."""

    def __init__(self, account: Account, *, answer_timeout: float = ANSWER_TIMEOUT) -> None:
        self._account, self._timeout = account, answer_timeout
        self.name = f"imap:{account.user}@{account.host}:{account.port}/{account.folder}"

    def mails(self, after: Position | None) -> Iterator[Mail]:
        """Yield the beginning of each report, and the head of each other mail; see Mailbox."""
        end = monotonic() + ENOUGH
        with self._spoken_errors(), self._opened() as imap:
            validity, following = self._state(imap)
            first = after[1] + 1 if after and after[0] == validity else max(1, following - NEWEST)
            self._ask(imap.select(_quoted(self._account.folder), readonly=True))
            for uid in self._uids(imap, first, following)[:MAILS_AT_ONCE]:
                if monotonic() > end:
                    return
                raw = self._fetch(imap, uid, "BODY.PEEK[HEADER.FIELDS (CONTENT-TYPE)]")
                if b"multipart/report" in raw.lower():
                    raw = self._fetch(imap, uid, f"BODY.PEEK[]<0.{READ_AT_MOST}>")
                yield Mail(raw, (validity, uid))

    def _state(self, imap: IMAP4) -> Position:
        """Return the UIDVALIDITY and the UID that the next mail will have."""
        (answer,) = self._ask(imap.status(_quoted(self._account.folder), "(UIDVALIDITY UIDNEXT)"))
        found = {name: re.search(rb"%s (\d+)" % name, answer) for name in (b"UIDVALIDITY", b"UIDNEXT")}
        if not all(found.values()):
            raise IMAP4.error("the server does not say UIDVALIDITY and UIDNEXT")
        validity, following = (int(each[1]) for each in found.values() if each)
        return validity, following

    def _uids(self, imap: IMAP4, first: int, following: int) -> list[int]:
        """Return the UIDs from the first on, a part of them when they are very many."""
        for start in range(first, following, _UIDS_AT_ONCE):
            last = min(start + _UIDS_AT_ONCE, following) - 1
            answer = self._ask(imap.uid("SEARCH", f"UID {start}:{last}"))
            # `5:4` means the same as `4:5`, so a server may name what was not asked for.
            if found := sorted({uid for each in answer for uid in map(int, each.split()) if start <= uid <= last}):
                return found
        return []

    def _fetch(self, imap: IMAP4, uid: int, what: str) -> bytes:
        """Return a part of one mail, nothing when it has gone meanwhile."""
        answer = self._ask(imap.uid("FETCH", str(uid), f"({what})"))
        return next((bytes(each[1]) for each in answer if isinstance(each, tuple)), b"")

    @staticmethod
    def _ask(answer: tuple[str, list[Any]]) -> list[Any]:
        """Return the data of an answer, without the None that imaplib puts for no data."""
        kind, data = answer
        if kind != "OK":
            raise IMAP4.error(data[0] if data and data[0] else kind)
        return [each for each in data if each is not None]

    @contextmanager
    def _opened(self) -> Iterator[IMAP4]:
        account = self._account
        if account.tls == "implicit":
            context = tls_context(verify=True)
            imap: IMAP4 = _Tls(account.host, account.port, ssl_context=context, timeout=self._timeout)
        else:
            imap = _Plain(account.host, account.port, timeout=self._timeout)
        try:
            if account.tls == "starttls":
                imap.starttls(tls_context(verify=True))
            self._log_in(imap)
            yield imap
        finally:
            with suppress(OSError, IMAP4.error):
                imap.logout()

    def _log_in(self, imap: IMAP4) -> None:
        try:
            imap.login(_quoted(self._account.user), self._account.password)
        except IMAP4.abort:
            raise
        except IMAP4.error as error:
            raise Misconfigured(
                f"The mailbox on {self._account.host} refused the login ({_words(error)}): "
                "look at the user and the password in TRACKER_BOUNCE_URL."
            ) from None

    @contextmanager
    def _spoken_errors(self) -> Iterator[None]:
        """Turn what a server or a line can do into one sentence; the next run tries again."""
        try:
            yield
        except (OSError, IMAP4.error, ValueError) as error:  # ValueError: a number or a text that is none
            raise Unavailable(
                f"The mailbox {self._account.folder} on {self._account.host}:{self._account.port} "
                f"cannot be read ({_words(error)}): mend it, or TRACKER_BOUNCE_URL; the next run tries again."
            ) from None


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _words(error: Exception) -> str:
    said = error.args[0] if error.args else ""
    return redact(said.decode("utf-8", "replace") if isinstance(said, bytes) else str(error))[:200]
