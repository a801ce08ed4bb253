"""What a person sees of the plans that were imported."""

from dataclasses import asdict, dataclass
from typing import Any

from tracker.domain.plans import Plan, plan_from_json
from tracker.store import plans, tasks
from tracker.usecases.services import Services


@dataclass(frozen=True, slots=True)
class PlanView:
    """A plan as it is listed."""

    id: int
    agency: str
    fiscal_year: int
    file: str
    imported_at: str
    measures: int
    tasks: int
    done: int

    def to_json(self) -> dict[str, Any]:
        """Return the view as JSON values."""
        return asdict(self)


def list_plans(services: Services) -> list[PlanView]:
    """Return every plan, the newest fiscal year first."""
    with services.store.reading() as session:
        views = []
        for row in plans.plans(session):
            opened = tasks.tasks(session, plan_id=row.id)
            done = sum(task.status == "done" for task in opened)
            views.append(
                PlanView(
                    row.id or 0,
                    row.agency,
                    row.fiscal_year,
                    row.source_name,
                    row.imported_at.isoformat(),
                    len(row.reading["measures"]),
                    len(opened),
                    done,
                )
            )
        return views


def stored_plan(services: Services, plan_id: int) -> Plan:
    """Return a plan as it was read; raises NotFound."""
    with services.store.reading() as session:
        return plan_from_json(plans.plan(session, plan_id).reading)
