"""What a person sees: tasks with their filters, one task in full, counts, notices."""

import tomllib
import tracemalloc
from datetime import date, timedelta

import pytest
from sqlmodel import select

from tests.builders import OFFICE, TREASURY, World, measure, obligation, plan
from tests.fakes import bangkok
from tracker.errors import NotFound, Refused, Unavailable
from tracker.store.tables import MessageRow
from tracker.usecases.check_health import check_health
from tracker.usecases.confirm_holidays import confirm_holidays
from tracker.usecases.import_plan import import_plan
from tracker.usecases.list_messages import list_messages, listed_messages, listed_notices, listed_unsaid, show_message
from tracker.usecases.list_plans import Progress, list_plans, plan_progress, stored_plan
from tracker.usecases.list_tasks import list_tasks, show_task
from tracker.usecases.read_trail import trail_read
from tracker.usecases.set_up import set_up
from tracker.usecases.status import status

DUES = date(2022, 10, 31), date(2022, 11, 30), date(2022, 12, 30), date(2023, 1, 31)
LATE = bangkok("2022-12-01 09:00")


@pytest.fixture
def begun(world: World) -> World:
    """One task overdue, one overdue by a day, one done, one submitted."""
    world.begins(*DUES)
    world.act("done", 3)
    world.act("submit", 4)
    return world


def ids(world: World, **filters: object) -> list[int]:
    return [view.row.id or 0 for view in list_tasks(world.services, now=LATE, **filters)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("filters", "wanted"),
    [
        ({}, [1, 2, 3, 4]),
        ({"status": "open"}, [1, 2]),
        ({"status": "overdue"}, [1, 2]),
        ({"status": "done"}, [3]),
        ({"status": "submitted"}, [4]),
        ({"status": "waived"}, []),
        ({"due_before": date(2022, 11, 30)}, [1]),
        ({"unit": TREASURY}, [1, 2, 3, 4]),
        ({"unit": OFFICE}, []),
        ({"owner": "เจ้าหน้าที่ คลัง"}, [1, 2, 3, 4]),
        ({"owner": "เจ้าหน้าที่ ปลัด"}, []),
        ({"status": "open", "due_before": date(2022, 11, 1), "unit": TREASURY}, [1]),
    ],
)
def test_each_filter_lets_through_what_it_says(begun: World, filters: dict[str, object], wanted: list[int]) -> None:
    assert ids(begun, **filters) == wanted


def test_nothing_is_overdue_on_its_due_day(world: World) -> None:
    world.begins(DUES[0])
    at = bangkok("2022-10-31 23:59")
    assert list_tasks(world.services, now=at, status="overdue") == []
    (late,) = list_tasks(world.services, now=at + timedelta(minutes=1), status="overdue")
    assert late.overdue_days == 1


@pytest.mark.parametrize("filters", [{"status": "late"}, {"unit": "กองไม่มี"}, {"owner": "ใครไม่รู้"}])
def test_a_filter_that_means_nothing_is_refused(begun: World, filters: dict[str, object]) -> None:
    with pytest.raises(Refused):
        ids(begun, **filters)


def test_a_task_is_shown_with_everything_known_of_it(begun: World) -> None:
    begun.day("2022-11-03 09:00")
    file = show_task(begun.services, 1, now=begun.clock.now())
    assert {(notice.rung, name) for notice, name in file.notices} == {
        ("overdue-3", "เจ้าหน้าที่ คลัง"), ("overdue-3", "หัวหน้า คลัง"),
    }  # fmt: skip
    assert len(file.messages) == 2
    assert file.view.overdue_days == 3
    with pytest.raises(NotFound):
        show_task(begun.services, 99, now=LATE)


def test_the_status_counts_and_says_how_far_it_escalated(begun: World) -> None:
    begun.day("2022-11-09 09:00")
    found = status(begun.services, now=begun.clock.now())
    assert found.states == {"overdue": 1, "open": 1, "done": 1, "submitted": 1}
    assert found.units == {TREASURY: found.states}
    assert [(view.row.id, level) for view, level in found.overdue] == [(1, "executive")]
    assert found.last_sweep == begun.clock.now()
    assert found.waiting == {}


