"""Watches each minute in the process of beat, without the broker: so it sees a dead worker and a dead broker too.

When this process is dead nothing is pinged, and whoever waits for the heartbeat raises the alarm.
"""

import logging
from datetime import timedelta
from threading import Event, Thread

from tracker.delivery.broker import Broker
from tracker.domain.watch_words import in_english
from tracker.errors import TrackerError
from tracker.usecases.services import Services
from tracker.usecases.watch import Watched, open_administrator, watch
from workers.queues import NAMES

WATCH_EVERY = timedelta(minutes=1)
"""How often at least; with more frequent sweeps as often as they come."""

logger = logging.getLogger(__name__)


class Watchman(Thread):
    """Looks at everything at an interval until `stopping` is set; whatever happens, it goes on."""

    def __init__(self, services: Services, broker_url: str, stopping: Event) -> None:
        """Raise Misconfigured when TRACKER_ADMIN_URL cannot be used."""
        super().__init__(name="watch", daemon=True)
        self._services = services
        self._broker = broker_of(broker_url)
        self._stopping = stopping
        self._unheard: frozenset[str] = frozenset()
        open_administrator(services)

    def run(self) -> None:
        """Look, wait, and look again; not before the first sweep after a start has had its time."""
        every = min(self._services.settings.sweep_every, WATCH_EVERY).total_seconds()
        self._stopping.wait(every)
        while not self._stopping.wait(every):
            try:
                self._log(watch(self._services, self._broker))
            except TrackerError as error:
                logger.error("watch: %s", error)  # noqa: TRY400 - the sentence says what to do
            except Exception:
                logger.exception("The watch failed; it looks again in %.0f s.", every)

    def _log(self, seen: Watched) -> None:
        """Say what is new and what is over; what lasts was said before."""
        for finding in seen.new:
            said = in_english(finding)
            logger.error("watch: %s %s", said.what, said.mend)
        if seen.over:
            logger.info("watch: all is well again")
        for line in set(seen.unheard) - self._unheard:
            logger.warning("watch: %s", line)
        self._unheard = frozenset(seen.unheard)


def broker_of(url: str | None) -> Broker | None:
    """Return the broker and its queues; None when none is configured: the private one is `tracker up`'s alone."""
    return Broker(url, NAMES) if url else None
