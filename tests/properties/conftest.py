"""A studio for property tests, on memory when the machine lets us: thousands of commits wait for a disk."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.properties.studio import Studio

MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of our own is made in it


@pytest.fixture(scope="session")
def studio(empty_sqlite: Path) -> Iterator[Studio]:
    with tempfile.TemporaryDirectory(prefix="tracker-studio-", dir=MEMORY if MEMORY.is_dir() else None) as folder:
        studio = Studio(Path(folder), empty_sqlite)
        yield studio
        studio.close()
