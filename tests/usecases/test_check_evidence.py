"""Evidence is looked at each day; what stays dead is told once, and the O43 report says so beside it."""

from datetime import date
from pathlib import Path
from threading import Barrier

import pytest
from docx import Document
from openpyxl import load_workbook

from tests.builders import World
from tests.delivery.web_site import WebSite
from tests.fakes import at_once
from tracker.delivery.public_address import fault_of_address
from tracker.errors import NotFound, Refused
from tracker.store.tables import AuditRow, EvidenceRow
from tracker.usecases.check_evidence import (
    AT_A_TIME,
    add_evidence,
    check_evidence,
    check_some_evidence,
    list_evidence,
)
from tracker.usecases.report_o43 import o43_report, write_o43

GOOD, DEAD = "https://example.org/a.pdf", "https://example.org/gone.pdf"


def look(url: str) -> str | None:
    return "the answer was 404" if "gone" in url else None


@pytest.fixture
def done(both: World, tmp_path: Path) -> World:
    """A task that is done, with an address that opens, one that does not, and a file."""
    (tmp_path / "ภาพ.pdf").write_bytes(b"%PDF-")
    both.begins(date(2022, 10, 31), date(2022, 11, 30))
    both.act("done", 1, evidence=(GOOD, DEAD, str(tmp_path / "ภาพ.pdf")))
    return both


def test_what_was_found_and_when_is_kept(done: World) -> None:
    assert {each.fault for each in list_evidence(done.services)} == {None}
    found = check_evidence(done.services, look=look)
    assert [(each.url or each.file, each.fault) for each in found] == [
        (GOOD, None), (DEAD, "the answer was 404"), ("ภาพ.pdf", None),
    ]  # fmt: skip
    assert list_evidence(done.services, [1]) == found
    assert all(each.checked_at == done.clock.now() for each in found)
    assert list_evidence(done.services, [2]) == []
    with pytest.raises(NotFound):
        check_evidence(done.services, [99], look=look)


@pytest.mark.parametrize("how", ["gone", "changed"])
def test_a_file_that_is_gone_or_changed_is_found(done: World, how: str) -> None:
    (kept,) = (done.home / "evidence").iterdir()
    kept.unlink() if how == "gone" else kept.write_bytes(b"another")
    fault = check_evidence(done.services, look=look)[2].fault
    assert fault is not None
    assert ("cannot be read" if how == "gone" else "not what was taken in") in fault


def test_taking_the_same_file_in_again_mends_what_the_home_has_of_it(done: World, tmp_path: Path) -> None:
    (kept,) = (done.home / "evidence").iterdir()
    kept.write_bytes(b"another")
    assert add_evidence(done.services, 1, [str(tmp_path / "ภาพ.pdf")], actor="test", reason=None) == []
    assert check_evidence(done.services, look=look)[2].fault is None
    assert list((done.home / "evidence").iterdir()) == [kept]


@pytest.mark.parametrize("url", ["https://", "https:///a.pdf", "https://user:hush-hush@example.org/a.pdf", "http:// a"])
def test_an_address_without_a_host_or_with_a_login_is_refused(done: World, url: str) -> None:
    with pytest.raises(Refused, match=r"is no public address") as refused:
        add_evidence(done.services, 1, [url], actor="test", reason=None)
    assert "hush" not in str(refused.value)
    (new,) = add_evidence(done.services, 1, ["https://example.org/@me?to=a@b"], actor="test", reason=None)
    assert new.startswith("https://example.org/@me")


def test_a_file_that_cannot_be_read_is_refused_in_one_sentence(done: World) -> None:
    with pytest.raises(Refused, match=r"/proc/self/mem cannot be read"):  # of nobody, whoever runs this
        add_evidence(done.services, 1, ["/proc/self/mem"], actor="test", reason=None)


def test_two_who_look_at_the_same_time_do_not_meet(done: World) -> None:
    both_looked = Barrier(2)

    def look_together(url: str) -> None:
        if url == GOOD:
            both_looked.wait(10)

    at_once(*[lambda: check_evidence(done.services, look=look_together)] * 2)
    assert {each.checked_at for each in list_evidence(done.services)} == {done.clock.now()}


def test_what_stays_dead_for_a_day_is_told_once_with_the_task_to_mend(done: World) -> None:
    check_some_evidence(done.services, look=look)
    assert done.incidents() == []  # a night's work on a web server is no news
    for _ in range(3):
        done.clock.advance(days=1)
        check_some_evidence(done.services, look=look)
    (told,) = done.incidents()
    assert "งานที่ 1" in told
    assert DEAD in told
    done.sweep("2022-10-10 09:00")
    done.deliver()
    assert sum(DEAD in done.wording(each).text for each in done.messages("incidents") + done.messages("daily")) == 1


def test_what_was_mended_and_dies_again_is_told_again(done: World) -> None:
    for answers in (look, look, lambda _: None, look, look):
        check_evidence(done.services, look=answers)
        done.clock.advance(days=1)
    assert len(done.incidents()) == 2


def test_a_web_site_that_moved_is_one_word_to_the_coordinator(done: World) -> None:
    for task in (1, 2):
        add_evidence(done.services, task, [f"{DEAD}?{n}" for n in range(20)], actor="test", reason=None)
    for _ in range(3):
        check_evidence(done.services, look=look)
        done.clock.advance(days=1)
    (told,) = done.incidents()
    assert "ของงานที่ 1, 2 " in told
    assert "หลักฐานอื่นในที่เดียวกัน" in told