def test_a_task_is_shown_with_its_next_step(begun: World) -> None:
    begun.clock.set("2022-11-02 09:00")
    open_step = show_task(begun.services, 1, now=begun.clock.now()).next_step
    assert open_step.rung is not None
    assert (open_step.rung.name, open_step.at) == ("overdue-1", begun.clock.now())
    assert show_task(begun.services, 3, now=LATE).next_step.why == "done"
    assert show_task(begun.services, 4, now=LATE).next_step.why == "submitted"


def progress(world: World) -> list[tuple[int, int, int, bool]]:
    return [(each.seq, each.tasks, each.done, each.complete) for each in plan_progress(world.services, 1)]


def begin_class(world: World) -> None:
    """Measure 1 is owed by two units, measure 2 by one, measure 3 owes nothing."""
    world.people()
    measures = measure(1, "ทุกส่วนราชการ"), measure(2, TREASURY), measure(3, OFFICE)
    import_plan(world.services, plan(*measures, obligations=(obligation(DUES[0], measures=(1, 2)),)), actor="test")


def test_a_measure_is_complete_only_when_every_unit_has_done_its_tasks(world: World) -> None:
    begin_class(world)
    assert progress(world) == [(1, 2, 0, False), (2, 1, 0, False), (3, 0, 0, False)]
    world.act("done", 1)
    world.act("submit", 2)
    assert progress(world)[0] == (1, 2, 1, False)
    world.act("done", 2)
    assert progress(world)[0] == (1, 2, 2, True)


def test_a_waived_task_does_not_count_and_makes_nothing_complete(world: World) -> None:
    begin_class(world)
    world.act("done", 1)
    world.act("waive", 2, 3, reason="ยกเลิก")
    assert progress(world) == [(1, 1, 1, True), (2, 0, 0, False), (3, 0, 0, False)]


def test_what_was_done_counts_for_its_measure_when_a_corrected_plan_moves_it(world: World) -> None:
    world.begins(DUES[0])
    world.act("done", 1)
    first, other = measure(2, TREASURY, title="มาตรการทดสอบที่ 1"), measure(1, OFFICE, title="มาตรการใหม่")
    demands = obligation(DUES[0], measures=(2,), phrase="จัดทำแผนที่ 1 ให้แล้วเสร็จ"), obligation(DUES[1])
    import_plan(world.services, plan(other, first, obligations=demands, sha="b" * 64), actor="test")
    assert progress(world) == [(1, 1, 0, False), (2, 1, 1, True)]


def test_the_status_tells_how_far_each_measure_has_come(begun: World) -> None:
    found = status(begun.services, now=LATE)
    assert found.measures == [Progress(1, 1, "1.", "มาตรการทดสอบที่ 1", 4, 1, False)]
    assert found.to_json()["measures"] == [
        {"plan": 1, "seq": 1, "number": "1.", "title": "มาตรการทดสอบที่ 1", "tasks": 4, "done": 1, "complete": False}
    ]
    with pytest.raises(NotFound):
        plan_progress(begun.services, 2)


def test_the_status_names_the_years_of_open_tasks_whose_days_off_nobody_has_confirmed(begun: World) -> None:
    assert status(begun.services, now=LATE).unconfirmed_years == [2022]  # the task of 2023 is submitted
    begun.act("reopen", 4, reason="ไม่ครบ")
    assert status(begun.services, now=LATE).unconfirmed_years == [2022, 2023]
    confirm_holidays(begun.services, 2022, actor="test")
    assert status(begun.services, now=LATE).unconfirmed_years == [2023]


def test_messages_are_listed_with_masked_addresses_unless_revealed(begun: World) -> None:
    begun.day("2022-10-03 09:00")
    view = list_messages(begun.services)[0]
    assert "klang@" not in str(view.to_json(reveal=False))
    assert view.to_json(reveal=True)["address"] == "klang@example.org"
    assert [each.row.id for each in list_messages(begun.services, status="dead")] == []
    shown, said, attempts = show_message(begun.services, 1)
    assert (shown.recipient, said, len(attempts)) == ("เจ้าหน้าที่ คลัง", begun.mail.accepted[0].text, 1)


