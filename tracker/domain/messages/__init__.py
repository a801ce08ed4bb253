"""What is said to one person about tasks: decided here as values, given its form in `delivery.render`.

All kinds of message (to people about tasks, the coordinator's day, the executive's week, incidents) come out as
one shape, `Digest`, and `merged` makes one message of several.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from tracker.domain.messages.coordinator import compose_coordinator_day, compose_incidents
from tracker.domain.messages.day import (
    CoordinatorDay,
    FailedDelivery,
    OverdueTask,
    SubmittedTask,
    UnownedTask,
)
from tracker.domain.messages.day_sections import IN_A_SECTION
from tracker.domain.messages.entries import in_order, sections_of, severity_of
from tracker.domain.messages.lines import cells, one_line, shorten
from tracker.domain.messages.merging import merged
from tracker.domain.messages.notes import Frame, acting_for, next_step, notes_of, roles_of
from tracker.domain.messages.values import (
    SPELLED_OUT,
    SUBJECT_CELLS,
    Addressee,
    Agency,
    Audience,
    Detail,
    Digest,
    Entry,
    Item,
    MessageTone,
    Note,
    Section,
    Severity,
)
from tracker.domain.messages.week import ExecutiveWeek, UnitWeek, compose_week
from tracker.domain.messages.words import Words

__all__ = [
    "IN_A_SECTION",
    "SPELLED_OUT",
    "SUBJECT_CELLS",
    "Addressee",
    "Agency",
    "Audience",
    "CoordinatorDay",
    "Detail",
    "Digest",
    "Entry",
    "ExecutiveWeek",
    "FailedDelivery",
    "Item",
    "MessageTone",
    "Note",
    "OverdueTask",
    "Section",
    "Severity",
    "SubmittedTask",
    "UnitWeek",
    "UnownedTask",
    "compose",
    "compose_coordinator_day",
    "compose_incidents",
    "compose_week",
    "merged",
]


def compose(addressee: Addressee, items: Sequence[Item], *, today: date, agency: Agency, reference: str) -> Digest:
    """Return the one message about all these tasks, escalations first; ValueError when there are none.

    At most SPELLED_OUT tasks are spelled out; the sections count the rest.
    """
    if not items:
        raise ValueError("a message needs at least one task to speak of")
    frame = Frame(addressee, agency, reference)
    ordered, role = in_order(items, today), roles_of(items)[0]
    return frame.digest(
        tone=_tone(ordered[0], today),
        subject=_subject(ordered, frame.words, today),
        opening=_opening(ordered, frame, today),
        sections=sections_of(ordered, frame.words, today),
        notes=notes_of(ordered, frame, today),
        role=role,
        brief=tuple(_brief(ordered, role, frame)),
    )


def _tone(first: Item, today: date) -> MessageTone:
    """Return what leads a message: the severity of its first task, which is the most severe."""
    tones: dict[Severity, MessageTone] = {"follow-up": "follow-up", "overdue": "overdue", "today": "today"}
    return tones.get(severity_of(first, today), "coming")


def _brief(ordered: Sequence[Item], role: Audience, frame: Frame) -> Iterator[str]:
    """Give what LINE says after the tasks, where there is no room for the notes: why, what next, whom to ask."""
    names = acting_for(ordered)
    yield shorten(f"{frame.words.acting_for} {', '.join(names)}", 120) if names else frame.words.whys[role]
    yield next_step(role, frame)
    yield from frame.ask_by_phone()


def _opening(ordered: Sequence[Item], frame: Frame, today: date) -> str:
    words = frame.words
    which = "above"  # also of who is an owner among other things: not all of it is the reader's own
    if roles_of(ordered) == ("owner",):
        which = "owner-late" if ordered[0].due < today else "owner"
    return words.openings[which].format(
        agency=one_line(frame.agency.name),
        tasks=words.tasks(len(ordered)),
        parts=words.between.join(_parts(ordered, words, today)),
    )


def _parts(ordered: Sequence[Item], words: Words, today: date) -> list[str]:
    """Return how many tasks there are of each severity, in the order of the sections."""
    counts: dict[Severity, int] = {}
    for item in ordered:
        severity = severity_of(item, today)
        counts[severity] = counts.get(severity, 0) + 1
    if len(counts) == 1:  # the whole number was just said
        return [words.parts[severity].format(tasks="").strip() for severity in counts]
    return [words.parts[severity].format(tasks=words.tasks(count)) for severity, count in counts.items()]


def _subject(ordered: Sequence[Item], words: Words, today: date) -> str:
    """Return what and when in one line; the unit stands first."""
    first, severity = ordered[0], severity_of(ordered[0], today)
    alike = sum((severity_of(item, today), item.follow_up) == (severity, first.follow_up) for item in ordered)
    days = words.days(abs((first.due - today).days))
    values = {
        "n": words.number(first.follow_up),
        "days": words.most.format(days=days) if alike > 1 else days,
        "tasks": words.tasks(alike),
    }
    if len(ordered) == 1:
        return _subject_of_one(first, words.subject_one[severity], words, values)
    rest = words.and_others.format(tasks=words.tasks(len(ordered) - alike)) if alike < len(ordered) else ""
    units = {one_line(item.unit) for item in ordered}
    unit = f"{units.pop()}: " if len(units) == 1 else ""
    day = words.short_day(first.due)
    texts = [words.subject_many[severity].format(**values, unit=each, day=day) + rest for each in (unit, "")]
    return next((text for text in texts if cells(text) <= SUBJECT_CELLS), texts[-1])


def _subject_of_one(item: Item, template: str, words: Words, values: dict[str, str]) -> str:
    """Return the subject with as much of the title as there is room for.

    The date is never cut, but says the year only where the title stands whole beside it. A long unit leaves half of
    the room to the title.
    """
    for day in (words.short_day(item.due), words.day_month(item.due)):
        room = SUBJECT_CELLS - cells(template.format(**values, day=day, unit="", title="")) - len(": ")
        unit = shorten(item.unit, max(room // 2, room - cells(one_line(item.title))))
        title = shorten(item.title, room - cells(unit))
        text = template.format(**values, day=day, unit=f"{unit}: " if unit else "", title=title)
        if title == one_line(item.title):
            break
    return text
