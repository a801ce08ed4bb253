"""What the coordinator reads: the day as one digest, and incidents that cannot wait for it."""

from collections.abc import Sequence
from datetime import date

from tracker.domain.messages.coordinator_words import COORDINATOR_WORDS, CoordinatorWords
from tracker.domain.messages.day import CoordinatorDay
from tracker.domain.messages.day_sections import DaySections
from tracker.domain.messages.lines import cells, one_line
from tracker.domain.messages.notes import Frame
from tracker.domain.messages.values import SUBJECT_CELLS, Addressee, Agency, Digest, MessageTone, Note, Section


def compose_coordinator_day(
    addressee: Addressee, day: CoordinatorDay, *, today: date, agency: Agency, reference: str
) -> Digest:
    """Return the coordinator's daily digest; a quiet day gives one too, which says so."""
    frame = Frame(addressee, agency, reference)
    words, says = frame.words, COORDINATOR_WORDS[addressee.lang]
    busy = any((day.failed, day.unowned, day.submitted, day.overdue, day.incidents, day.unconfirmed_years))
    opening = says.opening if busy else says.opening_quiet
    return _digest(
        frame,
        tone="day",
        subject=_subject(day, today, frame),
        opening=opening.format(agency=one_line(agency.name), day=words.day(today)),
        sections=DaySections(words, says, today).of_day(day),
        why=says.why,
    )


def compose_incidents(
    addressee: Addressee, incidents: Sequence[str], *, today: date, agency: Agency, reference: str
) -> Digest:
    """Return an extra message about what must be known at once; ValueError when there is nothing."""
    if not incidents:
        raise ValueError("a message about incidents needs at least one")
    frame = Frame(addressee, agency, reference)
    words, says = frame.words, COORDINATOR_WORDS[addressee.lang]
    subject = says.subject_incident if len(incidents) == 1 else says.subject_incidents
    return _digest(
        frame,
        tone="incidents",
        subject=subject.format(count=words.number(len(incidents)), first=one_line(incidents[0])),
        opening=says.opening_incidents.format(agency=one_line(agency.name)),
        sections=(DaySections(words, says, today).incidents(incidents),),
        why=says.why_incidents,
    )


def _subject(day: CoordinatorDay, today: date, frame: Frame) -> str:
    """Return the counts of what waits. Days off wait longer than tasks: they are named when nothing else is."""
    words, says = frame.words, COORDINATOR_WORDS[frame.addressee.lang]
    counts = {
        "overdue": len(day.overdue),
        "failed": len(day.failed),
        "submitted": len(day.submitted),
        "unowned": len(day.unowned),
        "incidents": len(day.incidents),
    }
    parts = [says.parts[kind].format(count=words.number(count)) for kind, count in counts.items() if count]
    if parts:
        return _counted(parts, says, (words.short_day(today), words.day_month(today)))
    if day.unconfirmed_years:
        years = ", ".join(map(words.number, sorted(day.unconfirmed_years)))
        return says.subject_unconfirmed.format(day=words.short_day(today), years=years)
    return says.subject_quiet.format(day=words.short_day(today))


def _counted(parts: list[str], says: CoordinatorWords, days: tuple[str, str]) -> str:
    """Return the subject with all counts, if there is room without the year; else with those that there is room for."""
    texts = [says.subject.format(day=day, parts=says.between.join(parts)) for day in days]
    texts += [
        says.subject.format(day=days[-1], parts=says.between.join(parts[:many]) + "…")
        for many in range(len(parts) - 1, 0, -1)
    ]
    return next((text for text in texts if cells(text) <= SUBJECT_CELLS), texts[-1])


def _digest(
    frame: Frame, *, tone: MessageTone, subject: str, opening: str, sections: tuple[Section, ...], why: str
) -> Digest:
    words, says = frame.words, COORDINATOR_WORDS[frame.addressee.lang]
    notes = Note(words.why, (why,)), Note(words.next, (says.whole,))
    return frame.digest(
        tone=tone,
        subject=subject,
        opening=opening,
        sections=sections,
        notes=notes,
        role="coordinator",
        brief=(why, says.whole),
    )