def test_the_ledger_and_what_was_suppressed_are_listed(begun: World) -> None:
    begun.day("2022-10-31 09:00")
    with listed_notices(begun.services) as said:
        assert {(row.rung, name) for row, name in said.rows} == {
            ("due", "เจ้าหน้าที่ คลัง"), ("before-30", "เจ้าหน้าที่ คลัง"),
        }  # fmt: skip
    with listed_unsaid(begun.services) as unsaid:
        assert {each.rung for each in unsaid.rows} == {"before-30", "before-14", "before-7", "before-3", "before-1"}


def test_the_newest_are_listed_in_their_order_with_the_number_of_all(both: World) -> None:
    both.begins(*[date(2022, 11, day) for day in range(1, 8)])
    for day in ("2022-10-28", "2022-10-31", "2022-11-01", "2022-11-02"):
        both.day(f"{day} 09:00")
    both.act("waive", 7, reason="ยกเลิก")
    for listed in (listed_messages, listed_notices, listed_unsaid, trail_read):
        with listed(both.services) as everything:
            rows = list(map(repr, everything.rows))
        with listed(both.services, newest=3) as some:
            assert list(map(repr, some.rows)) == rows[-3:]
        assert some.total == everything.total == len(rows) > 3


def test_a_listing_of_everything_needs_memory_for_a_part_only(both: World) -> None:
    both.begins(date(2022, 10, 31))
    both.day("2022-10-17 09:00")
    with both.store.reading() as session:
        like = dict(session.execute(select(MessageRow.__table__)).mappings().first() or {})  # type: ignore[attr-defined]

    def peak(total: int) -> int:
        with both.store.writing() as session:
            known = len(both.rows(MessageRow))
            copies = [like | {"id": n, "key": f"copy {n}", "error": "x" * 200} for n in range(known + 1, total + 1)]
            session.connection().execute(MessageRow.__table__.insert(), copies)  # type: ignore[attr-defined]
            del copies
        tracemalloc.start()
        with listed_messages(both.services) as found:
            assert sum(1 for _ in found.rows) == found.total == total
        highest = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return highest

    peak(10)
    small, large = peak(1_000), peak(6_000)
    assert large < small * 1.5


def test_a_status_that_no_message_has_is_refused(begun: World) -> None:
    with pytest.raises(Refused, match=r"“sned”: use one of queued, sending"):
        list_messages(begun.services, status="sned")


def test_plans_are_listed_and_shown_as_they_were_read(begun: World) -> None:
    (view,) = list_plans(begun.services)
    assert (view.fiscal_year, view.measures, view.tasks, view.done) == (2566, 1, 4, 1)
    assert len(stored_plan(begun.services, 1).obligations) == 4
    with pytest.raises(NotFound):
        stored_plan(begun.services, 2)


def test_health_wants_a_recent_sweep(world: World) -> None:
    with pytest.raises(Unavailable, match="No sweep has ended yet"):
        check_health(world.services, sweep_within=60, broker=False)
    world.sweep("2022-10-03 09:00")
    check_health(world.services, sweep_within=60, broker=False)
    world.clock.advance(seconds=61)
    with pytest.raises(Unavailable, match="last sweep ended"):
        check_health(world.services, sweep_within=60, broker=False)


def test_a_home_is_made_once_and_left_as_it_is(world: World) -> None:
    made = set_up(world.services.settings, "เทศบาล “ก”")
    config = world.home / "tracker.toml"
    assert (made.new, made.kept) == (True, ())
    assert config.stat().st_mode & 0o077 == 0
    config.write_text('agency = "ของเรา"\n', encoding="utf-8")
    again = set_up(world.services.settings, "อื่น")
    assert (again.new, again.kept) == (False, ("agency",))
    assert config.read_text(encoding="utf-8") == 'agency = "ของเรา"\n'


@pytest.mark.parametrize("written", ["agency = ''", 'agency = ""  # its name, as messages print it', '  agency=""'])
def test_an_empty_setting_is_filled_in_however_it_is_written(world: World, written: str) -> None:
    """A second line with the same key would keep every later command from reading the file."""
    world.home.mkdir()
    (world.home / "tracker.toml").write_text(f"{written}\nemail_rate = 5\n", encoding="utf-8")
    set_up(world.services.settings, "เทศบาล")
    text = (world.home / "tracker.toml").read_text(encoding="utf-8")
    assert tomllib.loads(text) == {"agency": "เทศบาล", "email_rate": 5}
    assert ("#" in text) == ("#" in written)
