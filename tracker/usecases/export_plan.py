"""Writes an imported plan as a workbook to correct by hand."""

from pathlib import Path

from tracker.domain.plans import Plan
from tracker.errors import Refused
from tracker.reports.plan_workbook import write_plan_workbook
from tracker.usecases.list_plans import stored_plan
from tracker.usecases.services import Services
from tracker.usecases.write_file import write_file


def export_plan(services: Services, plan_id: int, path: Path) -> None:
    """Write the workbook; raises NotFound, or Refused when the file cannot be written or is not to be an .xlsx."""
    write_workbook(stored_plan(services, plan_id), path)


def write_workbook(plan: Plan, path: Path) -> None:
    """Write the workbook of a plan; raises Refused when the file cannot be written or is not to be an .xlsx."""
    if path.suffix.lower() != ".xlsx":
        raise Refused(f"A plan is exported as a workbook: name the file {path.stem}.xlsx.")
    write_file(path, lambda partial: write_plan_workbook(plan, partial))
