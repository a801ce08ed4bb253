"""Nothing secret or personal in what this process tells: addresses are masked, secrets and Thai words struck out.

Two doors lead to stderr, the log and what ends a program: `redacted_handler` and `redact_crashes` stand in them.
"""

import base64
import json
import logging
import re
import sys
import threading
from collections.abc import Iterable, Iterator
from traceback import format_exception
from types import TracebackType
from urllib.parse import parse_qsl, quote, quote_plus, unquote, urlsplit

from tracker.domain.masking import mask_address

STRUCK = "****"
SHORTEST_SECRET = 4
"""A shorter one would strike out half of every log, and guards nothing."""

_OURS = ("tracker", "workers", "schedules")
_TELLTALES = ("apprise", "urllib3", "requests", "mail", "smtplib")
"""They name URLs, recipients and payloads in warnings too; what they have to say is an `Outcome`."""

_BEARER = re.compile(r"(bearer\s+)[\w.~+/=-]+", re.IGNORECASE)
_URL_PASSWORD = re.compile(r"(\w://[^\s:/?#@]*):(?!password@)[^\s/?#]+@")  # our examples say password@
_NAMED = re.compile(r"\b((?:password|passwd|pwd|token|secret)=)[^\s&'\"]+", re.IGNORECASE)
_AUTHORITY = re.compile(r"([^:@]*):(?:([^/?#]*)@|([^@]*)@)")
_THAI = re.compile(
    # As it is; as bytes in repr, a URL or quoted-printable; as JSON escapes; as words of a header (RFC 2047).
    r"[\u0e00-\u0e7f]+|(?:(?:\\x|%|=)e0(?:\\x|%|=)b[89](?:\\x|%|=)[89ab][0-9a-f])+|(?:\\u0e[0-7][0-9a-f])+"
    r"|=\?[\w-]+\?[bq]\?[^?\s]*\?=",
    re.IGNORECASE,
)

_lock = threading.Lock()
_known: set[str] = set()
_secrets: re.Pattern[str] | None = None


def strike_out(secrets: Iterable[str]) -> None:
    """From now on let this process tell none of these settings, nor what libraries make of them."""
    global _secrets  # noqa: PLW0603 (a secret is secret in the whole process)
    with _lock:
        _known.update(form for each in secrets for form in _forms(each) if len(form) >= SHORTEST_SECRET)
        longest_first = sorted(_known, key=len, reverse=True)
        _secrets = re.compile("|".join(map(re.escape, longest_first))) if longest_first else None


def without_secrets(text: str) -> str:
    """Return a text without known secrets, addresses, bearer tokens and passwords in URLs."""
    text = _secrets.sub(STRUCK, text) if _secrets else text
    text = _NAMED.sub(rf"\1{STRUCK}", _BEARER.sub(rf"\1{STRUCK}", _URL_PASSWORD.sub(rf"\1:{STRUCK}@", text)))
    return mask_address(text)


def redact(text: str) -> str:
    """Return a text without secrets and without Thai.

    We log in English and servers answer in it, so Thai there is a name, or the words of a message come back.
    """
    return _THAI.sub("…", without_secrets(text))


class RedactingFilter(logging.Filter):
    """Redacts every record: message, arguments, exception and stack. Libraries speak from WARNING up, or never.

    Their debug words are whole rows, mails and frames, in which no pattern finds what is personal. Add it to
    handlers: a logger's filter does not see what its children log.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the record and let it pass, or not."""
        source = record.name.partition(".")[0]
        if source in _TELLTALES or (record.levelno < logging.WARNING and source not in _OURS):
            return False
        record.msg, record.args = redact(_message_of(record)), None
        if record.exc_info and record.exc_info[0] and not record.exc_text:
            record.exc_text = "".join(format_exception(*record.exc_info)).rstrip("\n")
        if record.exc_text:
            record.exc_text, record.exc_info = redact(record.exc_text), None
        if record.stack_info:
            record.stack_info = redact(record.stack_info)
        return True


def redacted_handler(form: str) -> logging.Handler:
    """Return a handler that writes redacted records to stderr."""
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter(form))
    handler.addFilter(RedactingFilter())
    return handler


def redact_crashes() -> None:
    """Let an exception that ends the program or a thread, or cannot be raised, be told redacted on stderr."""
    sys.excepthook = _tell_crash
    threading.excepthook = lambda crash: _tell_crash(crash.exc_type, crash.exc_value, crash.exc_traceback)
    sys.unraisablehook = lambda crash: _tell_crash(crash.exc_type, crash.exc_value, crash.exc_traceback)


def quiet_libraries() -> None:
    """Keep libraries at WARNING or above: Apprise prints whole URLs with their passwords at TRACE."""
    for name in ("apprise", "urllib3", "requests", "mail.log"):
        logger = logging.getLogger(name)
        logger.setLevel(max(logger.level, logging.WARNING))


def _tell_crash(kind: type[BaseException], fault: BaseException | None, trace: TracebackType | None) -> None:
    if kind is SystemExit:  # a thread may end so
        return
    sys.stderr.write(redact("".join(format_exception(kind, fault, trace))))


def _message_of(record: logging.LogRecord) -> str:
    try:
        return record.getMessage()
    except Exception:  # noqa: BLE001 (a wrong format string, a `repr` that fails: the words still must not leak)
        return f"{record.msg} with arguments that do not fit it"


def _forms(secret: str) -> Iterator[str]:
    """Yield how a setting may stand in a text: itself, its password, and how libraries write and mistake that."""
    yield secret
    scheme, is_url, rest = secret.partition("://")
    if not is_url:
        yield from _written(secret)
        return
    user, *passwords = found.groups("") if (found := _AUTHORITY.match(rest)) else ("", "")
    for password in filter(None, passwords):
        yield from _written(password)
        yield base64.b64encode(f"\0{unquote(user)}\0{unquote(password)}".encode()).decode()  # AUTH PLAIN
        yield from re.split(r"[/:@?#&]", password)  # where an unquoted character ends it, for some parser
    yield from _hidden_in_path(secret) if scheme.startswith("http") else ()


def _written(secret: str) -> Iterator[str]:
    for form in {secret, unquote(secret)}:
        yield from (form, quote(form, safe=""), quote(form), quote_plus(form), repr(form)[1:-1], json.dumps(form)[1:-1])
        yield base64.b64encode(form.encode()).decode()


def _hidden_in_path(url: str) -> Iterator[str]:
    """Yield the parts of a URL that is a secret as a whole, such as the id in the path of a heartbeat."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return
    long_enough = 8  # short ones are words: ping, api
    yield from (part for part in parts.path.split("/") if len(part) >= long_enough)
    yield from (value for _, value in parse_qsl(parts.query) if len(value) >= long_enough)
