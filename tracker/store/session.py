"""The engine and its transactions, the same on SQLite and PostgreSQL."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, ExceptionContext, event
from sqlalchemy.exc import ArgumentError, DBAPIError, InterfaceError, NoSuchModuleError, OperationalError
from sqlmodel import Session, create_engine

from tracker.errors import Misconfigured, Unavailable

_SQLITE_PRAGMAS = (
    "PRAGMA synchronous=FULL",  # NORMAL may lose the last commits on a power cut, and a commit is a promise
    "PRAGMA busy_timeout=30000",
    "PRAGMA foreign_keys=ON",
)

_AWAY = "The database {where} does not answer ({words}): start it, or mend TRACKER_DATABASE_URL."
_FAULTS = (
    (
        ("disk is full", "No space left on device"),
        "The disk of the database {where} is full ({words}): make room, then repeat.",
    ),
    (
        ("file is not a database", "image is malformed"),
        "The database {where} is damaged ({words}): stop the service, then restore it from a backup.",
    ),
    (
        ("unable to open database file", "readonly database"),
        "The database {where} cannot be used ({words}): let the user who runs this write to it and to its folder.",
    ),
    (
        ("database is locked",),
        "The database {where} is held by another program ({words}): repeat it in a moment.",
    ),
)
"""How SQLite (of the first, PostgreSQL too) says what is wrong, and what to do."""


class Store:
    """A database. `writing` and `reading` are its only doors; store functions inside never commit."""

    def __init__(self, url: str) -> None:
        self.engine = _engine(url)
        self._read_engine = self.engine.execution_options(tracker_read=True)

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Open a transaction that is committed at the end, or rolled back on any error.

        On SQLite it takes the write lock at once, so what is read in it stays true until it ends.
        """
        with _answered(self.engine), Session(self.engine, expire_on_commit=False) as session, session.begin():
            yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Open a transaction that only reads; it sees one state and blocks nobody."""
        with _answered(self.engine), Session(self._read_engine) as session:
            yield session

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """Open a transaction that only reads and sees one state throughout, however long it takes and others write."""
        options: dict[str, Any] = {"tracker_read": True}
        if self.engine.dialect.name == "postgresql":  # its own default sees what others commit from query to query
            options |= {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        with _answered(self.engine), self.engine.connect().execution_options(**options) as connection:
            yield connection

    @contextmanager
    def answered(self) -> Iterator[None]:
        """Turn a database that is away into Unavailable, for whoever keeps a connection of their own."""
        with _answered(self.engine):
            yield

    def compact(self) -> bool:
        """Write a SQLite file anew without what was deleted or replaced in it, and empty its journal.

        False when somebody else was using it all the while, so that old pages may still hold what was there. A
        PostgreSQL server does this by itself in time (autovacuum).
        """
        if self.engine.dialect.name != "sqlite":
            return True
        connection = self.engine.raw_connection()
        try:
            connection.cursor().execute("VACUUM")
            busy, *_ = connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        except sqlite3.OperationalError:  # locked, for longer than the timeout
            return False
        finally:
            connection.close()
        return not busy

    def is_missing(self) -> bool:
        """Say whether the database is a SQLite file that is not there."""
        path = self.engine.url.database
        return self.engine.dialect.name == "sqlite" and bool(path) and not Path(str(path)).exists()

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()


def _engine(url: str) -> Engine:
    try:
        # Parameters are people's names and addresses: an error must not print them.
        engine = create_engine(
            url, pool_pre_ping=not url.startswith("sqlite"), pool_size=20, max_overflow=20, hide_parameters=True
        )
    except (ArgumentError, NoSuchModuleError, ImportError, ValueError) as error:  # ValueError: a port that is no number
        raise Misconfigured(
            f"TRACKER_DATABASE_URL cannot be used ({type(error).__name__}): write it as "
            "postgresql+psycopg://user:password@host/name or sqlite:////absolute/path.db."
        ) from None
    event.listen(engine, "handle_error", _leave_out_values)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    elif engine.dialect.name != "postgresql":
        raise Misconfigured(
            f"TRACKER_DATABASE_URL names {engine.dialect.name}: only PostgreSQL and SQLite are supported."
        )
    return engine


def _leave_out_values(context: ExceptionContext) -> None:
    """Cut PostgreSQL's DETAIL off an error: it quotes the row, with its names, addresses and texts."""
    for fault in (context.original_exception, context.sqlalchemy_exception):
        if fault is not None:
            fault.args = tuple(each.partition("\nDETAIL:")[0] if isinstance(each, str) else each for each in fault.args)


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves, below
    for pragma in _SQLITE_PRAGMAS:
        connection.execute(pragma)
    # Locked at once, whatever the timeout, while another connection makes the same switch on a new file: the mode is
    # the file's, so theirs is ours.
    with suppress(sqlite3.OperationalError):
        connection.execute("PRAGMA journal_mode=WAL")


def _begin_sqlite(connection: Connection) -> None:
    # A deferred BEGIN that writes later can fail half-way with "database is locked"; IMMEDIATE waits first.
    reads = connection.get_execution_options().get("tracker_read", False)
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")


@contextmanager
def _answered(engine: Engine) -> Iterator[None]:
    """Turn "no such server" and its like into one sentence; the URL's password is not shown."""
    try:
        yield
    except DBAPIError as error:
        words = str(error.orig).strip().splitlines()[0] if error.orig else type(error).__name__
        fault = next((said for signs, said in _FAULTS if any(sign in words for sign in signs)), None)
        if not (fault or error.connection_invalidated or isinstance(error, OperationalError | InterfaceError)):
            raise
        where = engine.url.database if engine.dialect.name == "sqlite" else engine.url.render_as_string()
        raise Unavailable((fault or _AWAY).format(where=where, words=words)) from error
