"""`tracker calendar`: the file as a calendar program reads it, once and again."""

from pathlib import Path

from tests.cli.conftest import Program
from tests.strict_ics import Properties, read_events


def exported(program: Program, path: Path, *filters: str) -> dict[str, Properties]:
    program.done("calendar", "-o", path, *filters)
    return read_events(path.read_bytes())


def test_every_open_task_is_a_deadline(filled: Program, tmp_path: Path) -> None:
    ran = filled("calendar", "-o", tmp_path / "a.ics")
    assert (ran.code, ran.out, ran.complaint) == (0, "", f"Wrote {tmp_path / 'a.ics'}: 44 deadlines.")
    events = read_events((tmp_path / "a.ics").read_bytes())
    assert len(events) == 44
    assert all("ครบกำหนด: " in event["SUMMARY"] and "STATUS" not in event for event in events.values())


def test_only_a_units_or_a_persons_deadlines(filled: Program, tmp_path: Path) -> None:
    whole = exported(filled, tmp_path / "a.ics")
    unit = exported(filled, tmp_path / "b.ics", "--unit", "กองคลัง")
    owner = exported(filled, tmp_path / "c.ics", "--owner", "นายตัวอย่าง กองคลัง")
    assert 0 < len(unit) < len(whole)
    assert unit.keys() == owner.keys()
    assert all(event["SUMMARY"].endswith("(กองคลัง)") for event in unit.values())


def test_importing_again_updates_in_place(filled: Program, tmp_path: Path) -> None:
    before = exported(filled, tmp_path / "a.ics")
    filled.done("task", "extend", 1, "--to", "31/12/2570", "--reason", "อนุมัติ")
    ran = filled("calendar", "-o", tmp_path / "a.ics")
    assert ran.complaint.startswith("Replaced ")
    after = read_events((tmp_path / "a.ics").read_bytes())
    (moved,) = (uid for uid in before if before[uid]["DTSTART"] != after[uid]["DTSTART"])
    assert before.keys() == after.keys()
    assert moved.startswith("task-1@")
    assert after[moved]["DTSTART"] == "20271231"
    assert int(after[moved]["SEQUENCE"]) > int(before[moved]["SEQUENCE"])


def test_a_task_that_was_closed_before_its_due_date_is_taken_off_and_comes_back(
    filled: Program, tmp_path: Path
) -> None:
    filled.done("task", "extend", 1, 2, "--to", "31/12/2570", "--reason", "อนุมัติ")
    first = exported(filled, tmp_path / "a.ics")
    filled.done("task", "done", 1)
    closed = exported(filled, tmp_path / "a.ics")
    off = {uid.partition("@")[0] for uid, event in closed.items() if event.get("STATUS") == "CANCELLED"}
    assert off == {"task-1"}
    assert closed.keys() == first.keys()
    filled.done("task", "reopen", 1, "--reason", "ไม่ครบ")
    again = exported(filled, tmp_path / "a.ics")
    (uid,) = (uid for uid in again if uid.startswith("task-1@"))
    assert "STATUS" not in again[uid]
    assert first[uid]["SEQUENCE"] <= closed[uid]["SEQUENCE"] <= again[uid]["SEQUENCE"]
    assert first[uid]["DTSTAMP"] <= closed[uid]["DTSTAMP"] <= again[uid]["DTSTAMP"]


def test_refusals_are_one_line_and_leave_the_file(filled: Program, tmp_path: Path) -> None:
    kept = tmp_path / "a.ics"
    kept.write_text("as before")
    for args, wanted in (
        (("-o", tmp_path / "a.csv"), "name the file a.ics"),
        (("-o", kept, "--unit", "ไม่มี"), "There is no unit “ไม่มี”"),
        (("-o", kept, "--owner", "ไม่มี"), "Nobody is called “ไม่มี”"),
        (("-o", tmp_path / "no" / "a.ics"), "cannot be written"),
    ):
        ran = filled("calendar", *args)
        assert ran.code == 1
        assert wanted in ran.complaint
    assert kept.read_text() == "as before"
