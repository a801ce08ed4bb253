"""Writes next fiscal year's plan, made of a stored one, as a workbook to confirm by hand; stores nothing."""

from dataclasses import dataclass
from pathlib import Path

from tracker.domain.plans import Plan
from tracker.domain.rollover import roll_over
from tracker.errors import NotFound, Refused
from tracker.store import plans
from tracker.usecases.export_plan import write_workbook
from tracker.usecases.list_plans import Progress, plan_progress, stored_plan
from tracker.usecases.services import Services


@dataclass(frozen=True, slots=True)
class RolledOver:
    """The plan that was written, the fiscal year it came from, and the measures that were not done in that one."""

    plan: Plan
    from_year: int
    not_done: list[Progress]


def roll_over_plan(services: Services, path: Path, *, fiscal_year: int, plan_id: int | None = None) -> RolledOver:
    """Write the workbook; of the plan of the year before, or of the one that is named.

    Raises NotFound when there is none; Refused when there are several, when the one named is not of an earlier year,
    and when the file cannot be written.
    """
    plan_id = plan_id if plan_id is not None else _of_the_year_before(services, fiscal_year)
    before = stored_plan(services, plan_id)
    try:
        plan = roll_over(before, fiscal_year)
    except ValueError as error:
        raise Refused(f"Plan {plan_id} cannot become that of fiscal year {fiscal_year}: {error}.") from None
    write_workbook(plan, path)
    not_done = [each for each in plan_progress(services, plan_id) if not each.complete]
    return RolledOver(plan, before.fiscal_year or 0, not_done)


def _of_the_year_before(services: Services, fiscal_year: int) -> int:
    with services.store.reading() as session:
        found = [row for row in plans.plans(session) if row.fiscal_year == fiscal_year - 1]
    if not found:
        raise NotFound(
            f"There is no plan of fiscal year {fiscal_year - 1} (B.E.) to go on from: see `tracker plan list`, and "
            "name another with --plan."
        )
    if len(found) > 1:
        numbers = ", ".join(f"{row.id} ({row.agency})" for row in found)
        raise Refused(f"There are {len(found)} plans of fiscal year {fiscal_year - 1}: add --plan, one of {numbers}.")
    return found[0].id or 0
