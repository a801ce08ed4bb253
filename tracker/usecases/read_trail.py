"""The audit trail, read and proved."""

from tracker.store import audit, tasks
from tracker.store.tables import AuditRow
from tracker.usecases.services import Services


def read_trail(services: Services, task_id: int | None) -> list[AuditRow]:
    """Return the entries in order, of one task or of all; raises NotFound."""
    with services.store.reading() as session:
        if task_id is not None:
            tasks.task(session, task_id)
        return audit.trail(session, task_id)


def verify_trail(services: Services) -> tuple[int, list[str]]:
    """Return how many entries there are, and a sentence for each place where the chain does not hold."""
    with services.store.reading() as session:
        return len(audit.trail(session)), list(audit.broken(session))
