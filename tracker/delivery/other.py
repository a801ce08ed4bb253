"""Any other Apprise schema that the administrator allows by name; the address is a whole Apprise URL."""

from typing import Any

from apprise import Apprise, NotificationManager, NotifyBase, NotifyFormat

from tracker.delivery.apprise_plugins import quiet_asset
from tracker.delivery.channel import Outcome, OutcomeKind, Outgoing
from tracker.delivery.redaction import quiet_libraries
from tracker.errors import Misconfigured


class AppriseChannel:
    """One schema of Apprise; it tells success from failure and no more."""

    def __init__(self, schema: str) -> None:
        """Raise Misconfigured when this Apprise does not know the schema or has it disabled."""
        quiet_libraries()
        self.name = schema.lower()
        known: Any = NotificationManager()  # type: ignore[no-untyped-call]
        if self.name not in known or not known[self.name].enabled:
            raise Misconfigured(f"TRACKER_CHANNELS names “{schema}”, but Apprise has no such service: remove it.")

    def send(self, message: Outgoing) -> Outcome:
        """Try once; a URL of another schema is refused, whatever it is."""
        plugin = self._plugin(message.address)
        if plugin is None:
            return Outcome(OutcomeKind.PERMANENT, detail=f"The address is not a valid {self.name}:// URL.")
        try:
            ok = plugin.notify(body=message.text, title=message.subject, body_format=NotifyFormat.TEXT)
        except Exception as fault:  # noqa: BLE001 (a hundred plugins, each with its own faults)
            return Outcome(OutcomeKind.TEMPORARY, detail=f"{self.name} failed: {type(fault).__name__}")
        if not ok:
            return Outcome(OutcomeKind.TEMPORARY, detail=f"{self.name} did not take the message.")
        return Outcome(OutcomeKind.ACCEPTED)

    def prove(self) -> Outcome:
        """Return what is known without an address: each person's has a service and a login of its own."""
        return Outcome(OutcomeKind.ACCEPTED, detail="Apprise knows it; more is proved by a message only")

    def close(self) -> None:
        """Do nothing: Apprise keeps no connection."""

    def _plugin(self, url: str) -> NotifyBase | None:
        if url.partition("://")[0].lower() != self.name:
            return None
        return Apprise.instantiate(url, asset=quiet_asset())
