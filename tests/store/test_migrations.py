"""The schema: one head, the same as the models, safe to bring up twice and from two places at once."""

from collections.abc import Callable, Iterator
from importlib import resources
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import CheckConstraint, inspect, text
from sqlalchemy.exc import IntegrityError
from sqlmodel import SQLModel

from tests.fakes import at_once
from tracker.domain.people import CLIMB, ROLES
from tracker.domain.tasks import STATUSES
from tracker.errors import Misconfigured, Refused, Unavailable
from tracker.store.schema import HEAD, require_current, upgrade
from tracker.store.session import Store
from tracker.store.tables import MESSAGE_KINDS
from tracker.store.types import MessageStatus


@pytest.fixture(params=["sqlite", "postgres"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[], Store]]:
    """Open the same database, with nothing in it yet, as often as wanted."""
    sqlite = request.param == "sqlite"
    url = f"sqlite:///{tmp_path / 'new.db'}" if sqlite else request.getfixturevalue("postgres_url")
    opened: list[Store] = []

    def open_one() -> Store:
        opened.append(Store(url))
        return opened[-1]

    yield open_one
    for store in opened:
        store.close()


def script() -> ScriptDirectory:
    config = Config()
    config.set_main_option("script_location", str(resources.files("tracker.store") / "migrations"))
    config.set_main_option("path_separator", "os")
    return ScriptDirectory.from_config(config)


def test_there_is_one_head_and_it_is_the_one_the_program_asks_for() -> None:
    assert script().get_heads() == [HEAD]


def test_each_migration_follows_the_one_before() -> None:
    assert all(not revision.is_merge_point for revision in script().walk_revisions())


def test_models_and_migrations_agree(store: Store) -> None:
    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, SQLModel.metadata) == []


def test_the_checks_of_models_and_migrations_agree(store: Store) -> None:
    found = inspect(store.engine)
    for table in SQLModel.metadata.sorted_tables:
        wanted = {each.name for each in table.constraints if isinstance(each, CheckConstraint)}
        assert {each["name"] for each in found.get_check_constraints(table.name)} == wanted, table.name


@pytest.mark.parametrize(
    ("table", "column", "words"),
    [
        ("message", "status", tuple(MessageStatus)),
        ("message", "kind", MESSAGE_KINDS),
        ("task", "status", STATUSES),
        ("post", "role", ROLES),
        ("notice", "audience", CLIMB),
    ],
)
def test_a_check_holds_a_column_to_exactly_the_words_of_the_code(
    lite: Store, table: str, column: str, words: tuple[str, ...]
) -> None:
    checks = {each["name"]: each["sqltext"] for each in inspect(lite.engine).get_check_constraints(table)}
    held = checks[f"ck_{table}_{column}_known"]
    assert sorted(held.split("(", 1)[1].rstrip(")").replace("'", "").split(", ")) == sorted(map(str, words))


def test_a_word_that_nobody_knows_is_refused_by_the_database(store: Store) -> None:
    insert = text("INSERT INTO person (name, key, channels, lang) VALUES ('ก', 'ก', '[]', 'xx')")
    with pytest.raises(IntegrityError, match="lang_known"), store.writing() as session:
        session.execute(insert)


def test_upgrading_twice_is_harmless(empty: Callable[[], Store]) -> None:
    store = empty()
    upgrade(store)
    before = inspect(store.engine).get_table_names()
    upgrade(store)
    require_current(store)
    assert inspect(store.engine).get_table_names() == before


def test_two_upgrades_at_once_are_harmless(empty: Callable[[], Store]) -> None:
    at_once(*[lambda store=empty(): upgrade(store) for _ in range(3)])
    require_current(empty())


def test_a_database_never_made_says_what_to_run(empty: Callable[[], Store]) -> None:
    with pytest.raises(Refused, match="tracker init"):
        require_current(empty())


def test_a_database_of_another_version_is_not_worked_on(store: Store) -> None:
    with store.writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(Refused, match="version 9999"):
        require_current(store)


@pytest.mark.parametrize("url", ["nonsense", "mysql://u:hush@h/d", "postgresql+nodriver://u:hush@h/d"])
def test_a_database_address_that_cannot_be_used_is_explained_without_its_password(url: str) -> None:
    with pytest.raises(Misconfigured, match="TRACKER_DATABASE_URL") as refused:
        Store(url)
    assert "hush" not in str(refused.value)


def test_a_database_that_does_not_answer_is_one_sentence_without_its_password() -> None:
    store = Store("postgresql+psycopg://u:hush@127.0.0.1:1/none")
    with pytest.raises(Unavailable, match="does not answer") as refused, store.reading() as session:
        session.execute(text("SELECT 1"))
    assert "hush" not in str(refused.value)
    store.close()


def test_a_file_that_is_no_database_is_one_sentence_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "t.db").write_text("no database" * 1000)
    store = Store(f"sqlite:///{tmp_path / 't.db'}")
    with pytest.raises(Unavailable, match=rf"{tmp_path / 't.db'} is damaged .* backup"), store.reading() as session:
        session.execute(text("SELECT 1"))
    store.close()


def test_a_database_in_a_place_where_nothing_can_be_written_is_one_sentence(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path}")
    with pytest.raises(Unavailable, match=r"cannot be used .* write to it"), store.reading() as session:
        session.execute(text("SELECT 1"))
    store.close()


def test_a_writer_that_fails_leaves_nothing_behind(store: Store) -> None:
    insert = text("INSERT INTO unit (name, key) VALUES ('ก', 'ก')")
    with pytest.raises(IntegrityError), store.writing() as session:  # noqa: PT012 - the first write is the point
        session.execute(insert)
        session.execute(insert)  # the same key again
    with store.reading() as session:
        assert session.execute(text("SELECT count(*) FROM unit")).scalar() == 0


def test_what_is_read_in_a_reading_is_never_stored(store: Store) -> None:
    with store.reading() as session:
        session.execute(text("INSERT INTO unit (name, key) VALUES ('ก', 'ก')"))
    with store.reading() as session:
        assert session.execute(text("SELECT count(*) FROM unit")).scalar() == 0


def test_readers_of_a_sqlite_file_do_not_stop_its_writer(lite: Store) -> None:
    with lite.reading() as reader:
        assert reader.execute(text("PRAGMA journal_mode")).scalar() == "wal"
        assert reader.execute(text("SELECT count(*) FROM unit")).scalar() == 0
        with lite.writing() as writer:
            writer.execute(text("INSERT INTO unit (name, key) VALUES ('ก', 'ก')"))
        assert reader.execute(text("SELECT count(*) FROM unit")).scalar() == 0
