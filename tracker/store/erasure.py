"""Takes a person's name and addresses out of what is stored: rows of their own go, texts that name them are rewritten.

The trail is never touched. What the agency itself published or wrote as the plan (plans, units, titles) is its
document, not a record of the person, and stays too: `remaining` finds both.
"""

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import escape
from sqlalchemy import JSON, Table, Text, cast, delete, func, or_, select, update
from sqlmodel import AutoString, Session, SQLModel, col

from tracker.store.tables import (
    AddressOffRow,
    AttemptRow,
    EvidenceRow,
    IncidentRow,
    LeaveRow,
    MessageRow,
    NoticeRow,
    PersonRow,
    PostRow,
    SuppressionRow,
    TaskRow,
    WordingRow,
)
from tracker.store.types import MessageStatus

INSTEAD = "(ลบข้อมูลแล้ว)"
"""What stands where a name, an address or a message to the person was."""
_WRITTEN: tuple[tuple[type[SQLModel], tuple[str, ...]], ...] = (
    (MessageRow, ("error",)),
    (WordingRow, ("subject", "text", "html", "calendar")),
    (AttemptRow, ("detail",)),
    (IncidentRow, ("key", "text")),
    (NoticeRow, ("withdrawn_why",)),
    (SuppressionRow, ("reason",)),
    (AddressOffRow, ("why",)),
    (TaskRow, ("result", "problems", "suggestions")),
    (EvidenceRow, ("name",)),
)
"""Texts that the program or a person wrote, in which somebody may be named."""
_CARRIED = ("html", "calendar")
"""The same again for mail programs, where markup or folding may part a name: left out rather than searched."""
_SHORT = 5
_LETTER = r"\w\u0e00-\u0e4f"
_WITHIN_A_WORD = "a-z0-9\u0e30-\u0e3a\u0e45\u0e47-\u0e4e"
"""Latin letters, and the Thai vowels and marks that stand on or after a consonant: with them a word goes on."""


@dataclass(frozen=True, slots=True)
class Traces:
    """A person's name and addresses, as they may stand in a text.

    `longer` are the ends of names of others that begin with this one.
    """

    name: str
    addresses: frozenset[str]
    longer: frozenset[str] = frozenset()

    @property
    def forms(self) -> tuple[str, ...]:
        """Every way of writing them, the longest first."""
        return (*self._names, *sorted(self.addresses, key=len, reverse=True))

    @property
    def _names(self) -> list[str]:
        return sorted({self.name, " ".join(self.name.split()), str(escape(self.name))}, key=len, reverse=True)

    def pattern(self) -> re.Pattern[str]:
        """Return what finds them, but not in a longer name or address, nor a very short name inside a word.

        Thai puts no blank after a name: what may follow one is whatever a word can begin with.
        """
        before, after = "", f"(?![{_WITHIN_A_WORD}])"
        if len(self.name.replace(" ", "")) < _SHORT:
            before, after = f"(?<![{_LETTER}])", f"(?![{_LETTER}])"
        elif not "\u0e00" <= self.name[-1] <= "\u0e4f":
            after = f"(?![{_LETTER}])"
        longer = f"(?!{_any_of(self.longer)})" if self.longer else ""
        name = f"{before}{_any_of(self._names)}{after}{longer}"
        if not self.addresses:
            return re.compile(name, re.IGNORECASE)
        address = rf"(?<![a-z0-9_%+-])(?<![a-z0-9]\.){_any_of(self.addresses)}(?![a-z0-9_-]|\.[a-z0-9])"
        return re.compile(f"{name}|{address}", re.IGNORECASE)


def _any_of(texts: Iterable[str]) -> str:
    return f"(?:{'|'.join(map(re.escape, sorted(texts, key=len, reverse=True)))})"


def traces_of(session: Session, row: PersonRow) -> Traces:
    """Return the name and every address, past ones too, of a person."""
    known = {row.email, row.line, *row.channels} - {"email", "line", None}
    for table in (MessageRow, AddressOffRow):
        known |= set(session.scalars(select(col(table.address)).where(col(table.person_id) == row.id).distinct()))
    name = " ".join(row.name.split())
    others = (" ".join(each.split()) for each in session.scalars(select(col(PersonRow.name))))
    longer = frozenset(other.removeprefix(name) for other in others if other.startswith(name) and other != name)
    return Traces(row.name, frozenset(address for address in known if address and address != INSTEAD), longer)


