"""The `tracker` program in this process: its own `run`, with arguments, settings and streams of a test."""

import os
import sqlite3
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.fakes import FakeClock
from tracker.bootstrap import build
from tracker.cli.main import run
from tracker.delivery import redaction
from tracker.intake.people_file import read_people
from tracker.intake.reading import read_plan
from tracker.usecases.import_people import import_people
from tracker.usecases.import_plan import import_plan

SAMPLE = Path(__file__).parents[2] / "workers" / "sample"
PLAN, PEOPLE = SAMPLE / "plan.txt", SAMPLE / "people.csv"


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str

    @property
    def complaint(self) -> str:
        """Return the one line on stderr; anything else there is wrong."""
        lines = self.err.strip().splitlines()
        assert len(lines) == 1, self.err
        assert "Traceback" not in self.err
        return lines[0]


class Program:
    """Runs commands; `dump` is everything that the home's database holds."""

    def __init__(self, home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        self.home, self._capsys, self._patch = home, capsys, monkeypatch
        monkeypatch.setenv("TRACKER_HOME", str(home))
        monkeypatch.setenv("COLUMNS", "200")
        monkeypatch.setenv("LC_ALL", "C.UTF-8")
        monkeypatch.setenv("NO_COLOR", "1")
        monkeypatch.setattr(redaction, "_known", set())  # secrets of one test are nothing to the next one's process
        monkeypatch.setattr(redaction, "_secrets", None)

    def setting(self, name: str, value: str) -> None:
        self._patch.setenv(name, value)

    def __call__(self, *args: str | Path | int) -> Ran:
        self._patch.setattr(sys, "argv", ["tracker", *map(str, args)])
        self._capsys.readouterr()
        code = 0
        try:
            run()
        except SystemExit as ended:
            code = int(ended.code or 0)
        out, err = self._capsys.readouterr()
        return Ran(code, out, err)

    def done(self, *args: str | Path | int) -> str:
        """Run what must go well and return what it printed."""
        ran = self(*args)
        assert ran.code == 0, ran.err
        return ran.out

    def dump(self) -> list[str]:
        with sqlite3.connect(self.home / "tracker.db") as connection:
            return list(connection.iterdump())


@pytest.fixture
def bare(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Program:
    """A program whose home was never made."""
    monkeypatch.chdir(tmp_path)
    return Program(tmp_path / "home", capsys, monkeypatch)


@pytest.fixture
def tracker(bare: Program, empty_sqlite: Path) -> Program:
    """A program with a fresh home."""
    bare.home.mkdir()
    (bare.home / "tracker.db").write_bytes(empty_sqlite.read_bytes())
    return bare


@pytest.fixture
def filled(tracker: Program) -> Program:
    """A program whose home holds the sample people and plan, imported when its fiscal year began."""
    services = build(clock=FakeClock("2025-10-01 09:00"), sending=False)
    import_people(services, read_people(PEOPLE, ()), file=PEOPLE.name, actor="test")
    import_plan(services, read_plan(PLAN), actor="test")
    services.close()
    return tracker


@pytest.fixture
def subprocess_env(tmp_path: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TRACKER_")}
    return {**kept, "TRACKER_HOME": str(tmp_path / "home"), "PYTHONUTF8": "1"}
