"""What stands open at a moment: what the coordinator's day and the executive's week are made from."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from schedules.calendars import ERA, bangkok_day
from tracker.domain.decisions import Unreached
from tracker.domain.masking import mask_address
from tracker.domain.messages import (
    IN_A_SECTION,
    CoordinatorDay,
    ExecutiveWeek,
    FailedDelivery,
    OverdueTask,
    SubmittedTask,
    UnitWeek,
    UnownedTask,
)
from tracker.domain.people import Level
from tracker.domain.some import Some
from tracker.domain.tasks import Late
from tracker.store import holidays, messages, notices, tasks
from tracker.store.tables import MessageRow, TaskRow
from tracker.usecases.compose_messages import Writer

DAILY, WEEKLY = "daily", "weekly"
"""The marks of the last digest of each kind."""

NAMED_IN_A_WEEK = 3
"""So many of a unit's oldest tasks are named to an executive."""
_YEAR_AHEAD = timedelta(days=60)
_NONE: Some[MessageRow] = Some()


@dataclass(frozen=True, slots=True)
class Standing:
    """Open tasks past their due date, those that nobody answers for, and those whose report waits for a check.

    `told` is the highest audience that was told of each (task, cycle) that is at hand; `late` sums up what has
    reached executives.
    """

    overdue: Some[TaskRow]
    unowned: Some[TaskRow]
    submitted: Some[TaskRow]
    told: dict[tuple[int, int], Level]
    late: Sequence[Late]


def read_standing(writer: Writer) -> Standing:
    """Return what stands open, as the database has it."""
    overdue = tasks.overdue(writer.session, writer.today, IN_A_SECTION)
    empty = [unit_id for unit_id in writer.units if not writer.directory.unit_has_officer(unit_id)]
    return Standing(
        overdue,
        tasks.unowned(writer.session, empty, IN_A_SECTION),
        tasks.submitted(writer.session, IN_A_SECTION),
        notices.highest_audience(writer.session, [row.id for row in overdue if row.id is not None]),
        tasks.late(writer.session, writer.today, told_to_executives(writer), NAMED_IN_A_WEEK),
    )


def told_to_executives(writer: Writer) -> dict[str, int]:
    """Return the index of the first rung of each ladder (by fingerprint) that tells executives; others left out."""
    first = {
        fingerprint: next((index for index, rung in enumerate(ladder.rungs) if "executive" in rung.audience), None)
        for fingerprint, ladder in writer.ladders.items()
    }
    return {fingerprint: index for fingerprint, index in first.items() if index is not None}


def daily_is_due(before: datetime | None, today: date) -> bool:
    """Say whether the day's digest was not made yet."""
    return before is None or bangkok_day(before) < today


def weekly_is_due(before: datetime | None, today: date) -> bool:
    """Say whether the digest of the week (from Monday) was not made yet."""
    return before is None or _monday(bangkok_day(before)) < _monday(today)


def day_of(
    writer: Writer,
    standing: Standing,
    *,
    since: datetime,
    incidents: Iterable[str],
    sent: dict[str, int],
    failed: Some[MessageRow] = _NONE,
) -> CoordinatorDay:
    """Return the coordinator's day: what happened after an instant and what stands open."""
    return CoordinatorDay(
        since=bangkok_day(since),
        sent=tuple(sorted(sent.items())),
        failed=failed.but(
            FailedDelivery(row.id or 0, row.channel, mask_address(row.address), row.error or "", _unit_of(row, writer))
            for row in failed
        ),
        unowned=standing.unowned.but(UnownedTask(*_named(row, writer)) for row in standing.unowned),
        submitted=standing.submitted.but(
            SubmittedTask(*_named(row, writer), row.submitted_on or row.due) for row in standing.submitted
        ),
        overdue=standing.overdue.but(
            OverdueTask(*_named(row, writer), standing.told.get((row.id or 0, row.cycle)), _follow_up(row, writer))
            for row in standing.overdue
        ),
        incidents=tuple(incidents),
        unconfirmed_years=tuple(year + ERA for year in _years_to_confirm(writer)),
    )


def read_day(writer: Writer, standing: Standing, *, since: datetime, incidents: Iterable[str]) -> CoordinatorDay:
    """Return the coordinator's day, with what was sent and what failed as the database has it."""
    return day_of(
        writer,
        standing,
        since=since,
        incidents=incidents,
        sent=messages.sent_since(writer.session, since),
        failed=messages.dead_since(writer.session, since, IN_A_SECTION),
    )


def weeks_of(writer: Writer, standing: Standing) -> dict[int, ExecutiveWeek]:
    """Return the week of each executive who can be told: what is overdue and reached that level, by unit."""
    theirs: dict[int, dict[int, list[Late]]] = {}
    for late in standing.late:
        for recipient in writer.directory.recipients("executive", late):
            if recipient.person.routes(writer.available):
                theirs.setdefault(recipient.person.id, {}).setdefault(late.unit_id, []).append(late)
    return {
        person_id: ExecutiveWeek(tuple(_unit_week(unit_id, late, writer) for unit_id, late in units.items()))
        for person_id, units in theirs.items()
    }


def unreached_incident(writer: Writer, unreached: Unreached) -> tuple[str, str]:
    """Return the key and the sentence of an audience that could not be told: once a day for each unit and audience."""
    unit, level, instead = writer.units[unreached.unit_id], unreached.level, unreached.told_instead
    if instead:
        text = f"หน่วยงาน “{unit}” ไม่มี{_WHO[level]}ที่ติดต่อได้ ระบบจึงแจ้ง{_WHO[instead]}แทน"
    else:
        text = f"หน่วยงาน “{unit}” ไม่มีผู้ใดที่ติดต่อได้ในทุกระดับ จึงยังไม่มีผู้ได้รับแจ้ง"
    return f"unreached:{writer.today}:{unreached.unit_id}:{level}", text


_WHO: dict[Level, str] = {
    "owner": "เจ้าหน้าที่ผู้รับผิดชอบ",
    "supervisor": "หัวหน้าส่วน",
    "executive": "ผู้บริหาร",
    "coordinator": "ผู้ประสานงาน",
}


def _unit_week(unit_id: int, late: list[Late], writer: Writer) -> UnitWeek:
    titles = sorted({title for each in late for title in each.titles})
    return UnitWeek(
        unit=writer.units[unit_id],
        overdue=sum(each.count for each in late),
        oldest_due=min(each.oldest for each in late),
        follow_up=max(_follow_up(each, writer) for each in late),
        tasks=tuple(title for _, _, title in titles[:NAMED_IN_A_WEEK]),
    )


def _named(row: TaskRow, writer: Writer) -> tuple[int, str, str, date]:
    return row.id or 0, writer.units[row.unit_id], row.title, row.due


def _unit_of(row: MessageRow, writer: Writer) -> str | None:
    unit_id = writer.directory.unit_of(row.person_id)
    return None if unit_id is None else writer.units[unit_id]


def _follow_up(row: TaskRow | Late, writer: Writer) -> int:
    """Return the n of the newest ติดตามครั้งที่ n that was decided for a task, 0 for none."""
    rungs = writer.ladders[row.ladder].rungs
    return rungs[row.reached].follow_up if row.reached >= 0 else 0


def _years_to_confirm(writer: Writer) -> list[int]:
    """Return the Gregorian years of now and the weeks ahead whose days off nobody has confirmed."""
    years = sorted({writer.today.year, (writer.today + _YEAR_AHEAD).year})
    return holidays.unconfirmed(writer.session, years)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
