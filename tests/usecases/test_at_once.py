"""Several people and the sweep at work at the same time: nobody fails, nothing is lost."""

import dataclasses
from datetime import date

from tests.builders import TREASURY, World, staff
from tests.fakes import FakeChannel, at_once
from tracker.store.tables import TaskRow
from tracker.usecases.arrange import set_day_off
from tracker.usecases.import_plan import Imported
from tracker.usecases.read_trail import prove_trail

EVERY = list(range(1, 21))


def test_two_people_acting_on_the_same_tasks_in_different_orders(both: World) -> None:
    both.begins(*[date(2022, 11, day) for day in EVERY])

    def assign(ids: list[int], to: int) -> None:
        for _ in range(4):
            both.act("assign", *ids, owner_id=to)

    at_once(lambda: assign(EVERY, 1), lambda: assign(EVERY[::-1], 3), lambda: assign(EVERY[5:9], 1))
    assert len({row.owner_id for row in both.rows(TaskRow)}) <= 2
    assert prove_trail(both.services).entries == 2 + 4 * (20 + 20 + 4)


def test_days_off_named_while_tasks_are_closed_and_swept(both: World) -> None:
    both.begins(*[date(2022, 12, day) for day in EVERY])

    def close() -> None:
        for task_id in EVERY:
            both.act("done", task_id)

    def name_days() -> None:
        for day in range(1, 10):
            set_day_off(both.services, date(2022, 11, day), "วันหยุดพิเศษ", off=bool(day % 3), actor="test")

    at_once(close, name_days, name_days, both.sweep)
    assert {(row.status, row.next_notice_at) for row in both.rows(TaskRow)} == {("done", None)}


def test_the_same_plan_imported_twice_at_once_opens_its_tasks_once(both: World) -> None:
    both.people()
    done = at_once(*[lambda: both.imports(date(2022, 10, 31), owner=TREASURY)] * 3)
    assert sorted(each.unchanged for each in done if isinstance(each, Imported)) == [False, True, True]
    assert len(both.rows(TaskRow)) == 1


def test_the_same_people_imported_twice_at_once_are_stored_once(both: World) -> None:
    at_once(*[both.people] * 3)
    assert both.people().same == 6


def test_senders_of_two_channels_do_not_wait_for_each_other(both: World) -> None:
    """They share what they have read, and on SQLite the database's one lock."""
    line = FakeChannel("line")
    both.with_channels(email=both.mail, line=line)
    first, *others = staff()
    both.people([dataclasses.replace(first, line_id="U" + "1" * 32, channels=("line",)), *others])
    both.imports(*[date(2022, 11, day) for day in (1, 2)])
    for day in ("2022-10-03", "2022-10-18", "2022-10-25", "2022-10-31"):
        both.sweep(f"{day} 09:00")
        at_once(*[both.deliver, lambda: both.deliver("line")] * 3)
    assert {row.status for kind in ("notices", "daily") for row in both.messages(kind)} == {"sent"}
