"""The executive's week: what is past due, unit by unit; units are named, persons never."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tracker.domain.messages.entries import days_in_words
from tracker.domain.messages.lines import cells, one_line, shorten
from tracker.domain.messages.notes import Frame, next_step
from tracker.domain.messages.values import (
    SPELLED_OUT,
    SUBJECT_CELLS,
    Addressee,
    Agency,
    Detail,
    Digest,
    Entry,
    Note,
    Section,
    Severity,
)
from tracker.domain.messages.week_words import WEEK_WORDS, WeekWords
from tracker.domain.messages.words import Words

_TITLES = 3
"""So many of a unit's oldest tasks are named; an executive asks the unit for the others."""


@dataclass(frozen=True, slots=True)
class UnitWeek:
    """What is past due in one unit: how many tasks, since when, how far it was followed up.

    `follow_up` is the highest n of ติดตามครั้งที่ n, 0 for none; `tasks` are the titles of the oldest few.
    """

    unit: str
    overdue: int
    oldest_due: date
    follow_up: int
    tasks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ExecutiveWeek:
    """The units in which something is past due, in any order."""

    units: tuple[UnitWeek, ...]


def compose_week(addressee: Addressee, week: ExecutiveWeek, *, today: date, agency: Agency, reference: str) -> Digest:
    """Return the executive's weekly digest, the unit with the oldest task first; ValueError when no unit is named.

    At most SPELLED_OUT units are spelled out; the section counts the rest.
    """
    if not week.units:
        raise ValueError("a weekly digest needs at least one unit to speak of")
    frame = Frame(addressee, agency, reference)
    words, says = frame.words, WEEK_WORDS[addressee.lang]
    tasks = words.tasks(sum(unit.overdue for unit in week.units))
    units = says.units(len(week.units))
    return frame.digest(
        tone="week",
        subject=_subject(says, {"day": words.day_month(today), "tasks": tasks, "units": units}),
        opening=says.opening.format(agency=one_line(agency.name), day=words.day(today), tasks=tasks, units=units),
        sections=(_section(week.units, words, says, today),),
        notes=_notes(frame, says),
        role="executive",
        brief=(says.why, next_step("executive", frame), *frame.ask_by_phone()),
    )


def _subject(says: WeekWords, values: dict[str, str]) -> str:
    """Return the fullest subject that there is room for."""
    subjects = [subject.format(**values) for subject in says.subjects]
    return next((subject for subject in subjects if cells(subject) <= SUBJECT_CELLS), subjects[-1])


def _notes(frame: Frame, says: WeekWords) -> tuple[Note, ...]:
    words = frame.words
    steps = next_step("executive", frame), words.apology
    return Note(words.why, (says.why,)), Note(words.next, steps), Note(words.ask, (frame.ask(),))


def _section(units: Sequence[UnitWeek], words: Words, says: WeekWords, today: date) -> Section:
    worst_first = sorted(units, key=lambda unit: (unit.oldest_due, -unit.overdue, unit.unit))
    entries = tuple(_entry(unit, words, says, today) for unit in worst_first[:SPELLED_OUT])
    title = says.section.format(units=says.units(len(units)))
    return Section(title, "follow-up", entries, hidden=len(units) - len(entries))


def _entry(unit: UnitWeek, words: Words, says: WeekWords, today: date) -> Entry:
    name, title = shorten(unit.unit, 80), says.title.format(tasks=words.tasks(unit.overdue))
    severity: Severity = "follow-up" if unit.follow_up else "overdue"
    badge = words.sections["follow-up"].format(n=words.number(unit.follow_up)) if unit.follow_up else ""
    past = days_in_words(unit.oldest_due, words, today)
    oldest = Detail(says.oldest, f"{words.day(unit.oldest_due)} ({past})", strong=True)
    named = (Detail(says.named, _named(unit, words, says)),) if unit.tasks else ()
    since = says.since.format(day=words.short_day(unit.oldest_due))
    short = f"{shorten(unit.unit, 40)}: {title} {since}" + (f" ({badge})" if badge else "")
    return Entry(severity, name, title, badge, (oldest, *named), short)


def _named(unit: UnitWeek, words: Words, says: WeekWords) -> str:
    """Return `(๑) … (๒) … และอีก ๓ เรื่อง`; a task that is the only one goes without a number."""
    if unit.overdue == 1:
        return shorten(unit.tasks[0], 80)
    titles = [shorten(title, 80) for title in unit.tasks[:_TITLES]]
    named = " ".join(f"({words.number(nth)}) {title}" for nth, title in enumerate(titles, 1))
    rest = unit.overdue - len(titles)
    return named + (says.and_others.format(tasks=words.tasks(rest)) if rest > 0 else "")
