"""What a restore refuses, and that nothing is changed then: not a row, not a file."""

import json
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from random import Random
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from sqlalchemy import text

from tests.builders import World
from tests.usecases.backups import Parts, lived, opened, restored, tampered, without_restore
from tracker.errors import NotFound, Refused
from tracker.store.schema import HEAD, upgrade
from tracker.store.session import Store
from tracker.store.tables import PersonRow, TaskRow
from tracker.usecases.back_up import back_up
from tracker.usecases.read_trail import prove_trail


@pytest.fixture
def taken(world: World, tmp_path: Path) -> Path:
    """A backup of an agency with everything in it."""
    lived(world, tmp_path)
    back_up(world.services, tmp_path / "ita.zip")
    return tmp_path / "ita.zip"


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'other.db'}"


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    return tmp_path / "elsewhere"


def is_untouched(home: Path, url: str) -> bool:
    """Say whether a home that was empty is so still."""
    files = [path for path in home.rglob("*") if path.is_file()] if home.exists() else []
    there = opened(url, home)
    if there.store.is_missing():
        return files == []
    with there.store.engine.connect() as connection:
        return files == [] and not connection.dialect.get_table_names(connection)


def table(manifest: dict[str, Any], name: str) -> dict[str, Any]:
    found: dict[str, Any] = next(each for each in manifest["tables"] if each["shape"]["name"] == name)
    return found


def rows(parts: Parts, name: str) -> list[list[Any]]:
    return [json.loads(line) for line in parts[f"tables/{name}.jsonl"].splitlines()]


def put(manifest: dict[str, Any], parts: Parts, name: str, changed: list[list[Any]]) -> None:
    parts[f"tables/{name}.jsonl"] = b"".join(json.dumps(row).encode() + b"\n" for row in changed)
    table(manifest, name)["rows"] = len(changed)


def changed(name: str, column: str, value: object) -> Callable[[dict[str, Any], Parts], None]:
    """Return a tampering that puts a value into a table's second row, or its only one."""

    def change(manifest: dict[str, Any], parts: Parts) -> None:
        found = rows(parts, name)
        place = [each[0] for each in table(manifest, name)["shape"]["columns"]].index(column)
        found[min(1, len(found) - 1)][place] = value
        put(manifest, parts, name, found)

    return change


def a_file(place: str, content: bytes = b"x") -> Callable[[dict[str, Any], Parts], None]:
    def change(manifest: dict[str, Any], parts: Parts) -> None:
        parts[place] = content
        manifest["files"].append({"name": place, "bytes": 0, "sha256": ""})

    return change


def a_lie(manifest: dict[str, Any], _parts: Parts) -> None:
    part = table(manifest, "task")["part"]
    part |= {"bytes": part["bytes"] + 1, "as_it_is": True}


def a_bomb(manifest: dict[str, Any], parts: Parts) -> None:
    """One line of 200 MB without an end, in a few hundred kilobytes."""
    parts["tables/unit.jsonl"] = b"[" + b" " * (200 << 20)


def deep(manifest: dict[str, Any], parts: Parts) -> None:
    parts["tables/unit.jsonl"] = b"[" * 100_000 + b"\n"


def another_table(manifest: dict[str, Any], parts: Parts) -> None:
    parts["tables/alembic_version.jsonl"] = b'["9999"]\n'
    part = {"name": "tables/alembic_version.jsonl", "bytes": 0, "sha256": ""}
    shape = {"name": "alembic_version", "columns": [["version_num", "text"]]}
    manifest["tables"].append({"shape": shape, "rows": 1, "part": part})


def no_audit(manifest: dict[str, Any], parts: Parts) -> None:
    manifest["tables"].remove(table(manifest, "audit"))
    del parts["tables/audit.jsonl"]


def without_numbers(manifest: dict[str, Any], parts: Parts) -> None:
    """Drop the first column of the trail."""
    left = [row[1:] for row in rows(parts, "audit")]
    table(manifest, "audit")["shape"]["columns"].pop(0)
    put(manifest, parts, "audit", left)


def fewer_rows(manifest: dict[str, Any], parts: Parts) -> None:
    put(manifest, parts, "audit", rows(parts, "audit")[:-1])


