"""A copy of what checks look at, moved forward from one instant to the next by the functions that the checks use."""

import heapq
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from schedules.calendars import WorkCalendar, bangkok_day
from tracker.domain.decisions import Decision, Notice, Returned, decide
from tracker.domain.messages import IN_A_SECTION
from tracker.domain.notices import due
from tracker.domain.people import CLIMB, Level, Staff
from tracker.domain.some import Some
from tracker.domain.tasks import Late, Task
from tracker.intake.limits import Progress, quiet
from tracker.store.tables import MessageRow, NoticeRow, TaskRow
from tracker.usecases.compose_messages import About, Parts, Told, Writer
from tracker.usecases.pass_on import returned
from tracker.usecases.queue_messages import assemble
from tracker.usecases.recheck import Said, judge, parts_of, to_tell_again
from tracker.usecases.standing import (
    Standing,
    daily_is_due,
    day_of,
    told_to_executives,
    unreached_incident,
    weekly_is_due,
    weeks_of,
)

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Foretold:
    """One message that would leave at an instant (UTC) if nobody acts before."""

    at: datetime
    recipient: str
    channel: str
    subject: str
    notices: tuple[tuple[int, str, str], ...]


@dataclass(frozen=True, slots=True)
class Withheld:
    """One decision not to send that would be made at an instant (UTC)."""

    at: datetime
    task_id: int
    rung: str
    reason: str


@dataclass(slots=True)
class Preview:
    """What would leave in a span, and what would not, with the reasons."""

    messages: list[Foretold] = field(default_factory=list)
    withheld: list[Withheld] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A message that stands in the outbox, when it can leave, and what its reader has notices of."""

    at: datetime
    row: MessageRow
    about: Sequence[tuple[NoticeRow, TaskRow]]
    said: Said


@dataclass(slots=True)
class Rehearsal:
    """A copy of what a sweep looks at, moved forward from one instant to the next.

    `said` are the rungs that the rehearsal decided, by (person, task, cycle); `reported` the keys of incidents;
    `told_again` what messages would have told a coordinator who has left, once for each check: those in `settled`.
    """

    writer: Writer
    staff: Staff
    calendar: WorkCalendar
    rows: dict[int, TaskRow]
    tasks: dict[int, Task]
    told: dict[tuple[int, int], Level]
    untold: list[str]
    reported: set[str]
    returned: list[Returned]
    waiting: list[Waiting]
    daily: datetime | None
    weekly: datetime | None
    agenda: list[tuple[datetime, int]] = field(default_factory=list)
    said: Said = field(default_factory=dict)
    told_again: list[str] = field(default_factory=list)
    settled: set[datetime] = field(default_factory=set)
    found: Preview = field(default_factory=Preview)


def play(copy: Rehearsal, now: datetime, end: date, progress: Progress = quiet) -> None:
    """Live through every instant at which a sweep would have something to say or a message could leave.

    `progress` is told of each.
    """
    for task in copy.tasks.values():
        _put_on_agenda(copy, task, now)
    instants = _instants(copy, now, end)
    for n, instant in enumerate(instants):
        progress(n, len(instants))
        copy.writer = replace(copy.writer, directory=copy.staff.on(bangkok_day(instant)), now=instant)
        _sweep(copy)
        _let_leave(copy)
        if copy.returned or copy.told_again:  # the check of the next minute
            copy.untold, copy.told_again = [*copy.told_again, *copy.untold], []
            _sweep(copy)


def _instants(copy: Rehearsal, now: datetime, end: date) -> list[datetime]:
    """Return each opening of the office from now to a day, now itself while it is open, and when messages wait to."""
    found = {each.at for each in copy.waiting}
    instant = copy.calendar.next_open(now)
    while bangkok_day(instant) <= end:
        found.add(instant)
        instant = copy.calendar.next_open(copy.calendar.opening(bangkok_day(instant) + _DAY))
    return sorted(each for each in found if bangkok_day(each) <= end)


def _put_on_agenda(copy: Rehearsal, task: Task, now: datetime) -> None:
    found = due(task, now=now, calendar=copy.calendar)
    at = now if found.rung or found.outdated else found.next_at
    if at is not None:
        heapq.heappush(copy.agenda, (at, task.id))


def _sweep(copy: Rehearsal) -> None:
    """Decide what one check would decide at the writer's moment, and foretell its messages."""
    writer, come = copy.writer, []
    while copy.agenda and copy.agenda[0][0] <= writer.now:
        come.append(copy.tasks[heapq.heappop(copy.agenda)[1]])
    decision = decide(
        come,
        writer.directory,
        now=writer.now,
        calendar=copy.calendar,
        available=writer.available,
        returned=copy.returned,
    )
    copy.returned = []
    _move_on(copy, decision)
    parts = assemble(writer, _about(copy, decision.notices), **_digests(copy))
    for person_id, each in parts.items():
        _foretell(copy, person_id, each)


