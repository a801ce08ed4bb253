"""One database that is set back for each example: a new engine for each would compile every query anew."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from hypothesis import HealthCheck, settings

from tests.builders import World
from tests.fakes import FakeClock
from tracker.store.session import Store

whole_life = settings(suppress_health_check=[HealthCheck.too_slow])
"""For tests that live through weeks on a real database: some tenths of a second for each is what that takes."""


class Studio:
    """Worlds one after the other on one SQLite file, each beginning with a scene that is built once."""

    def __init__(self, folder: Path, empty: Path) -> None:
        self._folder = folder
        self._file = folder / "tracker.db"
        self._scenes = {"": _in_memory(empty)}
        self._file.write_bytes(empty.read_bytes())
        self.store = Store(f"sqlite:///{self._file}")

    def world(self, at: str, scene: str = "", build: Callable[[World], object] = lambda _: None) -> World:
        """Return a world at a moment with nothing in it but a scene; `build` makes that when it is new."""
        if scene not in self._scenes:
            build(self._emptied("", at))
            self._scenes[scene] = _in_memory(self._file)
        return self._emptied(scene, at)

    def close(self) -> None:
        self.store.close()
        for kept in self._scenes.values():
            kept.close()

    def _emptied(self, scene: str, at: str) -> World:
        with closing(sqlite3.connect(self._file)) as connection:
            self._scenes[scene].backup(connection)
        home = self._folder / "home"
        shutil.rmtree(home, ignore_errors=True)
        return World(self.store, FakeClock(at), home)


def _in_memory(file: Path) -> sqlite3.Connection:
    kept = sqlite3.connect(":memory:", check_same_thread=False)
    with closing(sqlite3.connect(file)) as connection:
        connection.backup(kept)
    return kept
