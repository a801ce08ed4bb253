"""`tracker backup` and `tracker restore` as an administrator uses them."""

from pathlib import Path

from tests.cli.conftest import Program
from tests.cli.test_doctor import running, until_proved
from tests.cli.test_shapes import swept


def test_a_home_is_moved_to_another_place(filled: Program, tmp_path: Path) -> None:
    filled.setting("TRACKER_LINE_TOKEN", "hush-hush")
    written = filled("backup", tmp_path / "ita.zip")
    assert written.code == 0, written.err
    assert "It was read back and is whole." in written.out
    assert "TRACKER_LINE_TOKEN" in written.err
    tasks, hash_ = filled.done("task", "list"), filled.done("audit", "--verify").split()[-1]
    filled.setting("TRACKER_LINE_TOKEN", "")
    filled.setting("TRACKER_HOME", str(tmp_path / "elsewhere"))
    back = filled("restore", tmp_path / "ita.zip")
    assert back.code == 0, back.err
    assert hash_ in back.out
    assert "not set here: TRACKER_LINE_TOKEN" in back.err
    assert filled.done("task", "list") == tasks
    assert "has the hash that was expected" in filled.done("audit", "--verify", "--expect", hash_)
    assert "restore" in filled.done("audit")
    again = filled("restore", tmp_path / "ita.zip")
    assert (again.code, "--replace" in again.complaint) == (1, True)
    assert "What was there before" in filled("restore", tmp_path / "ita.zip", "--replace").err


def test_what_may_leave_again_is_said(filled: Program, tmp_path: Path) -> None:
    swept(filled)
    filled.done("backup", tmp_path / "ita.zip")
    ran = filled("restore", tmp_path / "ita.zip", "--replace")
    assert ran.code == 0
    assert "can leave again" in ran.err


def test_a_backup_that_cannot_be_written_is_one_line(filled: Program, tmp_path: Path) -> None:
    ran = filled("backup", tmp_path / "no such folder" / "ita.zip")
    assert (ran.code, "cannot be written" in ran.complaint) == (1, True)
    ran = filled("backup", tmp_path)
    assert (ran.code, "cannot be written" in ran.complaint) == (1, True)


def test_a_backup_that_is_none_is_one_line_and_makes_no_home(bare: Program, tmp_path: Path) -> None:
    (tmp_path / "ita.zip").write_text("not a zip", encoding="utf-8")
    assert "is no backup" in bare("restore", tmp_path / "ita.zip").complaint
    assert "There is no backup" in bare("restore", tmp_path / "none.zip").complaint
    assert not bare.home.exists()


def test_a_home_is_not_restored_while_a_worker_serves_it(filled: Program, tmp_path: Path) -> None:
    filled.done("backup", tmp_path / "ita.zip")
    with running(filled, "tracker.cli.main", "up"):
        until_proved(filled, "worker")
        ran = filled("restore", tmp_path / "ita.zip", "--replace")
        assert (ran.code, "The service runs" in ran.complaint) == (1, True)
        assert list(filled.home.glob("before-restore-*")) == []
    assert filled("restore", tmp_path / "ita.zip", "--replace").code == 0


def test_a_broker_that_is_away_does_not_keep_a_home_from_being_restored(filled: Program, tmp_path: Path) -> None:
    filled.done("backup", tmp_path / "ita.zip")
    filled.setting("TRACKER_REDIS_URL", "redis://127.0.0.1:1/0")
    assert filled("restore", tmp_path / "ita.zip", "--replace").code == 0
