"""How the program ends, as a process of its own: a pipe that closes, a bug, and work that takes long."""

import json
import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from tests.cli.conftest import Program

TRACKER = Path(sys.executable).with_name("tracker")


# Whole, part by part, and so short that it waits in the buffer.
@pytest.mark.parametrize("command", ["task list --json", "audit --json", "plan list", "holiday confirm 2570"])
def test_whoever_reads_only_the_beginning_is_no_error(filled: Program, command: str) -> None:
    script = f"set -o pipefail; (sleep 0.2; {TRACKER} {command}) | true"
    ran = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a file that is always full")
@pytest.mark.parametrize("command", ["task list --json", "holiday confirm 2570"])
def test_an_answer_that_finds_no_room_is_one_sentence(filled: Program, command: str) -> None:
    with Path("/dev/full").open("w") as full:
        ran = subprocess.run([TRACKER, *command.split()], stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert (ran.returncode, ran.stderr.count("\n")) == (1, 1)
    assert "make room" in ran.stderr


def broken(home: Path, fault: str) -> subprocess.CompletedProcess[str]:
    """Run `tracker plan list` with a home whose database was spoilt by a hand."""
    script = textwrap.dedent(
        f"""
        import sqlite3
        with sqlite3.connect({str(home / "tracker.db")!r}) as connection:
            connection.execute({fault!r})
        """
    )
    subprocess.run([sys.executable, "-c", script], check=True)
    return subprocess.run([TRACKER, "plan", "show", "1"], capture_output=True, text=True, check=False)


def test_a_bug_keeps_its_traceback_and_tells_no_name(filled: Program) -> None:
    ran = broken(filled.home, """UPDATE plan SET reading = '{"agency": "เทศบาลลับ"}'""")
    assert ran.returncode == 1
    assert "Traceback" in ran.stderr
    assert "เทศบาลลับ" not in ran.stderr


def on_terminal(home: Path, source: str) -> str:
    """Return what a person at a terminal sees of something that takes longer than a moment."""
    reader, writer = os.openpty()
    env = {**os.environ, "TRACKER_HOME": str(home), "TERM": "xterm", "COLUMNS": "80"}
    ran = subprocess.Popen([sys.executable, "-c", textwrap.dedent(source)], stderr=writer, env=env)
    os.close(writer)
    seen = b""
    try:
        while piece := os.read(reader, 4096):
            seen += piece
    except OSError:  # how Linux says that nobody writes to it any more
        pass
    os.close(reader)
    assert ran.wait() == 0
    return seen.decode()


def test_work_that_takes_over_a_second_says_what_it_is_and_draws_a_bar(tmp_path: Path) -> None:
    seen = on_terminal(
        tmp_path,
        """
        import time
        from tracker.cli.output import shown_progress, shown_wait

        with shown_wait("Opening tasks"):
            time.sleep(1.2)
        with shown_progress("Looking ahead") as tell:
            tell(1, 3)
            time.sleep(1.2)
            tell(2, 3)
        """,
    )
    assert "Opening tasks …" in seen
    assert "Looking ahead" in seen


def test_quick_work_says_nothing(tmp_path: Path) -> None:
    source = """
    from tracker.cli.output import shown_progress, shown_wait

    with shown_wait("Opening tasks"), shown_progress("Looking ahead") as tell:
        tell(1, 1)
    """
    assert on_terminal(tmp_path, source) == ""


def test_nothing_that_a_terminal_obeys_is_printed_as_it_was_written(filled: Program) -> None:
    """A document or a mail server could clear the screen, or write over a line."""
    filled.done("task", "submit", 1, "--result", "a\x1b[2Jb\x9b2Jc\rd")
    shown = filled.done("task", "show", 1)
    assert "a[2Jb2Jcd" in shown
    assert json.loads(filled.done("task", "show", 1, "--json"))["result"] == "a\x1b[2Jb\x9b2Jc\rd"
    refused = filled("people", "link", "\x1b]0;x\x07นาย", "--lang", "th").err
    assert "Nobody is called" in refused
    assert not set("\x1b\x9b\x07\r") & set(shown + refused)
