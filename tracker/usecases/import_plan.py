"""Stores a plan that was read and opens its tasks, in one transaction."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel import Session

from schedules.calendars import bangkok_day
from schedules.reporting import PERIODS
from tracker.domain.openings import openings
from tracker.domain.plans import Plan, plan_to_json
from tracker.domain.thai.dates import short_day
from tracker.errors import Refused
from tracker.store import audit, holidays, people, plans, tasks
from tracker.store.tables import PlanRow, TaskRow
from tracker.usecases.open_tasks import Opened, open_tasks
from tracker.usecases.policies import policy_in_force, reporting_in_force
from tracker.usecases.services import Services


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did, or would do. `unchanged` holds when the same file was imported before.

    `replaces` holds when another version of the plan was there.
    """

    plan_id: int | None
    agency: str
    fiscal_year: int
    opened: tuple[TaskRow, ...] = ()
    changed: tuple[TaskRow, ...] = ()
    kept: int = 0
    no_longer_stated: tuple[TaskRow, ...] = ()
    unchanged: bool = False
    replaces: bool = False
    units: dict[int, str] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()


class _DryRun(Exception):  # not an error: it rolls the rehearsal back
    def __init__(self, result: Imported) -> None:
        self.result = result


def import_plan(
    services: Services,
    plan: Plan,
    *,
    actor: str,
    fiscal_year: int | None = None,
    agency: str | None = None,
    dry_run: bool = False,
) -> Imported:
    """Store a plan and open its tasks; the same file twice changes nothing.

    A changed file for the same agency and year opens what is new, lets tasks go on under a corrected date or title,
    and names what it no longer states; a finished task is never touched. Raises Refused, and stores nothing, when
    year, agency or measures are missing.
    """
    year = fiscal_year or plan.fiscal_year
    name = agency or plan.agency or services.settings.agency
    _check(plan, year, name)
    assert year is not None  # noqa: S101 - checked above
    assert name is not None  # noqa: S101 - checked above
    try:
        with services.store.writing() as session:
            audit.hold(session)
            result = _import(session, services, plan, year, name, actor)
            if dry_run:
                raise _DryRun(result)
    except _DryRun as rehearsed:
        return rehearsed.result
    return result


def _check(plan: Plan, year: int | None, agency: str | None) -> None:
    file = plan.source.name
    if not plan.measures:
        raise Refused(f"No measures were found in {file}: look at what was read with `tracker plan read {file}`.")
    if year is None:
        raise Refused(f"{file} does not say its fiscal year: add --fiscal-year, such as --fiscal-year 2569.")
    if not agency:
        raise Refused(f"{file} does not say whose plan it is: add --agency NAME.")


def _import(session: Session, services: Services, plan: Plan, year: int, agency: str, actor: str) -> Imported:
    now = services.clock.now()
    row = plans.plan_for(session, agency, year)
    if row is not None and row.sha256 == plan.source.sha256 and row.reading == plan_to_json(plan):
        return Imported(row.id, agency, year, unchanged=True)
    wanted = openings(plan, year, reporting_in_force(services.settings))
    replaces = row is not None
    before = [] if row is None else tasks.tasks(session, plan_id=row.id)
    row = _store(session, row, plan, year, agency, now)
    opened = open_tasks(
        session,
        row,
        wanted,
        policy=policy_in_force(services.settings),
        calendar=holidays.calendar(session, services.settings.office_hours, bangkok_day(now)),
        now=now,
    )
    gone = tuple(task for task in before if task.key not in opened.keys and task.status == "open")
    audit.append(
        session,
        at=now,
        actor=actor,
        action="plan import",
        detail={
            "plan": row.id,
            "file": plan.source.name,
            "sha256": plan.source.sha256,
            "opened": len(opened.rows),
        },
    )
    names = people.unit_names(session)
    for task in (*opened.rows, *opened.changed, *gone):  # a dry run rolls back, and what it shows must outlive that
        session.refresh(task)
        session.expunge(task)
    remarks = (
        *_assumptions(plan, year, services),
        *opened.remarks,
        *_uncontacted(session, opened, names, now),
    )
    return Imported(
        row.id,
        agency,
        year,
        tuple(opened.rows),
        tuple(opened.changed),
        opened.known,
        gone,
        replaces=replaces,
        units=names,
        remarks=remarks,
    )


def _store(session: Session, row: PlanRow | None, plan: Plan, year: int, agency: str, now: datetime) -> PlanRow:
    reading = plan_to_json(plan)
    if row is None:
        row = PlanRow(
            agency=agency,
            fiscal_year=year,
            source_name=plan.source.name,
            sha256=plan.source.sha256,
            reading=reading,
            imported_at=now,
        )
    else:
        row.source_name, row.sha256, row.reading, row.imported_at = (
            plan.source.name,
            plan.source.sha256,
            reading,
            now,
        )
    session.add(row)
    session.flush()
    return row


def _assumptions(plan: Plan, year: int, services: Services) -> list[str]:
    """Return in sentences what was assumed where the document left a choice."""
    said = []
    if plan.fiscal_year not in (None, year):
        said.append(f"The document says fiscal year {plan.fiscal_year}; {year} was used because you asked for it.")
    reporting = reporting_in_force(services.settings)
    undated = {
        period
        for obligation in plan.obligations
        if obligation.rule in ("periodic", "annual") and obligation.due is None
        for period in obligation.periods or ("12-month",)
    }
    if undated:
        due = ", ".join(f"{period} {short_day(reporting.due(period, year))}" for period in PERIODS if period in undated)
        said.append(f"The plan states no date for some periodic reports, so they are due by policy ({due}).")
    own = services.settings.agency
    if own and plan.agency and plan.agency != own:
        said.append(f"The plan is of “{plan.agency}”, this home is of “{own}”: messages name “{own}”.")
    return said


def _uncontacted(session: Session, opened: Opened, names: dict[int, str], now: datetime) -> list[str]:
    """Return a sentence for the units whose tasks nobody can be reminded of."""
    directory = people.directory(session, bangkok_day(now))
    bare = sorted({names[row.unit_id] for row in opened.rows if not directory.unit_has_officer(row.unit_id)})
    if not bare:
        return []
    listed = ", ".join(f"“{name}”" for name in bare)
    how = "import people, or say which unit is meant with `tracker unit alias`"
    return [f"No responsible officer is known for {listed}: {how}. Until then the next one up is told."]
