"""Wires settings, clock, database and channels once, by hand."""

import os
from collections.abc import Mapping

from tracker.clock import Clock, SystemClock
from tracker.delivery.channel import Channel
from tracker.delivery.redaction import strike_out
from tracker.errors import Refused
from tracker.settings import Settings, load_settings
from tracker.store.schema import require_current
from tracker.store.session import Store
from tracker.usecases.services import Services


def build(settings: Settings | None = None, *, clock: Clock | None = None, sending: bool = True) -> Services:
    """Return the services of one installation.

    `sending` False leaves the channels out, which keeps a command that sends nothing quick to start. Raises
    Misconfigured, or Refused when the home was never made or its database is at another version.
    """
    settings = settings or load_settings(os.environ)
    strike_out(settings.secrets())
    if not settings.home.is_dir():
        raise Refused(f"There is no tracker home at {settings.home}: run `tracker init`, or set TRACKER_HOME.")
    store = Store(settings.database_url)
    require_current(store)
    return Services(settings, clock or SystemClock(), store, open_channels(settings) if sending else {})


def open_channels(settings: Settings) -> Mapping[str, Channel]:
    """Return the channels that the settings switch on, by the name that people's channel lists use."""
    channels: dict[str, Channel] = {}
    if settings.email_url:
        from tracker.delivery.mail import EmailChannel

        channels["email"] = EmailChannel(settings.email_url)
    if settings.line_token:
        from tracker.delivery.line import LineChannel

        channels["line"] = LineChannel(settings.line_token, settings.line_api_url)
    for schema in settings.channels:
        from tracker.delivery.other import AppriseChannel

        channels[schema] = AppriseChannel(schema)
    return channels
