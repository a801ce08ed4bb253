"""What is made from the program is what the program would make, and what is said of its JSON is so."""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer.main

from docs.__main__ import HERE, stale
from docs.ladder_picture import ladder_picture, rows_of
from docs.reference import leaves, reference
from docs.settings_told import SETTINGS
from docs.shapes import SHAPES
from schedules.ladders import parse_ladder, shipped_ladder
from tests.cli.conftest import PLAN, Program, bare, filled, tracker  # noqa: F401 - fixtures
from tests.cli.test_shapes import swept
from tracker.cli.main import app
from tracker.settings import _KEYS

AT = ("--now", "2025-12-10T09:00")
RUN = {
    "plan read": (str(PLAN),), "plan check": (str(PLAN),), "plan explain": ("ภายใน ๗ วันทำการนับแต่วันที่ประกาศ",),
    "plan show": ("1",), "task list": AT, "task show": ("1",), "preview": AT, "status": AT, "message show": ("1",),
    "holiday list": ("2569",),
}  # fmt: skip
OPEN_WORLD = {"doctor", "watch", "evidence check", "report o43", "report year"}
"""They ask the machine, or are described in reports.md, which tests of their own hold."""


def keys_of(value: Any, *, of_names: bool = False) -> Iterator[str]:
    """Yield the keys of a JSON value; those that are names of units, states or channels left out."""
    if isinstance(value, list):
        for each in value:
            yield from keys_of(each)
    elif isinstance(value, dict):
        for key, each in value.items():
            if not of_names:
                yield key
            if key not in {"detail", "states", "units", "messages_waiting", "escalated"}:
                yield from keys_of(each, of_names=key == "kinds")


def test_nothing_that_is_made_from_the_program_is_stale() -> None:
    assert stale() == [], "python -m docs"


def test_the_check_says_so_and_ends_with_1_when_it_is(tmp_path: Path) -> None:
    shutil.copytree(HERE, tmp_path / "docs")
    page = tmp_path / "docs" / "reference.md"
    page.write_text(page.read_text(encoding="utf-8").replace("tracker task done", "tracker task undone"))
    check = [sys.executable, "-m", "docs", "--check"]
    ran = subprocess.run(check, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout) == (1, "docs/reference.md is stale: python -m docs\n")


def test_every_setting_is_told_and_no_other() -> None:
    for told in SETTINGS.values():
        assert set(told) == {"home", *_KEYS}


def test_the_reference_can_be_written_in_thai() -> None:
    page = reference("th", lambda text: f"ไทย {text}")
    assert "ไทย Move the due date" in page
    assert "ต้องระบุ" in page
    assert "Required." not in page


def test_every_command_that_prints_json_has_its_shape() -> None:
    found = {" ".join(path) for path, each in leaves(typer.main.get_command(app)) if "as_json" in _names(each)}
    assert set(SHAPES) == found


@pytest.mark.parametrize("command", sorted(set(SHAPES) - OPEN_WORLD))
def test_the_shape_of_json_names_every_key_that_is_printed(command: str, filled: Program) -> None:  # noqa: F811
    swept(filled)
    filled.done("leave", "add", "นายตัวอย่าง กองคลัง", "--from", "2026-12-01", "--until", "2026-12-05",
                "--substitute", "นางผู้อำนวยการ กองคลัง")  # fmt: skip
    filled.done("task", "submit", "1", "--evidence", "https://www.example.org/report.pdf")
    printed = set(keys_of(json.loads(filled.done(*command.split(), *RUN.get(command, ()), "--json"))))
    named = set(re.findall(r'"(\w+)"(?=[:,}\]]| \()', SHAPES[command]))
    if command == "status":
        named |= set(re.findall(r'"(\w+)"(?=[:,}\]])', SHAPES["task list"]))
    assert printed
    assert printed <= named
    assert first_keys(SHAPES[command]) <= printed


def first_keys(shape: str) -> set[str]:
    """Return the keys before the first nested value: those of the value itself."""
    return set(re.findall(r'"(\w+)":', shape.lstrip("[").split("{", 2)[1]))


def test_the_picture_shows_each_rung_once_in_order() -> None:
    rungs = shipped_ladder().rungs
    assert [rung for row in rows_of(rungs) for rung in row.rungs] == list(rungs)


def test_the_picture_follows_the_ladder() -> None:
    own = parse_ladder(
        'promises = 1\npromise_days = 7\n[[rung]]\nname = "a"\nbefore = 21\naudience = ["owner"]\ntone = "coming"\n'
        '[[rung]]\nname = "b"\nafter = 5\naudience = ["owner", "executive"]\ntone = "follow-up"\nfollow_up = 1\n'
    )
    picture = ladder_picture(own, "th")
    assert "ก่อนครบกำหนด ๒๑ วัน" in picture
    assert "เลยกำหนด ๕ วันทำการ" in picture
    assert "ติดตามครั้งที่ ๑" in picture
    assert "๓๐" not in picture


def _names(command: Any) -> set[str]:
    return {each.name for each in command.params}
