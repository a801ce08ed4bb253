"""The schema's version: upgrade it, and refuse to work on another one."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import resources

from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import DBAPIError

from tracker.errors import Refused, Unavailable
from tracker.store.session import Store

HEAD = "0008"
"""The newest migration; a test proves that it is the only head."""

_LOCK = 0x17A_7AC6  # any number that is ours: two migrators must not run at once


def upgrade(store: Store) -> None:
    """Bring the schema to HEAD; safe to repeat and to run from two places at once."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(resources.files("tracker.store") / "migrations"))
    config.set_main_option("path_separator", "os")
    with store.engine.connect() as connection, _rebuilding(connection), connection.begin():
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        _check_references(connection)


@contextmanager
def _rebuilding(connection: Connection) -> Iterator[None]:
    """Let a migration build SQLite tables anew, which drops them first: references are checked at the end instead."""
    raw = connection.connection.driver_connection if connection.dialect.name == "sqlite" else None
    if raw is not None:
        raw.execute("PRAGMA foreign_keys=OFF")  # has no effect inside a transaction
    try:
        yield
    finally:
        if raw is not None:
            raw.execute("PRAGMA foreign_keys=ON")


def _check_references(connection: Connection) -> None:
    """Raise Refused, so that everything is rolled back, when a migration left a row that refers to nothing."""
    if connection.dialect.name == "sqlite" and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
        raise Refused(f"The database could not be brought to version {HEAD}: rows refer to others that are not there.")


def require_current(store: Store) -> None:
    """Raise Refused, with what to run, unless the schema is at HEAD."""
    if store.is_missing():  # asking SQLite would make an empty file
        raise Refused("This home holds no database yet: run `tracker init` first.")
    with store.reading() as session:
        found = _version(session.connection())
    if found is None:
        raise Refused("This home holds no database yet: run `tracker init` first.")
    if found != HEAD:
        raise Refused(
            f"The database is at version {found}, this program needs {HEAD}: "
            "run `tracker init`, or use the newer program."
        )


def prove_writing(store: Store) -> None:
    """Write something and take it back; raises Unavailable when the database takes no changes."""
    try:
        with store.writing() as session:
            session.execute(text("UPDATE alembic_version SET version_num = version_num"))
            session.rollback()
    except DBAPIError as error:  # such as a standby, or a role that may only read
        raise Unavailable(
            f"The database takes no changes ({error.orig}): let the user of TRACKER_DATABASE_URL write to it."
        ) from None


def _version(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
