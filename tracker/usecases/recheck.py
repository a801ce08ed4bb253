"""Whether what a message says is still true, and whether its reader still is: asked for some messages at once."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from sqlmodel import Session

from tracker.domain.people import Level
from tracker.domain.truth import why_withdrawn
from tracker.store import messages, notices, outbox, tasks
from tracker.store.tables import IncidentRow, MessageRow, NoticeRow, TaskRow
from tracker.usecases.compose_messages import About, Parts, Writer
from tracker.usecases.standing import Standing, read_day, weeks_of

Said = dict[tuple[int, int, int], set[str]]
"""The rungs that each (person, task, cycle) has a notice of."""


@dataclass(frozen=True, slots=True)
class Held:
    """What some messages carry, as the database has it."""

    about: dict[int, list[tuple[NoticeRow, TaskRow]]]
    said: Said

    def task_ids(self, message_id: int) -> set[int]:
        """Return the tasks that a message speaks of."""
        return {task.id or 0 for _, task in self.about[message_id]}


def held(session: Session, message_ids: Collection[int]) -> Held:
    """Return what some messages carry and was not withdrawn, and what their readers have notices of."""
    carried = messages.carried_by(session, message_ids)
    task_ids = {notice.task_id for some in carried.values() for notice in some}
    rows = tasks.with_ids(session, task_ids)
    about = {id_: [(notice, rows[notice.task_id]) for notice in some] for id_, some in carried.items()}
    return Held(about, notices.said_of(session, task_ids))


def parts_of(writer: Writer, row: MessageRow, about: About, standing: Callable[[], Standing]) -> Parts:
    """Return what a stored message carries, with what stands open at the writer's moment.

    Somebody who coordinates no more gets no coordinator's day; one that waited until the next was made is left out.
    """
    session, day = writer.session, None
    incidents: tuple[str, ...] = ()
    of_a_day = row.incidents or row.day_since is not None
    if of_a_day and row.person_id in {person.id for person in writer.coordinators()}:
        if row.incidents:
            incidents = tuple(each.text for each in notices.incidents_told(session, row.decided_at))
        if row.day_since is not None and not outbox.has_newer(session, row, day=True):
            day = read_day(writer, standing(), since=row.day_since, incidents=incidents)
    week = None
    if row.week and not outbox.has_newer(session, row, day=False):
        week = weeks_of(writer, standing()).get(row.person_id)
    return Parts(about, day, incidents, week)


def to_tell_again(writer: Writer, row: MessageRow) -> list[IncidentRow]:
    """Return the incidents of a message for the next check to tell: when no coordinator has heard them, nor will.

    Not from this message, whose reader may have left or gone on leave, nor from another of its check.
    """
    coordinators = {person.id for person in writer.coordinators()} - {row.person_id}
    if not row.incidents or outbox.is_heard(writer.session, row.decided_at, coordinators):
        return []
    return notices.incidents_told(writer.session, row.decided_at)


def tell_again(writer: Writer, row: MessageRow) -> None:
    """Leave what `to_tell_again` says to the next check; this message tells it no more."""
    for incident in to_tell_again(writer, row):
        incident.told_at = None
    outbox.tells_no_incidents(writer.session, row)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Why a notice is not said any more, and whether others are to be told instead."""

    why: str
    pass_on: bool


def judge(writer: Writer, notice: NoticeRow, row: TaskRow, said: Collection[str]) -> Verdict | None:
    """Return what speaks against saying a notice at the writer's moment, None when nothing does.

    `said` are the rungs of which the same person has a notice about the task in the same cycle.
    """
    task = tasks.as_task(row, writer.ladders)
    stale = why_withdrawn(
        task,
        cycle=notice.cycle,
        rung=notice.rung,
        decided_at=notice.decided_at,
        promised_at=row.promised_at,
        today=writer.today,
        said=said,
    )
    if stale:
        return Verdict(stale, pass_on=False)
    level: Level = notice.audience  # type: ignore[assignment]  # a CHECK constraint holds it to the levels
    if notice.person_id in {recipient.person.id for recipient in writer.directory.recipients(level, task)}:
        return None
    holders = {person.id for person in writer.directory.who(level, task)}
    why = "on leave" if notice.person_id in holders else f"not the {level} any more"
    return Verdict(f"the recipient is {why}", pass_on=True)


def still_said(writer: Writer, carried: Sequence[tuple[NoticeRow, TaskRow]], said: Said) -> tuple[About, str | None]:
    """Return the notices that are still to be said, and why the first of the others are not.

    The others are withdrawn; those whose recipient has left or gone on leave are given back for others.
    """
    live, dropped = [], None
    for notice, task in carried:
        verdict = judge(writer, notice, task, said.get((notice.person_id, notice.task_id, notice.cycle), ()))
        if verdict is None:
            live.append((notice, task))
            continue
        dropped = dropped or verdict.why
        notices.withdraw(writer.session, [notice], writer.now, verdict.why)
        if verdict.pass_on:
            notices.give_back(writer.session, [notice])
    return live, dropped
