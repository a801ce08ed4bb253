"""The life of a task, lived in any order, against a small model that knows nothing of the product's rules."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from schedules.calendars import BANGKOK, WorkCalendar
from schedules.days_off import suggested
from tests.builders import OFFICE, TREASURY, World, person
from tests.fakes import ACCEPTED, FakeChannel
from tests.properties.studio import Studio
from tracker.delivery.channel import Outcome, OutcomeKind, Outgoing
from tracker.domain.tasks import Act
from tracker.errors import Refused
from tracker.store import notices
from tracker.store.tables import MessageRow, PersonRow

DUE = date(2022, 10, 31)
RUNGS = {"before-7": -7, "before-3": -3, "due": 0, "overdue-1": 1, "overdue-3": 3, "overdue-7": 7, "overdue-12": 12}
PROMISES, PROMISE_DAYS = 2, 14
CALENDAR = WorkCalendar(frozenset(day for year in (2022, 2023, 2024) for day in suggested(year)))
OFFICER, OTHER = "officer@example.org", "other@example.org"
BUSY = Outcome(OutcomeKind.TEMPORARY, 451, "try later")
DIES_AFTER = 8
MINUTE = timedelta(minutes=1)

Key = tuple[str, int, int]
"""Who is told which rung (its place) in which cycle."""


@dataclass(slots=True)
class Model:
    """What a task must be. `waiting` is what must still leave once the mail server answers, `told` what has left."""

    now: datetime
    status: str = "open"
    cycle: int = 1
    due: date = DUE
    reached: int = -1
    promised: date | None = None
    promises: int = 0
    owner: str = OFFICER
    working: bool = True
    waiting: set[Key] = field(default_factory=set)
    told: dict[tuple[str, int], int] = field(default_factory=dict)
    failures: dict[str, int] = field(default_factory=dict)

    @property
    def today(self) -> date:
        return self.now.astimezone(BANGKOK).date()

    def allows(self, act: Act, day: date, *, reason: bool) -> bool:
        """Say whether an act is possible now."""
        lead = (day - self.today).days
        return {
            "submit": self.status == "open",
            "done": self.status in ("open", "submitted"),
            "waive": reason and self.status in ("open", "submitted"),
            "reopen": reason and self.status != "open",
            "extend": reason and self.status == "open" and day > self.due,
            "ack": self.status == "open" and self.promises < PROMISES and 0 <= lead <= PROMISE_DAYS,
            "assign": self.status in ("open", "submitted"),
        }[act]

    def does(self, act: Act, day: date, owner: str) -> None:
        """Take over what an act changes; whatever it makes untrue need not leave any more."""
        if act in ("submit", "done", "waive", "reopen"):
            self.status = {"submit": "submitted", "waive": "waived", "reopen": "open"}.get(act, act)
            self.waiting = set()
        elif act == "extend":
            self.due, self.cycle, self.reached = day, self.cycle + 1, -1
            self.promised, self.promises = None, 0
            self.waiting = set()
        elif act == "ack":
            self.promised, self.promises = day, self.promises + 1
            self.waiting = set()
        else:
            self.owner = owner
            self.waiting = {key for key in self.waiting if key[0] == owner}

    @property
    def is_held(self) -> bool:
        """Say whether a promise holds the owner's reminders back."""
        if self.promised is None:
            return False
        return self.now < CALENDAR.opening(CALENDAR.same_or_after(self.promised + timedelta(days=1)))

    @property
    def owner_may_be_told(self) -> bool:
        return self.status == "open" and not self.is_held and CALENDAR.is_open(self.now)

    def checks(self) -> None:
        """Decide: the newest rung that has come and was not decided in this cycle is to be said."""
        come = [place for place, offset in enumerate(RUNGS.values()) if self._day(offset) <= self.today]
        if self.owner_may_be_told and come and come[-1] > self.reached:
            self.reached = come[-1]
            self.waiting = {(self.owner, self.cycle, self.reached)}  # what waited for the same reader is superseded

    def _day(self, offset: int) -> date:
        if offset > 0:
            return CALENDAR.add_working(self.due, offset)
        return CALENDAR.same_or_before(self.due + timedelta(days=offset))

    def hears(self, key: Key) -> None:
        """Look at what the owner is told."""
        reader, cycle, place = key
        assert self.owner_may_be_told
        assert (reader, cycle) == (self.owner, self.cycle)
        assert place > self.told.get((reader, cycle), -1)
        self.told[reader, cycle] = place
        self.waiting.discard(key)


