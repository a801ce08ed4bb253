"""Whatever happens, in any order and with channels that fail: what leaves is true, in time and in order."""

from dataclasses import dataclass, field
from datetime import date

from hypothesis import given

from schedules.calendars import bangkok_day
from tests.builders import World
from tests.fakes import ACCEPTED, FakeChannel
from tests.properties.lives import (
    ACTS,
    ARRANGEMENTS,
    BEGIN,
    BUSY,
    CHECKS,
    GONE,
    LOST,
    Answer,
    Life,
    Script,
    build,
    calendar_of,
    equip,
    live,
    lives,
    scene,
    send,
)
from tests.properties.studio import Studio, whole_life
from tracker.delivery.channel import Outcome, Outgoing
from tracker.domain.notices import held_until
from tracker.store import notices, tasks
from tracker.store.tables import LeaveRow, MessageRow, NoticeRow, TaskRow

COORDINATOR = "coordinator@example.org"
TASK_NAMES = {task_id: f"แผนที่ {task_id}" for task_id in range(1, 4)}


@dataclass(slots=True)
class Witness:
    """Looks at each message that is offered to a channel, and more closely at what the channel accepts.

    `unsure` are the messages of which an answer was lost: each repeat must say word for word what may have arrived.
    """

    world: World
    told: dict[tuple[int, int, int], int] = field(default_factory=dict)
    unsure: dict[str, Outgoing] = field(default_factory=dict)

    def sees(self, message: Outgoing, answer: Answer) -> None:
        assert calendar_of(self.world).is_open(self.world.clock.now()), "it left while the office was closed"
        assert self.unsure.get(message.message_id, message) == message
        if answer.outcome is LOST:
            self.unsure[message.message_id] = message
        if answer.outcome is ACCEPTED:
            self.hears(message)

    def hears(self, message: Outgoing) -> None:
        about = self.about(message)
        for notice, task in about:
            self.is_true(notice, task)
            self.is_for_somebody_present(notice)
            self.comes_once_and_in_order(notice, task)
        if message.address != COORDINATOR and message.message_id not in self.unsure:  # a digest names what waits too
            self.speaks_of_no_closed_task(message)

    def about(self, message: Outgoing) -> list[tuple[NoticeRow, TaskRow]]:
        with self.world.store.reading() as session:
            (row,) = [one for one in self.world.rows(MessageRow) if one.header_id == message.message_id]
            carried = notices.notices_of(session, row.id or 0)
            return [(each, tasks.task(session, each.task_id)) for each in carried if each.withdrawn_at is None]

    def is_true(self, notice: NoticeRow, task: TaskRow) -> None:
        assert task.status == "open"
        assert task.cycle == notice.cycle
        with self.world.store.reading() as session:
            one = tasks.as_task(task, tasks.ladders(session))
        held = held_until(one, now=self.world.clock.now(), calendar=calendar_of(self.world))
        # After a clock was set back, a promise can look older than the notice that it should hold: the gap below.
        assert held is None or (task.promised_at and task.promised_at <= notice.decided_at)

    def is_for_somebody_present(self, notice: NoticeRow) -> None:
        today = bangkok_day(self.world.clock.now())
        away = {row.person_id for row in self.world.rows(LeaveRow) if row.since <= today < row.until}
        assert notice.person_id not in away

    def comes_once_and_in_order(self, notice: NoticeRow, task: TaskRow) -> None:
        with self.world.store.reading() as session:
            rungs = [rung.name for rung in tasks.ladders(session)[task.ladder].rungs]
        key, place = (notice.person_id, notice.task_id, notice.cycle), rungs.index(notice.rung)
        assert place > self.told.get(key, -1), "an older rung, or the same again, after a newer one"
        self.told[key] = place

    def speaks_of_no_closed_task(self, message: Outgoing) -> None:
        said = f"{message.subject} {message.text} {message.html} {message.calendar}"
        for task in self.world.rows(TaskRow):
            assert task.status == "open" or TASK_NAMES[task.id or 0] not in said


@whole_life
@given(lives(*CHECKS, *CHECKS, *ACTS, *ARRANGEMENTS, longest=8, answers=[ACCEPTED, BUSY, BUSY, GONE, LOST]))
def test_what_leaves_is_true_in_office_hours_and_in_the_order_of_the_ladder(studio: Studio, life: Life) -> None:
    world = studio.world(BEGIN, scene(life), lambda empty: build(life, empty))
    witness, script = Witness(world), Script(iter(life.answers))

    def answer(message: Outgoing) -> Outcome:
        answer = script(message)
        witness.sees(message, answer)
        world.clock.advance(seconds=answer.takes.total_seconds())
        return answer.outcome

    equip(life, world, [FakeChannel("email", answer), FakeChannel("line", answer)])
    for _ in live(life, world):
        pass
    for _ in range(3):  # whatever still waits
        world.clock.advance(days=1)
        send(world)


def test_a_promise_holds_what_was_decided_by_a_clock_that_was_set_back(studio: Studio) -> None:
    world = studio.world(BEGIN).begins(date(2022, 10, 31))
    world.sweep("2022-10-28 11:00")
    world.clock.set("2022-10-28 09:00")
    world.act("ack", 1, day=date(2022, 11, 4))
    world.deliver(at="2022-10-28 11:30")
    assert {message.address for message in world.mail.accepted} == {COORDINATOR}
