"""A backup holds everything, whole, as of one moment, and comes back on either database."""

import stat
import tracemalloc
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import inspect, text

from tests.builders import World
from tests.fakes import at_once
from tests.store.tampering import missed
from tests.usecases.backups import lived, opened, restored, without_restore
from tracker.errors import Refused
from tracker.store import audit
from tracker.store.backup_file import open_backup
from tracker.store.rows import shapes
from tracker.store.schema import upgrade
from tracker.store.session import Store
from tracker.store.tables import AuditRow, MessageRow, SuppressionRow, TaskRow
from tracker.usecases.back_up import back_up
from tracker.usecases.read_trail import prove_trail


@pytest.fixture(params=["sqlite", "postgres"])
def target(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a database on another machine, with nothing in it."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'other.db'}"
    return str(request.getfixturevalue("another_postgres_url"))


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    return tmp_path / "elsewhere"


def test_everything_comes_back_on_either_database(both: World, tmp_path: Path, target: str, elsewhere: Path) -> None:
    lived(both, tmp_path)
    path = tmp_path / "ita.zip"
    manifest = back_up(both.services, path)
    done = restored(path, target, elsewhere)
    there = opened(target, elsewhere)
    assert without_restore(there.dump()) == without_restore(both.dump())
    assert [name for name, rows in both.dump().items() if rows] == [t.shape.name for t in manifest.tables if t.rows]
    assert done.waiting == len([row for row in both.rows(MessageRow) if row.status in ("queued", "retrying")]) > 0
    assert prove_trail(there.services, manifest.trail.hash).expected_at == manifest.trail.newest
    for kept in ("evidence", "templates"):
        files = {path.name: path.read_bytes() for path in (both.home / kept).iterdir()}
        assert files == {path.name: path.read_bytes() for path in (elsewhere / kept).iterdir()}
        assert files
    assert (elsewhere / "tracker.toml").read_text(encoding="utf-8").count('agency = "เทศบาลตำบลทดสอบ"') == 1


def test_life_goes_on_after_a_restore(both: World, tmp_path: Path, target: str, elsewhere: Path) -> None:
    """New rows get numbers of their own, and what waited leaves with the identity that it had."""
    lived(both, tmp_path)
    waiting = [row for row in both.rows(MessageRow) if row.status == "queued"]
    back_up(both.services, tmp_path / "ita.zip")
    restored(tmp_path / "ita.zip", target, elsewhere)
    there = opened(target, elsewhere)
    mail = there.services.channels["email"]
    there.deliver(at="2022-11-03 13:00")
    assert {row.header_id for row in waiting} <= {each.message_id for each in mail.accepted}  # type: ignore[attr-defined]
    there.people()
    there.imports(*[date(2022, 12, day) for day in range(1, 9)], fiscal_year=2567)
    there.act("waive", 9, reason="ยกเลิก")
    there.sweep("2022-11-30 09:00")
    there.deliver()
    assert len(there.rows(TaskRow)) == len(both.rows(TaskRow)) + 8
    assert prove_trail(there.services).entries == len(there.rows(AuditRow))


def test_a_message_in_hand_when_the_backup_was_taken_leaves_once_with_the_same_identity(
    world: World, tmp_path: Path, elsewhere: Path
) -> None:
    world.begins(date(2022, 10, 4))
    world.sweep("2022-10-04 09:00")
    taken: list[str] = []

    def take(message: object) -> object:
        back_up(world.services, tmp_path / "ita.zip")  # while it is being sent
        taken.append(message.message_id)  # type: ignore[attr-defined]
        return before(message)  # type: ignore[arg-type]

    before, world.mail.answer = world.mail.answer, take  # type: ignore[assignment]
    world.deliver()
    restored(tmp_path / "ita.zip", f"sqlite:///{tmp_path / 'o.db'}", elsewhere, at="2022-10-04 09:01")
    there = opened(f"sqlite:///{tmp_path / 'o.db'}", elsewhere, at="2022-10-04 09:30")
    assert "sending" in {row.status for row in there.rows(MessageRow)}
    there.deliver()
    mail = there.services.channels["email"].accepted  # type: ignore[attr-defined]
    assert [each.message_id for each in mail if each.message_id == taken[-1]] == [taken[-1]]


def test_a_backup_taken_during_200_writes_is_one_moment(
    both: World, tmp_path: Path, target: str, elsewhere: Path
) -> None:
    both.begins(*[date(2022, 11, day) for day in range(1, 31)])
    writers, ended, taken = 8, list[int](), list[Path]()

    def write(worker: int) -> None:
        for n in range(25):
            both.act("assign", 1 + (worker * 4 + n) % 30, reason=f"{worker}/{n}", owner_id=1 + (worker + n) % 6)
            if n % 5 == worker % 5:
                both.sweep()
        ended.append(worker)

    def look() -> None:
        while len(ended) < writers and len(taken) < 500:
            taken.append(tmp_path / f"{len(taken)}.zip")
            back_up(both.services, taken[-1])

    at_once(*[lambda worker=worker: write(worker) for worker in range(writers)], look)
    assert len(both.rows(AuditRow)) >= 2 + 200
    lengths = {path: entries(path) for path in taken}
    among_writes = [path for path in taken if 2 < lengths[path] < len(both.rows(AuditRow))]
    assert list(lengths.values()) == sorted(lengths.values())
    restored(among_writes[len(among_writes) // 2], target, elsewhere)
    there = opened(target, elsewhere)
    assert prove_trail(there.services).entries == lengths[among_writes[len(among_writes) // 2]] + 1
    newest = {entry.task_id: entry.detail["set"] for entry in there.rows(AuditRow) if entry.action == "task assign"}
    owners = {task.id: task.owner_id for task in there.rows(TaskRow)}
    assert newest
    assert {task_id: owners[task_id] for task_id in newest} == {each: said["owner_id"] for each, said in newest.items()}


def entries(path: Path) -> int:
    with open_backup(path) as backup:
        return backup.manifest.trail.entries


def test_a_restored_trail_shows_each_of_a_thousand_tamperings(world: World, tmp_path: Path, elsewhere: Path) -> None:
    lived(world, tmp_path)
    back_up(world.services, tmp_path / "ita.zip")
    restored(tmp_path / "ita.zip", f"sqlite:///{tmp_path / 'o.db'}", elsewhere)
    store = Store(f"sqlite:///{tmp_path / 'o.db'}")
    with store.reading() as session:
        length = audit.newest(session)
    with store.engine.connect() as connection:
        assert missed(connection, lambda seen: list(audit.broken(seen)), 1000, length) == []
    store.close()


def test_only_its_owner_may_read_it_and_no_secret_is_in_it(world: World, tmp_path: Path) -> None:
    lived(world, tmp_path)
    (world.home / "tracker.toml").write_text('line_token = "hush-hush"\n', encoding="utf-8")
    manifest = back_up(world.services, tmp_path / "ita.zip")
    assert stat.S_IMODE((tmp_path / "ita.zip").stat().st_mode) == 0o600
    assert manifest.secrets == ("TRACKER_EMAIL_URL",)
    assert not [part.name for part in manifest.files if "toml" in part.name]
    assert "mailto" not in str(manifest)


def test_a_file_whose_name_no_other_system_takes_does_not_keep_the_rest_out(world: World, tmp_path: Path) -> None:
    """Such as what Windows writes beside a file that came by mail."""
    lived(world, tmp_path)
    (world.home / "templates" / "mail.txt:Zone.Identifier").write_text("[ZoneTransfer]", encoding="utf-8")
    names = [part.name for part in back_up(world.services, tmp_path / "ita.zip").files]
    assert "files/templates/mail.txt" in names
    assert not any("Zone" in name for name in names)


def test_a_policy_that_cannot_be_read_is_named(world: World, tmp_path: Path) -> None:
    world.begins()
    (world.home / "templates").mkdir(parents=True)
    (world.home / "templates" / "mail.txt").symlink_to("/proc/self/mem")  # a file that nobody can read
    with pytest.raises(Refused, match=r"templates/mail.txt cannot be read"):
        back_up(world.services, tmp_path / "ita.zip")
    assert not (tmp_path / "ita.zip").exists()


def test_evidence_that_rotted_is_named_and_the_rest_is_kept(world: World, tmp_path: Path, elsewhere: Path) -> None:
    lived(world, tmp_path)
    (kept,) = (world.home / "evidence").iterdir()
    kept.write_bytes(b"%PDF- another")
    manifest = back_up(world.services, tmp_path / "ita.zip")
    assert manifest.lost == (kept.name,)
    assert restored(tmp_path / "ita.zip", f"sqlite:///{tmp_path / 'o.db'}", elsewhere).manifest.lost == manifest.lost


def test_a_file_that_is_there_stays_until_the_new_one_is_whole(world: World, tmp_path: Path) -> None:
    lived(world, tmp_path)
    path = tmp_path / "ita.zip"
    path.write_text("the one before", encoding="utf-8")
    with world.store.writing() as session:
        session.execute(text("UPDATE task SET due = 'someday' WHERE id = 2"))
    with pytest.raises(Refused, match="table task"):
        back_up(world.services, path)
    assert path.read_text(encoding="utf-8") == "the one before"
    assert [each.name for each in tmp_path.iterdir() if "partial" in each.name] == []


def test_memory_does_not_grow_with_the_ledger(both: World, tmp_path: Path, elsewhere: Path) -> None:
    both.begins(date(2022, 10, 31))

    def peak(rows: int, name: str) -> int:
        with both.store.writing() as session:
            done = len(both.rows(SuppressionRow))
            said = {"task_id": 1, "reason": "superseded " * 9, "decided_at": both.clock.now()}
            values = [{**said, "cycle": n, "rung": f"before-{n}"} for n in range(done, rows)]
            session.connection().execute(SuppressionRow.__table__.insert(), values)  # type: ignore[attr-defined]
            del values
        tracemalloc.start()
        back_up(both.services, tmp_path / name)
        restored(tmp_path / name, f"sqlite:///{tmp_path / name}.db", elsewhere)
        highest = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return highest

    peak(10, "warm")
    small, large = peak(4_000, "small"), peak(24_000, "large")
    assert large < small * 1.5


def test_every_table_of_the_schema_is_in_a_backup(store: Store) -> None:
    assert {shape.name for shape in shapes()} == set(inspect(store.engine).get_table_names()) - {"alembic_version"}


def test_a_home_that_was_only_made_takes_a_backup(world: World, tmp_path: Path, elsewhere: Path) -> None:
    lived(world, tmp_path)
    back_up(world.services, tmp_path / "ita.zip")
    made = Store(f"sqlite:///{tmp_path / 'o.db'}")
    upgrade(made)
    made.close()
    restored(tmp_path / "ita.zip", f"sqlite:///{tmp_path / 'o.db'}", elsewhere)
    assert opened(f"sqlite:///{tmp_path / 'o.db'}", elsewhere).rows(TaskRow)
