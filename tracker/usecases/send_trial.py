"""Sends one trial message to one address, by the channel and the plugin that real ones take."""

import re
from collections.abc import Collection
from datetime import datetime
from uuid import uuid4

from tracker.delivery.channel import Channel, Outcome, Outgoing
from tracker.domain.messages.trial import compose_trial
from tracker.errors import Refused
from tracker.usecases.compose_messages import NAMELESS
from tracker.usecases.queue_messages import MESSAGE_ID_HOST

_LINE_ID = re.compile(r"[UCR][0-9a-f]{32}")
_HOW_ON = {"email": "set TRACKER_EMAIL_URL", "line": "set TRACKER_LINE_TOKEN"}


def channel_of(address: str, switched_on: Collection[str]) -> str:
    """Return the channel that an address is for: e-mail, LINE, or an Apprise URL's schema.

    Raises Refused when it is for none, or for one that is off.
    """
    if _LINE_ID.fullmatch(address):
        name = "line"
    elif "://" in address:
        name = address.partition("://")[0].lower()
    elif "@" in address:
        name = "email"
    else:
        raise Refused(
            "--send-to takes an e-mail address, a LINE user id (U and 32 hexadecimal digits), or an Apprise URL "
            "of a schema in TRACKER_CHANNELS: correct it."
        )
    if name not in switched_on:
        how = _HOW_ON.get(name, f"name {name} in TRACKER_CHANNELS")
        raise Refused(f"A message by {name} cannot be sent, for that channel is off: {how}.")
    return name


def send_trial(channel: Channel, address: str, *, agency: str | None, now: datetime) -> Outcome:
    """Try once, at once, whatever the hour: somebody waits for it. Nothing is stored."""
    key = str(uuid4())
    trial = compose_trial(agency or NAMELESS, now=now, reference=key[:8].upper())
    return channel.send(
        Outgoing(
            address=address,
            subject=trial.subject,
            text=trial.text,
            html=None,
            calendar=None,
            message_id=f"{key}@{MESSAGE_ID_HOST}",
            retry_key=key,
            recipient_name=None,
            date=now,
        )
    )
