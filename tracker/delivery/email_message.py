"""The bytes of one e-mail.

They are put together here, in a tenth of the time that `EmailMessage` takes: it parses and folds again each header
of each part, and thousands of mails leave on one morning. It is also wrong in Python 3.11, where it folds a long
subject between two encoded words and loses the space there, and puts spaces into long display names.
"""

import re
from base64 import encodebytes
from binascii import b2a_base64
from collections.abc import Sequence
from dataclasses import dataclass
from email.header import decode_header, make_header
from email.utils import format_datetime, quote
from functools import lru_cache
from hashlib import sha256

from tracker.delivery.channel import Outgoing
from tracker.domain.messages.lines import in_octets

CALENDAR_NAME = "deadlines.ics"
LINE_LENGTH = 76

_WORD = "=?utf-8?b?"
"""Begins an encoded word; base64 is half the length of quoted-printable for Thai."""
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*", re.ASCII)
_NEEDS_BASE64 = re.compile(rb"[^\r\n]{77}|^--|\x00", re.MULTILINE)
_CALENDAR = (
    "text/calendar; charset=utf-8; method=PUBLISH",
    f'Content-Disposition: attachment; filename="{CALENDAR_NAME}"',
)
_CONTROL = re.compile(r"[\x00-\x1f\x7f\u0085\u2028\u2029]+")


@dataclass(frozen=True, slots=True)
class Sender:
    """Who a message is from, as the administrator wrote it in the e-mail URL."""

    address: str
    name: str
    reply_to: tuple[str, ...] = ()


def is_mail_address(text: str) -> bool:
    """Say whether a text is one plain ASCII address; never of anything that could start a header."""
    return bool(_ADDRESS.fullmatch(text))


def plain_name(name: str) -> str:
    """Return a display name as a person reads it: Apprise hands over some already encoded."""
    return str(make_header(decode_header(name)))


def compose_mail(sender: Sender, message: Outgoing) -> bytes:
    """Return the whole e-mail with CRLF line ends, 7-bit clean; raises UnicodeError for lone surrogates."""
    headers = {
        "From": _mailbox("From", sender.name, sender.address),
        "To": _mailbox("To", message.recipient_name or "", message.address),
        **({"Reply-To": ", ".join(sender.reply_to)} if sender.reply_to else {}),
        "Subject": _encoded("Subject", message.subject),
        "Date": format_datetime(message.date),
        "Message-ID": f"<{message.message_id}>",
        "Auto-Submitted": "auto-generated",  # RFC 3834: no absence notes in answer
        "X-Auto-Response-Suppress": "All",  # the same for Exchange
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"{head}MIME-Version: 1.0\r\n{_body(message)}".encode("ascii")


def _body(message: Outgoing) -> str:
    """Return the headers of the body and the body: text, with HTML beside it, with the calendar below."""
    seed = sha256(message.message_id.encode()).hexdigest()[:24]
    body = _part("text/plain; charset=utf-8", text=message.text)
    if message.html is not None:
        body = _parts("alternative", seed, [body, _part("text/html; charset=utf-8", text=message.html)])
    if message.calendar is not None:
        body = _parts("mixed", seed, [body, _part(*_CALENDAR, text=message.calendar)])
    return body


def _parts(kind: str, seed: str, parts: Sequence[str]) -> str:
    """Return a multipart: no line of a part begins as its boundary does, see `_part`.

    The line end before a boundary belongs to the boundary (RFC 2046), so each part gets one more.
    """
    boundary = f"=_{kind}_{seed}"
    inside = "".join(f"--{boundary}\r\n{part}\r\n" for part in parts)
    return f'Content-Type: multipart/{kind};\r\n boundary="{boundary}"\r\n\r\n{inside}--{boundary}--\r\n'


def _part(content_type: str, *headers: str, text: str) -> str:
    """Return a part with CRLF line ends in 7 bits, so that it passes a server without 8BITMIME unchanged.

    Plain ASCII stays readable; what is Thai, has long lines or looks like a boundary goes in base64.
    """
    body = b"".join(line + b"\r\n" for line in text.encode().splitlines() or [b""])
    is_plain = body.isascii() and not _NEEDS_BASE64.search(body)
    encoding = "7bit" if is_plain else "base64"
    if not is_plain:
        body = encodebytes(body).replace(b"\n", b"\r\n")
    head = f"Content-Type: {content_type}", f"Content-Transfer-Encoding: {encoding}", *headers
    return "\r\n".join([*head, "", body.decode("ascii")])


@lru_cache(maxsize=1024)  # the sender of every mail, and readers who get one each week
def _mailbox(header: str, name: str, address: str) -> str:
    name = _one_line(name)
    if not name:
        return address
    is_plain = name.isascii() and "=?" not in name and len(name) + len(address) < LINE_LENGTH
    shown = f'"{quote(name)}"' if is_plain else _encoded(header, name, always=True)
    return f"{shown}\r\n <{address}>"


def _encoded(header: str, text: str, *, always: bool = False) -> str:
    """Return the text as RFC 2047 words folded between characters; plain when it is short ASCII and may be."""
    text, taken = _one_line(text), len(f"{header}: ")
    if not always and text.isascii() and "=?" not in text and taken + len(text) <= LINE_LENGTH:
        return text
    words = in_octets(text, _octets_of_word(LINE_LENGTH - taken), _octets_of_word(LINE_LENGTH - 1))
    return "\r\n ".join(f"{_WORD}{b2a_base64(word, newline=False).decode()}?=" for word in words)


def _octets_of_word(room: int) -> int:
    """Return how many octets go into an encoded word of so many characters: three in every four of base64."""
    return (room - len(f"{_WORD}?=")) // 4 * 3


def _one_line(text: str) -> str:
    return " ".join(_CONTROL.sub(" ", text).split())