class LifeOfATask(RuleBasedStateMachine):
    """One task of one unit, with an officer and, in another unit, somebody whom it can be assigned to."""

    studio: Studio

    def __init__(self) -> None:
        super().__init__()
        self.world = self.studio.world("2022-10-21 09:00", "one task", _build)
        self.world.with_channels(email=FakeChannel("email", self.answer))
        self.model = Model(self.world.clock.now())
        self.people = {row.email: row.id for row in self.world.rows(PersonRow)}

    def answer(self, message: Outgoing) -> Outcome:
        with self.world.store.reading() as session:
            (row,) = [one for one in self.world.rows(MessageRow) if one.header_id == message.message_id]
            (notice,) = [one for one in notices.notices_of(session, row.id or 0) if one.withdrawn_at is None]
        key = message.address, notice.cycle, list(RUNGS).index(notice.rung)
        if not self.model.working:
            self.model.failures[message.message_id] = self.model.failures.get(message.message_id, 0) + 1
            if self.model.failures[message.message_id] >= DIES_AFTER:
                self.model.waiting.discard(key)
            return BUSY
        self.model.hears(key)
        return ACCEPTED

    @rule(by=st.sampled_from([MINUTE, 3 * MINUTE, timedelta(hours=1), timedelta(hours=9), timedelta(days=30)]))
    def time_passes(self, by: timedelta) -> None:
        self.passes(by)

    @rule(days=st.sampled_from([1, 1, 2, 7]), checked=st.booleans())
    def a_morning_comes(self, days: int, checked: bool) -> None:
        self.passes(CALENDAR.next_open(self.model.now + timedelta(days=days)) - self.model.now)
        if checked:
            self.a_check()

    @rule()
    def a_check(self) -> None:
        self.passes(MINUTE)
        self.world.sweep()
        self.model.checks()

    @rule()
    def a_delivery(self) -> None:
        self.passes(MINUTE)
        self.world.deliver()

    @rule()
    def the_mail_server_stops_or_works_again(self) -> None:
        self.model.working = not self.model.working

    @rule(
        act=st.sampled_from(["submit", "done", "reopen", "reopen", "waive", "extend", "ack", "assign", "assign"]),
        days=st.integers(-1, 16),
        reason=st.sampled_from(["ทดสอบ", "ทดสอบ", "ทดสอบ", " "]),
        owner=st.sampled_from([OFFICER, OTHER]),
    )
    def somebody_acts(self, act: Act, days: int, reason: str, owner: str) -> None:
        self.passes(MINUTE)
        day = self.model.today + timedelta(days=days)
        before = self.world.task().model_dump()
        try:
            self.world.act(act, day=day, reason=reason, owner_id=self.people[owner])
            done = True
        except Refused:
            done = False
            assert self.world.task().model_dump() == before
        assert done == self.model.allows(act, day, reason=bool(reason.strip()))
        if done:
            self.model.does(act, day, owner)

    @invariant()
    def the_task_stands_as_the_model_says(self) -> None:
        row, model = self.world.task(), self.model
        assert (row.status, row.cycle, row.due) == (model.status, model.cycle, model.due)
        assert (row.promised, row.promises) == (model.promised, model.promises)
        assert row.reached == model.reached
        assert row.next_notice_at is None or row.status == "open"

    def passes(self, span: timedelta) -> None:
        self.world.clock.advance(seconds=span.total_seconds())
        self.model.now = self.world.clock.now()

    def teardown(self) -> None:
        """Let everything leave that must: once the server answers, in office hours, after the longest pause."""
        self.model.working = True
        for _ in range(2):
            self.a_morning_comes(days=1, checked=False)
            self.world.deliver()
        assert not self.model.waiting


def _build(world: World) -> None:
    world.home.mkdir(exist_ok=True)
    rungs = "".join(
        f'[[rung]]\nname = "{name}"\n{"after" if n > 0 else "before"} = {abs(n)}\n'
        'audience = ["owner"]\ntone = "coming"\n'
        for name, n in RUNGS.items()
    )
    numbers = f"promises = {PROMISES}\npromise_days = {PROMISE_DAYS}\ncatch_up_days = 4000\n"
    (world.home / "ladder.toml").write_text(numbers + rungs, encoding="utf-8")
    world.people(
        [person("เจ้าหน้าที่", TREASURY, "officer", email=OFFICER), person("อีกคน", OFFICE, "officer", email=OTHER)]
    )
    world.imports(DUE)


def test_a_task_lives_as_its_table_says_whatever_happens_in_whatever_order(studio: Studio) -> None:
    machine = type("LifeOfATask", (LifeOfATask,), {"studio": studio})
    run_state_machine_as_test(
        machine,
        settings=settings(stateful_step_count=20, suppress_health_check=list(HealthCheck)),
    )
