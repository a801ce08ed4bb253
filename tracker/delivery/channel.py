"""What a channel is: one message to one address in, one exact outcome out. Imports nothing heavy."""

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from tracker.delivery.redaction import redact

DETAIL_LIMIT = 300

_MESSAGE_ID = re.compile(r"[!#-;=?A-Z^-~]+@[!#-;=?A-Z^-~]+", re.ASCII)


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message as it leaves: frozen, so that a repeat is the same message and not merely a similar one.

    `message_id` has no angle brackets; `retry_key` is the text of a UUID; `date` is when it was decided.
    Its `repr` tells nothing of whom it is for and what it says. Raises ValueError when one of these is not what it
    says: a bug of the caller, no fault of delivery.
    """

    address: str = field(repr=False)
    subject: str = field(repr=False)
    text: str = field(repr=False)
    html: str | None = field(repr=False)
    calendar: str | None = field(repr=False)
    message_id: str
    retry_key: str
    recipient_name: str | None = field(repr=False)
    date: datetime

    def __post_init__(self) -> None:
        """Refuse what no channel could send twice as the same message."""
        if str(UUID(self.retry_key)) != self.retry_key.lower():
            raise ValueError(f"“{self.retry_key}” is not a UUID as LINE wants it.")
        if not _MESSAGE_ID.fullmatch(self.message_id):
            raise ValueError(f"“{self.message_id}” is not a Message-ID: write it as abc@host.")
        if self.date.tzinfo is None:
            raise ValueError("The date of a message has no time zone.")
        if not self.text.strip():
            raise ValueError("A message needs a text.")


class OutcomeKind(StrEnum):
    """What became of one attempt."""

    ACCEPTED = "accepted"
    TEMPORARY = "temporary"  # certainly not sent: try again later
    PERMANENT = "permanent"  # certainly not sent, nor will it be: use the next channel
    UNKNOWN = "unknown"  # the answer was lost: it may have been delivered; repeat with the same key
    MISCONFIGURED = "misconfigured"  # login, token or TLS: stop the channel, keep the row


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an attempt, with the channel's own code and words.

    `detail` holds no address and no secret, and at most 300 characters. `quota_gone` marks the monthly limit
    of a channel: permanent for this message, but no fault of its address. `wait` is the time that the channel asks
    to be left alone before the message is tried again.
    """

    kind: OutcomeKind
    code: int | None = None
    detail: str = ""
    quota_gone: bool = False
    wait: timedelta = timedelta(0)

    def __post_init__(self) -> None:
        """Redact and shorten the words, so that no caller can forget to."""
        words = " ".join(redact(self.detail).split())
        object.__setattr__(self, "detail", words[:DETAIL_LIMIT])

    @property
    def ok(self) -> bool:
        """Say whether the channel took the message."""
        return self.kind is OutcomeKind.ACCEPTED


class Channel(Protocol):
    """A way to reach people. Safe to use from many threads at once."""

    @property
    def name(self) -> str:
        """Return what people and messages call the channel: `email`, `line`, or an Apprise schema."""
        ...

    def send(self, message: Outgoing) -> Outcome:
        """Try once to hand over a message. No fault of delivery raises: it is the outcome."""
        ...

    def prove(self) -> Outcome:
        """Exchange real words with the service, all but a message; `detail` says what was proved, or what is wrong."""
        ...

    def close(self) -> None:
        """Let go of every kept connection; a later send opens new ones."""
        ...
