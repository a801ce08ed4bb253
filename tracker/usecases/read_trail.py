"""The audit trail, read and proved."""

from dataclasses import dataclass

from tracker.errors import Refused
from tracker.store import audit, tasks
from tracker.store.tables import AuditRow
from tracker.usecases.services import Services


@dataclass(frozen=True, slots=True)
class Proven:
    """How many entries the trail has, the newest one's number and hash, and where the expected one stands."""

    entries: int
    newest: int
    hash: str
    expected_at: int | None


def read_trail(services: Services, task_id: int | None) -> list[AuditRow]:
    """Return the entries in order, of one task or of all; raises NotFound."""
    with services.store.reading() as session:
        if task_id is not None:
            tasks.task(session, task_id)
        return audit.trail(session, task_id)


def prove_trail(services: Services, expected: str | None = None) -> Proven:
    """Follow the whole chain as it stands at one moment.

    Raises Refused when an entry was changed, removed or added, or when the trail has no entry of the hash `expected`,
    which somebody kept from an earlier proof.
    """
    chain = audit.Chain(expected)
    with services.store.snapshot() as connection:
        faults = audit.broken(connection, chain)
        first = next(faults, None)
        more = sum(1 for _ in faults)
    if first:
        raise Refused(f"The trail was tampered with: {first} ({1 + more} faults in {chain.entries} entries).")
    if expected is not None and chain.expected_at is None:
        raise Refused(
            f"The trail holds together, but has no entry with the hash {expected}: unless that was copied wrongly, "
            "the trail was cut off or written anew after it. Compare it with a backup."
        )
    return Proven(chain.entries, chain.last, chain.hash, chain.expected_at)
