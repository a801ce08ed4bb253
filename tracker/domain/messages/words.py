"""What a language must supply to messages: sentences only; what is said when stands in `messages`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from tracker.domain.messages.values import Audience, Severity
from tracker.domain.plans import Place


@dataclass(frozen=True, slots=True)
class Words:
    """Everything that a reader's language decides. Templates are filled with `str.format`."""

    number: Callable[[int], str]
    digits: Callable[[str], str]
    days: Callable[[int], str]
    tasks: Callable[[int], str]
    day: Callable[[date], str]
    short_day: Callable[[date], str]
    day_month: Callable[[date], str]
    """Without the year, where there is no room for it."""
    dear: str
    sections: Mapping[Severity, str]
    counted: str
    parts: Mapping[Severity, str]
    between: str
    most: str
    """Of the days of several tasks, those of the oldest."""
    left: str
    today: str
    past: str
    followed: str
    due_short: str
    and_more: str
    openings: Mapping[str, str]
    besides: str
    """How another part of the same message opens."""
    measure: str
    measure_number: str
    due: str
    source: str
    reference_to: str
    task: str
    addressed: str
    quoted: str
    place: Mapping[Place, str]
    inferred: str
    policy: str
    first_notice: str
    last_follow_up: str
    told_first: str
    moved_up: str
    acting_for: str
    why: str
    whys: Mapping[Audience, str]
    whys_acting: Mapping[Audience, str]
    next: str
    nexts: Mapping[Audience, str]
    report_has: str
    need_time: str
    apology: str
    coordinator: str
    by_email: str
    phone: str
    ask: str
    reference: str
    closings: Mapping[Audience, str]
    footer: str
    subject_one: Mapping[Severity, str]
    subject_many: Mapping[Severity, str]
    and_others: str
