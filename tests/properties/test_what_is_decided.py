"""Whatever the checks, outages, acts, leaves and days off: nothing is decided twice, and no open task is forgotten."""

from collections import Counter
from datetime import datetime

from hypothesis import given

from tests.builders import World
from tests.fakes import FakeChannel
from tests.properties.lives import (
    ACTS,
    ARRANGEMENTS,
    BEGIN,
    Life,
    build,
    calendar_of,
    equip,
    live,
    lives,
    scene,
)
from tests.properties.studio import Studio, whole_life
from tracker.domain.next_step import next_step
from tracker.domain.notices import due
from tracker.store import tasks
from tracker.store.tables import MessageNoticeRow, NoticeRow, TaskRow


def begin(studio: Studio, life: Life) -> World:
    world = studio.world(BEGIN, scene(life), lambda empty: build(life, empty))
    equip(life, world, [FakeChannel("email"), FakeChannel("line")])
    return world


def assert_nothing_was_decided_twice(world: World) -> None:
    rows = world.rows(NoticeRow)
    assert max(Counter((row.task_id, row.cycle, row.rung, row.person_id) for row in rows).values(), default=1) == 1
    carried = Counter(row.notice_id for row in world.rows(MessageNoticeRow))
    assert carried == Counter(row.id for row in rows)  # each in one message, and in no other


def assert_no_open_task_is_forgotten(world: World, now: datetime, latest: datetime) -> None:
    """A task has a next action, or a reason why not; what its row keeps is the same, or waits for the next check.

    After a clock was set back, what was to be said at once waits until it shows its `latest` moment again.
    """
    calendar = calendar_of(world)
    known = calendar.next_open(latest) if now < latest else now
    with world.store.reading() as session:
        ladders = tasks.ladders(session)
    for row in world.rows(TaskRow):
        one = tasks.as_task(row, ladders)
        step = next_step(one, now, calendar)
        assert step.rung or step.why
        if row.status != "open":
            assert (step.why, row.next_notice_at) == (row.status, None)
        elif row.next_notice_at is None:
            assert step.why == "last rung"
        elif row.next_notice_at > known:
            assert (step.rung and step.rung.name, step.at) == (row.next_rung, row.next_notice_at)
        elif row.next_notice_at <= now:
            assert step.at == calendar.next_open(now) or due(one, now=now, calendar=calendar).outdated


@whole_life
@given(lives("check", "check", "check", *ACTS, *ARRANGEMENTS, longest=9))
def test_nothing_is_decided_twice_and_every_open_task_has_a_next_action_that_its_row_keeps(
    studio: Studio, life: Life
) -> None:
    world = begin(studio, life)
    latest = world.clock.now()
    for now in live(life, world):
        latest = max(latest, now)
        assert_no_open_task_is_forgotten(world, now, latest)
    assert_nothing_was_decided_twice(world)
