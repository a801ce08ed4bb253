"""What a use case needs from outside, wired once by `tracker.bootstrap`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from tracker.clock import Clock
from tracker.delivery.channel import Channel
from tracker.delivery.mailbox import Mailbox
from tracker.settings import Settings
from tracker.store.session import Store


@dataclass(slots=True)
class Shelf:
    """What senders that work side by side have read once for all of them; see `tracker.usecases.ground`."""

    lock: Lock = field(default_factory=Lock)
    ground: Any = None


@dataclass(frozen=True, slots=True)
class Services:
    """The database, the clock, the settings in force and the channels that are switched on, by name.

    `bounces` is the mailbox that delivery reports come back to, None when none is set; `shelf` is shared by all who
    use these services.
    """

    settings: Settings
    clock: Clock
    store: Store
    channels: Mapping[str, Channel]
    bounces: Mailbox | None = None
    shelf: Shelf = field(default_factory=Shelf, repr=False, compare=False)

    def close(self) -> None:
        """Close every connection; the services cannot be used after it."""
        for channel in self.channels.values():
            channel.close()
        self.store.close()
