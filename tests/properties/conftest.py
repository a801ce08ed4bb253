"""A studio for property tests, on memory when the machine lets us: thousands of commits wait for a disk."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.properties.studio import Studio

MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of our own is made in it


@pytest.fixture
def studio(tmp_path: Path, empty_sqlite: Path) -> Iterator[Studio]:
    folder = Path(tempfile.mkdtemp(dir=MEMORY)) if MEMORY.is_dir() else tmp_path
    studio = Studio(folder, empty_sqlite)
    yield studio
    studio.close()
    if folder != tmp_path:
        shutil.rmtree(folder)
