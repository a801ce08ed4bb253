"""Gathers the year's report of a plan, with last year's plan beside it, and writes it as a file."""

from collections.abc import Callable, Mapping
from pathlib import Path

from schedules.calendars import bangkok_day, fiscal_year_of
from tracker.domain.plans import plan_from_json
from tracker.errors import NotFound
from tracker.reports.year import Plan, YearReport, year_report
from tracker.reports.year_docx import write_docx
from tracker.reports.year_html import write_html
from tracker.reports.year_json import write_json
from tracker.reports.year_xlsx import write_xlsx
from tracker.store import plans
from tracker.usecases.report_o43 import o43_report
from tracker.usecases.services import Services
from tracker.usecases.write_file import write_report

WRITERS: Mapping[str, Callable[[YearReport, Path], None]] = {
    ".docx": write_docx,
    ".xlsx": write_xlsx,
    ".html": write_html,
    ".json": write_json,
}


def write_year(services: Services, path: Path, *, fiscal_year: int | None, agency: str | None = None) -> YearReport:
    """Write the report in the format that the name's ending says, and return it; replaces a file of that name.

    Raises NotFound without a plan; Refused on another ending, or when the file cannot be written.
    """
    return write_report(path, WRITERS, lambda: report_of_year(services, fiscal_year=fiscal_year, agency=agency))


def report_of_year(services: Services, *, fiscal_year: int | None, agency: str | None = None) -> YearReport:
    """Return the report of a fiscal year (B.E.) as of today; without a year, of the present one or of the newest plan.

    Raises NotFound without a plan, or Refused when several agencies have one.
    """
    year = _year(services) if fiscal_year is None else fiscal_year
    now = _plan(services, year, agency)
    try:
        before = _plan(services, year - 1, now[0].agency)
    except NotFound:
        before = None
    return year_report(now, before)


def _year(services: Services) -> int:
    present = fiscal_year_of(bangkok_day(services.clock.now()))
    with services.store.reading() as session:
        years = {row.fiscal_year for row in plans.plans(session)}
    return present if present in years or not years else max(years)


def _plan(services: Services, fiscal_year: int, agency: str | None) -> Plan:
    report = o43_report(services, fiscal_year=fiscal_year, agency=agency)
    with services.store.reading() as session:
        return report, plan_from_json(plans.plan(session, report.plan_id).reading).assessment
