"""What a message is made from and what it is made into: one shape for every kind of message."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from schedules.ladders import Tone
from tracker.domain.plans import Basis, Place

Lang = Literal["th", "en"]
Audience = Literal["owner", "supervisor", "executive", "coordinator"]
"""In which role the reader is told; the coordinator is the last resort when nobody else can be."""
Severity = Literal["follow-up", "overdue", "today", "coming", "notice"]
MessageTone = Literal["coming", "today", "overdue", "follow-up", "day", "week", "incidents"]
"""What leads a message: its most severe task, or the kind of summary. It chooses the template."""

SPELLED_OUT = 30
"""At most so many tasks are spelled out in one message; the rest is a count."""
SUBJECT_CELLS = 60
_SEEN_AT_ONCE = 2
"""So few sections need no list of contents."""


@dataclass(frozen=True, slots=True)
class Agency:
    """Who sends, and whom a reader may ask: the coordinator of the agency."""

    name: str
    contact_name: str | None = None
    contact_email: str | None = None
    contact_phone: str | None = None


@dataclass(frozen=True, slots=True)
class Addressee:
    """Who reads, and in which language."""

    name: str
    position: str | None = None
    lang: Lang = "th"


@dataclass(frozen=True, slots=True)
class Item:
    """One task spoken of to one person.

    `title` is what is owed. The words follow `due` and `follow_up`; `rung` and `tone` say why it is told now.
    `phrase` stands at `line` of the document (a page or row when `place` says so). `moved_up_because` says why
    a higher audience reads what was meant for a lower one; `acting_for` names the person in whose place the
    reader acts.
    """

    task_id: int
    rung: str
    audience: Audience
    tone: Tone
    follow_up: int
    title: str
    measure_number: str | None
    measure_title: str | None
    unit: str
    due: date
    phrase: str
    line: int | None
    basis: Basis
    first_notified_on: date | None = None
    last_follow_up_on: date | None = None
    moved_up_because: str | None = None
    place: Place = "line"
    acting_for: str | None = None


@dataclass(frozen=True, slots=True)
class Detail:
    """One labelled line of an entry; `strong` where the eye should go first."""

    label: str
    text: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing spoken of. `heading` is the unit (or whom it concerns), `badge` the severity in words.

    `short` says it all in one line, for LINE. `task_id` stands where one task is spoken of.
    """

    severity: Severity
    heading: str
    title: str
    badge: str
    details: tuple[Detail, ...]
    short: str
    task_id: int | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """Entries of one kind; `hidden` counts those not spelled out. `advice` and `commands` say what to do.

    `opening` stands where another part of a merged message begins: the words that led it when it was a message.
    """

    title: str
    severity: Severity
    entries: tuple[Entry, ...]
    hidden: int = 0
    advice: str | None = None
    commands: tuple[str, ...] = ()
    opening: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """A paragraph at the foot of a message: why it came, what to do next, whom to ask."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Digest:
    """A whole message before it is put into the form of a channel.

    `subject` is one line of at most SUBJECT_CELLS cells. `brief` is what LINE says after the entries; its last
    line, like the last of the notes, gives the `reference`.
    """

    tone: MessageTone
    lang: Lang
    subject: str
    greeting: str
    opening: str
    sections: tuple[Section, ...]
    notes: tuple[Note, ...]
    closing: str
    sender: str
    footer: str
    brief: tuple[str, ...]
    reference: str

    @property
    def has_contents(self) -> bool:
        """Say whether a message begins with a list of its sections: the coordinator's day, and one of several."""
        is_merged = any(section.opening for section in self.sections)
        return is_merged or (self.tone == "day" and len(self.sections) > _SEEN_AT_ONCE)
