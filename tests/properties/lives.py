"""Random lives of an agency: checks, deliveries, acts, leaves and days off at any time, on channels that fail.

The clock is set back now and then, a server takes an hour over one message, and answers get lost.
"""

import dataclasses
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from hypothesis import strategies as st

from schedules.calendars import OfficeHours, WorkCalendar, bangkok_day
from schedules.days_off import suggested
from tests.builders import OFFICE, TREASURY, World, person, staff
from tests.fakes import ACCEPTED, FakeChannel
from tracker.delivery.channel import Outcome, OutcomeKind, Outgoing
from tracker.errors import Refused
from tracker.store.tables import HolidayRow, PersonRow, TaskRow
from tracker.usecases.arrange import set_day_off
from tracker.usecases.take_leave import add_leave

BEGIN = "2022-10-03 09:00"
TASKS = 3
HOLIDAYS = frozenset(day for year in range(2021, 2027) for day in suggested(year))
LINE_ID = "U" + "0" * 31 + "7"
BUSY = Outcome(OutcomeKind.TEMPORARY, 451, "try later")
GONE = Outcome(OutcomeKind.PERMANENT, 550, "no such user")
LOST = Outcome(OutcomeKind.UNKNOWN, None, "no answer")
SLOW = timedelta(minutes=61)
DUES = (
    (date(2022, 10, 31), date(2022, 11, 3), date(2022, 11, 20)),
    (date(2022, 6, 1), date(2022, 9, 20), date(2022, 12, 31)),
    (date(2022, 10, 4), date(2022, 10, 13), date(2022, 10, 14)),
)
"""Due dates of the three tasks of a life: ahead, long past, and one after the other before days off."""


@dataclass(frozen=True, slots=True)
class Step:
    """Something that happens `after` a while, or at the next opening of the office when it `waits` for that."""

    after: timedelta
    waits: bool
    what: str
    number: int
    days: int


@dataclass(frozen=True, slots=True)
class Answer:
    """What a channel says of one message, and how long it takes over it."""

    outcome: Outcome = ACCEPTED
    takes: timedelta = timedelta()


@dataclass(frozen=True, slots=True)
class Life:
    """An agency, with what happens in it and how its channels answer, first to last; afterwards all is accepted."""

    dues: tuple[date, ...]
    with_coordinator: bool
    hours: OfficeHours
    off: tuple[int, ...]
    steps: tuple[Step, ...]
    answers: tuple[Answer, ...] = ()


GAPS = [timedelta(minutes=1), timedelta(minutes=7), timedelta(hours=1), timedelta(hours=6)]
GAPS += [timedelta(days=days) for days in (1, 1, 2, 3, 5, 8, 20, 45)]
JUMPS = [timedelta(minutes=-3), timedelta(hours=-7), timedelta(days=-1), timedelta(days=-9)]
"""By which a clock that went wrong is set back."""
ACTS = ["done", "submit", "waive", "reopen", "ack", "ack", "extend", "assign"]
ARRANGEMENTS = ["off", "away", "away"]
CHECKS = ["check", "check", "send", "check and send"]
hours = st.sampled_from([OfficeHours(), OfficeHours(time(9), time(12)), OfficeHours(time(0), time(0))])


def lives(*kinds: str, longest: int, answers: Iterable[Outcome] = ()) -> st.SearchStrategy[Life]:
    """Return lives in which only some kinds of things happen."""
    steps = st.builds(
        Step,
        after=st.sampled_from(GAPS + GAPS + JUMPS),
        waits=st.sampled_from([True, True, False]),
        what=st.sampled_from(kinds),
        number=st.integers(0, 5),
        days=st.integers(-3, 20),
    )
    told = [Answer(one, takes) for one in answers for takes in (timedelta(), timedelta(), SLOW)]
    return st.builds(
        Life,
        dues=st.sampled_from(DUES),
        with_coordinator=st.sampled_from([False, False, False, True]),
        hours=hours,
        off=st.lists(st.integers(0, 40), max_size=3).map(tuple),
        steps=st.lists(steps, min_size=3, max_size=longest).map(tuple),
        answers=st.lists(st.sampled_from(told), max_size=12).map(tuple) if told else st.just(()),
    )


