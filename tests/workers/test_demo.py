import email
import email.policy
import os
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]


def run_demo(folder: Path) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("TRACKER_")}
    return subprocess.run(
        [sys.executable, "-m", "tracker.cli.main", "demo"],
        cwd=folder,
        env={**clean, "PYTHONPATH": str(REPOSITORY), "COLUMNS": "100"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[subprocess.CompletedProcess[str], Path]:
    folder = tmp_path_factory.mktemp("demo")
    return run_demo(folder), folder / "demo-home"


def test_the_demo_ends_well_with_every_task_done(demo) -> None:
    done, _ = demo
    assert done.returncode == 0, done.stderr
    assert "Tasks at the end: 44 done." in done.stdout


def test_the_demo_shows_who_was_told_in_which_role_and_why(demo) -> None:
    done, _ = demo
    rows = [line.split() for line in done.stdout.splitlines()]
    told = {(row[3].rstrip(","), row[5].rstrip(",")) for row in rows if len(row) > 6 and row[2] == "69"}
    assert {("officer", "before-30"), ("supervisor", "overdue-3"), ("executive", "overdue-7")} <= told


def test_the_demo_leaves_mails_and_line_messages_that_can_be_opened(demo) -> None:
    _, home = demo
    read = email.policy.default
    mails = [email.message_from_bytes(path.read_bytes(), policy=read) for path in home.glob("mail/*.eml")]
    assert len(mails) > 40
    assert all("เรียน" in mail.get_body(("plain",)).get_content() for mail in mails)
    assert len({mail["Message-ID"] for mail in mails}) == len(mails)
    pushes = [path.read_text() for path in home.glob("line/*.txt")]
    assert len(pushes) > 20
    assert all("เลขอ้างอิง" in push for push in pushes)


def test_the_demo_never_touches_a_folder_that_it_did_not_make(tmp_path: Path) -> None:
    (tmp_path / "demo-home").mkdir()
    (tmp_path / "demo-home" / "precious").touch()
    done = run_demo(tmp_path)
    assert done.returncode == 1
    assert "was not made by a demo" in done.stderr
    assert (tmp_path / "demo-home" / "precious").exists()
