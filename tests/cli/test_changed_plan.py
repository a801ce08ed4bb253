"""A changed plan at a real terminal: what it changes is shown, and it changes nothing before a person says yes."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import PLAN, Program

CORRECTED = ("๒๘ พฤศจิกายน ๒๕๖๘", "๑๕ ธันวาคม ๒๕๖๘")


def answer(word: str, *args: str) -> subprocess.CompletedProcess[str]:
    """Run a command with a terminal as its input, at which a person types a word."""
    keyboard, terminal = os.openpty()
    try:
        os.write(keyboard, f"{word}\n".encode())
        command = [sys.executable, "-m", "tracker.cli.main", *args]
        return subprocess.run(command, stdin=terminal, capture_output=True, text=True, timeout=60, check=False)
    finally:
        os.close(keyboard)
        os.close(terminal)


@pytest.fixture
def corrected(tracker: Program, tmp_path: Path) -> Path:
    tracker("init", "--agency", "เทศบาลตำบลทดสอบ")
    tracker("plan", "import", PLAN)
    path = tmp_path / "corrected.txt"
    path.write_text(PLAN.read_text(encoding="utf-8").replace(*CORRECTED), encoding="utf-8")
    return path


def test_a_no_leaves_everything_as_it_was(tracker: Program, corrected: Path) -> None:
    before = tracker.dump()
    asked = answer("n", "plan", "import", str(corrected))
    assert asked.returncode == 1
    assert "goes on as: 15 ธ.ค. 2568" in asked.stdout
    assert tracker.dump() == before


def test_a_yes_changes_what_was_shown(tracker: Program, corrected: Path) -> None:
    assert answer("y", "plan", "import", str(corrected)).returncode == 0
    assert "15 ธ.ค. 2568" in tracker("task", "list").out


def test_where_nobody_can_be_asked_the_import_goes_on(tracker: Program, corrected: Path) -> None:
    done = tracker("plan", "import", corrected)
    assert done.code == 0
    assert "goes on as: 15 ธ.ค. 2568" in done.out


def test_next_years_plan_is_written_to_be_confirmed_and_names_what_was_not_done(
    filled: Program, tmp_path: Path
) -> None:
    before = filled.dump()
    ran = filled("plan", "rollover", "--fiscal-year", 2570, "-o", tmp_path / "next.xlsx")
    assert ran.code == 0, ran.err
    assert "not done in 2569" in ran.out
    assert "with dates to confirm" in ran.out
    assert "โปรดยืนยันหรือแก้ไข" in ran.err
    assert filled.dump() == before
    foretold = filled("plan", "import", tmp_path / "next.xlsx", "--dry-run")
    assert "Would open 44 tasks" in foretold.out
    assert "โปรดยืนยันหรือแก้ไข" in foretold.err
    assert (
        "name another with --plan"
        in filled("plan", "rollover", "--fiscal-year", 2580, "-o", tmp_path / "x.xlsx").complaint
    )
