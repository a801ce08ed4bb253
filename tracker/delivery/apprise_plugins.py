"""What our plugins share: entering them into Apprise's registry, and an asset without its surprises."""

import threading
from typing import Any

from apprise import AppriseAsset, NotificationManager

from tracker.delivery.redaction import quiet_libraries

APP_ID = "ITA Tracker"

_lock = threading.Lock()


def register(plugin: type[Any]) -> None:
    """Enter a plugin under its own schemas; once is enough and twice does no harm."""
    quiet_libraries()
    manager = NotificationManager()  # type: ignore[no-untyped-call]
    with _lock:
        if (plugin.secure_protocol or plugin.protocol) not in manager:
            manager.add(plugin)  # type: ignore[no-untyped-call]


def quiet_asset() -> AppriseAsset:
    """Return an asset whose sends stay in the calling thread: no pool, no limit beside the socket's."""
    return AppriseAsset(async_mode=False, service_timeout=0, app_id=APP_ID)