def test_no_way_out_from_here_is_no_fault_of_the_evidence(done: World) -> None:
    (kept,) = (done.home / "evidence").iterdir()
    kept.unlink()
    more = [f"https://www{n}.example.org/a" for n in range(3)]
    add_evidence(done.services, 2, more, actor="test", reason=None)
    for _ in range(3):
        found = check_some_evidence(done.services, look=lambda _: "no answer in time")
        done.clock.advance(days=1)
    assert {each.fault for each in found if each.url} == {"no answer in time"}
    assert {each.fault for each in list_evidence(done.services) if each.url} == {None}
    (told,) = done.incidents()
    assert "ภาพ.pdf" in told


def test_each_is_looked_at_once_a_day_the_longest_unseen_first(done: World) -> None:
    with done.store.writing() as session:
        session.add_all(
            EvidenceRow(task_id=2, url=f"https://example.org/{n}", added_at=done.clock.now()) for n in range(AT_A_TIME)
        )
    asked: list[str] = []

    def count(url: str) -> None:
        asked.append(url)

    for _ in range(3):
        check_some_evidence(done.services, look=count)
    assert len(asked) == len(set(asked)) == AT_A_TIME + 2
    done.clock.advance(days=1)
    check_some_evidence(done.services, look=count)
    assert asked[AT_A_TIME + 2] == GOOD


def test_dead_web_sites_that_come_first_do_not_keep_the_others_from_being_looked_at(done: World) -> None:
    at = done.clock.now()
    with done.store.writing() as session:
        session.add_all(
            EvidenceRow(task_id=2, url=f"https://dead{n % 3}.example.org/{n}", added_at=at) for n in range(40)
        )
        session.add_all(EvidenceRow(task_id=2, url=f"https://example.org/{n}", added_at=at) for n in range(40))

    def look(url: str) -> str | None:
        return "no answer in time" if "dead" in url or url in (GOOD, DEAD) else None

    for _ in range(4):
        check_some_evidence(done.services, look=look)
    assert all(each.checked_at for each in list_evidence(done.services) if each.url and not look(each.url))


def test_an_address_that_many_tasks_name_is_asked_once(done: World) -> None:
    add_evidence(done.services, 2, [GOOD], actor="test", reason=None)
    asked: list[str] = []
    check_evidence(done.services, look=asked.append)
    assert sorted(asked) == sorted([GOOD, DEAD])


def test_evidence_of_years_that_nobody_assesses_any_more_is_let_be(done: World) -> None:
    done.clock.advance(days=3 * 365)
    assert check_some_evidence(done.services, look=look) == []
    assert len(check_evidence(done.services, look=look)) == 3


def test_a_done_task_gains_evidence_and_the_trail_says_so(done: World, tmp_path: Path) -> None:
    before = done.task(1)
    assert add_evidence(done.services, 1, [GOOD, "https://example.org/b"], actor="สมชาย", reason="เพิ่มเติม") == [
        "https://example.org/b"
    ]
    assert done.task(1) == before
    entry = done.rows(AuditRow)[-1]
    assert (entry.action, entry.actor, entry.task_id, entry.reason) == ("evidence add", "สมชาย", 1, "เพิ่มเติม")
    assert entry.detail == {"evidence": ["https://example.org/b"]}
    entries = len(done.rows(AuditRow))
    with pytest.raises(Refused):
        add_evidence(done.services, 1, ["https://example.org/c", "nothing.pdf"], actor="x", reason=None)
    with pytest.raises(NotFound):
        add_evidence(done.services, 99, [GOOD], actor="x", reason=None)
    assert add_evidence(done.services, 1, [GOOD], actor="x", reason=None) == []
    assert len(done.rows(AuditRow)) == entries


def test_the_o43_report_says_beside_evidence_that_it_could_not_be_opened(done: World, tmp_path: Path) -> None:
    check_evidence(done.services, look=look)
    report = o43_report(done.services, fiscal_year=2566)
    assert [proof.unopened_on for proof in report.measures[0].tasks[0].evidence] == [None, date(2022, 10, 3), None]
    said = "เปิดไม่ได้เมื่อ"
    for name in ("o43.docx", "o43.xlsx", "o43.html"):
        write_o43(done.services, tmp_path / name, fiscal_year=2566)
    assert said in (tmp_path / "o43.html").read_text(encoding="utf-8")
    cells = [
        cell.text for table in Document(str(tmp_path / "o43.docx")).tables for row in table.rows for cell in row.cells
    ]
    assert any(said in cell for cell in cells)
    book = load_workbook(tmp_path / "o43.xlsx")
    assert any(said in str(cell.value) for sheet in book for row in sheet for cell in row)


def test_real_addresses_are_looked_at_side_by_side(done: World) -> None:
    with WebSite() as site:
        add_evidence(done.services, 2, [f"{site.url}/{n}" for n in (200, 404)], actor="test", reason=None)
        found = check_evidence(done.services, [2], look=lambda url: fault_of_address(url, allowed=lambda _: True))
        assert [each.fault for each in found] == [None, "the answer was 404"]
        inside = check_evidence(done.services, [2])
        assert {each.fault for each in inside} == {"it leads to this machine or into a private network"}
