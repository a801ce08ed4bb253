"""What a person sees of the plans that were imported."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlmodel import Session

from tracker.domain.plans import Measure, Plan, plan_from_json
from tracker.domain.thai.numerals import squeeze
from tracker.store import plans, tasks
from tracker.store.tables import TaskRow
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


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a measure of a plan has come: of its tasks that are owed (waived ones are not), how many are done.

    `complete` holds when every unit has done all that it owed, and not for a measure that owes nothing.
    """

    plan: int
    seq: int
    number: str | None
    title: str
    tasks: int
    done: int
    complete: bool

    def to_json(self) -> dict[str, Any]:
        """Return the progress as JSON values."""
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


def plan_progress(services: Services, plan_id: int) -> list[Progress]:
    """Return how far each measure of a plan has come, in the plan's order; raises NotFound."""
    with services.store.reading() as session:
        measures = plan_from_json(plans.plan(session, plan_id).reading).measures
        return _progress(plan_id, measures, tasks.tasks(session, plan_id=plan_id))


def all_progress(session: Session) -> list[Progress]:
    """Return how far each measure of every plan has come, the newest fiscal year first."""
    return [
        each
        for row in plans.plans(session)
        for each in _progress(row.id or 0, plan_from_json(row.reading).measures, tasks.tasks(session, plan_id=row.id))
    ]


def _progress(plan_id: int, measures: Sequence[Measure], rows: Iterable[TaskRow]) -> list[Progress]:
    owed = tasks_by_measure(measures, [row for row in rows if row.status != "waived"])
    done = {seq: sum(row.status == "done" for row in own) for seq, own in owed.items()}
    return [
        Progress(
            plan_id,
            measure.seq,
            measure.number,
            measure.title,
            len(owed[measure.seq]),
            done[measure.seq],
            0 < done[measure.seq] == len(owed[measure.seq]),
        )
        for measure in measures
    ]


def tasks_by_measure(measures: Sequence[Measure], rows: Iterable[TaskRow]) -> dict[int, list[TaskRow]]:
    """Return the tasks of each measure by its place in the plan.

    A finished task keeps the title and place that its measure had then, so the title is looked for first: a corrected
    plan may have put another measure in that place.
    """
    titles: dict[str, list[int]] = {}
    for measure in measures:
        titles.setdefault(squeeze(measure.title), []).append(measure.seq)
    found: dict[int, list[TaskRow]] = {measure.seq: [] for measure in measures}
    for row in rows:
        named = titles.get(squeeze(row.measure_title or ""), [])
        seq = row.measure_seq if not named or row.measure_seq in named else named[0]
        if seq is not None and seq in found:
            found[seq].append(row)
    return found
