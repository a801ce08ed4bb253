"""The administrator's own channel: one Apprise URL with its recipient, apart from those that the service uses."""

from apprise import Apprise, NotifyFormat

from tracker.delivery.apprise_plugins import quiet_asset
from tracker.delivery.redaction import quiet_libraries
from tracker.errors import Misconfigured


class Administrator:
    """Whoever looks after the installation; told of trouble and of nothing else.

    Any schema that Apprise knows will do: the setting is the administrator's, and nothing that is imported can name it.
    """

    def __init__(self, url: str) -> None:
        """Raise Misconfigured, without naming the URL, when Apprise cannot use it; nothing is connected yet."""
        quiet_libraries()
        plugin = Apprise.instantiate(url, asset=quiet_asset())
        if plugin is None:
            raise Misconfigured(
                "TRACKER_ADMIN_URL is not an Apprise URL with its recipient: write it as "
                "mailtos://user:password@mail.example.go.th?from=ita@example.go.th&to=admin@example.go.th, or json://..."
            )
        self._plugin = plugin

    def tell(self, subject: str, text: str) -> str | None:
        """Try once; None when it was taken, or else what went wrong."""
        try:
            taken = self._plugin.notify(body=text, title=subject, body_format=NotifyFormat.TEXT)
        except Exception as fault:  # noqa: BLE001 (a hundred plugins, each with its own faults)
            return f"{type(fault).__name__}"
        return None if taken else "the message was not taken"
