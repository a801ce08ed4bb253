"""Reads delivery reports: RFC 3464, and RFC 6533 where addresses are UTF-8.

Anybody can send one. What is read here is only what it says; whether it is about a mail of ours is for the store:
nobody else knows our Message-IDs.
"""

import binascii
import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from email.errors import MessageError
from email.message import Message
from email.parser import BytesParser

from tracker.delivery.channel import Outcome, OutcomeKind
from tracker.delivery.refusals import STATUS

READ_AT_MOST = 256 * 1024
"""Bytes of one mail: the report and the head of the mail returned stand at its beginning."""

_REPORTS = ("message/delivery-status", "message/global-delivery-status")
_RETURNED = ("message/rfc822", "text/rfc822-headers", "message/global", "message/global-headers")
_NAMED = 20
"""Message-IDs that one report may name: a thread's References can be long."""

_MESSAGE_ID = re.compile(r"<([^<>\s]{1,200})>")
_FAULTS_OF_A_MAIL = (MessageError, ValueError, LookupError, TypeError, AttributeError, RecursionError)
"""What the e-mail library raises at one malformed mail or another."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A recipient whom a mail did not reach: their address as sent to and as delivered to, and why.

    `words` are the remote server's own, with its status code, redacted and short.
    """

    addresses: frozenset[str]
    words: str


@dataclass(frozen=True, slots=True)
class Report:
    """What a mail system says of one mail; `key` is the same for a copy of the same report."""

    key: str
    message_ids: tuple[str, ...]
    failures: tuple[Failure, ...]

    def failure_at(self, address: str) -> Failure | None:
        """Return why a mail did not reach an address, None when the report does not say so."""
        return next((each for each in self.failures if address.casefold() in each.addresses), None)


def read_report(raw: bytes) -> Report | None:
    """Return what a mail reports as failed for good; None for any other mail, however malformed. Never raises."""
    try:
        return _report(raw[:READ_AT_MOST])
    except _FAULTS_OF_A_MAIL:
        return None


def _report(raw: bytes) -> Report | None:
    mail = BytesParser().parsebytes(raw)
    if mail.get_content_type() != "multipart/report":
        return None
    parts = [part for part in mail.get_payload() if isinstance(part, Message)]
    status = next((part for part in parts if part.get_content_type() in _REPORTS), None)
    if status is None:
        return None
    blocks = [_fields(block) for block in re.split(r"\n[ \t]*(?:\n[ \t]*)+", _body(status))]
    failures = tuple(_failure(block) for block in blocks if block.get("action", "").lower().startswith("failed"))
    if not failures:
        return None
    returned = next((_fields(_head(_body(part))) for part in parts if part.get_content_type() in _RETURNED), {})
    own = _fields(_head(_as_text(_written(mail))))
    return Report(_key(own, raw), tuple(_message_ids(returned, blocks, own)), failures)


def _key(own: Mapping[str, str], raw: bytes) -> str:
    known = _MESSAGE_ID.search(own.get("message-id", ""))
    return hashlib.sha256(known[1].encode() if known else raw).hexdigest()


def _message_ids(returned: Mapping[str, str], blocks: list[dict[str, str]], own: Mapping[str, str]) -> Iterator[str]:
    """Yield what a report may be about, the most certain first."""
    said = [returned.get("message-id", "")]
    said += [block.get("x-original-message-id", "") for block in blocks]
    said += [own.get("in-reply-to", ""), own.get("references", "")]
    yield from list(dict.fromkeys(_MESSAGE_ID.findall(" ".join(said))))[:_NAMED]


def _failure(block: Mapping[str, str]) -> Failure:
    named = (block.get(name, "").partition(";")[2] for name in ("original-recipient", "final-recipient"))
    addresses = frozenset(address.strip(" <>").casefold() for address in named if address.strip(" <>"))
    words = block.get("diagnostic-code", "")
    words = (words.partition(";")[2] or words).strip()
    status = block.get("status", "")
    if not STATUS.search(words) and (code := STATUS.search(status)):
        words = f"{code[0]} {words}"
    return Failure(addresses, Outcome(OutcomeKind.PERMANENT, detail=words or status).detail)


def _fields(block: str) -> dict[str, str]:
    """Return fields by their names in small letters, unfolded and printable; the first of a name counts."""
    fields: dict[str, str] = {}
    for line in re.sub(r"\n[ \t]+", " ", block).split("\n"):
        name, colon, value = line.partition(":")
        if colon:
            fields.setdefault(name.strip().lower(), "".join(c if c.isprintable() else " " for c in value).strip())
    return fields


def _head(text: str) -> str:
    return text.lstrip("\n").partition("\n\n")[0]


def _body(part: Message) -> str:
    """Return the body of a part as text: the library takes `message/...` apart, but does not undo its encoding."""
    inner = part.get_payload()
    if isinstance(inner, str):
        return _as_text(part.get_payload(decode=True))
    raw = b"\n\n".join(_written(each) for each in inner if isinstance(each, Message))
    encoding = str(part.get("Content-Transfer-Encoding", "")).strip().lower()
    if encoding == "base64":
        raw = binascii.a2b_base64(raw)
    elif encoding == "quoted-printable":
        raw = binascii.a2b_qp(raw)
    return _as_text(raw)


def _written(message: Message) -> bytes:
    """Return a mail, or one block of fields, as it stood; of one in parts the head only."""
    head = "\n".join(f"{name}: {value}" for name, value in message.raw_items()).encode("ascii", "surrogateescape")
    body = b"" if message.is_multipart() else message.get_payload(decode=True)
    return b"\n\n".join(each for each in (head, body) if each and isinstance(each, bytes))


def _as_text(raw: object) -> str:
    return raw.decode("utf-8", "replace").replace("\r\n", "\n") if isinstance(raw, bytes) else ""
