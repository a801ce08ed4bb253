"""The sessions that the documentation shows are lived through, in order, with the real program."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.docs.pages import steps_of
from tests.docs.reader import ROOT, Reader
from workers.standins import LineStandin, SmtpStandin

THAI = [page for page in sorted((ROOT / "docs" / "th").glob("*.md")) if page.name != "reference.md"]
LIVED = [ROOT / "README.md", *THAI]
IN_A_SHELL = re.compile(r"make \w+|source \.venv/bin/activate|python -m workers\.practice_mail")
"""What `sh` blocks say: setting up, and the practice mail server, which has tests of its own."""


@pytest.fixture
def reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Reader]:
    with SmtpStandin() as relay, LineStandin() as line:
        yield Reader(tmp_path, relay, line, monkeypatch)


@pytest.mark.parametrize("page", LIVED, ids=lambda page: f"{page.parent.name}/{page.stem}")
def test_what_a_page_shows_happens(page: Path, reader: Reader) -> None:
    text = page.read_text(encoding="utf-8")
    reader.lives(text)
    assert reader.ran == len(re.findall(r"^\$ ", text, re.MULTILINE))


@pytest.mark.parametrize("page", THAI, ids=lambda page: page.stem)
def test_the_english_page_shows_the_same_sessions(page: Path) -> None:
    english = ROOT / "docs" / "en" / page.name
    assert list(steps_of(english.read_text(encoding="utf-8"))) == list(steps_of(page.read_text(encoding="utf-8")))


@pytest.mark.parametrize("page", LIVED, ids=lambda page: f"{page.parent.name}/{page.stem}")
def test_what_no_session_runs_is_known(page: Path) -> None:
    blocks = re.findall(r"^```sh\n(.*?)^```", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    assert all(IN_A_SHELL.fullmatch(line) for block in blocks for line in block.splitlines())


def test_a_page_that_shows_what_is_not_printed_fails(reader: Reader) -> None:
    with pytest.raises(AssertionError, match="12 people added"):
        reader.lives("<!-- agency -->\n```console\n$ tracker unit list\n12 people added\n```\n")
