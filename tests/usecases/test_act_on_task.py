"""What a person does to tasks: all of it or nothing, and never without its audit entry."""

from datetime import date
from pathlib import Path

import pytest

from tests.builders import World
from tracker.errors import NotFound, Refused
from tracker.store.tables import AuditRow, EvidenceRow, PersonRow
from tracker.usecases.person_named import person_named
from tracker.usecases.read_trail import prove_trail, trail_read

DUE, LATER = date(2022, 10, 31), date(2022, 11, 30)
TODAY = date(2022, 10, 3)


@pytest.fixture
def begun(world: World) -> World:
    return world.begins(DUE, LATER)


ACTS = {
    "submit": ({}, {"status": "submitted", "submitted_on": TODAY, "next_notice_at": None}),
    "done": ({}, {"status": "done", "closed_on": TODAY, "next_notice_at": None, "next_rung": None}),
    "waive": ({"reason": "ยกเลิก"}, {"status": "waived", "closed_on": TODAY, "next_notice_at": None}),
    "extend": (
        {"reason": "อนุมัติ", "day": date(2022, 11, 15)},
        {"status": "open", "due": date(2022, 11, 15), "cycle": 2},
    ),
    "ack": ({"day": date(2022, 10, 10)}, {"status": "open", "promised": date(2022, 10, 10), "promises": 1}),
    "assign": ({"owner_id": 3}, {"status": "open", "owner_id": 3}),
}


@pytest.mark.parametrize("act", ACTS)
def test_each_act_changes_the_task_and_is_written_down(begun: World, act: str) -> None:
    said, wanted = ACTS[act]
    (row,) = begun.act(act, 1, **said)  # type: ignore[arg-type]
    assert {key: getattr(row, key) for key in wanted} == wanted
    assert {key: getattr(begun.task(1), key) for key in wanted} == wanted
    with trail_read(begun.services, 1) as found:
        (entry,) = found.rows
    assert (entry.action, entry.actor, entry.reason) == (f"task {act}", "test", said.get("reason"))
    assert entry.detail["before"] == {"status": "open", "due": DUE.isoformat()}
    assert prove_trail(begun.services).entries


def test_a_closed_task_is_reopened_and_noticed_again(begun: World) -> None:
    begun.act("done", result="เสร็จ")
    (row,) = begun.act("reopen", reason="ยังไม่ครบ")
    assert (row.status, row.closed_on, row.submitted_on, row.next_rung) == ("open", None, None, "before-30")
    assert row.next_notice_at is not None


@pytest.mark.parametrize("act", ["reopen", "waive", "extend"])
@pytest.mark.parametrize("reason", [None, "", "  "])
def test_some_acts_need_a_reason(begun: World, act: str, reason: str | None) -> None:
    before = begun.dump()
    with pytest.raises(Refused, match="--reason"):
        begun.act(act, reason=reason, day=LATER)  # type: ignore[arg-type]
    assert begun.dump() == before


def test_several_tasks_are_acted_on_together(both: World) -> None:
    both.begins(DUE, LATER)
    assert [row.status for row in both.act("done", 2, 1)] == ["done", "done"]
    assert sum(row.action == "task done" for row in both.rows(AuditRow)) == 2


def test_one_task_that_does_not_allow_it_stops_all(both: World) -> None:
    both.begins(DUE, LATER)
    both.act("done", 2)
    before = both.dump()
    with pytest.raises(Refused, match="Task 2 is done, so done is not possible"):
        both.act("done", 1, 2)
    assert both.dump() == before


def test_one_task_that_is_not_there_stops_all(both: World) -> None:
    both.begins()
    before = both.dump()
    with pytest.raises(NotFound, match="task 99"):
        both.act("done", 1, 99, evidence=("https://example.org/a.pdf",))
    assert both.dump() == before


def test_a_task_named_twice_is_acted_on_once(begun: World) -> None:
    assert len(begun.act("done", 1, 1)) == 1


def test_the_report_is_kept(begun: World) -> None:
    (row,) = begun.act("done", result="เผยแพร่แล้ว", problems="ไม่มี", suggestions="ไม่มี", on=date(2022, 10, 1))
    assert (row.result, row.problems, row.suggestions, row.closed_on) == (
        "เผยแพร่แล้ว", "ไม่มี", "ไม่มี", date(2022, 10, 1),
    )  # fmt: skip


def test_what_was_reported_stays_when_closing_says_nothing_new(begun: World) -> None:
    begun.act("submit", result="เผยแพร่แล้ว")
    assert begun.act("done")[0].result == "เผยแพร่แล้ว"


