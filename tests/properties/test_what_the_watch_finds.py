"""Whatever happens in an agency: after each check and delivery the watch finds nothing but what is truly amiss."""

import dataclasses

from hypothesis import HealthCheck, given, settings
from sqlmodel import update

from tests.builders import World
from tests.campaign import examples
from tests.fakes import ACCEPTED, FakeChannel
from tests.properties.lives import (
    ACTS,
    ARRANGEMENTS,
    BEGIN,
    BUSY,
    CHECKS,
    GONE,
    Life,
    Script,
    build,
    equip,
    live,
    lives,
    scene,
)
from tests.properties.studio import Studio
from tracker.delivery.channel import Outcome, Outgoing
from tracker.domain.watch import findings
from tracker.store.tables import IncidentRow, MessageRow, TaskRow
from tracker.usecases.deliver_all import deliver_all
from tracker.usecases.gather_facts import gather


def guard(world: World) -> None:
    """Let the watch know of both channels, and let the home be there."""
    world.home.mkdir(exist_ok=True)
    known = dataclasses.replace(world.services.settings, line_token="a-token")
    world.services = dataclasses.replace(world.services, settings=known)


def found(world: World) -> set[str]:
    return {finding.code for finding in findings(gather(world.services, None))}


def truly_amiss(life: Life, world: World) -> set[str]:
    """Return what only people can mend: nobody coordinates, or nobody who does can be told."""
    untold = not life.with_coordinator and any(row.told_at is None for row in world.rows(IncidentRow))
    lost = any(row.status == "dead" and row.kind == "incidents" for row in world.rows(MessageRow))
    return ({"incident-untold"} if untold else set()) | ({"message-dead"} if lost else set())


@settings(max_examples=examples(60), suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(lives(*CHECKS, *ACTS, *ARRANGEMENTS, longest=8, answers=[ACCEPTED, BUSY, BUSY, GONE]))
def test_after_each_check_and_delivery_nothing_is_found(studio: Studio, life: Life) -> None:
    onward = tuple(dataclasses.replace(step, after=abs(step.after)) for step in life.steps)
    life = dataclasses.replace(life, steps=onward)  # a clock set back is a finding of its own
    world, script = studio.world(BEGIN, scene(life), lambda empty: build(life, empty)), Script(iter(life.answers))

    def answer(message: Outgoing) -> Outcome:
        return script(message).outcome

    equip(life, world, [FakeChannel("email", answer), FakeChannel("line", answer)])
    guard(world)
    for _ in live(life, world):
        world.sweep()
        deliver_all(world.services)
        assert found(world) <= truly_amiss(life, world)
    finds_what_is_broken(world)


def finds_what_is_broken(world: World) -> None:
    """Break one thing after the other; each is found, and nothing else comes with it."""
    before = found(world)
    world.clock.advance(minutes=10)
    old = {"message-dead"}  # of which one may just have become too old to be looked at
    assert found(world) - old == (before | {"sweep"}) - old
    world.clock.advance(minutes=-10)
    some = next((row.id for row in world.rows(TaskRow) if row.next_notice_at), None)
    if some is not None:
        with world.store.writing() as session:
            session.execute(update(TaskRow).where(TaskRow.id == some).values(next_notice_at=None, next_rung=None))
        assert found(world) == before | {"task-silent"}
