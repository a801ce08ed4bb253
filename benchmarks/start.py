"""What a person waits for `tracker task list` in a home with a few hundred tasks, beside the import of SQLModel alone.

Nothing that asks the database can be quicker than that import; what stands above it is ours. Both are processes of
their own and take turns.
"""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.agency import found
from benchmarks.rows import Growth, Row
from benchmarks.stage import home

TASKS, UNITS = 300, 20
TARGET = 0.35


def rows(*, quick: bool) -> Iterator[Row]:
    """Yield how many seconds the listing takes more than the import."""
    ours: list[float] = []
    other: list[float] = []
    with home() as place:
        services = place.services()
        found(services, UNITS).add_later(TASKS)
        services.close()
        env = {**os.environ, **place.settings, "COLUMNS": "80"}
        for _ in range(1 if quick else 15):
            ours.append(_seconds(str(Path(sys.executable).with_name("tracker")), "task", "list", env=env))
            other.append(_seconds(sys.executable, "-c", "import sqlmodel", env=env))
    what = f"tracker task list, {TASKS} tasks"
    yield Growth(what, "import sqlmodel", "s", ours, other, TARGET, at_least=False, note="difference in s")


def _seconds(*command: str, env: dict[str, str]) -> float:
    began = time.perf_counter()
    subprocess.run(command, env=env, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - began
