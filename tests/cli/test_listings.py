"""What is read on a screen of 80 columns: every line fits, and what a person looks for stands in it."""

import json
from pathlib import Path

import pytest
from rich.cells import cell_len

from tests.cli.conftest import PLAN, Program
from tests.cli.test_shapes import swept

LONGEST_TITLE = "การประกาศแผนการใช้จ่ายเงินให้ทุกคนอ่านเข้าใจ"


def on_screen(program: Program, *args: str | Path | int) -> list[str]:
    """Return the lines of a listing on a screen of 80 columns."""
    program.setting("COLUMNS", "80")
    return program.done(*args).splitlines()


@pytest.mark.parametrize(
    "args",
    [
        ("plan", "read", PLAN),
        ("plan", "show", 1),
        ("plan", "list"),
        ("plan", "explain", "ภายในวันที่ ๓๑ มีนาคม ๒๕๖๙"),
        ("plan", "import", PLAN, "--dry-run", "--agency", "เทศบาลอื่น", "--yes"),
        ("task", "list"),
        ("task", "show", 1),
        ("people", "list"),
        ("unit", "list"),
        ("message", "list"),
        ("message", "show", 1),
        ("notice", "list"),
        ("notice", "list", "--suppressed"),
        ("audit",),
        ("preview", "--to", "31/03/2570", "--why"),
        ("holiday", "list", 2569),
        ("ladder", "show"),
        ("status",),
        ("report", "o43", "--fiscal-year", 2569),
        ("report", "year", "--fiscal-year", 2569),
    ],
    ids=lambda args: " ".join(str(getattr(each, "name", each)) for each in args),
)
def test_every_line_of_a_listing_fits_the_screen(filled: Program, args: tuple[str | Path | int, ...]) -> None:
    lines = on_screen(swept(filled), *args)
    tables = [line for line in lines if "  " in line.strip()]
    assert not [line for line in tables if cell_len(line) > 80]


def test_a_plan_that_is_imported_gives_its_titles_the_whole_width(tracker: Program) -> None:
    lines = on_screen(tracker, "plan", "import", PLAN)
    assert [line for line in lines if line.strip() == LONGEST_TITLE]
    assert [line for line in lines if line.startswith("31 มี.ค. 2569  กองคลัง: ")]


def test_a_message_shows_its_words_and_each_try(filled: Program) -> None:
    shown = swept(filled).done("message", "show", 1)
    assert "เรียน" in shown
    assert "words of the channel" in shown
    assert '"outcome": "accepted"' in filled.done("message", "show", 1, "--json")


def test_the_ledger_says_who_was_told_of_what_and_what_was_withheld(filled: Program) -> None:
    assert "Nothing was suppressed." in filled("notice", "list", "--suppressed").err
    swept(filled)
    assert "นายตัวอย่าง กองคลัง" in filled.done("notice", "list")
    assert "superseded by before-3" in filled.done("notice", "list", "--suppressed")
    assert '"reason": "superseded by before-3"' in filled.done("notice", "list", "--suppressed", "--json")


def test_a_unit_that_is_renamed_keeps_its_old_name(filled: Program) -> None:
    assert "is called “กองวิศวกรรม” now" in filled.done("unit", "rename", "กองช่าง", "กองวิศวกรรม")
    assert "กองช่าง" in filled.done("unit", "list")


def test_the_version_is_said(bare: Program) -> None:
    from importlib.metadata import version

    assert bare.done("--version") == f"{version('ita-tracker')}\n"


@pytest.mark.parametrize("args", [("message", "list"), ("audit",)])
def test_a_table_without_an_end_has_the_newest_and_says_how_many_there_are(
    filled: Program, args: tuple[str, ...]
) -> None:
    everything = json.loads(swept(filled).done(*args, "--json"))
    assert len(everything) > 1
    ran = filled(*args, "--limit", 1)
    assert ran.complaint == f"This is the newest of {len(everything)}: --limit shows more, --json all of them."
    assert filled(*args).err == ""


@pytest.mark.parametrize("args", [("message", "list"), ("message", "list", "--status", "dead"), ("audit",)])
def test_a_list_that_is_printed_part_by_part_is_written_as_any_other(filled: Program, args: tuple[str, ...]) -> None:
    printed = swept(filled).done(*args, "--json")
    assert printed == json.dumps(json.loads(printed), ensure_ascii=False, indent=2) + "\n"


def test_the_proof_of_the_trail_takes_neither_a_task_nor_json(filled: Program) -> None:
    for args in ((1,), ("--json",)):
        assert filled("audit", "--verify", *args).code == 2
