"""The audit trail, read and proved."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain

from tracker.domain.counting import counted
from tracker.errors import Refused
from tracker.store import audit, listing, tasks
from tracker.store.listing import Listing
from tracker.store.tables import AuditRow
from tracker.usecases.services import Services


@dataclass(frozen=True, slots=True)
class Proven:
    """How many entries the trail has, the newest one's number and hash, and where the expected one stands."""

    entries: int
    newest: int
    hash: str
    expected_at: int | None


@contextmanager
def trail_read(
    services: Services, task_id: int | None = None, *, newest: int | None = None
) -> Iterator[Listing[AuditRow]]:
    """Give the entries in order, of one task or of all; or only the newest so many. Raises NotFound."""
    with services.store.reading() as session:
        if task_id is not None:
            tasks.task(session, task_id)
        parts, total = listing.entries(session, task_id, newest)
        yield Listing(chain.from_iterable(parts), total)


def prove_trail(services: Services, expected: str | None = None) -> Proven:
    """Follow the whole chain as it stands at one moment.

    Raises Refused when an entry was changed, removed or added, or when the trail has no entry of the hash `expected`,
    which somebody kept from an earlier proof.
    """
    followed = audit.Chain(expected)
    with services.store.snapshot() as connection:
        faults = audit.broken(connection, followed)
        first = next(faults, None)
        more = sum(1 for _ in faults)
    if first:
        said, of = counted(1 + more, "fault"), counted(followed.entries, "entry", "entries")
        raise Refused(f"The trail was tampered with: {first} ({said} in {of}).")
    if expected is not None and followed.expected_at is None:
        raise Refused(
            f"The trail holds together, but has no entry with the hash {expected}: unless that was copied wrongly, "
            "the trail was cut off or written anew after it. Compare it with a backup."
        )
    return Proven(followed.entries, followed.last, followed.hash, followed.expected_at)
