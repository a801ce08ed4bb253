"""`tracker evidence ...` as a coordinator uses it; nothing outside this machine is asked."""

import json

from tests.cli.conftest import Program


def test_evidence_is_added_listed_and_checked(filled: Program) -> None:
    assert "No evidence" in filled("evidence", "list").err
    filled.done("task", "done", 1, "--evidence", "http://127.0.0.1:9/a.pdf")
    assert "1 added, 1 there before" in filled.done(
        "evidence", "add", 1, "http://127.0.0.1:9/a.pdf", "http://localhost:9/b.pdf", "--reason", "ส่งเพิ่ม"
    )
    assert "evidence add" in filled.done("audit", 1)
    listed = json.loads(filled.done("evidence", "list", "--task", 1, "--json"))
    assert [each["url"] for each in listed] == ["http://127.0.0.1:9/a.pdf", "http://localhost:9/b.pdf"]
    assert set(listed[0]) == {"id", "task", "url", "file", "added_at", "checked_at", "fault", "since"}
    looked = filled("evidence", "check")
    assert looked.code == 1
    assert "private network" in looked.out
    assert "2 of 2 cannot be opened" in looked.err
    assert "private network" in filled.done("evidence", "list")


def test_a_check_with_nothing_to_mend_ends_with_0(filled: Program) -> None:
    ran = filled("evidence", "check")
    assert (ran.code, ran.out) == (0, "")
    assert json.loads(filled.done("evidence", "check", "--json")) == []


def test_refusals_are_one_line(filled: Program) -> None:
    before = filled.dump()
    for args, said in (
        (("evidence", "add", "99", "https://example.org"), "There is no task 99"),
        (("evidence", "add", "1", "nothing.pdf"), "“nothing.pdf”"),
        (("evidence", "list", "--task", "99"), "There is no task 99"),
        (("evidence", "check", "99"), "There is no task 99"),
    ):
        ran = filled(*args)
        assert (ran.code, said in ran.complaint) == (1, True)
    assert filled.dump() == before
