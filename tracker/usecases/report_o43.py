"""Gathers the O43 report of a plan from the database, and writes it as a file."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlmodel import Session

from schedules.calendars import bangkok_day
from tracker.domain.indicators import indicator
from tracker.domain.plans import Assessment, Measure, plan_from_json
from tracker.errors import NotFound, Refused
from tracker.reports.o43 import Extension, Indicator, MeasureReport, O43Report, Proof, State, TaskReport
from tracker.reports.o43_docx import write_docx
from tracker.reports.o43_html import write_html
from tracker.reports.o43_json import write_json
from tracker.reports.o43_xlsx import write_xlsx
from tracker.store import audit, evidence, people, plans, tasks
from tracker.store.tables import AuditRow, EvidenceCheckRow, EvidenceRow, PlanRow, TaskRow
from tracker.usecases.list_plans import tasks_by_measure
from tracker.usecases.services import Services
from tracker.usecases.write_file import write_report

WRITERS: Mapping[str, Callable[[O43Report, Path], None]] = {
    ".docx": write_docx,
    ".xlsx": write_xlsx,
    ".html": write_html,
    ".json": write_json,
}
_BY_THE_TRACKER = "ระบบปิดงานนี้ เพราะหน่วยงานที่รับผิดชอบมีงานเดียวกันอยู่แล้ว"
"""Why the program itself waives: a class whose members are known now, or two names that came to be one unit."""


@dataclass(frozen=True, slots=True)
class _Gathered:
    """What the tasks of a plan are told from."""

    today: date
    units: Mapping[int, str]
    evidence: Mapping[int, list[EvidenceRow]]
    checks: Mapping[int, EvidenceCheckRow]
    acts: Mapping[int, list[AuditRow]]


def write_o43(services: Services, path: Path, *, fiscal_year: int, agency: str | None = None) -> O43Report:
    """Write the report in the format that the name's ending says, and return it; replaces a file of that name.

    Raises NotFound without a plan; Refused on another ending, or when the file cannot be written.
    """
    return write_report(path, WRITERS, lambda: o43_report(services, fiscal_year=fiscal_year, agency=agency))


def o43_report(services: Services, *, fiscal_year: int, agency: str | None = None) -> O43Report:
    """Return what the agency has to show today for its plan of a fiscal year (B.E.); raises NotFound, or Refused."""
    today = bangkok_day(services.clock.now())
    with services.store.reading() as session:
        row = _plan(session, fiscal_year, agency)
        plan, opened = plan_from_json(row.reading), tasks.tasks(session, plan_id=row.id)
        found = tasks_by_measure(plan.measures, opened)
        known = _gather(session, row.id or 0, today)
        told = {task.id for own in found.values() for task in own}
        return O43Report(
            agency=row.agency,
            fiscal_year=row.fiscal_year,
            as_of=today,
            plan_id=row.id or 0,
            file=row.source_name,
            sha256=row.sha256,
            score=plan.assessment.score,
            grade=plan.assessment.grade,
            scored_year=plan.assessment.fiscal_year,
            measures=tuple(_measure(each, plan.assessment, found[each.seq], known) for each in plan.measures),
            of_the_plan=tuple(_task(task, known) for task in opened if task.id not in told),
        )


def _plan(session: Session, fiscal_year: int, agency: str | None) -> PlanRow:
    of_the_year = [row for row in plans.plans(session) if row.fiscal_year == fiscal_year]
    found = [row for row in of_the_year if agency in (None, row.agency)]
    if not found:
        whose = f" of “{agency}”" if agency else ""
        raise NotFound(
            f"There is no plan{whose} for fiscal year {fiscal_year} (B.E.): see the plans with `tracker plan list`."
        )
    if len(found) > 1:
        names = ", ".join(f"“{row.agency}”" for row in found)
        raise Refused(f"There are {len(found)} plans for fiscal year {fiscal_year} ({names}): add --agency NAME.")
    return found[0]


def _gather(session: Session, plan_id: int, today: date) -> _Gathered:
    acts: dict[int, list[AuditRow]] = {}
    for entry in audit.acts_in_plan(session, plan_id, ("task waive", "task extend")):
        acts.setdefault(entry.task_id or 0, []).append(entry)
    checks = evidence.checks_of_plan(session, plan_id)
    return _Gathered(today, people.unit_names(session), evidence.of_plan(session, plan_id), checks, acts)


def _measure(measure: Measure, assessment: Assessment, opened: list[TaskRow], known: _Gathered) -> MeasureReport:
    return MeasureReport(
        seq=measure.seq,
        number=measure.number,
        title=measure.title,
        indicator=_indicator(measure.indicator, assessment),
        steps=measure.steps,
        responsible=tuple(owner.unit for owner in measure.responsible),
        timeframe=measure.timeframe.text if measure.timeframe else None,
        monitoring=measure.monitoring,
        tasks=tuple(_task(row, known) for row in opened),
    )


def _indicator(number: int | None, assessment: Assessment) -> Indicator | None:
    if number is None:
        return None
    scores = {each.id: each.score for each in assessment.indicators}
    return Indicator(number, indicator(number).name, scores.get(number))


def _task(row: TaskRow, known: _Gathered) -> TaskReport:
    task_id = row.id or 0
    acts = known.acts.get(task_id, [])
    return TaskReport(
        id=task_id,
        title=row.title,
        kind=row.kind,
        period=row.period,
        unit=known.units[row.unit_id],
        due=row.due,
        state=_state(row, known.today),
        days_late=_days_late(row, known.today),
        submitted_on=row.submitted_on,
        closed_on=row.closed_on,
        result=row.result,
        problems=row.problems,
        suggestions=row.suggestions,
        evidence=tuple(_proof(each, known) for each in known.evidence.get(task_id, ())),
        waived_because=_waived_because(acts) if row.status == "waived" else None,
        extensions=tuple(_extension(act) for act in acts if act.action == "task extend"),
        measure_title=row.measure_title,
    )


def _proof(row: EvidenceRow, known: _Gathered) -> Proof:
    check = known.checks.get(row.id or 0)
    return Proof(row.url, row.name, bangkok_day(check.checked_at) if check and check.fault else None)


def _state(row: TaskRow, today: date) -> State:
    return "overdue" if row.status == "open" and row.due < today else row.status  # type: ignore[return-value]


def _days_late(row: TaskRow, today: date) -> int:
    """Return the days from the due date to the unit's report, or to today while there is none."""
    if row.status == "waived":
        return 0
    reported = today if row.status == "open" else row.submitted_on or row.closed_on or row.due
    return max(0, (reported - row.due).days)


def _waived_because(acts: list[AuditRow]) -> str | None:
    said = [act for act in acts if act.action == "task waive"]
    if not said:
        return None
    return _BY_THE_TRACKER if said[-1].actor == "tracker" else said[-1].reason


def _extension(act: AuditRow) -> Extension:
    before, after = act.detail["before"]["due"], act.detail["set"]["due"]
    return Extension(date.fromisoformat(before), date.fromisoformat(after), act.reason or "")