def test_a_day_in_the_future_cannot_be_the_day_of_the_work(begun: World) -> None:
    with pytest.raises(Refused, match="lies in the future"):
        begun.act("done", on=date(2022, 10, 4))


def test_evidence_is_an_address_or_a_copy_of_a_file(begun: World, tmp_path: Path) -> None:
    file = tmp_path / "รายงาน.pdf"
    file.write_bytes(b"%PDF evidence")
    begun.act("submit", 1, evidence=("https://example.org/a.pdf", str(file)))
    begun.act("done", 1, evidence=("https://example.org/a.pdf", str(file)))
    address, copy = begun.rows(EvidenceRow)
    assert (address.url, copy.name) == ("https://example.org/a.pdf", "รายงาน.pdf")
    assert (begun.home / "evidence" / str(copy.sha256)).read_bytes() == b"%PDF evidence"


def test_evidence_that_is_nothing_is_refused_and_nothing_is_stored(begun: World, tmp_path: Path) -> None:
    before = begun.dump()
    for nothing in ("no-such-file.pdf", str(tmp_path), ""):
        with pytest.raises(Refused, match="neither a public address"):
            begun.act("done", evidence=(nothing,))
    assert begun.dump() == before


def test_evidence_over_20_megabytes_is_refused(begun: World, tmp_path: Path) -> None:
    big = tmp_path / "big.mp4"
    with big.open("wb") as file:
        file.truncate(20 * 1024 * 1024 + 1)
    with pytest.raises(Refused, match="over 20 MB"):
        begun.act("done", evidence=(str(big),))


def test_an_extension_goes_only_to_a_later_day(begun: World) -> None:
    for day in (DUE, date(2022, 10, 30), None):
        with pytest.raises(Refused, match="extend it to a later day"):
            begun.act("extend", reason="เหตุ", day=day)


def test_an_extension_starts_a_new_cycle_with_promises_of_its_own(begun: World) -> None:
    begun.act("ack", day=date(2022, 10, 5))
    (row,) = begun.act("extend", reason="เหตุ", day=date(2022, 12, 30))
    assert (row.cycle, row.reached, row.promised, row.promises, row.next_rung) == (2, -1, None, 0, "before-30")


def test_a_promise_holds_the_notices_back_until_its_day_is_over(world: World) -> None:
    begun = world.begins(DUE)
    begun.clock.set("2022-11-01 08:00")
    (row,) = begun.act("ack", day=date(2022, 11, 4))
    assert row.next_notice_at is not None
    assert row.next_notice_at.isoformat() == "2022-11-07T01:30:00+00:00"  # Monday's opening
    assert begun.day("2022-11-03 09:00") == []
    assert begun.day("2022-11-07 09:00") == ["head.klang", "klang"]


def test_a_third_promise_is_refused(begun: World) -> None:
    begun.act("ack", day=date(2022, 10, 5))
    begun.act("ack", day=date(2022, 10, 6))
    with pytest.raises(Refused, match="extend its due date instead"):
        begun.act("ack", day=date(2022, 10, 7))


@pytest.mark.parametrize("day", [None, date(2022, 10, 2), date(2022, 10, 18)])
def test_a_promise_lies_neither_in_the_past_nor_past_the_policys_limit(begun: World, day: date | None) -> None:
    before = begun.dump()
    with pytest.raises(Refused, match="promise"):
        begun.act("ack", day=day)
    assert begun.dump() == before


def test_an_assigned_owner_is_told_instead_of_the_unit(begun: World) -> None:
    with begun.store.reading() as session:
        owner = person_named(session, "เจ้าหน้าที่ ปลัด")
    begun.act("assign", 1, 2, owner_id=owner)
    assert begun.day("2022-10-03 09:00") == ["office"]


def test_an_owner_is_named_by_name_or_number(begun: World) -> None:
    with begun.store.reading() as session:
        assert person_named(session, "เจ้าหน้าที่ คลัง") == person_named(session, "1") == 1
        for nobody in ("ใคร ก็ไม่รู้", "99"):
            with pytest.raises(Refused, match="tracker people list"):
                person_named(session, nobody)


def test_a_name_that_two_people_share_names_nobody(begun: World) -> None:
    with begun.store.writing() as session:
        session.add(PersonRow(name="เจ้าหน้าที่ คลัง", key="เจ้าหน้าที่คลัง", channels=[]))
    with begun.store.reading() as session, pytest.raises(Refused, match="2 people"):
        person_named(session, "เจ้าหน้าที่ คลัง")


def test_the_trail_of_a_task_that_is_not_there_is_refused(begun: World) -> None:
    with pytest.raises(NotFound), trail_read(begun.services, 99):
        pass
