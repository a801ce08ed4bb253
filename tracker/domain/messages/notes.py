"""The frame of a message: greeting, why it came, what to do next, whom to ask, reference, closing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.domain.messages.languages import WORDS
from tracker.domain.messages.lines import one_line, shorten
from tracker.domain.messages.values import (
    SUBJECT_CELLS,
    Addressee,
    Agency,
    Audience,
    Digest,
    Item,
    MessageTone,
    Note,
    Section,
)
from tracker.domain.messages.words import Words
from tracker.domain.thai.numerals import squeeze

_HIGHEST_FIRST: tuple[Audience, ...] = ("executive", "supervisor", "owner", "coordinator")


@dataclass(frozen=True, slots=True)
class Frame:
    """Who writes to whom, with which reference: the same for every kind of message."""

    addressee: Addressee
    agency: Agency
    reference: str

    @property
    def words(self) -> Words:
        """The words of the reader's language."""
        return WORDS[self.addressee.lang]

    def greeting(self) -> str:
        """Return `เรียน …`: the name, and the position where it says more than the name."""
        name, position = one_line(self.addressee.name), one_line(self.addressee.position or "")
        if position and squeeze(position) != squeeze(name):
            name = f"{name} ({position})"
        return self.words.dear.format(name=shorten(name, 100))

    def contact(self) -> str:
        """Return whom reports go to, with the address if there is one."""
        email = self.agency.contact_email
        who = self.agency.contact_name or self.words.coordinator
        return shorten(who, 60) + (self.words.by_email.format(email=shorten(email, 254)) if email else "")

    def ask(self) -> str:
        """Return whom to ask, with every way to reach them."""
        return " ".join((self.contact(), *self.phone()))

    def ask_by_phone(self) -> tuple[str, ...]:
        """Return whom to call as one line by itself, or nothing."""
        return tuple(f"{self.words.ask}: {phone}" for phone in self.phone())

    def phone(self) -> tuple[str, ...]:
        """Return the coordinator's telephone as one line, or nothing."""
        number = self.agency.contact_phone
        return (self.words.phone.format(phone=shorten(number, 60)),) if number else ()

    def digest(
        self,
        *,
        tone: MessageTone,
        subject: str,
        opening: str,
        sections: tuple[Section, ...],
        notes: tuple[Note, ...],
        role: Audience,
        brief: tuple[str, ...],
    ) -> Digest:
        """Return the whole message around its sections; the reference closes the notes."""
        words, agency = self.words, shorten(self.agency.name, 100)
        reference = shorten(self.reference, 60)
        return Digest(
            tone=tone,
            lang=self.addressee.lang,
            subject=shorten(subject, SUBJECT_CELLS),
            greeting=self.greeting(),
            opening=opening,
            sections=sections,
            notes=(*notes, Note(words.reference, (reference,))),
            closing=words.closings[role],
            sender=agency,
            footer=words.footer.format(agency=agency),
            brief=(*brief, f"{words.reference}: {reference}"),
            reference=reference,
        )


def roles_of(items: Sequence[Item]) -> tuple[Audience, ...]:
    """Return the roles in which somebody reads the items, the highest first."""
    present = {item.audience for item in items}
    return tuple(role for role in _HIGHEST_FIRST if role in present)


def notes_of(items: Sequence[Item], frame: Frame, today: date) -> tuple[Note, ...]:
    """Return why the reader gets this, what to do next, and whom to ask."""
    words = frame.words
    return (
        Note(words.why, tuple(_whys(items, words))),
        Note(words.next, tuple(_next_steps(items, frame, today))),
        Note(words.ask, (frame.ask(),)),
    )


def acting_for(items: Sequence[Item]) -> tuple[str, ...]:
    """Return in whose place the reader acts, each person once, in the order of the items."""
    return tuple(dict.fromkeys(shorten(item.acting_for, 60) for item in items if item.acting_for))


def _whys(items: Sequence[Item], words: Words) -> Iterator[str]:
    """Give a reason for each role: the reader's own, and that of each person in whose place the reader acts."""
    for role in roles_of(items):
        mine = [item for item in items if item.audience == role]
        if not all(item.acting_for for item in mine):
            yield words.whys[role]
        for name in acting_for(mine):
            yield words.whys_acting[role].format(name=name)


def next_step(role: Audience, frame: Frame) -> str:
    """Return the one thing that a reader in a role is asked to do."""
    return frame.words.nexts[role].format(contact=frame.contact())


def _next_steps(items: Sequence[Item], frame: Frame, today: date) -> list[str]:
    words, roles = frame.words, roles_of(items)
    steps = [next_step(role, frame) for role in roles]
    if "owner" in roles:
        steps += [words.report_has, words.need_time]
    if any(item.due < today for item in items):
        steps.append(words.apology)
    return steps
