"""Tasks in the database: the sweep's question, and changes only from the state that was read."""

from datetime import date, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from tests.builders import World
from tests.fakes import at_once
from tracker.errors import NotFound, Refused
from tracker.store import notices, tasks
from tracker.store.tables import IncidentRow, LadderRow


def test_a_change_is_refused_when_somebody_else_was_faster(both: World) -> None:
    both.begins()
    row = both.task()
    both.act("done")
    before = both.dump()
    with pytest.raises(Refused, match="changed by somebody else"), both.store.writing() as session:
        tasks.change(session, row, status="waived")
    assert both.dump() == before


def test_two_people_closing_the_same_task_at_once_close_it_once(both: World) -> None:
    both.begins()

    def close() -> str:
        try:
            both.act("done")
        except Refused as refused:
            return str(refused)
        return "closed"

    answers = at_once(*[close] * 4)
    assert answers.count("closed") == 1


def test_the_sweep_asks_only_for_what_has_come_due_the_longest_waiting_first(both: World) -> None:
    both.clock.set("2022-09-28 09:00")
    both.begins(date(2022, 12, 31), date(2022, 11, 2), date(2022, 10, 31))
    both.clock.set("2022-10-03 09:00")
    with both.store.reading() as session:
        found = tasks.due_for_notice(session, both.clock.now())
        known = tasks.ladders(session)
        assert [task.id for task in tasks.hold_due(session, [1, *found], both.clock.now(), known)] == [3, 2]
    assert list(found) == [3, 2]
    with both.store.reading() as session:
        assert list(tasks.due_for_notice(session, both.clock.now() - timedelta(days=30))) == []


def test_a_task_that_a_person_is_acting_on_is_left_for_the_next_sweep(
    postgres_url: str, request: pytest.FixtureRequest
) -> None:
    from tests.fakes import FakeClock
    from tracker.store.schema import upgrade
    from tracker.store.session import Store

    store = Store(postgres_url)
    upgrade(store)
    world = World(store, FakeClock("2022-10-03 09:00"), request.getfixturevalue("tmp_path")).begins()
    with store.writing() as session:
        tasks.change(session, tasks.task(session, 1), status="done", next_rung=None, next_notice_at=None)
        assert world.sweep().notices == 0
    assert world.sweep("2022-10-03 10:00").notices == 0
    store.close()


def test_a_closed_task_with_a_next_notice_is_refused_by_the_database(both: World) -> None:
    both.begins()
    with pytest.raises(IntegrityError, match="only_open_is_noticed"), both.store.writing() as session:
        tasks.change(session, tasks.task(session, 1), status="done")


def test_a_task_that_is_not_there_is_named(world: World) -> None:
    with world.store.reading() as session, pytest.raises(NotFound, match="no task 7"):
        tasks.task(session, 7)


def test_a_ladder_is_kept_once_for_all_tasks_that_share_it(world: World) -> None:
    world.begins(date(2022, 10, 31), date(2022, 11, 1))
    assert len(world.rows(LadderRow)) == 1


def test_the_same_incident_is_kept_once(both: World) -> None:
    for text in ("เหตุแรก", "เหตุที่สอง"):
        with both.store.writing() as session:
            notices.report_incident(session, "same", text, both.clock.now())
    assert [row.text for row in both.rows(IncidentRow)] == ["เหตุแรก"]


def test_what_is_late_is_summed_up_by_unit_and_person_with_the_oldest_titles(both: World) -> None:
    both.clock.set("2022-11-20 09:00")
    both.begins(*[date(2022, 11, day) for day in (5, 1, 2, 3, 4)], date(2022, 12, 31))
    both.act("assign", 3, owner_id=1)
    with both.store.reading() as session:
        (fingerprint,) = tasks.ladders(session)
        late = tasks.late(session, date(2022, 11, 21), {fingerprint: -1}, 2)
        assert tasks.late(session, date(2022, 11, 21), {fingerprint: 8}, 2) == []
        assert tasks.late(session, date(2022, 11, 21), {}, 2) == []
    found = {each.owner_id: (each.count, each.oldest, [id_ for _, id_, _ in each.titles]) for each in late}
    assert found == {None: (4, date(2022, 11, 1), [2, 4]), 1: (1, date(2022, 11, 2), [3])}
