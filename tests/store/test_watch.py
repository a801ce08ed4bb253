"""What the watch asks: each question has an index, so that it stays cheap however many rows there are."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import event, text

from schedules.ladders import Ladder
from tests.builders import World
from tracker.domain.watch import Work
from tracker.store import marks, tasks, watch
from tracker.store.session import Store

NOW = datetime(2022, 10, 31, 2, 0, tzinfo=UTC)
CHANNELS = ("email", "line")


def asked(store: Store, ladders: dict[str, Ladder]) -> list[tuple[str, object]]:
    """Return every statement that the watch sends, with its parameters."""
    sent: list[tuple[str, object]] = []

    def note(_connection: object, _cursor: object, statement: str, parameters: object, *_: object) -> None:
        if statement.lstrip().upper().startswith("SELECT"):
            sent.append((statement, parameters))

    event.listen(store.engine, "before_cursor_execute", note)
    try:
        with store.reading() as session:
            watch.work(session, ladders, CHANNELS, NOW)
            watch.newest_entry(session)
            marks.mark(session, "sweep")
    finally:
        event.remove(store.engine, "before_cursor_execute", note)
    return sent


def plan(store: Store, statement: str, parameters: object) -> str:
    with store.engine.connect() as connection:
        if store.engine.dialect.name == "postgresql":
            connection.execute(text("SET LOCAL enable_seqscan = off"))  # a few rows are read faster without an index
            rows = connection.exec_driver_sql(f"EXPLAIN {statement}", parameters).all()
            return "\n".join(row[0] for row in rows)
        rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters).all()
        return "\n".join(row[3] for row in rows)


def whole_tables(shown: str) -> list[str]:
    """Return the lines of a plan that read a whole table; the newest attempts are read backwards, up to a limit."""
    lines = [line.strip() for line in shown.splitlines()]
    return [
        line
        for line in lines
        if ("Seq Scan" in line or (line.startswith("SCAN") and "INDEX" not in line))
        and not line.startswith(("SCAN attempt", "SCAN anon"))
    ]


def test_no_question_reads_a_whole_table(both: World) -> None:
    both.begins().sweep("2022-10-31 09:00")  # so that messages wait, and their last attempt is asked for
    with both.store.reading() as session:
        ladders = tasks.ladders(session)
    statements = asked(both.store, ladders)
    assert any("FROM attempt" in statement for statement, _ in statements)
    for statement, parameters in statements:
        shown = plan(both.store, statement, parameters)
        read = [line for line in whole_tables(shown) if " post" not in line]  # posts are as few as people
        assert read == [], f"{statement}\n{shown}"


def test_tasks_without_a_next_notice_are_found_in_an_index_of_their_own(both: World) -> None:
    both.begins()
    with both.store.reading() as session:
        ladders = tasks.ladders(session)
    (question,) = [each for each in asked(both.store, ladders) if "next_notice_at IS NULL" in each[0]]
    assert "ix_task_silent" in plan(both.store, *question)


def test_an_empty_installation_has_nothing_to_find(store: Store) -> None:
    with store.reading() as session:
        found = watch.work(session, {}, (), NOW)
        assert watch.newest_entry(session) is None
    assert found == Work()


def test_only_postgresql_has_a_clock_of_its_own(store: Store) -> None:
    with store.reading() as session:
        clock = watch.database_clock(session)
    assert (clock is None) == (store.engine.dialect.name == "sqlite")
    if clock:
        assert clock.tzinfo


@pytest.mark.parametrize("reached", [-1, 0])
def test_a_silent_task_is_one_with_rungs_left(both: World, reached: int) -> None:
    both.begins()
    with both.store.writing() as session:
        session.execute(text(f"UPDATE task SET reached = {reached}, next_rung = NULL, next_notice_at = NULL"))
        ladders = tasks.ladders(session)
        assert watch.work(session, ladders, (), NOW).silent == (1,)
        last = len(next(iter(ladders.values())).rungs) - 1
        session.execute(text(f"UPDATE task SET reached = {last}"))
        assert watch.work(session, ladders, (), NOW).silent == ()