TAMPERINGS: dict[str, tuple[Callable[[dict[str, Any], Parts], None], str]] = {
    "another actor in the trail": (changed("audit", "actor", "somebody"), "audit trail"),
    "the trail's end cut off": (fewer_rows, "audit trail"),
    "a trail without numbers": (without_numbers, "“id” is missing"),
    "half a letter in the trail": (changed("audit", "actor", "\ud800"), "audit trail"),
    "half a letter in a name": (changed("unit", "name", "\ud800"), "does not take"),
    "no trail": (no_audit, "audit trail"),
    "a count that is a lie": (lambda manifest, _: table(manifest, "task").update(rows=99), "not what was written"),
    "a size that is a lie": (a_lie, "bytes"),
    "a word that nobody knows": (changed("task", "status", "forgotten"), "CHECK constraint failed"),
    "a reference to nothing": (changed("post", "person_id", 99), "refer"),
    "a text where a number belongs": (changed("task", "cycle", "2"), "holds no whole"),
    "a day that is none": (changed("task", "due", "2022-02-31"), "day"),
    "an instant without a zone": (changed("task", "opened_at", "2022-01-01T00:00:00"), "has no zone"),
    "a missing part": (lambda _, parts: parts.pop("tables/unit.jsonl"), "parts are not those"),
    "one part more": (lambda _, parts: parts.update(more=b"x"), "parts are not those"),
    "another table": (another_table, "tables are not those"),
    "a kind of column unknown": (
        lambda manifest, _: table(manifest, "unit")["shape"]["columns"][0].__setitem__(1, "blob"), "“blob”",
    ),
    "a path that climbs out": (a_file("files/templates/../../../climbed"), "no place for"),
    "a template that is the folder above": (a_file("files/templates/.."), "no place for"),
    "a template that is the folder itself": (a_file("files/templates/."), "no place for"),
    "an absolute path": (a_file("/etc/absolute"), "no place for"),
    "settings": (a_file("files/tracker.toml", b'line_token = "x"'), "no place for"),
    "evidence under another's name": (a_file(f"files/evidence/{'0' * 64}"), "not the evidence"),
    "a bomb": (a_bomb, "does not end"),
    "lists in lists in lists": (deep, "damaged"),
    "no manifest worth the name": (lambda manifest, _: manifest.pop("trail"), "“trail” is missing"),
}  # fmt: skip


@pytest.mark.parametrize("tampering", TAMPERINGS.values(), ids=TAMPERINGS.keys())
def test_a_backup_that_was_tampered_with_is_refused_whole(
    taken: Path, tmp_path: Path, url: str, elsewhere: Path, tampering: tuple[Callable[..., None], str]
) -> None:
    change, said = tampering
    with pytest.raises(Refused, match=said):
        restored(tampered(taken, change, tmp_path / "tampered.zip"), url, elsewhere)
    assert is_untouched(elsewhere, url)
    assert not (tmp_path / "climbed").exists()


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [("format", "tracker.backup/2", "newer program"), ("schema", "9999", "version 9999.*newer program")],
)
def test_a_newer_backup_is_refused(
    taken: Path, tmp_path: Path, url: str, elsewhere: Path, key: str, value: str, said: str
) -> None:
    newer = tampered(taken, lambda manifest, _: manifest.update({key: value}), tmp_path / "newer.zip")
    with pytest.raises(Refused, match=said):
        restored(newer, url, elsewhere)
    assert is_untouched(elsewhere, url)


def test_an_older_backup_is_restored_and_brought_up_to_date(
    world: World, taken: Path, tmp_path: Path, url: str, elsewhere: Path
) -> None:
    """Version 0004 kept what a message says in the message, knew no `incidents`, and had fewer indexes."""

    def age(manifest: dict[str, Any], parts: Parts) -> None:
        manifest["schema"] = "0004"
        words = {message_id: said for message_id, *said in rows(parts, "wording")}
        columns = table(manifest, "message")["shape"]["columns"]
        place = [name for name, _ in columns].index("incidents")
        older = [[*row[:place], *row[place + 1 :], *words.get(row[0], [None] * 5)] for row in rows(parts, "message")]
        columns[:] = columns[:place] + columns[place + 1 :] + table(manifest, "wording")["shape"]["columns"][1:]
        put(manifest, parts, "message", older)
        for each in [each for each in manifest["tables"] if each["shape"]["name"] in NEWER]:
            manifest["tables"].remove(each)
            del parts[each["part"]["name"]]

    restored(tampered(taken, age, tmp_path / "older.zip"), url, elsewhere)
    there = opened(url, elsewhere)
    assert without_restore(there.dump()) == without_restore(world.dump())
    with there.store.engine.connect() as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar() == HEAD


NEWER = {"evidence_check", "wording"}
"""Tables that version 0004 did not have."""


