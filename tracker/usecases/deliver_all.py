"""Sends in the foreground what is due on every channel, with no broker."""

from tracker.usecases.deliver import DeliverResult, deliver
from tracker.usecases.services import Services


def deliver_all(services: Services) -> dict[str, DeliverResult]:
    """Send until no channel has anything left that is due now, fallbacks to other channels included."""
    results = {channel: DeliverResult() for channel in services.channels}
    busy = True
    while busy:
        busy = False
        for channel, total in results.items():
            counts = deliver(services, channel).counts
            total.counts.update(counts)
            busy = busy or bool(counts)
    return results
