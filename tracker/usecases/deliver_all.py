"""Sends in the foreground what is due on every channel, with no broker."""

from tracker.store import notices
from tracker.usecases.deliver import DeliverResult, deliver
from tracker.usecases.services import Services
from tracker.usecases.sweep import sweep


def deliver_all(services: Services) -> dict[str, DeliverResult]:
    """Send until no channel has anything left that is due now, fallbacks to other channels and people included."""
    results = {channel: DeliverResult() for channel in services.channels}
    busy = True
    while busy:
        busy = _once(services, results)
        with services.store.reading() as session:
            given_back = notices.any_given_back(session)
        if given_back:  # who could not be told: whoever is told instead comes out of a check
            busy = sweep(services).messages > 0
    return results


def _once(services: Services, results: dict[str, DeliverResult]) -> bool:
    busy = False
    for channel, total in results.items():
        counts = deliver(services, channel).counts
        total.counts.update(counts)
        busy = busy or bool(counts)
    return busy