def scene(life: Life) -> str:
    return f"{DUES.index(life.dues)} {life.with_coordinator} {life.hours}"


def build(life: Life, world: World) -> None:
    """Let two officers answer for each other, the first by two channels, with a head and an executive above them."""
    first, *others = staff()
    both = dataclasses.replace(first, line_id=LINE_ID, channels=("email", "line"))
    second = person("คนที่สอง", TREASURY, "officer", email="second@example.org", supervisor="หัวหน้า คลัง")
    _keep_hours(life, world)
    known = [both, second, *(one for one in others if life.with_coordinator or one.role != "coordinator")]
    world.people([one for one in known if one.unit != OFFICE or one.role == "coordinator"])
    world.imports(*life.dues)


def equip(life: Life, world: World, channels: Iterable[FakeChannel]) -> None:
    """Let a world keep the office hours and the days off of a life."""
    _keep_hours(life, world)
    world.with_channels(**{channel.name: channel for channel in channels})
    for days in life.off:
        _take_off(world, bangkok_day(world.clock.now()) + timedelta(days=days))


def live(life: Life, world: World) -> Iterator[datetime]:
    """Let things happen one after the other, and yield the moment after each; what is refused does not happen."""
    for step in life.steps:
        world.clock.advance(seconds=step.after.total_seconds())
        if step.waits:
            calendar = calendar_of(world)
            world.clock.advance(seconds=(calendar.next_open(world.clock.now()) - world.clock.now()).total_seconds())
        with suppress(Refused):
            _happen(step, world)
        yield world.clock.now()


def calendar_of(world: World) -> WorkCalendar:
    """Return the calendar as whoever set the days off knows it, not as the product reads it."""
    set_off = {row.day for row in world.rows(HolidayRow) if row.off}
    return WorkCalendar(HOLIDAYS | set_off, world.services.settings.office_hours)


def send(world: World) -> None:
    for channel in world.services.channels:
        world.deliver(channel)


def _keep_hours(life: Life, world: World) -> None:
    settings = dataclasses.replace(world.services.settings, office_hours=life.hours)
    world.services = dataclasses.replace(world.services, settings=settings)


def _happen(step: Step, world: World) -> None:
    today = bangkok_day(world.clock.now())
    day = today + timedelta(days=step.days)
    if step.what in ("check", "check and send"):
        world.sweep()
    if step.what in ("send", "check and send"):
        send(world)
    if step.what == "off":
        _take_off(world, today if step.number % 2 else day)
    if step.what == "away":
        _take_leave(world, step.number, today, day)
    if step.what in ACTS:
        task_id = _one_for(step, world)
        owner = _people(world)[step.days % 2]
        world.act(step.what, task_id, day=day, reason="ทดสอบ", owner_id=owner)  # type: ignore[arg-type]


def _one_for(step: Step, world: World) -> int:
    """Return the task that somebody acts on: to reopen, one that is not open, of which there are few."""
    closed = [row.id or 0 for row in world.rows(TaskRow) if row.status != "open"] if step.what == "reopen" else []
    return closed[step.number % len(closed)] if closed else step.number % TASKS + 1


def _take_off(world: World, day: date) -> None:
    set_day_off(world.services, day, "วันหยุดพิเศษ", off=True, actor="test")


def _take_leave(world: World, number: int, since: date, until: date) -> None:
    ids = _people(world)
    who, substitute = str(ids[number % len(ids)]), str(ids[(number + 1) % len(ids)])
    add_leave(world.services, who, substitute, since=since, until=until, actor="test")


def _people(world: World) -> list[int]:
    return sorted(row.id or 0 for row in world.rows(PersonRow))


@dataclass(slots=True)
class Script:
    """Answers of all channels together, one after the other; after the last, everything is accepted at once."""

    answers: Iterator[Answer]

    def __call__(self, _: Outgoing) -> Answer:
        return next(self.answers, Answer())