def _move_on(copy: Rehearsal, decision: Decision) -> None:
    """Take over where the tasks stand after a decision, and keep what was said and what was not."""
    writer = copy.writer
    for step in decision.steps:
        copy.tasks[step.task_id] = replace(copy.tasks[step.task_id], reached=step.reached)
        copy.rows[step.task_id].reached = step.reached
        if step.next_at is None and writer.ended is not None:
            writer.ended.append(copy.rows[step.task_id])
        _put_on_agenda(copy, copy.tasks[step.task_id], writer.now)
    for notice in decision.notices:
        key = notice.task_id, notice.cycle
        copy.told[key] = max(copy.told.get(key, notice.audience), notice.audience, key=CLIMB.index)
        copy.said.setdefault((notice.person_id, *key), set()).add(notice.rung.name)
        writer.spoken.setdefault(key, {}).setdefault(notice.rung.name, writer.now)
    for each in decision.unreached:
        once, text = unreached_incident(writer, each)
        copy.untold += [] if once in copy.reported else [text]
        copy.reported.add(once)
    copy.found.withheld += [
        Withheld(writer.now, each.task_id, each.rung, each.reason) for each in decision.suppressions
    ]


def _about(copy: Rehearsal, decided: list[Notice]) -> dict[int, About]:
    about: dict[int, list[tuple[Told, TaskRow]]] = {}
    for notice in decided:
        pair = _as_told(notice, copy.writer.now), copy.rows[notice.task_id]
        about.setdefault(notice.person_id, []).append(pair)
    return {person_id: tuple(pairs) for person_id, pairs in about.items()}


def _digests(copy: Rehearsal) -> dict[str, Any]:
    """Return what digests and incidents would say at the writer's moment, as the check itself works it out."""
    writer, day, weeks = copy.writer, None, {}
    texts: tuple[str, ...] = ()
    standing = _standing(copy)
    if writer.coordinators():
        texts, copy.untold = tuple(copy.untold), []
        if daily_is_due(copy.daily, writer.today):
            day = day_of(writer, standing, since=copy.daily or writer.now, incidents=texts, sent={})
            copy.daily = writer.now
    if weekly_is_due(copy.weekly, writer.today):
        weeks = weeks_of(writer, standing)
        copy.weekly = writer.now
    return {"day": day, "incidents": texts, "weeks": weeks}


def _standing(copy: Rehearsal) -> Standing:
    writer = copy.writer
    rows = sorted(copy.rows.values(), key=lambda row: (row.due, row.id or 0))
    live = [row for row in rows if row.status == "open"]
    overdue = [row for row in live if row.due < writer.today]
    unowned = [row for row in live if row.owner_id is None and not writer.directory.unit_has_officer(row.unit_id)]
    submitted = [row for row in rows if row.status == "submitted"]
    return Standing(
        Some.of(overdue, IN_A_SECTION),
        Some.of(unowned, IN_A_SECTION),
        Some.of(submitted, IN_A_SECTION),
        copy.told,
        _late(overdue, told_to_executives(writer)),
    )


def _late(overdue: Sequence[TaskRow], since: dict[str, int]) -> list[Late]:
    """Return what is late and has reached executives, each task a sum of its own."""
    return [
        Late(row.unit_id, row.owner_id, row.ladder, row.reached, 1, row.due, ((row.due, row.id or 0, row.title),))
        for row in overdue
        if row.ladder in since and row.reached >= since[row.ladder]
    ]


def _let_leave(copy: Rehearsal) -> None:
    """Foretell the messages that stand in the outbox and can leave now, looked at again as they are then."""
    writer, due_now = copy.writer, [each for each in copy.waiting if each.at <= copy.writer.now]
    copy.waiting = [each for each in copy.waiting if each.at > writer.now]
    given_back: dict[int, Returned] = {}
    for each in due_now:
        live = []
        for notice, row in each.about:
            key = notice.person_id, notice.task_id, notice.cycle
            known, new = each.said.get(key, set()), copy.said.get(key, set())
            verdict = judge(writer, notice, row, known | new)
            if verdict is None:
                live.append((notice, row))
                continue
            copy.found.withheld.append(Withheld(writer.now, notice.task_id, notice.rung, verdict.why))
            back = returned(writer, notice, row) if verdict.pass_on else None
            given_back |= {notice.id or 0: back} if back else {}
        parts = parts_of(writer, each.row, live, lambda: _standing(copy))
        if parts.incidents:
            copy.settled.add(each.row.decided_at)
        elif each.row.decided_at not in copy.settled and (again := to_tell_again(writer, each.row)):
            copy.told_again += [incident.text for incident in again]
            copy.settled.add(each.row.decided_at)
        _foretell(copy, each.row.person_id, parts, each.row.channel)
    copy.returned += [back for _, back in sorted(given_back.items())]  # as the check reads them


def _foretell(copy: Rehearsal, person_id: int, parts: Parts, channel: str | None = None) -> None:
    if not parts.kind:
        return
    writer = copy.writer
    digest = writer.digest(person_id, parts, reference="")
    said = tuple((notice.task_id, notice.rung, notice.audience) for notice, _ in parts.about)
    name = writer.directory.people[person_id].name
    through = channel or writer.route(person_id)[0]
    copy.found.messages.append(Foretold(writer.now, name, through, digest.subject, said))


def _as_told(notice: Notice, at: datetime) -> Told:
    return Told(
        task_id=notice.task_id,
        cycle=notice.cycle,
        rung=notice.rung.name,
        person_id=notice.person_id,
        audience=notice.audience,
        meant_for=notice.meant_for,
        acting_for_id=notice.acting_for,
        decided_at=at,
    )
