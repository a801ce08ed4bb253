"""The frame of a message: greeting, why it came, what to do next, whom to ask, reference, closing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tracker.domain.messages.languages import WORDS
from tracker.domain.messages.lines import one_line, shorten
from tracker.domain.messages.values import (
    Addressee,
    Agency,
    Audience,
    Digest,
    Item,
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
        return shorten(who, 60) + (self.words.by_email.format(email=one_line(email)) if email else "")

    def ask(self) -> str:
        """Return whom to ask, with every way to reach them."""
        return " ".join((self.contact(), *self.phone()))

    def phone(self) -> tuple[str, ...]:
        """Return the coordinator's telephone as one line, or nothing."""
        number = self.agency.contact_phone
        return (self.words.phone.format(phone=one_line(number)),) if number else ()

    def digest(
        self,
        *,
        subject: str,
        opening: str,
        sections: tuple[Section, ...],
        notes: tuple[Note, ...],
        role: Audience,
        brief: tuple[str, ...],
    ) -> Digest:
        """Return the whole message around its sections; the reference closes the notes."""
        words, agency = self.words, shorten(self.agency.name, 100)
        reference = one_line(self.reference)
        return Digest(
            lang=self.addressee.lang,
            subject=shorten(subject, 60),
            greeting=self.greeting(),
            opening=opening,
            sections=sections,
            notes=(*notes, Note(words.reference, (reference,))),
            closing=words.closings[role],
            sender=agency,
            footer=words.footer.format(agency=agency),
            brief=(*brief, f"{words.reference}: {reference}"),
        )


def roles_of(items: Sequence[Item]) -> tuple[Audience, ...]:
    """Return the roles in which somebody reads the items, the highest first."""
    present = {item.audience for item in items}
    return tuple(role for role in _HIGHEST_FIRST if role in present)


def notes_of(items: Sequence[Item], frame: Frame, today: date) -> tuple[Note, ...]:
    """Return why the reader gets this, what to do next, and whom to ask."""
    words = frame.words
    whys = tuple(words.whys[role] for role in roles_of(items))
    return (
        Note(words.why, whys),
        Note(words.next, tuple(_next_steps(items, frame, today))),
        Note(words.ask, (frame.ask(),)),
    )


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