def test_each_byte_that_is_lost_or_changed_is_found_or_harmless(
    world: World, taken: Path, tmp_path: Path, elsewhere: Path
) -> None:
    draw, whole, wanted, refusals = Random(2569), taken.read_bytes(), without_restore(world.dump()), 0
    damaged = tmp_path / "damaged.zip"
    for n in range(60):
        content = bytearray(whole)
        if n % 3 == 0:
            del content[draw.randrange(len(content)) :]
        else:
            content[draw.randrange(len(content))] ^= 1 << draw.randrange(8)
        damaged.write_bytes(content)
        url = f"sqlite:///{tmp_path / f'{n}.db'}"
        with suppress(Refused):
            restored(damaged, url, elsewhere / str(n))
            assert without_restore(opened(url, elsewhere / str(n)).dump()) == wanted
            continue
        refusals += 1
        assert is_untouched(elsewhere / str(n), url)
    assert refusals > 50


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"not a zip" * 1000])
def test_what_is_no_backup_is_refused(tmp_path: Path, url: str, elsewhere: Path, content: bytes) -> None:
    (tmp_path / "no.zip").write_bytes(content)
    with pytest.raises(Refused, match=r"no.zip is no backup"):
        restored(tmp_path / "no.zip", url, elsewhere)
    with pytest.raises(NotFound):
        restored(tmp_path / "nowhere.zip", url, elsewhere)
    assert is_untouched(elsewhere, url)


def test_another_zip_is_refused(tmp_path: Path, url: str, elsewhere: Path) -> None:
    with ZipFile(tmp_path / "other.zip", "w", ZIP_DEFLATED) as packed:
        packed.writestr("readme.txt", "hello")
    with pytest.raises(Refused, match=r"other.zip is damaged .*manifest.json"):
        restored(tmp_path / "other.zip", url, elsewhere)


def test_a_home_with_an_agency_in_it_is_kept_unless_told_otherwise(
    both: World, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """With `replace` what was there can be brought back itself."""
    lived(both, tmp_path)
    url = both.store.engine.url.render_as_string(hide_password=False)
    back_up(both.services, tmp_path / "ita.zip")
    both.act("waive", 4, reason="ยกเลิก")
    before = both.dump()
    with pytest.raises(Refused, match="--replace"):
        restored(tmp_path / "ita.zip", url, both.home)
    assert both.dump() == before
    done = restored(tmp_path / "ita.zip", url, both.home, replace=True)
    assert both.task(4).status == "open"
    assert done.kept is not None
    assert done.kept.parent == both.home
    restored(done.kept, url, both.home, replace=True, at="2022-11-03 12:05")
    assert without_restore(both.dump()) == without_restore(before)
    assert both.task(4).status == "waived"
    assert prove_trail(both.services).entries == len(before["audit"]) + 1


def test_a_policy_of_the_home_is_not_written_over(taken: Path, tmp_path: Path, url: str, elsewhere: Path) -> None:
    (elsewhere / "templates").mkdir(parents=True)
    (elsewhere / "templates" / "mail.txt").write_text("another", encoding="utf-8")
    with pytest.raises(Refused, match=r"another templates/mail.txt.*--replace"):
        restored(taken, url, elsewhere)
    assert (elsewhere / "templates" / "mail.txt").read_text(encoding="utf-8") == "another"


def test_a_restore_that_fails_at_its_end_leaves_what_was_there(both: World, taken: Path, tmp_path: Path) -> None:
    """A folder stands where a file of the home belongs: by then every row is in."""
    if not both.rows(PersonRow):
        both.begins()
    url, before = both.store.engine.url.render_as_string(hide_password=False), both.dump()
    home = tmp_path / "another home"
    with ZipFile(taken) as packed:
        (evidence,) = [name for name in packed.namelist() if name.startswith("files/evidence/")]
    (home / evidence.removeprefix("files/")).mkdir(parents=True)
    with pytest.raises(Refused, match="cannot be written"):
        restored(taken, url, home, replace=True)
    assert both.dump() == before
    assert both.rows(TaskRow)


def test_a_restore_that_fails_at_its_end_puts_back_the_files_that_it_replaced(taken: Path, tmp_path: Path) -> None:
    home = tmp_path / "another home"
    with ZipFile(taken) as packed:
        (evidence,) = [name for name in packed.namelist() if name.startswith("files/evidence/")]
    (home / evidence.removeprefix("files/")).mkdir(parents=True)  # a folder, where the last file belongs
    (home / "templates").mkdir()
    (home / "templates" / "mail.txt").write_text("another", encoding="utf-8")
    upgrade(Store(url := f"sqlite:///{tmp_path / 'other.db'}"))
    with pytest.raises(Refused, match="cannot be written"):
        restored(taken, url, home, replace=True)
    assert (home / "templates" / "mail.txt").read_text(encoding="utf-8") == "another"
    assert [path.name for path in home.iterdir() if path.name.startswith(".")] == []


def test_settings_that_no_file_can_hold_leave_the_home_as_it_was(
    taken: Path, tmp_path: Path, url: str, elsewhere: Path
) -> None:
    """They come last, when every row and every file is in."""
    broken = tampered(taken, lambda manifest, _: manifest["settings"].update(agency={"a": 1}), tmp_path / "broken.zip")
    with pytest.raises(Refused, match=r"tracker.toml cannot take agency"):
        restored(broken, url, elsewhere)
    assert is_untouched(elsewhere, url)
