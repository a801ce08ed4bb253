"""Looks once more, just before sending, whether what a message says is still true, and whether its reader still is."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlmodel import Session

from schedules.calendars import bangkok_day
from tracker.domain.people import Level
from tracker.domain.truth import why_withdrawn
from tracker.store import notices, outbox, tasks
from tracker.store.tables import MessageRow, NoticeRow, TaskRow
from tracker.store.types import MessageStatus
from tracker.usecases.compose_messages import About, Parts, Writer
from tracker.usecases.queue_messages import write_anew
from tracker.usecases.standing import Standing, read_day, read_standing, weeks_of

NOTHING_LEFT = "nothing is left to say"


def recheck(writer: Writer, row: MessageRow, token: str) -> str:
    """Return "send", "withdrawn" when there is nothing left to say, "no address" when the channel has none any more.

    Notices of tasks closed, extended, promised or said anew meanwhile are withdrawn; those whose recipient has
    left or gone on leave are given back for others. What waited to another day is written anew, with its facts
    and its dates; while an answer is outstanding (`unsure`) the text stays as it was sent.
    """
    live, dropped = _still_said(writer, row)
    parts = parts_of(writer, row, live)
    if not parts.kind:
        _tell_incidents_again(writer.session, row)
        outbox.finish(writer.session, row, token, status=MessageStatus.WITHDRAWN, error=dropped or NOTHING_LEFT)
        return "withdrawn"
    if row.unsure:
        return "send"
    of_another_day = bangkok_day(row.written_at) != writer.today
    names_others = any(notice.audience == "executive" for notice, _ in live)  # tasks that it carries no notice of
    if dropped or of_another_day or parts.day or parts.week or names_others:
        writer.ended = tasks.past_last_rung(writer.session)
        writer.learn([notice.task_id for notice, _ in live])
        write_anew(writer, row, parts)
    return "send" if _address_anew(writer, row) else "no address"


def _address_anew(writer: Writer, row: MessageRow) -> bool:
    """Let a message go to the address that its reader has now; False when the channel has none for them any more."""
    routes = writer.directory.people[row.person_id].routes(writer.available)
    addresses = [address for channel, address in routes if channel == row.channel]
    if addresses and row.address not in addresses:
        row.address = addresses[0]
    return bool(addresses)


def parts_of(writer: Writer, row: MessageRow, about: About, standing: Standing | None = None) -> Parts:
    """Return what a stored message carries, with what stands open at the writer's moment (None: read it).

    Somebody who coordinates no more gets no coordinator's day; one that waited until the next was made is left out.
    """
    session, day = writer.session, None
    incidents: tuple[str, ...] = ()
    if row.person_id in {person.id for person in writer.coordinators()}:
        incidents = tuple(each.text for each in notices.incidents_told(session, row.decided_at))
        if row.day_since is not None and not outbox.has_newer(session, row, day=True):
            standing = standing or read_standing(writer)
            day = read_day(writer, standing, since=row.day_since, incidents=incidents)
    week = None
    if row.week and not outbox.has_newer(session, row, day=False):
        week = weeks_of(writer, standing or read_standing(writer)).get(row.person_id)
    return Parts(about, day, incidents, week)


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


def _still_said(writer: Writer, row: MessageRow) -> tuple[About, str | None]:
    """Return the notices of a message that are still to be said, and why the first of the others are not."""
    about, said = held(writer, row)
    live, dropped = [], None
    for notice, task in about:
        verdict = judge(writer, notice, task, said.get((notice.task_id, notice.cycle), set()))
        if verdict is None:
            live.append((notice, task))
            continue
        dropped = dropped or verdict.why
        notices.withdraw(writer.session, [notice], writer.now, verdict.why)
        if verdict.pass_on:
            notices.give_back(writer.session, [notice])
    return live, dropped


def held(writer: Writer, row: MessageRow) -> tuple[list[tuple[NoticeRow, TaskRow]], dict[tuple[int, int], set[str]]]:
    """Return the notices that a message carries and that were not withdrawn, and what its reader has notices of."""
    session = writer.session
    carried = [notice for notice in notices.notices_of(session, row.id or 0) if notice.withdrawn_at is None]
    about = [(notice, tasks.task(session, notice.task_id)) for notice in carried]
    return about, notices.said_to(session, row.person_id, [notice.task_id for notice in carried])


def _tell_incidents_again(session: Session, row: MessageRow) -> None:
    """Let the next check tell what a message, now withdrawn, would have told the coordinator."""
    if row.kind in ("daily", "incidents"):
        for incident in notices.incidents_told(session, row.decided_at):
            incident.told_at = None
