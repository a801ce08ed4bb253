"""The body of a message: one entry for each task, in sections of one severity, the most severe first."""

from collections.abc import Sequence
from datetime import date

from tracker.domain.messages.lines import shorten
from tracker.domain.messages.values import SPELLED_OUT, Detail, Entry, Item, Section, Severity
from tracker.domain.messages.words import Words

_ORDER: tuple[Severity, ...] = ("follow-up", "overdue", "today", "coming")


def severity_of(item: Item, today: date) -> Severity:
    """Return how a task is spoken of on a day: by its date, whatever the rung had in mind.

    A rung that moved to an earlier working day must not say "today" of a day that is still to come.
    """
    if item.due < today:
        return "follow-up" if item.follow_up else "overdue"
    return "today" if item.due == today else "coming"


def in_order(items: Sequence[Item], today: date) -> list[Item]:
    """Return the items as they are to be read: highest follow-up first, then overdue, today and coming."""

    def place(item: Item) -> tuple[int, int, date, str, int]:
        severity = severity_of(item, today)
        nth = item.follow_up if severity == "follow-up" else 0
        return _ORDER.index(severity), -nth, item.due, item.unit, item.task_id

    return sorted(items, key=place)


def sections_of(items: Sequence[Item], words: Words, today: date) -> tuple[Section, ...]:
    """Return the sections of ordered items; past SPELLED_OUT items, sections only count."""
    kinds: dict[tuple[Severity, int], list[tuple[Item, bool]]] = {}
    for position, item in enumerate(items):
        severity = severity_of(item, today)
        kind = severity, item.follow_up if severity == "follow-up" else 0
        kinds.setdefault(kind, []).append((item, position < SPELLED_OUT))
    return tuple(_section(severity, nth, group, words, today) for (severity, nth), group in kinds.items())


def days_in_words(due: date, words: Words, today: date) -> str:
    """Return `อีก ๗ วัน`, `ครบกำหนดวันนี้` or `เกินกำหนดมาแล้ว ๓ วัน`."""
    days = (due - today).days
    if days == 0:
        return words.today
    return (words.left if days > 0 else words.past).format(days=words.days(abs(days)))


def _section(severity: Severity, nth: int, group: list[tuple[Item, bool]], words: Words, today: date) -> Section:
    title = words.sections[severity].format(n=words.number(nth))
    shown = tuple(_entry(item, severity, words, today) for item, spelled_out in group if spelled_out)
    counted = words.counted.format(title=title, tasks=words.tasks(len(group)))
    return Section(counted, severity, shown, hidden=len(group) - len(shown))


def _entry(item: Item, severity: Severity, words: Words, today: date) -> Entry:
    unit, title = shorten(item.unit, 80), shorten(item.title, 160)
    badge = days_in_words(item.due, words, today)
    return Entry(
        severity=severity,
        heading=unit,
        title=title,
        badge=badge,
        details=_details(item, words),
        short=_short(item, words, _standing(item, severity, words, badge)),
        task_id=item.task_id,
    )


def _standing(item: Item, severity: Severity, words: Words, badge: str) -> str:
    """Return where a task stands; LINE has no sections, so a follow-up says there which one it is, and of what."""
    if severity != "follow-up":
        return badge
    first = item.first_notified_on
    told = words.told_first.format(day=words.short_day(first)) if first else ""
    return words.followed.format(n=words.number(item.follow_up), past=badge) + told


def _short(item: Item, words: Words, standing: str) -> str:
    """Return the task in one line: unit, what is owed, of which measure, by when, where it stands."""
    due = words.due_short.format(day=words.short_day(item.due))
    measure = shorten(_measure(item, words), 60)
    about = f" · {measure}" if measure else ""
    return f"{shorten(item.unit, 40)}: {shorten(item.title, 60)}{about} {due} ({standing})"


def _details(item: Item, words: Words) -> tuple[Detail, ...]:
    details = (
        Detail(words.measure, _measure(item, words)),
        Detail(words.due, words.day(item.due), strong=True),
        Detail(words.source, _source(item, words)),
        Detail(words.reference_to, _referred(item, words)),
        Detail(words.addressed, _moved_up(item, words)),
        Detail(words.acting_for, shorten(item.acting_for or "", 60)),
        Detail(words.task, str(item.task_id)),  # Arabic digits: it is typed into commands
    )
    return tuple(detail for detail in details if detail.text)


def _measure(item: Item, words: Words) -> str:
    title = shorten(item.measure_title or "", 160)
    if not item.measure_number:
        return title
    number = words.digits(shorten(item.measure_number, 12).rstrip("."))
    return words.measure_number.format(number=number, title=title).strip()


def _source(item: Item, words: Words) -> str:
    if item.basis == "policy":
        return words.policy
    quoted = words.quoted.format(phrase=shorten(item.phrase, 160)) if item.phrase else ""
    notes = [words.place[item.place].format(n=words.number(item.line))] if item.line is not None else []
    notes += [words.inferred] if item.basis == "inferred" else []
    return f"{quoted} ({', '.join(notes)})" if notes else quoted


def _referred(item: Item, words: Words) -> str:
    """Return which notices went before: a follow-up refers to the first one."""
    if not item.follow_up or item.first_notified_on is None:
        return ""
    first = words.first_notice.format(day=words.day(item.first_notified_on))
    last = item.last_follow_up_on
    return first + words.last_follow_up.format(day=words.day(last)) if last else first


def _moved_up(item: Item, words: Words) -> str:
    because = item.moved_up_because
    if not because:
        return ""
    return words.moved_up.format(because=shorten(because, 160))
