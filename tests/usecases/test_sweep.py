"""One check: decisions, messages and audit entries in one transaction, the same however often it runs."""

import dataclasses
from datetime import date

import pytest

from schedules.days_off import suggested
from tests.builders import OFFICE, World, staff
from tests.fakes import at_once, bangkok
from tracker.errors import Misconfigured
from tracker.store.tables import AuditRow, MessageNoticeRow, MessageRow, NoticeRow, SuppressionRow
from tracker.usecases.deliver_all import deliver_all

DUE = date(2022, 10, 31)
TIMES = ("decided_at", "at")


def test_everything_for_one_person_comes_in_one_message(world: World) -> None:
    world.begins(DUE, date(2022, 11, 1), date(2022, 11, 2)).sweep()
    world.deliver()
    (message,) = [mail for mail in world.mail.accepted if mail.address == "klang@example.org"]
    assert all(f"แผนที่ {n}" in message.text for n in (1, 2, 3))
    assert len(world.rows(MessageNoticeRow)) == 3


def test_a_sweep_run_again_adds_nothing(world: World) -> None:
    world.begins().sweep()
    before = world.dump()
    again = world.sweep()
    assert (again.notices, again.messages) == (0, 0)
    assert world.dump() == before


@pytest.mark.parametrize("at", ["2022-10-04 08:29", "2022-10-04 16:30", "2022-10-08 10:00", "2022-10-13 10:00"])
def test_outside_office_hours_nothing_is_decided(world: World, at: str) -> None:
    world.begins()
    closed = world.sweep(at).closed_until
    assert closed is not None
    assert closed > bangkok(at)
    assert world.rows(NoticeRow) == []
    assert world.rows(MessageRow) == []
    assert world.task().reached == -1


def test_the_summary_says_when_the_office_opens(world: World) -> None:
    summary = world.sweep("2022-10-08 10:00").summary
    assert summary == "office closed: nothing is decided before 10 ต.ค. 2565 08:30"
    assert world.sweep("2022-10-10 08:30").closed_until is None


def test_without_a_channel_nothing_is_decided_and_nothing_lost(world: World) -> None:
    world.begins()
    before = world.dump()
    mail = dict(world.services.channels)
    world.with_channels()
    with pytest.raises(Misconfigured, match="TRACKER_EMAIL_URL"):
        world.sweep()
    assert world.dump() == before
    world.with_channels(**mail).sweep()
    assert len(world.messages()) == 1


def test_a_message_its_notices_and_its_audit_entry_stand_together(world: World) -> None:
    world.begins().sweep()
    entry = next(row for row in world.rows(AuditRow) if row.action == "message queued")
    assert entry.detail["notices"] == ["1/1/before-30/owner"]
    assert entry.detail["message"] == world.messages()[0].id


def test_a_sweep_that_fails_half_way_leaves_nothing_behind(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.begins()
    before = world.dump()

    def fall_over(*_: object, **__: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr("tracker.usecases.sweep.queue", fall_over)
    with pytest.raises(OSError, match="disk"):
        world.sweep()
    assert world.dump() == before


def test_missed_rungs_are_kept_as_superseded(world: World) -> None:
    world.begins().sweep("2022-11-09 09:00")
    assert {rung for _, rung, _, _ in world.notices()} == {"overdue-7"}
    superseded = {row.rung: row.reason for row in world.rows(SuppressionRow)}
    assert set(superseded) == {
        "before-30", "before-14", "before-7", "before-3", "before-1", "due", "overdue-1", "overdue-3",
    }  # fmt: skip
    assert set(superseded.values()) == {"superseded by overdue-7"}


def test_the_daily_digest_goes_once_a_day_to_each_coordinator(world: World) -> None:
    world.begins()
    for at in ("2022-10-03 09:00", "2022-10-03 12:00", "2022-10-03 16:29", "2022-10-04 08:30", "2022-10-04 09:00"):
        world.sweep(at)
    assert [row.key.split(":")[1] for row in world.messages("daily")] == ["2022-10-03", "2022-10-04"]


def test_the_daily_digest_names_what_nobody_owns_and_what_is_overdue(world: World) -> None:
    world.people([line for line in staff() if line.role != "officer"])
    world.imports(DUE)
    world.day("2022-11-01 09:00")
    text = world.digests()[0]
    assert "แผนที่ 1" in text
    assert "ไม่มี" in text


def test_an_incident_is_told_once(world: World) -> None:
    world.people([line for line in staff() if line.unit == OFFICE or line.role == "executive"])
    world.imports(DUE)
    world.day("2022-10-03 09:00")
    assert len(world.incidents()) == 1
    assert "เจ้าหน้าที่ผู้รับผิดชอบ" in world.digests()[0]
    world.day("2022-10-03 10:00")
    world.day("2022-10-04 10:00")
    assert world.messages("incidents") == []
    assert world.incidents()[0] not in world.digests()[-1]


def test_with_no_coordinator_reachable_incidents_wait_to_be_told(world: World) -> None:
    lines = [dataclasses.replace(line, email=None) if line.role == "coordinator" else line for line in staff()[1:]]
    world.people(lines)
    world.imports(DUE)
    world.sweep("2022-10-03 09:00")
    assert world.messages("daily") == []
    world.people(staff()[-1:])
    world.day("2022-10-04 09:00")
    assert world.incidents()[0][:20] in world.digests()[0]


def _decided(world: World) -> tuple[object, ...]:
    return (
        world.notices(),
        sorted((row.kind, row.address) for row in world.rows(MessageRow)),
        sorted(row.action for row in world.rows(AuditRow)),
        [(row.reached, row.next_rung, row.next_notice_at) for row in world.rows(type(world.task()))],
    )


def test_two_sweeps_at_once_do_what_one_does(both: World) -> None:
    both.begins(DUE, date(2022, 11, 1), date(2022, 11, 30))
    at_once(*[both.sweep] * 4)
    assert _decided(both)[0] == {
        (1, "before-30", "owner", "เจ้าหน้าที่ คลัง"), (2, "before-30", "owner", "เจ้าหน้าที่ คลัง"),
    }  # fmt: skip
    assert [(row.kind, row.address) for row in both.rows(MessageRow)] == [
        ("notices", "klang@example.org"), ("daily", "coordinator@example.org"),
    ]  # fmt: skip
    before = both.dump()
    both.sweep()
    assert both.dump() == before


def test_acts_and_sweeps_at_once_never_lose_a_change_nor_fail(both: World) -> None:
    """What a person does to a task while a sweep decides about it stands afterwards."""
    dues = [date(2022, 11, n) for n in range(1, 21)]
    both.begins(*dues)
    later = date(2023, 2, 1)

    def act() -> None:
        for task_id in range(1, 21):
            if task_id % 2:
                both.act("done", task_id)
            else:
                both.act("extend", task_id, day=later, reason="ขยาย")

    both.clock.set("2022-11-09 09:00")
    at_once(act, both.sweep, both.sweep)
    for row in both.rows(type(both.task())):
        if row.id % 2:
            assert (row.status, row.next_notice_at) == ("done", None)
        else:
            assert (row.due, row.cycle, row.reached) == (later, 2, -1)


def test_deliver_all_sends_until_nothing_is_left(world: World) -> None:
    world.begins().sweep()
    assert {channel: dict(result.counts) for channel, result in deliver_all(world.services).items()} == {
        "email": {"sent": 2}
    }
    assert deliver_all(world.services)["email"].summary == "nothing to send"


def test_a_labour_day_is_no_day_off_for_offices() -> None:
    assert date(2023, 5, 1) not in suggested(2023)
