"""Wires settings, clock, database and channels once, by hand."""

import os
from collections.abc import Mapping

from tracker.clock import Clock, SystemClock
from tracker.delivery.breaker import Breaker
from tracker.delivery.channel import Channel
from tracker.delivery.mailbox import Mailbox
from tracker.delivery.redaction import strike_out
from tracker.errors import Refused
from tracker.settings import Settings, load_settings
from tracker.store.schema import require_current
from tracker.store.session import Store
from tracker.usecases.services import Services


def build(
    settings: Settings | None = None, *, clock: Clock | None = None, sending: bool = True, checked: bool = True
) -> Services:
    """Return the services of one installation.

    `sending` False leaves the channels out, which keeps a command that sends nothing quick to start. `checked` False
    does not ask the database yet: for the watch, which tells of one that does not answer. Raises Misconfigured, or
    Refused when the home was never made or its database is at another version.
    """
    settings = settings or load_settings(os.environ)
    strike_out(settings.secrets())
    if not settings.home.is_dir():
        raise Refused(f"There is no tracker home at {settings.home}: run `tracker init`, or set TRACKER_HOME.")
    store = Store(settings.database_url)
    if checked:
        require_current(store)
    channels = open_channels(settings) if sending else {}
    return Services(settings, clock or SystemClock(), store, channels, open_bounces(settings) if sending else None)


def open_channels(settings: Settings) -> Mapping[str, Channel]:
    """Return the channels that the settings switch on, by the name that people's channel lists use."""
    return {name: Breaker(open_channel(settings, name)) for name in settings.channel_names}


def open_channel(settings: Settings, name: str) -> Channel:
    """Return one of the channels that the settings switch on; raises Misconfigured when its setting is not usable."""
    if name == "email" and settings.email_url:
        from tracker.delivery.mail import EmailChannel

        return EmailChannel(settings.email_url)
    if name == "line" and settings.line_token:
        from tracker.delivery.line import LineChannel

        return LineChannel(settings.line_token, settings.line_api_url)
    from tracker.delivery.other import AppriseChannel

    return AppriseChannel(name)


def open_bounces(settings: Settings) -> Mailbox | None:
    """Return the mailbox of delivery reports, None when none is set; raises Misconfigured when it cannot be used."""
    if not settings.bounce_url:
        return None
    from tracker.delivery.mailbox import open_mailbox

    return open_mailbox(settings.bounce_url)
