"""The least that a database must do for a check: INSERT … SELECT of the rows that the check wrote, and one UPDATE.

The rows are copied first, then written in one transaction into empty tables with the same columns and indexes; no
references are checked there, so the bare way has a little less to do.
"""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, text

from tracker.store.session import Store

WRITTEN = {"notice": "id", "message": "id", "message_notice": "message_id", "suppression": "id", "audit": "id"}
"""What a check adds rows to, and the column by which the new ones are told; beside it, tasks take a step."""
STEP = ("reached", "next_rung", "next_notice_at")

_NAME = re.compile(r'^(CREATE (?:UNIQUE )?(?:TABLE|INDEX)) "?(\w+)"?')
_ON = re.compile(r' ON "?(\w+)"? ')
_REFERENCE = re.compile(r',\s*(?:CONSTRAINT \w+ )?FOREIGN KEY\s*\([^)]*\) REFERENCES "?\w+"? \([^)]*\)')


class Bare:
    """Stands beside a check: made before it, with the tasks as they were then; timed after it."""

    def __init__(self, store: Store, tasks_after: int) -> None:
        self._store, self._tasks_after = store, tasks_after
        with store.writing() as session:
            connection = session.connection()
            self._before = {table: _last(connection, table, key) for table, key in WRITTEN.items()}
            for table in (*WRITTEN, "task"):
                _make_like(connection, table)
            _run(connection, f"INSERT INTO bare_task SELECT * FROM task WHERE id > {tasks_after}")

    def seconds(self) -> float:
        """Return how long it takes to write all that the check wrote, in one transaction."""
        with self._store.writing() as session:
            for table, key in WRITTEN.items():
                _take(session.connection(), table, f"{key} > {self._before[table]}")
            _take(session.connection(), "task", f"id > {self._tasks_after}")
        self._store_settles()
        start = time.monotonic()
        with self._store.writing() as session:
            for table in WRITTEN:
                _run(session.connection(), f"INSERT INTO bare_{table} SELECT * FROM taken_{table}")
            step = ", ".join(f"{column} = taken_task.{column}" for column in STEP)
            _run(
                session.connection(), f"UPDATE bare_task SET {step} FROM taken_task WHERE taken_task.id = bare_task.id"
            )
        return time.monotonic() - start

    def clear(self) -> None:
        """Remove everything that stood beside."""
        with self._store.writing() as session:
            for table in (*WRITTEN, "task"):
                _run(session.connection(), f"DROP TABLE IF EXISTS bare_{table}")
                _run(session.connection(), f"DROP TABLE IF EXISTS taken_{table}")

    def _store_settles(self) -> None:
        """Let PostgreSQL know the copies, as it does by itself within a minute."""
        if self._store.engine.dialect.name == "postgresql":
            with self._store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                _run(connection, "VACUUM ANALYZE")


@contextmanager
def beside(store: Store, tasks_after: int) -> Iterator[Bare]:
    """Give what stands beside a check of the tasks after an id, and clear it away."""
    bare = Bare(store, tasks_after)
    try:
        yield bare
    finally:
        bare.clear()


def _make_like(connection: Connection, table: str) -> None:
    """Make an empty table with the columns, checks and indexes of another."""
    if connection.dialect.name == "postgresql":
        _run(connection, f"CREATE TABLE bare_{table} (LIKE {table} INCLUDING ALL)")
        return
    made = connection.exec_driver_sql(
        "SELECT sql FROM sqlite_master WHERE tbl_name = ? AND sql IS NOT NULL ORDER BY type DESC", (table,)
    )
    for (sql,) in made.all():
        renamed = _ON.sub(r" ON bare_\1 ", _NAME.sub(r"\1 bare_\2", sql), count=1)
        _run(connection, _REFERENCE.sub("", renamed))


def _take(connection: Connection, table: str, which: str) -> None:
    _run(connection, f"CREATE TABLE taken_{table} AS SELECT * FROM {table} WHERE {which}")


def _last(connection: Connection, table: str, key: str) -> int:
    return int(connection.execute(text(f"SELECT max({key}) FROM {table}")).scalar_one() or 0)


def _run(connection: Connection, statement: str) -> None:
    connection.execute(text(statement))
