"""The audit trail: entries are only added, and every tampering shows."""

import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, StatementError
from sqlmodel import Session

from tests.fakes import at_once
from tests.store.tampering import missed, rewind
from tracker.store import audit
from tracker.store.session import Store

AT = datetime(2022, 10, 3, 2, 0, tzinfo=UTC)
ENTRIES = 8


def add(store: Store, n: int, **values: object) -> None:
    with store.writing() as session:
        facts = {"reason": f"เหตุ {n}", "detail": {"n": n, "names": ["ก", "ข"]}, **values}
        audit.append(session, at=AT + timedelta(minutes=n), actor="ผู้ประสานงาน", action="task done", **facts)  # type: ignore[arg-type]


def faults(store: Store) -> list[str]:
    with store.reading() as session:
        return list(audit.broken(session))


@pytest.fixture
def trail(lite: Store) -> Store:
    for n in range(1, ENTRIES + 1):
        add(lite, n)
    return lite


def test_an_empty_trail_holds(store: Store) -> None:
    assert faults(store) == []


def test_a_trail_that_nobody_touched_holds(store: Store) -> None:
    for n in range(1, 4):
        add(store, n)
    assert faults(store) == []
    with store.reading() as session:
        assert [(row.id, row.reason) for row in audit.trail(session)] == [(n, f"เหตุ {n}") for n in (1, 2, 3)]


def test_an_entry_leaves_no_trace_when_its_transaction_fails(lite: Store) -> None:
    add(lite, 1)
    with pytest.raises(IntegrityError), lite.writing() as session:  # noqa: PT012 - the first write is the point
        audit.append(session, at=AT, actor="a", action="b")
        audit.append(session, at=AT, actor="a", action="b", task_id=99)  # there is no such task
    add(lite, 2)
    assert faults(lite) == []


TAMPERINGS: dict[str, tuple[str, ...]] = {
    "actor changed": ("UPDATE audit SET actor = 'somebody' WHERE id = 3",),
    "action changed": ("UPDATE audit SET action = 'task waive' WHERE id = 3",),
    "reason changed": ("UPDATE audit SET reason = 'เหตุ 33' WHERE id = 3",),
    "reason removed": ("UPDATE audit SET reason = NULL WHERE id = 3",),
    "time changed": ("UPDATE audit SET at = '2022-10-03 02:03:01.000000' WHERE id = 3",),
    "detail changed": ("""UPDATE audit SET detail = '{"n": 4, "names": ["ก", "ข"]}' WHERE id = 3""",),
    "hash changed": ("UPDATE audit SET hash = 'x' WHERE id = 3",),
    "first changed": ("UPDATE audit SET actor = 'somebody' WHERE id = 1",),
    "last changed": (f"UPDATE audit SET actor = 'somebody' WHERE id = {ENTRIES}",),
    "one removed": ("DELETE FROM audit WHERE id = 3",),
    "first removed": ("DELETE FROM audit WHERE id = 1",),
    "tail cut off": ("DELETE FROM audit WHERE id > 5",),
    "all removed": ("DELETE FROM audit",),
    "head moved back": ("UPDATE audit_head SET last_id = 5", "DELETE FROM audit WHERE id > 5"),
    "two swapped": (
        "UPDATE audit SET id = 99 WHERE id = 3",
        "UPDATE audit SET id = 3 WHERE id = 4",
        "UPDATE audit SET id = 4 WHERE id = 99",
    ),
    "removed and closed up": ("DELETE FROM audit WHERE id = 3", "UPDATE audit SET id = id - 1 WHERE id > 3"),
    "doubled": (
        f"INSERT INTO audit SELECT {ENTRIES + 1}, at, actor, action, task_id, reason, detail, hash FROM audit LIMIT 1",
    ),
}


@pytest.mark.parametrize("statements", TAMPERINGS.values(), ids=TAMPERINGS.keys())
def test_tampering_is_found(trail: Store, statements: tuple[str, ...]) -> None:
    with trail.writing() as session:
        for statement in statements:
            session.execute(text(statement))
    assert faults(trail)


EDITS = st.one_of(
    st.tuples(
        st.just("UPDATE audit SET {column} = :value WHERE id = :id"),
        st.sampled_from(["actor", "action", "reason", "hash"]),
        st.text(max_size=12),
    ),
    st.tuples(st.just("DELETE FROM audit WHERE id = :id"), st.just(""), st.just("")),
    st.tuples(st.just("UPDATE audit SET id = id + 100 WHERE id = :id"), st.just(""), st.just("")),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(edit=EDITS, entry=st.integers(1, ENTRIES))
def test_any_edit_that_changed_something_is_found(trail: Store, edit: tuple[str, str, str], entry: int) -> None:
    statement, column, value = edit
    with Session(trail.engine) as session, session.begin() as kept:
        before = [tuple(row) for row in session.execute(text("SELECT * FROM audit ORDER BY id"))]
        values = {"id": entry, "value": value} if column else {"id": entry}
        session.execute(text(statement.format(column=column)), values)
        changed = [tuple(row) for row in session.execute(text("SELECT * FROM audit ORDER BY id"))] != before
        assert bool(list(audit.broken(session))) == changed
        kept.rollback()


def test_entries_added_at_once_keep_the_chain(store: Store) -> None:
    """The very first ones too, when there is no head to hold yet."""

    def several(worker: int) -> Callable[[], None]:
        return lambda: [add(store, 10 * worker + n) for n in range(5)] and None

    at_once(*map(several, range(6)))
    assert faults(store) == []
    with store.reading() as session:
        assert len(audit.trail(session)) == 30


def test_the_trail_of_one_task_is_a_part_of_the_whole(trail: Store) -> None:
    with trail.reading() as session:
        assert audit.trail(session, task_id=1) == []


def test_an_instant_without_a_zone_is_refused(store: Store) -> None:
    naive = AT.replace(tzinfo=None)
    with pytest.raises((StatementError, ValueError)), store.writing() as session:
        audit.append(session, at=naive, actor="a", action="b")
    assert faults(store) == []


def test_a_trail_copied_as_a_file_still_holds(trail: Store, tmp_path: Path) -> None:
    with trail.engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copy(str(trail.engine.url.database), tmp_path / "copy.db")
    copy = Store(f"sqlite:///{tmp_path / 'copy.db'}")
    assert faults(copy) == []
    copy.close()


def test_each_of_a_thousand_random_tamperings_is_found(trail: Store) -> None:
    with trail.engine.connect() as connection:
        assert missed(connection, lambda seen: list(audit.broken(seen)), 1000, ENTRIES) == []
    assert faults(trail) == []


def test_a_trail_longer_than_one_part_is_followed_to_its_end(lite: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit, "_PART", 3)
    for n in range(1, ENTRIES + 1):
        add(lite, n)
    assert faults(lite) == []
    with lite.engine.connect() as connection:
        assert missed(connection, lambda seen: list(audit.broken(seen)), 150, ENTRIES) == []


def test_entries_cut_off_together_with_the_head_show_only_by_a_hash_that_was_kept(trail: Store) -> None:
    """What the chain cannot prove alone: its end was rewritten by somebody who knows how."""
    kept = audit.Chain()
    with trail.engine.connect() as connection, connection.begin():
        assert list(audit.broken(connection, kept)) == []
        rewind(connection, 5)
        chain = audit.Chain(expected=kept.hash)
        assert (list(audit.broken(connection, chain)), chain.expected_at) == ([], None)
        older = audit.Chain(expected=chain.hash)
        assert (list(audit.broken(connection, older)), older.expected_at) == ([], 5)
