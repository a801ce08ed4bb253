"""Opens the tasks of a plan, in the caller's transaction; used by every way in which a task comes about."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel import Session

from schedules.calendars import WorkCalendar, bangkok_day, fiscal_year_of
from schedules.ladders import LadderPolicy
from tracker.domain.openings import Opening, openings
from tracker.domain.plans import plan_from_json
from tracker.domain.reimport import Demand, pair
from tracker.domain.thai.numerals import squeeze
from tracker.settings import Settings
from tracker.store import audit, holidays, people, plans, tasks
from tracker.store.tables import PlanRow, TaskRow, UnitRow
from tracker.usecases.carry_over import carry_over
from tracker.usecases.look_ahead import look_ahead
from tracker.usecases.policies import policy_in_force, reporting_in_force


@dataclass(slots=True)
class Opened:
    """What was opened, and what a person must know about it.

    `keys` are those of every task that is wanted; `changed` are tasks that go on under a corrected date or title.
    """

    rows: list[TaskRow] = field(default_factory=list)
    changed: list[TaskRow] = field(default_factory=list)
    known: int = 0
    keys: set[str] = field(default_factory=set)
    remarks: list[str] = field(default_factory=list)


def open_tasks(
    session: Session,
    plan: PlanRow,
    wanted: list[Opening],
    *,
    policy: LadderPolicy,
    calendar: WorkCalendar,
    now: datetime,
) -> Opened:
    """Open every task that is wanted and not there yet; the ladder in force for its kind is kept with each.

    A task that is there under a date or title that was corrected since goes on with its history; one that is
    finished is never touched.
    """
    assert plan.id is not None  # noqa: S101 - the caller has stored the plan
    opened = Opened()
    demands = {
        f"{opening.key}:{unit.id}": (opening, unit)
        for opening in wanted
        for unit in _units(session, plan.id, opening, opened, now)
    }
    there = {row.key: row for row in tasks.tasks(session, plan_id=plan.id)}
    continued = pair(
        [_as_demand(row) for key, row in there.items() if key not in demands],
        [_wanted(key, *demand) for key, demand in demands.items() if key not in there],
    )
    kept = {kind: tasks.keep_ladder(session, policy.of(kind)) for kind in {opening.kind for opening in wanted}}
    for key, (opening, unit) in demands.items():
        known = there.get(continued.get(key, key))
        if known is not None:
            opened.known += 1
            opened.keys.add(known.key)
            if carry_over(session, known, opening, key, calendar, now):
                opened.changed.append(known)
            opened.keys.add(known.key)
            continue
        opened.keys.add(key)
        row = _row(plan.id, key, opening, unit, kept[opening.kind], now)
        session.add(row)
        opened.rows.append(row)
    session.flush()
    ladders = tasks.ladders(session)
    for row in opened.rows:
        look_ahead(row, ladders, calendar, now)
    session.flush()
    return opened


def _as_demand(row: TaskRow) -> Demand:
    measure = squeeze(row.measure_title or "")
    return Demand(row.key, row.unit_id, row.kind, row.period, row.due, measure, row.measure_seq)


def _wanted(key: str, opening: Opening, unit: UnitRow) -> Demand:
    measure = opening.measure
    title, seq = (squeeze(measure.title), measure.seq) if measure else ("", None)
    return Demand(key, unit.id or 0, opening.kind, opening.period, opening.due, title, seq)


def open_for_all_plans(session: Session, settings: Settings, now: datetime) -> int:
    """Open what the plans in force want and is not there yet, such as the tasks of a new member of a class.

    Plans of fiscal years that have ended are left as they are. Returns the number of tasks opened.
    """
    today = bangkok_day(now)
    policy, reporting = policy_in_force(settings), reporting_in_force(settings)
    calendar = holidays.calendar(session, settings.office_hours, today)
    opened = 0
    for row in plans.plans(session):
        if row.fiscal_year >= fiscal_year_of(today):
            wanted = openings(plan_from_json(row.reading), row.fiscal_year, reporting)
            opened += len(open_tasks(session, row, wanted, policy=policy, calendar=calendar, now=now).rows)
    return opened


def _units(session: Session, plan_id: int, opening: Opening, opened: Opened, now: datetime) -> Iterator[UnitRow]:
    """Yield the units that owe a task: the members of a class, or the unit itself."""
    owner = opening.owner
    members = people.members_of(session, owner.unit) if owner.kind == "class" else []
    if members:
        _replace_by_members(session, plan_id, opening, now)
        yield from members
        return
    if owner.kind == "class":
        remark = (
            f"“{owner.unit}” is a class of units, and nobody has said which: its tasks are opened once, for the "
            f'class itself. Name the members with `tracker unit group "{owner.unit}" UNIT...`.'
        )
        if remark not in opened.remarks:
            opened.remarks.append(remark)
    yield people.ensure_unit(session, owner.unit)


def _replace_by_members(session: Session, plan_id: int, opening: Opening, now: datetime) -> None:
    """Waive the one task that stood for a class whose members nobody knew, now that they are known."""
    unit = people.unit_named(session, opening.owner.unit)
    row = tasks.with_key(session, plan_id, f"{opening.key}:{unit.id}") if unit else None
    if row is None or row.status != "open":
        return
    why = f"the members of “{opening.owner.unit}” are known now, and each has its own task"
    tasks.change(session, row, status="waived", closed_on=bangkok_day(now), next_rung=None, next_notice_at=None)
    audit.append(session, at=now, actor="tracker", action="task waive", task_id=row.id, reason=why)


def _row(plan_id: int, key: str, opening: Opening, unit: UnitRow, fingerprint: str, now: datetime) -> TaskRow:
    assert unit.id is not None  # noqa: S101 - a unit that was read has an id
    measure = opening.measure
    return TaskRow(
        plan_id=plan_id,
        key=key,
        measure_seq=measure.seq if measure else None,
        measure_number=measure.number if measure else None,
        measure_title=measure.title if measure else None,
        kind=opening.kind,
        period=opening.period,
        title=opening.title,
        unit_id=unit.id,
        due=opening.due,
        ladder=fingerprint,
        basis=opening.basis,
        phrase=opening.phrase,
        line=opening.line,
        place=opening.place,
        opened_at=now,
    )
