"""What TAB offers, asked as the shells ask, and in a real bash."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Program, Ran
from tests.cli.test_shapes import swept

TRACKER = Path(sys.executable).with_name("tracker")


@pytest.fixture
def at_tab(tracker: Program, monkeypatch: pytest.MonkeyPatch) -> "Tab":
    return Tab(tracker, monkeypatch)


class Tab:
    """Asks for what can follow a line, as zsh does, which is shown a remark beside each value."""

    def __init__(self, program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
        self.program, self._patch = program, monkeypatch

    def __call__(self, line: str) -> str:
        self._patch.setenv("_TRACKER_COMPLETE", "complete_zsh")
        self._patch.setenv("_TYPER_COMPLETE_ARGS", line)
        ran: Ran = self.program()
        self._patch.delenv("_TRACKER_COMPLETE")
        assert ran.code == 0, ran.err
        assert not ran.err
        return ran.out


def test_commands_and_options_are_offered(at_tab: Tab) -> None:
    assert '"task"' in at_tab("tracker ta")
    assert '"--due-before"' in at_tab("tracker task list --d")


def test_tasks_that_somebody_may_act_on_are_offered_with_what_they_are(filled: Program, at_tab: Tab) -> None:
    filled.done("task", "waive", 1, "--reason", "ยกเลิกโครงการ")
    offered = at_tab("tracker task done ")
    assert '"2":"สำนักปลัด' in offered
    assert '"1":' not in offered


def test_a_task_that_is_over_is_offered_to_be_seen_and_to_be_taken_up_again(filled: Program, at_tab: Tab) -> None:
    filled.done("task", "waive", 1, "--reason", "ยกเลิกโครงการ")
    assert '"1":' in at_tab("tracker task show ")
    assert '"2":' in at_tab("tracker task show ")
    assert '"1":' in at_tab("tracker task reopen ")
    assert '"2":' not in at_tab("tracker task reopen ")


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("tracker task list --unit กองค", '"กองคลัง"'),
        ("tracker task list --owner นายตัวอย่าง", '"นายตัวอย่าง\\ กองคลัง"'),
        ("tracker task list --status o", '"overdue"'),
        ("tracker plan show ", '"1":'),
        ("tracker message list --status d", '"dead"'),
        ("tracker message show ", '"1":'),
    ],
)
def test_values_are_offered(filled: Program, at_tab: Tab, line: str, offered: str) -> None:
    swept(filled)
    assert offered in at_tab(line)


@pytest.mark.parametrize("line", ["tracker task show ", "tracker task list --unit ", "tracker people link "])
def test_nothing_is_offered_and_nothing_said_where_there_is_no_home(bare: Program, at_tab: Tab, line: str) -> None:
    bare.setting("TRACKER_HOME", "/nowhere/at/all")
    assert at_tab(line).strip() == "_files"


@pytest.mark.parametrize(
    ("option", "typed", "offered"), [("--unit", "กองช", "กองช่าง"), ("--owner", "นายตัวอย่าง", "นายตัวอย่าง\\ กองคลัง")]
)
def test_a_real_bash_completes_values(filled: Program, option: str, typed: str, offered: str) -> None:
    words = f"COMP_WORDS=(tracker task list {option} {typed}); COMP_CWORD=4; _tracker_completion tracker"
    script = f'eval "$(tracker --show-completion)"; {words}; printf "%s\\n" "${{COMPREPLY[@]}}"'
    env = {**os.environ, "PATH": f"{TRACKER.parent}:{os.environ['PATH']}"}
    ran = subprocess.run(["bash", "-c", script], env=env, capture_output=True, text=True, check=True)
    assert offered in ran.stdout.splitlines()


def test_completion_installs_itself_for_the_shell_that_asks(tmp_path: Path) -> None:
    env = {**os.environ, "HOME": str(tmp_path)}
    subprocess.run(["bash", "-c", f"{TRACKER} --install-completion; true"], env=env, capture_output=True, check=True)
    assert "tracker.sh" in (tmp_path / ".bashrc").read_text()
    assert "complete" in (tmp_path / ".bash_completions" / "tracker.sh").read_text()
