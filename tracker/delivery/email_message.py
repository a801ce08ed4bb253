"""The bytes of one e-mail.

The headers that carry Thai are encoded here: `EmailMessage` of Python 3.11 folds a long subject between two
encoded words and loses the space there, and puts spaces into long display names.
"""

import re
from dataclasses import dataclass
from email.charset import BASE64, Charset
from email.header import Header, decode_header, make_header
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, quote

from tracker.delivery.channel import Outgoing

CALENDAR_NAME = "deadlines.ics"
LINE_LENGTH = 76

_UTF8 = Charset("utf-8")
_UTF8.header_encoding = BASE64  # half the length of quoted-printable for Thai
_POLICY = SMTP.clone(cte_type="7bit")  # so that it passes a server without 8BITMIME unchanged
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*", re.ASCII)
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
    return head.encode("ascii") + _body(message).as_bytes()


def _body(message: Outgoing) -> EmailMessage:
    body = EmailMessage(policy=_POLICY)
    body.set_content(message.text)
    if message.html is not None:
        body.add_alternative(message.html, subtype="html")
    if message.calendar is not None:
        body.add_attachment(message.calendar, subtype="calendar", filename=CALENDAR_NAME, params={"method": "PUBLISH"})
    return body


def _mailbox(header: str, name: str, address: str) -> str:
    name = _one_line(name)
    if not name:
        return address
    is_plain = name.isascii() and "=?" not in name and len(name) + len(address) < LINE_LENGTH
    shown = f'"{quote(name)}"' if is_plain else _encoded(header, name, always=True)
    return f"{shown}\r\n <{address}>"


def _encoded(header: str, text: str, *, always: bool = False) -> str:
    """Return the text as RFC 2047 words folded between characters; plain when it is ASCII and may be."""
    text = _one_line(text)
    charset = _UTF8 if always or not text.isascii() or "=?" in text else "us-ascii"
    return Header(text, charset, header_name=header, maxlinelen=LINE_LENGTH).encode(linesep="\r\n")


def _one_line(text: str) -> str:
    return " ".join(_CONTROL.sub(" ", text).split())
