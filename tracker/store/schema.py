"""The schema's version: upgrade it, and refuse to work on another one."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import resources
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import DBAPIError

from tracker.errors import Refused, Unavailable
from tracker.store.session import Store
from tracker.store.tables import AuditRow

if TYPE_CHECKING:
    from alembic.config import Config

HEAD = "0007"
"""The newest migration; a test proves that it is the only head."""

_LOCK = 0x17A_7AC6  # any number that is ours: two migrators must not run at once


def upgrade(store: Store) -> None:
    """Bring the schema to HEAD; safe to repeat and to run from two places at once."""
    with changing(store) as connection:
        bring_to(connection, "head")


@contextmanager
def changing(store: Store) -> Iterator[Connection]:
    """Yield the one transaction in which the schema may change; nobody else changes it meanwhile."""
    with store.answered(), store.engine.connect() as connection, _rebuilding(connection), connection.begin():
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
        yield connection
        check_references(connection)


def bring_to(connection: Connection, revision: str) -> None:
    """Bring the schema forward to a revision, in the transaction of `changing`."""
    from alembic import command

    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def make_anew(connection: Connection, revision: str) -> None:
    """Drop our tables with all that they hold and make those of a revision, in the transaction of `changing`."""
    AuditRow.metadata.drop_all(connection)
    connection.execute(text("DROP TABLE IF EXISTS alembic_version"))
    bring_to(connection, revision)


def revisions() -> frozenset[str]:
    """Return every revision that this program can bring forward."""
    from alembic.script import ScriptDirectory

    return frozenset(each.revision for each in ScriptDirectory.from_config(_config()).walk_revisions())


def _config() -> "Config":
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(resources.files("tracker.store") / "migrations"))
    config.set_main_option("path_separator", "os")
    return config


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


def check_references(connection: Connection) -> None:
    """Raise Refused when SQLite holds a row that refers to nothing, which it does not look at while `changing`."""
    if connection.dialect.name == "sqlite" and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
        raise Refused(f"The database could not be brought to version {HEAD}: rows refer to others that are not there.")


def require_current(store: Store) -> None:
    """Raise Refused, with what to run, unless the schema is at HEAD."""
    if store.is_missing():  # asking SQLite would make an empty file
        raise Refused("This home holds no database yet: run `tracker init` first.")
    with store.reading() as session:
        found = version(session.connection())
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


def version(connection: Connection) -> str | None:
    """Return the revision that the database is at, None when it was never made."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
