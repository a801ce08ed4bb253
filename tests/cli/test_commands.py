"""The commands as a coordinator uses them, and each one's help."""

import json
import re
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
import typer.main
from click import Command, Group

from tests.cli.conftest import PEOPLE, PLAN, Program
from tests.cli.test_shapes import swept
from tracker.cli.main import app


def commands(group: Group | None = None, before: tuple[str, ...] = ()) -> dict[tuple[str, ...], Command]:
    """Return every command of the program by its words."""
    found: dict[tuple[str, ...], Command] = {}
    for name, command in (group or typer.main.get_command(app)).commands.items():  # type: ignore[union-attr]
        inside = hasattr(command, "commands")
        found |= commands(command, (*before, name)) if inside else {(*before, name): command}
    return found


@pytest.mark.parametrize("words", commands(), ids=" ".join)
def test_each_command_says_what_it_does_with_an_example(bare: Program, words: tuple[str, ...]) -> None:
    shown = bare(*words, "--help")
    assert shown.code == 0
    assert f"Example: tracker {' '.join(words)}" in " ".join(shown.out.split())


def test_a_home_is_made_and_made_again(bare: Program) -> None:
    assert "Made the home" in bare.done("init", "--agency", "เทศบาล “ตัวอย่าง”")
    assert "เทศบาล “ตัวอย่าง”" in (bare.home / "tracker.toml").read_text(encoding="utf-8")
    assert "Checked the home" in bare.done("init")
    assert bare.done("health") == "healthy\n"


def test_people_and_a_plan_are_imported_once(tracker: Program) -> None:
    assert "13 people added" in tracker.done("people", "import", PEOPLE)
    assert "0 people added, 0 changed, 13 as before" in tracker.done("people", "import", PEOPLE)
    foretold = tracker.done("plan", "import", PLAN, "--dry-run")
    assert "Would open" in foretold
    assert tracker.done("plan", "list", "--json") == "[]\n"
    assert foretold.replace("Would open", "Opened") == tracker.done("plan", "import", PLAN)
    assert "nothing changed" in tracker.done("plan", "import", PLAN)


def test_remarks_go_to_stderr_and_data_to_stdout(tracker: Program) -> None:
    ran = tracker("task", "list", "--json")
    assert (ran.out, ran.err) == ("[]\n", "")
    ran = tracker("task", "list")
    assert (ran.out, ran.err) == ("", "No tasks match.\n")


def test_a_task_goes_through_its_life(filled: Program) -> None:
    assert "submitted" in filled.done("task", "submit", 1, "--result", "ส่งแล้ว")
    assert "done" in filled.done("task", "done", 1, "--evidence", "https://example.org/a.pdf")
    assert "open" in filled.done("task", "reopen", 1, "--reason", "ไม่ครบ")
    assert "31 ธ.ค. 2570" in filled.done("task", "extend", 1, "--to", "31/12/2570", "--reason", "อนุมัติ")
    filled.done("task", "assign", 1, "--to", "นายตัวอย่าง กองช่าง")
    filled.done("task", "waive", 1, "--reason", "ยกเลิก")
    shown = json.loads(filled.done("task", "show", 1, "--json"))
    assert (shown["status"], shown["owner"], shown["cycle"]) == ("waived", "นายตัวอย่าง กองช่าง", 2)
    assert shown["evidence"] == ["https://example.org/a.pdf"]
    assert [entry["action"] for entry in shown["audit"]] == [
        "task submit", "task done", "task reopen", "task extend", "task assign", "task waive",
    ]  # fmt: skip
    assert "none changed or removed" in filled.done("audit", "--verify")


def test_a_trail_that_was_tampered_with_ends_with_1(filled: Program) -> None:
    with sqlite3.connect(filled.home / "tracker.db") as connection:
        connection.execute("UPDATE audit SET actor = 'somebody' WHERE id = 1")
    ran = filled("audit", "--verify")
    assert ran.code == 1
    assert "tampered with" in ran.complaint


def test_every_table_prints_what_people_look_for(filled: Program) -> None:
    swept(filled)
    for words, wanted in {
        ("task", "list"): "กองคลัง",
        ("task", "show", "1"): "stands in",
        ("people", "list"): "นายปลัด",
        ("unit", "list"): "สำนักปลัด",
        ("plan", "list"): "2569",
        ("plan", "show", "1"): "กองช่าง",
        ("status",): "กองคลัง",
        ("notice", "list"): "before-",
        ("notice", "list", "--suppressed"): "superseded",
        ("message", "list"): "sent",
        ("message", "show", "1"): "accepted",
        ("ladder", "show"): "overdue-7",
        ("ladder", "check"): "17 rungs",
        ("holiday", "list", "2569"): "สงกรานต์",
        ("audit",): "plan import",
        ("preview", "--now", "2025-11-27T09:00"): "กองคลัง",
    }.items():
        shown = filled(*words)
        assert shown.code == 0, shown.err
        assert wanted in shown.out, (words, shown.out)


