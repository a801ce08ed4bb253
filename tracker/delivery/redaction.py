"""Nothing secret or personal in a log: addresses are masked, secrets are struck out."""

import logging
import re
from collections.abc import Iterable
from traceback import format_exception
from urllib.parse import quote, unquote, urlsplit

STRUCK = "****"
SHORTEST_SECRET = 4
"""A shorter one would strike out half of every log, and guards nothing."""

_EMAIL = re.compile(r"([\w.!#$%'+^`{|}~-])[\w.!#$%'+^`{|}~-]*@([\w-]+(?:\.[\w-]+)*)")
_LINE_ID = re.compile(r"(?<![0-9A-Za-z])([UCR][0-9a-f]{4})[0-9a-f]{24}([0-9a-f]{4})(?![0-9A-Za-z])")
_BEARER = re.compile(r"(bearer\s+)[\w.~+/=-]+", re.IGNORECASE)
_URL_PASSWORD = re.compile(r"(\w://[^\s:/?#@]*):[^\s/?#]+@")


def mask_address(text: str) -> str:
    """Return a text with e-mail addresses as `o…@example.org` and LINE ids as `U0000…0002`."""
    return _LINE_ID.sub(r"\1…\2", _EMAIL.sub(r"\1…@\2", text))


def redact(text: str) -> str:
    """Return a text without addresses, bearer tokens and passwords in URLs."""
    return mask_address(_BEARER.sub(rf"\1{STRUCK}", _URL_PASSWORD.sub(rf"\1:{STRUCK}@", text)))


class RedactingFilter(logging.Filter):
    """Redacts every record: message, arguments, exception and stack.

    Add it to handlers: a logger's filter does not see what its children log.
    """

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        super().__init__()
        forms = {form for secret in secrets for form in _forms(secret) if len(form) >= SHORTEST_SECRET}
        longest_first = sorted(forms, key=len, reverse=True)
        self._secrets = re.compile("|".join(map(re.escape, longest_first))) if forms else None

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the record and let it pass."""
        record.msg, record.args = self.clean(_message_of(record)), None
        if record.exc_info and record.exc_info[0] and not record.exc_text:
            record.exc_text = "".join(format_exception(*record.exc_info)).rstrip("\n")
        if record.exc_text:
            record.exc_text, record.exc_info = self.clean(record.exc_text), None
        if record.stack_info:
            record.stack_info = self.clean(record.stack_info)
        return True

    def clean(self, text: str) -> str:
        """Return a text without the given secrets and without what `redact` strikes out."""
        return redact(self._secrets.sub(STRUCK, text) if self._secrets else text)


def quiet_libraries() -> None:
    """Keep libraries at WARNING or above: Apprise prints whole URLs with their passwords at TRACE."""
    for name in ("apprise", "urllib3", "requests", "mail.log"):
        logger = logging.getLogger(name)
        logger.setLevel(max(logger.level, logging.WARNING))


def _message_of(record: logging.LogRecord) -> str:
    try:
        return record.getMessage()
    except (TypeError, ValueError, KeyError):  # a wrong format string: the words still must not leak
        return f"{record.msg} {record.args}"


def _forms(secret: str) -> set[str]:
    """Return how a secret may stand in a text: itself, and the password in it when it is a URL."""
    forms = {secret, unquote(secret), quote(secret, safe="")}
    try:
        password = urlsplit(secret).password
    except ValueError:
        password = None
    return forms | ({password, unquote(password)} if password else set())
