"""Turns what a message carries into what is written to a person; in the caller's transaction."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlmodel import Session

from schedules.calendars import bangkok_day
from schedules.ladders import Ladder, Rung
from tracker.delivery.render import forms_for, render
from tracker.domain.messages import (
    Addressee,
    Agency,
    CoordinatorDay,
    Digest,
    ExecutiveWeek,
    Item,
    compose,
    compose_coordinator_day,
    compose_incidents,
    compose_week,
    merged,
)
from tracker.domain.people import Directory, Person
from tracker.reports.calendar import Deadline, calendar_text
from tracker.store import notices as note_store
from tracker.store import people, tasks
from tracker.store.tables import MESSAGE_KINDS, NoticeRow, TaskRow
from tracker.usecases.services import Services

NAMELESS = "หน่วยงาน (ยังไม่ได้ตั้งชื่อ)"
"""What messages call an agency whose home was made without a name."""

_WHY_MOVED_UP = {
    "th": {
        "owner": "ยังไม่มีเจ้าหน้าที่ผู้รับผิดชอบของหน่วยงานนี้ที่ติดต่อได้",
        "supervisor": "ยังไม่มีหัวหน้าส่วนของหน่วยงานนี้ที่ติดต่อได้",
        "executive": "ยังไม่มีผู้บริหารที่ติดต่อได้",
    },
    "en": {
        "owner": "no responsible officer of this unit can be reached",
        "supervisor": "no supervisor of this unit can be reached",
        "executive": "no executive can be reached",
    },
}


@dataclass(frozen=True, slots=True)
class Content:
    """What goes over the wire on one channel."""

    subject: str
    text: str
    html: str | None
    calendar: str | None


@dataclass(frozen=True, slots=True)
class Told:
    """A notice as a message speaks of it, where no row is stored: one that is only foretold, or repeated."""

    task_id: int
    cycle: int
    rung: str
    person_id: int
    audience: str
    decided_at: datetime
    meant_for: str | None = None
    acting_for_id: int | None = None
    id: int | None = None


About = Sequence[tuple[NoticeRow | Told, TaskRow]]
"""Notices with their tasks: what one message speaks of."""


@dataclass(frozen=True, slots=True)
class Parts:
    """What one message carries: notices, the coordinator's day or only its incidents, the executive's week."""

    about: About = ()
    day: CoordinatorDay | None = None
    incidents: tuple[str, ...] = ()
    week: ExecutiveWeek | None = None

    @property
    def kind(self) -> str:
        """Return what leads the message, one of MESSAGE_KINDS; "" when it carries nothing."""
        return leading(notices=self.about, daily=self.day, weekly=self.week, incidents=self.incidents)


def leading(**parts: object) -> str:
    """Return the first kind of message that has something to say; "" when none has."""
    return next((kind for kind in MESSAGE_KINDS if parts[kind]), "")


@dataclass(slots=True)
class Writer:
    """Writes the messages of one moment; what they have in common is read from the database once.

    `available` names the channels that can be used; `templates` is the folder of the agency's own templates.
    `spoken` is when each rung of a (task, cycle) was said; `ended` are the open tasks past the last rung of their
    ladders, which stay in every digest to the executive (None: not read yet).
    """

    session: Session
    agency: Agency
    directory: Directory
    units: dict[int, str]
    ladders: dict[str, Ladder]
    available: frozenset[str]
    now: datetime
    templates: Path | None = None
    ended: list[TaskRow] | None = None
    spoken: dict[tuple[int, int], dict[str, datetime]] = field(default_factory=dict)
    known_rungs: dict[str, dict[str, Rung]] = field(default_factory=dict)

    @classmethod
    def of(
        cls, session: Session, services: Services, now: datetime, *, available: frozenset[str] | None = None
    ) -> "Writer":
        """Return a writer for a moment; the channels that are switched on, unless others are named."""
        directory = people.directory(session, bangkok_day(now))
        return cls(
            session,
            agency_of(services.settings.agency or NAMELESS, directory),
            directory,
            people.unit_names(session),
            tasks.ladders(session),
            frozenset(services.channels) if available is None else available,
            now,
            services.settings.home / "templates",
        )

    def at(self, session: Session, now: datetime) -> "Writer":
        """Return a writer for a later moment of the day and another transaction: who is who is not read again."""
        return replace(self, session=session, now=now, ended=None, spoken={})

    @property
    def today(self) -> date:
        """Return the Bangkok day of the moment."""
        return bangkok_day(self.now)

    def learn(self, task_ids: Iterable[int]) -> None:
        """Read what was said about tasks before."""
        self.spoken |= note_store.spoken(self.session, task_ids)

    def route(self, person_id: int) -> tuple[str, str]:
        """Return the channel and address on which a person is told first."""
        return self.directory.people[person_id].routes(self.available)[0]

    def coordinators(self) -> list[Person]:
        """Return the coordinators of the day who can be told."""
        return [person for person in self.directory.coordinators() if person.routes(self.available)]

    def addressee(self, person_id: int) -> Addressee:
        """Return a person as a message speaks to them."""
        person = self.directory.people[person_id]
        return Addressee(person.name, self.directory.position_of(person_id), person.lang)

    def digest(self, person_id: int, parts: Parts, *, reference: str) -> Digest:
        """Return the one message about everything that a person is told; ValueError when that is nothing."""
        to, digests = self.addressee(person_id), []
        frame: dict[str, Any] = {"today": self.today, "agency": self.agency, "reference": reference}
        if parts.about:
            about = [*parts.about, *self._still_open(person_id, parts.about)]
            digests.append(compose(to, [self._item(notice, task, to.lang) for notice, task in about], **frame))
        if parts.day:
            digests.append(compose_coordinator_day(to, parts.day, **frame))
        elif parts.incidents:
            digests.append(compose_incidents(to, parts.incidents, **frame))
        if parts.week:
            digests.append(compose_week(to, parts.week, **frame))
        if not digests:
            raise ValueError("a message carries something")
        return merged(*digests)

    def content(self, person_id: int, parts: Parts, *, channel: str, reference: str, stamp: datetime) -> Content:
        """Return the same in the form of a channel, with the deadlines as a calendar where it can carry one.

        `stamp` is the calendar's own date, which a repeat must not change. A template of the agency that cannot be
        used is reported to the coordinator once a day.
        """
        digest = self.digest(person_id, parts, reference=reference)
        rendered = render(digest, self.templates, forms_for(channel))
        for warning in rendered.warnings:
            fault = hashlib.sha256(warning.encode()).hexdigest()[:16]
            note_store.report_incident(self.session, f"template:{self.today}:{fault}", warning, self.now)
        if channel == "line":
            return Content(digest.subject, rendered.line, None, None)
        if channel != "email":
            return Content(digest.subject, rendered.text, None, None)
        deadlines = [
            Deadline(task.id or 0, task.cycle, task.due, task.title, self.units[task.unit_id])
            for _, task in parts.about
        ]
        calendar = calendar_text(deadlines, now=stamp) if deadlines else None
        return Content(digest.subject, rendered.text, rendered.html, calendar)

    def _still_open(self, person_id: int, about: About) -> About:
        """Return what a digest to an executive repeats: open tasks of theirs about which no rung is left to say."""
        if not any(notice.audience == "executive" for notice, _ in about):
            return []
        if self.ended is None:
            self.ended = tasks.past_last_rung(self.session)
        named = {notice.task_id for notice, _ in about}
        return [
            (self._repeated(row, person_id), row)
            for row in self.ended
            if row.id not in named and self._answers_for(person_id, row)
        ]

    def _answers_for(self, person_id: int, row: TaskRow) -> bool:
        executives = self.directory.recipients("executive", tasks.as_task(row, self.ladders))
        return person_id in {recipient.person.id for recipient in executives}

    def _repeated(self, row: TaskRow, person_id: int) -> Told:
        last = self.ladders[row.ladder].rungs[-1].name
        return Told(
            task_id=row.id or 0,
            cycle=row.cycle,
            rung=last,
            person_id=person_id,
            audience="executive",
            decided_at=self.now,
        )

    def rungs(self, task: TaskRow) -> dict[str, Rung]:
        """Return every rung by its name, the task's own first: an edited ladder keeps what older ones said readable."""
        if task.ladder not in self.known_rungs:
            ladders = *self.ladders.values(), self.ladders[task.ladder]
            self.known_rungs[task.ladder] = {rung.name: rung for ladder in ladders for rung in ladder.rungs}
        return self.known_rungs[task.ladder]

    def _item(self, notice: NoticeRow | Told, task: TaskRow, lang: str) -> Item:
        rungs = self.rungs(task)
        rung = rungs[notice.rung]
        before = {
            rungs[name]: bangkok_day(at)
            for name, at in self.spoken.get((notice.task_id, notice.cycle), {}).items()
            if at < notice.decided_at
        }
        return Item(
            task_id=notice.task_id,
            rung=notice.rung,
            audience=notice.audience,  # type: ignore[arg-type]  # a CHECK constraint holds it to the levels
            tone=rung.tone,
            follow_up=rung.follow_up,
            title=task.title,
            measure_number=task.measure_number,
            measure_title=task.measure_title,
            unit=self.units[task.unit_id],
            due=task.due,
            phrase=task.phrase,
            line=task.line,
            place=task.place,  # type: ignore[arg-type]  # a CHECK constraint holds it to the places
            acting_for=self.directory.people[notice.acting_for_id].name if notice.acting_for_id else None,
            basis=task.basis,  # type: ignore[arg-type]  # as the plan gave it
            first_notified_on=min(before.values(), default=None),
            last_follow_up_on=max((day for said, day in before.items() if said.follow_up), default=None),
            moved_up_because=_WHY_MOVED_UP[lang][notice.meant_for] if notice.meant_for else None,
        )


def agency_of(name: str, directory: Directory) -> Agency:
    """Return the agency as messages name it, with its first coordinator as the one to ask."""
    coordinator = next(iter(directory.coordinators()), None)
    if coordinator is None:
        return Agency(name)
    return Agency(name, coordinator.name, coordinator.email)
