import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Program
from tracker.cli.language import language

THAI = {"LC_ALL": "th_TH.UTF-8"}


@pytest.mark.parametrize(
    ("environ", "read"),
    [
        ({}, "en"),
        ({"LANG": "th_TH.UTF-8"}, "th"),
        ({"LANG": "th"}, "th"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "fr_FR.UTF-8"}, "en"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "th_TH.UTF-8", "LC_MESSAGES": "en_US.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "th_TH.UTF-8"}, "th"),
        ({"LC_MESSAGES": "th_TH", "LC_ALL": "POSIX"}, "en"),
        ({"LC_ALL": "th_TH", "LC_MESSAGES": "en_US"}, "th"),
        ({"LC_ALL": "", "LANG": "th_TH"}, "th"),
        ({"LANG": "en_US.UTF-8", "LANGUAGE": "th"}, "th"),
        ({"LANG": "th_TH.UTF-8", "LANGUAGE": "en:th"}, "en"),
        ({"LANG": "en_US.UTF-8", "LANGUAGE": "fr:th:en"}, "th"),
        ({"LANG": "C", "LANGUAGE": "th"}, "en"),
        ({"LANGUAGE": "th"}, "en"),
    ],
)
def test_the_first_locale_that_is_set_says_the_language(environ: dict[str, str], read: str) -> None:
    assert language(environ) == read


def help_of(*args: str, environ: dict[str, str]) -> str:
    """Return what a terminal of 80 columns is given by a process of its own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "COLUMNS"))}
    reader, writer = pty.openpty()
    with os.fdopen(reader, "rb", closefd=True) as screen:
        subprocess.run(
            [Path(sys.executable).with_name("tracker"), *args, "--help"],
            stdout=writer,
            env={**kept, "PYTHONUTF8": "1", "TERM": "xterm", **environ},
            check=True,
        )
        os.close(writer)
        said = b""
        try:
            while piece := screen.read1(65536):
                said += piece
        except OSError:  # how Linux says that nobody writes to it any more
            pass
    return re.sub(r"\x1b\[[0-9;]*m", "", said.decode()).replace("\r\n", "\n")


@pytest.mark.parametrize("path", [(), ("task",), ("task", "done"), ("people", "import"), ("up",)], ids=" ".join)
def test_thai_help_has_no_english_left_but_what_is_typed_and_fits_the_screen(path: tuple[str, ...]) -> None:
    from rich.cells import cell_len

    page = help_of(*path, environ={**THAI, "COLUMNS": "80"})
    assert page.startswith(f"วิธีใช้: {' '.join(('tracker', *path))}")
    assert not re.findall(r"\b(?:Usage|Options|Commands|Arguments|required|default|the|and|TEXT|FILE)\b", page)
    assert max(map(cell_len, page.splitlines())) <= 80


def test_english_help_is_said_where_no_locale_is_set() -> None:
    assert help_of("task", "done", environ={}).startswith("Usage: tracker task done [OPTIONS] ID...\n")


def test_a_refusal_and_a_usage_error_stay_english(tracker: Program) -> None:
    for name, value in THAI.items():
        tracker.setting(name, value)
    assert "There is no task 7" in tracker("task", "show", "7").complaint
    ran = tracker("task", "show", "12abc")
    assert ran.code == 2
    assert ran.err.startswith("Usage: tracker task show [OPTIONS] ID")
    assert "“12abc” is not a number" in ran.err