def test_a_day_off_is_added_and_removed(filled: Program) -> None:
    assert "day off now" in filled.done("holiday", "add", "02/01/2569", "วันหยุดพิเศษ")
    assert "working day now" in filled.done("holiday", "remove", "02/01/2569")


def test_a_dry_run_sweep_stores_nothing(filled: Program) -> None:
    before = filled.dump()
    assert "กองคลัง" in filled.done("sweep", "--dry-run", "--now", "2025-11-26T09:00")
    assert filled.dump() == before


def test_what_people_wrote_is_never_markup(tracker: Program, tmp_path: Path) -> None:
    people = tmp_path / "people.csv"
    people.write_text("name,unit,role\n[red]ก[/red],[bold]กอง,officer\n", encoding="utf-8")
    tracker.done("people", "import", people)
    assert "[red]ก[/red]" in tracker.done("people", "list")


def program(env: dict[str, str], *args: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "tracker.cli.main", *args]
    return subprocess.run(command, env=env, capture_output=True, text=True, timeout=60, check=False)


def test_the_real_program_ends_with_0_1_and_2(subprocess_env: dict[str, str]) -> None:
    refused = program(subprocess_env, "task", "list")
    assert (refused.returncode, refused.stdout, len(refused.stderr.strip().splitlines())) == (1, "", 1)
    assert program(subprocess_env, "init").returncode == 0
    listed = program(subprocess_env, "task", "list", "--json")
    assert (listed.returncode, listed.stdout, listed.stderr) == (0, "[]\n", "")
    misused = program(subprocess_env, "task", "list", "--colour")
    assert (misused.returncode, "Traceback" in misused.stderr) == (2, False)


def test_a_reader_that_has_seen_enough_is_no_error(subprocess_env: dict[str, str]) -> None:
    command = f"{sys.executable} -m tracker.cli.main ladder show --json | head -1"
    ran = subprocess.run(["bash", "-c", command], env=subprocess_env, capture_output=True, text=True, check=False)
    assert (ran.stdout, ran.stderr) == ("{\n", "")


def test_listing_tasks_loads_nothing_heavy() -> None:
    heavy = "{'apprise', 'celery', 'aiosmtpd', 'holidays', 'alembic'}"
    code = f"import sys, tracker.cli.main, tracker.usecases.list_tasks; print(sorted({heavy} & set(sys.modules)))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout == "[]\n"


def test_a_hash_that_was_kept_proves_that_the_trail_was_not_written_anew(filled: Program) -> None:
    kept = filled.done("audit", "--verify").split()[-1]
    filled.done("task", "waive", 1, "--reason", "ยกเลิก")
    assert "Entry 2 has the hash that was expected" in filled.done("audit", "--verify", "--expect", kept)
    refused = filled("audit", "--verify", "--expect", "0" * 64)
    assert (refused.code, "has no entry with the hash" in refused.complaint) == (1, True)
    assert filled("audit", "--expect", kept).code == 2


def test_a_plan_is_checked_before_it_is_published(bare: Program, tmp_path: Path) -> None:
    assert "ตัวชี้วัดที่ ๗" in bare.done("plan", "check", PLAN)
    assert json.loads(bare.done("plan", "check", PLAN, "--json"))["loses_points"] is False
    bad = tmp_path / "plan.txt"
    bad.write_text(PLAN.read_text(encoding="utf-8").replace("กองคลัง", ""), encoding="utf-8")
    ran = bare("plan", "check", bad)
    assert ran.code == 1
    assert "มาตรการข้อ ๑ ไม่ระบุผู้รับผิดชอบ" in ran.out


def test_a_plan_goes_out_as_a_workbook_and_comes_in_again_unchanged(filled: Program, tmp_path: Path) -> None:
    assert "Correct it, then" in filled.done("plan", "export", 1, "-o", tmp_path / "plan.xlsx")
    assert "exactly this file already" in filled.done("plan", "import", tmp_path / "plan.xlsx")


def test_templates_of_the_agency_are_tried(filled: Program) -> None:
    assert "The shipped templates are in use." in filled.done("message", "check")
    (filled.home / "templates").mkdir()
    assert "is in order" in filled.done("message", "check")
    (filled.home / "templates" / "mail.txt").write_text("{{ nothing.like.that }", encoding="utf-8")
    ran = filled("message", "check")
    assert ran.code == 1
    assert "mail.txt" in ran.out


def test_the_status_says_when_the_last_sweep_was_and_what_waits(filled: Program) -> None:
    assert "Last sweep: never" in filled("status").err
    swept(filled, sent=False)
    said = filled("status").err
    assert "messages wait to be sent" in said
    assert "Last sweep: 26 พ.ย. 2568 09:00" in said


def test_the_status_names_units_in_which_nobody_can_be_told(tracker: Program) -> None:
    tracker.done("plan", "import", PLAN)
    assert re.search("! Nobody can be told of the open tasks of .*กองคลัง", tracker("status").err)


def test_a_number_may_be_typed_in_thai_digits(filled: Program) -> None:
    assert filled.done("task", "show", "๑๒") == filled.done("task", "show", 12)