def being_sent(session: Session, person_id: int) -> bool:
    """Say whether a sender has a message to somebody in hand; none is taken in hand until the transaction ends."""
    mine = col(MessageRow.person_id) == person_id
    # What a sender holds is passed over: waiting for it, with the trail held, both could wait for each other.
    free = list(session.scalars(select(col(MessageRow.status)).where(mine).with_for_update(skip_locked=True)))
    all_of_them = session.execute(select(func.count()).select_from(MessageRow).where(mine)).scalar_one()
    return len(free) < all_of_them or MessageStatus.SENDING in free


def waiting_for(session: Session, person_id: int) -> list[MessageRow]:
    """Return the messages to somebody that still wait to be sent."""
    waits = col(MessageRow.status).in_((MessageStatus.QUEUED, MessageStatus.RETRYING))
    return list(session.scalars(select(MessageRow).where(col(MessageRow.person_id) == person_id, waits)))


def forget(session: Session, row: PersonRow, waiting_why: str) -> int:
    """Take away the person's addresses, posts and leaves and the words of every message to them; count those.

    The row keeps its number, to which notices and the trail point. Messages that wait are withdrawn.
    """
    mine = col(MessageRow.person_id) == row.id
    for message in waiting_for(session, row.id or 0):
        message.status, message.error = MessageStatus.WITHDRAWN, waiting_why
    session.flush()
    session.execute(update(MessageRow).where(mine).values(address=INSTEAD))
    words = {"subject": INSTEAD, "text": INSTEAD, "html": None, "calendar": None}
    of_theirs = col(WordingRow.message_id).in_(select(col(MessageRow.id)).where(mine))
    session.execute(update(WordingRow).where(of_theirs).values(words))
    session.execute(update(PostRow).where(col(PostRow.supervisor_id) == row.id).values(supervisor_id=None))
    session.execute(delete(PostRow).where(col(PostRow.person_id) == row.id))
    session.execute(delete(AddressOffRow).where(col(AddressOffRow.person_id) == row.id))
    session.execute(
        delete(LeaveRow).where(or_(col(LeaveRow.person_id) == row.id, col(LeaveRow.substitute_id) == row.id))
    )
    row.name = f"{INSTEAD[:-1]} {row.id})"
    row.key, row.email, row.line, row.channels = row.name, None, None, []
    session.flush()
    session.expire_all()
    return int(session.execute(select(func.count()).select_from(MessageRow).where(mine)).scalar_one())


def rewrite(session: Session, traces: Traces) -> int:
    """Replace a name and addresses in every text that is no document and not the trail; return how many texts."""
    pattern, rewritten = traces.pattern(), 0
    for model, names in _WRITTEN:
        table: Table = model.__table__  # type: ignore[attr-defined]
        keys = list(table.primary_key)
        for found in session.execute(_holding(table, names, traces.forms)).mappings().all():
            texts = {name: pattern.sub(INSTEAD, found[name]) for name in names if found[name]}
            changed: dict[str, str | None] = {name: text for name, text in texts.items() if text != found[name]}
            if changed:
                changed |= dict.fromkeys(name for name in _CARRIED if name in names)
                same = [key == found[key.name] for key in keys]
                session.execute(update(table).where(*same).values(changed))
                rewritten += 1
    return rewritten


def remaining(session: Session, traces: Traces) -> Mapping[str, list[Any]]:
    """Return where a name or an address still stands: the keys of the rows by their table."""
    found: dict[str, list[Any]] = {}
    pattern = traces.pattern()
    for table in SQLModel.metadata.sorted_tables:
        names = [column.name for column in table.columns if isinstance(column.type, AutoString | JSON)]
        key = next(iter(table.primary_key))
        for row in session.execute(_holding(table, names, traces.forms)).mappings() if names else ():
            if any(pattern.search(text) for name in names for text in _texts(row[name])):
                found.setdefault(table.name, []).append(row[key.name])
    return found


def _holding(table: Table, names: Collection[str], forms: Collection[str]) -> Any:
    """Select the rows of a table in which one of some texts may stand; JSON keeps Thai as escapes."""
    columns = {name: table.c[name] for name in names}
    conditions = [
        cast(column, Text).icontains(json.dumps(form)[1:-1], autoescape=True)
        if isinstance(column.type, JSON)
        else column.icontains(form, autoescape=True)
        for column in columns.values()
        for form in forms
    ]
    return select(table).where(or_(*conditions))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping | list):
        for each in value.values() if isinstance(value, Mapping) else value:
            yield from _texts(each)
